"""Reviewing in the terminal, key by key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from checker.desk.run import Review, finished_run
from checker.desk.terminal import Reviewer, TerminalReview, queue
from checker.review.blind import Blinding
from checker.review.log import VerdictLog
from checker.review.standing import State
from tests.desk.desks import NOON, run_folder

OPEN = (State.OPEN, State.STALE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run_folder(tmp_path_factory.mktemp("terminal") / "run")


@pytest.fixture
def review(folder: Path, tmp_path: Path) -> Review:
    return Review(finished_run(folder), VerdictLog(tmp_path / "verdicts.jsonl"))


def sit(review: Review, *answers: str, reviewer: str = "A.R.") -> tuple[int, list[str]]:
    """How many verdicts were given, and what was printed."""
    printed: list[str] = []
    waiting: Iterator[str] = iter(answers)

    def ask(prompt: str) -> str:
        printed.append(prompt)
        answer = next(waiting, None)
        if answer is None:
            raise EOFError
        return answer

    sitting = TerminalReview(review, Reviewer(reviewer, "nurse"), ask, printed.append, lambda: NOON)
    return sitting.sit(queue(review, OPEN)), printed


def said(review: Review) -> list[tuple[str, str, str]]:
    return [(s.verdict.value, s.reason.value if s.reason else "", s.note) for s in review.statements()]


def test_verdicts_are_saved_one_by_one(review: Review) -> None:
    given, printed = sit(review, "c", "d seen twice", "6", "u", "q")
    assert given == 3
    assert said(review) == [("confirmed", "", ""), ("dismissed", "duplicate", "seen twice"), ("unsure", "", "")]
    assert any(line.startswith("[1 of ") for line in printed)
    assert {(s.reviewer, s.role) for s in review.statements()} == {("A.R.", "nurse")}


def test_a_wrong_reason_dismisses_nothing(review: Review) -> None:
    given, printed = sit(review, "d", "9", "d", "", "q")
    assert (given, said(review)) == (0, [])
    assert sum("needs one of these numbers" in line for line in printed) == 2


def test_undo_restores_what_was_said_before(review: Review) -> None:
    given, printed = sit(review, "z", "c", "z", "q")
    assert (given, [v for v, _, _ in said(review)]) == (0, ["confirmed", "withdrawn"])
    assert "nothing to undo" in printed


def test_undo_brings_an_earlier_verdict_back(review: Review) -> None:
    sit(review, "u not sure yet", "q")
    (found,) = queue(review, (State.UNSURE,))
    answers = iter(["c", "z", "q"])
    sitting = TerminalReview(review, Reviewer("A.R."), lambda prompt: next(answers), lambda line: None, lambda: NOON)
    assert sitting.sit([found]) == 0
    assert [(v, note) for v, _, note in said(review)][-1] == ("unsure", "not sure yet")


def test_moving_about_gives_no_verdict(review: Review) -> None:
    given, printed = sit(review, "n", "p", "", "?", "q")
    assert (given, said(review)) == (0, [])
    shown = [line.split("]")[0] for line in printed if line.startswith("[")]
    total = len(queue(review, OPEN))
    assert shown == [f"[{n} of {total}" for n in (1, 2, 1, 2)]


def test_the_end_of_input_ends_the_sitting(review: Review) -> None:
    assert sit(review, "c")[0] == 1


def test_what_was_said_is_not_asked_again(review: Review) -> None:
    before = len(queue(review, OPEN))
    sit(review, "c", "q")
    assert len(queue(review, OPEN)) == before - 1
    assert [f.code for f in queue(review, OPEN, ["saf"])] == [f.code for f in queue(review, OPEN) if f.code == "SAF001"]
    _, printed = sit(review, "q", reviewer="B.S.")
    assert not any("A.R." in line for line in printed)


def test_a_blind_reviewer_is_asked_what_others_have_answered_and_sees_nothing_of_it(
    folder: Path, tmp_path: Path
) -> None:
    run = finished_run(folder)
    one = next(iter(run.findings.values())).today
    unit = {"doc": one.doc, "item": one.item, "double": True}
    marked = Blinding.of_sample({"units": [unit, {**unit, "doc": "sample-0002", "double": False}]})
    review = Review(run, VerdictLog(tmp_path / "verdicts.jsonl"), marked)
    sit(review, "c secret", "c", "q")
    waiting = queue(review, OPEN, reviewer="B.S.", sample=marked)
    assert [found.today.fingerprint for found in waiting if found.today == one] == [one.fingerprint]
    assert len(queue(review, OPEN, reviewer="B.S.")) > len(queue(review, OPEN, reviewer="A.R."))
    printed: list[str] = []
    answers = iter(["u", "p", "q"])
    sitting = TerminalReview(review, Reviewer("B.S."), lambda prompt: next(answers), printed.append, lambda: NOON)
    sitting.sit(waiting)
    first, again = "\n".join(printed).split("[1 of")[1:3]
    assert "A.R." not in first.split("[2 of")[0]
    assert "A.R. confirmed" in again
    assert [(s.reviewer, s.blind) for s in review.statements() if s.fingerprint == one.fingerprint] == [
        ("A.R.", True),
        ("B.S.", True),
    ]
