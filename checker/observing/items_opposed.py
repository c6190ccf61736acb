"""Two rationales of one letter that answer one question in two ways: surgery in view, therapy had."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.knowledge.concepts import ConceptModel
from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Item
from checker.model.facts import Assertion, Confidence, Fact
from checker.observing.items_compared import Reasoned
from checker.observing.located import place_of_request
from checker.observing.statuses import MISSED, Told, place_told

_NAME = "compare.opposed_reasons"
_NARROWER = "less-than-the-thing"
_BEFORE = 25
"""What makes a thing narrower stands at most so many code points before it: "no objective evidence of"."""

_LONGEST = 500
"""So many code points of a request are looked at."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the rationale of an item says of a thing."""

    number: int
    item: Item
    told: Told


def opposed_facts(
    items: Sequence[Reasoned],
    concepts: Mapping[str, ConceptModel],
    lexicon: Lexicon,
    regions: Mapping[str, frozenset[str]],
) -> list[Fact]:
    """``compare.opposed_reasons`` of each item, in their order: of two at odds the later one is."""
    facts = [Fact(_NAME, "none", derivation="no rationale before it says the opposite") for _ in items]
    given: dict[str, list[_Answer]] = {}
    for number, reasoned in enumerate(items):
        for told in reasoned.told if len(items) > 1 else ():
            if concepts[told.observation.concept].one_answer and _plain(told):
                given.setdefault(told.observation.concept, []).append(_Answer(number, reasoned.item, told))
    for id_, answers in given.items():
        there = [a for a in answers if _tells(a.told, concepts[id_])]
        for missed in (a for a in answers if a.told.observation.status in MISSED) if there else ():
            for other in there:
                if other.number != missed.number and _of_one_thing(missed, other, concepts[id_], lexicon, regions):
                    first, later = sorted((missed, other), key=lambda a: a.number)
                    shown = (later.told.named.whole, first.told.named.whole)
                    derivation = f"{id_}: item {first.item.number} is argued with the opposite"
                    facts[later.number] = Fact(_NAME, "opposed", shown, Confidence.MEDIUM, derivation)
    return facts


def _plain(told: Told) -> bool:
    """Whether the reviewer says it of the case without a doubt, and of nothing narrower."""
    seen, named = told.observation, told.named
    if seen.confidence is Confidence.LOW or seen.experiencer != "worker" or not named.passage.tells_the_case:
        return False
    start, _ = told.stretch
    return not any(start - _BEFORE <= at < start for at, _ in named.marks(_NARROWER))


def _tells(told: Told, concept: ConceptModel) -> bool:
    """Whether a thing is said to be there; what was so once may since have changed, if it does not last."""
    lasts = concept.lasting or "device-trial" in concept.tells_of
    return told.observation.status is Assertion.DOCUMENTED and (lasts or told.observation.time != "past")


def _of_one_thing(
    missed: _Answer, there: _Answer, concept: ConceptModel, lexicon: Lexicon, regions: Mapping[str, frozenset[str]]
) -> bool:
    """Whether two answers are of no two drugs, treatments or parts of the body.

    A sentence that names no part speaks of the one that its item is for.
    """
    both = (missed, there)
    sentences = [a.told.named for a in both]
    for named in (
        [{m.entry for m in n.drugs} for n in sentences],
        [{m.entry for m in n.treatments} for n in sentences],
    ):
        if all(named) and named[0].isdisjoint(named[1]):
            return False
    if concept.located:
        first, second = (place_told(a.told, lexicon).within(place_of_request(a.item.request, lexicon)) for a in both)
        return not first.elsewhere(second)
    places = [
        _regions(a.told.named.passage.sentence.text, lexicon, regions)
        or _regions(a.item.request[:_LONGEST], lexicon, regions)
        for a in both
    ]
    return not all(places) or not places[0].isdisjoint(places[1])


def _regions(text: str, lexicon: Lexicon, regions: Mapping[str, frozenset[str]]) -> frozenset[str]:
    return frozenset().union(*(regions.get(m.entry, frozenset()) for m in lexicon.body_parts_in(text)))
