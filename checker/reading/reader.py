"""Read letters one after the other: the door to this package."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from checker.model.source import SourceText, Unreadable
from checker.reading.inputs import STANDARD_INPUT, Missing, Note, files, why
from checker.reading.letters import PDF_MARK, Letter, Name, letter_from_bytes, too_large
from checker.reading.limits import Limits
from checker.reading.rows import letters_of_lines

_PARQUET_MARK = b"PAR1"
_MANY_LETTERS = (".jsonl", ".parquet")


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    limits: Limits | None = None,
    note: Note | None = None,
    standard_input: BinaryIO | None = None,
    pass_over: Callable[[Path], bool] | None = None,
) -> Iterator[Letter]:
    """Letters in the order of the paths; one letter is in memory at a time.

    Files are text (UTF-8, UTF-16 with a byte order mark, else windows-1252), PDF, JSON Lines or Parquet. Folders are
    opened, patterns filled in, ``-`` is standard input. What cannot be read is an ``Unreadable`` with the reason, and
    the others go on. No two letters have the same ``doc``: later ones of a name are called ``name~2``, ``name~3``.

    Args:
        paths: Files, folders, patterns or ``-``.
        limits: When to refuse an input; the defaults of ``Limits`` if left out.
        note: Takes one line for what is no letter and was skipped.
        standard_input: What ``-`` reads, ``sys.stdin`` if left out.
        pass_over: Asked of each file that is one letter; one that is passed over is not opened, but keeps its name, so
            that the others are called as they are without it.
    """
    limits = limits or Limits()
    names = _Names()
    for given in paths:
        path = os.fspath(given)
        if path == STANDARD_INPUT:
            letters: Iterator[Letter | _PassedOver] = _letters_of_stream(standard_input or sys.stdin.buffer, limits)
        else:
            letters = _letters_of_path(path, limits, note or _say_nothing, pass_over)
        for letter in letters:
            if isinstance(letter, _PassedOver):
                names.claim(letter.stem)
            else:
                yield names.unique(letter)


@dataclass(frozen=True, slots=True)
class _PassedOver:
    """A file that is one letter and was not opened."""

    stem: str


def _say_nothing(_: str) -> None:
    pass


def _letters_of_path(
    path: str, limits: Limits, note: Note, pass_over: Callable[[Path], bool] | None
) -> Iterator[Letter | _PassedOver]:
    for found in files(path, note):
        if isinstance(found, Missing):
            yield Unreadable(Path(found.path).stem or found.path, found.path, found.problem)
            continue
        if pass_over is not None and found.suffix.lower() not in _MANY_LETTERS and pass_over(found):
            yield _PassedOver(found.stem)
            continue
        try:
            yield from _letters_of_file(found, limits)
        except OSError as error:
            yield Unreadable(found.stem, str(found), why(error))


def _letters_of_file(path: Path, limits: Limits) -> Iterator[Letter]:
    suffix = path.suffix.lower()
    name = Name(path.stem, str(path))
    if suffix == ".jsonl":
        with path.open("rb") as lines:
            yield from letters_of_lines(lines, name.doc, name.source, limits)
    elif suffix == ".parquet":
        from checker.reading.parquet_rows import letters_of_parquet  # noqa: PLC0415 (pyarrow is slow to import)

        yield from letters_of_parquet(path, name.source, limits)
    else:
        with path.open("rb") as stream:
            yield _letter_of_stream(stream, name, limits, pdf=suffix == ".pdf")


def _letter_of_stream(stream: BinaryIO, name: Name, limits: Limits, *, pdf: bool, head: bytes = b"") -> Letter:
    head = head or stream.read(len(PDF_MARK))
    most = limits.pdf_bytes if pdf or head.startswith(PDF_MARK) else limits.text_bytes
    data = head + stream.read(most + 1 - len(head)) if len(head) <= most else head
    if len(data) > most:
        return Unreadable(name.doc, name.source, too_large(most))
    return letter_from_bytes(data, name, limits, pdf=pdf)


def _letters_of_stream(stream: BinaryIO, limits: Limits) -> Iterator[Letter]:
    """Standard input: JSON Lines if it begins with a brace, a PDF or text otherwise."""
    name = Name("stdin", STANDARD_INPUT)
    first = stream.readline(2 * limits.text_bytes)
    if first.startswith(_PARQUET_MARK):
        yield Unreadable(name.doc, name.source, "Parquet cannot be read from standard input (give the file)")
    elif first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from letters_of_lines(stream, name.doc, name.source, limits, first)
    else:
        yield _letter_of_stream(stream, name, limits, pdf=False, head=first)


def _showable(name: str) -> str:
    """A name without the control characters and broken encodings that file systems and JSON allow."""
    return name if name.isprintable() else "".join(map(_showable_point, name))


def _showable_point(point: str) -> str:
    if point.isspace():
        return " "
    return point if point.isprintable() else "\ufffd"


class _Names:
    """Keeps the names of letters apart; remembers eight bytes of each, so that a batch of millions fits."""

    def __init__(self) -> None:
        self.seen: set[bytes] = set()
        self.next: dict[str, int] = {}

    def unique(self, letter: Letter) -> Letter:
        """The letter under a name that no other has, in code points that can be shown."""
        shown, source = _showable(letter.doc), _showable(letter.source)
        if (shown, source) != (letter.doc, letter.source):
            letter = replace(letter, doc=shown, source=source)
        doc = self._free(shown)
        if doc == letter.doc:
            return letter
        problem = f"a letter called {letter.doc} came before: this one is called {doc}"
        if isinstance(letter, SourceText):
            return replace(letter, doc=doc, problems=(*letter.problems, problem))
        return replace(letter, doc=doc)

    def claim(self, stem: str) -> None:
        """Take the name of a letter that is passed over."""
        self._free(_showable(stem))

    def _free(self, doc: str) -> str:
        if self._take(doc):
            return doc
        number = self.next.get(doc, 2)
        while not self._take(f"{doc}~{number}"):
            number += 1
        self.next[doc] = number + 1
        return f"{doc}~{number}"

    def _take(self, doc: str) -> bool:
        key = hashlib.blake2b(doc.encode("utf-8", errors="surrogatepass"), digest_size=8).digest()
        if key in self.seen:
            return False
        self.seen.add(key)
        return True
