"""How much of a letter is read: all of any determination, and of a text made to keep a reader busy a part.

What is left out is said in the problems of the letter.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from checker.parsing.slices import MOST_ITEMS, ItemSlice, Range

LONGEST_PART = 100_000
"""Code points of a case summary, a guideline line or a rationale: 30 pages. The longest seen have three."""

_MOST_SHARED = 50_000
_LONGEST_LETTER = 400_000
_SUMMARY_WEIGHT = 10
"""Reading a rationale costs so many times what weighing a sentence of the summary against an item does."""


class Bounded(NamedTuple):
    """What is read of a letter.

    Attributes:
        summary: The case summary.
        items: The disputed items.
        problems: What is left out, one line each.
    """

    summary: Range | None
    items: tuple[ItemSlice, ...]
    problems: tuple[str, ...]


def bounded(length: int, summary: Range | None, items: Sequence[ItemSlice]) -> Bounded:
    """Cut what is longer than anything a determination holds.

    Items may share their reasons, and each is weighed against the whole summary; so that the work stays linear in the
    length of the letter, the lengths of what they are read from may not add up to much more than that.

    Args:
        length: Code points of the letter.
        summary: The case summary.
        items: The disputed items.
    """
    problems = [_said("the case summary")] if _too_long(summary) else []
    short = [_shortened(item) for item in items[:MOST_ITEMS]]
    short_summary = _cut(summary)
    read = _affordable(length, short_summary, short)
    for number, item in enumerate(items[: len(read)], start=1):
        parts = {
            "the claims administrator's guideline": item.claims,
            "the reviewer's guideline": item.reviewer,
            "the rationale": item.rationale,
        }
        problems += [f"item {number}: {_said(name)}" for name, at in parts.items() if _too_long(at)]
    if len(read) < len(items):
        problems.append(f"only the first {len(read)} disputed items are read: no determination decides so much")
    return Bounded(short_summary, read, tuple(problems))


def _affordable(length: int, summary: Range | None, items: Sequence[ItemSlice]) -> tuple[ItemSlice, ...]:
    allowed = _MOST_SHARED + min(length, _LONGEST_LETTER)
    shared = (summary[1] - summary[0]) // _SUMMARY_WEIGHT if summary else 0
    for number, item in enumerate(items):
        ranges = (item.claims, item.reviewer, item.rationale)
        allowed -= shared + sum(end - start for start, end in filter(None, ranges))
        if allowed < 0 and number:
            return tuple(items[:number])
    return tuple(items)


def _said(name: str) -> str:
    return f"only the first {LONGEST_PART:,} characters of {name} are read: no determination writes so much"


def _too_long(at: Range | None) -> bool:
    return at is not None and at[1] - at[0] > LONGEST_PART


def _cut(at: Range | None) -> Range | None:
    return at and (at[0], min(at[1], at[0] + LONGEST_PART))


def _shortened(item: ItemSlice) -> ItemSlice:
    if not any(map(_too_long, (item.claims, item.reviewer, item.rationale))):
        return item
    return replace(item, claims=_cut(item.claims), reviewer=_cut(item.reviewer), rationale=_cut(item.rationale))
