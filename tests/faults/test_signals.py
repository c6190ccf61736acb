"""A run that is interrupted, told to end, killed, or left alone by whoever reads its output."""

import json
import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from tests.faults.faulty import FLAGGED, PLAIN, command, imrcheck, names, one_line, until
from tests.fixtures.expected import LETTERS
from tests.hygiene.tree import ROOT

_LONGEST = 120
"""Seconds after which a command that will not end is killed, so that its test fails instead of hanging."""
ROW = json.dumps({"id": "one", "text": PLAIN.read_text("utf-8")}).encode() + b"\n"


def fed(*arguments: object) -> subprocess.Popen[bytes]:
    """A command that has one letter on standard input and waits for more."""
    pipe = subprocess.PIPE
    run = subprocess.Popen(command(*arguments), cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe)
    assert run.stdin is not None
    run.stdin.write(ROW)
    run.stdin.flush()
    return run


def ended(run: subprocess.Popen[bytes]) -> str:
    """What a command said on standard error until it ended, while its input stays open."""
    assert run.stderr is not None
    assert run.stdin is not None
    giving_up = threading.Timer(_LONGEST, run.kill)
    giving_up.start()
    said = run.stderr.read().decode()
    run.wait(60)
    giving_up.cancel()
    run.stdin.close()
    return said


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_audit_that_is_stopped_says_so_in_one_line_and_stays_unfinished(
    tmp_path: Path, number: signal.Signals
) -> None:
    out = tmp_path / "run"
    with fed("audit", "-", "--out", out) as run:
        until((out / "UNFINISHED").exists, "the run began")
        run.send_signal(number)
        said = ended(run)
    assert run.returncode == 128 + number
    assert "interrupted" in one_line(said)
    assert "UNFINISHED" in names(out)
    assert not names(out) & {"manifest.json", "index.html"}
    assert imrcheck("audit", PLAIN, "--out", out).returncode == 1
    assert "UNFINISHED" not in names(out)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_workers_end_without_a_word(tmp_path: Path, number: signal.Signals) -> None:
    out = tmp_path / "run"
    (tmp_path / "letters.jsonl").write_bytes(ROW * 3000)
    arguments = command("audit", tmp_path / "letters.jsonl", "--out", out, "--jobs", 2)
    pipe = subprocess.PIPE
    with subprocess.Popen(arguments, cwd=ROOT, stdout=pipe, stderr=pipe, start_new_session=True) as run:
        until(lambda: out.exists() and len(names(out)) > 1, "the workers began")
        time.sleep(1)
        # Ctrl-C reaches every process of the terminal, a scheduler's word the first one only.
        os.killpg(run.pid, number) if number == signal.SIGINT else run.send_signal(number)
        assert run.stderr is not None
        said = run.stderr.read().decode()
    assert run.returncode == 128 + number
    assert "interrupted" in [line for line in said.splitlines() if "came before" not in line][-1]
    assert "Traceback" not in said
    assert "UNFINISHED" in names(out)
    assert not names(out) & {"manifest.json", "index.html"}


def test_a_killed_audit_stays_unfinished(tmp_path: Path) -> None:
    out = tmp_path / "run"
    with fed("audit", "-", "--out", out) as run:
        until((out / "UNFINISHED").exists, "the run began")
        run.kill()
        ended(run)
    assert run.returncode == -signal.SIGKILL
    assert "UNFINISHED" in names(out)
    assert not names(out) & {"manifest.json", "index.html"}


def test_a_gate_that_is_stopped_leaves_its_files_alone(tmp_path: Path) -> None:
    report = tmp_path / "report.sarif"
    report.write_text("earlier", "utf-8")
    with fed("check", "-", "--format", f"sarif={report}") as run:
        until(lambda: len(names(tmp_path)) == 2, "the output is open")
        run.terminate()
        said = ended(run)
    assert run.returncode == 128 + signal.SIGTERM
    assert "interrupted" in one_line(said)
    assert report.read_text("utf-8") == "earlier"
    assert names(tmp_path) == {report.name}


@pytest.mark.parametrize("arguments", [("parse",), ("parse", "--format", "text"), ("facts",)], ids=" ".join)
def test_a_reader_that_has_had_enough_makes_no_noise_and_no_success(arguments: tuple[str, ...]) -> None:
    letters = [LETTERS / "batch.jsonl", *sorted(LETTERS.glob("s*.txt")), FLAGGED]
    pipe = subprocess.PIPE
    with subprocess.Popen(command(*arguments, *letters), cwd=ROOT, stdout=pipe, stderr=pipe) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.read(10)
        run.stdout.close()
        said = run.stderr.read().decode()
    assert run.returncode == 2
    assert "Traceback" not in said
    assert "BrokenPipe" not in said
    assert "Broken pipe" not in said
