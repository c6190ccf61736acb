"""The tests inside rules: our own that pass and fail, and every one of the rules folder."""

from pathlib import Path

import pytest

from checker.judging.ruletests import run
from checker.rulebook import Rulebook
from tests.judging.engines import ENGINES
from tests.rulebook.folder import RULE, loaded
from tests.shipped import the_rulebook


@pytest.fixture(scope="module")
def real() -> Rulebook:
    return the_rulebook()


@pytest.mark.parametrize("engine", ENGINES)
def test_every_test_of_every_rule_of_the_folder(real: Rulebook, engine: str) -> None:
    outcomes = list(run(real, engine))
    assert len(outcomes) >= 2 * len([rule for rule in real.rules if rule.status == "active"])
    assert [str(outcome) for outcome in outcomes if not outcome.passed] == []


@pytest.mark.parametrize("engine", ENGINES)
def test_ours_pass(tmp_path: Path, engine: str) -> None:
    outcomes = list(run(loaded(tmp_path), engine))
    assert len(outcomes) == 8
    assert all(outcome.passed for outcome in outcomes)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("result: not_applicable", "result: clear", "test 'approved': expected clear, got not_applicable"),
        ("because: [rationale.function, summary.function]", "because: [rationale.function]",
         "test 'missing and recorded': expected because ['rationale.function'], "
         "got ['rationale.function', 'summary.function']"),
        ("item.visits: 6", "item.visits: unknown",
         "test 'missing and recorded': expected flagged, got undecided for want of item.visits"),
        ("item.visits: 6", "item.visits: 2",
         "test 'missing and recorded': expected flagged, got excepted by FAC005.walks.few"),
        ("result: not_applicable", "result: undecided, missing: [item.visits]",
         "test 'approved': expected undecided, got not_applicable"),
        ("item.visits: 2}\n      expect: {result: excepted, by: FAC005.walks.few}",
         "item.visits: unknown}\n      expect: {result: undecided, missing: [summary.function]}",
         "test 'few visits': expected missing ['summary.function'], got ['item.visits']"),
    ],
)  # fmt: skip
def test_one_that_fails_says_how(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert old in RULE
    failed = [
        outcome for outcome in run(loaded(tmp_path, rule=RULE.replace(old, new)), "reference") if not outcome.passed
    ]
    assert [str(outcome).partition(": ")[2] for outcome in failed] == [f"FAC005.walks: {told}"]
    assert all(outcome.place.endswith("facts/walks.yaml:2") for outcome in failed)


def test_the_wrong_exception_is_told(tmp_path: Path) -> None:
    second = """\
    - id: FAC005.walks.other
      why: Another reason.
      source: {document: law-one, mark: verified}
      when: {fact: item.visits, below: 3}
  evidence:"""
    rule = RULE.replace("  evidence:", second).replace("by: FAC005.walks.few", "by: FAC005.walks.other")
    (failed,) = [outcome for outcome in run(loaded(tmp_path, rule=rule), "reference") if not outcome.passed]
    assert failed.problems == ("expected by FAC005.walks.other, got FAC005.walks.few",)


def test_drafts_are_tested_too_and_retired_rules_are_not(tmp_path: Path) -> None:
    draft = RULE.replace("status: active", "status: draft").replace("item.visits: 6", "item.visits: 2")
    assert sum(not outcome.passed for outcome in run(loaded(tmp_path / "a", rule=draft), "reference")) == 1
    retired = RULE.replace("status: active", "status: retired")
    assert {outcome.rule for outcome in run(loaded(tmp_path / "b", rule=retired), "reference")} == {
        "CRI-WAL-coverage.relief",
        "CRI-WAL-coverage.function",
    }
