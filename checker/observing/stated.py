"""What a request states of itself: all of its amount, and the part of the body it is for."""

from checker.knowledge.lexicon import Lexicon
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part

_KINDS = frozenset({"every", "per", "rate", "time", "times"})
_MOST = 400
"""So many code points of a request are looked at."""

_RATE_AND_LENGTH = 2


def stated_facts(item: Item, lexicon: Lexicon) -> list[Fact]:
    """``item.amount`` and ``item.part`` of one item."""
    request = (Evidence(Part.HEADING, item.request_span),)
    return [_amount(item, lexicon, request), _part(item, request)]


def _amount(item: Item, lexicon: Lexicon, request: tuple[Evidence, ...]) -> Fact:
    """Complete where nothing of it is left open.

    Of visits that is how often and for how long, of a drug strength, quantity and how often. What says only a part of
    it is open: a reviewer may miss the rest.
    """
    name = "item.amount"
    drug = item.drug
    if drug is not None:
        if not isinstance(drug.quantity, int) or drug.strength is None:
            return Fact(name, "open", derivation="no quantity or no strength is told")
    elif item.visits is None or any(lexicon.drugs_in(item.request[:_MOST])):
        return Fact(name, "open", derivation="no number of visits is told, or a drug goes with them")
    text = fold(item.request[:_MOST])
    kinds = [token.kind for token in lexicon.measures.table.read(text, 0, len(text), _KINDS)]
    rates = kinds.count("rate")
    often = rates + kinds.count("time") >= (1 if drug else _RATE_AND_LENGTH)
    if often and (rates or {"per", "every"} & set(kinds)):
        return Fact(name, "complete", request, Confidence.HIGH, "how much and how often are told")
    return Fact(name, "open", derivation="how often, or for how long, is not told")


def _part(item: Item, request: tuple[Evidence, ...]) -> Fact:
    name = "item.part"
    if not item.request:
        return Fact(name, UNKNOWN)
    if item.body_parts:
        return Fact(name, "named", request, Confidence.HIGH, ", ".join(item.body_parts))
    return Fact(name, "unnamed", derivation="the request names no part of the body")
