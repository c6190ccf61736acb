"""The gates: how much of the regression set must be read as a person reads it; the page says what is measured.

Gates and page stand in one file because both need the whole set read in every form, which takes longest.
"""

import re
import sys
from collections.abc import Sequence
from dataclasses import replace

import pytest

from checker.model.facts import Assertion, Part
from tests.observing import accuracy
from tests.observing.accuracy import STATUSES
from tests.observing.reading_page import (
    BEGIN,
    END,
    PAGE,
    SLACK,
    Figures,
    headline_of,
    lines,
    measured,
    out_of_date,
)
from tests.observing.regression_set import Rationale, RegressionSet, Statement, the_set
from tests.shipped import the_idiom

STATUSES_GATE, ROLES_GATE, MUTATED_GATE = 0.95, 0.95, 0.85
TEXT = PAGE.read_text("utf-8")


@pytest.fixture(scope="module")
def figures() -> Figures:
    """The whole set read, as it is written and in other words."""
    return measured(the_set(), the_idiom())


def _wrong(answers: Sequence[accuracy.Answer]) -> str:
    told = [f"{a.group}: {a.expected}, read {a.told} ({a.by}): {a.text}" for a in answers if not a.right]
    return "\n".join([f"{accuracy.share(answers):.1%} of {len(answers)}", *told])


@pytest.mark.parametrize(
    ("of", "gate"),
    [
        ("statements", STATUSES_GATE),
        ("roles", ROLES_GATE),
        ("mutated", MUTATED_GATE),
        ("edits", MUTATED_GATE),
        ("mutated_roles", MUTATED_GATE),
    ],
)
def test_enough_is_read_right(figures: Figures, of: str, gate: float) -> None:
    answers = getattr(figures, of)
    assert accuracy.share(answers) >= gate, _wrong(answers)


def test_every_status_and_half_of_the_set_is_asked(figures: Figures) -> None:
    assert {a.expected for a in figures.statements} == set(Assertion)
    assert len(figures.mutated) > len(the_set().statements) / 2


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
    monkeypatch.setattr(accuracy, "the_set", lambda: SMALL)
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


def test_the_page_says_what_is_measured(figures: Figures) -> None:
    """On failure: python -m tests.observing.reading_page --write."""
    assert out_of_date(TEXT, figures) == []


def test_the_page_names_where_it_was_measured_and_tells_every_status() -> None:
    block = TEXT.partition(BEGIN)[2].partition(END)[0]
    assert re.search(r"Measured at commit [0-9a-f]{7,40}\b", block)
    assert all(f"\n| {status.replace('_', ' ')} | " in block for status in STATUSES)


def test_a_figure_that_moved_is_noticed(figures: Figures) -> None:
    block = "\n".join(lines(figures, "0" * 10))
    assert out_of_date(block, figures) == []
    half = figures.statements[: len(figures.statements) // 2]
    wrong = [replace(answer, told="several") for answer in half]
    moved = replace(figures, statements=[*wrong, *figures.statements[len(half) :]])
    (said,) = out_of_date(block, moved)
    assert said.startswith("What a sentence asserts of a concept: ")
    near = replace(figures.statements[0], told="several")
    assert 100 / len(figures.statements) < SLACK
    assert out_of_date(block, replace(figures, statements=[near, *figures.statements[1:]])) == []


@pytest.mark.parametrize("page", ["", f"{BEGIN}\n{END}", f"{END} {BEGIN}"])
def test_a_page_without_figures_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="page"):
        headline_of(page)
