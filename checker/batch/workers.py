"""Worker processes for the parts of a run; one that dies or hangs costs the letter it was at, and no other.

Each worker has a pipe of its own and a note in shared memory of the letter it is at and since when. When it dies
or takes longer than allowed, the letter is tried once more, since the kill may have come from outside, or the machine
have slept; the second time it is given up and its part made again without it.
"""

import contextlib
import ctypes
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from checker.batch.tasks import Task

NOWHERE = -1
"""Stands for the letter while a worker is between letters."""

_AHEAD = 32
"""Parts that may be finished and wait for one before them, for each worker."""
_IDLE_DEATHS = 5
"""Deaths in a row without a letter that could be to blame, after which the machine is."""
_LOOK = 0.5
_PDEATHSIG = 1

At = Callable[[int], None]
"""Takes the place in its task of the letter that comes next, ``NOWHERE`` after the last."""


class Maker(Protocol):
    """Makes a part of the run. Started by ``spawn``, it is pickled."""

    def make(self, task: Task, spared: Mapping[int, str], at: At) -> bytes | None:
        """Make one part.

        Args:
            task: Its letters.
            spared: Letters that are not to be touched by their place in the task, with the reason.
            at: To be told of each letter before it is touched.

        Returns:
            The part, or None where it has been put where the parts are kept.
        """


class WorkersDiedError(Exception):
    """Workers die and no letter is to blame; or what makes the parts is broken."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How many work, and how long.

    Attributes:
        jobs: Worker processes.
        seconds: Most that one letter may take.
        start: ``fork`` or ``spawn``; "" for what suits the system.
    """

    jobs: int
    seconds: float = 60.0
    start: str = ""

    @property
    def method(self) -> str:
        """How processes are started: a fork shares the rules in memory, but only Linux takes one safely."""
        return self.start or ("fork" if sys.platform == "linux" else "spawn")


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    note: Any
    task: Task | None = None

    def give(self, task: Task, spared: Mapping[int, str]) -> None:
        self.task = task
        with contextlib.suppress(OSError):  # it died: that is seen when it is looked at
            self.pipe.send((task, spared))

    @property
    def letter(self) -> int:
        return int(self.note[0])

    @property
    def since(self) -> float:
        return float(self.note[1])


@dataclass(slots=True)
class _Open:
    """A part that is not finished."""

    task: Task
    spared: dict[int, str] = field(default_factory=dict)
    deaths: Counter[int] = field(default_factory=Counter)


class Workers:
    """The processes; to be used in a ``with`` block, on leaving which they are gone.

    Args:
        maker: Makes the parts. It should be warm, so that forked workers share what it holds.
        settings: How many, and how long.
    """

    def __init__(self, maker: Maker, settings: Settings) -> None:
        self._maker = maker
        self._settings = settings
        self._context: Any = multiprocessing.get_context(settings.method)
        self._workers: list[_Worker] = []
        self._open: dict[int, _Open] = {}
        self._again: list[int] = []
        self._idle_deaths = 0

    def __enter__(self) -> "Workers":
        """The processes, started."""
        if self._settings.method == "fork":
            gc.collect()
            gc.freeze()  # what is there already is not looked through again, and so stays shared
        for _ in range(self._settings.jobs):
            self._workers.append(self._started())
        return self

    def __exit__(self, *error: object) -> None:
        """End them, whatever they are at: a part takes its name only when it is whole."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()
        self._workers = []
        if self._settings.method == "fork":
            gc.unfreeze()

    @property
    def pids(self) -> tuple[int, ...]:
        """Process ids of those at work now."""
        return tuple(worker.process.pid for worker in self._workers)

    def made(self, tasks: Iterator[Task], finished: Callable[[Task], bool] = lambda task: False) -> Iterator[Task]:
        """The tasks in their order, each as soon as its part and all before it are there.

        Args:
            tasks: In order.
            finished: Whether the part of a task is there already.

        Raises:
            WorkersDiedError: They cannot go on.
            OSError: Parts cannot be written.
        """
        ready: dict[int, Task] = {}
        following = 0
        exhausted = False
        while not exhausted or self._open or ready:
            while not exhausted and self._free and len(self._open) + len(ready) < _AHEAD * self._settings.jobs:
                task = next(tasks, None)
                if task is None:
                    exhausted = True
                elif finished(task):
                    ready[task.number] = task
                    break  # those that are there can be passed on at once
                else:
                    self.add(task)
            for task, _ in self.looked(patient=following not in ready and bool(self._open)):
                ready[task.number] = task
            while following in ready:
                yield ready.pop(following)
                following += 1

    @property
    def _free(self) -> bool:
        return len(self._again) == 0 and any(worker.task is None for worker in self._workers)

    def _hand_out(self) -> None:
        for worker in self._workers:
            if not self._again:
                return
            if worker.task is None:
                part = self._open[self._again.pop(0)]
                worker.note[0] = NOWHERE
                worker.give(part.task, part.spared)

    def add(self, task: Task) -> None:
        """One more task, to be made when a worker is free; ``made`` does this by itself."""
        self._open[task.number] = _Open(task)
        self._again.append(task.number)
        self._hand_out()

    def looked(self, *, patient: bool, also: Sequence[Connection] = ()) -> Iterator[tuple[Task, bytes | None]]:
        """Hears what the workers say, and sees to those that died or hang; ``made`` does this by itself.

        Args:
            patient: Wait a moment where nobody has anything to say.
            also: Waiting ends when one of these has.

        Yields:
            Tasks that are finished since, each with what its maker gave.
        """
        talking = {worker.pipe: worker for worker in self._workers}
        for pipe in wait([*talking, *also], _LOOK if patient else 0):
            worker = talking.get(pipe)  # type: ignore[call-overload]
            if worker is None:
                continue
            try:
                said = worker.pipe.recv()
            except (EOFError, OSError):
                self._died(worker)
                continue
            if isinstance(said, BaseException):
                raise said
            finished = worker.task
            worker.task = None
            self._idle_deaths = 0
            if finished is not None:
                del self._open[finished.number]
                yield finished, said
        now = time.monotonic()
        for worker in self._workers:
            if worker.task is not None and worker.letter != NOWHERE and now - worker.since > self._settings.seconds:
                self._hangs(worker)
        self._hand_out()

    def _died(self, worker: _Worker) -> None:
        worker.process.join()
        code, letter = worker.process.exitcode, worker.letter
        if worker.task is not None:
            part = self._open[worker.task.number]
            if letter == NOWHERE:
                self._nobody_to_blame(code)
            else:
                part.deaths[letter] += 1
                if part.deaths[letter] > 1:
                    part.spared[letter] = f"internal error: the process died on it ({_told(code)}); {_REST}"
            self._again.insert(0, part.task.number)
        else:
            self._nobody_to_blame(code)
        self._replace(worker)

    def _nobody_to_blame(self, code: int | None) -> None:
        self._idle_deaths += 1
        if self._idle_deaths > _IDLE_DEATHS:
            raise WorkersDiedError(f"worker processes end at once ({_told(code)}): memory or rights may be lacking")

    def _hangs(self, worker: _Worker) -> None:
        if worker.task is None or worker.pipe.poll():
            return
        worker.process.kill()
        worker.process.join()
        part = self._open[worker.task.number]
        # Looked at again now that nothing changes it: the worker may have gone on in the moment before.
        letter = int(worker.letter)
        if letter != NOWHERE and time.monotonic() - worker.since > self._settings.seconds:
            part.deaths[letter] += 1
            if part.deaths[letter] > 1:
                part.spared[letter] = f"internal error: took more than {self._settings.seconds:g} seconds; {_REST}"
        self._again.insert(0, part.task.number)
        self._replace(worker)

    def _replace(self, worker: _Worker) -> None:
        worker.pipe.close()
        self._workers[self._workers.index(worker)] = self._started()

    def _started(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        note = self._context.RawArray("d", (NOWHERE, 0.0))
        process = self._context.Process(
            target=_work,
            args=(self._maker, theirs, note, os.getpid(), gc.get_threshold()),
            name="imrcheck-worker",
            daemon=True,
        )
        process.start()
        theirs.close()
        return _Worker(process, ours, note)


_REST = "the letter was not checked"


def _told(code: int | None) -> str:
    if code is not None and code < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-code).name
    return f"exit code {code}"


def _work(maker: Maker, pipe: Connection, note: Any, parent: int, garbage: tuple[int, int, int]) -> None:
    """The life of a worker: makes what it is given until its parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which then ends its workers
    _die_with(parent)
    gc.set_threshold(*garbage)  # a process that is not forked would look as often as Python does by itself

    def at(letter: int) -> None:
        note[0] = NOWHERE
        note[1] = time.monotonic()
        note[0] = letter

    while True:
        try:
            task, spared = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            part = maker.make(task, spared, at)
            note[0] = NOWHERE
            pipe.send(part)
        except Exception as error:  # a disk that is full, a part that cannot be written: for the parent to tell
            note[0] = NOWHERE
            pipe.send(_sendable(error))


def _die_with(parent: int) -> None:
    """On Linux a worker dies when its parent does, even one that hangs; elsewhere when it next listens."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _sendable(error: Exception) -> Exception:
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (our own bytes)
    except Exception:
        return WorkersDiedError(f"{type(error).__name__} in a worker process")
    return error
