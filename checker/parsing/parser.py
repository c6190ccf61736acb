"""Take a letter apart: layout, sections, items, and what each part of an item says."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import (
    Determination,
    Drug,
    Header,
    Item,
    Outcome,
    Reviewer,
    Status,
    Verdict,
)
from checker.model.source import SourceText
from checker.parsing.body import body_parts
from checker.parsing.category import Kind, classify, counts_visits, follows_surgery
from checker.parsing.citations import guideline_line
from checker.parsing.drugs import DrugReader
from checker.parsing.guideline_names import GuidelineNames
from checker.parsing.header import read_date, read_header
from checker.parsing.headings import Found, recognise
from checker.parsing.issues import issues_at_dispute, requests_regarded
from checker.parsing.items import items_with_outcome
from checker.parsing.layouts import CREDENTIALS_LABEL, EARLIER_VARIANT, LAYOUTS, Layout, Part, Style
from checker.parsing.limits import bounded
from checker.parsing.requests import Request, read_request
from checker.parsing.reviewer import read_reviewer
from checker.parsing.slices import ItemSlice, Range
from checker.parsing.verdict import VerdictWords, read_verdict
from checker.parsing.view import View
from checker.parsing.visits import AmountWords, visits

_INTRODUCTION = re.compile(
    r"The (?:expert|physician|professional|medical)?\s?reviewer developed the following (?:clinical )?case summary"
    r"[^:]{0,200}:\s*|"
    r"(?:Disclaimer:\s*)?The following case summary (?:was|is) [^.]{0,200}\.\s*(?=[\"“A-Z])",
    re.IGNORECASE,
)
_RETROSPECTIVE = re.compile(r"\bretro(?:spective(?:ly)?)?\b|\bDOS\b|\bdates? of service\b|\bD\.O\.S\b", re.IGNORECASE)
_SERVICE = re.compile(
    r"\b(?:DOS|D\.O\.S\.?|dates? of service|performed on|dispensed on|rendered on|retro\w*)\b", re.IGNORECASE
)
_DATE = re.compile(r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b")
_SURGERY = "surgery"


@dataclass(frozen=True, slots=True)
class _Readers:
    """What is built once over a lexicon."""

    lexicon: Lexicon
    names: GuidelineNames
    verdicts: VerdictWords
    drugs: DrugReader
    amounts: AmountWords


@lru_cache(maxsize=4)
def _readers(lexicon: Lexicon) -> _Readers:
    return _Readers(
        lexicon,
        GuidelineNames(lexicon.guideline_names),
        VerdictWords(lexicon.verdicts),
        DrugReader(lexicon),
        AmountWords(lexicon.forms),
    )


def parse(source: SourceText, lexicon: Lexicon) -> Determination:
    """Take one letter apart.

    Args:
        source: The letter as it was read.
        lexicon: The lexicon.

    Returns:
        The determination. Never raises: a letter of another kind has the status ``unknown-layout``, one of which
        something could not be found ``partial``, each with the reason in ``problems``.
    """
    view = View(source)
    recognised = recognise(view) or _by_labels(view)
    if recognised is None:
        return _unknown(source, _why_unknown(view))
    layout, found = recognised
    slices = _slices(view, layout, found)
    summary, read, unread = bounded(len(view.text), _summary(view, found, slices), slices)
    items = _items(view, read, _readers(lexicon))
    problems = [*_problems(layout, found, summary, items), *unread]
    variant = EARLIER_VARIANT.get(layout.id) if CREDENTIALS_LABEL not in view.low else None
    return Determination(
        source=source,
        status=Status.PARTIAL if problems else Status.OK,
        problems=tuple(problems),
        layout=variant or layout.id,
        header=read_header(view, _header_end(view, found, slices)),
        reviewer=read_reviewer(view),
        summary=view.span(*summary) if summary else None,
        items=items,
    )


def _by_labels(view: View) -> tuple[Layout, tuple[Found, ...]] | None:
    """A letter without headings that still holds the labels of an item, such as an excerpt."""
    layout = next(layout for layout in LAYOUTS if layout.style is Style.OUTCOME)
    labels = sum(f"{opening.words}:" in view.low for opening in layout.openings)
    return (layout, ()) if labels >= 2 else None


def _unknown(source: SourceText, reason: str) -> Determination:
    return Determination(source, Status.UNKNOWN_LAYOUT, (reason,), "", Header(), Reviewer(), None, ())


def _why_unknown(view: View) -> str:
    if not view.text.strip():
        return "the letter holds no text"
    known = ", ".join(layout.id for layout in LAYOUTS)
    return f"no heading of a known layout ({known}) stands in the text; is it a determination of the California IMR?"


def _slices(view: View, layout: Layout, found: Sequence[Found]) -> tuple[ItemSlice, ...]:
    if layout.style is Style.ISSUE:
        return issues_at_dispute(view, layout, found)
    if layout.style is Style.REGARDING:
        return requests_regarded(view, layout, found)
    decisions = [hit for hit in found if hit.part is Part.ITEMS]
    others = [hit.end for hit in found if hit.part is not Part.ITEMS]
    start = decisions[0].end if decisions else max(others, default=0)
    return items_with_outcome(view, layout, start, len(view.text))


def _summary(view: View, found: Sequence[Found], slices: Sequence[ItemSlice]) -> Range | None:
    """The text under the heading of the case summary, the introducing sentence left out; None where there is none."""
    at = next((rank for rank, hit in enumerate(found) if hit.part is Part.SUMMARY), None)
    if at is None:
        return None
    start = found[at].end
    ends = [hit.start for hit in found[at + 1 :]] + [item.whole[0] for item in slices if item.whole[0] >= start]
    end = min(ends, default=len(view.text))
    introduction = _INTRODUCTION.match(view.flat, start, end)
    start, end = view.trim(introduction.end() if introduction else start, end)
    return (start, end) if end > start else None


def _header_end(view: View, found: Sequence[Found], slices: Sequence[ItemSlice]) -> int:
    starts = [hit.start for hit in found if hit.part is not Part.TITLE] + [item.whole[0] for item in slices]
    return min(starts, default=len(view.text))


def _items(view: View, slices: Sequence[ItemSlice], readers: _Readers) -> tuple[Item, ...]:
    requests = [read_request(view, item.heading) for item in slices]
    kinds = [classify(view.flat[slice(*request.disputed)], readers.lexicon) for request in requests]
    surgery = any(kind.category == _SURGERY for kind in kinds)
    return tuple(
        _item(view, number, (piece, request, _in_context(kind, surgery, readers.lexicon)), readers)
        for number, (piece, request, kind) in enumerate(zip(slices, requests, kinds, strict=True), start=1)
    )


def _in_context(kind: Kind, surgery: bool, lexicon: Lexicon) -> Kind:
    entry = lexicon.treatments.get(kind.treatment)
    if follows_surgery(entry, surgery):
        return Kind("surgical-adjunct", kind.treatment, kind.drugs, adjunct=True)
    return kind


def _item(view: View, number: int, parts: tuple[ItemSlice, Request, Kind], readers: _Readers) -> Item:
    piece, request, kind = parts
    category, drug = _category_and_drug(view, request.disputed, kind, readers)
    claims = guideline_line(view, piece.claims, readers.names)
    verdict, verdict_at = read_verdict(view, piece.rationale, readers.verdicts)
    outcome, outcome_at = piece.outcome, piece.outcome_at
    if outcome is Outcome.NONE and piece.worded:
        outcome, outcome_at = _worded_outcome(verdict), verdict_at
    heading = view.flat[slice(*piece.heading)]
    return Item(
        number=number,
        heading=view.words(*piece.heading),
        heading_span=view.span(*piece.whole),
        request=view.words(*request.disputed),
        request_span=view.span(*request.disputed),
        original=view.words(*request.original) if request.original else None,
        authorized=view.words(*request.authorized) if request.authorized else None,
        outcome=outcome,
        outcome_span=view.span(*outcome_at) if outcome_at else None,
        category=category,
        treatment=kind.treatment,
        drug=drug,
        visits=_visits(view, request.disputed, kind, readers),
        body_parts=_body_parts(view, request, readers.lexicon),
        retrospective=_RETROSPECTIVE.search(heading) is not None,
        service_dates=_service_dates(heading),
        claims_guideline=claims,
        reviewer_guideline=guideline_line(view, piece.reviewer, readers.names, claims),
        rationale=view.span(*piece.rationale) if piece.rationale and piece.rationale[1] > piece.rationale[0] else None,
        verdict=verdict,
        verdict_span=view.span(*verdict_at) if verdict_at else None,
    )


def _worded_outcome(verdict: Verdict) -> Outcome:
    """The outcome where the layout prints none beside the reasons: what their last verdict says."""
    return {
        Verdict.NECESSARY: Outcome.OVERTURNED,
        Verdict.NOT_NECESSARY: Outcome.UPHELD,
        Verdict.NONE: Outcome.NONE,
    }[verdict]


def _category_and_drug(view: View, at: Range, kind: Kind, readers: _Readers) -> tuple[str, Drug | None]:
    if kind.drugs:
        preparation = readers.drugs.preparation(view.flat[slice(*at)], kind.drugs)
        return preparation.category, readers.drugs.drug(view, at, preparation)
    if kind.treatment or kind.category != "other":
        return kind.category, None
    drug = readers.drugs.unknown(view, at)
    if drug is None:
        return kind.category, None
    return ("topical" if readers.drugs.is_topical(view.flat[slice(*at)]) else "medication"), drug


def _visits(view: View, at: Range, kind: Kind, readers: _Readers) -> int | None:
    entry = readers.lexicon.treatments.get(kind.treatment)
    if not counts_visits(kind, entry):
        return None
    return visits(view.flat[slice(*at)], readers.amounts, counted=entry is not None and entry.counted)


def _body_parts(view: View, request: Request, lexicon: Lexicon) -> tuple[str, ...]:
    parts = body_parts(view, request.disputed, lexicon)
    return body_parts(view, request.original, lexicon) if not parts and request.original else parts


def _service_dates(heading: str) -> tuple[datetime.date, ...]:
    service = _SERVICE.search(heading)
    if service is None:
        return ()
    dates = (read_date(match.group()) for match in _DATE.finditer(heading))
    return tuple(date for date in dates if date is not None)


def _problems(layout: Layout, found: Sequence[Found], summary: Range | None, items: Sequence[Item]) -> list[str]:
    """What could not be found, one line each."""
    problems: list[str] = []
    if not found:
        problems.append("no section heading found: taken for an excerpt by the labels of its items")
    if summary is None:
        problems.append("no case summary found")
    if not items:
        problems.append(f"no disputed item found in a letter of layout {layout.id}")
    for item in items:
        problems.extend(f"item {item.number}: {problem}" for problem in _item_problems(item))
    return problems


def _item_problems(item: Item) -> list[str]:
    missing = {
        "no request": not item.heading,
        "no outcome": item.outcome is Outcome.NONE,
        "no guideline of the reviewer": item.reviewer_guideline.span is None,
        "no rationale": item.rationale is None,
    }
    return [f"{name} found" for name, is_missing in missing.items() if is_missing]
