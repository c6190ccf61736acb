"""A run by workers: the bytes of one process, whatever is killed; a letter that kills is named, and others are not."""

import dataclasses
import hashlib
import json
import os
import pickle
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import fsspec
import pytest

from checker.batch import partitions
from checker.batch.errors import CannotResumeError, FolderTakenError
from checker.batch.letters import Tally
from checker.batch.partitions import PARTS, LetterName, Partitions, packed_part
from checker.batch.run import UNFINISHED
from checker.batch.tasks import Task
from checker.knowledge.resources import templates_folder
from checker.model.findings import Judgement
from checker.model.source import SourceText
from checker.reading import Limits
from checker.reading import units as read_units
from checker.reading.letters import Name
from checker.reading.units import FileUnit, TextUnit, Unit
from checker.reporting import work as working
from checker.reporting.audit import Audit
from checker.reporting.pages import PageChoice, Pages
from checker.reporting.work import Work
from tests.batch.makers import struck
from tests.reporting import samples
from tests.reporting.reports import VERSIONS, WORDS

linux = pytest.mark.skipif(sys.platform != "linux", reason="kills as Linux does")
Contents = dict[str, str]


@dataclass(frozen=True)
class Check:
    """Gives the judgement of a sample for its text; letters whose name begins so kill or hang."""

    folder: Path
    seconds: float = 0.0

    def __call__(self, source: SourceText) -> Judgement:
        time.sleep(self.seconds)
        struck(source.doc.partition("-")[0].replace("+", " "), self.folder)
        sample = samples.pain(source.doc) if source.raw == samples.PAIN else samples.clean(source.doc)
        parsed = replace(sample.facts.determination, source=source)
        return replace(sample, facts=replace(sample.facts, determination=parsed))


def audit(folder: Path, seconds: float = 0.0, **more: object) -> Audit:
    made = Audit(VERSIONS, WORDS, {}, templates_folder(), pages=PageChoice(Pages.FLAGGED), check=Check(folder, seconds))
    return replace(made, **more)  # type: ignore[arg-type]


def unit(name: str, text: str) -> TextUnit:
    return TextUnit(Name(name, f"in:{name}"), text)


def units(count: int, **other: str) -> list[Unit]:
    """Letters by turns with findings and without; others stand where the number in their name says."""
    made: list[Unit] = [unit(f"L{n}", (samples.PAIN, samples.CLEAN, "", samples.CLEAN)[n % 4]) for n in range(count)]
    for place, name in other.items():
        made[int(place[2:])] = unit(name, samples.PAIN)
    return made


def contents(folder: Path) -> Contents:
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of ten letters."""
    real = working.tasks
    monkeypatch.setattr(working, "tasks", lambda units: real(units, 10))


@linux
def test_workers_write_the_bytes_of_one_process(tmp_path: Path) -> None:
    first = audit(tmp_path).run(units(45), tmp_path / "one", Work(jobs=1))
    second = audit(tmp_path).run(units(45), tmp_path / "three", Work(jobs=3))
    assert first == second
    assert first.letters == 45
    assert first.unreadable == 11
    assert contents(tmp_path / "one") == contents(tmp_path / "three")
    assert not (tmp_path / "one" / PARTS).exists()


@linux
@pytest.mark.parametrize(
    ("name", "told"), [("segfault-x", "SIGSEGV"), ("exit-x", "exit code 7"), ("hang-x", "more than 1 seconds")]
)
def test_a_letter_that_kills_is_named_and_costs_itself(tmp_path: Path, name: str, told: str) -> None:
    said: list[str] = []
    tally = audit(tmp_path).run(units(40, at24=name), tmp_path / "run", Work(2, 1.0, say=said.append))
    assert (tally.letters, tally.failed, tally.judged, tally.unreadable) == (40, 1, 29, 10)
    assert len([line for line in said if told in line and line.startswith(f"in:{name}: ")]) == 1
    manifest = json.loads((tmp_path / "run" / "manifest.json").read_text("utf-8"))
    assert manifest["exit_code"] == 2
    (lost,) = (x for x in manifest["not_checked"]["letters"] if x["doc"] == name)
    assert told in lost["why"][0]
    assert lost["sha256"] == hashlib.sha256(samples.PAIN.encode()).hexdigest()
    assert name in (tmp_path / "run" / "index.html").read_text("utf-8")
    lines = (tmp_path / "run" / "findings.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["doc"] for line in lines] == [u.name.doc for u in units(40, at24=name)]


@linux
def test_a_worker_killed_from_outside_changes_nothing(tmp_path: Path) -> None:
    names = {"at3": "kill once a-x", "at17": "segfault once b-x"}
    audit(tmp_path).run(units(30, **names), tmp_path / "disturbed", Work(2))
    assert (tmp_path / "a.seen").exists()
    audit(tmp_path).run(units(30, **names), tmp_path / "quiet", Work(2))
    assert contents(tmp_path / "disturbed") == contents(tmp_path / "quiet")


def in_another(folder: Path, run: Callable[[], object]) -> int:
    """A run in a process of its own."""
    pid = os.fork()
    if pid == 0:
        try:
            run()
        finally:
            os._exit(0)
    return pid


@linux
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_run_that_is_killed_again_and_again_ends_with_the_same_bytes(tmp_path: Path, jobs: int) -> None:
    given = units(60)
    audit(tmp_path).run(given, tmp_path / "quiet", Work(1))
    out = tmp_path / "killed"
    rng = random.Random(jobs)  # noqa: S311 (not for secrets)
    parts = [0]
    amid = 0
    slow = audit(tmp_path, 0.01)
    for _ in range(6):
        pid = in_another(out, lambda: slow.run(given, out, Work(jobs, resume=True)))
        wanted = finished(out) + rng.randrange(3)
        end = time.monotonic() + 10
        while finished(out) < min(wanted, 5) and not complete(out) and time.monotonic() < end:
            time.sleep(0.001)
        time.sleep(rng.uniform(0, 0.15))
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        if complete(out):  # it was faster than the kill
            shutil.rmtree(out)
            parts = [0]
        else:
            parts.append(finished(out))
            amid += parts[-1] > 0
            assert parts[-1] >= parts[-2]
    slow.run(given, out, Work(jobs, resume=True))
    assert contents(out) == contents(tmp_path / "quiet")
    assert amid


def complete(out: Path) -> bool:
    return (out / "manifest.json").exists() and not (out / UNFINISHED).exists()


def finished(out: Path) -> int:
    return len(list((out / PARTS).glob("*.part"))) if (out / PARTS).is_dir() else 0


def stopped(tmp_path: Path, given: list[Unit]) -> Path:
    """A run that was stopped when two parts were there."""
    out = tmp_path / "run"

    class StopError(Exception):
        pass

    def stop(letters: int, workers: int) -> None:
        seen.append(letters)
        if len(seen) == 2:
            raise StopError

    seen: list[int] = []
    with pytest.raises(StopError):
        audit(tmp_path).run(given, out, Work(1, progress=Told(stop)))
    assert sorted(path.name for path in (out / PARTS).glob("*.part")) == ["0000000.part", "0000001.part"]
    return out


@dataclass
class Told:
    advance: Callable[[int, int], None]
    total: int | None = None

    def clear(self) -> None:
        pass


def test_finished_parts_are_not_made_again(tmp_path: Path) -> None:
    out = stopped(tmp_path, units(35))
    read: list[str] = []

    def counted(source: SourceText) -> Judgement:
        read.append(source.doc)
        return Check(tmp_path)(source)

    tally = audit(tmp_path, check=counted).run(units(35), out, Work(1, resume=True))
    assert [name for name in read if int(name[1:]) < 20] == []
    assert tally.letters == 35
    assert not (out / PARTS).exists()
    audit(tmp_path).run(units(35), tmp_path / "quiet", Work(1))
    assert contents(out) == contents(tmp_path / "quiet")


def test_without_being_asked_a_run_begins_anew(tmp_path: Path) -> None:
    out = stopped(tmp_path, units(35))
    assert audit(tmp_path).run(units(5), out, Work(1)).letters == 5


def test_where_nothing_was_stopped_a_run_begins(tmp_path: Path) -> None:
    assert audit(tmp_path).run(units(5), tmp_path / "run", Work(1, resume=True)).letters == 5
    assert audit(tmp_path).run(units(6), tmp_path / "run", Work(1, resume=True)).letters == 6


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"versions": replace(VERSIONS, rules="0" * 64)}, "rules"),
        ({"versions": replace(VERSIONS, tool="9.9")}, "program"),
        ({"config": {"made for": "me"}}, "options"),
        ({"pages": PageChoice(Pages.ALL)}, "options"),
    ],
)
def test_a_run_made_otherwise_is_not_gone_on_with(tmp_path: Path, other: dict[str, object], named: str) -> None:
    out = stopped(tmp_path, units(35))
    before = contents(out)
    with pytest.raises(CannotResumeError, match=f"was made with other {named};"):
        audit(tmp_path, **other).run(units(35), out, Work(1, resume=True))
    assert contents(out) == before


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        (lambda u: [*u[:3], unit("L3", samples.PAIN), *u[4:]], "in:L3 has changed"),
        (lambda u: [*u[:3], unit("new", samples.PAIN), *u[4:]], "in:new stands where in:L3 stood"),
        (lambda u: u[:15], "there are other letters than then from in:L10 on"),
        (lambda u: u[:10], "in:L10 is no longer among them"),
        (lambda u: [u[1], u[0], *u[2:]], "in:L1 stands where in:L0 stood"),
    ],
)
def test_other_letters_are_told(tmp_path: Path, changed: Callable[[list[Unit]], list[Unit]], told: str) -> None:
    out = stopped(tmp_path, units(35))
    with pytest.raises(CannotResumeError, match=told):
        audit(tmp_path).run(changed(units(35)), out, Work(1, resume=True))
    assert (out / UNFINISHED).exists()
    audit(tmp_path).run(units(35), out, Work(1, resume=True))
    audit(tmp_path).run(units(35), tmp_path / "quiet", Work(1))
    assert contents(out) == contents(tmp_path / "quiet")


def test_a_file_that_changed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text(samples.PAIN)
    given: list[Unit] = [FileUnit(Name("letter", str(path)), path), *units(30)]
    out = stopped(tmp_path, given)
    path.write_text(samples.CLEAN)
    with pytest.raises(CannotResumeError, match=r"letter\.txt has changed"):
        audit(tmp_path).run(given, out, Work(1, resume=True))


def test_letters_in_a_store_are_looked_at_before_a_run_goes_on(tmp_path: Path) -> None:
    store = fsspec.filesystem("memory")
    store.store.clear()
    for n in range(25):
        store.pipe(f"/in/{n:02}.txt", samples.PAIN.encode())
    out = stopped(tmp_path, list(read_units(["memory://in"])))
    store.pipe("/in/03.txt", samples.CLEAN.encode())
    with pytest.raises(CannotResumeError, match=r"memory:///in/03\.txt has changed"):
        audit(tmp_path).run(read_units(["memory://in"]), out, Work(1, resume=True))
    store.pipe("/in/03.txt", samples.PAIN.encode())
    assert audit(tmp_path).run(read_units(["memory://in"]), out, Work(1, resume=True)).judged == 25


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "junk"])
def test_a_damaged_part_is_made_again(tmp_path: Path, damage: str) -> None:
    out = stopped(tmp_path, units(35))
    path = out / PARTS / "0000001.part"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    kinds = {"cut": data[: len(data) // 2], "flip": data, "empty": b"", "junk": b"imrcheck part 1 x\n{}\n"}
    path.write_bytes(kinds[damage])
    (out / PARTS / "0000002.part.77.partial").write_bytes(b"half")
    assert audit(tmp_path).run(units(35), out, Work(1, resume=True)).letters == 35


class Harm:
    def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
        return os.system, ("touch harmed",)


@pytest.mark.parametrize("body", [Harm(), pickle.Unpickler, open, Partitions, os.system])
def test_a_part_that_somebody_else_wrote_does_nothing(
    tmp_path: Path, body: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    parts = Partitions(tmp_path / PARTS, tmp_path, {})
    parts.open(resume=False)
    one = unit("L0", samples.PAIN)
    digest = one.sha256(Limits())
    parts.write(0, packed_part(Task(0, 0, (one,)), [LetterName("L0", "in:L0", digest)], body, [b""]))
    assert parts.finished(Task(0, 0, (one,)), Limits())
    with pytest.raises((pickle.UnpicklingError, TypeError)):
        parts.body(0)
    assert not (tmp_path / "harmed").exists()


def test_a_part_starts_no_program() -> None:
    with pytest.raises(pickle.UnpicklingError, match="has no place in a part"):
        partitions._loads(b"cchecker.cli.__main__\nmain\n.")


def test_a_part_gives_back_what_was_put_in(tmp_path: Path) -> None:
    parts = Partitions(tmp_path / PARTS, tmp_path, {})
    parts.open(resume=False)
    tally = Tally(letters=3, judged=2)
    parts.accept(0, packed_part(Task(0, 0, ()), [], tally, []))
    assert parts.body(0) == tally
    assert dataclasses.is_dataclass(parts.body(0))


@linux
def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "run"
    pid = in_another(out, lambda: audit(tmp_path, 0.2).run(units(60), out, Work(1)))
    end = time.monotonic() + 20
    while not (out / PARTS / "lock").exists() and time.monotonic() < end:
        time.sleep(0.02)
    time.sleep(0.2)
    try:
        for resume in (False, True):
            with pytest.raises(FolderTakenError, match="another run is at work"):
                audit(tmp_path).run(units(60), out, Work(1, resume=resume))
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def test_a_masked_run_leaves_no_parts_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    seen: list[bool] = []

    def look(letters: int, workers: int) -> None:
        seen.append((tmp_path / "run" / PARTS).exists())

    audit(tmp_path, config={"redacted": True}).run(units(20), tmp_path / "run", Work(1, progress=Told(look)))
    assert seen == [False, False]
    assert not list(tmp_path.glob("imrcheck-*"))


def test_a_masked_run_takes_away_the_parts_of_one_that_was_stopped(tmp_path: Path) -> None:
    """They hold letters with all their names, and a run that masks is made to be given away."""
    out = stopped(tmp_path, units(35))
    assert list((out / PARTS).glob("*.part"))
    audit(tmp_path, config={"redacted": True}).run(units(5), out, Work(1))
    assert not (out / PARTS).exists()


def test_a_full_disk_is_told_and_resumed_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.fsync
    left = [6]

    def full(handle: int) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        real(handle)

    out = tmp_path / "run"
    monkeypatch.setattr(partitions.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        audit(tmp_path).run(units(40), out, Work(1))
    assert not list((out / PARTS).glob("*.partial"))
    monkeypatch.setattr(partitions.os, "fsync", real)
    audit(tmp_path).run(units(40), out, Work(1, resume=True))
    audit(tmp_path).run(units(40), tmp_path / "quiet", Work(1))
    assert contents(out) == contents(tmp_path / "quiet")
