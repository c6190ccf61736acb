"""An assertion that no words make, but figures that are compared: two scores, two angles, two lengths of time."""

from checker.knowledge.concepts import ConceptModel
from checker.model.facts import Assertion, Confidence, Evidence, Observation
from checker.observing.mentions import Named
from checker.observing.statuses import Told


def told_by_figures(sentence: Named, place: int, concept: ConceptModel, status: Assertion, words: Evidence) -> Told:
    """What figures tell of a concept, with medium confidence.

    Args:
        sentence: The sentence of the later figure.
        place: Its number in its part.
        concept: What they tell of.
        status: What they tell of it.
        words: The figures.
    """
    whole = sentence.passage.sentence
    seen = Observation(
        concept=concept.id,
        status=status,
        part=whole.part,
        item=whole.item,
        span=words.span,
        sentence=whole.span,
        cue="",
        speaker="provider" if whole.item == 0 else "reviewer",
        time="present",
        confidence=Confidence.MEDIUM,
    )
    return Told(seen, sentence, place, concept.tells_of)
