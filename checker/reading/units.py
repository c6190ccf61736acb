"""What one letter is read from, found without reading it: a file, bytes of an archive, the text of a row.

Finding is quick and done in one place, so that every letter has its name and number; reading can be done anywhere.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from checker.model.source import SourceText, Unreadable
from checker.reading.inputs import why
from checker.reading.letters import PDF_MARK, Letter, Name, letter_from_bytes, letter_from_text, too_large
from checker.reading.limits import Limits
from checker.reading.urls import Place, UrlError, fetched


class _Stored(ABC):
    """A file that is one letter, wherever it is stored."""

    __slots__ = ()

    name: Name
    note: str

    @property
    def carried(self) -> int:
        """Bytes of the letter that are in memory."""
        return 0

    def read(self, limits: Limits) -> Letter:
        """The letter."""
        try:
            data = self._bytes(limits)
        except OSError as error:
            return Unreadable(self.name.doc, self.name.source, _problem(error))
        return _from_bytes(data, self.name, limits, pdf=self._suffix == ".pdf")

    def sha256(self, limits: Limits) -> str:
        """Hash of its bytes, "" where they cannot be read or are too many."""
        try:
            data = self._bytes(limits)
        except OSError:
            return ""
        return "" if len(data) > _most(data, limits, self._suffix) else hashlib.sha256(data).hexdigest()

    def _carried_along(self, limits: Limits) -> "Unit":
        """The same for a machine that cannot read it."""
        try:
            return _in_hand(self._bytes(limits), self.name, self.note, limits, self._suffix)
        except OSError as error:
            return NoUnit(self.name, _problem(error))

    @property
    @abstractmethod
    def _suffix(self) -> str:
        """The end of its name."""

    @abstractmethod
    def _bytes(self, limits: Limits) -> bytes:
        """The bytes, one more than allowed at the most."""


def _problem(error: OSError) -> str:
    return error.problem if isinstance(error, UrlError) else why(error)


@dataclass(frozen=True, slots=True)
class FileUnit(_Stored):
    """A file that is one letter.

    Attributes:
        name: What the letter is called.
        path: The file.
        note: What was odd about the name, "" for nothing.
        shared: Every machine has this file at this path.
    """

    name: Name
    path: Path
    note: str = ""
    shared: bool = False

    def in_hand(self, limits: Limits) -> "Unit":
        """The same for a machine that does not have the file."""
        return self if self.shared else self._carried_along(limits)

    @property
    def _suffix(self) -> str:
        return self.path.suffix.lower()

    def _bytes(self, limits: Limits) -> bytes:
        with self.path.open("rb") as stream:
            return _taken(stream, limits, self._suffix)


@dataclass(frozen=True, slots=True)
class UrlUnit(_Stored):
    """A file that is one letter, and is read from where a URL says.

    Attributes:
        name: What the letter is called.
        place: The file.
        note: What was odd about the name, "" for nothing.
    """

    name: Name
    place: Place
    note: str = ""

    def in_hand(self, limits: Limits) -> "Unit":
        """The same for a machine that cannot read the URL."""
        return self._carried_along(limits) if self.place.here else self

    @property
    def _suffix(self) -> str:
        return self.place.path.suffix.lower()

    def _bytes(self, limits: Limits) -> bytes:
        return fetched(self.place, lambda stream: _taken(stream, limits, self._suffix))


@dataclass(frozen=True, slots=True)
class BytesUnit:
    """Bytes that are one letter: a member of an archive, standard input.

    Attributes:
        name: What the letter is called.
        data: The bytes.
        pdf: They are meant to be a PDF, whatever the first of them are.
        note: What was odd about the name, "" for nothing.
    """

    name: Name
    data: bytes
    pdf: bool = False
    note: str = ""

    @property
    def carried(self) -> int:
        """Bytes of the letter that are in memory."""
        return len(self.data)

    def read(self, limits: Limits) -> Letter:
        """The letter."""
        return _from_bytes(self.data, self.name, limits, pdf=self.pdf)

    def sha256(self, limits: Limits) -> str:
        """Hash of its bytes, "" where they are too many."""
        most = _most(self.data, limits, ".pdf" if self.pdf else "")
        return "" if len(self.data) > most else hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class TextUnit:
    """The text of a row.

    Attributes:
        name: What the letter is called.
        text: The text.
        problems: What was odd about the row.
        note: What was odd about the name, "" for nothing.
    """

    name: Name
    text: str
    problems: tuple[str, ...] = ()
    note: str = ""

    @property
    def carried(self) -> int:
        """Bytes of the letter that are in memory, about."""
        return len(self.text)

    def read(self, limits: Limits) -> Letter:
        """The letter."""
        return letter_from_text(self.text, self.name, limits, self.problems)

    def sha256(self, limits: Limits) -> str:
        """Hash of the text in UTF-8."""
        return hashlib.sha256(self.text.encode("utf-8", errors="surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class NoUnit:
    """Something that was to be a letter, and is known to be none without reading it.

    Attributes:
        name: What it is called.
        problem: Why it is none.
        digest: Hash of its bytes, "" where it is not known.
        note: Never told: the problem is enough.
    """

    name: Name
    problem: str
    digest: str = ""
    note: str = ""

    @property
    def carried(self) -> int:
        """Bytes of the letter that are in memory."""
        return 0

    def read(self, limits: Limits) -> Letter:
        """The reason in place of a letter."""
        return Unreadable(self.name.doc, self.name.source, self.problem, self.digest)

    def sha256(self, limits: Limits) -> str:
        """Hash of its bytes, "" where it is not known."""
        return self.digest


Unit = FileUnit | UrlUnit | BytesUnit | TextUnit | NoUnit
"""What one letter is read from."""


def in_hand(units: Iterable[Unit], limits: Limits) -> Iterator[Unit]:
    """The same for other machines: what these cannot reach is read here, one letter at a time.

    Args:
        units: What letters are read from.
        limits: When to refuse one.
    """
    for unit in units:
        yield unit.in_hand(limits) if isinstance(unit, FileUnit | UrlUnit) else unit


def letter_of(unit: Unit, limits: Limits) -> Letter:
    """The letter of a unit.

    Args:
        unit: Where it is.
        limits: When to refuse it.
    """
    letter = unit.read(limits)
    if unit.note and isinstance(letter, SourceText):
        return replace(letter, problems=(*letter.problems, unit.note))
    return letter


def _from_bytes(data: bytes, name: Name, limits: Limits, *, pdf: bool) -> Letter:
    most = limits.pdf_bytes if pdf or data.startswith(PDF_MARK) else limits.text_bytes
    if len(data) > most:
        return Unreadable(name.doc, name.source, too_large(most))
    return letter_from_bytes(data, name, limits, pdf=pdf)


def _taken(stream: BinaryIO, limits: Limits, suffix: str) -> bytes:
    """The bytes of a stream, one more than allowed at the most."""
    head = stream.read(len(PDF_MARK))
    most = _most(head, limits, suffix)
    return head + stream.read(most + 1 - len(head)) if len(head) <= most else head


def _in_hand(data: bytes, name: Name, note: str, limits: Limits, suffix: str) -> Unit:
    most = _most(data, limits, suffix)
    if len(data) > most:
        return NoUnit(name, too_large(most))
    return BytesUnit(name, data, suffix.lower() == ".pdf", note)


def _most(data: bytes, limits: Limits, suffix: str) -> int:
    return limits.pdf_bytes if suffix.lower() == ".pdf" or data.startswith(PDF_MARK) else limits.text_bytes
