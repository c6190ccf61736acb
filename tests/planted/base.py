"""A fixture letter as a base for edits, and what an edit is."""

import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from checker import Checker
from checker.model.determination import Item
from checker.model.facts import Facts, Part, Role, Sentence
from checker.model.findings import Judgement
from checker.model.source import SourceText
from checker.reading import read
from tests.fixtures.expected import LETTERS

Flag = tuple[str, int]
"""Code and item of a finding."""


@dataclass(frozen=True)
class Edit:
    """Put ``new`` in the place of ``raw[start:end]``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True)
class Planted:
    """A letter with one defect.

    Attributes:
        code: What must be found.
        item: Where, 0 for the whole letter.
        kind: Which kind of defect of that code it is.
        text: The letter.
        like: Codes that say the same of the same words.
    """

    code: str
    item: int
    kind: str
    text: str
    like: tuple[str, ...] = ()


class Base:
    """A letter with what the program makes of it."""

    def __init__(self, doc: str, text: str, checker: Checker) -> None:
        self.doc, self.text = doc, text
        judged = checker.check_text(text, doc)
        assert isinstance(judged, Judgement)
        self.judged: Judgement = judged
        self.facts: Facts = judged.facts
        self.letter = self.facts.determination

    @cached_property
    def flags(self) -> frozenset[Flag]:
        """Every finding, notes too."""
        return frozenset((f.code, f.item) for f in self.judged.findings)

    def words(self, start: int, end: int) -> str:
        return self.text[start:end]

    def summary(self) -> str:
        span = self.letter.summary
        return self.words(span.start, span.end) if span else ""

    def rationale(self, item: Item) -> str:
        return self.words(item.rationale.start, item.rationale.end) if item.rationale else ""

    def sentences(self, part: Part, item: int = 0, *roles: Role) -> Iterator[Sentence]:
        """Sentences of a part, of these roles only where any is named."""
        for sentence in self.facts.sentences:
            if sentence.part is part and sentence.item == item and (not roles or sentence.role in roles):
                yield sentence

    def edited(self, edits: Iterable[Edit]) -> str:
        """The letter after edits that do not overlap."""
        text = self.text
        for edit in sorted(edits, key=lambda e: -e.start):
            text = text[: edit.start] + edit.new + text[edit.end :]
        return text

    def told(self, sentence: str) -> Edit:
        """A sentence at the end of the case summary."""
        assert self.letter.summary is not None
        return Edit(self.letter.summary.end, self.letter.summary.end, f" {sentence}")

    def argued(self, item: Item, sentence: str) -> Edit:
        """A sentence right before the verdict of a rationale, or at its end where it has none."""
        assert item.rationale is not None
        at = item.verdict_span.start if item.verdict_span and item.verdict_span.start > item.rationale.start else None
        if at is None:
            return Edit(item.rationale.end, item.rationale.end, f" {sentence}")
        return Edit(at, at, f"{sentence} ")


_OPPOSITE = {"Upheld": "Overturned", "Overturned": "Upheld"}


def turned(base: Base, item: Item) -> list[Edit] | None:
    """The other outcome in label and verdict; None where the letter prints no label beside the item."""
    if item.outcome_span is None or item.verdict_span is None:
        return None
    printed = base.words(item.outcome_span.start, item.outcome_span.end)
    label = next((word for word in _OPPOSITE if word in printed), None)
    verdict = base.words(item.verdict_span.start, item.verdict_span.end)
    said = re.compile(r"\b(?P<verb>is|are)\s+(?P<no>not\s+)?(?=medically\s+necessary)")
    if label is None or said.search(verdict) is None:
        return None
    other = said.sub(lambda m: f"{m['verb']} " if m["no"] else f"{m['verb']} not ", verdict, count=1)
    return [
        Edit(item.outcome_span.start, item.outcome_span.end, printed.replace(label, _OPPOSITE[label])),
        Edit(item.verdict_span.start, item.verdict_span.end, other),
    ]


def one_of(wordings: Sequence[str], *key: object) -> str:
    """One of several wordings, always the same for the same key."""
    return wordings[zlib.crc32(repr(key).encode()) % len(wordings)]


def rest_on(base: Base, item: Item, sentence: str) -> list[Edit] | None:
    """One sentence in the place of all that an item's reasons say of the worker; None where they say nothing."""
    told = list(base.sentences(Part.RATIONALE, item.number, Role.CASE, Role.APPLICATION))
    if not told or item.verdict_span is None:
        return None
    return [Edit(s.span.start, s.span.end, sentence if s is told[-1] else "") for s in told]


Plant = Callable[[Base], Iterator[Planted]]


def in_item(edit: Edit, item: Item) -> bool:
    """Whether an edit lies inside the reasons of an item."""
    return item.rationale is not None and item.rationale.start <= edit.start and edit.end <= item.rationale.end


def replaced(base: Base, start: int, end: int, table: dict[str, str]) -> list[Edit]:
    """Each whole word of a part that the table holds, in small letters or with a capital, exchanged."""
    pattern = re.compile(r"\b(" + "|".join(map(re.escape, table)) + r")\b", re.IGNORECASE)
    edits = []
    for match in pattern.finditer(base.text, start, end):
        new = table[match.group().lower()]
        edits.append(Edit(match.start(), match.end(), new.capitalize() if match.group()[0].isupper() else new))
    return edits


def bases(checker: Checker) -> tuple[Base, ...]:
    """Every fixture letter that reads in full, as text, by name."""
    found = []
    for source in read(
        [str(path) for path in sorted(LETTERS.glob("*.*")) if path.suffix in (".txt", ".pdf", ".jsonl")]
    ):
        if isinstance(source, SourceText):
            base = Base(source.doc, source.raw, checker)
            if base.letter.summary is not None and base.letter.items:
                found.append(base)
    return tuple(found)
