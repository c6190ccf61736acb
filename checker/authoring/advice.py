"""What ``imrcheck rules check`` says: one line a place, an error or a warning, with what to do."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from checker.knowledge.problems import Problem


class Level(StrEnum):
    """How bad it is: an error is wrong whatever was meant, a warning may be meant."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Advice:
    """One thing that should be otherwise.

    Attributes:
        level: Error or warning.
        kind: Name of the check, with hyphens: ``never-fires``, ``unused-fact`` ...
        problem: Place, message and hint.
    """

    level: Level
    kind: str
    problem: Problem

    def __str__(self) -> str:
        """``file:line:col: error: kind: message (hint)``."""
        told = self.problem
        hint = f" ({told.hint})" if told.hint else ""
        return f"{told.file}:{told.line}:{told.col}: {self.level.value}: {self.kind}: {told.message}{hint}"

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        told = self.problem
        return {
            "file": told.file,
            "line": told.line,
            "col": told.col,
            "level": self.level.value,
            "kind": self.kind,
            "where": told.where,
            "message": told.message,
            "hint": told.hint,
        }


def error(kind: str, problem: Problem) -> Advice:
    """Advice that is an error."""
    return Advice(Level.ERROR, kind, problem)


def warning(kind: str, problem: Problem) -> Advice:
    """Advice that is a warning."""
    return Advice(Level.WARNING, kind, problem)


def in_order(advice: Iterable[Advice]) -> tuple[Advice, ...]:
    """By file, place and kind, each once: a file written out for many topics has its mistakes once."""
    return tuple(_once(sorted(advice, key=lambda one: (one.problem, one.level, one.kind))))


def _once(advice: Iterable[Advice]) -> Iterator[Advice]:
    seen: set[tuple[str, int, int, str]] = set()
    for one in advice:
        place = (one.problem.file, one.problem.line, one.problem.col, one.kind)
        if place not in seen:
            seen.add(place)
            yield one
