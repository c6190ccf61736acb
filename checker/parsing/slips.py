"""Malformed references inside a guideline line."""

import re
from collections.abc import Iterable

from checker.model.determination import Slip
from checker.parsing.guideline_names import GuidelineNames, fold_name
from checker.parsing.pages import pages_in
from checker.parsing.slices import Range
from checker.parsing.view import View

_CCR = re.compile(r"\bC\.?\s?C\.?\s?R\b\.?|\bCode of Regulations\b|§", re.IGNORECASE)
_CCR_NUMBER = re.compile(r"(?<![\d.])(?P<section>\d{3,5})\.(?P<part>\d{1,2})(?:\.\d{1,2})*(?![\d])")


def slips_in(view: View, at: Range, names: GuidelineNames) -> tuple[Slip, ...]:
    """Malformed references of the line, in order."""
    slips = [*_page_slips(view, at, names), *_regulation_slips(view, at), *_name_slips(view, at, names)]
    return tuple(sorted(slips, key=lambda slip: (slip.span, slip.kind)))


def _page_slips(view: View, at: Range, names: GuidelineNames) -> Iterable[Slip]:
    pages = pages_in(view.flat, *at)
    chapter = names.pattern.search(view.flat, *at)
    known = names.chapter(chapter.group()) if chapter else None
    last = known.last_page if known else None
    if pages.total:
        total, where = pages.total
        highest = max(page.last for page in pages.ranges)
        if total < highest:
            yield _slip(view, "page-total", where, f"of {last}" if last and str(last).startswith(str(total)) else "")
    for page in pages.ranges:
        if page.backwards:
            yield _slip(view, "page-order", page.at, f"{page.first}-{page.last}")


def _regulation_slips(view: View, at: Range) -> Iterable[Slip]:
    regulation = _CCR.search(view.flat, *at)
    if regulation is None:
        return
    numbers = list(_CCR_NUMBER.finditer(view.flat, regulation.end(), at[1]))
    whole = [match["section"] for match in numbers if len(match["section"]) >= 4]
    for match in numbers:
        if len(match["section"]) < 4:
            meant = next((section for section in whole if section.endswith(match["section"])), "")
            yield _slip(view, "ccr-section", match.span(), f"{meant}.{match['part']}" if meant else "")


def _name_slips(view: View, at: Range, names: GuidelineNames) -> Iterable[Slip]:
    for match in names.slip_pattern.finditer(view.flat, *at):
        yield _slip(view, "name", match.span(), names.slips[fold_name(match.group())])


def _slip(view: View, kind: str, at: Range, suggestion: str) -> Slip:
    return Slip(kind, view.words(*at), view.span(*at), suggestion)
