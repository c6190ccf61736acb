"""Malformed references inside a guideline line."""

import re
from collections.abc import Iterable

from checker.model.determination import Slip
from checker.parsing.citation_parts import Line
from checker.parsing.slices import Range
from checker.parsing.view import View

_YEAR = re.compile(r"[\s,(]*(?:[A-Z][a-z]+ )?(?P<year>(?:19|20)\d\d)\b")
_ELSEWHERE = re.compile(r"\bnon-?\s?mtus\b|\bacoem\b|\bodg\b|\bofficial disab")
_CCR = re.compile(r"\bc\.?\s?c\.?\s?r\b\.?|\bcode of regulations\b|§")
_CCR_NUMBER = re.compile(r"(?<![\d.])(?P<section>\d{3,5})\.(?P<part>\d{1,2})(?:\.\d{1,2})*(?![\d])")


def slips_in(line: Line) -> tuple[Slip, ...]:
    """Malformed references of the line, in order."""
    slips = [*_page_slips(line), *_regulation_slips(line), *_name_slips(line)]
    return tuple(sorted(slips, key=lambda slip: (slip.span, slip.kind)))


def _page_slips(line: Line) -> Iterable[Slip]:
    pages = line.pages
    for total, where in pages.totals:
        last = _last_page(line, where[0])
        if total < max(page.last for page in pages.within(line.start, where[1]).ranges):
            meant = f"of {last}" if last and str(last).startswith(str(total)) else ""
            yield _slip(line.view, "page-total", where, meant)
    for page in pages.ranges:
        last = _last_page(line, page.at[0])
        if page.backwards:
            yield _slip(line.view, "page-order", page.at, f"{page.first}-{page.last}")
        elif last and page.last > last:
            yield _slip(line.view, "page-range", page.at, "")


def _last_page(line: Line, at: int) -> int | None:
    """The last page of the chapter named last before ``at``; None where that is not known.

    A page of another edition, or of a source outside the schedule that is named after the chapter, has no known end.
    """
    named = next((named for named in reversed(line.named) if named.start < at), None)
    if named is None or named.chapter is None or _ELSEWHERE.search(line.view.low, named.end, at):
        return None
    year = _YEAR.match(line.view.flat, named.end, at)
    return named.chapter.last_page if year is None or int(year["year"]) == named.chapter.paged_edition else None


def _regulation_slips(line: Line) -> Iterable[Slip]:
    regulation = _CCR.search(line.view.low, line.start, line.end)
    if regulation is None:
        return
    numbers = list(_CCR_NUMBER.finditer(line.view.flat, regulation.end(), line.end))
    whole = [match["section"] for match in numbers if len(match["section"]) >= 4]
    for match in numbers:
        if len(match["section"]) < 4:
            meant = next((section for section in whole if section.endswith(match["section"])), "")
            yield _slip(line.view, "ccr-section", match.span(), f"{meant}.{match['part']}" if meant else "")


def _name_slips(line: Line) -> Iterable[Slip]:
    for named in line.named:
        if named.meant:
            yield _slip(line.view, "name", (named.start, named.end), named.meant)


def _slip(view: View, kind: str, at: Range, suggestion: str) -> Slip:
    return Slip(kind, view.words(*at), view.span(*at), suggestion)
