"""What the letter says, as one flat closed-world fact an item, each value with the words it rests on."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from checker.model.determination import Determination
from checker.model.source import Span

UNKNOWN = "unknown"
"""The letter does not hold the value: a comparison with it is neither true nor false."""

FactValue = str | int | float | bool


class Confidence(StrEnum):
    """How sure a fact is; a finding is as sure as its weakest fact."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """2 for high, 0 for low."""
        return ("low", "medium", "high").index(self.value)


class Part(StrEnum):
    """The part of the letter a quote stands in."""

    SUMMARY = "summary"
    RATIONALE = "rationale"
    HEADING = "heading"
    GUIDELINE = "guideline"
    HEADER = "header"


class Assertion(StrEnum):
    """What a part of the letter says about a concept.

    ``denied`` is documented as absent in the worker, ``not_documented`` is said to be missing from the record.
    """

    DOCUMENTED = "documented"
    DENIED = "denied"
    NOT_DOCUMENTED = "not_documented"
    UNCLEAR = "unclear"
    SILENT = "silent"


class Role(StrEnum):
    """What a sentence does."""

    GUIDELINE = "guideline"
    CASE = "case"
    APPLICATION = "application"
    CONCLUSION = "conclusion"
    DISCLAIMER = "disclaimer"
    QUOTATION = "quotation"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of the letter."""

    part: Part
    span: Span


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its role and the id of the cue that gave it.

    ``item`` is 0 for the case summary, else the number of the item whose rationale holds it.
    """

    part: Part
    item: int
    span: Span
    text: str
    role: Role
    cue: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One assertion about one concept in one sentence.

    Attributes:
        concept: Id in rules/lexicon/concepts.
        status: What is asserted; never ``silent``.
        part: summary or rationale.
        item: 0 for the summary.
        span: The words of the concept.
        sentence: The sentence they stand in.
        cue: Id of the cue that decided the status, "" for a plain affirmation.
        speaker: reviewer, provider, patient or utilization-review.
        time: past, present or planned.
        confidence: How sure the reading is.
        experiencer: worker, or another: a relative.
    """

    concept: str
    status: Assertion
    part: Part
    item: int
    span: Span
    sentence: Span
    cue: str
    speaker: str
    time: str
    confidence: Confidence
    experiencer: str = "worker"


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with where it comes from.

    Attributes:
        name: A name of the vocabulary.
        value: Its value; ``UNKNOWN`` where the letter does not hold it.
        evidence: The words it rests on; may be empty for ``silent`` and ``unknown``.
        confidence: How sure the value is.
        derivation: One short sentence: cue, comparison or table that gave the value.
    """

    name: str
    value: FactValue
    evidence: tuple[Evidence, ...] = ()
    confidence: Confidence = Confidence.HIGH
    derivation: str = ""


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """Every name of the vocabulary for one item (0 = the whole letter): a closed world.

    Attributes:
        item: Its number.
        facts: By name.
        spoken: The names that were observed, the others have the vocabulary's default; None where that is not known.
    """

    item: int
    facts: Mapping[str, Fact]
    spoken: frozenset[str] | None = None

    def value(self, name: str) -> FactValue:
        """The value of a name; KeyError if it is not in the vocabulary."""
        return self.facts[name].value


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One criterion of the topic an item is decided under: what summary and rationale say of it."""

    criterion: str
    summary: Assertion
    rationale: Assertion


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was observed in one letter.

    Attributes:
        determination: The letter.
        letter: The facts of the whole letter (item 0).
        items: The facts of each disputed item, in order.
        criteria: For each item, the criteria of its topic.
        sentences: Every sentence of summary and rationales with its role.
        observations: Every assertion.
    """

    determination: Determination
    letter: ItemFacts
    items: tuple[ItemFacts, ...]
    criteria: tuple[tuple[CriterionRow, ...], ...]
    sentences: tuple[Sentence, ...]
    observations: tuple[Observation, ...]
