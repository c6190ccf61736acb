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

from checker.reading.limits import Limits

_WORD = re.compile(r"\S+")
_SAME_BASELINE = 3.0
"""Points by which the baselines of one line may differ (superscripts, mixed fonts)."""
_HALF_A_LINE = 6.5
_CELL_GAP = 12.0
"""Points of white space between two words that make them two cells of a row."""
_ALIGNED = 4.0
"""Points by which the left edges of the lines of one cell may differ."""
_PARAGRAPH_GAP = 1.25
"""A distance of more than so many usual line distances begins a paragraph."""
_USUAL_PITCH = 13.8
_LINE_END_HYPHENS = str.maketrans({"\ufffe": "-", "\x02": "-"})
_UNMAPPED = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_OBJECTS_LOOKED_AT = 1000
_RULES_OF_A_PAGE = 10
"""Lines and boxes that an otherwise empty page may have."""
_END_MARK = b"%%EOF"
_END_WITHIN = 1024
_DAMAGED = "is no PDF that can be opened: damaged or cut off (export or download it again)"
_REFUSALS = {
    pdfium.FPDF_ERR_PASSWORD: "is encrypted: save a copy without a password",
    pdfium.FPDF_ERR_SECURITY: "is encrypted in a way that cannot be read: save a copy without protection",
}


class PdfError(ValueError):
    """A PDF cannot be read; the message says in one line why and what to do."""


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
    return "\n\f".join(pages) + "\n"


def open_and_read(data: bytes, limits: Limits) -> tuple[list[str], tuple[str, ...]]:
    """The text of each page of a PDF and what was odd about it, one line each.

    Raises:
        PdfError: The PDF cannot be read; the message says in one line why.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        # PDFium keeps the code of an earlier error where a document opens but has no pages.
        code = error.err_code if b"/Encrypt" in data else None
        raise PdfError(_REFUSALS.get(code or 0, _DAMAGED)) from None
    try:
        return _read(document, data, limits)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, data: bytes, limits: Limits) -> tuple[list[str], tuple[str, ...]]:
    count = len(document)
    if count > limits.pdf_pages:
        raise PdfError(f"has {count} pages (limit {limits.pdf_pages}): no single letter")
    problems = [] if _END_MARK in data[-_END_WITHIN:] else ["the file has no end mark: pages may be missing"]
    pages: list[list[_Row]] = []
    total = 0
    for number in range(count):
        rows, length, problem = _read_page(document, number, limits.pdf_text - total)
        total += length
        pages.append(rows)
        if problem:
            problems.append(problem)
    if not any(pages):
        raise PdfError(f"has no text on any of its pages ({count}): blank, or a scan that needs OCR")
    pitch = _usual_pitch(pages)
    return [_page_text(rows, pitch) for rows in pages], tuple(problems)


def _read_page(document: pypdfium2.PdfDocument, number: int, most: int) -> tuple[list[_Row], int, str]:
    """The rows of a page, the number of its code points, and what is wrong with it ("" if nothing)."""
    try:
        page = document[number]
    except pypdfium2.PdfiumError:
        return [], 0, f"page {number + 1} is damaged and was left out"
    try:
        textpage = page.get_textpage()
        try:
            length = max(textpage.count_chars(), 0)
            if length > most:
                raise PdfError("holds far more text than a letter: damaged or a decompression bomb")
            text = _characters(textpage, length)
            rows = _rows(_located_words(textpage, text))
        finally:
            textpage.close()
        return rows, length, _page_problem(page, number, text, rows)
    except pypdfium2.PdfiumError:
        return [], 0, f"page {number + 1} is damaged and was left out"
    finally:
        page.close()


def _shows_something(page: Any) -> bool:
    """Whether a page without text has a picture or a drawing of more than a few lines on it."""
    handle = page.raw
    kinds = Counter(
        pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(handle, index))
        for index in range(min(pdfium.FPDFPage_CountObjects(handle), _OBJECTS_LOOKED_AT))
    )
    paths = kinds.pop(pdfium.FPDF_PAGEOBJ_PATH, 0)
    kinds.pop(pdfium.FPDF_PAGEOBJ_TEXT, 0)
    return bool(kinds) or paths > _RULES_OF_A_PAGE


def _page_problem(page: Any, number: int, text: str, rows: list[_Row]) -> str:
    if not rows:
        return f"no text on page {number + 1}, needs OCR" if _shows_something(page) else ""
    if len(_UNMAPPED.findall(text)) * 5 > len(text):
        return f"the text of page {number + 1} cannot be decoded (its font has no character map), needs OCR"
    return ""


def _characters(textpage: Any, count: int) -> str:
    """The code points of a page, one for each of PDFium's indexes."""
    text: str = textpage.get_text_range() if count else ""
    if len(text) == count:
        return text.translate(_LINE_END_HYPHENS)
    points = (pdfium.FPDFText_GetUnicode(textpage, index) for index in range(count))
    return "".join(" " if point == 0 else chr(min(point, 0x10FFFF)) for point in points).translate(_LINE_END_HYPHENS)


def _located_words(textpage: Any, text: str) -> list[_Word]:
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
    for row in _with_raised_words(gathered):
        row.cells = _cells(row.cells[0])
        if rows and _continues_cells(rows[-1], row):
            _append_cells(rows[-1], row)
        else:
            rows.append(row)
    return rows


def _with_raised_words(rows: list[_Row]) -> list[_Row]:
    """Rows less than half a line apart put together where no words stand above each other: raised letters and signs."""
    kept: list[_Row] = []
    for row in rows:
        if kept and kept[-1].baseline - row.baseline < _HALF_A_LINE:
            words = sorted(kept[-1].cells[0] + row.cells[0], key=lambda word: word.left)
            if all(word.left > before.right for before, word in itertools.pairwise(words)):
                longer = max(kept[-1], row, key=lambda one: len(one.cells[0]))
                kept[-1] = _Row(longer.baseline, longer.baseline, [words])
                continue
        kept.append(row)
    return kept


def _cells(words: list[_Word]) -> list[list[_Word]]:
    words.sort(key=lambda word: word.left)
    cells = [[words[0]]]
    for before, word in itertools.pairwise(words):
        # ``right`` is where the last code point begins: the average width of the others is added.
        end = before.right + ((before.right - before.left) / (len(before.text) - 1) if len(before.text) > 1 else 6)
        if word.left - end > _CELL_GAP:
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
