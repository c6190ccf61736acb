"""Which rules a run will need, found out before workers are forked, so that they share them in memory.

The rules of each period of the guidelines take some 200 MB in the engine. A process of its own reads the first letters
of the run and says on which days they were governed: whatever a letter does to it, the run goes on without the answer.
"""

import contextlib
import multiprocessing
import random
from collections.abc import Callable, Sequence
from multiprocessing.connection import Connection
from typing import Any

from checker.reading.units import Unit

LOOKED_AT = 30
SECONDS = 20.0

Day = Callable[[Unit], Any]
"""The day by whose guidelines the letter of a unit is judged, as the rules know it; None where it is not judged."""


def days(units: Sequence[Unit], day: Day) -> tuple[Any, ...]:
    """The days by whose guidelines some of the letters are judged, each once; none on systems that do not fork.

    Args:
        units: What the first letters of the run are read from.
        day: Reads one of them, in the other process.
    """
    some = random.Random(0).sample(list(units), min(len(units), LOOKED_AT))  # noqa: S311 (not for secrets)
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_told, args=(some, day, theirs), daemon=True)
    process.start()
    theirs.close()
    found: dict[Any, None] = {}
    with ours, contextlib.suppress(EOFError, OSError):
        while ours.poll(SECONDS):
            found[ours.recv()] = None
    process.kill()
    process.join()
    return tuple(found)


def _told(units: Sequence[Unit], day: Day, pipe: Connection) -> None:
    for unit in units:
        with contextlib.suppress(Exception):  # it is told when the letter is judged
            found = day(unit)
            if found is not None:
                pipe.send(found)
    pipe.close()
