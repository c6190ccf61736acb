"""How the program read a letter: each sentence with what it does and asserts, for a reviewer who wonders why."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from checker.model.facts import Facts, Observation, Part, Sentence
from checker.reporting.visible import folded, shortened

WIDTH = 110
"""Longest beginning of a sentence, in characters; all of it stands in the letter beside."""


class SentenceView(NamedTuple):
    """A sentence: its role, the cue that gave it, how it begins, and what it asserts of which concept."""

    role: str
    cue: str
    text: str
    asserts: tuple[str, ...]


class PartView(NamedTuple):
    """The case summary (item 0), or the rationale of an item."""

    item: int
    sentences: tuple[SentenceView, ...]


def parts_read(facts: Facts) -> tuple[PartView, ...]:
    """The parts of a letter in which sentences were read, in order."""
    told: dict[tuple[Part, int, int], list[Observation]] = defaultdict(list)
    for observation in facts.observations:
        told[observation.part, observation.item, observation.sentence.start].append(observation)
    by_item: dict[int, list[SentenceView]] = {}
    for sentence in facts.sentences:
        asserted = told.get((sentence.part, sentence.item, sentence.span.start), ())
        by_item.setdefault(sentence.item, []).append(_view(sentence, asserted))
    return tuple(PartView(item, tuple(sentences)) for item, sentences in sorted(by_item.items()))


def _view(sentence: Sentence, asserted: Sequence[Observation]) -> SentenceView:
    return SentenceView(
        sentence.role.value,
        sentence.cue,
        shortened(folded(sentence.text), WIDTH),
        tuple(dict.fromkeys(_said(observation) for observation in asserted)),
    )


def _said(observation: Observation) -> str:
    concept = observation.concept.replace("-", " ")
    whose = (observation.time, observation.speaker, observation.experiencer)
    usual = ("present", "provider" if observation.part is Part.SUMMARY else "reviewer", "worker")
    odd = ", ".join(word for word, common in zip(whose, usual, strict=True) if word != common)
    status = observation.status.value.replace("_", " ")
    return f"{concept}: {status}{f' ({odd})' if odd else ''}"
