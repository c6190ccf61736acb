"""A run of our own letters, and a desk over it."""

import datetime
import http.client
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from checker.batch.versions import Versions
from checker.desk.run import Review, finished_run
from checker.desk.server import HOST, Desk
from checker.knowledge.resources import templates_folder
from checker.reporting.audit import Audit
from checker.review.blind import NOTHING_BLIND, Blinding
from checker.review.log import VerdictLog
from tests.reporting.builders import ENGINE, RULES
from tests.reporting.reports import WORDS, batch

HASHES = {card: f"{number:064x}" for number, card in enumerate(sorted(WORDS.rules))}
VERSIONS = Versions("1.2.3", RULES, ENGINE, rule_hashes=HASHES)
NOON = datetime.datetime(2026, 3, 2, 12, 0, tzinfo=datetime.UTC)


def run_folder(folder: Path) -> Path:
    """A finished run over one letter of each kind."""
    Audit(VERSIONS, WORDS, {}, templates_folder()).write(batch(), folder)
    return folder


class Caller:
    """Asks a desk as a page of it would."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes]:
        """Status and body of the answer; headers as ``host_`` or ``content_type``."""
        connection = http.client.HTTPConnection(HOST, self.desk.server_address[1], timeout=10)
        sent = {name.rstrip("_").replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        given = answer.status, answer.read()
        connection.close()
        return given

    def get(self, path: str) -> tuple[int, bytes]:
        """A page behind the token."""
        return self.ask("GET", f"/{self.desk.token}/{path}")

    def say(self, **told: Any) -> tuple[int, dict[str, Any]]:
        """Send a verdict as a page of the desk does."""
        status, body = self.ask(
            "POST",
            f"/{self.desk.token}/api/verdicts",
            json.dumps(told).encode(),
            content_type="application/json",
            origin=self.desk.origin,
        )
        return status, json.loads(body)

    def state(self, reviewer: str = "") -> dict[str, Any]:
        """What the desk says of the verdicts, put together from all letters."""
        told: dict[str, Any] = {"standings": {}, "letters": {}, "blind": [], "problems": []}
        for doc in self.desk.review.run.named:
            status, body = self.get("api/state?" + urlencode({"reviewer": reviewer, "doc": doc}))
            assert status == 200
            of_letter = json.loads(body)
            told["standings"] |= of_letter["standings"]
            told["blind"] += of_letter["blind"]
            told["problems"] = of_letter["problems"]
            if of_letter["said"]:
                told["letters"][doc] = of_letter["said"]
        return told


def serving(folder: Path, log: VerdictLog, blinding: Blinding = NOTHING_BLIND) -> Iterator[Caller]:
    """A desk at work in a thread of its own, until the test is over."""
    desk = Desk(Review(finished_run(folder), log, blinding), clock=lambda: NOON)
    thread = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield Caller(desk)
    desk.shutdown()
    desk.server_close()
    thread.join()
