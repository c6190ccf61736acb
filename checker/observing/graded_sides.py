"""Reflexes and strengths that are graded on both sides, of two parts: "2+ on the right and 1+ on the left"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import Lexicon
from checker.model.facts import Evidence
from checker.observing.mentions import Named

_SIGN = "graded-"
"""The ids of marks of signs that are graded begin so."""

_GRADE = re.compile(r"(?<![\d/.+-])(?:\+ ?[0-4]|[0-4] ?\+|[0-5][+-]?/5)(?![\d/])")
_BOTH = frozenset({"left", "right"})


@dataclass(frozen=True, slots=True)
class _Graded:
    """A grade of a sign on one side."""

    sign: str
    side: str
    grade: str
    named: Named


def swapped_grades(
    summary: Sequence[Named], rationale: Sequence[Named], lexicon: Lexicon
) -> tuple[Evidence, ...] | None:
    """Where a sign has one grade on the left and another on the right, and the other part has them the other way round.

    Only where each part grades the sign once on each side: of two visits one may have been otherwise.

    Args:
        summary: Sentences of the case summary.
        rationale: Sentences of the rationale.
        lexicon: Words for sides.

    Returns:
        The two sentences; None where no sign is so.
    """
    told = _by_sign((n for n in rationale if n.passage.tells_the_case), lexicon)
    if not told:
        return None
    recorded = _by_sign(iter(summary), lexicon)
    for sign, sides in told.items():
        other = recorded.get(sign)
        if other is None or sides["left"].grade == sides["right"].grade:
            continue
        crossed = sides["left"].grade == other["right"].grade and sides["right"].grade == other["left"].grade
        if crossed:
            return sides["left"].named.whole, other["left"].named.whole
    return None


def _by_sign(sentences: Iterator[Named], lexicon: Lexicon) -> Mapping[str, Mapping[str, _Graded]]:
    """By sign, what is graded on each side; only signs with a single grade on each of the two."""
    found: dict[str, dict[str, _Graded]] = {}
    doubtful = set()
    for named in sentences:
        for graded in _graded(named, lexicon):
            known = found.setdefault(graded.sign, {}).setdefault(graded.side, graded)
            if known.grade != graded.grade:
                doubtful.add(graded.sign)
    return {sign: sides for sign, sides in found.items() if sign not in doubtful and sides.keys() == _BOTH}


def _graded(named: Named, lexicon: Lexicon) -> Iterator[_Graded]:
    marked = ((sign, places) for sign, places in named.marked.items() if sign.startswith(_SIGN))
    signs = sorted((start, sign) for sign, places in marked for start, _ in places)
    if not signs:
        return
    folded = named.passage.folded
    told = [(at, kind) for at, kinds in lexicon.whereabouts_in(folded) for kind in kinds if kind in _BOTH]
    begin = 0
    for end in (*(m.end() for m in named.passage.grammar.parts_grades.finditer(folded)), len(folded)):
        grades = list(_GRADE.finditer(folded, begin, end))
        sides = [side for at, side in told if begin <= at < end]
        if len(grades) == 1 and sides:
            # "the left ankle was 2+ on the right": what stands last is meant
            here = [sign for start, sign in signs if begin <= start < end]
            before = [sign for start, sign in signs if start < begin]
            sign = here[-1] if here else before[-1] if before else signs[0][1]
            yield _Graded(sign, sides[-1], grades[0][0].replace(" ", "").strip("+"), named)
        begin = end
