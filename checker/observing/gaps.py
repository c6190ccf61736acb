"""What a gap in the record is a gap of: "the number of visits is not stated" leaves open whether there were visits."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from checker.knowledge.hits import Hit
from checker.knowledge.idiom import CLAUSE
from checker.observing.passages import Passage

_GAPS = ("not_documented", "unclear")


class Stretch(NamedTuple):
    """What is left open: the words behind "the number of", and whether a cue before them speaks of the number."""

    head: int
    end: int
    begun: bool


def left_open(passage: Passage, cues: Sequence[Hit], breaks: Sequence[int]) -> list[Stretch]:
    """The words of a sentence that no gap in the record is of, as it is of the noun that governs them.

    Args:
        passage: The sentence.
        cues: Its cues.
        breaks: Where their reach ends, ascending.
    """
    heads = passage.hits.of("open")
    gaps = [c for c in cues if c.entry.status in _GAPS] if heads else []
    if not gaps:
        return []
    found = []
    for head in heads:
        at = bisect_left(breaks, head.end)
        end = breaks[at] if at < len(breaks) else len(passage.folded)
        if head.entry.id != CLAUSE:
            next_one = passage.grammar.next_of_a_list.search(passage.folded, head.end, end)
            end = next_one.start() if next_one else end
        found.append(Stretch(head.start, end, any(_before(c, head) for c in gaps)))
    return found


def _before(cue: Hit, head: Hit) -> bool:
    return cue.start < head.end and cue.entry.scope != "backward"


def governs_another(cue: Hit, hit: Hit, stretches: Sequence[Stretch]) -> bool:
    """Whether a gap in the record is of what governs a hit, not of the hit: "no reason why a second drug is given"."""
    if cue.entry.status not in _GAPS:
        return False
    return any(
        s.head < hit.start < s.end and (cue.start < s.head or (cue.start >= hit.end and not s.begun)) for s in stretches
    )
