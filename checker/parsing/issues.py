"""Disputed items under headings of their own: layouts "Medical Professional Review" and "Notice" of 2013."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

from checker.model.determination import Outcome
from checker.parsing.headings import Found
from checker.parsing.layouts import Label, Layout, Part
from checker.parsing.marks import Mark, label_marks
from checker.parsing.slices import MOST_ITEMS, ItemSlice, Range
from checker.parsing.view import View

_NUMBER = re.compile(r"\(?\d{1,2}[.)]\)?\s*|[-•*]\s+")
_REGARDING = re.compile(
    r"(?:\(?(?P<number>\d{1,2})[.)]\)?\s*)?(?P<words>(?:with\s+)?regard(?:ing|s?\s+to)\s+the\s+requests?\s+for)\s+",
    re.IGNORECASE,
)
_DETERMINED = re.compile(
    r"(?:\(?(?P<number>\d{1,2})[.)]\)?\s*)?MAXIMUS Federal Services,?(?: Inc\.?)?,? has determined (?:that )?"
    r"the requests? for (?P<request>.{1,600}?)\s+(?P<verdict>(?:is|are|was|were)\s+(?P<no>not\s?-?\s?)?medically\s+"
    r"necessary(?:\s+(?:and|or)\s+appropriate)?)",
    re.IGNORECASE,
)
_RATIONALES = {
    Part.NOT_NECESSARY: Outcome.UPHELD,
    Part.NECESSARY: Outcome.OVERTURNED,
    Part.RATIONALE: Outcome.NONE,
}
_LONGEST_HEADING = 600


def issues_at_dispute(view: View, layout: Layout, found: Sequence[Found]) -> tuple[ItemSlice, ...]:
    """Items named by "ISSUE AT DISPUTE"; the outcome stands in the heading of the rationale."""
    bounds = [*(hit.start for hit in found), len(view.text)]
    sections = [(hit, (hit.end, max(bounds[at + 1], hit.end))) for at, hit in enumerate(found)]
    listed = ((at, text) for at, (hit, body) in enumerate(sections) if hit.part is Part.ISSUE
              for text in _listed(view, body))  # fmt: skip
    issues = list(islice(listed, MOST_ITEMS + 1))
    bodies = _bodies(sections, [at for at, _ in issues])
    sides = cache(partial(_sides, view, layout))  # issues listed together share theirs
    return tuple(
        _issue(view, sections[at][0].start, text, body, sides) for (at, text), body in zip(issues, bodies, strict=True)
    )


Section = tuple[Found, Range]


def _bodies(sections: list[Section], issues: list[int]) -> list[tuple[Section | None, Section | None]]:
    """For each issue its guideline and its rationale section.

    Between an issue and the next everything is its own. Issues listed together share what follows, or take it in turn
    where there are as many rationales as issues.
    """
    bodies: list[tuple[Section | None, Section | None]] = []
    for rank, at in enumerate(issues):
        later = next((other for other in issues if other > at), len(sections))
        together = [other for other in issues if other == at]
        guidelines = [s for s in sections[at:later] if s[0].part is Part.GUIDELINE]
        rationales = [s for s in sections[at:later] if s[0].part in _RATIONALES]
        turn = rank - issues.index(at)
        bodies.append((_pick(guidelines, turn, len(together)), _pick(rationales, turn, len(together))))
    return bodies


def _pick(sections: list[Section], turn: int, issues: int) -> Section | None:
    if not sections:
        return None
    return sections[turn] if len(sections) >= issues else sections[0]


def _listed(view: View, body: Range) -> Iterable[Range]:
    """The requests under one heading: one a numbered paragraph, else all of it."""
    starts = {view.trim(*body)[0], *(start for start in view.paragraphs() if body[0] <= start < body[1])}
    numbered = [start for start in sorted(starts) if _NUMBER.match(view.flat, start, body[1])]
    if len(numbered) < 2:
        start, end = view.trim(*body)
        end = min(end, start + _LONGEST_HEADING)
        yield _without_number(view, start, end)
        return
    for begin, stop in zip(numbered, [*numbered[1:], body[1]], strict=True):
        start, end = view.trim(begin, stop)
        yield _without_number(view, start, min(end, start + _LONGEST_HEADING))


def _without_number(view: View, start: int, end: int) -> Range:
    number = _NUMBER.match(view.flat, start, end)
    start, end = view.trim(number.end() if number else start, end)
    while end > start and view.flat[end - 1] in " :;.":
        end -= 1
    return start, end


def _issue(
    view: View,
    start: int,
    heading: Range,
    body: tuple[Section | None, Section | None],
    sides: Callable[[Range], tuple[Range | None, Range | None]],
) -> ItemSlice:
    guideline, rationale = body
    claims, reviewer = sides(guideline[1]) if guideline else (None, None)
    outcome = _RATIONALES[rationale[0].part] if rationale else Outcome.NONE
    said = rationale is not None and outcome is not Outcome.NONE
    return ItemSlice(
        heading=heading,
        whole=view.trim(start, max(heading[1], start)),
        outcome=outcome,
        outcome_at=view.trim(rationale[0].start, rationale[0].end) if rationale and said else None,
        claims=claims,
        reviewer=reviewer,
        rationale=view.trim(*rationale[1]) if rationale else None,
        worded=True,
    )


def _sides(view: View, layout: Layout, body: Range) -> tuple[Range | None, Range | None]:
    """What the claims administrator and what the reviewer relied on; all of it the reviewer's where nobody is named."""
    marks = [mark for mark in label_marks(view, layout, *body) if mark.label is not Label.RATIONALE]
    claims = _joined(view, marks, Label.CLAIMS, body[1])
    reviewer = _joined(view, marks, Label.REVIEWER, body[1])
    if not marks:
        reviewer = view.trim(*body)
    return claims, reviewer


def _joined(view: View, marks: list[Mark], label: Label, end: int) -> Range | None:
    """From the first sentence of one side up to the first of the other."""
    first = next((mark for mark in marks if mark.label is label), None)
    if first is None:
        return None
    stop = next((mark.start for mark in marks if mark.start > first.start and mark.label is not label), end)
    return view.trim(first.start, stop)


@dataclass(frozen=True, slots=True)
class _Notice:
    """A notice with what its items look up."""

    view: View
    layout: Layout
    found: Sequence[Found]
    determined: list[re.Match[str]]
    end: int


def requests_regarded(view: View, layout: Layout, found: Sequence[Found]) -> tuple[ItemSlice, ...]:
    """Items that begin "1) Regarding the request for"; the outcome stands in the list of determinations before."""
    end = next((hit.start for hit in found if hit.part is Part.END), len(view.text))
    notice = _Notice(view, layout, found, _determinations(view), end)
    heads = list(islice((m for m in _REGARDING.finditer(view.flat) if _begins_item(view, m)), MOST_ITEMS + 1))
    if not heads:
        return tuple(_bare(view, match) for match in notice.determined)
    stops = [*(match.start() for match in heads[1:]), max(end, heads[-1].end())]
    return tuple(_regarded(notice, match, rank, stops[rank]) for rank, match in enumerate(heads))


def _begins_item(view: View, match: re.Match[str]) -> bool:
    return match["number"] is not None or view.is_line_start(match.start()) or match["words"][0].isupper()


def _determinations(view: View) -> list[re.Match[str]]:
    """The list of determinations; letters print it twice, and the first print counts."""
    seen: dict[str, re.Match[str]] = {}
    for match in _DETERMINED.finditer(view.flat):
        if len(seen) > MOST_ITEMS:
            break
        seen.setdefault(" ".join(match["request"].lower().split()), match)
    return list(seen.values())


def _regarded(notice: _Notice, head: re.Match[str], rank: int, end: int) -> ItemSlice:
    view = notice.view
    inside = [hit for hit in notice.found if head.end() <= hit.start < end]
    first = min((hit.start for hit in inside), default=end)
    heading = _regarded_request(view, head.end(), first)
    at = next((rank for rank, hit in enumerate(inside) if hit.part in _RATIONALES), None)
    rationale = inside[at].end if at is not None else None
    after = min((hit.start for hit in inside[at + 1 :]), default=end) if at is not None else end
    limit = inside[at].start if at is not None else end
    claims, reviewer = _sides(view, notice.layout, (heading[1], limit)) if limit > first else (None, None)
    decision = _decision(notice, head["number"], heading, rank)
    return ItemSlice(
        heading=heading,
        whole=view.trim(head.start(), heading[1]),
        outcome=_outcome(decision),
        outcome_at=decision.span("verdict") if decision else None,
        claims=claims,
        reviewer=reviewer,
        rationale=view.trim(rationale, max(after, rationale)) if rationale is not None else None,
        worded=True,
    )


def _regarded_request(view: View, start: int, first: int) -> Range:
    """The request up to its colon, the next heading or the end of its paragraph."""
    stop = min(view.paragraph_end(start), first, start + _LONGEST_HEADING)
    return _without_number(view, start, max(stop, start))


def _decision(notice: _Notice, number: str | None, heading: Range, rank: int) -> re.Match[str] | None:
    """The determination of the same request, else of the same number, else of the same place in the list."""
    determined = notice.determined
    words = notice.view.words(*heading).lower()
    for match in determined:
        if " ".join(match["request"].lower().split()) == words:
            return match
    for match in determined:
        if number is not None and match["number"] == number:
            return match
    return determined[rank] if rank < len(determined) else None


def _outcome(decision: re.Match[str] | None) -> Outcome:
    if decision is None:
        return Outcome.NONE
    return Outcome.UPHELD if decision["no"] else Outcome.OVERTURNED


def _bare(view: View, match: re.Match[str]) -> ItemSlice:
    """An item of which the letter holds the determination only."""
    return ItemSlice(
        heading=view.trim(*match.span("request")),
        whole=view.trim(*match.span()),
        outcome=_outcome(match),
        outcome_at=match.span("verdict"),
        claims=None,
        reviewer=None,
        rationale=None,
    )
