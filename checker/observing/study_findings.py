"""A lesion that a study did not show by the rationale, and did by the case summary: a tear, a herniation, a slowing."""

from collections.abc import Iterator, Sequence

from checker.model.facts import UNKNOWN, Confidence, Fact
from checker.observing.mentions import NEGATED, THERE, Named, denied_at
from checker.observing.record_compared import Near
from checker.observing.studies_compared import Study, of_the_case, parts_of, same_day, studies

_NAME = "compare.study_finding"
_KIND = "finding-of-kind-"
_MISSING, _NARROWED, _HEDGED, _PLANNED = "finding-missing", "finding-narrowed", "finding-hedged", "study-only-planned"
_REACH = 45
"""A denial stands at most so many code points before what it denies."""

_BEHIND = 160
"""What is told of a study stands at most so many code points behind its name."""

_LEVELS = ("c", "t", "l", "s")
"""Letters of the vertebrae; at another level the spine may look otherwise."""


def denied_finding(summary: Sequence[Named], rationale: Sequence[Named], near: Near) -> Fact:
    """``compare.study_finding``: whether a study shows by the summary what it does not by the rationale.

    Only of the same kind of study and lesion, of the same part of the body and, where both tell one, of the same day
    and vertebra; and not where the summary has a study that does not show it, since that one may be meant.

    Args:
        summary: Sentences of the case summary.
        rationale: Sentences of the item's rationale.
        near: Whether two parts of the body may be of one region, and those of the request.
    """
    said = [(s, kind) for n in of_the_case(rationale) for s in studies(n) for kind in _findings(s, denied=True)]
    if not said:
        return Fact(_NAME, UNKNOWN, derivation="the rationale denies no lesion on a study")
    told = [s for n in summary for s in studies(n)]
    for study, kind in said:
        parts = near.parts(study.text()) or near.asked
        same = [s for s in told if study.like(s) and near.alike(parts, parts_of(s, near)) and same_day(study, s)]
        shown = next((s for s in same if kind in _findings(s, denied=False) and _one_level(study, s)), None)
        if shown is not None and not any(kind in _findings(s, denied=True) for s in same):
            told_of = (study.named.whole, shown.named.whole)
            return Fact(_NAME, "found", told_of, Confidence.MEDIUM, kind)
    return Fact(_NAME, "same", (said[0][0].named.whole,), derivation="the summary does not tell of it")


def _findings(study: Study, *, denied: bool) -> Iterator[str]:
    """The kinds of lesion that a study is said to show, or not to show without a word that narrows what is denied."""
    named = study.named
    if named.marks(_PLANNED):
        return
    first = _first(study)
    denials, turns, narrowed = (_told(study, first, *m) for m in ((NEGATED, _MISSING), (THERE,), (_NARROWED,)))
    for mark in named.marked:
        if not mark.startswith(_KIND):
            continue
        for start, end in _told(study, first, mark):
            near = [d for d in denials if 0 <= start - d[0] <= _REACH]
            if denied_at(start, denials, turns) is not denied or (denied and not near):
                continue
            loose = any(near[0][0] < at < end for at, _ in narrowed) if denied else bool(_told(study, first, _HEDGED))
            if not loose:
                yield mark.removeprefix(_KIND)


def _first(study: Study) -> int:
    """Where the words on a study begin: at its name, or before it where it is the first of its sentence.

    "There is no herniation on the MRI."
    """
    return study.start if any(s.start < study.start for s in studies(study.named)) else 0


def _told(study: Study, first: int, *marks: str) -> list[tuple[int, int]]:
    return [m for m in study.named.marks(*marks) if first <= m[0] < min(study.end, study.start + _BEHIND)]


def _one_level(one: Study, other: Study) -> bool:
    """Whether two studies may be told of one vertebra."""
    levels = _levels(one)
    return not levels or not levels.isdisjoint(_levels(other))


def _levels(study: Study) -> set[str]:
    words = study.text().lower().replace("-", " ").replace("/", " ").split()
    return {w.strip(".,;:()") for w in words if w[0] in _LEVELS and w[1:2].isdigit()}
