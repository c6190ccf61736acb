"""Guideline lines: which chapter, year, sections and pages each side cites, and which references are malformed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.model.determination import GuidelineLine, MtusCitation
from checker.parsing.guideline_names import GuidelineNames
from checker.parsing.pages import Pages, pages_in
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
_NONE_CITED = re.compile(
    r"\b(?:did not|does not|failed to|not)\s+(?:cite|provide|reference|identify|list|name|specify)\s+(?:any|a|an)\b|"
    r"\bcited no\b|\bno (?:medical )?(?:evidence|guidelines?|criteria) (?:was|were|is|are) (?:cited|provided)\b",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"\boutside (?:of )?the (?:MTUS|Medical Treatment Utilization Schedule)\b|"
    r"\bnot base (?:their|its|his/her|his or her|his|her|the) decisions? on (?:the )?MTUS\b|"
    r"\bnot (?:a )?part of the MTUS\b|\bnot in the MTUS\b",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    r"\b(?:section|guideline|citation)s?\b.{0,40}\b(?:used|relied (?:up)?on|cited) by the claims administrator\b|"
    r"\bsame (?:section|guideline|citation)s? (?:as|used|cited)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\s*,?\s*(?P<year>(?:19|20)\d\d)\b(?!\))")
_AFTER_NAME = re.compile(r"\s*(?:Chapter|Guidelines?|Medical Treatment Guidelines)?\s*,?\s*\(", re.IGNORECASE)
_YEAR_INSIDE = re.compile(r"\b(?:19|20)\d\d\b")
_ACOEM_LEAD = re.compile(
    r"(?:the\s+)?(?:MTUS\s*[/-]?\s*)?(?:ACOEM\s*)?(?:Practice\s+)?(?:Guidelines?)?\s*,?\s*"
    r"(?:2nd Edition\s*,?\s*)?(?:\(2004\)\s*,?\s*)?(?:Chapter\s+\d{1,2}\s*[,:-]?\s*)?",
    re.IGNORECASE,
)
_CHAPTER_NUMBER = re.compile(r"\bChapter\s+(?P<number>\d{1,2})\b", re.IGNORECASE)
_UNKNOWN_CHAPTER = re.compile(r"(?P<name>[A-Z][A-Za-z,&'/ -]{2,78}?)\s+(?P<year>(?:19|20)\d\d)(?=\s*(?:[,.;]|$))")
_JOINT = re.compile(r"(?:,|;)?\s+and\s+|;\s+")
_SECTION_OR_PAGE = re.compile(r",?\s*(?:Sections?(?:\(s\))?\s*:|Pages?(?:\(s\))?\s*:?)|\.\s*$", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"\s*,?\s*(?:which\b|because\b|as (?:it|they|the)\b|since\b|relevant and\b|\bwas found\b|for the employee|"
    r"to be relevant|are relevant|is relevant|and found\b|in making\b|that (?:is|are)\b)|\.(?=\s+[A-Z])|\.\s*$",
    re.IGNORECASE,
)
_PROSE_VERB = re.compile(
    r"\b(?:based (?:its|his/her|their|his|her|the) decision on|relied (?:up)?on|cited|found|used|based on)"
    r"\s+(?:the\s+)?",
    re.IGNORECASE,
)
_GUIDELINES = re.compile(r"\s*Guidelines?", re.IGNORECASE)


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
    clauses = list(_CLAUSE.finditer(text, start, end))
    if clauses:
        citations, others = _clauses(view, clauses, end, names)
    else:
        citations, others = _prose(view, at, names)
    if not citations and not others and claims is not None and _AGAIN.search(text, start, end):
        citations, others = list(claims.mtus), list(claims.non_mtus)
    return GuidelineLine(
        raw=view.words(start, end),
        span=view.span(start, end),
        mtus=tuple(citations),
        non_mtus=tuple(others),
        none_cited=bool(_NONE_CITED.search(text, start, end)),
        outside_mtus=bool(_OUTSIDE.search(text, start, end)),
        slips=slips_in(view, at, names),
    )


def _clauses(
    view: View, clauses: Sequence[re.Match[str]], end: int, names: GuidelineNames
) -> tuple[list[MtusCitation], list[str]]:
    """The fixed form: "Decision based on MTUS ... Decision based on Non-MTUS Citation ..."."""
    citations: list[MtusCitation] = []
    others: list[str] = []
    stops = [*(clause.start() for clause in clauses[1:]), end]
    for clause, stop in zip(clauses, stops, strict=True):
        if clause["non"] is None and clause["mtus"] is not None:
            other = _OTHER_TREATMENT.search(view.flat, clause.end(), stop)
            citations.extend(_mtus(view, clause.end(), other.start() if other else stop, names))
            others.extend(_split_others(view, other.end(), stop) if other else ())
        else:
            others.extend(_split_others(view, clause.end(), stop))
    return citations, others


def _split_others(view: View, start: int, end: int) -> Iterable[str]:
    for piece in _OTHER_TREATMENT.split(view.flat[start:end]):
        words = " ".join(piece.split()).rstrip(".").strip()
        if words:
            yield words


@dataclass(frozen=True, slots=True)
class _Head:
    """The name of a chapter with its year; ``start`` is where it stands, ``after`` where the text goes on."""

    start: int
    after: int
    name: str
    year: int | None


def _mtus(view: View, start: int, end: int, names: GuidelineNames) -> list[MtusCitation]:
    """The chapters of one clause, each with what follows it up to the next."""
    heads = [_first_head(view, start, end, names)]
    stops: list[int] = []
    for joint in _JOINT.finditer(view.flat, heads[0].after, end):
        head = _later_head(view, joint.end(), end, names)
        if head and joint.start() >= heads[-1].after:
            heads.append(head)
            stops.append(joint.start())
    stops.append(end)
    return [
        _citation(view, head, stop, names)
        for head, stop in zip(heads, stops, strict=True)
        if head.name or view.flat[head.after : stop].strip(" .")
    ]


def _first_head(view: View, start: int, end: int, names: GuidelineNames) -> _Head:
    lead = _ACOEM_LEAD.match(view.flat, start, end)
    begin = lead.end() if lead else start
    head = _known_head(view, begin, end, names) or _unknown_head(view, start, end)
    if head:
        return head
    number = _CHAPTER_NUMBER.search(view.flat, start, begin)
    chapter = names.by_number.get(int(number["number"])) if number else None
    if chapter:
        return _Head(start, begin, chapter.name, None)
    stop = _SECTION_OR_PAGE.search(view.flat, start, end)
    after = stop.start() if stop else end
    return _Head(start, after, view.words(start, after).rstrip(" .,"), None)


def _later_head(view: View, at: int, end: int, names: GuidelineNames) -> _Head | None:
    head = _known_head(view, at, end, names) or _unknown_head(view, at, min(end, at + 90))
    return None if head and "Section" in head.name else head


def _known_head(view: View, at: int, end: int, names: GuidelineNames) -> _Head | None:
    known = names.pattern.match(view.flat, at, end)
    if known is None:
        return None
    after, year = _year(view, known.end(), end)
    return _Head(at, after, view.words(*known.span()), year)


def _unknown_head(view: View, at: int, end: int) -> _Head | None:
    """A chapter that the table does not hold: capitalised words and a year."""
    unknown = _UNKNOWN_CHAPTER.match(view.flat, at, end)
    return _Head(at, unknown.end(), unknown["name"].strip(), int(unknown["year"])) if unknown else None


def _year(view: View, at: int, end: int) -> tuple[int, int | None]:
    """The year right after a chapter's name, bare or in brackets, and where the text goes on."""
    bare = _YEAR.match(view.flat, at, end)
    if bare:
        return bare.end(), int(bare["year"])
    bracket = _AFTER_NAME.match(view.flat, at, end)
    if bracket is None:
        return at, None
    close = _closing(view.flat, bracket.end(), min(end, bracket.end() + 120))
    years = _YEAR_INSIDE.findall(view.flat, bracket.end(), close)
    return (min(close + 1, end), int(years[-1])) if years else (at, None)


def _closing(text: str, at: int, end: int) -> int:
    """Where the bracket that opened before ``at`` closes; ``end`` where it does not."""
    depth = 1
    while at < end:
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
        at += 1
    return end


def _citation(view: View, head: _Head, end: int, names: GuidelineNames) -> MtusCitation:
    pages = pages_in(view.flat, head.after, end)
    start, stop = view.trim(head.start, end)
    while stop > start and view.flat[stop - 1] in " ,;.":
        stop -= 1
    return MtusCitation(
        chapter=head.name,
        year=head.year,
        sections=names.sections.split(_without_runs(view.flat, head.after, end, pages)),
        pages=tuple((page.first, page.last) for page in pages.ranges),
        span=view.span(start, stop),
        page_span=view.span(*pages.at) if pages.at else None,
    )


def _without_runs(text: str, start: int, end: int, pages: Pages) -> str:
    """What is left of a citation when the pages are cut out."""
    pieces: list[str] = []
    for run in pages.runs:
        pieces.append(text[start : run[0]])
        start = run[1]
    pieces.append(text[start:end])
    return ", ".join(pieces)


def _prose(view: View, at: Range, names: GuidelineNames) -> tuple[list[MtusCitation], list[str]]:
    """A sentence of the older layouts: every chapter and every other source it names, up to the next."""
    start, end = at
    text = view.flat
    heads = sorted((*names.pattern.finditer(text, start, end), *names.others.finditer(text, start, end)),
                   key=lambda match: match.start())  # fmt: skip
    citations: list[MtusCitation] = []
    others: list[str] = []
    for rank, head in enumerate(heads):
        stop = heads[rank + 1].start() if rank + 1 < len(heads) else end
        if names.others.fullmatch(text, *head.span()):
            if rank == 0 or text[heads[rank - 1].end() : head.start()].strip() != "(":
                others.append(_until_clause_end(view, head.start(), stop))
            continue
        after, year = _year(view, head.end(), stop)
        cut = _CLAUSE_END.search(text, after, stop)
        chapter = _Head(head.start(), after, view.words(*head.span()), year)
        citations.append(_citation(view, chapter, cut.start() if cut else stop, names))
    if not heads:
        return _by_number_or_verb(view, at, names)
    return citations, [other for other in others if other]


def _until_clause_end(view: View, start: int, stop: int) -> str:
    cut = _CLAUSE_END.search(view.flat, start, stop)
    return view.words(start, cut.start() if cut else stop).rstrip(" .,;")


def _by_number_or_verb(view: View, at: Range, names: GuidelineNames) -> tuple[list[MtusCitation], list[str]]:
    """A sentence that names no known guideline: an ACOEM chapter by its number, "the MTUS", or some other source."""
    start, end = at
    number = _CHAPTER_NUMBER.search(view.flat, start, end)
    chapter = names.by_number.get(int(number["number"])) if number else None
    verb = _PROSE_VERB.search(view.flat, start, end)
    if verb is None or _NONE_CITED.search(view.flat, start, end):
        return [], []
    cut = _CLAUSE_END.search(view.flat, verb.end(), end)
    stop = cut.start() if cut else end
    if number and chapter and "acoem" in view.low[start:end]:
        return [_citation(view, _Head(verb.end(), number.end(), chapter.name, None), stop, names)], []
    if _AGAIN.search(view.flat, start, end):
        return [], []
    if "mtus" in view.low[verb.end() : stop]:
        after = view.low.find("mtus", verb.end()) + len("mtus")
        guidelines = _GUIDELINES.match(view.flat, after, stop)
        head = _Head(verb.end(), guidelines.end() if guidelines else after, "MTUS", None)
        return [_citation(view, head, stop, names)], []
    words = view.words(verb.end(), stop).rstrip(" .,;")
    return [], [words] if words else []
