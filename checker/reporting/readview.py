"""How the program read a letter: each sentence with what it does and asserts, for a reviewer who wonders why."""

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from checker.model.facts import Facts, Observation, Part, Sentence
from checker.reporting.visible import shortened

WIDTH = 60
"""Longest beginning of a sentence, in characters; all of it stands in the letter beside."""


class SentenceView(NamedTuple):
    """A sentence: its role, the cue that gave it, how it begins, and what it asserts of which concept."""

    role: str
    cue: str
    text: str
    asserts: str


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
    text = shortened(sentence.text, WIDTH)
    return SentenceView(sentence.role.value, sentence.cue, text, _told(asserted) if asserted else "")


def _told(asserted: Sequence[Observation]) -> str:
    """What a sentence asserts: each status with its concepts."""
    by_status: dict[str, dict[str, None]] = {}
    for o in asserted:
        concept = _concept(o.concept, o.part is Part.SUMMARY, (o.time, o.speaker, o.experiencer))
        by_status.setdefault(o.status.value, {})[concept] = None
    return "; ".join(f"{status.replace('_', ' ')}: {', '.join(concepts)}" for status, concepts in by_status.items())


@lru_cache(maxsize=4096)  # a few words of the lexicon, said thousands of times
def _concept(concept: str, in_summary: bool, whose: tuple[str, str, str]) -> str:
    usual = ("present", "provider" if in_summary else "reviewer", "worker")
    odd = ", ".join(word for word, common in zip(whose, usual, strict=True) if word != common)
    return f"{concept.replace('-', ' ')}{f' ({odd})' if odd else ''}"
