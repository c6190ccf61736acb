"""A letter made fit to be shared: its findings and spans hold, and nobody can be told from it."""

import json
from pathlib import Path

import pytest

from checker import Checker
from checker.batch.letters import Failed
from checker.knowledge.redaction import load_redaction
from checker.knowledge.resources import rules_folder
from checker.model.findings import Judgement
from checker.model.source import Unreadable
from checker.reporting.redaction import Redactor
from checker.reporting.wire import parse_record
from checker.reporting.wire_check import check_record
from tests.desk.desks import VERSIONS
from tests.shipped import the_checker

LETTERS = Path(__file__).parent.parent.parent / "fixtures" / "letters"


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    return Redactor(load_redaction(rules_folder()))


@pytest.fixture(scope="module")
def checker() -> Checker:
    return the_checker()


def test_findings_and_spans_hold(redactor: Redactor, checker: Checker) -> None:
    seen = 0
    for letter in checker.check([str(path) for path in sorted(LETTERS.glob("*.txt"))[::6]]):
        if not isinstance(letter, Judgement):
            continue
        hidden = redactor.letter(letter)
        assert isinstance(hidden, Judgement)
        raw, masked = letter.facts.determination.source.raw, hidden.facts.determination.source.raw
        assert len(raw) == len(masked)
        assert [(f.code, f.item, f.fingerprint) for f in hidden.findings] == [
            (f.code, f.item, f.fingerprint) for f in letter.findings
        ]
        for finding in check_record(hidden, VERSIONS)["findings"]:
            for words in finding["evidence"]:
                assert " ".join(masked[words["start"] : words["end"]].split()) == words["quote"]
                seen += 1
    assert seen > 15


def test_nobody_can_be_told_from_what_is_written(redactor: Redactor, checker: Checker) -> None:
    text = (LETTERS / "norco-criteria-conceded.txt").read_text("utf-8")
    marks = ("Dr. Zebulon Quillfeather", "Quillfeather noted", "03/17/2014", "CM14-0000076")
    summary = "CLINICAL CASE SUMMARY"
    assert summary in text
    line = f"\nSeen by {marks[0]} on {marks[2]} in case {marks[3]}; {marks[1]} no change.\n"
    head, _, rest = text.partition("based on a review of the case")
    letter = checker.check_text(
        head + "based on a review of the case" + rest.replace("\n\n", line, 1), doc="CM14-0000076"
    )
    assert isinstance(letter, Judgement)
    hidden = redactor.letter(letter)
    written = json.dumps([parse_record(hidden), check_record(hidden, VERSIONS)]) + repr(hidden)
    for mark in ("Zebulon", "Quillfeather", "03/17", "0000076"):
        assert mark in repr(letter)
        assert mark not in written
    assert "2014" in written


def test_letters_that_were_not_read_lose_their_names(redactor: Redactor) -> None:
    unread = Unreadable("CM14-1", "letters of May/CM14-1.pdf", "letters of May/CM14-1.pdf: no text", "ab" * 32)
    hidden = redactor.letter(unread)
    assert "CM14" not in repr(hidden)
    assert "letter-abababababab: no text" in repr(hidden)
    assert "Roe" not in repr(redactor.letter(Failed("Roe", "Roe.txt", "cd" * 32, "internal error: KeyError at Roe")))
