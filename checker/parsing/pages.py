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
    """All pages named in a stretch of text.

    Attributes:
        ranges: In the order printed.
        runs: Where labels and numbers stand, to be cut out of the section names.
        totals: Each "of 127": the number, and where it and the page before it stand.
    """

    ranges: tuple[PageRange, ...]
    runs: tuple[Range, ...]
    totals: tuple[tuple[int, Range], ...]

    @property
    def at(self) -> Range | None:
        """From the first number to the last, None without pages."""
        if not self.ranges:
            return None
        ends = [self.ranges[-1].at[1], *(where[1] for _, where in self.totals)]
        return self.ranges[0].at[0], max(ends)

    def within(self, start: int, end: int) -> "Pages":
        """Those between ``start`` and ``end``."""
        if not self.runs:
            return self
        return Pages(
            tuple(page for page in self.ranges if start <= page.at[0] and page.at[1] <= end),
            tuple(run for run in self.runs if start <= run[0] and run[1] <= end),
            tuple(total for total in self.totals if start <= total[1][0] and total[1][1] <= end),
        )


def pages_in(text: str, start: int, end: int) -> Pages:
    """The pages named in ``text[start:end]`` after a word for page."""
    ranges: list[PageRange] = []
    runs: list[Range] = []
    totals: list[tuple[int, Range]] = []
    label = _LABEL.search(text, start, end)
    while label:
        at = label.end()
        number = _NUMBER.match(text, at, end)
        while number:
            ranges.append(_range(number))
            at = number.end()
            of = _TOTAL.match(text, at, end)
            if of:
                totals.append((int(of["total"]), (number.start("first"), of.end())))
                at = of.end()
            number = _NUMBER.match(text, at, end)
        runs.append((label.start(), at))
        label = _LABEL.search(text, at, end)
    return Pages(tuple(ranges), tuple(runs), tuple(totals))


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
