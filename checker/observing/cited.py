"""A guideline line as the tables read it: each citation with its edition, topics, pages and words."""

import datetime
import re
from dataclasses import dataclass

from checker.knowledge.citing import Resolved, Window, resolve
from checker.knowledge.editions import Guidelines
from checker.knowledge.outside import OutsideCitation
from checker.model.determination import Determination, GuidelineLine, MtusCitation
from checker.model.facts import Evidence, Part
from checker.model.source import Span
from checker.observing.letter import LetterDates

_LONGEST_LOOKUP = 300
_ANY_BASIS = "any"
_LONGEST_CITATION = 2_000
_REMEMBER = 20_000


_NEAR = 200
"""A heading so close before its pages (code points) belongs to them."""


@dataclass(frozen=True, slots=True)
class MtusRead:
    """A citation of the MTUS with what it means."""

    citation: MtusCitation
    resolved: Resolved


@dataclass(frozen=True, slots=True)
class OutsideRead:
    """A citation outside the MTUS with what it means, None where no guideline is recognised."""

    text: str
    meaning: OutsideCitation | None


@dataclass(frozen=True, slots=True)
class CitedLine:
    """One guideline line, read.

    Attributes:
        determination: The letter.
        line: The line as it was parsed.
        mtus: Its citations of the MTUS.
        outside: Its other citations.
        window: The days between which the request was made.
    """

    determination: Determination
    line: GuidelineLine
    mtus: tuple[MtusRead, ...]
    outside: tuple[OutsideRead, ...]
    window: Window

    @property
    def whole(self) -> tuple[Evidence, ...]:
        """The whole line."""
        return (Evidence(Part.GUIDELINE, self.line.span),) if self.line.span is not None else ()

    def words_of(self, citation: MtusCitation, text: str) -> Evidence:
        """The words of a section inside a citation, or the citation where they cannot be found."""
        return Evidence(Part.GUIDELINE, _locate(self.determination.source.raw, citation.span, text) or citation.span)

    def words_outside(self, read: OutsideRead) -> tuple[Evidence, ...]:
        """The words of a citation outside the MTUS, or the line where they cannot be found."""
        found = _locate(self.determination.source.raw, self.line.span, read.text) if self.line.span else None
        return (Evidence(Part.GUIDELINE, found),) if found else self.whole

    def pages_of(self, citation: MtusCitation) -> Evidence:
        """The words of the pages of a citation."""
        return Evidence(Part.GUIDELINE, citation.page_span or citation.span)

    def heading_and_pages(self, citation: MtusCitation) -> Evidence:
        """From the heading to the pages, so that the quote shows what the pages are cited for."""
        pages = citation.page_span or citation.span
        headings = [_locate(self.determination.source.raw, citation.span, text) for text in citation.sections]
        before = [h.start for h in headings if h is not None and pages.start - _NEAR <= h.start < pages.start]
        return Evidence(Part.GUIDELINE, Span(min(before, default=pages.start), pages.end))


def read_line(line: GuidelineLine, determination: Determination, guidelines: Guidelines, window: Window) -> CitedLine:
    """Look up every citation of a guideline line."""
    mtus = tuple(
        MtusRead(
            citation,
            resolve(
                guidelines,
                chapter=citation.chapter,
                year=citation.year,
                sections=citation.sections,
                pages=citation.pages,
                raw=line.raw,
                window=window,
            ),
        )
        for citation in line.mtus
    )
    outside = tuple(OutsideRead(text, _outside(guidelines, text)) for text in line.non_mtus)
    return CitedLine(determination, line, mtus, outside, window)


def _outside(guidelines: Guidelines, text: str) -> OutsideCitation | None:
    text = text[:_LONGEST_CITATION]
    known = guidelines.memo.get(text)
    if isinstance(known, OutsideCitation):
        return known
    meaning = next((one.resolve(text) for one in guidelines.outside if one.names_itself(text)), None)
    if meaning is not None and len(guidelines.memo) < _REMEMBER:
        guidelines.memo[text] = meaning
    return meaning


def window_of(dates: LetterDates, guidelines: Guidelines) -> Window:
    """The days between which the request was made: those it is dated, else around the date that the letter gives."""
    if dates.guideline is None:
        return Window()
    before, after = guidelines.slack.get(dates.basis) or guidelines.slack[_ANY_BASIS]
    first, last = _shifted(dates.guideline, -before), _shifted(dates.guideline, after)
    told = [request.date for request in dates.requests if first <= request.date <= last]
    return Window(min(told, default=first), max(told, default=last))


def _shifted(date: datetime.date, days: int) -> datetime.date:
    try:
        return date + datetime.timedelta(days=days)
    except OverflowError:
        return date


def _locate(raw: str, inside: Span, text: str) -> Span | None:
    """Where folded words stand in the raw text, across line ends and hyphens at line ends."""
    words = text[:_LONGEST_LOOKUP].split()
    if not words:
        return None
    whole, head = " ".join(words), words[0].partition("-")[0]
    at = raw.find(whole, inside.start, inside.end) if head else -1
    if at >= 0 and raw.find(head, inside.start, at) < 0:
        return Span(at, at + len(whole))  # as they stand, so that no expression has to be made
    pattern = r"\s+".join(re.escape(word).replace(r"\-", r"-\s*") for word in words)
    found = re.compile(pattern).search(raw, inside.start, inside.end)
    return Span(found.start(), found.end()) if found else None
