"""Guideline lines: which chapter, year, sections and pages each side cites, and which references are malformed."""

import re
from collections.abc import Iterable, Sequence

from checker.model.determination import GuidelineLine, MtusCitation
from checker.parsing.citation_parts import Head, Line, citation, year_after
from checker.parsing.guideline_names import GuidelineNames
from checker.parsing.pages import pages_in
from checker.parsing.prose_citations import CHAPTER_NUMBER, prose_citations
from checker.parsing.slices import Range
from checker.parsing.slips import slips_in
from checker.parsing.view import View

_CLAUSE = re.compile(
    r"Decision(?: is| was)? based on\s+(?:the\s+)?(?P<non>Non-?\s?MTUS(?:\s+Citations?)?\s*:?\s*)?"
    r"(?P<mtus>(?:the\s+)?(?:California\s+|CA\s+)?MTUS\b(?:/ACOEM)?[:,]?\s*)?",
    re.IGNORECASE,
)
_OTHER_TREATMENT = re.compile(
    r"\s*(?:\band/?(?:or)?\s+)?Other Medical Treatment Guidelines?(?:\s+or\s+Medical\s+Evidence)?\s*:?\s*",
    re.IGNORECASE,
)
# The next four are matched against lower case.
_NONE_CITED = re.compile(
    r"\b(?:did not|does not|failed to|not)\s+(?:cite|provide|reference|identify|list|name|specify)\s+(?:any|a|an)\b|"
    r"\bcited no\b|\bno (?:medical )?(?:evidence|guidelines?|criteria) (?:was|were|is|are) (?:cited|provided)\b"
)
_OUTSIDE = re.compile(
    r"\boutside (?:of )?the (?:mtus|medical treatment utilization schedule)\b|"
    r"\bnot base (?:their|its|his/her|his or her|his|her|the) decisions? on (?:the )?mtus\b"
)
_NOT_PART = re.compile(r"\bnot (?:a )?part of the mtus\b|\bnot in the mtus\b|\bnon-?\s?mtus\b")
_AGAIN = re.compile(
    r"\b(?:section|guideline|citation)s?\b.{0,40}\b(?:used|relied (?:up)?on|cited) by the claims administrator\b|"
    r"\bsame (?:section|guideline|citation)s? (?:as|used|cited)\b"
)
_BEFORE_OTHER = re.compile(
    r"(?:[;,.]\s*(?:and\s+)?|\band\s+)(?:the\s+)?(?:Non-?\s?MTUS\s+(?:Citations?:?\s+)?)?$", re.IGNORECASE
)
_LONGEST_BEFORE = 32
_ACOEM_LEAD = re.compile(
    r"(?:the\s+)?(?:MTUS\s*[/-]?\s*)?(?:ACOEM\s*)?(?:Practice\s+)?(?:Guidelines?)?\s*,?\s*"
    r"(?:2nd Edition\s*,?\s*)?(?:\(2004\)\s*,?\s*)?(?:Chapter\s+\d{1,2}\s*[,:-]?\s*)?",
    re.IGNORECASE,
)
_UNKNOWN_CHAPTER = re.compile(r"(?P<name>[A-Z][A-Za-z,&'/ -]{2,78}?)\s+(?P<year>(?:19|20)\d\d)(?=\s*(?:[,.;]|$))")
_JOINT = re.compile(r"(?:,|;)?\s+and\s+|;\s+")
_SECTION_OR_PAGE = re.compile(r",?\s*(?:Sections?(?:\(s\))?\s*:|Pages?(?:\(s\))?\s*:?)|\.\s*$", re.IGNORECASE)
_NEGATIONS = ("not", "no ", "failed")
_LONGEST_NAME = 90


def guideline_line(
    view: View, at: Range | None, names: GuidelineNames, claims: GuidelineLine | None = None
) -> GuidelineLine:
    """Take one guideline line apart.

    Args:
        view: The letter.
        at: The line without its label; None where the letter has none.
        names: The names of guidelines.
        claims: What the claims administrator relied on, for a reviewer who relied "on the section used by" it.

    Returns:
        The line; empty where there is none.
    """
    if at is None:
        return GuidelineLine()
    start, end = at
    text = view.flat
    line = Line(view, start, end, names, names.find(view, at), pages_in(text, start, end))
    clauses = list(_CLAUSE.finditer(text, start, end))
    said = view.low[start:end]
    none_cited = any(word in said for word in _NEGATIONS) and _NONE_CITED.search(said) is not None
    again = claims is not None and not clauses and _AGAIN.search(said) is not None
    citations: Sequence[MtusCitation] = ()
    others: Sequence[str] = ()
    if clauses:
        citations, others = _clauses(line, clauses)
    elif line.named or not (none_cited or again):
        citations, others = prose_citations(line)
    elif claims is not None and again:
        citations, others = claims.mtus, claims.non_mtus
    outside = ("outside" in said or "not base" in said) and _OUTSIDE.search(said) is not None
    if not citations and not clauses:
        outside = outside or _NOT_PART.search(said) is not None
    return GuidelineLine(
        raw=view.words(start, end),
        span=view.span(start, end),
        mtus=tuple(citations),
        non_mtus=tuple(others),
        none_cited=none_cited,
        outside_mtus=outside,
        slips=slips_in(line),
    )


def _clauses(line: Line, clauses: Sequence[re.Match[str]]) -> tuple[list[MtusCitation], list[str]]:
    """The fixed form: "Decision based on MTUS ... Decision based on Non-MTUS Citation ..."."""
    citations: list[MtusCitation] = []
    others: list[str] = []
    stops = [*(clause.start() for clause in clauses[1:]), line.end]
    for clause, stop in zip(clauses, stops, strict=True):
        if clause["non"] is None and clause["mtus"] is not None:
            other = _other_source(line, clause.end(), stop)
            citations.extend(_mtus(line, clause.end(), other[0]))
            others.extend(_split_others(line.view, other[1], stop))
        else:
            others.extend(_split_others(line.view, clause.end(), stop))
    return citations, others


def _other_source(line: Line, start: int, end: int) -> Range:
    """Where the sources outside the schedule begin in a clause on it: end of the one, start of the other."""
    flat = line.view.flat
    label = _OTHER_TREATMENT.search(flat, start, end)
    if label:
        return label.span()
    for named in line.named:
        if named.chapter is None and start <= named.start < end:
            before = _BEFORE_OTHER.search(flat, max(start, named.start - _LONGEST_BEFORE), named.start)
            if before:
                return before.start(), named.start
    return end, end


def _split_others(view: View, start: int, end: int) -> Iterable[str]:
    for piece in _OTHER_TREATMENT.split(view.flat[start:end]):
        words = " ".join(piece.split()).rstrip(".").strip()
        if words:
            yield words


def _mtus(line: Line, start: int, end: int) -> list[MtusCitation]:
    """The chapters of one clause, each with what follows it up to the next."""
    heads = [_first_head(line, start, end)]
    stops: list[int] = []
    for joint in _JOINT.finditer(line.view.flat, heads[0].after, end):
        head = _later_head(line, joint.end(), end)
        if head and joint.start() >= heads[-1].after:
            heads.append(head)
            stops.append(joint.start())
    stops.append(end)
    return [
        citation(line, head, stop)
        for head, stop in zip(heads, stops, strict=True)
        if head.name or line.view.flat[head.after : stop].strip(" .")
    ]


def _first_head(line: Line, start: int, end: int) -> Head:
    flat = line.view.flat
    lead = _ACOEM_LEAD.match(flat, start, end)
    begin = lead.end() if lead else start
    head = _known_head(line, begin, end) or _unknown_head(line.view, start, end)
    if head:
        return head
    number = CHAPTER_NUMBER.search(flat, start, begin)
    chapter = line.names.by_number.get(int(number["number"])) if number else None
    if chapter:
        return Head(start, begin, chapter.name, None)
    stop = _SECTION_OR_PAGE.search(flat, start, end)
    after = stop.start() if stop else end
    return Head(start, after, line.view.words(start, after).rstrip(" .,"), None)


def _later_head(line: Line, at: int, end: int) -> Head | None:
    head = _known_head(line, at, end) or _unknown_head(line.view, at, min(end, at + _LONGEST_NAME))
    return None if head and "Section" in head.name else head


def _known_head(line: Line, at: int, end: int) -> Head | None:
    named = line.chapter_at(at)
    if named is None or named.end > end:
        return None
    after, year = year_after(line.view, named.end, end)
    return Head(at, after, line.view.words(at, named.end), year)


def _unknown_head(view: View, at: int, end: int) -> Head | None:
    """A chapter that the table does not hold: capitalised words and a year."""
    unknown = _UNKNOWN_CHAPTER.match(view.flat, at, end)
    return Head(at, unknown.end(), unknown["name"].strip(), int(unknown["year"])) if unknown else None
