"""What all guideline lines have in common: the line, the head of a citation, and what follows it."""

import re
from dataclasses import dataclass

from checker.model.determination import MtusCitation
from checker.parsing.guideline_names import GuidelineNames, NamedGuideline
from checker.parsing.pages import Pages
from checker.parsing.view import View

_YEAR = re.compile(r"\s*,?\s*(?P<year>(?:19|20)\d\d)\b(?!\))")
_AFTER_NAME = re.compile(r"\s*(?:Chapter|Guidelines?|Medical Treatment Guidelines)?\s*,?\s*\(", re.IGNORECASE)
YEAR_INSIDE = re.compile(r"\b(?:19|20)\d\d\b")
LOOSE_END = re.compile(r"(?:[\s,;.(]|\band\b|\bthe\b|\bas well as\b|\balso\b)+$", re.IGNORECASE)
_LONGEST_BRACKET = 120
_LONGEST_LOOSE_END = 24


@dataclass(frozen=True, slots=True)
class Line:
    """A guideline line of a letter, with the guidelines and the pages that it names."""

    view: View
    start: int
    end: int
    names: GuidelineNames
    named: tuple[NamedGuideline, ...]
    pages: Pages

    def chapter_at(self, at: int) -> NamedGuideline | None:
        """The chapter whose name begins at ``at``, None where none does."""
        return next((named for named in self.named if named.start == at and named.chapter is not None), None)


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a chapter with its year; ``start`` is where it stands, ``after`` where the text goes on."""

    start: int
    after: int
    name: str
    year: int | None


def year_after(view: View, at: int, end: int) -> tuple[int, int | None]:
    """The year right after a chapter's name, bare or in brackets, and where the text goes on."""
    bare = _YEAR.match(view.flat, at, end)
    if bare:
        return bare.end(), int(bare["year"])
    bracket = _AFTER_NAME.match(view.flat, at, end)
    if bracket is None:
        return at, None
    close = _closing(view.flat, bracket.end(), min(end, bracket.end() + _LONGEST_BRACKET))
    years = YEAR_INSIDE.findall(view.flat, bracket.end(), close)
    return (min(close + 1, end), int(years[-1])) if years else (at, None)


def _closing(text: str, at: int, end: int) -> int:
    """Where the bracket that opened before ``at`` closes; ``end`` where it does not."""
    depth = 1
    while at < end:
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
        at += 1
    return end


def citation(line: Line, head: Head, end: int) -> MtusCitation:
    """The citation that ``head`` opens and that ends at ``end``."""
    view = line.view
    pages = line.pages.within(head.after, end)
    start, stop = view.trim(head.start, end)
    loose = LOOSE_END.search(view.flat, max(start, stop - _LONGEST_LOOSE_END), stop)
    stop = loose.start() if loose and loose.start() > start else stop
    return MtusCitation(
        chapter=head.name,
        year=head.year,
        sections=line.names.sections.split(_without_runs(view.flat, head.after, end, pages)),
        pages=tuple((page.first, page.last) for page in pages.ranges),
        span=view.span(start, stop),
        page_span=view.span(*pages.at) if pages.at else None,
    )


def _without_runs(text: str, start: int, end: int, pages: Pages) -> str:
    """What is left of a citation when the pages are cut out."""
    pieces: list[str] = []
    for run in pages.runs:
        pieces.append(text[start : run[0]])
        start = run[1]
    pieces.append(text[start:end])
    return ", ".join(pieces)
