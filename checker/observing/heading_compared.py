"""The request as its heading prints it, against the rationale's verdict and against what a drug comes in."""

from collections.abc import Sequence

from checker.knowledge.lexicon import DrugEntry, Lexicon
from checker.knowledge.measures import ToldLimits
from checker.language import amounts
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part, Role
from checker.observing.doses import doses_in
from checker.observing.mentions import Named

_REFILLS = "compare.refills"
_STRENGTH = "item.strength_known"
_SUPPLY = "item.request_supply"
_MOST = 400
"""So many code points of a request are looked at."""
_VERIFIED = "verified"
_OUTSIDE = 3
"""So many times the largest strength, or a part of the smallest, is no strength that a recalled list just lacks."""
_UNITS = ("mg", "mcg", "%")


def heading_facts(item: Item, lexicon: Lexicon, rationale: Sequence[Named]) -> list[Fact]:
    """``compare.refills``, ``item.strength_known`` and ``item.request_supply`` of one item."""
    if item.drug is None:
        return []
    return [
        _refills(item, rationale, lexicon.measures.limits),
        _strength(item, lexicon.drugs.get(item.drug.entry)),
        _supply(item, lexicon),
    ]


def _supply(item: Item, lexicon: Lexicon) -> Fact:
    """Whether the quantity of a request of one drug agrees with its directions for so many days."""
    text = fold(item.request[:_MOST])
    drugs = lexicon.drugs_in(text)
    doses = doses_in(text, drugs, lexicon.measures) if len(drugs) == 1 else []
    agrees = doses[0].agrees if len(doses) == 1 else None
    if agrees is None:
        return Fact(_SUPPLY, UNKNOWN, derivation="quantity, directions and days are not all told")
    request = (Evidence(Part.HEADING, item.request_span),)
    return Fact(_SUPPLY, "plausible" if agrees else "wrong", request, Confidence.MEDIUM, doses[0].as_dispensed)


def _refills(item: Item, rationale: Sequence[Named], words: ToldLimits) -> Fact:
    """Whether the verdict names as many refills as the request."""
    asked = item.drug.refills if item.drug else None
    if asked is None:
        return Fact(_REFILLS, UNKNOWN, derivation="the request names no refills")
    found = [
        (words.upper_number(named.passage.folded[start:end]), named.evidence(start, end))
        for named in rationale
        if named.passage.sentence.role is Role.CONCLUSION
        for start, end in named.marks("refills-told")
    ]
    if not found:
        return Fact(_REFILLS, UNKNOWN, derivation="the verdict names no refills")
    if any(number == asked for number, _ in found):
        return Fact(_REFILLS, "same", derivation=f"{asked} in request and verdict")
    evidence = (Evidence(Part.HEADING, item.request_span), found[0][1])
    return Fact(_REFILLS, "different", evidence, Confidence.HIGH, f"{asked} asked for, {found[0][0]} in the verdict")


def _strength(item: Item, entry: DrugEntry | None) -> Fact:
    """Whether the drug comes in the strength that is asked for; a recalled list may lack one near those it holds."""
    asked = _amount(item.drug.strength if item.drug and item.drug.strength else "")
    if asked is None or entry is None or entry.preparation:
        return Fact(_STRENGTH, UNKNOWN, derivation="no strength is asked for of a drug whose strengths are listed")
    listed = [value for value, unit in map(_listed, entry.strengths) if unit == asked[1]]
    if not listed:
        return Fact(_STRENGTH, UNKNOWN, derivation="no strength of that kind is listed")
    if asked[0] in listed:
        return Fact(_STRENGTH, "yes", derivation=f"{entry.generic} comes in it")
    if entry.strengths_mark != _VERIFIED and min(listed) / _OUTSIDE < asked[0] < max(listed) * _OUTSIDE:
        return Fact(_STRENGTH, UNKNOWN, derivation="the list of strengths is recalled and may lack one")
    told = f"{entry.generic} comes in {', '.join(entry.strengths)}"
    return Fact(_STRENGTH, "no", (Evidence(Part.HEADING, item.request_span),), Confidence.MEDIUM, told)


def _amount(printed: str) -> tuple[float, str] | None:
    """Number and unit of a single strength; of a combination the first part counts."""
    text = fold(printed)
    found = next(amounts.strengths(text), None)
    unit = next((u for u in _UNITS if text.rstrip().endswith(u)), "")
    return (found.values[0], unit) if found and unit else None


def _listed(strength: str) -> tuple[float, str]:
    number, _, unit = strength.partition(" ") if " " in strength else (strength.rstrip("%"), "", strength[-1:])
    try:
        return float(number.partition("/")[0]), unit
    except ValueError:
        return 0.0, ""
