"""Disputed items that open with their outcome or verdict: the request, then guidelines, then the reasons.

The outcome words are found first; from each the way leads back to where the heading begins.
"""

import re
from dataclasses import dataclass, field

from checker.model.determination import Outcome
from checker.parsing.layouts import Label, Layout, Style
from checker.parsing.marks import Mark, OutcomeMark, label_marks, outcome_marks
from checker.parsing.slices import MOST_ITEMS, ItemSlice, Range
from checker.parsing.view import View

_INTRODUCTION = re.compile(
    r"(?:disputed items?/services?|disputed items?|disputed services?) (?:are )?set forth below\s?:?"
)
_ORIGINAL = re.compile(r"\b(?:was|were) the original requests?\b")
_REST_OF_MODIFIED = re.compile(r"\b(?:IMR[- ]eligible portion|the original request,)", re.IGNORECASE)
_CLOSED = '.!?:;"”)'
_NUMBER = re.compile(r"\(?\d{1,2}[.)]\)?\s+")
_VERDICT_HEADING = re.compile(
    r"(?:\b(?:is|are|was|were)\s+|:\s*)(?P<no>not\s?-?\s?|non-?)?medically\s+necessary"
    r"(?:,?\s+(?:and|or|nor|/)\s+(?:medically\s+)?appropriate)?\s*[.:]?",
    re.IGNORECASE,
)
_REQUEST_FOR = re.compile(r"(?:the )?requests? for (?:the )?(?=\S)", re.IGNORECASE)
_LONGEST_HEADING = 4_000
"""Code points; what stands further before an outcome is no part of its heading."""
_LONGEST_PARAGRAPH_OF_A_HEADING = 300
_MOST_PARAGRAPHS_OF_A_HEADING = 6
_VERDICT_TAIL = re.compile(r"\b(?:necessary|appropriate|certified|time|supported)\W*$")


@dataclass(slots=True)
class _Open:
    """An item while its marks are gathered."""

    outcome: OutcomeMark | None
    heading_end: int
    labels: dict[Label, Mark] = field(default_factory=dict)
    first: int = 0

    @property
    def floor(self) -> int:
        """No later heading begins before this."""
        return max((mark.text for mark in self.labels.values()), default=self.outcome.end if self.outcome else 0)


def items_with_outcome(view: View, layout: Layout, start: int, end: int) -> tuple[ItemSlice, ...]:
    """The items of a layout of style OUTCOME or VERDICT between ``start`` and ``end``."""
    introduction = _INTRODUCTION.search(view.low, start, min(end, start + 400))
    if introduction:
        start = introduction.end()
    labels = label_marks(view, layout, start, end)
    outcomes = outcome_marks(view, labels, start, end)
    if layout.style is Style.VERDICT:
        outcomes = _merge(outcomes, _verdict_marks(view, labels, start, end))
    opened = _gather(labels, outcomes)[: MOST_ITEMS + 1]
    heads = _heading_starts(view, opened, start)
    return tuple(
        _slice(view, item, heads[at], heads[at + 1] if at + 1 < len(heads) else end) for at, item in enumerate(opened)
    )


def _merge(first: list[OutcomeMark], second: list[OutcomeMark]) -> list[OutcomeMark]:
    return sorted((*first, *second), key=lambda mark: mark.start)


def _gather(labels: list[Mark], outcomes: list[OutcomeMark]) -> list[_Open]:
    """Marks in order, an item each: an outcome opens one, and so does a label that the open item already has."""
    opened: list[_Open] = []
    order = (Label.CLAIMS, Label.REVIEWER, Label.RATIONALE)
    events: list[Mark | OutcomeMark] = [*labels, *outcomes]
    for mark in sorted(events, key=lambda m: (m.start, isinstance(m, Mark))):
        if isinstance(mark, OutcomeMark):
            opened.append(_Open(mark, mark.before, first=mark.end))
            continue
        current = opened[-1] if opened else None
        rank = order.index(mark.label)
        if current is None or (Label.RATIONALE in current.labels and mark.label is not Label.RATIONALE):
            current = _Open(None, mark.start, first=mark.start)
            opened.append(current)
        elif mark.label in current.labels or any(order.index(label) > rank for label in current.labels):
            continue
        current.labels[mark.label] = mark
    return opened


def _heading_starts(view: View, opened: list[_Open], start: int) -> list[int]:
    floor = start
    starts: list[int] = []
    for item in opened:
        starts.append(_heading_start(view, item.heading_end, max(floor, item.heading_end - _LONGEST_HEADING)))
        floor = item.floor
    return starts


def _heading_start(view: View, end: int, floor: int) -> int:
    """Where the heading that ends at ``end`` begins; never before ``floor``."""
    begin = view.paragraph_start(end)
    if not view.flat[begin:end].strip() and begin > floor:
        begin = view.paragraph_start(max(begin - 1, floor))
    for _ in range(_MOST_PARAGRAPHS_OF_A_HEADING):
        if begin <= floor or not _goes_back(view, begin, end, floor):
            break
        begin = view.paragraph_start(begin - 1)
    if begin > floor and not _verdict_end(view, begin, end):
        return begin
    return _start_within_paragraph(view, max(begin, floor), end)


def _goes_back(view: View, begin: int, end: int, floor: int) -> bool:
    """Whether the paragraph before belongs to the heading too."""
    before = view.paragraph_start(begin - 1)
    if before < floor:
        return False
    piece = view.flat[begin:end]
    if _REST_OF_MODIFIED.search(piece) and not _ORIGINAL.search(piece):
        return True
    previous = view.flat[before:begin].rstrip()
    return (
        bool(previous)
        and len(previous) < _LONGEST_PARAGRAPH_OF_A_HEADING
        and previous[-1] not in _CLOSED
        and not _VERDICT_TAIL.search(previous)
    )


def _verdict_end(view: View, begin: int, end: int) -> int:
    """Where the sentence of the last verdict in the range ends, 0 where it holds none."""
    verdict = view.low.rfind("medically necessary", begin, end)
    stop = view.flat.find(". ", verdict, end) if verdict >= 0 else -1
    return stop + 1 if stop >= 0 else 0


def _start_within_paragraph(view: View, floor: int, end: int) -> int:
    """Where the heading begins in a paragraph that also holds the end of the reasons before it.

    After the last verdict of those reasons, at the last sentence that begins a line, else at the last sentence. A
    modified request is several sentences long and begins before its first.
    """
    floor = max(floor, _verdict_end(view, floor, end))
    original = _ORIGINAL.search(view.low, floor, end)
    limit = original.start() if original else end
    for line in reversed(view.line_starts(floor + 1, limit)):
        if _begins_sentence(view, line, floor):
            return line
    for at in range(limit - 1, floor, -1):
        if view.flat[at - 1] == " " and _begins_sentence(view, at, floor):
            return at
    return floor


def _begins_sentence(view: View, at: int, floor: int) -> bool:
    before = view.flat[max(floor - 2, at - 4, 0) : at].rstrip()
    first = view.flat[at : at + 1]
    return bool(before) and before[-1] in '.!?"”' and (first.isupper() or first.isdigit())


def _slice(view: View, item: _Open, start: int, end: int) -> ItemSlice:
    parts = _parts(view, item, end)
    stop = item.outcome.end if item.outcome else item.heading_end
    number = _NUMBER.match(view.flat, *view.trim(start, stop))
    text = number.end() if number and _is_verdict(view, item) else start
    heading_end = item.heading_end
    while heading_end > text and view.flat[heading_end - 1] in " :;":
        heading_end -= 1
    if _is_verdict(view, item):
        request = _REQUEST_FOR.match(view.flat, text, heading_end)
        text = request.end() if request else text
    return ItemSlice(
        heading=view.trim(text, max(heading_end, text)),
        whole=view.trim(start, max(stop, start)),
        outcome=item.outcome.outcome if item.outcome else Outcome.NONE,
        outcome_at=(item.outcome.start, item.outcome.end) if item.outcome else None,
        claims=parts.get(Label.CLAIMS),
        reviewer=parts.get(Label.REVIEWER),
        rationale=parts.get(Label.RATIONALE),
    )


def _parts(view: View, item: _Open, end: int) -> dict[Label, Range]:
    """The range of each part: up to the next label, the last up to the end of the item."""
    marks = sorted(item.labels.values(), key=lambda mark: mark.start)
    stops = [mark.start for mark in marks[1:]] + [end] * bool(marks)
    return {mark.label: view.trim(mark.text, max(stop, mark.text)) for mark, stop in zip(marks, stops, strict=True)}


def _is_verdict(view: View, item: _Open) -> bool:
    """Whether the outcome is a verdict ("is not medically necessary") and no outcome word."""
    return item.outcome is None or view.low.find("necessary", item.outcome.start, item.outcome.end) >= 0


def _verdict_marks(view: View, labels: list[Mark], start: int, end: int) -> list[OutcomeMark]:
    """Headings that end in a verdict: a numbered paragraph, or one right before the first label of an item."""
    found: list[OutcomeMark] = []
    openings = {mark.start for mark in labels}
    at = view.low.find("medically necessary", start, end)
    while at >= 0:
        match = _VERDICT_HEADING.search(view.flat, max(start, at - 20), min(end, at + 60))
        if match and match.start() <= at and _heads_item(view, match, openings):
            stop = match.end()
            begin = match.start() + (len(match.group()) - len(match.group().lstrip(" :")))
            outcome = Outcome.UPHELD if match["no"] else Outcome.OVERTURNED
            found.append(OutcomeMark(outcome, match.start(), begin, stop))
        at = view.low.find("medically necessary", at + 1, end)
    return found


def _heads_item(view: View, match: re.Match[str], openings: set[int]) -> bool:
    rest = match.end()
    while rest < len(view.flat) and view.flat[rest] == " ":
        rest += 1
    if rest in openings:
        return True
    begin = view.paragraph_start(match.start())
    ends_paragraph = view.paragraph_end(match.start()) <= match.end() + 1
    if not ends_paragraph or _NUMBER.match(view.flat, begin) is None:
        return False
    return not any(begin <= at < match.start() for at in openings)  # the last sentence of the reasons is no heading
