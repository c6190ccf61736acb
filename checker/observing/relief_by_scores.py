"""Pain relief told by two scores alone: "9/10 without the tablets and 5/10 an hour after one"."""

from collections.abc import Sequence
from dataclasses import replace

from checker.knowledge.concepts import ConceptModel, Kind
from checker.model.facts import Assertion, Confidence, Evidence
from checker.observing.by_figures import told_by_figures
from checker.observing.mentions import Named
from checker.observing.pain_scores import PainTold
from checker.observing.statuses import Told

_RELIEF: Kind = "relief"
_LEAST = 2.0
"""A fall by fewer points is no relief worth the name, and no lack of it."""


def with_scores(
    named: Sequence[Named], told: Sequence[Told], pain: Sequence[PainTold], concept: ConceptModel | None
) -> list[Told]:
    """The assertions of one part, with those that two scores of a sentence make of pain relief.

    Args:
        named: The sentences of the part.
        told: What their words assert.
        pain: The pain scores of these sentences.
        concept: The concept of the lexicon that tells of relief, if it has one.

    Returns:
        The same assertions by place; where pain is no less with the drug, the wording "8 with, 8 without"
        that would affirm relief denies it, and where it is hardly less, leaves it open.
    """
    fallen = {id(t.named): drop for t in pain if (drop := t.drop()) is not None}
    if concept is None or not fallen:
        return list(told)
    found: list[Told] = []
    for at, sentence in enumerate(named):
        own = [t for t in told if t.place == at]
        drop = fallen.get(id(sentence))
        found += own if drop is None else _with_score(sentence, at, own, drop, concept)
    return found


def _with_score(
    sentence: Named, at: int, own: list[Told], drop: tuple[float, Evidence], concept: ConceptModel
) -> list[Told]:
    points, words = drop
    relief = [t for t in own if _RELIEF in t.kinds]
    if points <= 0:
        kept = [_denied(t) if t in relief else t for t in own]
        return kept if relief else [*kept, told_by_figures(sentence, at, concept, Assertion.DENIED, words)]
    if points < _LEAST:
        return [_hardly(t) if t in relief and _of_scores(t, words) else t for t in own]
    if relief:
        return own
    return [*own, told_by_figures(sentence, at, concept, Assertion.DOCUMENTED, words)]


def _denied(told: Told) -> Told:
    if told.observation.status is not Assertion.DOCUMENTED:
        return told
    return replace(told, observation=replace(told.observation, status=Assertion.DENIED))


def _of_scores(told: Told, words: Evidence) -> bool:
    """Whether what is told of relief is told by the scores themselves."""
    span = told.observation.span
    return span.start < words.span.end and words.span.start < span.end


def _hardly(told: Told) -> Told:
    """A point less may be called relief or none."""
    if told.observation.status is not Assertion.DOCUMENTED:
        return told
    seen = replace(told.observation, status=Assertion.UNCLEAR, confidence=Confidence.LOW)
    return replace(told, observation=seen)
