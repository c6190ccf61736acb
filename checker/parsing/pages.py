"""Page numbers as guideline lines print them: "Page(s): 23; pages 100-102, page 124", "p78", "110-15", "91 of 12"."""

import re
from dataclasses import dataclass

from checker.parsing.slices import Range

_LABEL = re.compile(r"\b(?:pages?|pgs?|pp|p)\b(?:\(s\))?\s*[.:]?|\b(?:p|pg)\.?(?=\s?\d)", re.IGNORECASE)
_JOINT = r"(?:\s|[,;&:]|\band\b|\bto\b|\b(?:pages?|pgs?|pp|p)\b(?:\(s\))?\.?|\b(?:p|pg)\.?(?=\d))*"
_NUMBER = re.compile(
    _JOINT + r"(?P<first>\d{1,4})(?![\d/%])(?:\s?(?:-|–|—|to\b|through\b)\s?(?:p\.?\s?)?(?P<last>\d{1,4})(?![\d/%]))?",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\s*\bof\s+(?P<total>\d{1,4})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages from ``first`` to ``last``, both included, and where they are printed; ``backwards`` as printed."""

    first: int
    last: int
    at: Range
    backwards: bool


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages of a citation.

    Attributes:
        ranges: In the order printed.
        at: From the first number to the last, None without pages.
        runs: Where labels and numbers stand, to be cut out of the section names.
        total: "of 127": the printed total and where it stands.
    """

    ranges: tuple[PageRange, ...]
    at: Range | None
    runs: tuple[Range, ...]
    total: tuple[int, Range] | None


def pages_in(text: str, start: int, end: int) -> Pages:
    """The pages named in ``text[start:end]`` after a word for page."""
    ranges: list[PageRange] = []
    runs: list[Range] = []
    total: tuple[int, Range] | None = None
    label = _LABEL.search(text, start, end)
    while label:
        at = label.end()
        number = _NUMBER.match(text, at, end)
        while number:
            ranges.append(_range(number))
            at = number.end()
            of = _TOTAL.match(text, at, end)
            if of:
                total = (int(of["total"]), (number.start("first"), of.end()))
                at = of.end()
            number = _NUMBER.match(text, at, end)
        runs.append((label.start(), at))
        label = _LABEL.search(text, at, end)
    whole = (ranges[0].at[0], ranges[-1].at[1]) if ranges else None
    if whole and total:
        whole = (whole[0], max(whole[1], total[1][1]))
    return Pages(tuple(ranges), whole, tuple(runs), total)


def _range(number: re.Match[str]) -> PageRange:
    first = int(number["first"])
    last = int(number["last"]) if number["last"] else first
    at = (number.start("first"), number.end("last") if number["last"] else number.end("first"))
    if last < first and number["last"] and len(number["last"]) < len(number["first"]):
        last = _completed(first, number["last"])
    return PageRange(min(first, last), max(first, last), at, backwards=last < first)


def _completed(first: int, last: str) -> int:
    """The last page of a shortened range: "110-15" runs to 115."""
    scale = int("1" + "0" * len(last))
    full = first // scale * scale + int(last)
    return full if full >= first else int(last)
