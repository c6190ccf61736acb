"""A run by the workers of a cluster: the bytes of one process, whatever dies; a letter that kills costs itself."""

import json
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from typer.testing import CliRunner

from checker.batch import station
from checker.batch.cluster import Cluster, connected
from checker.batch.errors import ClusterError
from checker.batch.partitions import PARTS
from checker.cli.app import app
from checker.reporting import work as working
from checker.reporting.work import Work
from tests.across.letters import FOLDER as ACROSS
from tests.reporting.test_resuming import Told, audit, contents, stopped, units

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kills as Linux does")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    with connected("local:2", print) as two:
        yield two


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of ten letters."""
    real = working.tasks
    monkeypatch.setattr(working, "tasks", lambda units: real(units, 10))


def workers_of(cluster: Cluster) -> list[psutil.Process]:
    """Those that answer: one that was killed a moment ago does not."""
    return [psutil.Process(pid) for pid in cluster._client.run(os.getpid, on_error="ignore").values() if pid]


def test_a_cluster_writes_the_bytes_of_one_process(tmp_path: Path, cluster: Cluster) -> None:
    first = audit(tmp_path).run(units(45), tmp_path / "one", Work(jobs=1))
    second = audit(tmp_path).run(units(45), tmp_path / "many", Work(cluster=cluster))
    assert first == second
    assert first.unreadable == 11
    assert contents(tmp_path / "one") == contents(tmp_path / "many")
    assert cluster.workers == 2


def test_letters_that_kill_cost_themselves(tmp_path: Path, cluster: Cluster) -> None:
    """Named as on one machine; the workers of Dask live on."""
    given = units(40, at3="segfault-x", at14="exit-x", at15="kill once a-x")
    before = {process.pid for process in workers_of(cluster)}
    said: list[str] = []
    tally = audit(tmp_path).run(given, tmp_path / "many", Work(say=said.append, cluster=cluster))
    assert (tally.letters, tally.failed) == (40, 2)
    for name, told in (("segfault-x", "SIGSEGV"), ("exit-x", "exit code 7")):
        assert [line for line in said if line.startswith(f"in:{name}: ") and told in line]
    assert {process.pid for process in workers_of(cluster)} == before
    (tmp_path / "a.seen").unlink()
    audit(tmp_path).run(given, tmp_path / "here", Work(2))
    assert contents(tmp_path / "here") == contents(tmp_path / "many")


def test_a_letter_that_hangs_is_given_up(tmp_path: Path, cluster: Cluster) -> None:
    said: list[str] = []
    audit(tmp_path).run(units(3, at1="hang-x"), tmp_path / "run", Work(seconds=1.5, say=said.append, cluster=cluster))
    assert [line for line in said if line.startswith("in:hang-x: ") and "took more than 1.5 seconds" in line]


def test_killed_workers_lose_nothing(tmp_path: Path, cluster: Cluster) -> None:
    killed: list[int] = []

    def kill(letters: int, workers: int) -> None:
        """First a worker, which Dask starts anew, then the process beside one of them."""
        seen.append(letters)
        here = workers_of(cluster) if len(seen) in (2, 6) else []
        victims = here if len(seen) == 2 else [child for process in here for child in process.children()]
        for victim in victims[:1]:
            os.kill(victim.pid, signal.SIGKILL)
            killed.append(victim.pid)

    seen: list[int] = []
    slow = audit(tmp_path, 0.01)
    slow.run(units(120), tmp_path / "many", Work(cluster=cluster, progress=Told(kill)))
    assert len(set(killed)) == 2
    audit(tmp_path).run(units(120), tmp_path / "one", Work(1))
    assert contents(tmp_path / "many") == contents(tmp_path / "one")


def test_a_run_goes_on_where_it_was(tmp_path: Path, cluster: Cluster) -> None:
    """Begun on one machine and finished by a cluster."""
    out = stopped(tmp_path, units(35))
    made = {path.name: path.stat().st_mtime_ns for path in (out / PARTS).glob("*.part")}
    looked: list[dict[str, int]] = []

    def look(letters: int, workers: int) -> None:
        looked.append({name: (out / PARTS / name).stat().st_mtime_ns for name in made})

    audit(tmp_path).run(units(35), out, Work(resume=True, cluster=cluster, progress=Told(look)))
    assert looked == [made] * 4
    audit(tmp_path).run(units(35), tmp_path / "quiet", Work(1))
    assert contents(out) == contents(tmp_path / "quiet")


@dataclass(frozen=True)
class Other:
    """Tells something else in each process."""

    def __call__(self) -> dict[str, str]:
        return {"engine": "reference reading", "rules": str(os.getpid())}


def _no_folder() -> None:
    raise FileNotFoundError("my-rules: there is no such folder")


class Lacking:
    """Cannot be had elsewhere."""

    def __call__(self) -> dict[str, str]:
        return {}

    def __reduce__(self) -> tuple[Callable[[], None], tuple[()]]:
        return _no_folder, ()


def test_workers_with_other_rules_are_refused(tmp_path: Path, cluster: Cluster) -> None:
    told = rf"^worker tls://\S+ has rules \d+ \(here {os.getpid()}\): use one image everywhere$"
    with pytest.raises(ClusterError, match=told):
        audit(tmp_path).run(units(5), tmp_path / "run", Work(cluster=cluster, made_with=Other()))
    told = r"^worker tls://\S+ has no rules or templates as here \(my-rules: there is no such folder\): use one image"
    with pytest.raises(ClusterError, match=told):
        audit(tmp_path).run(units(5), tmp_path / "run", Work(cluster=cluster, made_with=Lacking()))


def test_workers_with_another_program_are_refused(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before anything of the run is unpacked there."""
    here = dict(station.program())
    assert {"imrcheck", "code", "Python", "pypdfium2"} <= here.keys()
    monkeypatch.setattr(station, "program", lambda: {**here, "imrcheck": "9.9"})
    told = rf"worker tls://\S+ has imrcheck {re.escape(here['imrcheck'])} \(here 9\.9\): use one image everywhere"
    with pytest.raises(ClusterError, match=told):
        audit(tmp_path).run(units(5), tmp_path / "run", Work(cluster=cluster, made_with=Lacking()))


def test_the_command_with_a_cluster_of_its_own(tmp_path: Path) -> None:
    """With the rules; workers open the files of a folder that all machines have, and get the rows of a table."""
    table = tmp_path / "more.jsonl"
    rows = ({"id": path.stem, "text": path.read_text("utf-8")} for path in sorted(ACROSS.glob("*.txt"))[:5])
    table.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    said = []
    for name, more in (("one", ["--jobs", "1"]), ("two", ["--cluster", "local:2"])):
        command = ["audit", ACROSS.as_uri(), str(table), "--engine", "reference", *more, "--out", str(tmp_path / name)]
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 1, done.output
        said.append(done.stderr)
    assert said[0] == said[1]  # no word of Dask
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    manifest = json.loads((tmp_path / "two" / "manifest.json").read_text("utf-8"))
    assert manifest["counts"]["judged"] > 15
    assert "BAT001" in (tmp_path / "two" / "findings.jsonl").read_text("utf-8")
