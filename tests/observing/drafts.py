"""Letters of a few lines, put together from their parts, for tests of what is observed in guideline lines."""

import datetime
from collections.abc import Sequence
from typing import Any

from checker.knowledge.guidelines import Guidelines
from checker.knowledge.lexicon import Lexicon
from checker.model.determination import (
    Determination,
    Drug,
    GuidelineLine,
    Header,
    Item,
    MtusCitation,
    Outcome,
    Reviewer,
    Slip,
    Status,
    Verdict,
)
from checker.model.facts import Evidence, Fact, Part
from checker.model.source import ReadingText, SourceText, Span
from checker.observing.citations import citation_facts
from checker.observing.letter import Dated, LetterDates

Pages = Sequence[tuple[int, int]]

PAIN = "Chronic Pain Treatment Guidelines"
NO_DATES = LetterDates(None, None, None, "", (), ())


def dates(asked: str | None = None, injured: str | None = None, basis: str = "utilization-review") -> LetterDates:
    day = datetime.date.fromisoformat
    injury = Dated(day(injured), Evidence(Part.HEADER, Span(0, 6))) if injured else None
    return LetterDates(injury, None, day(asked) if asked else None, basis if asked else "", (), ())


def cite(
    chapter: str = PAIN, sections: Sequence[str] = (), pages: Pages = (), year: int | None = None
) -> dict[str, Any]:
    return {"chapter": chapter, "sections": tuple(sections), "pages": tuple(pages), "year": year}


class Letter:
    """A letter of one or more items, whose guideline lines are put together from their parts."""

    def __init__(self, lexicon: Lexicon, summary: str = "The worker hurt a shoulder while lifting.") -> None:
        self.lexicon = lexicon
        self.raw = f"Injury {summary}\n"
        self.summary = Span(7, len(self.raw) - 1)
        self.items: list[Item] = []

    def _put(self, text: str) -> Span:
        start = len(self.raw)
        self.raw += text + "\n"
        return Span(start, start + len(text))

    def line(
        self,
        *citations: dict[str, Any],
        outside: Sequence[str] = (),
        none_cited: bool = False,
        raw: str = "",
        slips: Sequence[str] = (),
    ) -> GuidelineLine:
        parts = [_printed(one) for one in citations]
        text = raw or " ".join([*parts, *outside]) or ("No evidence was cited." if none_cited else "")
        span = self._put(f"MAXIMUS guideline: {text}")
        mtus = []
        for one, printed in zip(citations, parts, strict=True):
            at = self.raw.find(printed, span.start) if not raw else span.start
            whole = Span(at, min(at + len(printed), span.end))
            mtus.append(
                MtusCitation(one["chapter"], one["year"], one["sections"], one["pages"], whole, whole if raw else None)
            )
        marked = tuple(Slip(kind, "as printed", span) for kind in slips)
        return GuidelineLine(text, span, tuple(mtus), tuple(outside), none_cited, slips=marked)

    def item(
        self,
        request: str,
        category: str,
        reviewer: GuidelineLine | None = None,
        claims: GuidelineLine | None = None,
        *,
        body_parts: Sequence[str] = (),
        outcome: Outcome = Outcome.UPHELD,
        rationale: str = "The records do not show it.",
    ) -> Item:
        heading = self._put(f"{request}: Upheld")
        drugs = self.lexicon.drugs_in(request)
        drug = Drug(request, "", None, None, None, drugs[0].entry, heading) if drugs else None
        treatments = self.lexicon.treatments_in(request)
        item = Item(
            number=len(self.items) + 1, heading=request, heading_span=heading, request=request, request_span=heading,
            original=None, authorized=None, outcome=outcome, outcome_span=heading, category=category,
            treatment=treatments[0].entry if treatments and not drugs else "", drug=drug, visits=None,
            body_parts=tuple(body_parts), retrospective=False, service_dates=(),
            claims_guideline=claims or GuidelineLine(), reviewer_guideline=reviewer or GuidelineLine(),
            rationale=self._put(rationale), verdict=Verdict.NOT_NECESSARY, verdict_span=None,
        )  # fmt: skip
        self.items.append(item)
        return item

    def determination(self, header: Header | None = None) -> Determination:
        source = SourceText("own", "own", "", self.raw, ReadingText(self.raw, (0,), (0,), (0,), (0,)))
        return Determination(
            source, Status.OK, (), "own", header or Header(), Reviewer(), self.summary, tuple(self.items)
        )


def _printed(one: dict[str, Any]) -> str:
    year = f" {one['year']}" if one["year"] else ""
    sections = f", {', '.join(one['sections'])}" if one["sections"] else ""
    pages = ", ".join(f"{first}-{last}" for first, last in one["pages"])
    return f"MTUS {one['chapter']}{year}{sections}" + (f" Page(s): {pages}" if pages else "") + "."


def observed(
    letter: Letter, guidelines: Guidelines, when: LetterDates = NO_DATES, number: int = 1, **more: Any
) -> dict[str, Fact]:
    determination = letter.determination(**more)
    item = determination.items[number - 1]
    facts = citation_facts(determination, item, guidelines, letter.lexicon, when)
    return {fact.name: fact for fact in facts}


def one_item(lexicon: Lexicon, request: str, category: str, *citations: dict[str, Any], **more: Any) -> Letter:
    letter = Letter(lexicon)
    outside = more.pop("outside", ())
    letter.item(request, category, letter.line(*citations, outside=outside), **more)
    return letter
