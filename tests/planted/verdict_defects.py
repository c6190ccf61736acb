"""Defects of a decision that hangs on another, on one limb of a list, or on what nobody recorded."""

import re
from collections.abc import Iterator

from checker.model.determination import Item, Outcome
from tests.planted.base import Base, Edit, Planted, one_of, rest_on, turned


def _with_reasons(base: Base) -> Iterator[Item]:
    return (item for item in base.letter.items if item.rationale is not None and base.letter.summary is not None)


def _value(base: Base, item: Item, name: str) -> object:
    return next(f for f in base.facts.items if f.item == item.number).value(name)


_NO_WORK = (
    "The patient has not returned to work, which the guideline asks for.",
    "The guideline wants a return to work, and the patient remains off work.",
    "As the patient is temporarily totally disabled and has not returned to work, the opioid can not be continued.",
    "The patient is not working.",
)
_BETTER = (
    "With {name} pain falls from 8/10 to 4/10, and the patient cooks and walks farther than without it.",
    "{name} improves function: the patient can do housework and shop, and pain is 3/10 instead of 7/10.",
)


def work_alone(base: Base) -> Iterator[Planted]:
    """Work status alone decides an opioid, though pain and function are better."""
    for item in _with_reasons(base):
        if item.outcome is not Outcome.UPHELD or item.drug is None or _value(base, item, "item.topic") != "opioids":
            continue
        edits = rest_on(base, item, one_of(_NO_WORK, base.doc, item.number))
        if edits is not None:
            told = one_of(_BETTER, base.doc, item.number).format(name=item.drug.name)
            yield Planted("DEC004", item.number, "work status", base.edited([*edits, base.told(told)]))


_NO_SURGERY = (
    "The surgery is not medically necessary, and so this is not.",
    "As the surgery is not approved, there is no need for it.",
    "Since the operation was not certified, the associated service is not supported.",
    "The procedure was found not to be medically necessary, so that nothing is left that this could serve.",
)
_SURGERY = (
    "It will be needed once the surgery is done.",
    "The patient is to have the operation, and this belongs to it.",
    "Because the surgery is to be performed, the service is reasonable.",
)


def against_the_operation(base: Base) -> Iterator[Planted]:
    """What hangs on an operation is decided as if the operation had been decided the other way."""
    operations = {item.outcome for item in base.letter.items if item.category == "surgery"}
    if len(operations) != 1 or not operations <= {Outcome.UPHELD, Outcome.OVERTURNED}:
        return
    (operation,) = operations
    wordings = _NO_SURGERY if operation is Outcome.OVERTURNED else _SURGERY
    for item in _with_reasons(base):
        if item.category != "surgical-adjunct" or item.outcome is not operation:
            continue
        for wording in wordings:
            edits, label = rest_on(base, item, wording), turned(base, item)
            if edits is not None and label is not None:
                yield Planted(
                    "DEC007", item.number, f"surgery {operation.value}", base.edited([*edits, *label]), ("DEC001",)
                )


_LONG = (
    "The patient has been taking {name} for a long time, and long-term use is not recommended.",
    "{name} has been used chronically, which the guideline does not support.",
    "The patient has been on {name} for years, well beyond what the guideline supports.",
    "Chronic use of {name} is not supported, and the patient is a long-term user.",
)


def long_use_from_nowhere(base: Base) -> Iterator[Planted]:
    """Long use decides, and the summary records none."""
    for item in _with_reasons(base):
        if item.outcome is not Outcome.UPHELD or item.drug is None or not item.drug.entry:
            continue
        if _value(base, item, "item.use") != "untold" or isinstance(_value(base, item, "item.use_days"), int):
            continue
        if _value(base, item, "summary.long-term-use") != "silent":
            continue  # another drug of the class, or both drugs, "without a break"
        edits = rest_on(base, item, one_of(_LONG, base.doc, item.number).format(name=item.drug.name))
        if edits is not None:
            yield Planted("FAC002", item.number, "long use", base.edited(edits), ("FAC001",))


_MG = re.compile(r"\d+(?:\.\d+)?\s?mg")


def no_such_strength(base: Base) -> Iterator[Planted]:
    """A strength in which the drug does not come, wherever the letter gives it."""
    for item in base.letter.items:
        strength = item.drug.strength if item.drug is not None and item.drug.entry else None
        if strength is None or _MG.fullmatch(strength) is None:
            continue
        number = float(re.sub(r"[^\d.]", "", strength))
        printed = re.compile(rf"\b{re.escape(f'{number:g}')}(?=\s?mg\b)")
        edits = [Edit(*m.span(), f"{number * 13:g}") for m in printed.finditer(base.text)]
        if edits:
            yield Planted("FAC006", item.number, "strength", base.edited(edits), ("FAC003",))


_SUPPLY = (
    "{name} was prescribed, one tablet three times a day, 30 tablets for 30 days.",
    "The physician wrote {name} four times daily, a 30 day supply of #30.",
    "{name} one tablet twice a day, #30, was given for one month.",
)


def supply_that_does_not_last(base: Base) -> Iterator[Planted]:
    """Quantity and frequency that do not agree."""
    for item in _with_reasons(base):
        if item.drug is not None and item.drug.entry and item.category == "medication":
            told = one_of(_SUPPLY, base.doc, item.number).format(name=item.drug.name)
            yield Planted("FAC006", 0, "supply", base.edited([base.told(told)]))
            return


PLANTS = (work_alone, against_the_operation, long_use_from_nowhere, no_such_strength, supply_that_does_not_last)
