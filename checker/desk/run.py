"""A finished run as the desk works on it: its letters, its findings and the verdicts given so far."""

import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.batch.run import MANIFEST
from checker.review.blind import NOTHING_BLIND, Blinding
from checker.review.log import Followed, Logged, VerdictLog
from checker.review.present import present
from checker.review.standing import Opinions, Standing, State, Today
from checker.review.statements import Statement

_NOT_CHECKED = ("unknown_layout", "unreadable", "failed")


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
    """A letter of the run: its name, hash, findings and its place in the run."""

    doc: str
    sha256: str
    found: tuple[Found, ...] = ()
    place: int = 0


@dataclass(frozen=True, slots=True)
class ReviewedRun:
    """A finished run.

    Attributes:
        folder: Its folder.
        rules: Hash of the rule set it was made with.
        letters: In input order.
        named: The same by name; letters in different folders may share one.
        findings: By fingerprint; letters of one name may share one, and then share the verdict on it.
        not_checked: Letters that could not be judged.
        statements: How many statements the pages of the run were made with.
        said: Hash of these statements, "" where there were none.
    """

    folder: Path
    rules: str
    letters: Sequence[ReviewedLetter]
    named: Mapping[str, Sequence[ReviewedLetter]] = field(default_factory=dict)
    findings: Mapping[str, Found] = field(default_factory=dict)
    not_checked: int = 0
    statements: int = 0
    said: str = ""

    def letter_of(self, fingerprint: str) -> ReviewedLetter:
        """The letter of a finding, the first one of its name that has it."""
        doc = self.findings[fingerprint].today.doc
        return next(x for x in self.named[doc] if any(found.today.fingerprint == fingerprint for found in x.found))

    def meant(self, doc: str, sha256: str) -> Sequence[ReviewedLetter]:
        """The letters of a name with these bytes; where none has them, it was issued anew, and all of its name."""
        named = self.named.get(doc, ())
        return [letter for letter in named if letter.sha256 == sha256] or named

    @property
    def namesakes(self) -> int:
        """How many letters bear the name of another."""
        return sum(len(letters) for letters in self.named.values() if len(letters) > 1)


def finished_run(folder: Path) -> ReviewedRun:
    """Read a run folder.

    Raises:
        NoRunError: It holds no run, or one that was not completed.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        hashes, rules = manifest["rules"]["each"], manifest["rules"]["sha256"]
        letters = tuple(_letters(folder, hashes))
    except FileNotFoundError as error:
        raise NoRunError(
            f"{folder} holds no finished run; make one with: imrcheck audit PATHS --out {folder}"
        ) from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoRunError(f"{folder}: the run cannot be read ({type(error).__name__}); make it again") from error
    named: dict[str, list[ReviewedLetter]] = {}
    findings: dict[str, Found] = {}
    for letter in letters:
        named.setdefault(letter.doc, []).append(letter)
        for found in letter.found:
            findings.setdefault(found.today.fingerprint, found)
    counts = manifest.get("counts", {})
    not_checked = sum(counts.get(name, 0) for name in _NOT_CHECKED)
    made_with = manifest.get("statements", {"count": 0, "sha256": ""})
    said = made_with["count"], made_with["sha256"]
    return ReviewedRun(folder, rules, letters, named, findings, not_checked, *said)


def sampled_places(run: ReviewedRun, sample: Mapping[str, Any]) -> dict[str, list[int]]:
    """Places in the run of the letters of which a sample drew something, and of those it marks for double review.

    Args:
        run: The run.
        sample: The record of the sample.
    """
    places: dict[str, set[int]] = {"drawn": set(), "double": set()}
    for unit in sample["units"]:
        for letter in run.meant(unit["doc"], unit["sha256"]):
            places["drawn"].add(letter.place)
            if unit.get("double"):
                places["double"].add(letter.place)
    return {name: sorted(held) for name, held in places.items()}


def _letters(folder: Path, hashes: Mapping[str, str]) -> Iterator[ReviewedLetter]:
    with (folder / "findings.jsonl").open("rb") as lines:
        for place, line in enumerate(lines):
            record = json.loads(line)
            pairs = zip(present(record, hashes), record["findings"], strict=True)
            yield ReviewedLetter(record["doc"], record["sha256"], tuple(_found(t, f) for t, f in pairs), place)


def _found(today: Today, finding: Mapping[str, Any]) -> Found:
    quotes = tuple((words["part"], words["quote"]) for words in finding["evidence"])
    return Found(today, finding["code"], finding["severity"], finding["confidence"], finding["message"], quotes)


class View:
    """What one reviewer may see of what was said of a run.

    Attributes:
        statements: In the order in which they were made.
        standings: Where the findings stand of which anything was said, by fingerprint.
        letters: Missed findings and letters called clean, by the name of the letter.

    Args:
        run: The run.
        statements: What the reviewer may see.
    """

    def __init__(self, run: ReviewedRun, statements: Sequence[Statement]) -> None:
        self.statements = statements
        self.standings: dict[str, Standing] = {}
        self.letters: dict[str, tuple[Statement, ...]] = {}
        opinions = Opinions(statements)
        for doc in opinions.letters:
            held = opinions.on(doc, (found.today for letter in run.named.get(doc, ()) for found in letter.found))
            self.standings |= {f: standing for f, standing in held.items() if standing.held or standing.stale}
            if said := opinions.of_letter(doc):
                self.letters[doc] = said

    def of(self, fingerprint: str) -> Standing:
        """Where a finding stands."""
        return self.standings.get(fingerprint, _OPEN)


_OPEN = Standing(State.OPEN)


class Review:
    """The verdicts on one run: kept in a file that others may append to at the same time.

    Args:
        run: The run.
        log: The file of verdicts.
        blinding: What is reviewed blind.
    """

    def __init__(self, run: ReviewedRun, log: VerdictLog, blinding: Blinding = NOTHING_BLIND) -> None:
        self.run = run
        self.log = log
        self.blinding = blinding
        self._present = {fingerprint: found.today for fingerprint, found in run.findings.items()}
        self._lock = threading.Lock()
        self._followed = Followed(log)
        self._of = Logged((), ())
        self._views: dict[str, View] = {}

    def say(self, statement: Statement) -> Statement:
        """Write a statement down, as blind where what others said was hidden from its reviewer all along.

        Returns:
            The statement as it stands in the file.

        Raises:
            OSError: The file cannot be written; the statement does not count then.
        """
        if self.blinding:
            blind = self.blinding.unseen(self.statements(), statement)
            statement = statement.model_copy(update={"blind": blind})
        self.log.append(statement)
        return statement

    def statements(self) -> Sequence[Statement]:
        """Everything said so far, by whomever."""
        return self._fresh().statements

    def problems(self) -> Sequence[str]:
        """Lines of the file that are no statement."""
        return self._fresh().problems

    def view(self, reviewer: str = "") -> View:
        """What a reviewer may see; everything, where nothing is reviewed blind.

        Args:
            reviewer: Who looks; "" for somebody who has said nothing.
        """
        name = " ".join(reviewer.split()) if self.blinding else ""
        read = self._fresh()
        with self._lock:
            if name not in self._views:
                if len(self._views) >= _VIEWS:
                    self._views.clear()
                self._views[name] = View(self.run, self.blinding.visible(read.statements, name, self._present))
            return self._views[name]

    def hides(self, reviewer: str, fingerprint: str) -> bool:
        """Whether a reviewer sees nothing of others on a finding of the run yet, whether they spoke or not."""
        today = self._present[fingerprint]
        if not self.blinding.covers(today.doc, today.item):
            return False
        name = " ".join(reviewer.split())
        return all(said.reviewer != name for said in self.view(name).of(fingerprint).held)

    def _fresh(self) -> Logged:
        """What the file holds by now; views of what it held before are forgotten."""
        with self._lock:
            read = self._followed.read()
            if read is not self._of:
                self._of = read
                self._views.clear()
            return read


_VIEWS = 50
"""Reviewers whose view is kept; a name is whatever a page sends."""
