"""How much of an authorized course of visits was attended: what a rationale says of it against the case summary."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact
from checker.observing.mentions import About, Named
from checker.observing.visits_told import VisitsTold, relation_of, visits_told

_NAME = "compare.course"
_FINISHED, _UNFINISHED, _UNCOUNTED = "course-finished", "course-unfinished", "visits-uncounted"
_ONLY_ALLOWED = "course-only-allowed"
_NEAR = (About.ITEM, About.CLASS)


@dataclass(frozen=True, slots=True)
class _Course:
    """How far a course was attended: ``had`` of ``whole`` visits, 0 where only words tell whether it is finished."""

    evidence: Evidence
    finished: bool
    had: float = 0
    whole: float = 0


def _counted(evidence: Evidence, had: float, whole: float) -> _Course:
    return _Course(evidence, had == whole, had, whole)


def courses_compared(
    item: Item, lexicon: Lexicon, sentences: Sequence[tuple[Named, About]], of_summary: Sequence[VisitsTold]
) -> list[Fact]:
    """``compare.course`` of one item; nothing where the rationale does not say how far a course was attended.

    A summary that tells of visits beside one course, or of care that it does not count, says nothing of the course.

    Args:
        item: The disputed item.
        lexicon: The treatments.
        sentences: Those of case summary and rationale with how each relates to the item.
        of_summary: The visits that the case summary tells.
    """
    if item.drug is not None:
        return []
    said = _said(item, lexicon, [(n, r) for n, r in sentences if n.passage.sentence.item])
    if said is None:
        return []
    near = {id(n): r for n, r in sentences}
    told = [t for t in of_summary if relation_of(item, lexicon, t, near[id(t.named)]) in _NEAR]
    course = _recorded(told)
    # "additional" may be of the visits asked for
    asking = {id(t.named) for t in told} - {id(t.named) for t in told if t.visits.kind != "asked"}
    vague = any(
        n.marks(_UNCOUNTED) for n, r in sentences if not n.passage.sentence.item and r in _NEAR and id(n) not in asking
    )
    if course is None or vague:
        return [Fact(_NAME, UNKNOWN, derivation="the case summary does not tell how far one course was attended")]
    return [_compared(said, course)]


def _compared(said: _Course, course: _Course) -> Fact:
    shown = (said.evidence, course.evidence)
    words = f"{course.had:g} of {course.whole:g} visits by the case summary"
    if said.whole and said.whole != course.whole:
        return Fact(_NAME, UNKNOWN, shown, derivation="another number of visits may be another course")
    if said.finished == course.finished:
        return Fact(_NAME, "same", shown, derivation=words)
    return Fact(_NAME, "finished" if course.finished else "unfinished", shown, Confidence.MEDIUM, words)


def _said(item: Item, lexicon: Lexicon, rationale: Sequence[tuple[Named, About]]) -> _Course | None:
    """What the rationale says of the course: by a part of a number, a number that was had, or in words alone."""
    for named, relation in rationale:
        if not named.passage.tells_the_case or relation is not About.ITEM:
            continue
        counts = [t for t in visits_told([named], lexicon.measures) if relation_of(item, lexicon, t, relation) in _NEAR]
        course = _recorded(counts)
        if course is not None and not course.finished:
            return course
        finished, unfinished = named.marks(_FINISHED), named.marks(_UNFINISHED)
        if unfinished:
            return _Course(named.evidence(*unfinished[0]), finished=False)
        number = next((t for t in counts if _is_had(t) or _was_used_up(t)), None)
        if number is not None and number.visits.low == number.visits.high:
            return _counted(number.evidence, number.visits.high, number.visits.high)
        if finished:
            return _Course(named.evidence(*finished[0]), finished=True)
    return None


def _is_had(told: VisitsTold) -> bool:
    return told.visits.kind == "had" and not told.named.marks(_ONLY_ALLOWED)


def _was_used_up(told: VisitsTold) -> bool:
    """``all twelve authorized visits were attended``."""
    return told.visits.kind == "authorized" and bool(told.named.marks(_FINISHED))


def _recorded(told: Sequence[VisitsTold]) -> _Course | None:
    """The one course that sentences tell of, as far as it was last attended; None where there may be several."""
    courses = list(_courses(told))
    if not courses or len({c.whole for c in courses}) > 1:
        return None
    last = max(courses, key=lambda c: c.had)
    counted = {c.evidence for c in courses}
    return None if any(_is_had(t) and t.evidence not in counted for t in told) else last


def _courses(told: Sequence[VisitsTold]) -> Iterator[_Course]:
    """``6 of 12 visits``, ``twelve were authorized and five attended``, ``five were had, seven remain``."""
    for at, t in enumerate(told):
        had = t.visits.high
        if t.visits.low != had or not (_is_had(t) or _was_used_up(t)):
            continue
        if not _is_had(t):
            yield _counted(t.evidence, had, had)
            continue
        if t.visits.whole:
            yield _counted(t.evidence, had, t.visits.whole)
            continue
        beside = [
            o.visits for o in told[max(0, at - 1) : at + 2] if o.named is t.named and o.visits.low == o.visits.high
        ]
        for other in beside:
            whole = other.high if other.kind == "authorized" else had + other.high
            if other.kind in ("authorized", "not_had") and had <= whole:
                yield _counted(t.evidence, had, whole)
