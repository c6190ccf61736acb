"""What of a request is in dispute: the whole heading, or what the claims administrator left of it."""

import re
from dataclasses import dataclass

from checker.parsing.slices import Range
from checker.parsing.view import View

_ORIGINAL = re.compile(
    r"\s*,?\s*\b(?:was|were|is|are) the original(?:ly requested| requests?)(?: (?:services?|treatments?))?\b\s*[.,;]?"
)
_AUTHORIZED_AFTER = re.compile(
    r"\s*,?\s*\b(?:was|were|is|are|has been|have been|had been) (?:authorized|approved|certified|allowed|granted)"
    r"(?: by the claims administrator)?\b\s*[.,;]?"
)
_AUTHORIZED_BEFORE = re.compile(
    r"\bthe claims administrator (?:has |had )?"
    r"(?:authorized|approved|certified|allowed|modified (?:the request )?to)\s+"
)
_LEAVING = re.compile(r"\s*,?\s*\b(?:leaving|and left)\b")
_REMAINING = re.compile(
    r"\bthe remaining (?:imr[- ]eligible )?(?:portion|part|quantity|services?)(?: of the original request(?:s)?)?"
    r"(?: eligible for (?:imr|independent medical review))?\s*(?:,|:|of)?\s+|"
    r"\bthe original requests?\s*[,:]\s*|"
    r"\bthe (?:remaining )?imr[- ]eligible (?:portion|request)(?: of the original request)?\s*[,:]?\s+"
)
_IS = re.compile(r"\s*,?\s*\b(?:is|are|was|were)\s*[:;,.]*\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """The request of an item.

    Attributes:
        disputed: The part in dispute: what remains of a modified request, else the heading without a final "is".
        original: The original request of a modified one.
        authorized: What of it was authorized.
    """

    disputed: Range
    original: Range | None = None
    authorized: Range | None = None


def read_request(view: View, heading: Range) -> Request:
    """Tell the disputed part of a heading from what was asked for and authorized before."""
    start, end = heading
    first = _ORIGINAL.search(view.low, start, end)
    if first is None or first.start() == start:
        return Request(_without_is(view, start, end))
    original = view.trim(start, first.start())
    remaining = _last(_REMAINING, view, first.end(), end)
    disputed = _without_is(view, remaining.end(), end) if remaining else original
    authorized = _authorized(view, first.end(), remaining.start() if remaining else end)
    if disputed[0] >= disputed[1]:
        disputed = original
    return Request(disputed, original, authorized)


def _last(pattern: re.Pattern[str], view: View, start: int, end: int) -> re.Match[str] | None:
    return max(pattern.finditer(view.low, start, end), key=lambda match: match.start(), default=None)


def _authorized(view: View, start: int, end: int) -> Range | None:
    before = _AUTHORIZED_BEFORE.search(view.low, start, end)
    if before:
        leaving = _LEAVING.search(view.low, before.end(), end)
        return _bare(view, before.end(), leaving.start() if leaving else end)
    after = _AUTHORIZED_AFTER.search(view.low, start, end)
    if after and after.start() > start:
        return _bare(view, start, after.start())
    return None


def _bare(view: View, start: int, end: int) -> Range | None:
    start, end = view.trim(start, end)
    while end > start and view.flat[end - 1] in " .,;:":
        end -= 1
    return (start, end) if end > start else None


def _without_is(view: View, start: int, end: int) -> Range:
    final = _IS.search(view.flat, start, end)
    return view.trim(start, final.start() if final and final.start() > start else end)
