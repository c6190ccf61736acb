"""A finished run as the desk works on it: its letters, its findings and the verdicts given so far."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.batch.run import MANIFEST
from checker.review.log import Logged, VerdictLog
from checker.review.present import present
from checker.review.standing import Opinions, Standing, Today, standings
from checker.review.statements import Statement


class NoRunError(Exception):
    """The folder holds no finished run; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """One finding of the run with the sentence that stands in the report."""

    today: Today
    code: str
    severity: str
    confidence: str
    message: str
    quotes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReviewedLetter:
    """A letter of the run: its name, hash and findings."""

    doc: str
    sha256: str
    found: tuple[Found, ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewedRun:
    """A finished run.

    Attributes:
        folder: Its folder.
        rules: Hash of the rule set it was made with.
        letters: By name, in input order.
        findings: By fingerprint.
    """

    folder: Path
    rules: str
    letters: Mapping[str, ReviewedLetter]
    findings: Mapping[str, Found] = field(default_factory=dict)


def finished_run(folder: Path) -> ReviewedRun:
    """Read a run folder.

    Raises:
        NoRunError: It holds no run, or one that was not completed.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        hashes, rules = manifest["rules"]["each"], manifest["rules"]["sha256"]
        letters = {letter.doc: letter for letter in _letters(folder, hashes)}
    except FileNotFoundError as error:
        raise NoRunError(
            f"{folder} holds no finished run; make one with: imrcheck audit PATHS --out {folder}"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoRunError(f"{folder}: the run cannot be read ({type(error).__name__}); make it again") from error
    findings = {found.today.fingerprint: found for letter in letters.values() for found in letter.found}
    return ReviewedRun(folder, rules, letters, findings)


def _letters(folder: Path, hashes: Mapping[str, str]) -> Iterator[ReviewedLetter]:
    with (folder / "findings.jsonl").open("rb") as lines:
        for line in lines:
            record = json.loads(line)
            pairs = zip(present(record, hashes), record["findings"], strict=True)
            yield ReviewedLetter(record["doc"], record["sha256"], tuple(_found(t, f) for t, f in pairs))


def _found(today: Today, finding: Mapping[str, Any]) -> Found:
    quotes = tuple((words["part"], words["quote"]) for words in finding["evidence"])
    return Found(today, finding["code"], finding["severity"], finding["confidence"], finding["message"], quotes)


class Review:
    """The verdicts on one run: kept in a file that others may append to at the same time.

    Args:
        run: The run.
        log: The file of verdicts.
    """

    def __init__(self, run: ReviewedRun, log: VerdictLog) -> None:
        self.run = run
        self.log = log
        self._lock = threading.Lock()
        self._stamp: tuple[int, int] | None = None
        self._read = Logged((), ())
        self._standings: dict[str, Standing] = {}

    def say(self, statement: Statement) -> Standing | None:
        """Write a statement down; where the finding stands after it, None where it is none of the run's.

        Raises:
            OSError: The file cannot be written; the statement does not count then.
        """
        self.log.append(statement)
        return self.standings().get(statement.fingerprint)

    def statements(self) -> Sequence[Statement]:
        """Everything said so far, by whomever."""
        self._refresh()
        return self._read.statements

    def problems(self) -> Sequence[str]:
        """Lines of the file that are no statement."""
        self._refresh()
        return self._read.problems

    def standings(self) -> Mapping[str, Standing]:
        """Where each finding of the run stands."""
        self._refresh()
        return self._standings

    def of_letters(self) -> dict[str, list[Statement]]:
        """Missed findings and letters called clean, by the name of the letter."""
        opinions = Opinions(self.statements())
        told = {doc: list(opinions.of_letter(doc)) for doc in opinions.letters}
        return {doc: statements for doc, statements in told.items() if statements}

    def _refresh(self) -> None:
        """Read the file again if it has changed; it only ever grows."""
        with self._lock:
            try:
                status = self.log.path.stat()
                stamp = (status.st_size, status.st_mtime_ns)
            except FileNotFoundError:
                stamp = (0, 0)
            if stamp != self._stamp:
                self._read = self.log.read()
                present_ = (found.today for found in self.run.findings.values())
                self._standings = standings(self._read.statements, present_)
                self._stamp = stamp
