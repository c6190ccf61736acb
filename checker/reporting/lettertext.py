"""The letter's text for the page: one flow that reads as unwrapped paragraphs and as the original lines.

Both views are the same HTML. Line ends inside a paragraph fold away in the reading view because white space does; what
the reading text leaves out (a line end after a hyphen, running heads, space between paragraphs) stands in pieces of
the kind "cut", which only the original view shows.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from checker.model.determination import Determination
from checker.model.source import SourceText, Span
from checker.reporting.evidence import Mark
from checker.reporting.segments import segments
from checker.reporting.visible import markup

_SEVERITIES = ("error", "warning", "note")
_BLANK = " \t\n\r\x0b\x0c"
"""White space that a browser folds away; other kinds it shows."""
_HEADING_LENGTH = 120
_HEADING_LETTERS = 8
_SOLID = re.compile(r"\S")
_LINE = 80
"""Characters of a line of the page, for the places on the minimap."""


class Note(NamedTuple):
    """A footnote marker behind the words: links to the quote in its finding."""

    label: str
    severity: str


class Piece(NamedTuple):
    """A run of text that looks the same all through.

    Attributes:
        text: Escaped.
        kind: "" for plain text, "mark" for words of a finding, "cited" for words of the criteria matrix only, "cut".
        style: Classes of a mark: its worst severity and, where several overlap, how many.
        ids: Ids of the marks that begin here.
        quotes: Labels of all quotes that cover it, blank separated.
        notes: Footnote markers of the quotes that end here.
    """

    text: Markup
    kind: str = ""
    style: str = ""
    ids: tuple[str, ...] = ()
    quotes: str = ""
    notes: tuple[Note, ...] = ()


class Block(NamedTuple):
    """A paragraph of the letter.

    Attributes:
        kind: heading (of an item), section, summary, guideline, rationale or text.
        item: Number of the item whose heading begins here, 0 otherwise.
        pieces: Its text.
    """

    kind: str
    item: int
    pieces: tuple[Piece, ...]


class Tick(NamedTuple):
    """Where a quote stands on the minimap, in thousandths of the letter's height."""

    at: int
    words: str
    severity: str


@dataclass(frozen=True, slots=True)
class LetterText:
    """The text of a letter, cut into what is folded at the start and what is not.

    Attributes:
        opening: What stands before the case summary; fixed wording in most letters.
        opening_length: Its length in characters.
        opening_open: Something in it is marked, so it is not folded.
        body: The rest.
        ticks: The minimap.
    """

    opening: tuple[Block, ...]
    opening_length: int
    opening_open: bool
    body: tuple[Block, ...]
    ticks: tuple[Tick, ...]


class _Region(NamedTuple):
    start: int
    end: int
    kind: str
    item: int


@dataclass(slots=True)
class _Stretch:
    """A block before its pieces are made: a range of the raw text with the ranges that only the original view shows."""

    start: int
    end: int
    kind: str = "text"
    item: int = 0
    cuts: tuple[tuple[int, int], ...] = ()


def letter_text(parsed: Determination, marks: Sequence[Mark]) -> LetterText:
    """Lay out a letter.

    Args:
        parsed: The letter.
        marks: What is pointed at; in the order in which overlapping labels shall stand.
    """
    stretches = _stretches(parsed)
    first = _opening_ends(stretches)
    blocks = [_block(parsed.source.raw, s, near) for s, near in zip(stretches, _near(stretches, marks), strict=True)]
    opening_end = stretches[first].start if first else 0
    return LetterText(
        opening=tuple(blocks[:first]),
        opening_length=opening_end,
        opening_open=any(mark.start < opening_end for mark in marks),
        body=tuple(blocks[first:]),
        ticks=_ticks(stretches, first, marks),
    )


def _regions(parsed: Determination) -> list[_Region]:
    found: list[_Region] = []

    def add(span: Span | None, kind: str, item: int = 0) -> None:
        if span is not None and len(span):
            found.append(_Region(span.start, span.end, kind, item))

    add(parsed.summary, "summary")
    for item in parsed.items:
        add(item.heading_span, "heading", item.number)
        add(item.claims_guideline.span, "guideline")
        add(item.reviewer_guideline.span, "guideline")
        add(item.rationale, "rationale")
    return sorted(found, key=lambda region: region.start)


def _stretches(parsed: Determination) -> list[_Stretch]:
    """All of the raw text as blocks: paragraphs of the reading text, cut again where a part of an item begins."""
    regions = _regions(parsed)
    out: list[_Stretch] = []
    for paragraph in _paragraphs(parsed.source):
        out.extend(_split(paragraph, regions, parsed.source.raw))
    at = 0
    for stretch in out:
        if stretch.start > at:
            stretch.cuts = ((at, stretch.start), *stretch.cuts)
            stretch.start = at
        at = stretch.end
    if out and at < len(parsed.source.raw):
        out[-1].cuts = (*out[-1].cuts, (at, len(parsed.source.raw)))
        out[-1].end = len(parsed.source.raw)
    return out


def _paragraphs(source: SourceText) -> Iterator[_Stretch]:
    reading, raw = source.reading, source.raw
    at = 0
    for line in reading.text.split("\n"):
        if line.strip():
            yield _paragraph(source, at, at + len(line), raw)
        at += len(line) + 1


def _paragraph(source: SourceText, start: int, end: int, raw: str) -> _Stretch:
    reading = source.reading
    anchors, text = reading.anchors, reading.text
    first, last = bisect_right(anchors, start), bisect_right(anchors, end - 1)
    begin = at = reading.raw_offset(start)
    cuts: list[tuple[int, int]] = []
    before, blank = begin, False
    run_start = start
    for run in range(first, last + 1):  # the lines of the paragraph, and what else lies side by side
        run_end = anchors[run] if run < last else end
        if at > before and not (blank and raw[before:at].isspace()):
            cuts.append((_after_blanks(raw, before, at) if blank else before, at))
        blank = text[run_end - 1].isspace()
        before = at + (len(text[run_start:run_end].rstrip()) if blank else run_end - run_start)
        if run < last:
            run_start, at = run_end, reading.raw_anchors[run]
    return _Stretch(begin, before, cuts=tuple(cuts))


def _after_blanks(raw: str, start: int, end: int) -> int:
    """Where, at or after ``start``, something else than white space stands; ``end`` if nothing else does."""
    found = _SOLID.search(raw, start, end)
    return found.start() if found else end


def _split(paragraph: _Stretch, regions: Sequence[_Region], raw: str) -> Iterator[_Stretch]:
    """Cut a paragraph where a part of an item begins on a line of its own, and name the pieces by their parts."""
    begin, upto = paragraph.start, paragraph.end
    near = [region for region in regions if region.start < upto and begin < region.end]
    inside = _part_starts(paragraph, near, raw) if near else _heading_ends(paragraph, raw)
    starts = sorted({begin, *inside})
    for start, end in zip(starts, [*starts[1:], upto], strict=True):
        cuts = paragraph.cuts
        if len(starts) > 1:
            cuts = tuple((max(a, start), min(b, end)) for a, b in cuts if max(a, start) < min(b, end))
        kind, item = _kind(raw[start:end], start, end, near)
        yield _Stretch(start, end, kind, item, cuts)


def _part_starts(paragraph: _Stretch, regions: Sequence[_Region], raw: str) -> Iterator[int]:
    for region in regions:
        if paragraph.start < region.start < paragraph.end:
            begin = _line_begin(raw, paragraph.start, region.start)
            if begin is not None:
                yield begin


def _heading_ends(paragraph: _Stretch, raw: str) -> Iterator[int]:
    """Where lines in capitals end and begin that stand between the parts: headings glued to what follows them."""
    at = paragraph.start
    for line in raw[paragraph.start : paragraph.end].splitlines(keepends=True):
        words = line.strip()
        if _in_capitals(words):
            begin = at + line.index(words)
            after = _after_blanks(raw, begin + len(words), paragraph.end)
            yield begin
            if after < paragraph.end:
                yield after
        at += len(line)


def _in_capitals(text: str) -> bool:
    return text.isupper() and len(text) <= _HEADING_LENGTH and sum(map(str.isalpha, text)) >= _HEADING_LETTERS


def _line_begin(raw: str, least: int, at: int) -> int | None:
    """Where the line of ``at`` begins if only a label stands before it, None in the middle of other text."""
    line = max(raw.rfind("\n", 0, at) + 1, least)
    before = raw[line:at].strip()
    if before and not before.endswith(":"):
        return None
    return _after_blanks(raw, line, at)


def _kind(text: str, start: int, end: int, regions: Sequence[_Region]) -> tuple[str, int]:
    inside = [r for r in regions if r.start < end and start < r.end]
    heading = next((r for r in inside if r.kind == "heading" and start <= r.start), None)
    if heading:
        return "heading" if all(r.kind == "heading" for r in inside) else "text", heading.item
    if inside:
        return max(inside, key=lambda r: min(r.end, end) - max(r.start, start)).kind, 0
    return ("section" if _in_capitals(" ".join(text.split())) else "text"), 0


def _opening_ends(stretches: Sequence[_Stretch]) -> int:
    """Index of the first block that is not folded: the last section heading before the first part of the letter."""
    parts = ("summary", "heading", "guideline", "rationale")
    first = next((i for i, s in enumerate(stretches) if s.kind in parts or s.item), 0)
    while first > 0 and stretches[first].kind != "section":
        first -= 1
    return first


def _near(stretches: Sequence[_Stretch], marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks that lie in each stretch, in whole or in part, in their order."""
    near: list[list[Mark]] = [[] for _ in stretches]
    ends = [stretch.end for stretch in stretches]
    for mark in marks:
        place = bisect_right(ends, mark.start)
        while place < len(stretches) and stretches[place].start < mark.end:
            near[place].append(mark)
            place += 1
    return near


def _block(raw: str, stretch: _Stretch, near: Sequence[Mark]) -> Block:
    cuts = _seen(raw, stretch)
    if not near and not cuts:
        text = _shown(raw, stretch.start, stretch.end)
        return Block(stretch.kind, stretch.item, (Piece(text),) if text else ())
    spans = [(m.start, m.end) for m in near] + list(cuts)
    pieces = []
    for segment in segments(stretch.start, stretch.end, spans):
        covers = [near[i] for i in segment.covers if i < len(near)]
        hidden = len(covers) < len(segment.covers)
        opens = tuple(near[i].words for i in segment.opens if i < len(near))
        notes = tuple(Note(near[i].quote, near[i].severity) for i in segment.closes if i < len(near) and near[i].quote)
        kind, style, quotes = _look(covers, hidden=hidden)
        pieces.append(Piece(_shown(raw, segment.start, segment.end), kind, style, opens, quotes, notes))
    return Block(stretch.kind, stretch.item, tuple(pieces))


def _shown(raw: str, start: int, end: int) -> Markup:
    """Some of the text; page breaks and their like are white space in a letter, but not in HTML."""
    return markup(raw[start:end].replace("\x0b", "\n").replace("\x0c", "\n"))


def _seen(raw: str, stretch: _Stretch) -> Sequence[tuple[int, int]]:
    """The cuts that would be seen in the reading view: white space at the ends of a block never is."""
    cuts = stretch.cuts
    if cuts and cuts[0][0] == stretch.start and not raw[cuts[0][0] : cuts[0][1]].strip(_BLANK):
        cuts = cuts[1:]
    if cuts and cuts[-1][1] == stretch.end and not raw[cuts[-1][0] : cuts[-1][1]].strip(_BLANK):
        cuts = cuts[:-1]
    return cuts


def _look(covers: Sequence[Mark], *, hidden: bool) -> tuple[str, str, str]:
    found = [m for m in covers if m.quote]
    if found:
        worst = min((m.severity for m in found), key=_SEVERITIES.index)
        depth = f" n{min(len(found), 3)}" if len(found) > 1 else ""
        return "mark", worst + depth, " ".join(m.quote for m in found)
    if covers:
        return "cited", "", ""
    return ("cut" if hidden else ""), "", ""


def _ticks(stretches: Sequence[_Stretch], first: int, marks: Sequence[Mark]) -> tuple[Tick, ...]:
    """Places of the quotes by the estimated height of the paragraphs, the folded opening left out."""
    starts: list[tuple[int, float]] = []
    height = 0.0
    for i, stretch in enumerate(stretches):
        starts.append((stretch.start, height))
        height += (stretch.end - stretch.start) / _LINE + 1 if i >= first else 0
    offsets = [start for start, _ in starts]
    ticks = []
    for mark in marks:
        if mark.quote and height:
            i = max(bisect_right(offsets, mark.start) - 1, 0)
            within = (mark.start - starts[i][0]) / _LINE if i >= first else 0
            at = round(1000 * (starts[i][1] + within) / height)
            ticks.append(Tick(min(at, 995), mark.words, mark.severity))
    return tuple(ticks)
