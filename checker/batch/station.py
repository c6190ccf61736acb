"""What a worker of a cluster does with a part: it hands it to a process of its own, which holds the rules.

A worker of Dask has threads, sockets and a clock to keep; letters are hostile, and the rule engine wants quiet. So
beside each worker stands a station: a plain process that loads the rules once, forks as many judges as the worker has
threads, as an audit on one machine does, and hands parts to and fro. A letter that kills its judge costs itself; when
the worker is gone the station hears it and ends, and its judges with it.
"""

import contextlib
import hashlib
import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import Any

from checker.batch.tasks import Task
from checker.batch.versions import program
from checker.batch.workers import Maker, Settings, Workers, WorkersDiedError
from checker.reading.units import Unit

IDLE = 120.0
"""Seconds without work after which a station ends; the next part starts one."""
_MAIN = "import sys; from checker.batch.station import main; main(int(sys.argv[1]))"
_STARTS = 3
"""Stations that a part may see end before it is given up."""

MadeWith = Callable[[], Mapping[str, str]]
"""Tells what the process that asks judges with besides its program, by name: rules, engine, templates."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What workers need to make the parts of a run; the same for all of them.

    It shows none of what it holds where Dask writes the arguments of a task to a log.

    Attributes:
        token: Tells the orders of one run from those of another.
        program: What the program of the client is, see ``versions.program``.
        packed: How parts are made, pickled.
    """

    token: str
    program: Mapping[str, str] = field(repr=False)
    packed: bytes = field(repr=False)

    @classmethod
    def of(cls, maker: Maker, made_with: MadeWith, warm: Callable[[Sequence[Unit]], None], seconds: float) -> "Orders":
        """Orders to make parts as they would be made here.

        Args:
            maker: Gives a part for a task.
            made_with: Tells what it judges with, wherever it is.
            warm: Makes ready, by some letters of the run, what the judges of a machine share.
            seconds: Most that one letter may take.
        """
        packed = pickle.dumps((dict(made_with()), made_with, maker, warm, seconds), pickle.HIGHEST_PROTOCOL)
        return cls(hashlib.sha256(packed).hexdigest(), program(), packed)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A task on its way; what it holds is not shown either."""

    number: int
    packed: bytes = field(repr=False)

    @classmethod
    def of(cls, task: Task) -> "Parcel":
        """A task to be sent."""
        return cls(task.number, pickle.dumps(task, pickle.HIGHEST_PROTOCOL))


@dataclass(frozen=True, slots=True)
class Answer:
    """What becomes of a task.

    Attributes:
        part: The part; None where there is none.
        refused: Why the worker makes no parts for this run, in a line; "" where it does.
    """

    part: bytes | None = field(default=None, repr=False)
    refused: str = ""


class StationEndedError(Exception):
    """A station ended while it had work."""


class Station:
    """The process beside a worker, as the worker sees it; several threads may hand it tasks.

    Args:
        orders: What it works by.
        judges: How many letters it judges at a time.
    """

    def __init__(self, orders: Orders, judges: int) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            handle = theirs.fileno()
            # It finds the modules that this process finds, and none in whatever folder this process is in.
            found = {"PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
            self._process = subprocess.Popen(  # noqa: S603
                [sys.executable, "-P", "-c", _MAIN, str(handle)],
                stdin=subprocess.DEVNULL,
                env={**os.environ, **found},
                pass_fds=(handle,),
            )
        self._pipe = Connection(ours.detach())
        self._guard = threading.Lock()
        self._sending = threading.Lock()
        self._waiting: dict[int, Future[Answer]] = {}
        self._ended = False
        self._send((orders, judges))
        threading.Thread(target=self._listen, name="imrcheck-station", daemon=True).start()

    @property
    def idle(self) -> bool:
        """Whether nobody waits for it."""
        return not self._waiting

    @property
    def ended(self) -> bool:
        """Whether it takes no more tasks."""
        return self._ended

    @property
    def pid(self) -> int:
        """Its process."""
        return self._process.pid

    def make(self, parcel: Parcel) -> Answer:
        """What becomes of a task; waits for it.

        Raises:
            StationEndedError: The station is no more; another one may do better.
            Exception: What the station could not go on for.
        """
        with self._guard:
            if self._ended:
                raise StationEndedError
            # A task that is asked for twice is made once.
            asked = parcel.number in self._waiting
            answer = self._waiting.setdefault(parcel.number, Future())
        if not asked:
            self._send(parcel)
        return answer.result()

    def end(self) -> None:
        """Let it end; it has no work."""
        self._process.kill()

    def _send(self, what: object) -> None:
        # Not under the guard, which hearing needs: both ends could wait for the other to read.
        with self._sending, contextlib.suppress(OSError):  # it is gone, which is heard
            self._pipe.send(what)

    def _listen(self) -> None:
        try:
            while True:
                number, answer = self._pipe.recv()
                if number is None:  # said of all tasks
                    self._all(answer)
                    continue
                with self._guard:
                    waiting = self._waiting.pop(number, None)
                if waiting is not None:
                    waiting.set_result(answer)
        except (EOFError, OSError):
            with self._guard:
                self._ended = True
            self._all(StationEndedError())
            self._pipe.close()
            self._process.kill()
            self._process.wait()

    def _all(self, answer: Answer | Exception) -> None:
        with self._guard:
            waiting, self._waiting = self._waiting, {}
        for each in waiting.values():
            if isinstance(answer, Exception):
                each.set_exception(answer)
            else:
                each.set_result(answer)


_STATIONS: dict[str, Station] = {}
"""The stations of this process, by the token of their orders."""
_GUARD = threading.Lock()


def made(orders: Orders, parcel: Parcel, judges: int) -> Answer:
    """What becomes of a task, on the worker that this process is.

    Args:
        orders: What to work by.
        parcel: The task.
        judges: Threads of the worker, each of which may call this.

    Raises:
        WorkersDiedError: Stations end as soon as they begin.
    """
    for _ in range(_STARTS):
        try:
            return _station(orders, judges).make(parcel)
        except StationEndedError:
            continue
    raise WorkersDiedError("the processes beside a worker end at once: memory or rights may be lacking")


def _station(orders: Orders, judges: int) -> Station:
    with _GUARD:
        station = _STATIONS.get(orders.token)
        if station is not None and not station.ended:
            return station
        for token, other in list(_STATIONS.items()):
            if other.idle:  # of a run that is over, or stopped
                other.end()
                del _STATIONS[token]
        station = _STATIONS[orders.token] = Station(orders, judges)
        return station


def differing(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """What is not the same here and there, in a line; "" where nothing is.

    Args:
        here: What the worker has.
        there: What the client has.
    """
    names = [name for name in {**there, **here} if here.get(name) != there.get(name)]
    return ", ".join(f"{name} {here.get(name, 'none')} (here {there.get(name, 'none')})" for name in names)


def serve(pipe: Connection) -> None:
    """The life of a station: makes the parts it is asked for, until nobody is there who asks.

    Args:
        pipe: To the worker.
    """
    orders, judges = pipe.recv()
    refused = differing(program(), orders.program)
    if not refused:
        try:
            told, made_with, maker, warm, seconds = pickle.loads(orders.packed)  # noqa: S301 (whoever sends tasks to a worker runs code there)
            refused = differing(made_with(), told)
        except Exception as error:
            refused = f"no rules or templates as here ({' '.join(str(error).split())[:200]})"
    first: Task = pickle.loads(pipe.recv().packed)  # noqa: S301
    if refused:
        pipe.send((None, Answer(refused=refused)))
        return
    warm(first.units)
    with Workers(maker, Settings(judges, seconds)) as workers:
        workers.add(first)
        try:
            _serve(pipe, workers)
        except (OSError, WorkersDiedError) as error:
            pipe.send((None, error))


def _serve(pipe: Connection, workers: Workers) -> None:
    heard = time.monotonic()
    waiting = 1
    while waiting or time.monotonic() - heard < IDLE:
        for task, part in workers.looked(patient=True, also=[pipe]):
            pipe.send((task.number, Answer(part)))
            waiting -= 1
            heard = time.monotonic()
        while pipe.poll():
            workers.add(pickle.loads(pipe.recv().packed))  # noqa: S301
            waiting += 1


def main(handle: int) -> None:
    """Serve the worker at the other end of a socket."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the client, which then lets go of its cluster
    pipe: Any = Connection(handle)
    try:
        serve(pipe)
    except (EOFError, ConnectionError):
        return
