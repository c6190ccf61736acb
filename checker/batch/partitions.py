"""The finished parts of a run on disk, so that a run that was stopped goes on where it was.

A part is written under another name, brought to the disk and renamed: it is whole or it is not there. Beside the parts
stands what the run is made with; they are of use only to a run that is made with the same. A part holds plain values
and is read back by a reader that knows our value types and nothing else, so that a file somebody put there cannot do
more than be refused.
"""

import contextlib
import dataclasses
import enum
import hashlib
import importlib
import io
import json
import os
import pickle
import shutil
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from checker.batch.errors import CannotResumeError, FolderTakenError
from checker.batch.tasks import Task
from checker.model.source import SourceText
from checker.reading import Limits
from checker.reading.units import Unit, UrlUnit

PARTS = "parts"
"""Folder in the run folder; gone when the run is complete."""

_MADE_WITH = "run.json"
_LOCK = "lock"
_MARK = b"imrcheck part 1 "
_CODEC = "zstd"
_OPENED = 3
_FETCHED = 16


@dataclasses.dataclass(frozen=True, slots=True)
class LetterName:
    """A letter as a part names it."""

    doc: str
    source: str
    sha256: str


class Partitions:
    """The parts of one run.

    Args:
        folder: Where they lie.
        run: The run folder, as messages call it.
        made_with: Hash of what the run is made with, by what it is: program, rules, options and so on.
    """

    def __init__(self, folder: Path, run: Path, made_with: Mapping[str, str]) -> None:
        self._folder = folder
        self._run = run
        self._made_with = dict(made_with)
        self._lock: IO[bytes] | None = None
        self._starts: list[int] = []
        self._sources: OrderedDict[int, Sequence[bytes]] = OrderedDict()

    def __getstate__(self) -> dict[str, Any]:
        """A worker writes parts; the lock stays with the process that took it."""
        return {**vars(self), "_lock": None}

    @property
    def stopped(self) -> bool:
        """Whether a run that was stopped left parts."""
        return (self._folder / _MADE_WITH).is_file()

    def claim(self, *, resume: bool) -> None:
        """See that no other run is at work in the folder, and that what it left can be used; nothing is changed.

        Args:
            resume: The parts are to be kept.

        Raises:
            CannotResumeError: They were made with something else; it is named.
            FolderTakenError: Another run is at work here.
        """
        if self._folder.is_dir() and not self._folder.is_symlink():
            self._take_lock()
        if resume and self.stopped:
            self._compare()

    def open(self, *, resume: bool) -> None:
        """Make the folder, or take over that of a run that was stopped.

        Args:
            resume: Keep the parts that are there.

        Raises:
            FolderTakenError: Another run is at work here.
        """
        if self._folder.is_symlink() or self._folder.is_file():
            self._folder.unlink()
        self._folder.mkdir(exist_ok=True)
        self._take_lock()
        for path in self._folder.iterdir():
            if path.suffix == ".partial" or not (resume or path.name == _LOCK):
                path.unlink()
        if not self.stopped:
            text = json.dumps(self._made_with, indent=2, sort_keys=True) + "\n"
            _put(self._folder / _MADE_WITH, text.encode("ascii"))

    def _compare(self) -> None:
        try:
            before = json.loads((self._folder / _MADE_WITH).read_bytes())
            differing = sorted(n for n in {*before, *self._made_with} if before.get(n) != self._made_with.get(n))
        except (OSError, ValueError, AttributeError, TypeError) as error:
            why = f"what it was made with cannot be read ({type(error).__name__})"
            raise CannotResumeError(f"{self._run}: {why}; leave out --resume to begin anew") from error
        if differing:
            what = ", ".join(differing)
            raise CannotResumeError(
                f"{self._run}: the run that was stopped was made with other {what}; leave out --resume to begin anew"
            )

    def _take_lock(self) -> None:
        """Keep a second run out; the system lets go of the lock when this process ends, however it ends."""
        if self._lock is not None:
            return
        try:
            import fcntl  # noqa: PLC0415 (not on Windows)
        except ImportError:
            return
        self._lock = (self._folder / _LOCK).open("ab")
        try:
            # Of the process, not of the file: workers that outlive it for a moment do not hold it.
            fcntl.lockf(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._lock.close()
            self._lock = None
            raise FolderTakenError(f"{self._run}: another run is at work in this folder") from None

    def close(self, *, finished: bool) -> None:
        """Let go of the folder; when the run is finished the parts are not needed any more."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None
        if finished:
            shutil.rmtree(self._folder)

    def write(self, number: int, part: bytes) -> None:
        """Put a part on the disk.

        Args:
            number: Its number.
            part: The part, as ``packed_part`` gives it.

        Raises:
            OSError: It cannot be written.
        """
        _put(self._path(number), part)

    def accept(self, number: int, part: bytes) -> None:
        """Put a part on the disk that comes from elsewhere.

        Args:
            number: Its number.
            part: As it came.

        Raises:
            ValueError: It is not whole, or another.
            OSError: It cannot be written.
        """
        if _whole(io.BytesIO(part))["number"] != number:
            raise ValueError("another part was asked for")
        self.write(number, part)

    def finished(self, task: Task, limits: Limits) -> bool:
        """Whether the part of a task is there and whole.

        Raises:
            CannotResumeError: It was made of other letters.
        """
        head = self._head(task.number)
        if head is None:
            return False
        before = [LetterName(*name) for name in head["letters"]]
        if len(before) != len(task.units) or head["start"] != task.start:
            raise CannotResumeError(self._other(f"there are other letters than then from {before[0].source} on"))
        for unit, name, digest in zip(task.units, before, _hashes(task.units, limits), strict=True):
            if (unit.name.doc, unit.name.source) != (name.doc, name.source):
                raise CannotResumeError(self._other(f"{unit.name.source} stands where {name.source} stood"))
            if digest != name.sha256:
                raise CannotResumeError(self._other(f"{name.source} has changed"))
        return True

    def _other(self, what: str) -> str:
        return f"{self._run}: the inputs differ: {what}; leave out --resume to begin anew"

    def no_more_than(self, count: int) -> None:
        """All tasks are known.

        Raises:
            CannotResumeError: There are parts of letters that are no longer among the inputs.
        """
        for path in sorted(self._folder.glob("*.part")):
            if path.stem.isdigit() and int(path.stem) >= count:
                head = self._head(int(path.stem))
                if head is not None:
                    name = head["letters"][0][1]
                    raise CannotResumeError(self._other(f"{name} is no longer among them"))
                path.unlink()

    def body(self, number: int) -> Any:
        """What the run needs of a part that is there; parts are asked for in order."""
        head, blocks = self._read(number, 0)
        if number == len(self._starts):
            self._starts.append(head["start"])
        return blocks

    def text(self, place: int) -> SourceText:
        """The text of the letter at a place of the run, which must have one."""
        number = _before(self._starts, place)
        held = self._sources.get(number)
        if held is None:
            _, held = self._read(number, 1)
            self._sources[number] = held
            if len(self._sources) > _OPENED:
                self._sources.popitem(last=False)
        text: SourceText = _loads(held[place - self._starts[number]])
        return text

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:07}.part"

    def _head(self, number: int) -> dict[str, Any] | None:
        """What a part says of itself; None where there is none that is whole."""
        try:
            with self._path(number).open("rb") as file:
                return _whole(file)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError):
            self._path(number).unlink(missing_ok=True)
            return None

    def _read(self, number: int, which: int) -> tuple[dict[str, Any], Any]:
        with self._path(number).open("rb") as file:
            head = _head_of(file)
            for length, _, _ in head["blocks"][:which]:
                file.seek(length, os.SEEK_CUR)
            length, size, digest = head["blocks"][which]
            block = file.read(length)
        if _digest(block) != digest:
            raise OSError(f"part {number} of the run is damaged; start again with --resume")
        return head, _loads(pa.decompress(block, size, _CODEC, asbytes=True))


def packed_part(task: Task, names: Sequence[LetterName], body: object, sources: Sequence[bytes]) -> bytes:
    """A part as it lies on the disk, or goes from one machine to another.

    Args:
        task: What it was made of.
        names: Its letters.
        body: What the run needs of it: plain values.
        sources: The texts of its letters, packed.
    """
    blocks = [_packed(body), _packed(tuple(sources))]
    head = {
        "number": task.number,
        "start": task.start,
        "letters": [[name.doc, name.source, name.sha256] for name in names],
        "blocks": [[len(block), size, _digest(block)] for block, size in blocks],
    }
    line = json.dumps(head).encode("ascii")
    return b"".join((_MARK, _digest(line).encode(), b"\n", line, b"\n", *(block for block, _ in blocks)))


def _whole(file: IO[bytes]) -> dict[str, Any]:
    """What a part says of itself, when all of it is there."""
    head = _head_of(file)
    for length, _, digest in head["blocks"]:
        if _digest(file.read(length)) != digest:
            raise ValueError("a block is damaged")
    return head


def _head_of(file: IO[bytes]) -> dict[str, Any]:
    mark = file.readline(200)
    line = file.readline()
    if mark != _MARK + _digest(line[:-1]).encode() + b"\n":
        raise ValueError("no part")
    head: dict[str, Any] = json.loads(line)
    return head


def _before(starts: Sequence[int], place: int) -> int:
    low, high = 0, len(starts)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if starts[middle] <= place else (low, middle)
    return low


def _hashes(units: Sequence[Unit], limits: Limits) -> Iterator[str]:
    """The hash of each letter as it is now; those that come from far are fetched several at a time."""
    if not any(isinstance(unit, UrlUnit) for unit in units):
        yield from (unit.sha256(limits) for unit in units)
        return
    with ThreadPoolExecutor(_FETCHED) as pool:
        yield from pool.map(lambda unit: unit.sha256(limits), units)


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _packed(value: object) -> tuple[bytes, int]:
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return pa.compress(data, _CODEC, asbytes=True), len(data)


def _put(path: Path, data: bytes) -> None:
    """Write a file under another name, bring it to the disk, and only then give it its name."""
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    except BaseException:
        partial.unlink(missing_ok=True)
        raise
    to_disk(path.parent)


def to_disk(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk; some systems cannot open folders, and need not."""
    with contextlib.suppress(PermissionError, IsADirectoryError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


_PLAIN = {
    ("datetime", "date"),
    ("markupsafe", "Markup"),
    ("array", "_array_reconstructor"),
    ("collections", "Counter"),
    ("builtins", "frozenset"),
    ("builtins", "set"),
    ("copyreg", "__newobj__"),
}
_COUNTERS = {"Statistics", "Strata", "Progress"}
"""Our own types that count and are no dataclasses; making one has no effect beyond it."""


class _Reader(pickle.Unpickler):
    """Makes plain values and our own value types, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _PLAIN:
            return super().find_class(module, name)
        if module.startswith("checker.") and "." not in name:
            found = getattr(importlib.import_module(module), name, None)
            if isinstance(found, type) and found.__module__ == module and _is_value(found):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} has no place in a part")


def _is_value(kind: type) -> bool:
    named = issubclass(kind, tuple) and hasattr(kind, "_fields")
    return named or dataclasses.is_dataclass(kind) or issubclass(kind, enum.Enum) or kind.__name__ in _COUNTERS


def _loads(data: bytes) -> Any:
    return _Reader(io.BytesIO(data)).load()
