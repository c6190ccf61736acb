"""``imrcheck serve`` as a user starts it; killing it at any moment loses no verdict that it acknowledged."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from checker.review.log import VerdictLog
from checker.review.statements import Statement
from tests.desk.desks import run_folder

ROUNDS = 20
"""How often the desk is killed."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_folder(tmp_path_factory.mktemp("served") / "run")


class Served:
    """A desk in a process of its own."""

    def __init__(self, folder: Path, verdicts: Path) -> None:
        command = [sys.executable, "-m", "checker.cli", "serve", str(folder), "--verdicts", str(verdicts)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().removeprefix("Open ").strip()
        parts = urlsplit(self.address)
        self.port, self.origin = parts.port, f"{parts.scheme}://{parts.netloc}"
        self.token = parts.path.split("/")[1]

    def say(self, fingerprint: str, note: str, reviewer: str = "A.R.") -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        told = {"fingerprint": fingerprint, "verdict": "unsure", "reviewer": reviewer, "note": note}
        headers = {"Content-Type": "application/json", "Origin": self.origin}
        connection.request("POST", f"/{self.token}/api/verdicts", json.dumps(told), headers)
        return connection.getresponse().status


def fingerprints(folder: Path) -> list[str]:
    lines = (folder / "findings.jsonl").read_text("utf-8").splitlines()
    return [finding["fingerprint"] for line in lines for finding in json.loads(line)["findings"]]


class Client:
    """A reviewer who gives verdicts as fast as the desk takes them, until it is gone or enough are given.

    Attributes:
        acknowledged: The notes of the verdicts that the desk said are saved.
    """

    def __init__(self, served: Served, reviewer: str, wanted: list[str], most: int = 10_000) -> None:
        self.acknowledged: list[str] = []
        self._served, self._reviewer, self._wanted, self._most = served, reviewer, wanted, most
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def _run(self) -> None:
        for number in range(self._most):
            note = f"{self._reviewer} {number} of {self._served.process.pid} {'x' * (number % 700)}".strip()
            try:
                if self._served.say(self._wanted[number % len(self._wanted)], note, self._reviewer) == 201:
                    self.acknowledged.append(note)
            except (OSError, http.client.HTTPException):
                break


def whole_lines(verdicts: Path) -> list[Statement]:
    """What the file holds; every line of it is a statement."""
    read = VerdictLog(verdicts).read()
    assert read.problems == ()
    data = verdicts.read_bytes()
    assert data.endswith(b"\n")
    assert data.count(b"\n") == len(read.statements)
    return list(read.statements)


def test_no_acknowledged_verdict_is_lost_when_it_is_killed(folder: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.jsonl"
    dice = random.Random(7)  # noqa: S311 (moments of a kill, the same each time)
    wanted = fingerprints(folder)
    acknowledged: list[str] = []
    for _ in range(ROUNDS):
        served = Served(folder, verdicts)
        clients = [Client(served, name, wanted) for name in ("A.R.", "B.S.")]
        time.sleep(dice.uniform(0.01, 0.3))
        os.kill(served.process.pid, signal.SIGKILL)
        assert served.process.wait(10) == -signal.SIGKILL
        for client in clients:
            client.thread.join()
            acknowledged += client.acknowledged
    said = [statement.note for statement in whole_lines(verdicts)]
    assert len(set(said)) == len(said)
    assert len(acknowledged) > ROUNDS
    assert set(acknowledged) <= set(said)
    assert len(said) <= len(acknowledged) + 2 * ROUNDS, "of each client, one at most was on its way"


def test_two_reviewers_at_the_desk_and_one_in_the_terminal_lose_nothing(folder: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.jsonl"
    wanted = fingerprints(folder)
    served = Served(folder, verdicts)
    command = [
        sys.executable,
        "-m",
        "checker.cli",
        "review",
        str(folder),
        "--verdicts",
        str(verdicts),
        "--reviewer",
        "C",
    ]
    states = [part for state in ("open", "unsure", "stale", "disputed") for part in ("--state", state)]
    turns = ["u first", *["p", "u again"] * 40, "q"]
    terminal = subprocess.Popen(
        [*command, *states], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert terminal.stdin is not None
    assert terminal.stdout is not None
    terminal.stdout.readline()
    clients = [Client(served, name, wanted, 60) for name in ("A.R.", "B.S.")]
    terminal.stdin.write("\n".join(turns) + "\n")
    terminal.stdin.close()
    for client in clients:
        client.thread.join()
    assert terminal.wait(60) == 0
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(10) == 0
    said = whole_lines(verdicts)
    for client, name in zip(clients, ("A.R.", "B.S."), strict=True):
        assert [s.note for s in said if s.reviewer == name] == client.acknowledged
        assert len(client.acknowledged) == 60
    assert [s.note for s in said if s.reviewer == "C"] == [turn[2:] for turn in turns if turn.startswith("u")]


def test_it_stops_in_good_order(folder: Path, tmp_path: Path) -> None:
    served = Served(folder, tmp_path / "verdicts.jsonl")
    assert served.say(fingerprints(folder)[0], "one") == 201
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(10) == 0


def test_a_folder_without_a_run_is_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "checker.cli", "serve", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "imrcheck audit" in done.stderr
