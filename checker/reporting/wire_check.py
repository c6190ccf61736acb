"""The check half of the wire format: one object a letter, the same keys whatever became of it."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, NotRequired, Protocol, cast

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from checker.batch.letters import Letter, identity, problems, status
from checker.batch.versions import Versions
from checker.gate import Mark
from checker.model.determination import Item
from checker.model.facts import CriterionRow, Evidence
from checker.model.findings import Beside, Finding, ItemJudgement, Judgement, Result, Severity
from checker.model.source import Span

SCHEMA: Literal[1] = 1

Statement = Literal["documented", "denied", "not_documented", "unclear", "silent"]
OutcomeWord = Literal["upheld", "overturned", "partially-overturned", "none"]


class ResultCounts(TypedDict):
    """How many rules gave each of the five results on an item."""

    flagged: int
    clear: int
    excepted: int
    not_applicable: int
    undecided: int


class CriterionRecord(TypedDict):
    """What summary and rationale say of one criterion of the item's topic."""

    criterion: str
    summary: Statement
    rationale: Statement


class ItemRecord(TypedDict):
    """One disputed item."""

    item: int
    request: str
    outcome: OutcomeWord
    topic: Annotated[str | None, Field(description="Id of the guideline topic, null where none is recognised.")]
    results: ResultCounts
    criteria: list[CriterionRecord]


class EvidenceRecord(TypedDict):
    """Words of the letter; start and end are code points of the extracted raw text."""

    part: Literal["summary", "rationale", "heading", "guideline", "header"]
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    quote: Annotated[str, Field(description="The slice with white space folded.")]


class ReferenceRecord(TypedDict):
    """What the finding rests on outside the letter."""

    guideline: str
    section: str
    pages: str
    citation: str


class BesideRecord(TypedDict):
    """An item of another letter that a finding lays beside its own."""

    doc: str
    source: str
    sha256: str
    item: Annotated[int, Field(ge=1)]
    request: str
    outcome: OutcomeWord
    why: Annotated[str, Field(description="How near it is: `distance 0`, `similarity 0.92`.")]
    evidence: Annotated[list[EvidenceRecord], Field(description="Words of that letter.")]


class KnownRecord(TypedDict):
    """Why a finding does not count."""

    state: Literal["baselined", "suppressed"]
    reason: Annotated[str, Field(description="Of a suppression; empty in a baseline.")]
    owner: Annotated[str, Field(description="Who answers for a suppression; empty in a baseline.")]
    expires: Annotated[str | None, Field(description="Last day of a suppression, ISO; null in a baseline.")]


class FindingRecord(TypedDict):
    """One flag."""

    code: str
    rule: str
    item: Annotated[int, Field(ge=0, description="0 is the whole letter.")]
    severity: Literal["error", "warning", "note"]
    confidence: Literal["high", "medium", "low"]
    message: str
    reference: ReferenceRecord
    fingerprint: str
    evidence: list[EvidenceRecord]
    beside: NotRequired[Annotated[list[BesideRecord], Field(description="Only of findings across a batch (BAT).")]]
    known: NotRequired[Annotated[KnownRecord, Field(description="Only of findings in a baseline or suppressed.")]]


class CheckRecord(TypedDict):
    """One letter of `imrcheck check --format jsonl`."""

    schema: Literal[1]
    doc: str
    source: str
    sha256: str
    status: Literal["ok", "partial", "unknown-layout", "unreadable"]
    problems: list[str]
    rules: Annotated[str, Field(description="Hash of the rule set.")]
    tool: Annotated[str, Field(description="Version of the program.")]
    items: list[ItemRecord]
    findings: list[FindingRecord]


def check_record(letter: Letter, versions: Versions, marks: Mapping[str, Mark] | None = None) -> CheckRecord:
    """The wire object of one letter.

    Args:
        letter: What became of it.
        versions: Of the program and of the rule set.
        marks: Why findings do not count, by fingerprint.
    """
    name = identity(letter)
    judgement = letter if isinstance(letter, Judgement) else None
    return {
        "schema": SCHEMA,
        "doc": name.doc,
        "source": name.source,
        "sha256": name.sha256,
        "status": status(letter).value,
        "problems": list(problems(letter)),
        "rules": versions.rules,
        "tool": versions.tool,
        "items": _items(judgement) if judgement else [],
        "findings": _findings(judgement, marks or {}) if judgement else [],
    }


def _items(letter: Judgement) -> list[ItemRecord]:
    facts = letter.facts
    rows = zip(facts.determination.items, letter.items, facts.criteria, strict=True)
    return [_item(item, judged, criteria) for item, judged, criteria in rows]


def _findings(letter: Judgement, marks: Mapping[str, Mark]) -> list[FindingRecord]:
    parsed = letter.facts.determination
    return [finding_record(finding, parsed, marks.get(finding.fingerprint)) for finding in letter.findings]


def _item(item: Item, judged: ItemJudgement, criteria: tuple[CriterionRow, ...]) -> ItemRecord:
    return {
        "item": item.number,
        "request": item.request,
        "outcome": item.outcome.value,
        "topic": judged.topic or None,
        "results": result_counts(judged.results),
        "criteria": [
            {
                "criterion": row.criterion,
                "summary": row.summary.value,
                "rationale": row.rationale.value,
            }
            for row in criteria
        ],
    }


def result_counts(results: Mapping[Result, int]) -> ResultCounts:
    """All five counts, a result that never came up as 0."""
    return cast("ResultCounts", {result.value: results.get(result, 0) for result in Result})


class Quoting(Protocol):
    """A letter, or what is left of it when a run is over."""

    def quote(self, span: Span, /) -> str:
        """The words at a span, white space folded."""


def finding_record(finding: Finding, letter: Quoting, mark: Mark | None = None) -> FindingRecord:
    """The wire object of one finding.

    Args:
        finding: The finding.
        letter: Gives the words of its quotes.
        mark: Why it does not count; None where it does.
    """
    reference = finding.reference
    record: FindingRecord = {
        "code": finding.code,
        "rule": finding.rule,
        "item": finding.item,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": finding.message,
        "reference": {
            "guideline": reference.guideline,
            "section": reference.section,
            "pages": reference.pages,
            "citation": reference.citation,
        },
        "fingerprint": finding.fingerprint,
        "evidence": [evidence_record(e, letter) for e in finding.evidence],
    }
    if finding.beside:
        record["beside"] = [_beside_record(beside) for beside in finding.beside]
    if mark is not None:
        record["known"] = {
            "state": mark.known.value,
            "reason": mark.reason,
            "owner": mark.owner,
            "expires": mark.expires.isoformat() if mark.expires else None,
        }
    return record


def evidence_record(evidence: Evidence, letter: Quoting) -> EvidenceRecord:
    """The wire object of one quote."""
    return {
        "part": evidence.part.value,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "quote": letter.quote(evidence.span),
    }


def _beside_record(beside: Beside) -> BesideRecord:
    return {
        "doc": beside.doc,
        "source": beside.source,
        "sha256": beside.sha256,
        "item": beside.item,
        "request": beside.request,
        "outcome": cast("OutcomeWord", beside.outcome),
        "why": beside.why,
        "evidence": [{"part": q.part.value, "start": q.start, "end": q.end, "quote": q.text} for q in beside.quotes],
    }


def in_order(records: Iterable[FindingRecord]) -> list[FindingRecord]:
    """Findings in the order in which every letter has them: item, severity (worst first), code, rule."""
    return sorted(records, key=lambda r: (r["item"], -Severity(r["severity"]).rank, r["code"], r["rule"]))


def check_schema() -> dict[str, Any]:
    """JSON Schema of a line, as published in docs/schema/check.json."""
    schema = TypeAdapter(CheckRecord).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
