"""``imrcheck serve`` as a user starts it; killing it at any moment loses no verdict that it acknowledged."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from checker.review.log import VerdictLog
from tests.desk.desks import run_folder

ROUNDS = 6


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

    def say(self, fingerprint: str, note: str) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        told = {"fingerprint": fingerprint, "verdict": "unsure", "reviewer": "A.R.", "note": note}
        headers = {"Content-Type": "application/json", "Origin": self.origin}
        connection.request("POST", f"/{self.token}/api/verdicts", json.dumps(told), headers)
        return connection.getresponse().status


def fingerprints(folder: Path) -> list[str]:
    lines = (folder / "findings.jsonl").read_text("utf-8").splitlines()
    return [finding["fingerprint"] for line in lines for finding in json.loads(line)["findings"]]


def test_no_acknowledged_verdict_is_lost_when_it_is_killed(folder: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.jsonl"
    dice = random.Random(7)  # noqa: S311 (moments of a kill, the same each time)
    acknowledged: list[str] = []
    wanted = fingerprints(folder)
    for round_ in range(ROUNDS):
        served = Served(folder, verdicts)
        killer = threading.Timer(dice.uniform(0.02, 0.3), os.kill, (served.process.pid, signal.SIGKILL))
        killer.start()
        for number in range(10_000):
            note = f"{round_}.{number}"
            try:
                if served.say(wanted[number % len(wanted)], note) == 201:
                    acknowledged.append(note)
            except (OSError, http.client.HTTPException):
                break
        killer.join()
        assert served.process.wait(10) == -signal.SIGKILL
    notes = {said.note for said in VerdictLog(verdicts).read().statements}
    assert len(acknowledged) > ROUNDS
    assert set(acknowledged) <= notes


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
