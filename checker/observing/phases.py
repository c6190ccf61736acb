"""The worker's age, the stage of the injury, and how long ago the last operation was."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import Lexicon
from checker.knowledge.measures import Measures
from checker.language import dates
from checker.language.measuring import NUMBER
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact
from checker.observing.letter import LetterDates
from checker.observing.mentions import Named

_YEAR = 365.25
_TIME = frozenset({"time", "planned"})
_LONGEST_AGO = 20 * 365
_CLOSE = 60
"""The date of an operation stands at most so many code points from its name."""


@dataclass(frozen=True, slots=True)
class _Operation:
    days: int
    evidence: Evidence
    told: str


def date_facts(when: LetterDates) -> list[Fact]:
    """``letter.injury_date``, ``letter.ur_date``: as the header, else the case summary, prints them."""
    found = [("letter.injury_date", when.injury), ("letter.ur_date", when.ur)]
    return [Fact(name, d.date.isoformat(), (d.evidence,), derivation="as printed") for name, d in found if d]


def phase_fact(when: LetterDates, measures: Measures, summary: Sequence[Named]) -> list[Fact]:
    """``letter.injury_phase``: acute, subacute or chronic by the days from the injury to the request.

    Unknown where a date is missing, where the guideline in force then gives no number, and on the days that its numbers
    do not part.
    """
    name = "letter.injury_phase"
    if when.injury is None or when.guideline is None or when.basis == "summary":
        return []
    days = (when.guideline - when.injury.date).days
    if any(n.marks("cumulative-injury") for n in summary):
        return [Fact(name, UNKNOWN, derivation="the injury built up over time")]
    limits = measures.phase_limits(when.guideline)
    if days < 0 or limits is None:
        return [
            Fact(
                name,
                UNKNOWN,
                derivation="no guideline in force gives stages in days" if days >= 0 else "the dates are not in order",
            )
        ]
    told = f"{days} days after the injury; chronic after {limits.subacute_max_days}"
    evidence = (when.injury.evidence, *([when.ur.evidence] if when.ur else []))
    sure = Confidence.HIGH if limits.mark == "verified" else Confidence.LOW
    if limits.subacute_max_days is not None and days > limits.subacute_max_days:
        return [Fact(name, "chronic", evidence, sure, told)]
    if limits.acute_max_days is None:
        return [Fact(name, UNKNOWN, evidence, derivation="no number parts acute from subacute")]
    return [Fact(name, "acute" if days <= limits.acute_max_days else "subacute", evidence, sure, told)]


def age_facts(ages: Sequence[tuple[int, Evidence]], when: LetterDates) -> list[Fact]:
    """``letter.age`` and ``letter.age_at_injury``; unknown where the case summary gives several ages."""
    if not ages:
        return []
    name = "letter.age"
    if len({a for a, _ in ages}) > 1:
        return [Fact(name, UNKNOWN, tuple(e for _, e in ages[:3]), derivation="several ages are told")]
    age, evidence = ages[0]
    facts = [Fact(name, age, (evidence,), derivation="as the case summary tells it")]
    if when.basis != "summary" and when.injury and when.guideline and when.guideline >= when.injury.date:
        since = int((when.guideline - when.injury.date).days / _YEAR)
        told = f"{age} less {since} years since the injury; it may be one year less"
        both = (evidence, when.injury.evidence)
        facts.append(Fact("letter.age_at_injury", age - since, both, Confidence.MEDIUM, told))
    return facts


def operation_facts(summary: Sequence[Named], when: LetterDates, lexicon: Lexicon) -> list[Fact]:
    """``letter.days_since_surgery``: from the last operation that the case summary records to the request."""
    found = [*_ago(summary, lexicon.measures), *_dated(summary, when.guideline, lexicon)]
    if not found:
        return []
    last = min(found, key=lambda o: o.days)
    return [Fact("letter.days_since_surgery", last.days, (last.evidence,), Confidence.MEDIUM, last.told)]


def _ago(summary: Iterable[Named], measures: Measures) -> list[_Operation]:
    """``6 weeks post-op``."""
    found = []
    for named in summary:
        for start, end in named.marks("after-operation"):
            tokens = measures.table.read(named.passage.folded, start, end, _TIME)
            numbers = [t for t in tokens if t.kind == NUMBER and t.exact]
            units = [t for t in tokens if t.kind == "time"]
            if len(numbers) == len(units) == 1:
                days = round(numbers[0].low * units[0].low)
                found.append(_Operation(days, named.evidence(start, end), named.passage.folded[start:end]))
    return found


def _dated(summary: Iterable[Named], today: datetime.date | None, lexicon: Lexicon) -> list[_Operation]:
    """Operations with a date beside the name, in sentences that plan none."""
    if today is None:
        return []
    found = []
    for named in summary:
        folded = named.passage.folded
        operations = [m for m in named.treatments if lexicon.treatment(m.entry).category == "surgery"]
        if not operations or not any(c.isdigit() for c in folded):
            continue
        if any(t.kind == "planned" for t in lexicon.measures.table.read(folded, 0, len(folded), _TIME)):
            continue
        for mention in dates.find(folded):
            days = (today - mention.date).days
            close = any(max(mention.start - m.end, m.start - mention.end) <= _CLOSE for m in operations)
            if close and mention.precision is not dates.Precision.YEAR and 0 <= days < _LONGEST_AGO:
                evidence = named.evidence(mention.start, mention.end)
                found.append(_Operation(days, evidence, f"operated on {mention.date.isoformat()}"))
    return found
