"""Bytes of a text file to text."""

import codecs
import re

_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")


class NoTextError(ValueError):
    """The bytes are no text; the message says in one line what they are and what to do."""


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text in ``data`` and what was odd about its encoding, one line each.

    A byte order mark decides; without one the text is UTF-8 or, if it is not, windows-1252.

    Raises:
        NoTextError: The bytes are empty or binary.
    """
    if not data:
        raise NoTextError("is empty (0 bytes): export the letter again")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, encoding)
    if b"\0" in data:
        raise NoTextError("holds NUL bytes: binary, or UTF-16 without a byte order mark (save as UTF-8)")
    if len(_CONTROLS.findall(data)) * 50 > len(data):
        raise NoTextError("holds control characters throughout: binary, not text (give .txt, .pdf, .jsonl or .parquet)")
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError as error:
        return _decode_western(data, error.start)


def _decode_marked(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    name = encoding.removesuffix("-sig").upper()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        return text, (f"not {name} throughout although it begins with its mark (byte {error.start}): cut off?",)
    return text, ()


def _decode_western(data: bytes, position: int) -> tuple[str, tuple[str, ...]]:
    if len(_HIGH.findall(data)) * 4 > len(data):
        raise NoTextError("is neither UTF-8 nor western text (save as UTF-8)")
    problem = f"not UTF-8 (byte 0x{data[position]:02X} at offset {position}): read as windows-1252"
    return data.decode("cp1252", errors="replace"), (problem,)
