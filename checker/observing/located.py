"""Where in the body a finding lies, so that one of the left hand says nothing of the right one, or of a leg."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import Lexicon
from checker.language.phrases import fold
from checker.model.source import Span
from checker.observing.mentions import Named
from checker.observing.passages import Passage

_MOST = 400
"""So many code points of a request, or of the text before a sentence, are looked at."""

_PAIR = "pair"
"""A limb in the plural: no side, and none is to be looked for farther away."""
_SIDES, _HALVES = ("left", "right", "both", _PAIR), ("upper", "lower")


@dataclass(frozen=True, slots=True)
class Place:
    """The side (left or right) and the half of the body (upper or lower); "" where it is not told, or is both."""

    side: str = ""
    half: str = ""

    def elsewhere(self, other: "Place") -> bool:
        """Whether the two are surely different places."""
        return _differ(self.side, other.side) or _differ(self.half, other.half)

    def within(self, request: "Place") -> "Place":
        """This place, and where it is not told the one that is asked for."""
        return Place(self.side or request.side, self.half or request.half)


def _differ(one: str, other: str) -> bool:
    return bool(one and other) and one != other


NOWHERE = Place()


def place_of_request(request: str, lexicon: Lexicon) -> Place:
    """Where a request is for."""
    kinds = [kind for _, found in lexicon.whereabouts_in(fold(request[:_MOST])) for kind in found]
    return Place(_one(kinds, _SIDES), _one(kinds, _HALVES))


def place_of(named: Named, span: Span, lexicon: Lexicon, *, beside: bool = True) -> Place:
    """Where an assertion lies: by its own words, else by those around it up to a comma, else before, else behind.

    Args:
        named: The sentence.
        span: The words of the assertion.
        lexicon: Words for sides and limbs.
        beside: Whether words beyond the comma tell it too.
    """
    passage = named.passage
    words = lexicon.whereabouts_in(passage.folded)
    at = passage.reading
    if not words:
        if not any(start == 0 for start, _ in named.marks("goes-on-of-it")):
            return NOWHERE
        return _of_the_one_before(at.text[max(0, passage.start - _MOST) : passage.start], lexicon)
    start = max(0, at.reading_offset(span.start) - passage.start)
    end = at.reading_offset(span.end) - passage.start
    left, right = _segment(passage, start, end)
    around = (left, right)
    return Place(*(_nearest(words, kinds, (start, end), around, beside=beside) for kinds in (_SIDES, _HALVES)))


def _of_the_one_before(text: str, lexicon: Lexicon) -> Place:
    """The place that the sentence before names, of which this one goes on: "It was moved with care, and weak"."""
    before = text.rstrip().rstrip(".;")
    kinds = [kind for _, found in lexicon.whereabouts_in(fold(before[before.rfind(". ") + 1 :])) for kind in found]
    return Place(_one(kinds, _SIDES), _one(kinds, _HALVES))


def _segment(passage: Passage, start: int, end: int) -> tuple[int, int]:
    left, right = 0, len(passage.folded)
    for parting in passage.grammar.parts_places.finditer(passage.folded):
        if parting.end() <= start:
            left = parting.end()
        elif parting.start() >= end:
            right = parting.start()
            break
    return left, right


def _nearest(
    words: Sequence[tuple[int, tuple[str, ...]]],
    kinds: Sequence[str],
    own: tuple[int, int],
    around: tuple[int, int],
    *,
    beside: bool,
) -> str:
    spoken = [(at, kind) for at, found in words for kind in found if kind in kinds]
    for start, end in (own, around):
        inside = [kind for at, kind in spoken if start <= at < end]
        if inside:
            return _one(inside, kinds)
    if not beside:
        return ""
    before = [(at, kind) for at, kind in spoken if at < around[0]]
    after = [(at, kind) for at, kind in spoken if at >= around[1]]
    near = [kind for at, kind in before if at == before[-1][0]] or [k for at, k in after if at == after[0][0]]
    return _one(near, kinds)


def _one(found: Iterable[str], kinds: Sequence[str]) -> str:
    """The one of the kinds that is told; "" for none, for several and for both."""
    told = {kind for kind in found if kind in kinds and kind != _PAIR}
    return told.pop() if len(told) == 1 and "both" not in told else ""
