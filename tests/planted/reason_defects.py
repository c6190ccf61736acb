"""Defects of the reasons: decision against reasons, reasons against the record and against themselves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.model.determination import Item, Outcome
from checker.model.facts import Assertion, FactValue, Part, Role
from tests.planted.base import Base, Edit, Planted, one_of, rest_on


@dataclass(frozen=True)
class Told:
    """A thing that records hold or lack: how summaries record it, and how reasons deny it or miss it."""

    concept: str
    recorded: tuple[str, ...]
    denied: tuple[str, ...]
    missing: tuple[str, ...]
    drug: bool = False


TOLD = (
    Told(
        "functional-improvement",
        (
            "With {name} the patient can cook, shop and walk for thirty minutes, which is not possible without it.",
            "On {name} the patient can do the laundry and stands twice as long as without it.",
            "The patient reports that {name} improves function and allows light housework and driving.",
            "Function is better with {name}, with more walking and self-care than before.",
        ),
        (
            "There has been no functional improvement with {name}.",
            "{name} has not improved function.",
            "The use of {name} has not resulted in any functional gains.",
        ),
        (
            "There is no documentation of functional improvement with {name}.",
            "The records do not document functional benefit from {name}.",
            "Functional improvement with {name} is not documented.",
            "Improved function as a result of {name} has not been recorded.",
        ),
        drug=True,
    ),
    Told(
        "analgesia",
        (
            "Pain falls from 8/10 to 3/10 with {name}.",
            "{name} brings the pain down from 7 to 4 out of 10.",
            "The patient rates the pain 8/10 without {name} and 4/10 with it.",
            "{name} gives about 50% relief of pain.",
        ),
        (
            "{name} has given no pain relief.",
            "{name} has not reduced the pain.",
            "There is no analgesic benefit from {name}.",
        ),
        (
            "There is no documentation of pain relief with {name}.",
            "The medical records do not show how much {name} lowers the pain.",
            "Pain relief from {name} is not documented.",
        ),
        drug=True,
    ),
    Told(
        "adverse-effects",
        (
            "The patient reports no side effects.",
            "There are no adverse effects from the medication.",
            "Side effects of the medication were denied.",
            "{name} is tolerated without constipation or drowsiness.",
        ),
        (),
        (
            "Side effects are not documented.",
            "There is no mention of side effects.",
            "The record does not address adverse effects of {name}.",
        ),
        drug=True,
    ),
    Told(
        "aberrant-behavior",
        (
            "A urine drug screen last month was consistent with the prescribed medication.",
            "The last urine drug test was consistent and the CURES report was appropriate.",
            "There is no sign of aberrant drug behavior.",
        ),
        (),
        (
            "There is no documentation of a urine drug screen.",
            "No urine drug screen or CURES report is documented.",
            "The records do not address aberrant drug-taking behavior.",
        ),
        drug=True,
    ),
    Told(
        "physical-therapy-had",
        (
            "The patient completed twelve sessions of physical therapy.",
            "Treatment to date has included 12 visits of physical therapy.",
            "Eight physical therapy visits were attended.",
            "The patient has had physical therapy.",
        ),
        (
            "The patient has not had any physical therapy.",
            "No physical therapy has been done.",
            "Physical therapy was never tried.",
        ),
        (
            "There is no documentation of prior physical therapy.",
            "The records do not document that physical therapy was tried.",
            "Earlier physical therapy is not documented.",
        ),
    ),
    Told(
        "home-exercise",
        (
            "The patient performs a home exercise program every day.",
            "Exercises are done at home daily.",
            "The patient continues with a home exercise program.",
        ),
        (
            "The patient does not do a home exercise program.",
            "No home exercises are being done.",
            "The patient is not performing a home exercise program.",
        ),
        (
            "There is no documentation of a home exercise program.",
            "The records do not mention home exercises.",
            "Participation in a home exercise program is not documented.",
        ),
    ),
    Told(
        "sensory-loss",  # of no place: what lies elsewhere than the request contradicts nothing
        (
            "On examination there is decreased sensation in a dermatome.",
            "Sensation is reduced to light touch.",
            "There is decreased sensation to pinprick.",
        ),
        ("Sensation is intact.", "The sensory examination is normal.", "There is no sensory loss."),
        (
            "There is no documentation of sensory loss in a dermatome.",
            "Decreased sensation is not documented.",
            "The records do not show a sensory deficit.",
        ),
    ),
)
"""Sentences of our own; which concept they speak of is for the observer to see."""


def named(told: tuple[str, ...], item: Item, base: Base) -> str:
    """One of several wordings, of the drug of an item."""
    name = item.drug.name if item.drug and item.drug.entry else "the treatment"
    told_so = one_of(told, base.doc, item.number, told).format(name=name)
    return told_so[0].upper() + told_so[1:]


def silent(base: Base, item: Item, concept: str) -> bool:
    """Whether neither the summary nor the reasons of an item speak of a concept."""
    own = [o for o in base.facts.observations if o.concept == concept and o.item in (0, item.number)]
    return not own


def _with_reasons(base: Base) -> Iterator[Item]:
    return (item for item in base.letter.items if item.rationale is not None and base.letter.summary is not None)


def against_the_record(base: Base) -> Iterator[Planted]:
    """The reasons deny, or find no record of, what the summary records."""
    for item in _with_reasons(base):
        for told in TOLD:
            if (told.drug and item.drug is None) or not silent(base, item, told.concept):
                continue
            recorded = base.told(named(told.recorded, item, base))
            if told.denied:
                text = base.edited([recorded, base.argued(item, named(told.denied, item, base))])
                yield Planted("FAC001", item.number, told.concept, text, ("FAC005",))
            text = base.edited([recorded, base.argued(item, named(told.missing, item, base))])
            yield Planted("FAC005", item.number, told.concept, text, ("FAC001",))


def against_itself(base: Base) -> Iterator[Planted]:
    """The reasons say of one thing that it is there and that it is not documented."""
    for item in _with_reasons(base):
        for told in TOLD:
            if (told.drug and item.drug is None) or not silent(base, item, told.concept):
                continue
            both = f"{named(told.missing, item, base)} {named(told.recorded, item, base)}"
            yield Planted("FAC007", item.number, told.concept, base.edited([base.argued(item, both)]))


def _rest_on(base: Base, item: Item, sentence: str) -> str | None:
    """The letter with nothing left of the worker but one sentence; None where nothing was said."""
    edits = rest_on(base, item, sentence)
    return None if edits is None else base.edited(edits)


_MET = (
    "The patient meets all of the criteria of the guideline.",
    "The guideline criteria have been met in this case.",
    "All of the criteria that the guideline sets are satisfied here.",
    "This patient fulfills the criteria.",
)
_NOT_MET = (
    "The criteria of the guideline have not been met.",
    "The patient does not meet the criteria of the guideline.",
    "The guideline criteria are not satisfied in this case.",
    "The required criteria are not fulfilled.",
)


def criteria_met(base: Base) -> Iterator[Planted]:
    """A denial whose only reason is that the criteria are met."""
    for item in _with_reasons(base):
        text = _rest_on(base, item, one_of(_MET, base.doc, item.number))
        if item.outcome is Outcome.UPHELD and text:
            yield Planted("DEC002", item.number, "all criteria", text, ("DEC001",))


def criteria_missed(base: Base) -> Iterator[Planted]:
    """An approval whose only reason is that the criteria are not met."""
    for item in _with_reasons(base):
        text = _rest_on(base, item, one_of(_NOT_MET, base.doc, item.number))
        if item.outcome is Outcome.OVERTURNED and text:
            yield Planted("DEC003", item.number, "not met", text, ("DEC001",))


_RESTATED = (
    "The guideline recommends this treatment where its criteria are met and first measures failed.",
    "According to the guideline the treatment is an option when conservative measures have not helped.",
    "The MTUS supports such treatment in selected cases, with objective evidence of benefit.",
    "Guidelines note that the evidence for this treatment is limited and that it should be time-limited.",
)


def only_restated(base: Base) -> Iterator[Planted]:
    """A guideline and the verdict are all that is left of the reasons."""
    for item in _with_reasons(base):
        if item.verdict_span is None or item.rationale is None or item.verdict_span.start <= item.rationale.start:
            continue
        if item.category == "surgical-adjunct":
            continue  # follows the decision on the operation and needs no fact of its own
        restated = one_of(_RESTATED, base.doc, item.number)
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


_OTHER_STRENGTH = (
    "{name} {other} mg was requested for this patient.",
    "The request is for {name} {other}mg.",
    "In this case the physician prescribed {name} {other} mg.",
)
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
        wording = one_of(_OTHER_STRENGTH, base.doc, item.number)
        sentence = wording.format(name=item.drug.name, other=other)
        rest = base.rationale(item)
        if _STRENGTH.search(rest) is None:
            yield Planted("FAC003", item.number, "strength", base.edited([base.argued(item, sentence)]))


_OTHERS = ("Lunesta", "Colace", "Viagra", "Zofran")


def other_drug(base: Base) -> Iterator[Planted]:
    """The reasons are of another drug, of another class."""
    for item in _with_reasons(base):
        if item.drug is None or not item.drug.entry or item.drug.entry in ("zolpidem", "eszopiclone"):
            continue
        printed = item.drug.name.lower()
        names = sorted({printed, printed.split()[0], *item.drug.generic.split("/")} - {""}, key=lambda n: (-len(n), n))
        pattern = re.compile(r"\b(" + "|".join(map(re.escape, names)) + r")\b", re.IGNORECASE)
        assert item.rationale is not None
        found = list(pattern.finditer(base.text, item.rationale.start, item.rationale.end))
        if found:
            other = next(name for name in _OTHERS if name.lower() not in base.text.lower())
            edits = [Edit(m.start(), m.end(), other) for m in found]
            yield Planted("FAC004", item.number, "another class", base.edited(edits), ("FAC003",))


_TAKEN = (
    "{name} has been taken every day since January 2009.",
    "The patient has been on {name} for more than three years.",
    "{name} has been used daily for four years.",
)


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
            told = base.told(one_of(_TAKEN, base.doc, item.number).format(name=name))
            yield Planted("SAF001", item.number, "no word on weaning", base.edited([*edits, told]))


def _fact(base: Base, item: Item, name: str) -> FactValue:
    return next(f for f in base.facts.items if f.item == item.number).value(name)


_TAPER = (
    "{name} should be weaned rather than stopped at once.",
    "A slow taper of {name} is recommended.",
    "Abrupt discontinuation of {name} may cause withdrawal, and the dose should be reduced step by step.",
)


def taper_of_nothing(base: Base) -> Iterator[Planted]:
    """A taper of a drug that has not been taken yet."""
    for item in _with_reasons(base):
        if item.drug is not None and _fact(base, item, "item.use") == "first" and item.outcome is Outcome.UPHELD:
            advice = one_of(_TAPER, base.doc, item.number).format(name=item.drug.name)
            text = base.edited([base.argued(item, advice)])
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
