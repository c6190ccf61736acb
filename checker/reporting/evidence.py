"""Where the words of a finding stand, and what links the words and the finding to each other."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from checker.model.facts import Evidence
from checker.model.findings import Finding, Judgement
from checker.model.source import Span

_NOT_AN_ID = re.compile(r"[^a-z0-9]+")


class Mark(NamedTuple):
    """Words of the letter that something on the page points at.

    Attributes:
        start: First code point of the raw text; neither end of a mark is white space.
        end: One past the last.
        words: Id of the words on the page.
        quote: Id and label of the quote in a finding ("F2.1"), "" where only the criteria matrix points here.
        severity: Of the finding, "" where there is none.
    """

    start: int
    end: int
    words: str
    quote: str = ""
    severity: str = ""


def finding_label(number: int) -> str:
    """Label of the n-th finding of a letter."""
    return f"F{number}"


def quote_label(finding: int, quote: int) -> str:
    """Label of a quote: "F2.1" is the first of the second finding."""
    return f"F{finding}.{quote}"


def slug(text: str) -> str:
    """Lower-case letters, digits and hyphens only: what may stand in an id or a file name."""
    return _NOT_AN_ID.sub("-", text.lower()).strip("-")


def solid(raw: str, span: Span) -> Span | None:
    """The span without white space at its ends, None where nothing else is in it."""
    words = raw[span.start : span.end]
    found = words.strip()
    if not found:
        return None
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, start + len(found))


def finding_marks(judgement: Judgement) -> Iterator[Mark]:
    """A mark for each quote of each finding, in order."""
    raw = judgement.facts.determination.source.raw
    for number, finding in enumerate(judgement.findings, 1):
        yield from _marks_of(raw, number, finding)


def _marks_of(raw: str, number: int, finding: Finding) -> Iterator[Mark]:
    for position, evidence in enumerate(finding.evidence, 1):
        span = solid(raw, evidence.span)
        if span is not None:
            label = quote_label(number, position)
            yield Mark(span.start, span.end, f"w{label[1:]}", label, finding.severity.value)


class Cited:
    """The words that the cells of the criteria matrices point at; words that several point at have one id.

    Attributes:
        marks: A mark for each.

    Args:
        judgement: The letter.
    """

    def __init__(self, judgement: Judgement) -> None:
        self.marks: list[Mark] = []
        self._facts = judgement.facts
        self._ids: dict[Span, str] = {}

    def targets(self, item: int, name: str) -> tuple[str, ...]:
        """Ids of the words that a fact of an item rests on."""
        fact = self._facts.items[item - 1].facts.get(name)
        return tuple(filter(None, map(self._target, fact.evidence))) if fact else ()

    def _target(self, evidence: Evidence) -> str:
        """Id of words, "" where nothing is printed there."""
        span = solid(self._facts.determination.source.raw, evidence.span)
        if span is None:
            return ""
        known = self._ids.get(span)
        if known is None:
            known = self._ids[span] = f"c{len(self._ids) + 1}"
            self.marks.append(Mark(span.start, span.end, known))
        return known
