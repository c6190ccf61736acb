"""The facts half of the wire format: what the program read in a letter, before any rule."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal, cast

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from checker.batch.letters import Letter, identity, problems, status
from checker.knowledge.vocabulary import Scope
from checker.model.determination import Determination
from checker.model.facts import Evidence, Fact, Facts, ItemFacts, Observation, Sentence
from checker.model.findings import Judgement
from checker.reporting.visible import folded
from checker.reporting.wire import SpanRecord

SCHEMA: Literal[1] = 1

Defaults = Mapping[Scope, Mapping[str, Fact]]
"""By scope (letter, item), each name of the vocabulary with its default."""

PartWord = Literal["summary", "rationale", "heading", "guideline", "header"]
Stated = Literal["documented", "denied", "not_documented", "unclear"]
Sureness = Literal["high", "medium", "low"]
ItemNumber = Annotated[int, Field(ge=0, description="0 for the summary and the letter as a whole.")]
Quote = Annotated[str, Field(description="The words at the span with white space folded.")]


class SentenceRecord(TypedDict):
    """One sentence of the summary or of a rationale."""

    part: PartWord
    item: ItemNumber
    span: SpanRecord
    text: Quote
    role: Literal["guideline", "case", "application", "conclusion", "disclaimer", "quotation"]
    cue: Annotated[str, Field(description="Id of the cue in rules/lexicon/roles that gave the role, or why it has it.")]


class AssertionRecord(TypedDict):
    """One assertion about one concept in one sentence."""

    concept: Annotated[str, Field(description="Id in rules/lexicon/concepts.")]
    status: Stated
    part: PartWord
    item: ItemNumber
    span: SpanRecord
    quote: Quote
    sentence: SpanRecord
    cue: Annotated[str, Field(description="Id in rules/lexicon/cues, empty for a wording that says it by itself.")]
    speaker: Annotated[str, Field(description="reviewer, provider, patient or utilization-review.")]
    time: Annotated[str, Field(description="past, present or planned.")]
    experiencer: Annotated[str, Field(description="worker, or another: a relative; then it is no fact of the worker.")]
    confidence: Sureness


class FactEvidenceRecord(TypedDict):
    """Words that a fact rests on."""

    part: PartWord
    span: SpanRecord
    quote: Quote


class FactRecord(TypedDict):
    """One fact with a value other than the default of the vocabulary."""

    name: Annotated[str, Field(description="A name of rules/vocabulary.yaml, or of a concept's facts.")]
    value: str | int | float | bool
    confidence: Sureness
    derivation: str
    evidence: list[FactEvidenceRecord]


class ItemFactsRecord(TypedDict):
    """The facts of one disputed item; those of the letter stand once, under item 0."""

    item: ItemNumber
    facts: list[FactRecord]


class FactsRecord(TypedDict):
    """One letter of `imrcheck facts --format jsonl`."""

    schema: Literal[1]
    doc: str
    source: str
    sha256: str
    status: Literal["ok", "partial", "unknown-layout", "unreadable"]
    problems: list[str]
    sentences: list[SentenceRecord]
    assertions: list[AssertionRecord]
    items: Annotated[list[ItemFactsRecord], Field(description="Item 0 first; empty where nothing could be read.")]


def facts_record(letter: Letter, defaults: Defaults) -> FactsRecord:
    """The wire object of one letter.

    Args:
        letter: What became of the letter; only a judged one has facts.
        defaults: What the vocabulary says of each name before the letter is read.
    """
    name = identity(letter)
    facts = letter.facts if isinstance(letter, Judgement) else None
    return {
        "schema": SCHEMA,
        "doc": name.doc,
        "source": name.source,
        "sha256": name.sha256,
        "status": status(letter).value,
        "problems": list(problems(letter)),
        "sentences": [_sentence(s) for s in facts.sentences] if facts else [],
        "assertions": [_assertion(o, facts.determination) for o in facts.observations] if facts else [],
        "items": _items(facts, defaults) if facts else [],
    }


def facts_schema() -> dict[str, Any]:
    """JSON Schema of a line, as published in docs/schema/facts.json."""
    schema = TypeAdapter(FactsRecord).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _sentence(sentence: Sentence) -> SentenceRecord:
    return {
        "part": sentence.part.value,
        "item": sentence.item,
        "span": {"start": sentence.span.start, "end": sentence.span.end},
        "text": folded(sentence.text),
        "role": sentence.role.value,
        "cue": sentence.cue,
    }


def _assertion(observation: Observation, letter: Determination) -> AssertionRecord:
    return {
        "concept": observation.concept,
        "status": cast(Stated, observation.status.value),  # an observation is never silent
        "part": observation.part.value,
        "item": observation.item,
        "span": {"start": observation.span.start, "end": observation.span.end},
        "quote": folded(letter.quote(observation.span)),
        "sentence": {"start": observation.sentence.start, "end": observation.sentence.end},
        "cue": observation.cue,
        "speaker": observation.speaker,
        "time": observation.time,
        "experiencer": observation.experiencer,
        "confidence": observation.confidence.value,
    }


def _items(facts: Facts, defaults: Defaults) -> list[ItemFactsRecord]:
    known, letter = defaults["letter"], facts.determination
    whole = _told(facts.letter, known, letter)
    own = {name: fact for name, fact in defaults["item"].items() if name not in known}
    items: list[ItemFactsRecord] = [{"item": i.item, "facts": _told(i, own, letter)} for i in facts.items]
    return [{"item": 0, "facts": whole}, *items]


def _told(item: ItemFacts, defaults: Mapping[str, Fact], letter: Determination) -> list[FactRecord]:
    """Facts of the names asked for that differ from their default, in the order of their names."""
    differing = [n for n in sorted(defaults) if n in item.facts and item.facts[n].value != defaults[n].value]
    return [_fact(item.facts[name], letter) for name in differing]


def _fact(fact: Fact, letter: Determination) -> FactRecord:
    return {
        "name": fact.name,
        "value": fact.value,
        "confidence": fact.confidence.value,
        "derivation": fact.derivation,
        "evidence": [_evidence(evidence, letter) for evidence in fact.evidence],
    }


def _evidence(evidence: Evidence, letter: Determination) -> FactEvidenceRecord:
    span = evidence.span
    return {
        "part": evidence.part.value,
        "span": {"start": span.start, "end": span.end},
        "quote": folded(letter.quote(span)),
    }
