"""The extracted text of letters: what all offsets refer to, byte for byte."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from checker.model.source import SourceText, Unreadable

_UNSAFE = re.compile(r"[^\w.~+-]+")
_LONGEST = 120


class SeveralLettersError(ValueError):
    """One text was to be written and there is more than one letter."""


def write_text(letters: Iterable[SourceText | Unreadable], stream: BinaryIO) -> None:
    """Write the text of the one letter that can be read.

    Raises:
        SeveralLettersError: There are more; nothing was written.
    """
    only: SourceText | None = None
    for letter in letters:
        if isinstance(letter, SourceText):
            if only:
                raise SeveralLettersError
            only = letter
    if only:
        stream.write(only.raw.encode("utf-8"))


def write_texts(letters: Iterable[SourceText | Unreadable], folder: Path) -> None:
    """Write ``<doc>.txt`` for each letter that can be read into a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    taken: set[str] = set()
    for letter in letters:
        if isinstance(letter, SourceText):
            name = file_name(letter.doc, taken)
            (folder / name).write_bytes(letter.raw.encode("utf-8"))


def file_name(doc: str, taken: set[str]) -> str:
    """A file name for a letter that leads nowhere else and that no letter before has; it is added to ``taken``."""
    stem = _UNSAFE.sub("_", doc).strip(".")[:_LONGEST] or "letter"
    name, number = stem, 1
    while name.casefold() in taken:
        number += 1
        name = f"{stem}~{number}"
    taken.add(name.casefold())
    return f"{name}.txt"
