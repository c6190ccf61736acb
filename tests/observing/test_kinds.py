"""One kind of a thing that is missing is no contradiction of another kind that the summary records."""

import pytest

from checker import Checker
from tests.observing.test_comparisons import PLAIN, judged, told

VERDICT = "The request is not medically necessary."


@pytest.mark.parametrize(
    ("summary", "reasons", "status"),
    [
        ("He is treated for anxiety.", "The notes of this worker do not describe panic disorder.", "silent"),
        ("He is treated for panic attacks.", "The notes of this worker do not describe panic disorder.", "documented"),
        ("He is treated for anxiety.", "The notes of this worker do not describe anxiety.", "documented"),
        ("He is treated for anxiety.", "The claimant has anxiety, and panic disorder is not documented.", "documented"),
    ],
)
def test_only_the_kind_that_is_missed_counts(checker: Checker, summary: str, reasons: str, status: str) -> None:
    found = judged(checker, [("Xanax 0.5mg #60", "Upheld", f"{reasons} {VERDICT}")], f"{PLAIN} {summary}")
    assert told(found, "summary.depression-anxiety") == status


@pytest.mark.parametrize(
    ("summary", "reasons", "flagged"),
    [
        ("The knee gives way on stairs.", "The worker's knee has no locking.", False),
        ("The knee locks on stairs.", "The worker's knee has no locking.", True),
        ("The knee locks on stairs.", "The worker has no mechanical symptoms.", True),
        ("The knee gives way and locks.", "In this case there is no catching or locking.", True),
    ],
)
def test_a_kind_denied_is_held_against_that_kind(checker: Checker, summary: str, reasons: str, flagged: bool) -> None:
    found = judged(checker, [("Left knee arthroscopy", "Upheld", f"{reasons} {VERDICT}")], f"{PLAIN} {summary}")
    assert any(f.rule == "FAC001.signs.mechanical-symptoms" for f in found.findings) == flagged


@pytest.mark.parametrize(
    ("summary", "use"),
    [
        ("Medications are Norco 10/325mg every six hours (since early 2012).", "dated"),
        ("Norco had first been furnished in 2013.", "dated"),
        ("He takes Norco.", "untold"),
    ],
)
def test_a_date_tells_how_long_a_drug_was_taken(checker: Checker, summary: str, use: str) -> None:
    reasons = f"He has taken Norco since 2012. {VERDICT}"
    found = judged(checker, [("Norco 10/325mg #60", "Upheld", reasons)], f"{PLAIN} {summary}")
    assert told(found, "item.use") == use
    assert any(f.code == "FAC002" for f in found.findings) == (use == "untold")


@pytest.mark.parametrize(
    ("reasons", "ground"),
    [
        (
            "In this case there is no record of a reaction to Norco that calls for more than twice that recommended.",
            "other",
        ),
        ("In this case the twelve visits of physical therapy exceed the guideline.", "another"),
    ],
)
def test_that_nothing_calls_for_more_is_no_limit_of_another_treatment(
    checker: Checker, reasons: str, ground: str
) -> None:
    found = judged(checker, [("Cold therapy unit, 30 day rental", "Upheld", f"{reasons} {VERDICT}")], PLAIN)
    assert told(found, "reason.ground") == ground
