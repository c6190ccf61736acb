"""What one rationale says to be there and says to be missing: the same thing, in two sentences on the case."""

from collections.abc import Mapping, Sequence

from checker.knowledge.concepts import ConceptModel
from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Item
from checker.model.facts import Assertion, Confidence, Fact
from checker.observing.located import place_of_request
from checker.observing.mentions import Named
from checker.observing.statuses import MISSED, Told, kind_of, of_one_part, place_told, share_a_word

_NAME = "reason.said_and_unsaid"
_OF_A_TIME = "of-a-time"
_TURNS = "turned-against"
_NARROWER = "less-than-the-thing"


def said_and_unsaid(item: Item, told: Sequence[Told], concepts: Mapping[str, ConceptModel], lexicon: Lexicon) -> Fact:
    """``reason.said_and_unsaid``: whether a sentence denies, or finds missing, what another reports of the case.

    Only what both say plainly of the same thing: not of two times, drugs, sides or parts of the body, and not where
    one of them is narrower, or weighs the other.
    """
    found: dict[str, Told] = {}
    for t in told:
        if t.observation.status is Assertion.DOCUMENTED and _plain(t, concepts):
            found.setdefault(t.observation.concept, t)
    weighed = {(t.place, t.observation.concept) for t in told if t.observation.status is Assertion.DOCUMENTED}
    for t in told:
        seen = t.observation
        there = found.get(seen.concept)
        if seen.status not in MISSED or there is None or (t.place, seen.concept) in weighed or not _plain(t, concepts):
            continue
        if _same(there, t, item, concepts[seen.concept], lexicon):
            shown = (t.named.whole, there.named.whole)
            effect = concepts[seen.concept].attribute_to != "any" and seen.status is Assertion.DENIED
            value = "of_one_drug" if effect and _one_drug(there.named, t.named) else "yes"
            return Fact(_NAME, value, shown, Confidence.MEDIUM, f"{seen.concept}: told, and said to be missing")
    return Fact(_NAME, "no", derivation="nothing is plainly told and said to be missing")


def _plain(told: Told, concepts: Mapping[str, ConceptModel]) -> bool:
    """Whether the reviewer says it of the case without a doubt and as it is, not as it was at some time."""
    seen, named = told.observation, told.named
    if seen.confidence is not Confidence.HIGH or seen.speaker != "reviewer" or seen.time == "planned":
        return False
    concept = concepts[seen.concept]
    return (
        concept.says == "record"
        and concept.denied_by == "any"  # else what is denied may be one kind of the thing, and what is told another
        and seen.experiencer == "worker"
        and named.passage.tells_the_case
        and not named.marks(_TURNS, _NARROWER)
        and (concept.lasting or not named.marks(_OF_A_TIME))
    )


def _one_drug(first: Named, second: Named) -> bool:
    """Whether each of two sentences names a drug, no more than one, and both the same."""
    named = [{m.entry for m in n.drugs} for n in (first, second)]
    return len(named[0]) == 1 and named[0] == named[1]


def _same(there: Told, missing: Told, item: Item, concept: ConceptModel, lexicon: Lexicon) -> bool:
    """Whether two assertions may be of one thing."""
    drugs = [{m.entry for m in t.named.drugs} for t in (there, missing)]
    if any(drugs) and drugs[0].isdisjoint(drugs[1]):  # "gabapentin failed. No tricyclic was tried."
        return False
    cares = [{m.entry for m in t.named.treatments} for t in (there, missing)]
    if all(cares) and cares[0].isdisjoint(cares[1]):
        return False
    kinds = [kind_of(t) for t in (there, missing)]
    if kinds[1] and (not kinds[0] or kinds[0].isdisjoint(kinds[1])):
        return False
    # an agreement and a drug screen both stand for the same criterion, and are two things
    if not share_a_word(there, missing) or not of_one_part(there.named, missing.named, lexicon):
        return False
    if concept.located:
        request = place_of_request(item.request, lexicon)
        first, second = (place_told(t, lexicon).within(request) for t in (there, missing))
        return not first.elsewhere(second)
    return True
