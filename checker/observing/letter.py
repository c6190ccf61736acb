"""Facts of the whole letter: dates of header and narrative, and parts that are missing."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import Lexicon
from checker.language import dates
from checker.model.determination import Determination, GuidelineLine, Header, Item, Outcome
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part, Role
from checker.model.source import Span
from checker.observing.mentions import About, Named, about

_ORDER = (
    ("date_of_injury", "ur_denial_date"),
    ("date_of_injury", "decision_date"),
    ("ur_denial_date", "decision_date"),
    ("date_assigned", "decision_date"),
    ("application_received", "decision_date"),
)
"""Pairs of header dates of which the first cannot be later: findings.md, DOC002."""

_FIELDS = tuple(dict.fromkeys(field for pair in _ORDER for field in pair))
_FIRST_YEAR, _LAST_YEAR = 1920, 2099
"""No determination and no injury under dispute lies outside these years: Independent Medical Review began in 2013."""

_DAY = dates.Precision.DAY
_ON_ITEM = (About.ITEM, About.CLASS, About.DRUGS)

REQUEST_DATED = "request-dated"
"""The mark of a request for authorization with its day."""

_BASES = {
    "utilization-review": "the date of the utilization review decision",
    "application": "no utilization review date; the date on which the application was received",
    "summary": "neither of the two; the latest full date of the case summary",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date with the words it stands in."""

    date: datetime.date
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class LetterDates:
    """The dates that decide which guideline governs.

    Attributes:
        injury: Date of injury, of the header or else of the narrative.
        ur: Date of the utilization review decision, of the header or else of the narrative.
        guideline: The date that picks the edition: that of the utilization review, else the application, else the
            latest full date of the summary, which the request cannot precede by much.
        basis: utilization-review, application, summary or "" for none.
        narrative_injury: Every date of injury of the narrative.
        narrative_ur: Every date of a utilization review decision of the narrative.
        requests: Every date of a request for authorization of the narrative.
    """

    injury: Dated | None
    ur: Dated | None
    guideline: datetime.date | None
    basis: str
    narrative_injury: tuple[Dated, ...]
    narrative_ur: tuple[Dated, ...]
    requests: tuple[Dated, ...] = ()


def letter_dates(
    determination: Determination, summary: Sequence[Named], rationales: Iterable[Named], lexicon: Lexicon
) -> LetterDates:
    """The dates of a letter.

    Args:
        determination: The letter.
        summary: Sentences of its case summary, and what stands before it.
        rationales: Sentences of all its rationales; they may date the decision of utilization review too.
        lexicon: The drugs and treatments, to know what a decision that is told was on.
    """
    header, items = determination.header, determination.items
    injuries = _marked([n for n in summary if not n.marks("of-another-claim")], "injury-date")
    told = (*summary, *(n for n in rationales if n.passage.sentence.role is not Role.GUIDELINE))
    decided = [n for n in told if not n.marks("another-request") and _of_the_items(n, items, lexicon)]
    reviews = _decisions(decided)
    injury = _header_date(header, "date_of_injury") or (injuries[0] if injuries else None)
    of_header = _header_date(header, "ur_denial_date")
    ur = of_header or (reviews[0] if reviews else None)
    if of_header and reviews:
        reviews = _with_header(of_header.date, reviews, summary)
    received = header.application_received
    guideline, basis = None, ""
    if ur:
        guideline, basis = ur.date, "utilization-review"
    elif received:
        guideline, basis = received, "application"
    else:
        full = [d.date for n in summary for d in dates.find(n.passage.folded) if d.precision is _DAY]
        if full:
            guideline, basis = max(full), "summary"
    return LetterDates(injury, ur, guideline, basis, injuries, reviews, _marked(summary, REQUEST_DATED))


def _with_header(day: datetime.date, reviews: tuple[Dated, ...], summary: Sequence[Named]) -> tuple[Dated, ...]:
    """The reviews that the narrative dates, with the header's where its day is told in words that no mark knows.

    "Review of May 2 denied therapy, and on September 12 acupuncture was denied" tells of two reviews.
    """
    if any(review.date == day for review in reviews):
        return reviews
    named = next((n for n in summary if any(d.date == day for d in dates.find(n.passage.folded))), None)
    return reviews if named is None else (*reviews, Dated(day, named.whole))


def _decisions(sentences: Sequence[Named]) -> tuple[Dated, ...]:
    """The days of decisions of utilization review: that of a mark, else the only one of a sentence on a refusal."""
    found: dict[datetime.date, Dated] = {}
    for named in sentences:
        marked = _marked([named], "ur-date")
        if not marked and named.marks("ur-speaks") and named.marks("ur-refuses") and not named.marks("ur-of-a-claim"):
            marked = _only_day(named)
        for dated in marked:
            found.setdefault(dated.date, dated)
    return tuple(found.values())


def _only_day(named: Named) -> tuple[Dated, ...]:
    """The one full date of a sentence that dates nothing else, if there is one."""
    others = named.marks("dated-otherwise", REQUEST_DATED, "injury-date", "visit-dated", "care-dated")
    days = [
        mention
        for mention in dates.find(named.passage.folded)
        if mention.precision is _DAY and not any(start <= mention.start < end for start, end in others)
    ]
    return (Dated(days[0].date, named.whole),) if len(days) == 1 else ()


def _of_the_items(named: Named, items: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether a sentence may tell of a disputed request: it names one, its class, or no treatment at all."""
    if not named.drugs and not named.treatments:
        return True
    return any(about(named, item, lexicon) in _ON_ITEM for item in items)


def _header_date(header: Header, name: str) -> Dated | None:
    value: datetime.date | None = getattr(header, name)
    if value is None or name not in header.spans:
        return None
    return Dated(value, Evidence(Part.HEADER, header.spans[name]))


def _marked(summary: Sequence[Named], mark: str) -> tuple[Dated, ...]:
    """Full dates that stand inside a mark, each date once, in order."""
    found: dict[datetime.date, Dated] = {}
    for named in summary:
        for start, end in named.marks(mark):
            for mention in dates.find(named.passage.folded[start:end]):
                if mention.precision is _DAY and mention.date not in found:
                    found[mention.date] = Dated(mention.date, named.evidence(start, end))
    return tuple(found.values())


def letter_facts(determination: Determination, when: LetterDates) -> list[Fact]:
    """Facts of the whole letter."""
    return [
        _missing_part(determination),
        _header_order(determination.header),
        _agreement("letter.injury_dates", _header_date(determination.header, "date_of_injury"), when.narrative_injury),
        _agreement("letter.ur_dates", _header_date(determination.header, "ur_denial_date"), when.narrative_ur),
        *_guideline_date(when),
        _days_since_injury(when),
    ]


def _guideline_date(when: LetterDates) -> list[Fact]:
    name = "letter.guideline_date"
    if when.guideline is None:
        return [Fact(name, UNKNOWN, derivation="no date"), Fact(f"{name}_basis", UNKNOWN, derivation="no date")]
    return [
        Fact(name, when.guideline.isoformat(), derivation=_BASES[when.basis]),
        Fact(f"{name}_basis", when.basis, derivation=_BASES[when.basis]),
    ]


def _days_since_injury(when: LetterDates) -> Fact:
    name = "letter.days_since_injury"
    if when.injury is None or when.guideline is None or when.basis == "summary":
        return Fact(name, UNKNOWN, derivation="no date of injury or of the request")
    days = (when.guideline - when.injury.date).days
    evidence = [when.injury.evidence, *([when.ur.evidence] if when.ur else [])]
    return Fact(name, days, tuple(evidence), derivation=f"from the injury to the {when.basis} date")


def _missing_part(determination: Determination) -> Fact:
    if determination.summary is None:
        whole = Span(0, min(80, len(determination.source.raw)))
        return Fact("letter.missing_part", "summary", (Evidence(Part.HEADER, whole),), derivation="no case summary")
    return Fact("letter.missing_part", "none")


def missing_part_of(item: Item) -> Fact:
    """Which part of an item is missing: outcome, rationale, guideline, or none."""
    evidence = (Evidence(Part.HEADING, item.heading_span),)
    name = "item.missing_part"
    if item.outcome is Outcome.NONE:
        return Fact(name, "outcome", evidence)
    if item.rationale is None or not len(item.rationale):
        return Fact(name, "rationale", evidence)
    if _empty(item.reviewer_guideline):
        return Fact(name, "guideline", evidence)
    return Fact(name, "none")


def _empty(line: GuidelineLine) -> bool:
    return line.span is None or not line.raw.strip()


def _header_order(header: Header) -> Fact:
    name = "letter.header_dates"
    if header.malformed:
        field, printed = sorted(header.malformed.items())[0]
        spans = (Evidence(Part.HEADER, header.spans[field]),) if field in header.spans else ()
        return Fact(name, "impossible", spans, derivation=f"{field.replace('_', ' ')} is printed as {printed[:20]}")
    for field in _FIELDS:
        dated = _header_date(header, field)
        if dated is not None and not _FIRST_YEAR <= dated.date.year <= _LAST_YEAR:
            words = f"{field.replace('_', ' ')} lies in the year {dated.date.year}"
            return Fact(name, "impossible", (dated.evidence,), derivation=words)
    known = False
    for earlier, later in _ORDER:
        first, second = _header_date(header, earlier), _header_date(header, later)
        if first is None or second is None:
            continue
        known = True
        if first.date > second.date:
            words = f"{earlier.replace('_', ' ')} is after {later.replace('_', ' ')}"
            return Fact(name, "impossible", (first.evidence, second.evidence), derivation=words)
    if not known:
        return Fact(name, UNKNOWN, derivation="the header gives no two dates to compare")
    return Fact(name, "ordered", derivation="every two dates of the header stand in order")


def _agreement(name: str, header: Dated | None, narrative: tuple[Dated, ...]) -> Fact:
    if header is None or not narrative:
        return Fact(name, UNKNOWN, derivation="header or narrative gives no date")
    if any(d.date == header.date for d in narrative):
        return Fact(name, "same", derivation="a date of the narrative is that of the header")
    # Several dates may belong to several requests; one is a plain statement.
    sure = Confidence.HIGH if len(narrative) == 1 else Confidence.LOW
    evidence = (header.evidence, *(d.evidence for d in narrative))
    return Fact(name, "different", evidence, sure, "the narrative dates it otherwise than the header")
