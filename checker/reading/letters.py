"""One letter from its bytes or its text."""

import hashlib
from dataclasses import dataclass
from pathlib import PurePath

from checker.model.source import SourceText, Unreadable
from checker.reading.decoding import NoTextError, decode
from checker.reading.isolated import texts_of_pdf
from checker.reading.limits import Limits, size
from checker.reading.pdf import PdfError, raw_text
from checker.reading.text import source_from_text

Letter = SourceText | Unreadable

PDF_MARK = b"%PDF-"
_ROWS = (".jsonl", ".parquet")


@dataclass(frozen=True, slots=True)
class Name:
    """What a letter is called (``doc``) and where it comes from, as the user gave it (``source``)."""

    doc: str
    source: str


def row_of(source: str) -> tuple[str, int]:
    """The file of which a letter is a row, and which row it is, counted from 1; "" and 0 for a letter that is a file.

    Args:
        source: Where the letter comes from, as its ``Name`` has it.
    """
    file, _, row = source.rpartition(":")
    return (file, int(row)) if row.isdecimal() and PurePath(file).suffix.lower() in _ROWS else ("", 0)


def letter_from_bytes(data: bytes, name: Name, limits: Limits, *, pdf: bool = False) -> Letter:
    """A letter from the bytes of a text file or a PDF.

    Args:
        data: What the file holds; a PDF is recognised by its first bytes.
        name: What the letter is called.
        limits: When to refuse it.
        pdf: It is meant to be a PDF, whatever its first bytes are.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    try:
        if data and (pdf or data.startswith(PDF_MARK)):
            pages, problems = texts_of_pdf(data, limits)
            return source_from_text(raw_text(pages), name.doc, name.source, sha256, problems)
        raw, problems = decode(data)
        # One kind of line end, so that offsets hold for whoever reads the extracted text in text mode.
        raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    except (NoTextError, PdfError) as error:
        return Unreadable(name.doc, name.source, str(error), sha256)
    return _letter(raw, name, sha256, problems)


def letter_from_text(text: str, name: Name, limits: Limits, problems: tuple[str, ...] = ()) -> Letter:
    """A letter from the text of a row, taken as it is; its hash is that of the text in UTF-8."""
    data = text.encode("utf-8", errors="surrogatepass")
    sha256 = hashlib.sha256(data).hexdigest()
    if len(data) > limits.text_bytes:
        return Unreadable(name.doc, name.source, too_large(limits.text_bytes), sha256)
    return _letter(text, name, sha256, problems)


def too_large(allowed: int) -> str:
    """The problem line of an input beyond a limit of bytes."""
    return f"is larger than one letter can be (limit {size(allowed)}): is it a whole batch?"


def _letter(raw: str, name: Name, sha256: str, problems: tuple[str, ...]) -> Letter:
    if "\0" in raw:
        return Unreadable(name.doc, name.source, "holds NUL characters: no text (export the letter again)", sha256)
    if not raw or raw.isspace():
        return Unreadable(name.doc, name.source, "holds no text, only white space (export the letter again)", sha256)
    return source_from_text(raw, name.doc, name.source, sha256, problems)
