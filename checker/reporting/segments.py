"""Evidence overlaps, HTML does not: a sweep over the ends of all spans cuts the text into flat pieces."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple


class Segment(NamedTuple):
    """A piece of text in which the set of covering spans does not change.

    Attributes:
        start: Where it begins, in code points of the text.
        end: Where it ends.
        covers: Indexes of the spans that cover it, ascending.
        opens: Indexes of the spans that begin here, ascending.
        closes: Indexes of the spans that end here, ascending.
    """

    start: int
    end: int
    covers: tuple[int, ...]
    opens: tuple[int, ...]
    closes: tuple[int, ...]


def segments(start: int, end: int, spans: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    """Cut ``[start, end)`` at the ends of the spans.

    The pieces are in order, not empty, and cover the range exactly. A span that reaches out of the range is cut to
    it: the part outside is drawn by the caller's next range. An empty span marks nothing.

    Args:
        start: First code point of the range.
        end: One past its last code point.
        spans: Half-open ranges of code points, in any order, overlapping as they like.
    """
    inside = [(i, max(a, start), min(b, end)) for i, (a, b) in enumerate(spans) if max(a, start) < min(b, end)]
    cuts = sorted({start, end} | {a for _, a, _ in inside} | {b for _, _, b in inside}) if end > start else []
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    for i, a, b in inside:
        opening.setdefault(a, []).append(i)
        closing.setdefault(b, []).append(i)
    live: set[int] = set()
    for at, upto in pairwise(cuts):
        live.difference_update(closing.get(at, ()))
        live.update(opening.get(at, ()))
        yield Segment(
            at,
            upto,
            tuple(sorted(live)),
            tuple(i for i in opening.get(at, ()) if spans[i][0] == at),
            tuple(i for i in closing.get(upto, ()) if spans[i][1] == upto),
        )
