r"""Text of a PDF: physical lines in visual order, paragraphs marked by an empty line, pages by a form feed.

PDFium gives the code points of a page in drawing order, guesses where lines begin and says nothing of paragraphs. Here
lines come from the baselines: the first and last code point of each word are looked up, and a word whose ends do
not stand on one baseline is cut where the baseline changes. Lines are ordered from top to bottom, the cells of a table
row from left to right with a tab between them, a wrapped cell in one piece. A gap of more than a line is a paragraph.
"""

import ctypes
import itertools
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

_WORD = re.compile(r"\S+")
_SAME_BASELINE = 3.0
"""Points by which the baselines of one line may differ (superscripts, mixed fonts)."""
_CELL_GAP = 20.0
"""Points of white space between two words that make them two cells of a row."""
_ALIGNED = 4.0
"""Points by which the left edges of the lines of one cell may differ."""
_PARAGRAPH_GAP = 1.25
"""A distance of more than so many usual line distances begins a paragraph."""
_USUAL_PITCH = 13.8
_LINE_END_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})


@dataclass(slots=True)
class _Word:
    """One word or part of a word on one baseline; ``glued`` when nothing separates it from the one before."""

    text: str
    left: float
    right: float
    baseline: float
    glued: bool


@dataclass(slots=True)
class _Row:
    """The words on one baseline, cell by cell; ``bottom`` is the last baseline where cells are wrapped."""

    baseline: float
    bottom: float
    cells: list[list[_Word]] = field(default_factory=list)

    def text(self) -> str:
        return "\t".join(_cell_text(cell) for cell in self.cells)


def raw_text(pages: list[str]) -> str:
    """The raw text of a letter from the texts of its pages."""
    return "\n\f".join(pages)


def page_texts(document: pypdfium2.PdfDocument) -> list[str]:
    """The text of each page; an empty string for a page without any."""
    pages = [_rows(_words(document[number])) for number in range(len(document))]
    pitch = _usual_pitch(pages)
    return [_page_text(rows, pitch) for rows in pages]


def _words(page: Any) -> list[_Word]:
    textpage = page.get_textpage()
    try:
        return _located_words(textpage)
    finally:
        textpage.close()
        page.close()


def _characters(textpage: Any, count: int) -> str:
    """The code points of a page, one for each of PDFium's indexes."""
    text: str = textpage.get_text_range()
    if len(text) == count:
        return text
    points = (pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(" " if point == 0 else chr(min(point, 0x10FFFF)) for point in points)


def _located_words(textpage: Any) -> list[_Word]:
    count = textpage.count_chars()
    if count <= 0:
        return []
    text = _characters(textpage, count).translate(_LINE_END_HYPHENS)
    handle, find = textpage.raw, pdfium.FPDFText_GetCharOrigin
    x, y = ctypes.c_double(), ctypes.c_double()
    at_x, at_y = ctypes.byref(x), ctypes.byref(y)

    def origin(index: int) -> tuple[float, float]:
        find(handle, index, at_x, at_y)
        return x.value, y.value

    words: list[_Word] = []
    for match in _WORD.finditer(text):
        start, last = match.start(), match.end() - 1
        left, top = origin(start)
        right, bottom = origin(last)
        if abs(top - bottom) <= _SAME_BASELINE and right >= left:
            words.append(_Word(match.group(), left, right, top, glued=False))
        else:
            words += _cut_word(match.group(), [origin(index) for index in range(start, last + 1)])
    return words


def _cut_word(text: str, origins: list[tuple[float, float]]) -> list[_Word]:
    """Cut a run of code points where it leaves its baseline or goes back to the left."""
    starts = [0]
    for index, (before, here) in enumerate(itertools.pairwise(origins), start=1):
        if abs(before[1] - here[1]) > _SAME_BASELINE or here[0] < before[0]:
            starts.append(index)
    return [
        _Word(text[start:end], origins[start][0], origins[end - 1][0], origins[start][1], glued=start > 0)
        for start, end in itertools.pairwise([*starts, len(text)])
    ]


def _rows(words: list[_Word]) -> list[_Row]:
    """Words put into rows from top to bottom, wrapped cells joined."""
    gathered: list[_Row] = []
    for word in sorted(words, key=lambda word: -word.baseline):
        if not gathered or gathered[-1].baseline - word.baseline > _SAME_BASELINE:
            gathered.append(_Row(word.baseline, word.baseline, [[]]))
        gathered[-1].cells[0].append(word)
    rows: list[_Row] = []
    for row in gathered:
        row.cells = _cells(row.cells[0])
        if rows and _continues_cells(rows[-1], row):
            _append_cells(rows[-1], row)
        else:
            rows.append(row)
    return rows


def _cells(words: list[_Word]) -> list[list[_Word]]:
    words.sort(key=lambda word: word.left)
    cells = [[words[0]]]
    for before, word in itertools.pairwise(words):
        # ``right`` is the origin of the last code point: most of its width is still to come.
        if word.left - before.right > _CELL_GAP + 8:
            cells.append([word])
        else:
            cells[-1].append(word)
    return cells


def _cell_text(cell: list[_Word]) -> str:
    pieces = [cell[0].text]
    for word in cell[1:]:
        pieces.append(word.text if word.glued else " " + word.text)
    return "".join(pieces)


def _columns(row: _Row, below: _Row) -> list[int]:
    """For each cell of the row below, the cell it stands under, -1 where it stands under none."""
    lefts = [cell[0].left for cell in row.cells]
    return [
        next((number for number, left in enumerate(lefts) if abs(left - cell[0].left) <= _ALIGNED), -1)
        for cell in below.cells
    ]


def _continues_cells(row: _Row, below: _Row) -> bool:
    """Whether every cell of the row below stands right under a cell, but none under the first."""
    if len(row.cells) < 2 or row.bottom - below.baseline > _PARAGRAPH_GAP * _USUAL_PITCH:
        return False
    return min(_columns(row, below)) > 0


def _append_cells(row: _Row, below: _Row) -> None:
    for number, cell in zip(_columns(row, below), below.cells, strict=True):
        row.cells[number] += cell
    row.bottom = below.baseline


def _usual_pitch(pages: list[list[_Row]]) -> float:
    """The most frequent distance of two lines in points, the smaller one of two equally frequent."""
    distances = Counter(
        round(above.bottom - below.baseline, 1) for rows in pages for above, below in itertools.pairwise(rows)
    )
    return max(distances, key=lambda distance: (distances[distance], -distance), default=_USUAL_PITCH)


def _page_text(rows: list[_Row], pitch: float) -> str:
    if not rows:
        return ""
    pieces = [rows[0].text()]
    for above, below in itertools.pairwise(rows):
        paragraph = above.bottom - below.baseline > _PARAGRAPH_GAP * pitch
        pieces += ["\n\n" if paragraph else "\n", below.text()]
    return "".join(pieces)
