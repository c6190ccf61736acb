"""Where the parts of a disputed item stand, before anything in them is read."""

from dataclasses import dataclass

from checker.model.determination import Outcome

Range = tuple[int, int]
"""Start and end in the reading text."""

MOST_ITEMS = 100
"""No more items are read; a determination decides ten at most, but for a few."""


@dataclass(frozen=True, slots=True)
class ItemSlice:
    """One disputed item as a set of ranges of the reading text.

    Attributes:
        heading: The request, without number, outcome and the colon before it.
        whole: The heading with its number and outcome.
        outcome: What the outcome words say.
        outcome_at: The outcome words.
        claims: What the claims administrator relied on, its label left out.
        reviewer: What the reviewer relied on, its label left out.
        rationale: The reasons.
        worded: The layout puts the outcome into words only, so that the verdict of the reasons may stand for it.
    """

    heading: Range
    whole: Range
    outcome: Outcome
    outcome_at: Range | None
    claims: Range | None
    reviewer: Range | None
    rationale: Range | None
    worded: bool = False
