"""What a run keeps of every letter until it is over: on disk, since a million letters do not fit into memory."""

import pickle
import tempfile
from array import array
from collections.abc import Iterator
from types import TracebackType
from typing import IO, Generic, Self, TypeVar, cast

Value = TypeVar("Value")

_IN_MEMORY = 1_000_000
"""Bytes that are kept in memory; with more, all of them lie in a temporary file."""


class Shelf(Generic[Value]):
    """Values by their place in a run; memory holds eight bytes each.

    A value that is put anew stands in the file a second time, and the first is forgotten.
    """

    def __init__(self) -> None:
        # Pickles are written and read by this process alone, in a file that no one else can open.
        file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (closed on leaving)
        self._file = cast(IO[bytes], file)
        self._starts = array("Q")
        self._end = 0

    def __len__(self) -> int:
        return len(self._starts)

    def __enter__(self) -> Self:
        """The shelf itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self.close()

    def close(self) -> None:
        """Let go of the file; nothing can be put or had after that."""
        self._file.close()

    def append(self, value: Value) -> None:
        """Keep the value of the next place."""
        self._starts.append(self._end)
        self._write(value)

    def __setitem__(self, place: int, value: Value) -> None:
        """Put another value in the place of one."""
        self._starts[place] = self._end
        self._write(value)

    def _write(self, value: Value) -> None:
        packed = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._end)
        self._file.write(packed)
        self._end += len(packed)

    def __getitem__(self, place: int) -> Value:
        """The value at a place.

        Raises:
            IndexError: There is none.
        """
        return self._at(self._starts[place])

    def __iter__(self) -> Iterator[Value]:
        """All values by place."""
        return map(self._at, self._starts)

    def _at(self, start: int) -> Value:
        if self._file.tell() != start:  # what is read in a row stays in the buffer
            self._file.seek(start)
        value: Value = pickle.load(self._file)  # noqa: S301 (our own bytes)
        return value
