"""A finding of one side in the rationale and of the other in the case summary."""

from collections.abc import Mapping, Sequence

from checker.knowledge.concepts import ConceptModel
from checker.knowledge.lexicon import Lexicon
from checker.model.facts import UNKNOWN, Assertion, Confidence, Fact
from checker.observing.graded_sides import swapped_grades
from checker.observing.located import Place, place_of
from checker.observing.mentions import Named
from checker.observing.statuses import Told

_NAME = "compare.finding_side"
_SIDES = frozenset({"left", "right"})


def side_fact(
    summary: tuple[Sequence[Named], Sequence[Told]],
    rationale: tuple[Sequence[Named], Sequence[Told]],
    concepts: Mapping[str, ConceptModel],
    lexicon: Lexicon,
) -> Fact:
    """``compare.finding_side`` of one item, by what is found on one side and by what is graded on both.

    Args:
        summary: Sentences and assertions of the case summary.
        rationale: Those of the item's rationale.
        concepts: The concepts of the lexicon.
        lexicon: Words for sides and limbs.
    """
    found = finding_side(summary[1], rationale[1], concepts, lexicon)
    if found.value == "different":
        return found
    swapped = swapped_grades(summary[0], rationale[0], lexicon)
    if swapped is None:
        return found
    told = "what is graded on both sides has its grades the other way round"
    return Fact(_NAME, "different", swapped, Confidence.MEDIUM, told)


def finding_side(
    summary: Sequence[Told], rationale: Sequence[Told], concepts: Mapping[str, ConceptModel], lexicon: Lexicon
) -> Fact:
    """``compare.finding_side`` of one item: whether a finding changes its side from the summary to the rationale.

    Only where both parts say beside the finding which side it is on, and the summary never finds it on the side of the
    rationale, on both sides, or without a side.

    Args:
        summary: Assertions of the case summary.
        rationale: Assertions of the item's rationale.
        concepts: The concepts of the lexicon; those that are sided are compared.
        lexicon: Words for sides and limbs.
    """
    known = False
    for told in rationale:
        place = _found_at(told, concepts, lexicon)
        if place is None or place.side not in _SIDES:
            continue
        of_concept = [t for t in summary if t.observation.concept == told.observation.concept]
        recorded = [(t, at) for t in of_concept if (at := _found_at(t, concepts, lexicon)) is not None]
        if not recorded:
            continue
        known = True
        if all(at.side in _SIDES and at.side != place.side for _, at in recorded):
            other = next((t for t, at in recorded if not Place(half=place.half).elsewhere(at)), None)
            if other is not None:
                title = concepts[told.observation.concept].title
                why = f"{title}: {recorded[0][1].side} in the summary, {place.side} in the rationale"
                return Fact(_NAME, "different", (told.named.whole, other.named.whole), Confidence.MEDIUM, why)
    why = "no finding changes its side" if known else "no finding stands with its side in both"
    return Fact(_NAME, "same" if known else UNKNOWN, derivation=why)


def _found_at(told: Told, concepts: Mapping[str, ConceptModel], lexicon: Lexicon) -> Place | None:
    """Where a finding that is there was found; None for what is absent, open, or of no side."""
    seen = told.observation
    if seen.status is not Assertion.DOCUMENTED or seen.confidence is Confidence.LOW or not concepts[seen.concept].sided:
        return None
    return place_of(told.named, seen.span, lexicon, beside=False)
