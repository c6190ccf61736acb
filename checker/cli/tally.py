"""What a command says on standard error, and the exit code that follows from it."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO, TypeVar

import typer

from checker.batch.letters import Failed, Letter, identity, problems, status
from checker.cli.exits import Exit
from checker.model.determination import Status
from checker.model.source import SourceText
from checker.reporting.visible import as_log, folded

_Seen = TypeVar("_Seen", bound=SourceText | Letter)
_DONE = (Status.OK, Status.PARTIAL)


def say(line: str) -> None:
    """One line on standard error; what letters or file names hide in it is made visible, and commands nobody."""
    typer.echo(as_log(folded(line)), err=True)


def standard_output() -> BinaryIO:
    """Standard output for bytes: line ends and encoding are ours, whatever the terminal's are."""
    return sys.stdout.buffer


class Tally:
    """Counts the letters of a run while they pass, and says what is wrong with each."""

    def __init__(self) -> None:
        self.counts: Counter[Status] = Counter()
        self.failed = 0

    def counted(self, letters: Iterable[_Seen]) -> Iterator[_Seen]:
        """The same letters, one by one."""
        for letter in letters:
            self._add(letter)
            yield letter

    def _add(self, letter: SourceText | Letter) -> None:
        if isinstance(letter, SourceText):
            self.counts[Status.OK] += 1
            source, lines = letter.source, letter.problems
        else:
            self.failed += isinstance(letter, Failed)
            self.counts[status(letter)] += 1
            source, lines = identity(letter).source, problems(letter)
        for line in lines:
            say(f"{source}: {line}")

    def line(self) -> str:
        """The summary: ``12 letters: 10 ok, 1 partial, 1 unknown layout, 0 unreadable``."""
        total = sum(self.counts.values())
        words = ", ".join(f"{self.counts[kind]} {kind.value.replace('-', ' ')}" for kind in Status)
        return f"{total} letter{'' if total == 1 else 's'}: {words}"

    def exit_code(self) -> Exit:
        """Clean if every letter was taken apart, in part at least; nothing if none was; broken if the program broke."""
        done = sum(self.counts[kind] for kind in _DONE)
        if self.failed:
            return Exit.BROKEN
        if not done:
            return Exit.NOTHING
        return Exit.CLEAN if done == sum(self.counts.values()) else Exit.FOUND
