"""Morphine equivalents a day: of each opioid by its factor, of all of them together, and as the letter prints it."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import DrugEntry, Lexicon
from checker.knowledge.names import Mention
from checker.language.measuring import NUMBER
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact
from checker.observing.doses import Dose, DoseTold
from checker.observing.mentions import Named

_PRINTED = (5, 2000)
"""Smallest and largest daily dose (mg of morphine) that a printed number is taken for."""

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Morphine:
    """Milligrams of oral morphine a day, lower and upper end, and how they were counted."""

    low: float
    high: float
    told: str
    confidence: Confidence


def factor_on(entry: DrugEntry, lexicon: Lexicon, day: datetime.date | None) -> tuple[str, bool] | None:
    """The table of factors that serves a drug on a day, and whether it was in use then; None where none has the drug.

    Args:
        entry: The drug.
        lexicon: The tables with the day from which each is used.
        day: The day; None takes the first table.
    """
    tables = [t for t, _ in lexicon.morphine_tables]
    begun = [t for t, since in lexicon.morphine_tables if day is not None and since <= day]
    at = tables.index(begun[-1]) if begun else 0
    for table in tables[at:]:
        if table in entry.mme or table in entry.mme_by_dose:
            return table, bool(begun) and table == begun[-1]
    return None


def morphine_of(dose: Dose, lexicon: Lexicon, day: datetime.date | None) -> Morphine | None:
    """Morphine equivalents of one drug; None where it is no opioid, has no factor, or its daily dose is not told.

    A patch by the hour counts by its strength, however many days it lasts: the factor is one of micrograms an hour.
    """
    entry = lexicon.drug(dose.drug)
    table = factor_on(entry, lexicon, day) if entry.opioid else None
    if table is None:
        return None
    amount = (dose.strength, dose.strength) if dose.hourly and dose.strength else dose.mg_per_day
    if amount is None or dose.hourly != (entry.route == "transdermal"):
        return None
    ends = [_equivalent(entry, table[0], mg) for mg in amount]
    told = f"{entry.generic}: {_told(amount[1])} a day by {table[0].replace('_', ' ')} is {_told(ends[1])}"
    return Morphine(ends[0], ends[1], told, Confidence.MEDIUM if table[1] else Confidence.LOW)


def _equivalent(entry: DrugEntry, table: str, mg: float) -> float:
    bands = entry.mme_by_dose.get(table)
    if bands is None:
        return mg * entry.mme[table]
    factor = next((f for up_to, f in bands if mg <= up_to), bands[-1][1])
    return mg * factor


def _told(value: float) -> str:
    return f"{value:g}"


def total(
    summary: Sequence[Named], told: Sequence[DoseTold], lexicon: Lexicon, day: datetime.date | None
) -> list[Fact]:
    """``letter.opioid_mme``: what all opioids of the summary make a day, at the most; unknown if one is not told."""
    name = "letter.opioid_mme"
    named = _opioids(summary, lexicon)
    if not named:
        return []
    by_drug: dict[str, list[tuple[Morphine, Evidence]]] = {}
    for one in told:
        if _covers(one.named, one.dose.start, one.dose.end):
            continue
        counted = morphine_of(one.dose, lexicon, day)
        if counted is not None:
            by_drug.setdefault(lexicon.drug(one.dose.drug).generic, []).append((counted, one.evidence))
    missing = sorted(named - set(by_drug))
    if missing:
        return [Fact(name, UNKNOWN, derivation=f"no daily dose or factor of {', '.join(missing[:_SHOWN])}")]
    unclear = sorted(g for g, found in by_drug.items() if len({(m.low, m.high) for m, _ in found}) > 1)
    if unclear:
        return [Fact(name, UNKNOWN, derivation=f"several daily doses of {', '.join(unclear[:_SHOWN])}")]
    counted_once = [found[0] for _, found in sorted(by_drug.items())]
    sure = min((m.confidence for m, _ in counted_once), key=lambda c: c.rank)
    words = "; ".join(m.told for m, _ in counted_once)
    evidence = tuple(e for _, e in counted_once)
    return [
        Fact(name, round(sum(m.high for m, _ in counted_once), 2), evidence, sure, words),
        Fact(f"{name}_least", round(sum(m.low for m, _ in counted_once), 2), evidence, sure, words),
    ]


def _opioids(summary: Iterable[Named], lexicon: Lexicon) -> set[str]:
    """The opioids that the summary names as taken, by their actives; a measure in morphine names none."""
    return {
        lexicon.drug(m.entry).generic
        for named in summary
        if named.drugs and not named.marks("drug-stopped")
        for m in named.drugs
        if lexicon.drug(m.entry).opioid and not in_measure(named, m)
    }


def in_measure(named: Named, mention: Mention) -> bool:
    """Whether a drug's name is part of a measure, as in morphine equivalents."""
    return _covers(named, mention.start, mention.end)


def _covers(named: Named, start: int, end: int) -> bool:
    return any(a < end and start < b for a, b in named.marks("morphine-measure"))


def printed(sentences: Iterable[Named], lexicon: Lexicon) -> list[tuple[float, Evidence]]:
    """The daily morphine equivalents that sentences about the case print of the worker."""
    found: list[tuple[float, Evidence]] = []
    for named in sentences:
        if not named.passage.tells_the_case:
            continue
        values: set[float] = set()
        for start, end in named.marks("morphine-printed"):
            tokens = lexicon.measures.table.read(named.passage.folded, start, end, frozenset())
            numbers = [t for t in tokens if t.kind == NUMBER and _PRINTED[0] <= t.high <= _PRINTED[1]]
            if len(numbers) == 1 and numbers[0].high not in values:
                values.add(numbers[0].high)
                found.append((numbers[0].high, named.evidence(start, end)))
    return found


def printed_facts(
    summary: Sequence[tuple[float, Evidence]],
    rationale: Sequence[tuple[float, Evidence]],
    facts: Sequence[Fact],
    tolerance: float,
) -> list[Fact]:
    """``item.printed_mme`` and ``compare.mme`` of an item: the dose printed against the dose counted."""
    found = [*rationale, *summary]
    if not found:
        return []
    name = "item.printed_mme"
    if len({v for v, _ in found}) > 1:
        return [Fact(name, UNKNOWN, tuple(e for _, e in found[:_SHOWN]), derivation="several values are printed")]
    value, evidence = found[0]
    out = [Fact(name, value, (evidence,), Confidence.HIGH, "as printed")]
    counted = {f.name: f for f in facts}
    high, low = counted.get("letter.opioid_mme"), counted.get("letter.opioid_mme_least")
    if high is None or low is None or not isinstance(high.value, float) or not isinstance(low.value, float):
        return out
    same = low.value * (1 - tolerance) <= value <= high.value * (1 + tolerance)
    told = f"{value:g} printed, {high.value:g} counted"
    evidences = (evidence, *high.evidence)
    out.append(Fact("compare.mme", "same" if same else "different", evidences, high.confidence, told))
    return out
