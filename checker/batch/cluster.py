"""The parts of a run made by the workers of a Dask cluster; the program that asks keeps them and the order.

Each part is a task of Dask, made by the same function as on one machine (``checker.batch.station``). Parts come back
to the program, which puts them on its disk as workers of its own do: so resuming, locks and masking are what they are
without a cluster, workers need no folder in common and no right to write, and nothing of a letter stays with them.
"""

import contextlib
import importlib
import json
import logging
import queue
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from checker.batch.errors import ClusterError
from checker.batch.station import Answer, Orders, Parcel, made
from checker.batch.tasks import Task
from checker.batch.workers import WorkersDiedError

LOCAL = "local"
"""``local:N`` starts N workers on this machine."""

_LEAST = 8
_AHEAD = 3
"""Parts that wait or are made, for each thread of a worker, so that none is without work; the least of all."""
_FINISHED = 4
"""Parts that may be finished and wait on the disk for one before them, for each of those."""
_KILLS = 10
"""Workers that may die in a row without a part being finished."""
_RETRIES = 2
"""How often Dask makes a part anew that broke without a letter to blame."""
_LOOK = 2.0
_NOBODY = 30.0
"""Seconds after which it is said that no worker is there."""
_CONNECT = 15
_MOST = 256
_LACKING = "a cluster needs Dask: pip install 'imrcheck[cluster]'"


def _make(orders: Orders, parcel: Parcel) -> Answer:
    """One part, on a worker; what Dask runs."""
    worker = _distributed().get_worker()
    answer = made(orders, parcel, worker.state.nthreads)
    if answer.refused:
        return replace(answer, refused=f"worker {worker.address} has {answer.refused}: use one image everywhere")
    return answer


def _kept(orders: Orders) -> Orders:
    """The orders, as a result that Dask hands from worker to worker, and makes again where one that has it dies."""
    return orders


@dataclass(slots=True)
class _Size:
    """How many letters the cluster judges at a time, asked again now and then: workers come and go."""

    client: Any
    say: Callable[[str], None]
    workers: int = 0
    threads: int = 0
    asked: float = 0.0
    seen: float = field(default_factory=time.monotonic)

    def look(self) -> None:
        now = time.monotonic()
        if self.asked and now - self.asked < _LOOK:
            return
        found = self.client.nthreads()
        self.workers, self.threads, self.asked = len(found), sum(found.values()), now
        if found:
            self.seen = now
        elif now - self.seen > _NOBODY:
            self.seen = now
            self.say("imrcheck: no worker is in the cluster; waiting for one")


class Cluster:
    """A cluster that is connected, see ``connected``.

    Args:
        client: Of Dask.
        address: What to call the cluster.
        say: Takes a line for the user.
    """

    def __init__(self, client: Any, address: str, say: Callable[[str], None]) -> None:
        self._client = client
        self._address = address
        self._size = _Size(client, say)

    @property
    def workers(self) -> int:
        """Workers that are there, as last heard."""
        return self._size.workers

    def made(
        self,
        orders: Orders,
        tasks: Iterator[Task],
        finished: Callable[[Task], bool],
        accept: Callable[[int, bytes], None],
    ) -> Iterator[Task]:
        """The tasks in their order, without their letters, each when its part and all before it have been accepted.

        Only so many are on their way as keep the workers busy, and one part at a time is in the memory of this process.

        Args:
            orders: How parts are made.
            tasks: In order.
            finished: Whether the part of a task is there already.
            accept: Takes the number of a part and the part.

        Raises:
            ClusterError: A worker differs from this program, or the cluster is gone.
            WorkersDiedError: Workers die and no letter is to blame.
            OSError: A part cannot be kept.
        """
        ready: set[int] = set()
        following = 0
        coming: Iterator[Task] | None = tasks
        with _Flight(self._client, self._address, orders) as flight:
            while True:
                while coming is not None and self._room(flight.count, len(ready)):
                    task = next(coming, None)
                    if task is None:
                        coming = None
                    elif finished(task):
                        ready.add(task.number)
                        break  # those that are there can be passed on at once
                    else:
                        flight.send(task)
                while following in ready:
                    ready.remove(following)
                    yield Task(following, 0, ())
                    following += 1
                if coming is None and not flight.count:
                    return
                # Where there is room, only those that are there already are waited for.
                landed = flight.landed(_LOOK if coming is None or not self._room(flight.count, len(ready)) else 0)
                if landed is not None:
                    _accepted(landed, accept)
                    ready.add(landed[0])

    def _room(self, flying: int, ready: int) -> bool:
        with _gone_is_said(self._address):
            self._size.look()
        window = max(_LEAST, _AHEAD * self._size.threads)
        return flying < window and ready < _FINISHED * window


class _Flight:
    """The tasks of one run that are with the cluster; to be used in a ``with`` block, on leaving which none is."""

    def __init__(self, client: Any, address: str, orders: Orders) -> None:
        self._client = client
        self._address = address
        self._run = f"imrcheck-{uuid.uuid4().hex}"
        self._flying: dict[int, Any] = {}
        self._landed: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._kills = 0
        with _gone_is_said(address):
            self._orders = client.submit(_kept, orders, key=f"{self._run}-orders", pure=False)

    def __enter__(self) -> "_Flight":
        return self

    def __exit__(self, *error: object) -> None:
        with contextlib.suppress(Exception):  # the cluster may be gone
            self._client.cancel([*self._flying.values(), self._orders])

    @property
    def count(self) -> int:
        """Tasks that are under way."""
        return len(self._flying)

    def send(self, task: Task) -> None:
        """Has one more made."""
        with _gone_is_said(self._address):
            future = self._client.submit(
                _make, self._orders, Parcel.of(task), key=(self._run, task.number), retries=_RETRIES, pure=False
            )
        self._flying[task.number] = future
        self._hear(task.number, future)

    def landed(self, seconds: float) -> tuple[int, bytes] | None:
        """A part that has come, and its number; waits so long for one."""
        try:
            number = self._landed.get(block=seconds > 0, timeout=seconds or None)
        except queue.Empty:
            return None
        part = self._part(number, self._flying[number])
        if part is None:
            return None
        self._kills = 0
        del self._flying[number]
        return number, part

    def _hear(self, number: int, future: Any) -> None:
        future.add_done_callback(lambda _: self._landed.put(number))

    def _part(self, number: int, future: Any) -> bytes | None:
        """The part of a task that is done, None where it is made again."""
        try:
            answer: Answer = future.result()
        except _distributed().KilledWorker as killed:
            self._kills += 1
            if self._kills > _KILLS:
                told = "workers of the cluster die at once: memory or rights may be lacking"
                raise WorkersDiedError(told) from killed
            with _gone_is_said(self._address):
                future.retry()
            self._hear(number, future)
            return None
        except (WorkersDiedError, OSError) as error:
            raise ClusterError(f"a worker cannot go on ({_line(error)}); {_REST}") from error
        except ModuleNotFoundError as error:
            told = f"a worker cannot import {error.name}: imrcheck of this version must be installed on all of them"
            raise ClusterError(told) from error
        except _distributed().CancelledError as error:
            raise ClusterError(f"the scheduler at {self._address} is gone; {_REST}") from error
        except Exception as error:
            raise ClusterError(f"the cluster at {self._address} is gone or broken ({_line(error)}); {_REST}") from error
        if answer.refused or answer.part is None:
            raise ClusterError(answer.refused or f"a worker made no part; {_REST}")
        return answer.part


def _accepted(landed: tuple[int, bytes], accept: Callable[[int, bytes], None]) -> None:
    try:
        accept(*landed)
    except ValueError as error:
        raise ClusterError(f"a worker sent no whole part ({_line(error)}); {_REST}") from error


@contextmanager
def _gone_is_said(address: str) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # sockets, tornado and Dask have errors of their own
        raise ClusterError(f"the cluster at {address} is gone ({_line(error)}); {_REST}") from error


def _distributed() -> Any:
    """Dask distributed, which is slow to import and of the extra "cluster".

    Raises:
        ClusterError: It is not installed.
    """
    try:
        return importlib.import_module("distributed")
    except ImportError:
        raise ClusterError(_LACKING) from None


def _silence() -> None:
    """Keep Dask's own log off standard error: what matters of it is told in a line, and some of it would be letters."""
    for name in [*logging.root.manager.loggerDict]:
        if name.partition(".")[0] in ("distributed", "tornado"):
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)


_REST = "what is finished is kept: --resume"


def _line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:150]}" if text else type(error).__name__


@contextmanager
def connected(address: str, say: Callable[[str], None]) -> Iterator[Cluster]:
    """A cluster, for as long as the block lasts.

    Args:
        address: ``local:N``, the address of a scheduler (``tcp://host:8786``, ``tls://…``), or its file.
        say: Takes a line for the user.

    Raises:
        ClusterError: Dask is not installed, or nobody answers there.
    """
    _distributed()
    _silence()
    kind, _, number = address.partition(":")
    with _local(number) if kind == LOCAL else _remote(address) as client:
        yield Cluster(client, address, say)


@contextmanager
def _local(number: str) -> Iterator[Any]:
    """Some workers on this machine, under certificates that nobody else has, since any user can reach a port."""
    import dask  # noqa: PLC0415 (of the extra "cluster")

    distributed = _distributed()
    if not number.isdigit() or not 0 < int(number) <= _MOST:
        raise ClusterError(f"local: is followed by a number of workers from 1 to {_MOST}, as in local:2")
    try:
        security = distributed.Security.temporary()
    except ImportError:
        raise ClusterError(_LACKING) from None
    quiet: dict[str, object] = {
        "distributed.scheduler.http.routes": [],
        "distributed.worker.http.routes": [],
        "distributed.worker.profile.enabled": False,
    }
    with (
        dask.config.set(quiet),
        distributed.LocalCluster(
            n_workers=int(number),
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            worker_dashboard_address="127.0.0.1:0",
            security=security,
            silence_logs="CRITICAL",
        ) as cluster,
        distributed.Client(cluster, set_as_default=False) as client,
    ):
        yield client


@contextmanager
def _remote(address: str) -> Iterator[Any]:
    where = _scheduler(address)
    security = _distributed().Security()
    # Without certificates a client neither connects nor ends.
    if where.startswith("tls://") and security.get_connection_args("client").get("ssl_context") is None:
        told = "asks for certificates, and none are set up here (see docs/cluster.md, Who may reach the scheduler)"
        raise ClusterError(f"the scheduler at {where} {told}")
    try:
        client = _distributed().Client(where, security=security, timeout=_CONNECT, set_as_default=False)
    except Exception as error:  # sockets, certificates, files: each has errors of its own
        raise ClusterError(f"no scheduler answers at {where} ({_line(error)})") from error
    with client:
        yield client


def _scheduler(address: str) -> str:
    """The address of a scheduler, as given or as its file tells it."""
    if "://" in address:
        return address
    try:
        found = json.loads(Path(address).read_text("utf-8"))["address"]
    except (OSError, ValueError, KeyError, TypeError):
        told = "give local:2, the address of a scheduler (tcp://host:8786) or its file"
        raise ClusterError(f"{address} is no cluster: {told}") from None
    return str(found)
