"""The file of verdicts: JSON Lines, only ever appended to, so that nothing said is lost and git can merge it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from checker.batch.jsonlines import json_line
from checker.review.statements import Statement

_LONGEST = 64 * 1024
_REMEMBERED = 256
"""Bytes before the place where reading goes on that must still be there."""


@dataclass(frozen=True, slots=True)
class Logged:
    """What a file of verdicts holds.

    Attributes:
        statements: In the order of the file, which is the order in which they were made.
        problems: Lines that are no statement: file, line, what is wrong. They stay in the file.
    """

    statements: tuple[Statement, ...]
    problems: tuple[str, ...]


class VerdictLog:
    """One file of verdicts. Several processes may append at once; a line is written whole or was never acknowledged.

    Args:
        path: The file; it need not exist yet, its folder must.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def append(self, statement: Statement) -> None:
        """Write one statement; when this returns it is on the disk.

        Raises:
            OSError: The file cannot be written; nothing of the statement counts then.
        """
        line = json_line(statement.record()).encode("utf-8")
        fresh = not self.path.exists()
        handle = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            _write_all(handle, _line_end_missing(handle) + line)
            os.fsync(handle)
        finally:
            os.close(handle)
        if fresh:
            _sync_folder(self.path.parent)

    def read(self) -> Logged:
        """All statements; a line that is none is told and passed over. A missing file holds none.

        Raises:
            OSError: The file cannot be read.
        """
        statements: list[Statement] = []
        problems: list[str] = []
        with _opened(self.path) as lines:
            for number, line in enumerate(lines, 1):
                _take(self.path.name, number, line, statements, problems)
        return Logged(tuple(statements), tuple(problems))


class Followed:
    """A file of verdicts that others append to, read on from where it ended the last time.

    Args:
        log: The file.
    """

    def __init__(self, log: VerdictLog) -> None:
        self._log = log
        self._forget()

    def _forget(self) -> None:
        self._stamp: tuple[int, int, int] | None = None
        self._at = self._lines = 0
        self._end = b""
        self._kept = self._read = Logged((), ())

    def read(self) -> Logged:
        """All that the file holds by now; the same object where it has not changed.

        Raises:
            OSError: The file cannot be read.
        """
        try:
            with self._log.path.open("rb") as file:
                status = os.fstat(file.fileno())
                stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
                if stamp != self._stamp:
                    self._more(file, stamp)
        except FileNotFoundError:
            if self._stamp is not None:
                self._forget()
        return self._read

    def _more(self, file: BinaryIO, stamp: tuple[int, int, int]) -> None:
        """Read on; from the beginning where what was read is not there any more."""
        file.seek(max(0, self._at - len(self._end)))
        if file.read(len(self._end)) != self._end or (self._stamp and self._stamp[0] != stamp[0]):
            self._forget()
            file.seek(0)
        more = file.read()
        *whole, rest = more.split(b"\n")
        statements, problems = list(self._kept.statements), list(self._kept.problems)
        for line in whole:
            self._lines += 1
            _take(self._log.path.name, self._lines, line, statements, problems)
        self._kept = self._read = Logged(tuple(statements), tuple(problems))
        self._at += len(more) - len(rest)
        self._end = (self._end + more[: len(more) - len(rest)])[-_REMEMBERED:]
        if rest:
            _take(self._log.path.name, self._lines + 1, rest, statements, problems)
            self._read = Logged(tuple(statements), tuple(problems))
        self._stamp = stamp


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[bytes]]:
    if not path.exists():
        yield iter(())
        return
    with path.open("rb") as file:
        yield file


def _take(name: str, number: int, line: bytes, statements: list[Statement], problems: list[str]) -> None:
    """Take a line in: a statement, or a problem where it is none."""
    if not line.strip():
        return
    try:
        statements.append(Statement.model_validate_json(line[:_LONGEST]))
    except ValidationError as error:
        problems.append(f"{name}:{number}: {_first(error)}; the line was passed over")


def _line_end_missing(handle: int) -> bytes:
    """A line end where a writer was killed in the middle of a line, so that the next statement stands on its own."""
    size = os.fstat(handle).st_size
    return b"\n" if size and os.pread(handle, 1, size - 1) != b"\n" else b""


def _write_all(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _first(error: ValidationError) -> str:
    """The first thing wrong, without the words of the line."""
    told = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part) for part in told["loc"])
    return f"{place}: {told['msg']}" if place else str(told["msg"])
