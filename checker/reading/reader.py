"""Read letters one after the other: the door to this package."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from checker.reading.inputs import ARCHIVES, STANDARD_INPUT, Missing, Note, files, suffix_of, why
from checker.reading.letters import PDF_MARK, Letter, Name
from checker.reading.limits import Limits
from checker.reading.rows import units_of_lines
from checker.reading.units import BytesUnit, FileUnit, NoUnit, Unit, UrlUnit, letter_of
from checker.reading.urls import Place, UrlError, is_url, opened, places, shared_path

_PARQUET_MARK = b"PAR1"


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    limits: Limits | None = None,
    note: Note | None = None,
    standard_input: BinaryIO | None = None,
    pass_over: Callable[[Path], bool] | None = None,
) -> Iterator[Letter]:
    """Letters in the order of the paths; one letter is in memory at a time.

    Files are text (UTF-8, UTF-16 with a byte order mark, else windows-1252), PDF, JSON Lines, Parquet, or archives
    (ZIP, tar, packed tar) of text, PDF and JSON Lines. Folders are opened, patterns filled in, ``-`` is standard input.
    What cannot be read is an ``Unreadable`` with the reason, and the others go on. No two letters have the same
    ``doc``: later ones of a name are called ``name~2``, ``name~3``.

    Args:
        paths: Files, folders, patterns, URLs or ``-``.
        limits: When to refuse an input; the defaults of ``Limits`` if left out.
        note: Takes one line for what is no letter and was skipped.
        standard_input: What ``-`` reads, ``sys.stdin`` if left out.
        pass_over: Asked of each file that is one letter; one that is passed over is not opened, but keeps its name, so
            that the others are called as they are without it.
    """
    limits = limits or Limits()
    for unit in units(paths, limits=limits, note=note, standard_input=standard_input, pass_over=pass_over):
        yield letter_of(unit, limits)


def units(
    paths: Iterable[str | os.PathLike[str]],
    *,
    limits: Limits | None = None,
    note: Note | None = None,
    standard_input: BinaryIO | None = None,
    pass_over: Callable[[Path], bool] | None = None,
) -> Iterator[Unit]:
    """What the letters are read from, named and in order, without reading those that are files of their own.

    Args:
        paths: As those of ``read`` are all others.
        limits: When to refuse an input.
        note: Takes one line for what was skipped.
        standard_input: What ``-`` reads.
        pass_over: Asked of each file that is one letter.
    """
    limits = limits or Limits()
    names = _Names()
    for given in paths:
        path = os.fspath(given)
        found = (
            _of_stream(standard_input or sys.stdin.buffer, limits)
            if path == STANDARD_INPUT
            else (_of_url if is_url(path) else _of_path)(path, limits, note or _say_nothing)
        )
        for unit in found:
            named = names.unique(unit)
            if pass_over is None or not isinstance(unit, FileUnit) or not pass_over(unit.path):
                yield named


def _say_nothing(_: str) -> None:
    pass


def _of_path(path: str, limits: Limits, note: Note) -> Iterator[Unit]:
    for found in files(path, note):
        if isinstance(found, Missing):
            yield NoUnit(Name(Path(found.path).stem or found.path, found.path), found.problem)
            continue
        try:
            yield from _of_file(found, limits, note)
        except OSError as error:
            yield NoUnit(Name(found.stem, str(found)), why(error))


def _of_file(path: Path, limits: Limits, note: Note) -> Iterator[Unit]:
    suffix = suffix_of(path)
    name = Name(path.stem, str(path))
    if suffix == ".jsonl":
        with path.open("rb") as lines:
            yield from units_of_lines(lines, name.doc, name.source, limits)
    elif suffix == ".parquet":
        from checker.reading.parquet_rows import units_of_parquet  # noqa: PLC0415 (pyarrow is slow to import)

        yield from units_of_parquet(path, name, limits)
    elif suffix in ARCHIVES:
        from checker.reading.archives import (  # noqa: PLC0415 (nor is what it needs, most of the time)
            Archive,
            units_of_archive,
        )

        yield from units_of_archive(Archive.at(path), name.source, limits, note)
    else:
        yield FileUnit(name, path)


def _of_url(url: str, limits: Limits, note: Note) -> Iterator[Unit]:
    path = shared_path(url)
    if path is not None:
        for unit in _of_path(path, limits, note):
            yield replace(unit, shared=True) if isinstance(unit, FileUnit) else unit
        return
    for found in places(url, note):
        if isinstance(found, Missing):
            yield NoUnit(Name(PurePosixPath(found.path).stem or found.path, found.path), found.problem)
            continue
        name = Name(found.path.stem or found.shown, found.shown)
        try:
            yield from _of_place(found, name, limits, note)
        except UrlError as error:
            yield NoUnit(name, error.problem)


def _of_place(place: Place, name: Name, limits: Limits, note: Note) -> Iterator[Unit]:
    suffix = suffix_of(place.path)
    if suffix == ".jsonl":
        with opened(place) as (lines, _):
            yield from units_of_lines(lines, name.doc, name.source, limits)
    elif suffix == ".parquet":
        from checker.reading.parquet_rows import units_of_parquet  # noqa: PLC0415 (pyarrow is slow to import)

        with opened(place, anywhere=True) as (file, _):
            yield from units_of_parquet(file, name, limits)
    elif suffix in ARCHIVES:
        from checker.reading.archives import Archive, units_of_archive  # noqa: PLC0415 (nor is what it needs)

        archive = Archive(place.path, lambda: opened(place, anywhere=suffix == ".zip"))
        yield from units_of_archive(archive, name.source, limits, note)
    else:
        yield UrlUnit(name, place)


def _of_stream(stream: BinaryIO, limits: Limits) -> Iterator[Unit]:
    """Standard input: JSON Lines if it begins with a brace, a PDF or text otherwise."""
    name = Name("stdin", STANDARD_INPUT)
    first = stream.readline(2 * limits.text_bytes)
    if first.startswith(_PARQUET_MARK):
        yield NoUnit(name, "Parquet cannot be read from standard input (give the file)")
    elif first.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        yield from units_of_lines(stream, name.doc, name.source, limits, first)
    else:
        most = limits.pdf_bytes if first.startswith(PDF_MARK) else limits.text_bytes
        yield BytesUnit(name, first + stream.read(max(0, most + 1 - len(first))))


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

    def unique(self, unit: Unit) -> Unit:
        """The unit under a name that no other has, in code points that can be shown."""
        given = unit.name
        shown = Name(_showable(given.doc), _showable(given.source))
        doc = self._free(shown.doc)
        if doc != shown.doc:
            note = f"a letter called {shown.doc} came before: this one is called {doc}"
            return replace(unit, name=Name(doc, shown.source), note=note)
        return unit if shown == given else replace(unit, name=shown)

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
