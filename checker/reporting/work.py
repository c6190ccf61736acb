"""How the parts of a run come about: in this process, or by workers; anew, or beside those that a stopped run left."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Protocol

from checker.batch.cluster import Cluster
from checker.batch.station import MadeWith, Orders
from checker.batch.tasks import Task, tasks
from checker.batch.workers import Settings, Workers
from checker.reading import Limits
from checker.reading.units import Unit, in_hand
from checker.reporting.runparts import PartKeeper, RunPart


class Progress(Protocol):
    """Shows how far a run is."""

    total: int | None

    def advance(self, letters: int, workers: int) -> None:
        """More letters are done, by so many workers."""

    def clear(self) -> None:
        """Something else is said now."""


MANY = 200
"""Letters from which on a run is worth several processes, where nothing else is asked for."""
SECONDS = 60.0
"""Most that one letter may take; it takes milliseconds."""


def _nothing(units: Sequence[Unit]) -> None:
    pass


def _no_more() -> dict[str, str]:
    return {}


@dataclass(frozen=True, slots=True)
class Work:
    """How a run is done.

    Attributes:
        jobs: Processes; 1 works in this one, None takes one for each core where there are many letters.
        seconds: Most that one letter may take, where workers judge it; None for ``SECONDS``.
        resume: Keep what a run that was stopped has finished.
        limits: When to refuse a letter.
        debug: Whether to show the traceback of an internal error.
        warm: Makes ready in this process, by the first letters of the run, what forked workers then share. For a
            cluster it is pickled.
        counted: How many letters there are, where that is known.
        progress: Told of letters and workers.
        say: Told why letters were not checked.
        start: How processes are started; "" for what suits the system.
        cluster: Whose workers do it; None where it is done on this machine.
        made_with: Tells what it is done with besides the program; for a cluster it is pickled, and must tell the same
            there.
    """

    jobs: int | None = None
    seconds: float | None = None
    resume: bool = False
    limits: Limits = field(default_factory=Limits)
    debug: bool = False
    warm: Callable[[Sequence[Unit]], None] = _nothing
    counted: Callable[[], int | None] = lambda: None
    progress: Progress | None = None
    say: Callable[[str], None] = lambda line: None
    start: str = ""
    cluster: Cluster | None = None
    made_with: MadeWith = _no_more


def done(units: Iterable[Unit], keeper: PartKeeper, work: Work, *, resume: bool) -> Iterator[RunPart]:
    """The parts of a run in input order.

    Args:
        units: What the letters are read from.
        keeper: Makes a part, and keeps it.
        work: How.
        resume: Whether parts may be there already.

    Raises:
        CannotResumeError: Those that are there were made of other letters.
        WorkersDiedError: Worker processes cannot go on.
        ClusterError: Nor can the cluster.
        OSError: A part cannot be written or read.
    """
    coming = iter(units)
    if work.cluster is not None:
        coming = in_hand(coming, work.limits)
    begin = list(islice(coming, MANY))
    many = len(begin) == MANY
    jobs = work.jobs or (cores() if many else 1)
    apart = work.cluster is None and (jobs > 1 or work.seconds is not None)
    cut = tasks(chain(begin, coming))
    if apart:
        work.warm(begin)
    del begin
    if work.progress is not None and many:
        work.progress.total = work.counted()
    partitions = keeper.partitions
    there = (lambda task: partitions.finished(task, work.limits)) if resume else (lambda task: False)
    number = -1
    if work.cluster is not None:
        made = _by_cluster(cut, keeper, work.cluster, work, there)
    else:
        made = _by_workers(cut, keeper, jobs, work, there) if apart else _here(cut, keeper, there)
    for task in made:
        number = task.number
        part: RunPart = partitions.body(number)
        _tell(part, work, work.cluster.workers if work.cluster is not None else jobs if apart else 0)
        yield part
    partitions.no_more_than(number + 1)


def _tell(part: RunPart, work: Work, workers: int) -> None:
    if work.progress is not None:
        if part.said:
            work.progress.clear()
        work.progress.advance(part.tally.letters, workers)
    for line in part.said:
        work.say(line)


def _here(cut: Iterator[Task], keeper: PartKeeper, there: Callable[[Task], bool]) -> Iterator[Task]:
    for task in cut:
        if not there(task):
            keeper.make(task, {}, lambda place: None)
        yield task


def _by_workers(
    cut: Iterator[Task], keeper: PartKeeper, jobs: int, work: Work, there: Callable[[Task], bool]
) -> Iterator[Task]:
    with Workers(keeper, Settings(jobs, work.seconds or SECONDS, work.start)) as workers:
        yield from workers.made(cut, there)


def _by_cluster(
    cut: Iterator[Task], keeper: PartKeeper, cluster: Cluster, work: Work, there: Callable[[Task], bool]
) -> Iterator[Task]:
    orders = Orders.of(keeper.maker, work.made_with, work.warm, work.seconds or SECONDS)
    yield from cluster.made(orders, cut, there, keeper.partitions.accept)


def cores() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
