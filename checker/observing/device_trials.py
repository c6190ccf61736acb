"""A trial of a stimulator that a rationale does not find, against the use that the letter tells of.

The guideline wants a month at home before a unit is bought. "It was used in therapy" and "it was rented last week" are
no such month; five weeks with a rented unit are.
"""

import datetime
from collections.abc import Iterator, Sequence
from enum import IntEnum

from checker.knowledge.concepts import Kind
from checker.knowledge.measures import Measures
from checker.language import dates
from checker.model.facts import UNKNOWN, Assertion, Confidence, Fact
from checker.observing.care_lengths import last_record
from checker.observing.letter import LetterDates
from checker.observing.mentions import Named
from checker.observing.statuses import MISSED, Told
from checker.observing.usage import length_in_days

_RECORD, _OWN = "compare.device_trial", "compare.device_trial_in_reasons"
_TRIAL: Kind = "device-trial"
_CURRENT = "current-"
_MONTH = 28
"""Days of the shortest month."""

_OUTCOME: Kind = "response"


class _Tried(IntEnum):
    """How far a device was tried, the most last."""

    LITTLE = 1  # where care is given, or for less than a month
    SOMEHOW = 2  # used, and nobody says where or for how long
    MONTH = 3  # for a month in the worker's own hands


def trial_facts(
    summary: tuple[Sequence[Named], Sequence[Told]], rationale: Sequence[Told], when: LetterDates, measures: Measures
) -> list[Fact]:
    """``compare.device_trial`` and ``compare.device_trial_in_reasons``: whether a trial missed was had all the same.

    Args:
        summary: Sentences of the case summary, and its assertions.
        rationale: Assertions of the rationale.
        when: The dates of the letter.
        measures: The words around numbers.
    """
    missed = [t for t in rationale if _is_missed(t)]
    if not missed:
        return [Fact(name, UNKNOWN, derivation="no trial is missed") for name in (_RECORD, _OWN)]
    named, told = summary
    last = last_record(when.guideline, named) if when.guideline else None
    return [
        _compared(_RECORD, missed, told, last, measures),
        _compared(_OWN, missed, [t for t in rationale if t.named.passage.tells_the_case], last, measures),
    ]


def _is_missed(told: Told) -> bool:
    seen, named = told.observation, told.named
    if _TRIAL not in told.kinds or seen.status not in MISSED or (seen.cue and seen.confidence is Confidence.LOW):
        return False  # said outright it is doubtful only for its narrowness, which is compared here
    return named.passage.tells_the_case and not told.holds("trial-outcome")


def _compared(
    name: str, missed: Sequence[Told], told: Sequence[Told], last: datetime.date | None, measures: Measures
) -> Fact:
    places = {t.place for t in missed} if name == _OWN else set()
    had = [t for t in told if t.place not in places and _is_had(t)]
    best = Fact(name, "different", (missed[0].named.whole,), derivation="no such trial is told")
    for lacking in missed:
        for use in (u for u in had if _one_device(lacking.named, u.named)):
            fact = _held_against(name, lacking, use, _tried(use.named, last, measures), told)
            if fact is not None and (fact.value == "had" or best.value != "had"):
                best = fact
    return best


def _is_had(told: Told) -> bool:
    seen = told.observation
    return (
        _TRIAL in told.kinds
        and seen.status is Assertion.DOCUMENTED
        and seen.time != "planned"
        and seen.confidence is not Confidence.LOW
    )


def _one_device(first: Named, second: Named) -> bool:
    """Whether two sentences may be of one kind of electric current: one names none, or both name one."""
    kinds = [{id_ for id_ in n.marked if id_.startswith(_CURRENT)} for n in (first, second)]
    return not all(kinds) or not kinds[0].isdisjoint(kinds[1])


def _held_against(name: str, lacking: Told, use: Told, tried: _Tried, told: Sequence[Told]) -> Fact | None:
    """What a use told is to a trial missed: had, perhaps, or nothing."""
    named = lacking.named
    if named.marks("trial-outcome") and not any(
        t.place == use.place and _OUTCOME in t.kinds and t.observation.status is Assertion.DOCUMENTED for t in told
    ):
        return None  # what is missed is what came of it
    shown = (named.whole, use.named.whole)
    of_month = bool(named.marks("trial-at-home"))
    if tried is _Tried.MONTH or (not of_month and not lacking.holds("trial-told")):
        return Fact(name, "had", shown, Confidence.MEDIUM, "it was used, for a month where a month is meant")
    if tried is _Tried.SOMEHOW:
        return Fact(name, "perhaps", shown, Confidence.MEDIUM, "it was used, and nobody says for how long")
    return None


def _tried(named: Named, last: datetime.date | None, measures: Measures) -> _Tried:
    if named.marks("device-month-done") or _from_day_to_day(named) >= _MONTH:
        return _Tried.MONTH
    if named.marks("device-in-care", "device-lent"):
        return _Tried.LITTLE
    days = max(_lengths(named, last, measures), default=0)
    if not days:
        return _Tried.SOMEHOW
    return _Tried.MONTH if days >= _MONTH else _Tried.LITTLE


def _from_day_to_day(named: Named) -> int:
    """Days between two days that are told of its use: "from 3/2/2016 through 4/5/2016"."""
    spans = [[d.date for d in dates.find(named.passage.folded[a:b])] for a, b in named.marks("device-between")]
    return max(((days[-1] - days[0]).days for days in spans if days), default=0)


def _lengths(named: Named, last: datetime.date | None, measures: Measures) -> Iterator[int]:
    """Days of use told in the sentence; counted from a day only where no length is told and the unit is at home."""
    folded = named.passage.folded
    told = [length_in_days(folded[a:b], measures) for a, b in named.marks("device-for")]
    if any(told):
        yield from told
    elif last is not None and named.marks("device-at-home"):
        for start, end in named.marks("device-since"):
            for day in dates.find(folded[start:end]):
                if day.precision is not dates.Precision.YEAR:
                    yield max((last - day.date).days, 0)
