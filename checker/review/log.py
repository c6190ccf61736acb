"""The file of verdicts: JSON Lines, only ever appended to, so that nothing said is lost and git can merge it."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from checker.batch.jsonlines import json_line
from checker.review.statements import Statement

_LONGEST = 64 * 1024


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
        for number, line in self._lines():
            try:
                statements.append(Statement.model_validate_json(line))
            except ValidationError as error:
                problems.append(f"{self.path.name}:{number}: {_first(error)}; the line was passed over")
        return Logged(tuple(statements), tuple(problems))

    def _lines(self) -> Iterator[tuple[int, bytes]]:
        with _opened(self.path) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line[:_LONGEST]


@contextmanager
def _opened(path: Path) -> Iterator[Iterator[bytes]]:
    if not path.exists():
        yield iter(())
        return
    with path.open("rb") as file:
        yield file


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
