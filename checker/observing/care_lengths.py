"""How long the worker is said to have been cared for, against the days between the injury and the last record."""

import datetime
from collections.abc import Iterator, Sequence

from checker.knowledge.concepts import Kind
from checker.knowledge.measures import Measures
from checker.language import dates
from checker.model.facts import UNKNOWN, Assertion, Confidence, Fact
from checker.observing.dates_compared import full_dates
from checker.observing.letter import LetterDates
from checker.observing.mentions import Named
from checker.observing.statuses import Told
from checker.observing.usage import length_in_days

_NAME = "compare.claimed_care"
_CARE: Kind = "care"
_ROUNDED = 7
"""By so many days a length may be rounded up ..."""

_PART = 0.25
"""... or by such a part of it."""


def claimed_care(when: LetterDates, summary: Sequence[Named], rationale: Sequence[Told], measures: Measures) -> Fact:
    """``compare.claimed_care``: whether the care that the rationale finds fits between the injury and the last record.

    Args:
        when: The dates of the letter.
        summary: Sentences of the case summary.
        rationale: Assertions of the rationale.
        measures: The words around numbers.
    """
    if when.injury is None or when.guideline is None or when.basis == "summary" or _ongoing(summary):
        return Fact(_NAME, UNKNOWN, derivation="no single day of injury")
    claims = [(days, told) for told in _had(rationale) if (days := _length(told.named, measures))]
    if not claims:
        return Fact(_NAME, UNKNOWN, derivation="the rationale gives no length of care")
    days, told = max(claims, key=lambda c: c[0])
    last = last_record(when.guideline, summary)
    most = (last - when.injury.date).days
    derivation = f"{days} days of care, {most} days from the injury to the last record"
    if most < 0 or days <= most + max(_ROUNDED, days * _PART):
        return Fact(_NAME, "possible", (told.named.whole,), derivation=derivation)
    return Fact(_NAME, "impossible", (when.injury.evidence, told.named.whole), Confidence.MEDIUM, derivation)


def _ongoing(summary: Sequence[Named]) -> bool:
    return any(n.marks("cumulative-injury") for n in summary)


def _had(rationale: Sequence[Told]) -> Iterator[Told]:
    """What is said to have been had; a sentence that finds some of it missing tells no length."""
    doubted = {t.place for t in rationale if _CARE in t.kinds and not _there(t)}
    for told in rationale:
        if told.place not in doubted and _CARE in told.kinds and told.named.passage.tells_the_case:
            yield told


def _there(told: Told) -> bool:
    seen = told.observation
    return seen.status is Assertion.DOCUMENTED and seen.confidence is not Confidence.LOW and seen.time != "planned"


def _length(named: Named, measures: Measures) -> int:
    if named.marks("earlier-history"):
        return 0
    found = [length_in_days(named.passage.folded[start:end], measures) for start, end in named.marks("care-for")]
    return max(found, default=0)


def last_record(ceiling: datetime.date, summary: Sequence[Named]) -> datetime.date:
    """The last day up to the decision of utilization review of which the summary has a record or a request.

    A day before that decision counts in whatever words it is told: "records from 09/21/2016 to 12/14/2016".
    """
    found = [day for mark in ("care-dated", "request-dated") for day, _, _ in full_dates(summary, mark)]
    if found:
        printed = (m for n in summary if n.passage.tells_the_case for m in dates.find(n.passage.folded))
        found += [m.date for m in printed if m.precision is dates.Precision.DAY and m.date < ceiling]
    return max((day for day in found if day <= ceiling), default=ceiling)
