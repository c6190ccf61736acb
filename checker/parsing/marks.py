"""Marks: where the words that open the parts of an item stand."""

import re
from dataclasses import dataclass

from checker.model.determination import Outcome
from checker.parsing.layouts import OUTCOMES, Label, Layout, Opening
from checker.parsing.view import View

_COLON = re.compile(r"s?\s{0,2}[:;]")
_SENTENCE_END = '.!?:)"”'
_SENTENCE_HEAD = re.compile(r"(?:the )?(?:[a-z]+ ){0,3}$")
_LEAD = re.compile(r"\b(?:is|are|was|were)$|[:;.–—-]$")
_REVIEWER_HEAD = 45
"""Code points before "reviewer based" within which its sentence begins."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The words ``flat[start:text]`` that open a part; the part itself begins at ``text``."""

    label: Label
    start: int
    text: int


@dataclass(frozen=True, slots=True)
class OutcomeMark:
    """The outcome of an item: ``start`` is where the words begin, ``before`` where the heading ends."""

    outcome: Outcome
    before: int
    start: int
    end: int


def label_marks(view: View, layout: Layout, start: int, end: int) -> list[Mark]:
    """Every opening of the layout in the range, in order."""
    marks: dict[int, Mark] = {}
    for opening in layout.openings:
        at = view.low.find(opening.words, start, end)
        while at >= 0:
            mark = _sentence(view, opening, at, start) if opening.included else _label(view, opening, at)
            if mark is not None:
                marks.setdefault(mark.text, mark)
            at = view.low.find(opening.words, at + 1, end)
    return _without_nested(sorted(marks.values(), key=lambda m: (m.start, -m.text)))


def _label(view: View, opening: Opening, at: int) -> Mark | None:
    """A label: the words with a colon after them."""
    colon = _COLON.match(view.flat, at + len(opening.words))
    if colon is None or (at and view.flat[at - 1].isalnum()):
        return None
    return Mark(opening.label, _whole_label(view, at), colon.end())


def _whole_label(view: View, at: int) -> int:
    """Where the label begins that the words end: "The Physician Reviewer's decision rationale"."""
    low = max(view.paragraph_start(at), at - _REVIEWER_HEAD)
    head = _SENTENCE_HEAD.search(view.low[low:at])
    if head and head.group().startswith("the "):
        return low + head.start()
    return at


def _sentence(view: View, opening: Opening, at: int, floor: int) -> Mark | None:
    """A sentence that begins with the words, or a few words before them ("The Physician Reviewer relied")."""
    low = max(floor, at - _REVIEWER_HEAD)
    head = view.low.rfind("the ", low, at)
    begin = head if opening.words.startswith("reviewer") and head >= 0 else at
    if opening.words.startswith("reviewer") and "." in view.flat[begin:at]:
        return None
    before = view.flat[max(floor, begin - 3) : begin].rstrip()
    if before and before[-1] not in _SENTENCE_END and not view.is_line_start(begin):
        return None
    if not view.flat[begin].isupper():
        return None
    return Mark(opening.label, begin, begin)


def _without_nested(marks: list[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in marks:
        if not kept or mark.start >= max(kept[-1].text, kept[-1].start + 1):
            kept.append(mark)
    return kept


def outcome_marks(view: View, labels: list[Mark], start: int, end: int) -> list[OutcomeMark]:
    """Every outcome in the range that ends its line or stands right before a label."""
    after_labels = {mark.start for mark in labels}
    found: dict[int, OutcomeMark] = {}
    for words, outcome in OUTCOMES:
        at = view.low.find(words, start, end)
        while at >= 0:
            stop = at + len(words)
            if stop not in found and _ends_heading(view, at, stop, after_labels):
                found[stop] = OutcomeMark(outcome, _heading_end(view, at, start), at, stop)
            at = view.low.find(words, at + 1, end)
    return sorted(found.values(), key=lambda mark: mark.start)


def _ends_heading(view: View, at: int, stop: int, labels: set[int]) -> bool:
    """Whether the outcome ends a heading: capitalised, led by a colon or alone, last of its line or before a label."""
    if not view.flat[at].isupper():
        return False
    lead = view.flat[max(0, at - 12) : at].rstrip()
    if not (_LEAD.search(lead) or view.is_line_start(at)):
        return False
    if view.flat[stop : stop + 1] == ".":
        stop += 1
    rest = stop
    while rest < len(view.flat) and view.flat[rest] == " ":
        if view.text[rest] == "\n":
            return True
        rest += 1
    return rest >= len(view.flat) or rest in labels or view.is_line_start(rest)


def _heading_end(view: View, at: int, floor: int) -> int:
    """Where the heading ends before the colon or dash that leads to the outcome."""
    while at > floor and view.flat[at - 1] in " :;–—":
        at -= 1
    return at
