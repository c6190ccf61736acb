"""What real letters tell of sides, lengths of care and copied therapies: what must be told apart, and what let pass."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged, told

_MRI = "MRI of the cervical spine"


def _rationale(reasons: str) -> str:
    return f"The guideline asks for a deficit. {reasons} The study is not medically necessary."


@pytest.mark.parametrize(
    ("summary", "reasons", "different"),
    [
        (
            "The ankle reflex was 2+ on the left and 1+ on the right.",
            "The left ankle reflex was 1+ and the right ankle reflex 2+.",
            True,
        ),
        ("Right Achilles reflex 1+, left Achilles reflex 2+.", "Achilles reflexes are 2+ right and 1+ left.", True),
        (
            "Motor strength was 4/5 on the right and 5/5 on the left.",
            "In this case motor strength is 5/5 on the right and 4/5 on the left.",
            True,
        ),
        (
            "Right patellar reflex +1; left patellar reflex +2.",
            "On exam, knee jerks were +2 on the right side and +1 on the left side.",
            True,
        ),
        ("Right patellar reflex +1; left patellar reflex +2.", "Knee jerks were +1 on the right and +2 left.", False),
        (
            "Biceps reflex 2+ right, 1+ left. Triceps reflex 1+ right, 2+ left.",
            "The biceps reflex was 2+ on the right and 1+ on the left; the triceps reflex was 1+ right and 2+ left.",
            False,
        ),
        ("Biceps reflex 2+ right, 1+ left.", "The triceps reflex was 1+ on the right and 2+ on the left.", False),
        ("Biceps reflexes were 2+ bilaterally.", "The biceps reflex was 1+ on the right and 2+ on the left.", False),
        (
            "Muscle strength was 4/5 on the right and 5/5 on the left. Later muscle strength was 5/5 on the right.",
            "In this case muscle strength is 5/5 on the right and 4/5 on the left.",
            False,
        ),
    ],
)
def test_grades_of_two_sides(checker: Checker, summary: str, reasons: str, different: bool) -> None:
    found = judged(checker, [(_MRI, "Upheld", _rationale(reasons))], f"{PLAIN} {summary}")
    assert (told(found, "compare.finding_side") == "different") is different
    assert ("DOC004.finding" in {finding.rule for finding in found.findings}) is different


@pytest.mark.parametrize(
    ("seen", "reasons", "value"),
    [
        ("10-02-2016", "The records show conservative care for at least 6 weeks.", "impossible"),
        ("12-02-2016", "The records show conservative care for at least 6 weeks.", "possible"),
        ("10-02-2016", "The worker has completed eight weeks of physical therapy without benefit.", "impossible"),
        ("10-02-2016", "He has failed six weeks of conservative treatment.", "impossible"),
        ("10-02-2016", "The claimant has undergone a three month course of conservative care.", "impossible"),
        (
            "10-02-2016",
            "Symptoms persisted despite conservative management for three months in this case.",
            "impossible",
        ),
        ("10-05-2016", "The claimant attended physical therapy for four weeks.", "possible"),
        ("10-02-2016", "There is no documentation of conservative care for at least 6 weeks.", "unknown"),
        ("10-02-2016", "The patient has not had 6 weeks of conservative treatment.", "unknown"),
        ("10-02-2016", "The guideline asks for 3 months of conservative treatment.", "unknown"),
        ("10-02-2016", "The worker should first have 6 weeks of conservative treatment.", "unknown"),
        ("10-02-2016", "Physical therapy for 6 weeks was recommended.", "unknown"),
    ],
)
def test_care_fits_between_injury_and_last_record(checker: Checker, seen: str, reasons: str, value: str) -> None:
    summary = f"{PLAIN} He was seen on {seen} with neck pain."
    found = judged(checker, [(_MRI, "Upheld", _rationale(reasons))], summary)
    assert told(found, "compare.claimed_care") == value
    assert ("FAC001.care-length" in {finding.rule for finding in found.findings}) is (value == "impossible")


@pytest.mark.parametrize(
    ("request_", "had", "more", "value"),
    [
        ("Eight occupational therapy sessions", "physical therapy", "occupational therapy", "copied"),
        ("Hand therapy x 6", "physical therapy", "hand therapy", "copied"),
        ("Eight occupational therapy sessions", "occupational therapy", "occupational therapy", "shared"),
        ("Eight occupational therapy sessions", "physical and occupational therapy", "occupational therapy", "shared"),
        ("Therapeutic exercise, 4 sessions", "physical therapy", "therapeutic exercise", "shared"),
    ],
)
def test_therapy_of_another_profession(checker: Checker, request_: str, had: str, more: str, value: str) -> None:
    def reasons(had: str, more: str) -> str:
        return (
            f"The patient has had {had} sessions without documentation of functional improvement. "
            f"Without documented gains there is no reason for more {more}. The request is not medically necessary."
        )

    first = ("Eight physical therapy sessions", "Upheld", reasons("physical therapy", "physical therapy"))
    found = judged(checker, [first, (request_, "Upheld", reasons(had, more))])
    assert told(found, "compare.argument", 1) == "shared"
    assert told(found, "compare.argument", 2) == value
