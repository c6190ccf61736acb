"""A determination taken apart: header, summary, disputed items, guideline lines, rationales, each with its span."""

import datetime
from dataclasses import dataclass, field
from enum import StrEnum

from checker.model.source import SourceText, Span, Unreadable


class Status(StrEnum):
    """How far a letter could be taken apart."""

    OK = "ok"
    PARTIAL = "partial"
    UNKNOWN_LAYOUT = "unknown-layout"
    UNREADABLE = "unreadable"


class Outcome(StrEnum):
    """What the determination does with the denial of an item; NONE where the letter does not say."""

    UPHELD = "upheld"
    OVERTURNED = "overturned"
    PARTIALLY_OVERTURNED = "partially-overturned"
    NONE = "none"


class Verdict(StrEnum):
    """What the rationale's own last verdict sentence says of the request."""

    NECESSARY = "necessary"
    NOT_NECESSARY = "not-necessary"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Slip:
    """A malformed reference inside a citation.

    Attributes:
        kind: page-total, page-order, page-range, ccr-section, name.
        text: The words as printed.
        span: Where they stand.
        suggestion: What was probably meant, "" where nobody can tell.
    """

    kind: str
    text: str
    span: Span
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class MtusCitation:
    """One chapter of the Medical Treatment Utilization Schedule as a guideline line cites it.

    Attributes:
        chapter: Name as printed, folded ("Chronic Pain Medical Treatment").
        year: Year printed after the chapter, None where none is.
        sections: Section or topic names as printed.
        pages: Inclusive page ranges in the order printed.
        span: The words of the citation.
        page_span: The words of the pages, None where no page is printed.
    """

    chapter: str
    year: int | None
    sections: tuple[str, ...]
    pages: tuple[tuple[int, int], ...]
    span: Span
    page_span: Span | None = None


@dataclass(frozen=True, slots=True)
class GuidelineLine:
    """What one side says its decision rests on.

    Attributes:
        raw: The line without its label, white space folded; "" where the letter has none.
        span: Where it stands, None where the letter has none.
        mtus: The MTUS chapters cited.
        non_mtus: The text of each citation outside the MTUS.
        none_cited: The line says that no medical evidence was cited.
        outside_mtus: The line says that the decision was not based on the MTUS.
        slips: Malformed references.
    """

    raw: str = ""
    span: Span | None = None
    mtus: tuple[MtusCitation, ...] = ()
    non_mtus: tuple[str, ...] = ()
    none_cited: bool = False
    outside_mtus: bool = False
    slips: tuple[Slip, ...] = ()


@dataclass(frozen=True, slots=True)
class Drug:
    """The drug of a disputed item.

    Attributes:
        name: As printed, without dosage form.
        generic: Lower case, actives joined by "/"; "" where the lexicon does not hold the drug.
        strength: As printed ("10/325mg"), None where none is.
        quantity: Count as an integer, or text for weight, volume and packs ("240 g"), None where none is.
        refills: Number of refills, None where none is printed.
        entry: Id of the drug in rules/lexicon/drugs.yaml, "" where it is not listed.
        span: Where the name stands.
    """

    name: str
    generic: str
    strength: str | None
    quantity: int | str | None
    refills: int | None
    entry: str
    span: Span


@dataclass(frozen=True, slots=True)
class Item:
    """One disputed item of a determination.

    Attributes:
        number: 1 for the first item of the letter.
        heading: Whole heading, outcome and its colon left out, white space folded.
        heading_span: Where the heading stands, the outcome word included.
        request: The disputed part: of a modified request the remaining portion, else the heading.
        request_span: Where the disputed part stands.
        original: The original request of a modified one.
        authorized: The part of it that the claims administrator authorized.
        outcome: Upheld, overturned or partially overturned.
        outcome_span: The outcome words; None where the letter has none.
        category: See wire.md: medication, topical, compound, physical-medicine, ...
        treatment: Id in rules/lexicon/treatments.yaml of the treatment asked for, "" where none is recognised.
        drug: The drug, None for anything that is no drug.
        visits: Number of visits asked for, None without one.
        body_parts: Lower case, side first ("left knee").
        retrospective: The treatment has already been given.
        service_dates: Dates of service printed in the heading.
        claims_guideline: What the claims administrator relied on.
        reviewer_guideline: What the reviewer relied on.
        rationale: The reviewer's reasons; None where the letter has none.
        verdict: What the last verdict sentence of the rationale says.
        verdict_span: That sentence.
    """

    number: int
    heading: str
    heading_span: Span
    request: str
    request_span: Span
    original: str | None
    authorized: str | None
    outcome: Outcome
    outcome_span: Span | None
    category: str
    treatment: str
    drug: Drug | None
    visits: int | None
    body_parts: tuple[str, ...]
    retrospective: bool
    service_dates: tuple[datetime.date, ...]
    claims_guideline: GuidelineLine
    reviewer_guideline: GuidelineLine
    rationale: Span | None
    verdict: Verdict
    verdict_span: Span | None


@dataclass(frozen=True, slots=True)
class Header:
    """The opening table.

    ``spans`` holds, by field name, where each value stands; a value that is printed but is no date stands in
    ``malformed`` by field name.
    """

    case_number: str | None = None
    date_assigned: datetime.date | None = None
    date_of_injury: datetime.date | None = None
    decision_date: datetime.date | None = None
    ur_denial_date: datetime.date | None = None
    application_received: datetime.date | None = None
    priority: str | None = None
    spans: dict[str, Span] = field(default_factory=dict)
    malformed: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reviewer:
    """What the letter says of the reviewing physician, who is never named."""

    licensure: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Determination:
    """One letter taken apart.

    Attributes:
        source: The text that all spans slice.
        status: ok; partial (something named in ``problems`` could not be found); unknown-layout (no items at all).
        problems: One line each: what is missing and where it was looked for.
        layout: Id of the layout in the table of layouts, "" where none fits.
        header: The opening table.
        reviewer: Licensure and specialties.
        summary: The clinical case summary, None where the letter has none.
        items: The disputed items in order.
    """

    source: SourceText
    status: Status
    problems: tuple[str, ...]
    layout: str
    header: Header
    reviewer: Reviewer
    summary: Span | None
    items: tuple[Item, ...]

    def quote(self, span: Span) -> str:
        """The words at a span, white space folded."""
        return " ".join(self.source.raw[span.start : span.end].split())


Parsed = Determination | Unreadable
