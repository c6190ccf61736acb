"""Guideline lines of the older layouts: sentences such as "The Physician Reviewer relied on the MTUS, pages 76-80"."""

import re

from checker.model.determination import MtusCitation
from checker.parsing.citation_parts import LOOSE_END, YEAR_INSIDE, Head, Line, citation, year_after
from checker.parsing.guideline_names import NamedGuideline

CHAPTER_NUMBER = re.compile(r"\bChapter\s+(?P<number>\d{1,2})\b", re.IGNORECASE)
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


def prose_citations(line: Line) -> tuple[list[MtusCitation], list[str]]:
    """Every chapter and every other source that the line names, each up to the next."""
    heads = _heads(line)
    if not heads:
        return _unnamed(line)
    citations: list[MtusCitation] = []
    others: list[str] = []
    stops = [*(head.start for head in heads[1:]), line.end]
    for head, stop in zip(heads, stops, strict=True):
        if head.chapter is None:
            others.append(_until_clause_end(line, head.start, stop))
            continue
        after, year = year_after(line.view, head.end, stop)
        cut = _CLAUSE_END.search(line.view.flat, after, stop)
        chapter = Head(head.start, after, line.view.words(head.start, head.end), year)
        citations.append(citation(line, chapter, cut.start() if cut else stop))
    return citations, others


def _heads(line: Line) -> list[NamedGuideline]:
    """The guidelines named in order; "(ODG)" right after a name is the same source."""
    kept: list[NamedGuideline] = []
    for named in line.named:
        if not kept or line.view.flat[kept[-1].end : named.start].strip() != "(":
            kept.append(named)
    return kept


def _until_clause_end(line: Line, start: int, stop: int) -> str:
    cut = _CLAUSE_END.search(line.view.flat, start, stop)
    return LOOSE_END.sub("", line.view.words(start, cut.start() if cut else stop))


def _unnamed(line: Line) -> tuple[list[MtusCitation], list[str]]:
    """A line that names no known guideline: an ACOEM chapter by number or region, "the MTUS", or another source."""
    view = line.view
    verb = _PROSE_VERB.search(view.flat, line.start, line.end)
    begin = verb.end() if verb else line.start
    cut = _CLAUSE_END.search(view.flat, begin, line.end)
    stop = cut.start() if cut else line.end
    head = _acoem_head(line, begin, stop) or _schedule_head(line, begin, stop)
    if head:
        return [citation(line, head, stop)], []
    words = LOOSE_END.sub("", view.words(begin, stop)) if verb else ""
    return [], [words] if words else []


def _acoem_head(line: Line, start: int, stop: int) -> Head | None:
    flat = line.view.flat
    if "acoem" not in line.view.low[start:stop]:
        return None
    number = CHAPTER_NUMBER.search(flat, start, stop)
    chapter = line.names.by_number.get(int(number["number"])) if number else line.names.region(flat[start:stop])
    if chapter is None:
        return None
    years = YEAR_INSIDE.findall(flat, start, stop)
    return Head(start, number.end() if number else stop, chapter.name, int(years[-1]) if years else None)


def _schedule_head(line: Line, start: int, stop: int) -> Head | None:
    at = line.view.low.find("mtus", start, stop)
    if at < 0:
        return None
    after = at + len("mtus")
    name = _GUIDELINES.match(line.view.flat, after, stop)
    after, year = year_after(line.view, name.end() if name else after, stop)
    return Head(start, after, "MTUS", year)
