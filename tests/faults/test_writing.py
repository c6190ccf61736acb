"""What is written is whole, marked as unfinished, or not there."""

import errno
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.faulty import (
    FLAGGED,
    PLAIN,
    bound_by_permissions,
    command,
    imrcheck,
    names,
    one_line,
    small_files,
)
from tests.hygiene.tree import ROOT

FULL = Path("/dev/full")
needs_full = pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
NO_SPACE = os.strerror(errno.ENOSPC)


@pytest.fixture(scope="module")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("finished") / "run"
    assert imrcheck("audit", FLAGGED, "--out", folder).returncode == 1
    return folder


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "shelf"
    folder.mkdir()
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    yield folder
    folder.chmod(stat.S_IRWXU)


@needs_full
@pytest.mark.parametrize("arguments", [("check", "--format", "sarif"), ("parse",), ("parse", "--text")], ids=" ".join)
def test_output_to_a_full_disk_is_one_line_and_no_success(arguments: tuple[str, ...]) -> None:
    with FULL.open("wb") as full:
        run = imrcheck(*arguments, PLAIN, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert run.returncode == 2
    assert NO_SPACE in one_line(run.stderr)


def test_an_audit_that_fills_the_disk_stays_unfinished(tmp_path: Path, run_folder: Path) -> None:
    out = tmp_path / "run"
    shutil.copytree(run_folder, out)
    run = imrcheck("audit", FLAGGED, "--out", out, preexec_fn=small_files(12_000))
    assert run.returncode == 2
    assert str(out) in one_line(run.stderr)
    assert "UNFINISHED" in names(out)
    assert not names(out) & {"manifest.json", "index.html"}
    assert "holds no finished run" in imrcheck("sample", out).stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", str(FLAGGED), "--format", "json=FILE"),
        ("sample", "RUN", "--out", "FILE"),
        ("worksheet", "RUN", "--out", "FILE.xlsx"),
    ],
    ids=lambda arguments: f"{arguments[0]} {arguments[-1]}",
)
def test_a_file_keeps_what_it_held_when_the_new_one_does_not_fit(
    tmp_path: Path, run_folder: Path, arguments: tuple[str, ...]
) -> None:
    def placed(argument: str) -> str:
        return argument.replace("FILE", str(tmp_path / "out")).replace("RUN", str(run_folder))

    given = [placed(argument) for argument in arguments]
    path = Path(given[-1].removeprefix("json="))
    path.write_bytes(b"what was there before")
    run = imrcheck(*given, preexec_fn=small_files(64))
    assert run.returncode == 2
    assert "File too large" in run.stderr
    assert "Traceback" not in run.stderr
    assert path.read_bytes() == b"what was there before"
    assert names(tmp_path) == {path.name}


def test_a_folder_that_must_not_be_written_is_named(read_only: Path) -> None:
    out = read_only / "new"
    arguments = bound_by_permissions(command("audit", PLAIN, "--out", out))
    run = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert str(out) in one_line(run.stderr)
    assert os.strerror(errno.EACCES) in run.stderr


APPEND = """
import datetime, resource, sys
from pathlib import Path
from checker.review.log import VerdictLog
from tests.review.statements import statement

log = VerdictLog(Path(sys.argv[1]))
log.append(statement())
held = log.path.stat().st_size
resource.setrlimit(resource.RLIMIT_FSIZE, (held + 40, resource.RLIM_INFINITY))
try:
    log.append(statement())
except OSError as error:
    print(type(error).__name__)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
log.append(statement())
read = log.read()
print(len(read.statements), len(read.problems))
"""


def test_half_a_verdict_on_a_full_disk_is_told_and_spoils_no_other(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", APPEND, str(tmp_path / "verdicts.jsonl")]
    run = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.stdout.split() == ["OSError", "2", "1"], run.stderr


CLOCK_BACK = """
import datetime, sys
import checker.cli.audit as audit
from checker.cli import main

class Clock(datetime.datetime):
    hours = iter(range(100, 0, -1))

    @classmethod
    def now(cls, tz=None):
        return datetime.datetime(2026, 1, 10, tzinfo=tz) + datetime.timedelta(hours=next(cls.hours))

class Module:
    datetime, UTC = Clock, datetime.UTC

audit.datetime = Module
main()
"""


def test_a_clock_that_is_set_back_makes_no_run_take_less_than_no_time(tmp_path: Path) -> None:
    arguments = [sys.executable, "-c", CLOCK_BACK, "audit", str(PLAIN), "--out", str(tmp_path / "run"), "--run-log"]
    run = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 1, run.stderr
    log = json.loads((tmp_path / "run/run-log.json").read_text("utf-8"))
    assert log["finished"] < log["started"]
    assert log["seconds"] > 0
    assert log["letters_a_second"] >= 0
