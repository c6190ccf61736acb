"""What the program does with a cluster, seen with one that answers as it is told to."""

import importlib
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import distributed
import pytest
from typer.testing import CliRunner

from checker.batch import cluster as clusters
from checker.batch.cluster import Cluster, connected
from checker.batch.errors import ClusterError
from checker.batch.partitions import Partitions, packed_part
from checker.batch.station import Answer, Orders, Parcel
from checker.batch.tasks import Task, tasks
from checker.batch.workers import WorkersDiedError
from checker.cli.app import app
from tests.batch.makers import units

ORDERS = Orders("token", {"imrcheck": "1"}, b"the words of a verdict")


class Future:
    def __init__(self, client: "Client", number: int, outcomes: Sequence[object]) -> None:
        self._client = client
        self._number = number
        self._outcomes = list(outcomes)
        self.retried = 0

    def add_done_callback(self, call: Callable[[object], None]) -> None:
        self._client.heard(lambda: call(self))

    def result(self) -> Answer:
        outcome = self._outcomes.pop(0) if self._outcomes else Answer(str(self._number).encode())
        if isinstance(outcome, Exception):
            raise outcome
        assert isinstance(outcome, Answer)
        return outcome

    def retry(self) -> None:
        self.retried += 1


class Client:
    """Makes parts at once, and tells of them in any order."""

    def __init__(self, threads: int, most: int, **outcomes: Sequence[object]) -> None:
        self.threads = threads
        self.most = most
        self.outcomes = {int(name[2:]): told for name, told in outcomes.items()}
        self.futures: dict[int, Future] = {}
        self.cancelled = False
        self._calls: list[Callable[[], None]] = []
        self._rng = random.Random(0)  # noqa: S311 (not for secrets)

    def submit(self, make: object, *given: Any, key: object, **options: object) -> Future:
        if make is clusters._kept:
            return Future(self, -1, [])
        _, parcel = given
        assert isinstance(parcel, Parcel)
        self.futures[parcel.number] = Future(self, parcel.number, self.outcomes.get(parcel.number, ()))
        return self.futures[parcel.number]

    def heard(self, call: Callable[[], None]) -> None:
        self._calls.append(call)
        if len(self._calls) >= self.most:
            self._rng.shuffle(self._calls)
            while self._calls:
                self._calls.pop()()

    def nthreads(self) -> dict[str, int]:
        return {f"w{n}": 1 for n in range(self.threads)}

    def cancel(self, futures: object) -> None:
        self.cancelled = True


def made(client: Client, count: int, finished: Callable[[Task], bool] = lambda task: False) -> Iterator[int]:
    """Numbers as they are passed on; what is accepted and on its way is looked at."""
    accepted: dict[int, bytes] = {}
    cluster = Cluster(client, "tcp://there:1", print)
    for task in cluster.made(ORDERS, tasks(units(*map(str, range(count))), 1), finished, accepted.__setitem__):
        assert task.units == ()
        assert finished(task) or accepted[task.number] == str(task.number).encode()
        assert len(client.futures) - len(accepted) <= max(8, 3 * client.threads)
        yield task.number


def test_parts_come_in_order_and_only_so_many_are_on_their_way() -> None:
    client = Client(4, most=12)
    assert list(made(client, 60)) == list(range(60))
    assert client.cancelled


def test_a_part_that_does_not_come_holds_up_the_others_before_there_are_too_many() -> None:
    """Parts that wait for it lie on the disk, but not the whole run."""
    client = Client(1, most=1)
    real = client.heard
    late: list[Callable[[], None]] = []
    most = 4 * 8 + 8 - 1  # finished, and on their way

    def heard(call: Callable[[], None]) -> None:
        if not late:
            late.append(call)
        else:
            real(call)
        if len(client.futures) == most:
            real(late[0])

    client.heard = heard  # type: ignore[method-assign]
    coming = made(client, 200)
    assert next(coming) == 0
    assert len(client.futures) == most
    assert list(coming) == list(range(1, 200))


def test_parts_that_are_there_are_not_made() -> None:
    client = Client(2, most=1)
    assert list(made(client, 10, lambda task: task.number in (0, 1, 5, 9))) == list(range(10))
    assert sorted(client.futures) == [2, 3, 4, 6, 7, 8]


def killed() -> Exception:
    return distributed.KilledWorker("key", None, 3)


def test_workers_that_die_by_chance_cost_nothing() -> None:
    client = Client(2, most=1, at3=[killed()] * 2, at7=[killed()] * 9)
    assert list(made(client, 10)) == list(range(10))
    assert [client.futures[n].retried for n in (2, 3, 7)] == [0, 2, 9]


def test_workers_that_die_whatever_they_get_end_the_run() -> None:
    client = Client(2, most=1, at3=[killed()] * 20)
    with pytest.raises(WorkersDiedError, match="memory or rights may be lacking"):
        list(made(client, 4))
    assert client.cancelled


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Answer(refused="worker tcp://w has other rules"), "^worker tcp://w has other rules$"),
        (
            distributed.CancelledError("x"),
            "^the scheduler at tcp://there:1 is gone; what is finished is kept: --resume$",
        ),
        (ModuleNotFoundError("No module named 'checker'", name="checker"), "a worker cannot import checker: imrcheck"),
        (RuntimeError("any"), "the cluster at tcp://there:1 is gone or broken .RuntimeError: any"),
        (OSError(28, "No space left on device"), "No space left"),
    ],
)
def test_what_ends_a_run_is_one_line(outcome: object, told: str) -> None:
    with pytest.raises(ClusterError, match=told) as error:
        list(made(Client(2, most=1, at1=[outcome]), 4))
    assert "\n" not in str(error.value)


def test_a_part_that_is_not_whole_ends_the_run(tmp_path: Path) -> None:
    parts = Partitions(tmp_path / "parts", tmp_path, {})
    parts.open(resume=False)
    whole = packed_part(Task(1, 0, ()), [], 1, [])
    for part in (whole, whole[:-1], b"junk"):  # the first is another than asked for
        cluster = Cluster(Client(1, most=1, at0=[Answer(part)]), "tcp://there:1", print)
        with pytest.raises(ClusterError, match="a worker sent no whole part"):
            list(cluster.made(ORDERS, tasks(units("a"), 1), lambda task: False, parts.accept))
    assert not list((tmp_path / "parts").glob("*.part"))


def test_nobody_in_the_cluster_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_NOBODY", 0.0)
    monkeypatch.setattr(clusters, "_LOOK", 0.0)
    said: list[str] = []
    none = Cluster(Client(0, most=1), "tcp://there:1", said.append)
    assert len(list(none.made(ORDERS, tasks(units("a"), 1), lambda task: False, lambda number, part: None))) == 1
    assert said[0] == "imrcheck: no worker is in the cluster; waiting for one"


def test_no_letter_stands_in_what_dask_may_log() -> None:
    parcel = Parcel.of(Task(3, 0, tuple(units("the worker lifted a box"))))
    for shown in (repr(parcel), repr(ORDERS), repr(Answer(b"lifted"))):
        assert "lifted" not in shown
        assert "verdict" not in shown


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("local:0", "number of workers from 1 to 256, as in local:2"),
        ("local:two", "number of workers"),
        ("no-such.json", "no-such.json is no cluster: give local:2, the address of a scheduler"),
        ("tcp://127.0.0.1:9", "no scheduler answers at tcp://127.0.0.1:9"),
        ("what://127.0.0.1", "no scheduler answers at what://127.0.0.1"),
        ("tls://127.0.0.1:9", "the scheduler at tls://127.0.0.1:9 asks for certificates, and none are set up here"),
    ],
)
def test_what_is_no_cluster_is_said(address: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clusters, "_CONNECT", 0.3)
    with pytest.raises(ClusterError, match=told) as error, connected(address, print):
        pass
    assert "\n" not in str(error.value)


def test_a_missing_extra_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(importlib, "import_module", lacking)
    done = CliRunner().invoke(app, ["audit", str(tmp_path), "--out", str(tmp_path / "run"), "--cluster", "local:2"])
    assert done.exit_code == 2
    assert done.stderr == "imrcheck: a cluster needs Dask: pip install 'imrcheck[cluster]'\n"


def test_jobs_are_of_this_machine(tmp_path: Path) -> None:
    command = ["audit", str(tmp_path), "--out", str(tmp_path / "run"), "--cluster", "local:2", "--jobs", "2"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 2
    assert "its workers decide" in done.stderr
