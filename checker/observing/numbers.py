"""All numbers of a letter as facts: scores, relief, doses, morphine equivalents, visits, stages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checker.knowledge.lexicon import DrugEntry, Lexicon
from checker.language.amounts import strengths
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part
from checker.observing.doses import Dose, DoseTold, doses
from checker.observing.letter import LetterDates
from checker.observing.mentions import About, Named
from checker.observing.morphine import morphine_of, printed, printed_facts, total
from checker.observing.pain_scores import PainTold, drop_of_item, pain_facts
from checker.observing.people import ages_told
from checker.observing.phases import age_facts, date_facts, operation_facts, phase_fact
from checker.observing.relief import ReliefTold, relief_facts, relief_told
from checker.observing.visits_told import VisitsTold, relation_of, visit_facts, visits_told

_FAR = 2.0
"""A strength that far above the largest on the market is a slip; below it, it may be a dose of several units."""

_ABSURD = 20.0
"""So far above it no dose of several units lies either: grams for milligrams."""


@dataclass(frozen=True, slots=True)
class LetterNumbers:
    """What the case summary tells in numbers, read once for all items.

    Attributes:
        doses: Doses of drugs.
        pain: Sentences with pain scores.
        relief: Percent relief.
        visits: Numbers of visits.
        printed: Daily morphine equivalents as printed.
        facts: The facts of the whole letter.
    """

    doses: tuple[DoseTold, ...]
    pain: tuple[PainTold, ...]
    relief: tuple[ReliefTold, ...]
    visits: tuple[VisitsTold, ...]
    printed: tuple[tuple[float, Evidence], ...]
    facts: tuple[Fact, ...]


def letter_numbers(
    summary: Sequence[Named], pain: tuple[PainTold, ...], when: LetterDates, lexicon: Lexicon
) -> LetterNumbers:
    """Reads the numbers of the case summary.

    Args:
        summary: Its sentences.
        pain: Those that give pain scores.
        when: The dates of the letter.
        lexicon: Drugs, treatments and the words around numbers.
    """
    read = doses(summary, lexicon.measures)
    told = tuple(t for t in read if not _impossible(t, lexicon))
    facts = (
        *date_facts(when),
        *phase_fact(when, lexicon.measures, summary),
        *age_facts(ages_told(summary, lexicon.measures), when),
        *operation_facts(summary, when, lexicon),
        *pain_facts("summary", pain),
        *total(summary, told, lexicon, when.guideline),
        *_strengths(read, lexicon),
        *_supplies(told),
    )
    relief = tuple(relief_told(summary, lexicon.measures))
    visits = tuple(visits_told(summary, lexicon.measures))
    return LetterNumbers(told, pain, relief, visits, tuple(printed(summary, lexicon)), facts)


def item_numbers(
    item: Item,
    letter: LetterNumbers,
    sentences: tuple[Sequence[Named], Sequence[Named]],
    pain: Sequence[PainTold],
    relations: tuple[Sequence[About], Sequence[About]],
    *,
    lexicon: Lexicon,
    when: LetterDates,
) -> list[Fact]:
    """The facts of one item that are numbers.

    Args:
        item: The item.
        letter: The numbers of the case summary.
        sentences: Those of the case summary and of the rationale.
        pain: Those of the rationale that give pain scores.
        relations: How each of them relates to the item.
        lexicon: Drugs, treatments and the words around numbers.
        when: The dates of the letter.
    """
    near = {
        id(n): r for part, found in zip(sentences, relations, strict=True) for n, r in zip(part, found, strict=True)
    }
    rationale = sentences[1]
    relief = relief_told(rationale, lexicon.measures)
    facts = pain_facts("rationale", pain)
    for part, scores, reliefs in (("summary", letter.pain, letter.relief), ("rationale", pain, relief)):
        facts += drop_of_item(part, [(t, near[id(t.named)]) for t in scores])
        carried = _after_injection(item, sentences[part == "rationale"], near, lexicon)
        facts += relief_facts(part, [(t, carried.get(id(t.named), near[id(t.named)])) for t in reliefs])
    if item.drug is None:
        visits = [*letter.visits, *visits_told(rationale, lexicon.measures)]
        return [*facts, *visit_facts([(t, relation_of(item, lexicon, t, near[id(t.named)])) for t in visits])]
    entry = lexicon.drugs.get(item.drug.entry)
    if entry is None:
        return facts
    facts += _dose_of_item(item, entry, letter.doses, lexicon, when)
    if entry.opioid:
        facts += printed_facts(
            letter.printed, printed(sentences[1], lexicon), letter.facts, lexicon.measures.morphine_tolerance
        )
    return facts


def _after_injection(
    item: Item, sentences: Sequence[Named], near: Mapping[int, About], lexicon: Lexicon
) -> dict[int, About]:
    """Sentences that go on about the injection in dispute, though they do not name it.

    "Then he reported 40 %" right behind it, and "the injection helped by half" where no other kind was named before.
    """
    if item.category != "injection":
        return {}
    found = {
        id(n): About.ITEM
        for before, n in pairwise(sentences)
        if near[id(n)] is About.NOBODY and near[id(before)] is About.ITEM
    }
    kinds: set[str] = set()
    for named in sentences:
        entries = [m.entry for m in named.treatments if lexicon.treatment(m.entry).category == item.category]
        kinds.update(entry for entry in entries if not lexicon.treatment(entry).weak)
        if entries and kinds == {item.treatment} and near[id(named)] is About.CLASS:
            found[id(named)] = About.ITEM
    return found


def _dose_of_item(
    item: Item, entry: DrugEntry, told: Sequence[DoseTold], lexicon: Lexicon, when: LetterDates
) -> list[Fact]:
    """Strength asked for, daily use as the summary tells it, days that the quantity lasts, the label's most."""
    facts = _strength_asked(item)
    own = [t for t in told if lexicon.drug(t.dose.drug).generic == entry.generic and t.dose.per_day]
    if not own:
        return facts
    name = "item.units_per_day"
    evidence = tuple(t.evidence for t in own[:3])
    if len({t.dose.per_day for t in own}) > 1:
        return [*facts, Fact(name, UNKNOWN, evidence, derivation="several daily doses are told")]
    dose = own[0].dose
    assert dose.per_day is not None  # noqa: S101  own holds no other
    most = "the most that may be taken" if dose.as_needed or dose.per_day[0] < dose.per_day[1] else "as directed"
    high = round(dose.per_day[1], 3)
    facts.append(Fact(name, high, evidence[:1], Confidence.MEDIUM, most))
    quantity = item.drug.quantity if item.drug else None
    if isinstance(quantity, int) and high > 0:
        days = round(quantity / high)
        told_as = f"{quantity} at {high:g} a day"
        facts.append(Fact("item.supply_days", days, evidence[:1], Confidence.MEDIUM, told_as))
    return [*facts, *_daily_amounts(dose, entry, evidence[:1], lexicon, when)]


def _daily_amounts(
    dose: Dose, entry: DrugEntry, evidence: tuple[Evidence, ...], lexicon: Lexicon, when: LetterDates
) -> list[Fact]:
    facts: list[Fact] = []
    if dose.mg_per_day is not None and entry.route == "oral":
        high = round(dose.mg_per_day[1], 3)
        facts.append(Fact("item.mg_per_day", high, evidence, Confidence.MEDIUM, f"{dose.strength:g} mg a unit"))
        if entry.daily_max is not None:
            sure = Confidence.MEDIUM if entry.daily_max_mark == "verified" else Confidence.LOW
            low = dose.mg_per_day[0]
            value = "within" if high <= entry.daily_max else "above" if low > entry.daily_max else UNKNOWN
            facts.append(Fact("item.label_dose", value, evidence, sure, f"at most {entry.daily_max:g} mg a day"))
    counted = morphine_of(dose, lexicon, when.guideline)
    if counted is not None:
        facts.append(Fact("item.mme_per_day", round(counted.high, 2), evidence, counted.confidence, counted.told))
    return facts


def _listed(entry: DrugEntry) -> set[tuple[float, str]]:
    """Strengths on the market as number and unit ("mg", "mcg/hr", "%")."""
    found = set()
    for printed_as in entry.strengths:
        number, _, unit = fold(printed_as).replace("%", " %").partition(" ")
        found.add((float(number.partition("/")[0]), unit.strip()))
    return found


def _strength_asked(item: Item) -> list[Fact]:
    """``item.strength`` in milligrams."""
    asked = list(strengths(fold(item.request)))
    if len(asked) != 1 or asked[0].unit != "mg":
        return []
    request = (Evidence(Part.HEADING, item.request_span),)
    told = "milligrams, of a combination of its first part"
    return [Fact("item.strength", asked[0].values[0], request, Confidence.HIGH, told)]


def _impossible(one: DoseTold, lexicon: Lexicon) -> str:
    """Why a strength cannot be right: far above all that the drug comes in; "" where it may be."""
    entry = lexicon.drug(one.dose.drug)
    if one.dose.strength is None or one.dose.hourly or entry.route != "oral" or entry.strengths_mark != "verified":
        return ""
    largest = max((number for number, unit in _listed(entry) if unit == "mg"), default=0.0)
    of_a_unit = bool(one.dose.units or one.dose.dispensed)  # "1800 mg a day" is no strength
    if not largest or one.dose.strength <= largest * (_FAR if of_a_unit else _ABSURD):
        return ""
    return f"{entry.generic}: {one.dose.strength:g} mg; the largest is {largest:g} mg"


def _strengths(told: Sequence[DoseTold], lexicon: Lexicon) -> list[Fact]:
    """``letter.strengths``: whether the summary gives a drug a strength far beyond what it comes in."""
    name = "letter.strengths"
    for one in told:
        why = _impossible(one, lexicon)
        if why:
            return [Fact(name, "wrong", (one.evidence,), Confidence.MEDIUM, why)]
    if any(one.dose.strength is not None for one in told):
        return [Fact(name, "plausible", derivation="no strength far beyond what the drug comes in")]
    return []


def _supplies(told: Sequence[DoseTold]) -> list[Fact]:
    """``letter.supplies``: whether what is dispensed for some days agrees with the directions."""
    seen = False
    for one in told:
        agrees = one.dose.agrees
        if agrees is None:
            continue
        seen = True
        if not agrees:
            return [Fact("letter.supplies", "wrong", (one.evidence,), Confidence.MEDIUM, one.dose.as_dispensed)]
    return (
        [Fact("letter.supplies", "plausible", derivation="what is dispensed agrees with the directions")]
        if seen
        else []
    )
