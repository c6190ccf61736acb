"""Letters in ZIP and tar archives, one member in memory at a time; nothing is unpacked to a path, names are but labels.

An archive is hostile until it is read: members may be packed a thousandfold, lie about their size, lie in each other,
or be archives again. What is beyond a limit is refused with the reason, and the members before it still count.
"""

import gzip
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from typing import IO, BinaryIO, Protocol, cast

from checker.reading.inputs import ARCHIVES, Note, suffix_of
from checker.reading.letters import Name, too_large
from checker.reading.limits import Limits, size
from checker.reading.rows import units_of_lines
from checker.reading.units import BytesUnit, NoUnit, Unit
from checker.reading.urls import UrlError

SEPARATOR = "!"
"""Between the path of an archive and the name of a member."""

_LETTERS = (".txt", ".pdf")
_LINES = ".jsonl"
_TABLE = ".parquet"
_KNOWN = ", ".join((*_LETTERS, _LINES))
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_DAMAGED = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error, EOFError, OSError, RuntimeError),
    *(ValueError, OverflowError, IndexError, KeyError),
)
"""What the readers of Python raise on bytes that are no archive, or not any more."""


class _TooMuchError(Exception):
    """More comes out of an archive than one of its size may hold."""


class _Bytes(Protocol):
    def read(self, count: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive.

    Attributes:
        path: Its name: ``.zip``, ``.tar``, ``.tar.gz`` or ``.tgz``.
        opened: Opens it; gives its bytes, and how many they are, None where that is not known.
    """

    path: PurePath
    opened: Callable[[], AbstractContextManager[tuple[BinaryIO, int | None]]]

    @classmethod
    def at(cls, path: Path) -> "Archive":
        """An archive on this machine."""

        @contextmanager
        def opened() -> Iterator[tuple[BinaryIO, int | None]]:
            with path.open("rb") as file:
                yield file, path.stat().st_size

        return cls(path, opened)


def units_of_archive(archive: Archive, source: str, limits: Limits, note: Note) -> Iterator[Unit]:
    """The letters of an archive in its own order: text, PDF and JSON Lines.

    Args:
        archive: The archive.
        source: Its path as given by the user; members are called ``SOURCE!MEMBER``.
        limits: What it may hold.
        note: Takes one line for members that are no letters and were skipped.
    """
    suffix = suffix_of(archive.path)
    members = _Members(archive.path.name.removesuffix(suffix), source, limits)
    try:
        with archive.opened() as (file, length):
            if length is None:
                yield members.whole("is of a size that its server does not tell: load it down first")
            elif suffix == ".zip":
                yield from _of_zip(file, length, members)
            else:
                yield from _of_tar(file, length if suffix != ".tar" else None, members)
    except UrlError as error:
        yield members.whole(error.problem)
    except _TooMuchError:
        yield members.whole(f"unpacks to more than {limits.archive_ratio} times its size: a decompression bomb?")
    except RecursionError:
        yield members.whole("is damaged: its headers go round in a circle (pack it again)")
    except _DAMAGED as error:
        yield members.whole(f"is no archive that can be read to its end ({_reason(error)}): pack it again")
    if members.skipped:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(members.skipped.items()))
        note(f"{source}: skipped {sum(members.skipped.values())} (not {_KNOWN}): {kinds}")
    if not members.found:
        yield members.whole(f"holds no letters (looked for {_KNOWN} in it)")


def _reason(error: BaseException) -> str:
    """The error in a few words, none of them of the archive's own making beyond what can be shown."""
    text = (str(error).strip().splitlines() or [""])[0][:80]
    return text if text and text.isprintable() else type(error).__name__


class _Members:
    """What all members of one archive have in common.

    Attributes:
        found: How many letters, or what was to be one, came out of it.
        skipped: What was no letter, by kind.
    """

    def __init__(self, stem: str, source: str, limits: Limits) -> None:
        self.limits = limits
        self.found = 0
        self.skipped: Counter[str] = Counter()
        self._stem = stem
        self._source = source
        self._seen = 0

    def whole(self, problem: str) -> Unit:
        """The archive itself in place of its letters."""
        self.found += 1
        return NoUnit(Name(self._stem, self._source), problem)

    def counted(self) -> bool:
        """Whether one more member is within the limit."""
        self._seen += 1
        return self._seen <= self.limits.archive_members

    @property
    def too_many(self) -> Unit:
        """The rest of an archive with more members than are read."""
        return self.whole(f"holds more than {self.limits.archive_members} members: pack several archives")

    def skips(self, member: str) -> bool:
        """Whether a member is no letter by its name alone."""
        path = PurePosixPath(member.replace("\\", "/"))
        if path.name.startswith(".") or "__MACOSX" in path.parts:
            kind = "hidden"
        elif suffix_of(path) in (*_LETTERS, _LINES, _TABLE, *ARCHIVES):
            return False
        else:
            kind = path.suffix.lower()[:10] or "without suffix"
        self.skipped[kind if kind.isprintable() else "other"] += 1
        return True

    def refused(self, member: str, problem: str) -> Unit:
        """A member that is not read."""
        self.found += 1
        return NoUnit(self._name(member), problem)

    def letters(self, member: str, length: int, content: _Bytes) -> Iterator[Unit]:
        """The letters of a member.

        Args:
            member: Its name in the archive.
            length: Its size in bytes by what the archive says.
            content: Gives its bytes.
        """
        suffix = suffix_of(PurePosixPath(member.replace("\\", "/")))
        if suffix in ARCHIVES:
            yield self.refused(member, "is an archive in an archive: unpack the outer one first")
        elif suffix == _TABLE:
            yield self.refused(member, "is Parquet in an archive: unpack it first")
        elif suffix == _LINES:
            name = self._name(member)
            for unit in units_of_lines(cast(BinaryIO, content), name.doc, name.source, self.limits):
                self.found += 1
                yield unit
        else:
            yield self._letter(member, length, content, pdf=suffix == ".pdf")

    def _letter(self, member: str, length: int, content: _Bytes, *, pdf: bool) -> Unit:
        most = self.limits.pdf_bytes if pdf else self.limits.text_bytes
        if length > most:
            return self.refused(member, too_large(most))
        data = content.read(length)
        if len(data) < length:
            raise EOFError("a member ends before its time")
        self.found += 1
        return BytesUnit(self._name(member), data, pdf)

    def _name(self, member: str) -> Name:
        stem = PurePosixPath(member.replace("\\", "/")).stem
        return Name(stem or self._stem, f"{self._source}{SEPARATOR}{member}")


def _of_zip(file: BinaryIO, packed: int, members: _Members) -> Iterator[Unit]:
    limits = members.limits
    count, directory = announced(file)
    if count > limits.archive_members:
        yield members.too_many
        return
    if directory > limits.archive_directory:
        yield members.whole(
            f"has a directory of {size(directory)} (limit {size(limits.archive_directory)}): pack several archives"
        )
        return
    with zipfile.ZipFile(file) as archive:
        infos = [info for info in archive.infolist() if not info.is_dir()]
        if sum(info.file_size for info in infos) > limits.archive_bytes(packed):
            raise _TooMuchError
        for info in infos:
            if not members.counted():
                yield members.too_many
                return
            if not members.skips(info.filename):
                yield from _of_member(archive, info, members)


def announced(file: BinaryIO) -> tuple[int, int]:
    """How many members the end of a ZIP archive says it has, and the bytes of its directory; zeros where it has no end.

    Python takes in as many bytes as are told here, whatever the number of members.
    """
    end = _END_OF_ZIP(file)
    return (end[_COUNT], end[_DIRECTORY]) if end else (0, 0)


def _of_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, members: _Members) -> Iterator[Unit]:
    name, limits = info.filename, members.limits
    if info.flag_bits & 1:
        yield members.refused(name, "is encrypted: unpack the archive with its password first")
    elif info.compress_type not in _PACKED:
        yield members.refused(name, "is packed in a way that is not read here: pack it with deflate")
    elif info.file_size > limits.archive_bytes(info.compress_size):
        yield members.refused(
            name, f"unpacks to more than {limits.archive_ratio} times its size: a decompression bomb?"
        )
    else:
        try:
            with archive.open(info) as content:
                yield from members.letters(name, info.file_size, content)
        except UrlError:
            raise
        except _DAMAGED as error:
            yield members.refused(name, f"is damaged in the archive ({_reason(error)}): pack it again")


def _of_tar(file: BinaryIO, packed: int | None, members: _Members) -> Iterator[Unit]:
    """The letters of a tar; of one that is packed, its size is given."""
    stream: _Bytes = file
    if packed is not None:
        unpacked = cast(IO[bytes], gzip.GzipFile(fileobj=file))
        stream = _Measured(unpacked, members.limits.archive_bytes(packed))
    with tarfile.open(fileobj=cast(IO[bytes], stream), mode="r|", tarinfo=_Header) as archive:
        for member in archive:
            if not members.counted():
                yield members.too_many
                return
            yield from _of_entry(archive, member, members)
            archive.members.clear()  # type: ignore[attr-defined] # it keeps every member that it has seen


def _of_entry(archive: tarfile.TarFile, member: tarfile.TarInfo, members: _Members) -> Iterator[Unit]:
    if member.isdir():
        return
    if members.skips(member.name):
        return
    if not member.isreg() or member.issparse():
        # Called like a letter it is none that may go unsaid: archives hold a second name of a file as a link.
        yield members.refused(member.name, "is no file but a link, a device or sparse: pack the letter itself")
        return
    content = archive.extractfile(member)
    if content is not None:
        yield from members.letters(member.name, member.size, content)


class _Header(tarfile.TarInfo):
    """A header that is told when it is damaged; Python ends quietly at one in the middle of an archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Header":
        header = super().frombuf(buf, encoding, errors)
        if header.type in _LONG and header.size > _LONGEST:
            raise EOFError("a header is too long")
        return header

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> "_Header":
        try:
            return super().fromtarfile(tarfile)
        except _INVALID as error:
            raise EOFError(f"a header is damaged: {error}") from None
        except _EMPTY:
            raise EOFError("ends without the mark of its end") from None


_LONG = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
_LONGEST = 1_000_000
"""Bytes of names and properties that stand before a member; they are read at once."""
# No public names of the module, but the only ones that tell these ends from the regular one.
_INVALID: tuple[type[Exception], ...] = (
    tarfile.InvalidHeaderError,  # type: ignore[attr-defined]
    tarfile.TruncatedHeaderError,  # type: ignore[attr-defined]
    tarfile.SubsequentHeaderError,  # type: ignore[attr-defined]
)
_EMPTY: type[Exception] = tarfile.EmptyHeaderError  # type: ignore[attr-defined]


# No public names of its module either; what reads the directory asks the same.
_END_OF_ZIP: Callable[[IO[bytes]], Sequence[int] | None] = zipfile._EndRecData  # type: ignore[attr-defined]
_COUNT: int = zipfile._ECD_ENTRIES_TOTAL  # type: ignore[attr-defined]
_DIRECTORY: int = zipfile._ECD_SIZE  # type: ignore[attr-defined]


class _Measured:
    """Bytes as they are unpacked, up to a limit."""

    def __init__(self, unpacked: IO[bytes], most: int) -> None:
        self._unpacked = unpacked
        self._left = most

    def read(self, count: int = -1, /) -> bytes:
        """The next bytes.

        Raises:
            _TooMuchError: There are more than allowed.
        """
        data = self._unpacked.read(count)
        self._left -= len(data)
        if self._left < 0:
            raise _TooMuchError
        return data
