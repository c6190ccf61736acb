"""What the rules say of a letter: a result for every rule and item, a finding for each flag, a trace for both."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from checker.model.facts import Confidence, Evidence, Facts, FactValue, Part


class Severity(StrEnum):
    """How bad a finding is if it is true."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """2 for error, 0 for note."""
        return ("note", "warning", "error").index(self.value)


class Result(StrEnum):
    """The five results of a rule on an item."""

    FLAGGED = "flagged"
    CLEAR = "clear"
    EXCEPTED = "excepted"
    NOT_APPLICABLE = "not_applicable"
    UNDECIDED = "undecided"


class Truth(StrEnum):
    """Kleene's three values."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


class Step(NamedTuple):
    """One node of the condition tree of a rule as it was read on one item.

    Attributes:
        kind: all, any, or the comparison of a leaf (is, is_not, in, above, at_most, ...).
        truth: Its value.
        fact: Name compared, "" for all and any.
        value: Value the item has, None for all and any.
        wanted: What the rule compares with, as text; names the parameter where one was used.
        steps: The nodes below.
    """

    kind: str
    truth: Truth
    fact: str = ""
    value: FactValue | None = None
    wanted: str = ""
    steps: tuple["Step", ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """How one rule came to its result on one item.

    Attributes:
        rule: Id of the rule.
        code: Code of the catalogue.
        item: 0 for the whole letter.
        result: One of five.
        applies: The tree of ``applies_to``.
        flag: The tree of ``flag_when``, None where the rule does not apply.
        exceptions: Id and tree of each ``unless`` that was read.
        excepted_by: Id of the exception that held, "" where none did.
        missing: Names of the facts that left the rule undecided.
    """

    rule: str
    code: str
    item: int
    result: Result
    applies: Step
    flag: Step | None = None
    exceptions: tuple[tuple[str, Step], ...] = ()
    excepted_by: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """What kept some rules from a finding on an item: the gist of their traces, at a small part of the cost.

    The same object may serve many items.

    Attributes:
        rules: Ids of the rules, ascending; several only where the same comparison failed in all of them.
        result: Any but flagged.
        leaf: The first comparison that failed, None where none did.
        others: How many alternatives failed beside it.
        excepted_by: Id of the exception that held, "" where none did.
        missing: Names of the facts that left the rule undecided.
    """

    rules: tuple[str, ...]
    result: Result
    leaf: Step | None = None
    others: int = 0
    excepted_by: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reference:
    """What a finding rests on outside the letter."""

    guideline: str
    section: str
    pages: str
    citation: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of another letter, with the part and the code points of its raw text where they stand."""

    part: Part
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Beside:
    """An item of another letter that a finding lays beside its own.

    Attributes:
        doc: Name of the letter.
        source: Path or name as given by the user.
        sha256: Hash of its bytes.
        item: Number of the item.
        request: What is asked for.
        outcome: upheld, overturned, partially-overturned or none.
        why: In what it is alike or differs, a few words.
        quotes: Its words, in the order in which they are to be read.
        letter: Place of the letter in the run.
    """

    doc: str
    source: str
    sha256: str
    item: int
    request: str
    outcome: str
    why: str
    quotes: tuple[Quote, ...]
    letter: int


@dataclass(frozen=True, slots=True)
class Finding:
    """One flag: this item, this passage, is inconsistent with this criterion or reference.

    Findings of one code on one item that rest on the same words are one; ``also`` holds the traces of those that were
    joined to it. ``beside`` holds items of other letters, for findings across a batch only.
    """

    code: str
    rule: str
    item: int
    severity: Severity
    confidence: Confidence
    message: str
    reference: Reference
    evidence: tuple[Evidence, ...]
    fingerprint: str
    trace: Trace
    also: tuple[Trace, ...] = ()
    beside: tuple[Beside, ...] = ()


Applied = tuple[str, str, Result]
"""A rule that applied to an item: its id, its code and its result."""


@dataclass(frozen=True, slots=True)
class ItemJudgement:
    """What the rules say of one item (0 = the whole letter).

    Attributes:
        item: Its number.
        topic: Id of its guideline topic, "" where there is none.
        results: How many rules had each result.
        traces: The trace of every rule, built when it is looked at.
        applied: The rules that applied with their results, much cheaper than their traces.
        stops: What kept each rule that did not flag, likewise, but for those of ``elsewhere`` and ``unspoken``.
        unspoken: Result and code of the rules that failed because the letter says nothing of a fact.
        elsewhere: Ids of the rules that are about other topics only.
    """

    item: int
    topic: str
    results: Mapping[Result, int]
    traces: Sequence[Trace]
    applied: Collection[Applied] = ()
    stops: Collection[Stop] = ()
    elsewhere: tuple[str, ...] = ()
    unspoken: Collection[tuple[Result, str]] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one letter.

    Attributes:
        facts: What was observed.
        letter: Judgement of the whole letter.
        items: Judgement of each item.
        findings: In the order item, severity (worst first), code, rule.
        rules: Hash of the rule set.
        engine: "durable-rules 2.0.28" or "reference reading".
    """

    facts: Facts
    letter: ItemJudgement
    items: tuple[ItemJudgement, ...]
    findings: tuple[Finding, ...]
    rules: str
    engine: str
