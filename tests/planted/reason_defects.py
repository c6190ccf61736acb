"""Defects of the reasons: decision against reasons, reasons against the record and against themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.model.determination import Item, Outcome
from checker.model.facts import Assertion, FactValue, Part, Role
from tests.planted.base import Base, Edit, Planted


@dataclass(frozen=True)
class Told:
    """A thing that records hold or lack: how a summary records it, and how reasons deny it or miss it."""

    concept: str
    recorded: str
    denied: str
    missing: str
    drug: bool = False


TOLD = (
    Told(
        "functional-improvement",
        "With {name} the patient is able to cook, shop and walk for thirty minutes, which is not possible without it.",
        "There has been no functional improvement with {name}.",
        "There is no documentation of functional improvement with {name}.",
        drug=True,
    ),
    Told(
        "analgesia",
        "Pain falls from 8/10 to 3/10 with {name}.",
        "{name} has given no pain relief.",
        "There is no documentation of pain relief with {name}.",
        drug=True,
    ),
    Told("adverse-effects", "The patient reports no side effects.", "", "Side effects are not documented.", drug=True),
    Told(
        "aberrant-behavior",
        "A urine drug screen last month was consistent with the prescribed medication.",
        "",
        "There is no documentation of a urine drug screen.",
        drug=True,
    ),
    Told(
        "physical-therapy-had",
        "The patient completed twelve sessions of physical therapy.",
        "The patient has not had any physical therapy.",
        "There is no documentation of prior physical therapy.",
    ),
    Told(
        "home-exercise",
        "The patient performs a home exercise program every day.",
        "The patient does not do a home exercise program.",
        "There is no documentation of a home exercise program.",
    ),
    Told(
        "sensory-loss",
        "On examination there is decreased sensation in the left L5 dermatome.",
        "Sensation is intact.",
        "There is no documentation of sensory loss in a dermatome.",
    ),
)
"""Sentences of our own; which concept they speak of is for the observer to see."""


def _named(told: str, item: Item) -> str:
    return told.format(name=item.drug.name if item.drug else "the treatment")


def _silent(base: Base, item: Item, concept: str) -> bool:
    """Whether neither the summary nor the reasons of an item speak of a concept."""
    own = [o for o in base.facts.observations if o.concept == concept and o.item in (0, item.number)]
    return not own


def _with_reasons(base: Base) -> Iterator[Item]:
    return (item for item in base.letter.items if item.rationale is not None and base.letter.summary is not None)


def against_the_record(base: Base) -> Iterator[Planted]:
    """The reasons deny, or find no record of, what the summary records."""
    for item in _with_reasons(base):
        for told in TOLD:
            if (told.drug and item.drug is None) or not _silent(base, item, told.concept):
                continue
            recorded = base.told(_named(told.recorded, item))
            if told.denied:
                text = base.edited([recorded, base.argued(item, _named(told.denied, item))])
                yield Planted("FAC001", item.number, told.concept, text, ("FAC005",))
            text = base.edited([recorded, base.argued(item, _named(told.missing, item))])
            yield Planted("FAC005", item.number, told.concept, text, ("FAC001",))


def against_itself(base: Base) -> Iterator[Planted]:
    """The reasons say of one thing that it is there and that it is not documented."""
    for item in _with_reasons(base):
        for told in TOLD:
            if (told.drug and item.drug is None) or not _silent(base, item, told.concept):
                continue
            both = f"{_named(told.missing, item)} {_named(told.recorded, item)}"
            yield Planted("FAC007", item.number, told.concept, base.edited([base.argued(item, both)]))


def _rest_on(base: Base, item: Item, sentence: str) -> str | None:
    """The letter with one sentence in the place of all that an item's reasons say of the worker; None without any."""
    told = list(base.sentences(Part.RATIONALE, item.number, Role.CASE, Role.APPLICATION))
    if not told or item.verdict_span is None:
        return None
    edits = [Edit(s.span.start, s.span.end, sentence if s is told[-1] else "") for s in told]
    return base.edited(edits)


def criteria_met(base: Base) -> Iterator[Planted]:
    """A denial whose only reason is that the criteria are met."""
    for item in _with_reasons(base):
        text = _rest_on(base, item, "The patient meets all of the criteria of the guideline.")
        if item.outcome is Outcome.UPHELD and text:
            yield Planted("DEC002", item.number, "all criteria", text, ("DEC001",))


def criteria_missed(base: Base) -> Iterator[Planted]:
    """An approval whose only reason is that the criteria are not met."""
    for item in _with_reasons(base):
        text = _rest_on(base, item, "The criteria of the guideline have not been met.")
        if item.outcome is Outcome.OVERTURNED and text:
            yield Planted("DEC003", item.number, "not met", text, ("DEC001",))


def only_restated(base: Base) -> Iterator[Planted]:
    """A guideline and the verdict are all that is left of the reasons."""
    for item in _with_reasons(base):
        if item.verdict_span is None or item.rationale is None or item.verdict_span.start <= item.rationale.start:
            continue
        restated = "The guideline recommends this treatment where its criteria are met and first measures failed."
        text = base.edited([Edit(item.rationale.start, item.verdict_span.start, f"{restated} ")])
        yield Planted("DEC006", item.number, "guideline only", text)


def no_verdict(base: Base) -> Iterator[Planted]:
    """The conclusion is left out."""
    for item in _with_reasons(base):
        edits = [
            Edit(s.span.start, s.span.end, "") for s in base.sentences(Part.RATIONALE, item.number, Role.CONCLUSION)
        ]
        if edits and item.verdict_span is not None:
            yield Planted("DEC008", item.number, "no conclusion", base.edited(edits))


def too_many_visits(base: Base) -> Iterator[Planted]:
    """An approval of more visits than the guideline allows."""
    for item in _with_reasons(base):
        if item.outcome is not Outcome.OVERTURNED or item.visits is None or item.category != "psychological":
            continue
        start, end = item.request_span.start, item.request_span.end
        number = re.compile(rf"\b{item.visits}\b").search(base.text, start, end)
        if number is not None:
            edits = [Edit(*number.span(), "60")]
            yield Planted("DEC005", item.number, "sixty visits", base.edited(edits), ("FAC003",))


_STRENGTH = re.compile(r"\b\d+(?:\.\d+)?(?=\s?mg\b)")


def other_strength(base: Base) -> Iterator[Planted]:
    """The conclusion names another strength than the request."""
    for item in _with_reasons(base):
        if item.drug is None or item.drug.strength is None or item.verdict_span is None or "/" in item.drug.strength:
            continue
        own = _STRENGTH.search(item.drug.strength + " ")
        if own is None:
            continue
        other = f"{float(own.group()) * 1.5:g}"
        sentence = f"{item.drug.name} {other} mg was requested for this patient."
        rest = base.rationale(item)
        if _STRENGTH.search(rest) is None:
            yield Planted("FAC003", item.number, "strength", base.edited([base.argued(item, sentence)]))


_OTHERS = ("Lunesta", "Colace", "Viagra", "Zofran")


def other_drug(base: Base) -> Iterator[Planted]:
    """The reasons are of another drug, of another class."""
    for item in _with_reasons(base):
        if item.drug is None or not item.drug.entry or item.drug.entry in ("zolpidem", "eszopiclone"):
            continue
        names = {item.drug.name.split()[0].lower(), *item.drug.generic.split("/")}
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, sorted(n for n in names if n))) + r")\b", re.IGNORECASE)
        assert item.rationale is not None
        found = list(pattern.finditer(base.text, item.rationale.start, item.rationale.end))
        if found:
            other = next(name for name in _OTHERS if name.lower() not in base.text.lower())
            edits = [Edit(m.start(), m.end(), other) for m in found]
            yield Planted("FAC004", item.number, "another class", base.edited(edits), ("FAC003",))


def no_taper(base: Base) -> Iterator[Planted]:
    """Weaning is not spoken of in the denial of an opioid taken for years."""
    for item in _with_reasons(base):
        if item.outcome is not Outcome.UPHELD or item.drug is None or not item.drug.entry:
            continue
        weaning = re.compile(r"[^.]*\b(?:wean|taper|discontinu|detox|withdraw)\w*[^.]*\.", re.IGNORECASE)
        assert item.rationale is not None
        found = list(weaning.finditer(base.text, item.rationale.start, item.rationale.end))
        about_opioids = _fact(base, item, "item.needs_taper") == "yes"
        if about_opioids and found:
            name = item.drug.name
            edits = [Edit(m.start(), m.end(), "") for m in found]
            told = base.told(f"{name} has been taken every day since January 2009.")
            yield Planted("SAF001", item.number, "no word on weaning", base.edited([*edits, told]))


def _fact(base: Base, item: Item, name: str) -> FactValue:
    return next(f for f in base.facts.items if f.item == item.number).value(name)


def taper_of_nothing(base: Base) -> Iterator[Planted]:
    """A taper of a drug that has not been taken yet."""
    for item in _with_reasons(base):
        if item.drug is not None and _fact(base, item, "item.use") == "first" and item.outcome is Outcome.UPHELD:
            text = base.edited([base.argued(item, f"{item.drug.name} should be weaned rather than stopped at once.")])
            yield Planted("SAF002", item.number, "first prescription", text)


_OF_FOUR = ("adverse-effects", "aberrant-behavior")


def silent_criterion(base: Base) -> Iterator[Planted]:
    """An approval that loses every word on one criterion."""
    for item, rows in zip(base.letter.items, base.facts.criteria, strict=True):
        if item.outcome is not Outcome.OVERTURNED or item.drug is None or item.rationale is None:
            continue
        for row in rows:
            if row.rationale is not Assertion.DOCUMENTED or row.criterion not in _OF_FOUR:
                continue
            spoken = {
                o.sentence for o in base.facts.observations if o.item == item.number and o.concept == row.criterion
            }
            others = {
                o.sentence for o in base.facts.observations if o.item == item.number and o.concept != row.criterion
            }
            if spoken and not spoken & others:
                edits = [Edit(s.start, s.end, "") for s in sorted(spoken)]
                yield Planted("CRI-OPI-coverage", item.number, row.criterion, base.edited(edits))


def copied_argument(base: Base) -> Iterator[Planted]:
    """The reasons of one drug are put under another."""
    drugs = [item for item in _with_reasons(base) if item.drug is not None and item.drug.entry]
    for item in drugs:
        for other in drugs:
            if item is other or item.drug is None or other.drug is None or item.outcome is not other.outcome:
                continue
            if item.drug.name.lower() in base.rationale(other).lower() or other.drug.name not in base.rationale(other):
                continue
            assert item.rationale is not None
            text = base.edited([Edit(item.rationale.start, item.rationale.end, base.rationale(other))])
            yield Planted("FAC008", item.number, "drug to drug", text, ("FAC004",))


PLANTS = (
    against_the_record, against_itself, criteria_met, criteria_missed, only_restated, no_verdict, too_many_visits,
    other_strength, other_drug, no_taper, taper_of_nothing, silent_criterion, copied_argument,
)  # fmt: skip
