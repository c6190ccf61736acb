"""What is wrong in the rules folder, one line a mistake, gathered over all files before anything is refused."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in one file.

    Attributes:
        file: Path as it is shown to the user.
        line: Line, from 1.
        col: Column in code points, from 1.
        where: Keys that lead to the place, joined by dots ("rule.flag_when.all.1"), "" for the file.
        message: What is wrong.
        hint: What to do, "" where the message says it.
    """

    file: str
    line: int
    col: int
    where: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """The mistake as one line: ``file:line:col: where: message (hint)``."""
        place = f"{self.file}:{self.line}:{self.col}: "
        return (
            place + (f"{self.where}: " if self.where else "") + self.message + (f" ({self.hint})" if self.hint else "")
        )


class RuleError(Exception):
    """The rules folder cannot be used; ``problems`` holds every mistake that was found, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(slots=True)
class Problems:
    """Gathers mistakes so that one run reports them all.

    Example:
        >>> problems = Problems()
        >>> with problems.gathered():
        ...     load_yaml(first)
        >>> with problems.gathered():
        ...     load_yaml(second)
        >>> problems.refuse()  # raises RuleError with the mistakes of both
    """

    found: list[Problem] = field(default_factory=list)

    def add(self, *problems: Problem) -> None:
        """Notes mistakes."""
        self.found.extend(problems)

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Notes the mistakes of a ``RuleError`` raised inside and goes on after the block."""
        try:
            yield
        except RuleError as error:
            self.found.extend(error.problems)

    def refuse(self) -> None:
        """Raises ``RuleError`` if anything was noted."""
        if self.found:
            raise RuleError(self.found)


def shown(path: Path) -> str:
    """A path as an error line shows it: relative where it lies inside the working folder, so that editors open it.

    Of a link the file it leads to is shown: layers of rules are links.
    """
    try:
        return path.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return (path.resolve() if path.is_symlink() else path).as_posix()
