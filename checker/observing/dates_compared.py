"""Dates and lengths of time of a letter held against each other: care before the injury, use longer than the injury."""

import datetime
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from checker.knowledge.measures import Measures
from checker.language import dates
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact
from checker.observing.letter import REQUEST_DATED, Dated, LetterDates
from checker.observing.mentions import Named
from checker.observing.usage import length_in_days
from checker.observing.use_compared import claimed_lengths

_MONTH = 30
_MOST_DAYS_BEFORE = 400
"""A visit longer before the injury (days) is told as history; a slip of the pen in the year stays below it."""

_SLACK = 21
"""By so many days a length of time may be rounded up."""

_OTHER_CLAIM = "of-another-claim"
"""Behind a sentence: what it told belongs to another injury."""

_POSSESSIVE = re.compile(r"'s?(?= )")


def date_facts(when: LetterDates, summary: Sequence[Named], asked: Sequence[Named]) -> list[Fact]:
    """``letter.care_dates`` and ``letter.request_order``.

    Args:
        when: The dates of the letter.
        summary: Sentences of the case summary.
        asked: Those of them that date no request for another treatment than the disputed ones.
    """
    return [_care(when, summary), _request(when, asked)]


def full_dates(sentences: Sequence[Named], mark: str) -> Iterator[tuple[datetime.date, Named, Evidence]]:
    """The days that stand in a mark, with their sentences and their words."""
    for named in sentences:
        for start, end in named.marks(mark):
            for mention in dates.find(named.passage.folded[start:end]):
                if mention.precision is dates.Precision.DAY:
                    yield mention.date, named, named.evidence(start, end)


def _care(when: LetterDates, summary: Sequence[Named]) -> Fact:
    """Whether an examination, report or study of this injury is dated before the injury."""
    name = "letter.care_dates"
    injury = when.injury
    if injury is None or any(n.marks("cumulative-injury") for n in summary):
        return Fact(name, UNKNOWN, derivation="no single day of injury")
    told = {d.date for d in when.narrative_injury}
    known = False
    for date, named, evidence in full_dates(summary, "care-dated"):
        known = True
        before = (injury.date - date).days
        if 0 < before <= _MOST_DAYS_BEFORE and date not in told and not named.marks("earlier-history"):
            derivation = f"dated {before} days before the injury"
            return Fact(name, "before_injury", (injury.evidence, evidence), _sure(injury, when), derivation)
    return Fact(
        name, "after_injury" if known else UNKNOWN, derivation="no care of this injury is dated before the injury"
    )


def _sure(injury: Dated, when: LetterDates) -> Confidence:
    """Less sure where the letter gives several dates of injury."""
    return Confidence.HIGH if all(d.date == injury.date for d in when.narrative_injury) else Confidence.LOW


def _request(when: LetterDates, summary: Sequence[Named]) -> Fact:
    """Whether utilization review decided before it was asked; of several requests one may be the disputed one."""
    name = "letter.request_order"
    found = list(full_dates(summary, REQUEST_DATED))
    if when.ur is None or not found:
        return Fact(name, UNKNOWN, derivation="no date of the request or of the utilization review")
    first = min(found, key=lambda f: f[0])
    told = when.narrative_ur
    if told and first[0] <= when.ur.date and all(d.date < first[0] for d in told):
        evidence = (first[2], told[0].evidence)
        return Fact(
            name, "reversed_in_narrative", evidence, Confidence.MEDIUM, "told to be decided before it was asked"
        )
    if any(date <= when.ur.date for date, _, _ in found):
        return Fact(name, "in_order", derivation="a request is dated before the decision")
    return Fact(name, "reversed", (when.ur.evidence, found[0][2]), Confidence.MEDIUM, "decided before it was asked for")


def injury_date_fact(when: LetterDates, rationale: Sequence[Named]) -> Fact:
    """``compare.injury_date``: whether a rationale dates the injury as header and case summary do."""
    name = "compare.injury_date"
    known = {d.date for d in when.narrative_injury}
    if when.injury is not None:
        known.add(when.injury.date)
    telling = [
        n
        for n, behind in zip_longest(rationale, rationale[1:])
        if n.passage.tells_the_case and not n.marks("earlier-history") and not (behind and behind.marks(_OTHER_CLAIM))
    ]
    told = list(full_dates(telling, "injury-date"))
    if when.injury is None or not told:
        return Fact(name, UNKNOWN, derivation="the date of injury is not told twice")
    others = [evidence for date, _, evidence in told if date not in known]
    if len(others) < len(told):
        return Fact(name, "same", derivation="the rationale gives the date of header or summary")
    return Fact(name, "different", (when.injury.evidence, others[0]), _sure(when.injury, when), "another day of injury")


def duration_facts(days_since_injury: int | None, rationale: Sequence[Named], measures: Measures) -> list[Fact]:
    """``compare.claimed_use`` and ``compare.injury_age``: what a rationale says of lengths of time.

    Args:
        days_since_injury: Days from the injury to the request, None where the letter does not tell.
        rationale: Sentences of the rationale.
        measures: The words around numbers.
    """
    names = ("compare.claimed_use", "compare.injury_age")
    if days_since_injury is None or days_since_injury < 0:
        return [Fact(name, UNKNOWN, derivation="no age of the injury") for name in names]
    telling = [n for n in rationale if n.passage.tells_the_case]
    return [_claimed_use(days_since_injury, telling, measures), _injury_age(days_since_injury, telling, measures)]


def _claimed_use(limit: int, telling: Sequence[Named], measures: Measures) -> Fact:
    """Whether the rationale gives the worker's use or care a length that the injury does not have."""
    name = "compare.claimed_use"
    claims = [
        (days, evidence)
        for n in telling
        if not n.marks("earlier-history")
        for days, evidence in claimed_lengths(n, measures)
    ]
    if not claims:
        return Fact(name, UNKNOWN, derivation="the rationale gives no length of use")
    days, evidence = max(claims, key=lambda c: c[0])
    if days <= limit + _SLACK:
        return Fact(name, "possible", (evidence,), derivation=f"{days} days, {limit} after the injury")
    derivation = f"at least {days} days of use, {limit} days after the injury"
    return Fact(name, "impossible", (evidence,), Confidence.MEDIUM, derivation)


def _injury_age(actual: int, telling: Sequence[Named], measures: Measures) -> Fact:
    """Whether the rationale puts the injury at quite another distance than the dates do."""
    name = "compare.injury_age"
    for named in telling:
        for mark in ("injury-under", "injury-over", "injury-ago"):
            for start, end in named.marks(mark):
                claimed = length_in_days(_POSSESSIVE.sub(" ", named.passage.folded[start:end]), measures)
                if not claimed:
                    continue
                far = _far(mark, claimed, actual)
                told = f"about {claimed} days said, {actual} by the dates"
                return Fact(name, "different" if far else "same", (named.whole,) if far else (), Confidence.HIGH, told)
    return Fact(name, UNKNOWN, derivation="the rationale does not say how long ago the injury was")


def _far(mark: str, claimed: int, actual: int) -> bool:
    """Whether a distance that is told cannot be meant for the one that the dates give."""
    if mark == "injury-under":
        return actual > claimed + _SLACK
    if mark == "injury-over":
        return actual < claimed - _SLACK
    return abs(claimed - actual) > max(_MONTH, actual // 2)
