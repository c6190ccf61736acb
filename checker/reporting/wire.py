"""The parse half of the wire format: one object a letter, the same keys whatever became of it.

An empty span (``start`` equal to ``end``) stands for a part that the letter does not have.
"""

from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter
from typing_extensions import TypedDict

from checker.batch.letters import Failed, Letter, determination, identity, problems, status
from checker.model.determination import (
    Drug,
    GuidelineLine,
    Header,
    Item,
    MtusCitation,
    Reviewer,
    Slip,
)
from checker.model.source import Span, Unreadable

SCHEMA: Literal[1] = 1

Offset = Annotated[int, Field(ge=0)]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_NOWHERE = Span(0, 0)


class SpanRecord(TypedDict):
    """Code points of the extracted raw text, as `imrcheck parse --text` prints it; the end is not included."""

    start: Offset
    end: Offset


class HeaderRecord(TypedDict):
    """The opening table; null where the letter does not print a value or prints one that is no date."""

    case_number: str | None
    date_assigned: IsoDate | None
    date_of_injury: IsoDate | None
    decision_date: IsoDate | None
    ur_denial_date: IsoDate | None
    application_received: IsoDate | None
    priority: str | None
    malformed: Annotated[dict[str, str], Field(description="By field name, what is printed in place of a date.")]


class ReviewerRecord(TypedDict):
    """What the letter says of the reviewing physician."""

    licensure: list[str]
    specialties: list[str]


class MtusRecord(TypedDict):
    """One chapter of the Medical Treatment Utilization Schedule as cited."""

    chapter: str
    year: int | None
    sections: list[str]
    pages: Annotated[
        list[Annotated[list[int], Field(min_length=2, max_length=2)]],
        Field(description="First and last page, inclusive."),
    ]
    span: SpanRecord


class SlipRecord(TypedDict):
    """A malformed reference."""

    kind: str
    text: str
    span: SpanRecord
    suggestion: Annotated[str, Field(description="What was probably meant, empty where nobody can tell.")]


class GuidelineRecord(TypedDict):
    """What one side says its decision rests on; an empty ``raw`` where the letter has no such line."""

    raw: str
    span: SpanRecord | None
    mtus: list[MtusRecord]
    non_mtus: list[str]
    none_cited: bool
    outside_mtus: bool
    slips: list[SlipRecord]


class DrugRecord(TypedDict):
    """The drug of an item."""

    name: str
    generic: Annotated[str, Field(description="Lower case, actives joined by a slash, empty where it is not known.")]
    strength: str | None
    quantity: Annotated[int | str | None, Field(description="A count, or text for weight, volume and packs.")]
    refills: int | None


class ParsedItemRecord(TypedDict):
    """One disputed item."""

    item: Annotated[int, Field(ge=1)]
    heading: str
    heading_span: SpanRecord
    request: Annotated[str, Field(description="The disputed part: the remaining portion of a modified request.")]
    original: str | None
    authorized: str | None
    outcome: Literal["upheld", "overturned", "partially-overturned", "none"]
    outcome_span: SpanRecord | None
    category: str
    treatment: Annotated[str, Field(description="Id in rules/lexicon/treatments.yaml, empty where none is recognised.")]
    drug: DrugRecord | None
    visits: int | None
    body_parts: list[str]
    retrospective: bool
    service_dates: list[IsoDate]
    claims_guideline: GuidelineRecord
    reviewer_guideline: GuidelineRecord
    rationale: SpanRecord
    verdict: Literal["necessary", "not-necessary", "none"]
    verdict_span: SpanRecord | None


class ParseRecord(TypedDict):
    """One letter of `imrcheck parse --format jsonl`."""

    schema: Literal[1]
    doc: str
    source: str
    sha256: str
    status: Literal["ok", "partial", "unknown-layout", "unreadable"]
    problems: list[str]
    layout: Annotated[str, Field(description="Id of the layout, empty where none fits.")]
    header: HeaderRecord
    reviewer: ReviewerRecord
    summary: SpanRecord
    items: list[ParsedItemRecord]


def parse_record(letter: Letter) -> ParseRecord:
    """The wire object of one letter."""
    name = identity(letter)
    parsed = None if isinstance(letter, (Unreadable, Failed)) else determination(letter)
    return {
        "schema": SCHEMA,
        "doc": name.doc,
        "source": name.source,
        "sha256": name.sha256,
        "status": status(letter).value,
        "problems": list(problems(letter)),
        "layout": parsed.layout if parsed else "",
        "header": _header(parsed.header if parsed else Header()),
        "reviewer": _reviewer(parsed.reviewer if parsed else Reviewer()),
        "summary": _span((parsed.summary if parsed else None) or _NOWHERE),
        "items": [_item(item) for item in parsed.items] if parsed else [],
    }


def parse_schema() -> dict[str, Any]:
    """JSON Schema of a line, as published in docs/schema/parse.json."""
    schema = TypeAdapter(ParseRecord).json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _span(span: Span) -> SpanRecord:
    return {"start": span.start, "end": span.end}


def _span_or_null(span: Span | None) -> SpanRecord | None:
    return _span(span) if span else None


def _header(header: Header) -> HeaderRecord:
    return {
        "case_number": header.case_number,
        "date_assigned": header.date_assigned.isoformat() if header.date_assigned else None,
        "date_of_injury": header.date_of_injury.isoformat() if header.date_of_injury else None,
        "decision_date": header.decision_date.isoformat() if header.decision_date else None,
        "ur_denial_date": header.ur_denial_date.isoformat() if header.ur_denial_date else None,
        "application_received": header.application_received.isoformat() if header.application_received else None,
        "priority": header.priority,
        "malformed": dict(header.malformed),
    }


def _reviewer(reviewer: Reviewer) -> ReviewerRecord:
    return {"licensure": list(reviewer.licensure), "specialties": list(reviewer.specialties)}


def _item(item: Item) -> ParsedItemRecord:
    # A missing rationale is an empty span where the item's heading ends.
    rationale = item.rationale or Span(item.heading_span.end, item.heading_span.end)
    return {
        "item": item.number,
        "heading": item.heading,
        "heading_span": _span(item.heading_span),
        "request": item.request,
        "original": item.original,
        "authorized": item.authorized,
        "outcome": item.outcome.value,
        "outcome_span": _span_or_null(item.outcome_span),
        "category": item.category,
        "treatment": item.treatment,
        "drug": _drug(item.drug) if item.drug else None,
        "visits": item.visits,
        "body_parts": list(item.body_parts),
        "retrospective": item.retrospective,
        "service_dates": [date.isoformat() for date in item.service_dates],
        "claims_guideline": _guideline(item.claims_guideline),
        "reviewer_guideline": _guideline(item.reviewer_guideline),
        "rationale": _span(rationale),
        "verdict": item.verdict.value,
        "verdict_span": _span_or_null(item.verdict_span),
    }


def _drug(drug: Drug) -> DrugRecord:
    return {
        "name": drug.name,
        "generic": drug.generic,
        "strength": drug.strength,
        "quantity": drug.quantity,
        "refills": drug.refills,
    }


def _guideline(line: GuidelineLine) -> GuidelineRecord:
    return {
        "raw": line.raw,
        "span": _span_or_null(line.span),
        "mtus": [_mtus(citation) for citation in line.mtus],
        "non_mtus": list(line.non_mtus),
        "none_cited": line.none_cited,
        "outside_mtus": line.outside_mtus,
        "slips": [_slip(slip) for slip in line.slips],
    }


def _mtus(citation: MtusCitation) -> MtusRecord:
    return {
        "chapter": citation.chapter,
        "year": citation.year,
        "sections": list(citation.sections),
        "pages": [list(pages) for pages in citation.pages],
        "span": _span(citation.span),
    }


def _slip(slip: Slip) -> SlipRecord:
    return {"kind": slip.kind, "text": slip.text, "span": _span(slip.span), "suggestion": slip.suggestion}
