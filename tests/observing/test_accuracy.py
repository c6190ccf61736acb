"""The gates: how much of the regression set must be read as a person reads it."""

import sys

import pytest

from checker.model.facts import Assertion, Part
from tests.observing import accuracy
from tests.observing.regression_set import HERE, Rationale, RegressionSet, Statement, load, the_idiom

IDIOM = the_idiom()
SET = load(HERE, IDIOM.concepts)
STATUSES, ROLES, MUTATED = 0.95, 0.95, 0.85


def _wrong(answers: list[accuracy.Answer]) -> str:
    lines = [f"{a.group}: {a.expected}, read {a.told} ({a.by}): {a.text}" for a in answers if not a.right]
    return "\n".join([f"{accuracy.share(answers):.1%} of {len(answers)}", *lines])


def test_statuses() -> None:
    answers = accuracy.statuses(SET.statements, IDIOM)
    assert {a.expected for a in answers} == set(Assertion)
    assert accuracy.share(answers) >= STATUSES, _wrong(answers)


def test_roles() -> None:
    answers = accuracy.roles(SET.rationales, IDIOM)
    assert accuracy.share(answers) >= ROLES, _wrong(answers)


def test_statuses_of_the_mutated_half() -> None:
    answers = accuracy.mutated_statuses(SET.statements, IDIOM)
    assert len(answers) > len(SET.statements) / 2
    assert accuracy.share(answers) >= MUTATED, _wrong(answers)


def test_statuses_of_every_edit_by_itself() -> None:
    answers = accuracy.single_mutations(SET.statements, IDIOM)
    assert accuracy.share(answers) >= MUTATED, _wrong(answers)


def test_roles_of_the_mutated_half() -> None:
    answers = accuracy.mutated_roles(SET.rationales, IDIOM)
    assert accuracy.share(answers) >= MUTATED, _wrong(answers)


SMALL = RegressionSet(
    (
        Statement("a", Part.SUMMARY, "spasm", "denied", "There was no spasm."),
        Statement("a", Part.SUMMARY, "spasm", "unclear", "There is spasm of the neck."),
        Statement("a", Part.SUMMARY, "spasm", "documented", "His muscles were like ropes."),
    ),
    (Rationale("a", "short", (("guideline", "The MTUS allows it."), ("conclusion", "He limps."))),),
)


def test_the_report_says_what_is_wrong_and_what_no_cue_touched(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accuracy, "load", lambda folder, concepts: SMALL)
    monkeypatch.setattr(sys, "argv", ["accuracy"])
    accuracy.main()
    out = capsys.readouterr().out
    assert "Statuses 33.3% of 3; roles 50.0% of 2" in out
    assert "spasm: unclear, read documented" in out
    assert "No cue touched: 1\n  spasm: documented, read silent\n      His muscles were like ropes." in out
    assert "short: conclusion, read case" in out
    monkeypatch.setattr(sys, "argv", ["accuracy", "--mutated"])
    accuracy.main()
    out = capsys.readouterr().out
    assert "Statuses, up to three edits a sentence: " in out
    assert " as written 33.3%, drop " in out


def test_an_empty_set_passes_no_gate() -> None:
    assert accuracy.share([]) == 0
