"""The regression set: sentences of our own with what each asserts, rationales with what each of their sentences does.

Every file of ``regression/`` holds ``sentences``, ``rationales`` or both. It is read as strictly as the rules are: a
misspelt status would otherwise count as an error of the program. An entry that is known to be misread carries ``open``
with the reason; it counts as wrong like any other, and its test fails as soon as it is read well.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from checker.knowledge.idiom import Idiom
from checker.language import sentences
from checker.language.phrases import fold
from checker.model.facts import Assertion, Observation, Part, Role, Sentence
from checker.model.source import ReadingText
from checker.observing.assertions import observations
from checker.observing.passages import CARRIED, Discourse, Passage
from checker.reading.text import source_from_text
from tests.shipped import the_idiom

HERE = Path(__file__).parent / "regression"
SEVERAL = "several"
"""What is read where one concept is given two statuses: always wrong."""

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times faster
_KEYS = {"part", "concept", "status", "text"}


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence and what it asserts of one concept; ``silent`` where it asserts nothing."""

    file: str
    part: Part
    concept: str
    status: str
    text: str
    open: str = ""


@dataclass(frozen=True, slots=True)
class Rationale:
    """Sentences in their order, each with what it does."""

    file: str
    name: str
    sentences: tuple[tuple[str, str], ...]
    open: str = ""


@dataclass(frozen=True, slots=True)
class FirstTry:
    """How well a batch was read before anybody had seen how it is read: right statuses and roles of all, as written.

    The only figures that speak of letters nobody has seen; a batch that was once looked at is read better at once.
    """

    file: str
    statuses: str
    roles: str


@dataclass(frozen=True, slots=True)
class RegressionSet:
    """All files together, in the order of their names."""

    statements: tuple[Statement, ...]
    rationales: tuple[Rationale, ...]
    first_tries: tuple[FirstTry, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """What the program makes of a statement.

    Attributes:
        status: A status, ``silent``, or ``several``.
        touched: Whether any cue, or any wording of the concept, stands in the text.
        cues: What decided, for a person who asks why.
        quotes: The words of each assertion.
    """

    status: str
    touched: bool
    cues: tuple[str, ...]
    quotes: tuple[str, ...]


@cache
def the_set() -> RegressionSet:
    """The set that cues and rules are mended with, read once."""
    return load(HERE, the_idiom().concepts)


def load(folder: Path, concepts: Mapping[str, object]) -> RegressionSet:
    """Read every file of a folder.

    Raises:
        ValueError: A file with other keys, an unknown part, concept, status or role, or two files that
            contradict each other.
    """
    statements: list[Statement] = []
    rationales: list[Rationale] = []
    tries: list[FirstTry] = []
    for path in sorted(folder.glob("*.yaml")):
        held = yaml.load(path.read_text("utf-8"), _LOADER)  # noqa: S506 (a safe one)
        if not isinstance(held, dict) or not held or not set(held) <= {"first_try", "sentences", "rationales"}:
            raise ValueError(f"{path.name}: it holds sentences, rationales or both, and nothing else but first_try")
        if "first_try" in held:
            tries.append(_first_try(path.name, held["first_try"]))
        statements += [_statement(path.name, n, row, concepts) for n, row in enumerate(held.get("sentences", ()), 1)]
        rationales += [_rationale(path.name, n, row) for n, row in enumerate(held.get("rationales", ()), 1)]
    return RegressionSet(_each_once(statements), tuple(rationales), tuple(tries))


def _first_try(file: str, row: dict[str, str]) -> FirstTry:
    if not isinstance(row, dict) or set(row) != {"statuses", "roles"}:
        raise ValueError(f"{file}: first_try has statuses and roles")
    for figure in row.values():
        if re.fullmatch(r"\d+ of \d+", str(figure)) is None:
            raise ValueError(f"{file}: a figure of first_try is written as in '69 of 98', not {figure}")
    return FirstTry(file, row["statuses"], row["roles"])


def _each_once(statements: list[Statement]) -> tuple[Statement, ...]:
    """The same sentence from two hands counts once; they must agree what it says."""
    kept: dict[tuple[Part, str, str], Statement] = {}
    for statement in statements:
        first = kept.setdefault((statement.part, statement.concept, statement.text), statement)
        if first.status != statement.status:
            said = f"{statement.status}, in {first.file} {first.status}"
            raise ValueError(f"{statement.file}: {said}: {statement.text}")
    return tuple(kept.values())


def _statement(file: str, number: int, row: dict[str, str], concepts: Mapping[str, object]) -> Statement:
    where = f"{file}, sentence {number}"
    if set(row) - {"open"} != _KEYS:
        raise ValueError(f"{where}: it has part, concept, status and text")
    if row["part"] not in ("summary", "rationale"):
        raise ValueError(f"{where}: part is summary or rationale, not {row['part']}")
    if row["status"] not in set(Assertion):
        raise ValueError(f"{where}: no status is called {row['status']}")
    if row["concept"] not in concepts:
        raise ValueError(f"{where}: no concept is called {row['concept']}")
    return Statement(file, Part(row["part"]), row["concept"], row["status"], row["text"], row.get("open", ""))


def _rationale(file: str, number: int, row: dict[str, Any]) -> Rationale:
    where = f"{file}, rationale {number}"
    if set(row) - {"open"} != {"name", "sentences"}:
        raise ValueError(f"{where}: it has name and sentences")
    for role, _ in row["sentences"]:
        if role not in set(Role):
            raise ValueError(f"{where}: no role is called {role}")
    return Rationale(file, row["name"], tuple((role, text) for role, text in row["sentences"]), row.get("open", ""))


def passages_of(text: str, part: Part, discourse: Discourse, idiom: Idiom) -> Iterator[tuple[Passage, ReadingText]]:
    reading = source_from_text(text, "a", "a", "").reading
    for begin, stop in sentences.split(reading.text, 0, len(reading.text), idiom.grammar.stops):
        printed = reading.text[begin:stop]
        folded = fold(printed)
        hits = idiom.hits(folded)
        role, cue = discourse.next(folded, hits)
        sentence = Sentence(part, 1, reading.raw_span(begin, stop), printed, role, cue)
        yield Passage(sentence, begin, stop, folded, hits, reading, idiom.grammar), reading


def read_statement(statement: Statement, idiom: Idiom) -> Read:
    """What the program reads of the statement's concept in its text."""
    touched = False
    found: list[Observation] = []
    for passage, reading in passages_of(
        statement.text, statement.part, Discourse(statement.part, idiom.grammar), idiom
    ):
        entries = [hit.entry for hit in passage.hits]
        touched |= any(e.kind == "cue" or (e.kind == "concept" and e.id == statement.concept) for e in entries)
        found += [o for o in observations(passage, idiom, reading) if o.concept == statement.concept]
    # what is only known to be spoken of says nothing yet
    told = {o.status.value for o in found if o.cue != "spoken_of"} or {"silent"}
    status = told.pop() if len(told) == 1 else SEVERAL
    quotes = tuple(statement.text[o.span.start : o.span.end] for o in found)
    return Read(status, touched, tuple(f"{o.status.value} by {o.cue or 'its wording'}" for o in found), quotes)


def read_roles(rationale: Rationale, idiom: Idiom) -> list[tuple[str, bool]]:
    """The role of each sentence, and whether a cue gave it.

    The set need not tell an application from a case; where it does, only application counts.
    """
    discourse = Discourse(Part.RATIONALE, idiom.grammar)
    told: list[tuple[str, bool]] = []
    for expected, text in rationale.sentences:
        passage, _ = next(passages_of(text, Part.RATIONALE, discourse, idiom))
        role = passage.sentence.role
        plain = "case" if role is Role.APPLICATION and expected != "application" else role.value
        told.append((plain, passage.sentence.cue != CARRIED))
    return told
