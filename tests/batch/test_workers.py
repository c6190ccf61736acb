"""Workers that die or hang: each costs the one letter that it was at, and the parts come in their order."""

import itertools
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from checker.batch.tasks import Task, tasks
from checker.batch.workers import Settings, Workers, WorkersDiedError
from checker.reading.letters import Name
from checker.reading.units import BytesUnit
from tests.batch.makers import Broken, Writer, units

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills as Linux does")


def worked(folder: Path, texts: list[str], *, size: int = 4, jobs: int = 2, start: str = "") -> list[list[str]]:
    maker = Writer(folder)
    with Workers(maker, Settings(jobs, 1.5, start)) as workers:
        numbers = [task.number for task in workers.made(tasks(units(*texts), size))]
    assert numbers == list(range(len(numbers)))
    return [maker.made(number) for number in numbers]


def test_parts_come_in_the_order_of_the_letters(tmp_path: Path) -> None:
    texts = [str(n) for n in range(50)]
    assert list(itertools.chain(*worked(tmp_path, texts))) == texts


def test_no_letters_no_parts(tmp_path: Path) -> None:
    assert worked(tmp_path, []) == []


@pytest.mark.parametrize(
    ("what", "told"),
    [("segfault", "SIGSEGV"), ("exit", "exit code 7"), ("kill", "SIGKILL"), ("hang", "took more than 1.5 seconds")],
)
def test_a_letter_that_kills_costs_itself(tmp_path: Path, what: str, told: str) -> None:
    texts = [str(n) for n in range(12)]
    texts[6] = what
    found = list(itertools.chain(*worked(tmp_path, texts)))
    assert [n for n, (was, now) in enumerate(zip(texts, found, strict=True)) if was != now] == [6]
    assert told in found[6]
    assert found[6].endswith("the letter was not checked")


def test_several_in_one_part_cost_themselves(tmp_path: Path) -> None:
    found = worked(tmp_path, ["exit", "1", "segfault", "3", "4", "exit", "6", "7"], size=8)
    assert [("not checked" in text) for text in found[0]] == [True, False, True, False, False, True, False, False]


def test_a_kill_from_outside_costs_nothing(tmp_path: Path) -> None:
    texts = ["0", "kill once a", "2", "segfault once b", "exit once c", "5"]
    assert list(itertools.chain(*worked(tmp_path, texts, size=3))) == texts


def test_workers_that_are_started_anew_do_the_same(tmp_path: Path) -> None:
    found = list(itertools.chain(*worked(tmp_path, ["0", "exit", "2", "3"], size=2, start="spawn")))
    assert found[0::2] == ["0", "2"]
    assert "exit code 7" in found[1]


def test_a_full_disk_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left") as told:
        worked(tmp_path, ["0", "full", "2"])
    assert told.value.errno == 28


def test_workers_that_die_whatever_they_get_end_the_run() -> None:
    with Workers(Broken(), Settings(2)) as workers, pytest.raises(WorkersDiedError, match="exit code 3"):
        list(workers.made(tasks(units("0", "1"), 1)))


def test_leaving_ends_those_that_hang(tmp_path: Path) -> None:
    with Workers(Writer(tmp_path), Settings(2, 600)) as workers:
        made = workers.made(tasks(units("0", "hang", "hang"), 1))
        assert next(made).number == 0
        pids = workers.pids
    assert not [pid for pid in pids if alive(pid)]


def test_workers_die_with_their_parent(tmp_path: Path) -> None:
    """Even those that hang."""
    ours, theirs = os.pipe()
    parent = os.fork()
    if parent == 0:
        with Workers(Writer(tmp_path), Settings(2, 600)) as workers:
            made = workers.made(tasks(units("0", "hang", "hang"), 1))
            next(made)
            os.write(theirs, " ".join(map(str, workers.pids)).encode())
            next(made)
        os._exit(0)
    pids = [int(pid) for pid in os.read(ours, 100).split()]
    assert [pid for pid in pids if alive(pid)] == pids
    os.kill(parent, signal.SIGKILL)
    os.waitpid(parent, 0)
    end = time.monotonic() + 10
    while any(alive(pid) for pid in pids) and time.monotonic() < end:
        time.sleep(0.05)
    assert not [pid for pid in pids if alive(pid)]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().split()[2] not in ("Z", "X")
    except OSError:
        return False


def test_finished_parts_are_passed_on_and_not_made(tmp_path: Path) -> None:
    made: list[int] = []

    def there(task: Task) -> bool:
        return task.number in (0, 2, 3)

    with Workers(Writer(tmp_path), Settings(2)) as workers:
        made = [task.number for task in workers.made(tasks(units(*"abcdefgh"), 1), there)]
    assert made == list(range(8))
    assert sorted(path.stem for path in tmp_path.glob("*.json")) == ["1", "4", "5", "6", "7"]


def test_tasks_are_cut_by_letters_and_by_what_they_carry() -> None:
    cut = list(tasks(units("a", "b", "c", "d", "e"), 2))
    assert [(t.number, t.start, len(t.units)) for t in cut] == [(0, 0, 2), (1, 2, 2), (2, 4, 1)]
    heavy = [BytesUnit(Name(str(n), ""), b"x" * 60) for n in range(5)]
    assert [len(t.units) for t in tasks(heavy, 100, most=100)] == [2, 2, 1]
