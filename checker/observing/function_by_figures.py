"""Better function told by two figures of one activity: "walks 15 minutes without and 45 minutes with it"."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from checker.knowledge.concepts import ConceptModel, Kind
from checker.knowledge.measures import Measures
from checker.language.measuring import NUMBER, Token
from checker.model.facts import Assertion, Evidence
from checker.observing.by_figures import told_by_figures
from checker.observing.mentions import Named
from checker.observing.statuses import Told

_FUNCTION: Kind = "function"
_UNIT, _MEASURED, _OTHER = "function-unit", "function-measured", "function-not-measured"
_SIDES = {"figure-without": 0, "figure-with": 1}
_NEEDED = frozenset({_UNIT, _MEASURED, *_SIDES})
_NEAR = 32
"""So many code points lie between a figure and the words that tell its side."""

_APART = 60
"""So many at most between the two figures."""


def with_figures(
    named: Sequence[Named], told: Sequence[Told], concept: ConceptModel | None, measures: Measures
) -> list[Told]:
    """The assertions of one part, with those that two figures of a sentence make of function.

    Args:
        named: The sentences of the part.
        told: What their words assert.
        concept: The concept of the lexicon that tells of function, if it has one.
        measures: The words around numbers.

    Returns:
        The same assertions by place; what words say of function in the sentence goes before its figures.
    """
    if concept is None:
        return list(told)
    spoken = {t.place for t in told if _FUNCTION in t.kinds}
    found = list(told)
    for at, sentence in enumerate(named):
        gained = None if at in spoken else _gained(sentence, measures)
        if gained is not None:
            found.append(told_by_figures(sentence, at, concept, *gained))
    return sorted(found, key=lambda t: t.place)


def _gained(named: Named, measures: Measures) -> tuple[Assertion, Evidence] | None:
    """Whether a sentence tells of more with the treatment, and where."""
    if not named.marked.keys() >= _NEEDED or _OTHER in named.marked or not named.passage.tells_the_case:
        return None
    folded = named.passage.folded
    tokens = measures.table.read(folded, 0, len(folded), frozenset())
    units = {start: folded[start:end].rstrip("s")[:3] for start, end in named.marks(_UNIT)}
    sides = sorted((start, end, side) for mark, side in _SIDES.items() for start, end in named.marks(mark))
    figures = [t for t in tokens if t.kind == NUMBER]
    for first, second in pairwise(figures):
        if second.start - first.end > _APART or not _one_measure(first, second, units):
            continue
        told = _sides(first, second, sides, folded)
        if told is None or not any(a < second.start for a, _ in named.marks(_MEASURED)):
            continue
        without, eased = (first, second) if told == (0, 1) else (second, first)
        evidence = named.evidence(first.start, min(len(folded), second.end + 1))
        if eased.low >= measures.figures.least_times * without.high > 0:
            return Assertion.DOCUMENTED, evidence
        if (eased.low, eased.high) == (without.low, without.high):
            return Assertion.DENIED, evidence
        return None
    return None


def _one_measure(first: Token, second: Token, units: Mapping[int, str]) -> bool:
    """Whether two figures are of one unit; the second or the first may leave it out."""
    one, other = units.get(first.end + 1), units.get(second.end + 1)
    return bool(one or other) and (one == other or one is None or other is None)


def _sides(first: Token, second: Token, sides: Sequence[tuple[int, int, int]], folded: str) -> tuple[int, int] | None:
    """The sides of two figures, where each has one and they differ: behind both, or before both."""
    between = [s for s in sides if first.end <= s[0] and s[1] <= second.start]
    behind = [s for s in sides if s[0] >= second.end and s[0] - second.end <= _NEAR]
    before = [s for s in sides if s[1] <= first.start and first.start - s[1] <= _NEAR]
    if not between or between[0][2] != between[-1][2]:
        return None
    middle = between[0][2]
    if behind and behind[0][2] != middle and ";" not in folded[first.start : behind[0][0]]:
        return middle, behind[0][2]
    if before and before[-1][2] != middle:
        return before[-1][2], middle
    return None
