"""The letters of a run in parts of a fixed size: the same input gives the same parts, however many processes work."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from checker.reading.units import Unit

LETTERS = 100
"""Letters of a part. Few enough that a kill costs a second of work, enough that a part is worth a file."""
BYTES = 8_000_000
"""Bytes of text or PDF that a part may carry; letters in files of their own do not count, a part names only these."""


@dataclass(frozen=True, slots=True)
class Task:
    """Some letters of a run that follow one another.

    Attributes:
        number: Number of the part, from 0.
        start: Place of its first letter in the run.
        units: What the letters are read from.
    """

    number: int
    start: int
    units: tuple[Unit, ...]


def tasks(units: Iterable[Unit], letters: int = LETTERS, most: int = BYTES) -> Iterator[Task]:
    """Cuts the input into parts; one of them is in memory at a time.

    Args:
        units: What letters are read from, in input order.
        letters: Letters of a part.
        most: Bytes with which a part is closed early.
    """
    number = start = carried = 0
    held: list[Unit] = []
    for unit in units:
        held.append(unit)
        carried += unit.carried
        if len(held) >= letters or carried >= most:
            yield Task(number, start, tuple(held))
            number, start, carried = number + 1, start + len(held), 0
            held = []
    if held:
        yield Task(number, start, tuple(held))
