"""How far a long run is, on standard error: a line that renews itself in a terminal, else a line a minute."""

import shutil
import sys
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Self, TextIO

_EVERY = 0.2
_EVERY_QUIET = 60.0
_WINDOW = 30.0
"""Seconds over which the rate is taken, so that it tells of now."""

Clock = Callable[[], float]


class Progress:
    """Letters done, their rate, the time left and the workers.

    Args:
        total: Letters of the run, None where nobody knows.
        stream: Where it is shown.
        clock: Seconds that only go forward.
    """

    def __init__(self, total: int | None = None, stream: TextIO | None = None, clock: Clock = time.monotonic) -> None:
        self.total = total
        self._stream = stream or sys.stderr
        self._clock = clock
        self._live = self._stream.isatty()
        self._letters = 0
        self._shown = clock()
        self._marks: deque[tuple[float, int]] = deque([(self._shown, 0)])
        self._line = ""

    def __enter__(self) -> Self:
        """The progress itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the line empty."""
        self.clear()

    def advance(self, letters: int, workers: int) -> None:
        """More letters are done.

        Args:
            letters: How many more.
            workers: Worker processes, 0 where this process does the work.
        """
        self._letters += letters
        now = self._clock()
        if now - self._shown < (_EVERY if self._live else _EVERY_QUIET):
            return
        self._shown = now
        self._marks.append((now, self._letters))
        while now - self._marks[0][0] > max(_WINDOW, _EVERY_QUIET if not self._live else 0) and len(self._marks) > 2:
            self._marks.popleft()
        self._show(self._told(now, workers))

    def clear(self) -> None:
        """Take the line away, so that something else can be said."""
        if self._live and self._line:
            self._stream.write("\r" + " " * len(self._line) + "\r")
            self._stream.flush()
            self._line = ""

    def _told(self, now: float, workers: int) -> str:
        since, before = self._marks[0]
        rate = (self._letters - before) / (now - since) if now > since else 0.0
        words = [f"{self._letters:,} of {self.total:,} letters" if self.total else f"{self._letters:,} letters"]
        words.append(f"{rate:,.0f} a second" if rate >= 10 else f"{rate:.1f} a second")
        if self.total and rate and self.total > self._letters:
            words.append(f"{_span((self.total - self._letters) / rate)} left")
        if workers:
            words.append(f"{workers} worker{'' if workers == 1 else 's'}")
        return ", ".join(words)

    def _show(self, line: str) -> None:
        if not self._live:
            self._stream.write(f"imrcheck: {line}\n")
        else:
            self.clear()
            self._line = line[: shutil.get_terminal_size().columns - 1]
            self._stream.write(self._line)
        self._stream.flush()


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
