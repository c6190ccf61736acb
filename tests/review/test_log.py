"""The file of verdicts: whole lines only, nothing acknowledged is lost, two writers never interleave."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from checker.review.log import VerdictLog
from tests.review.statements import statement

WRITER = """
import sys
from pathlib import Path
from checker.review.log import VerdictLog
from tests.review.statements import statement
log = VerdictLog(Path(sys.argv[1]))
for number in range(int(sys.argv[3])):
    log.append(statement(reviewer=sys.argv[2], note=f"{number} " + "x" * 3000))
    print(number, flush=True)
"""


def write(path: Path, reviewer: str, number: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), reviewer, str(number)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent.parent)


def test_what_was_said_is_read_in_order(tmp_path: Path) -> None:
    log = VerdictLog(tmp_path / "verdicts.jsonl")
    assert log.read().statements == ()
    said = [statement(reviewer=name) for name in ("A.R.", "B.S.", "A.R.")]
    for one in said:
        log.append(one)
    assert log.read().statements == tuple(said)
    assert log.read().problems == ()


def test_a_broken_line_is_told_and_the_others_count(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    log = VerdictLog(path)
    log.append(statement())
    with path.open("a") as file:
        file.write('{"verdict": "confirmed"}\nnot json\n\n')
    log.append(statement(reviewer="B.S."))
    read = log.read()
    assert [s.reviewer for s in read.statements] == ["A.R.", "B.S."]
    assert [p.split(": ")[0] for p in read.problems] == ["verdicts.jsonl:2", "verdicts.jsonl:3"]


def test_a_line_cut_by_a_kill_does_not_swallow_the_next(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    log = VerdictLog(path)
    log.append(statement())
    whole = path.read_bytes()
    path.write_bytes(whole + whole[:40])
    log.append(statement(reviewer="B.S."))
    read = log.read()
    assert [s.reviewer for s in read.statements] == ["A.R.", "B.S."]
    assert len(read.problems) == 1


def test_two_writers_never_interleave(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    writers = [write(path, name, 60) for name in ("A.R.", "B.S.")]
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    read = VerdictLog(path).read()
    assert read.problems == ()
    for name in ("A.R.", "B.S."):
        assert [int(s.note.split()[0]) for s in read.statements if s.reviewer == name] == list(range(60))


def test_a_killed_writer_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "verdicts.jsonl"
    acknowledged = 0
    for round_ in range(3):
        writer = write(path, f"R{round_}", 100_000)
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.02 * round_)
        os.kill(writer.pid, signal.SIGKILL)
        rest = writer.communicate(timeout=30)[0]
        acknowledged += 1 + rest.count("\n")
    statements = VerdictLog(path).read().statements
    assert len(statements) >= acknowledged > 3
    for line in path.read_bytes().splitlines()[:5]:
        json.loads(line)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        VerdictLog(tmp_path / "none" / "verdicts.jsonl").append(statement())
