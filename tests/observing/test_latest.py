"""What a later visit took back, and what lies elsewhere or belongs to another claim, contradicts no denial."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

FOUND = "The patient has low back pain."


@pytest.mark.parametrize(
    ("summary", "value"),
    [
        (
            "Muscle spasm was present on 03/10/2015. The examination of 06/22/2015 showed tenderness without spasm.",
            "denied",
        ),
        ("He was seen on 03/10/2015. There was spasm. He was seen on 06/22/2015. There was no spasm.", "denied"),
        ("The examination of 03/10/2015 showed no spasm. Muscle spasm was present on 06/22/2015.", "documented"),
        ("Muscle spasm was present on 03/10/2015.", "documented"),
        ("There was muscle spasm. There was no spasm of the calf.", "documented"),
    ],
)
def test_taken_back_by_a_later_visit(checker: Checker, summary: str, value: str) -> None:
    reasons = "In this case there is no documentation of muscle spasm. The request is not medically necessary."
    found = judged(checker, [("Cyclobenzaprine 7.5mg #60", "Upheld", reasons)], summary)
    assert told(found, "summary.spasm") == value


def test_kept_where_the_rationale_affirms(checker: Checker) -> None:
    summary = "Muscle spasm was present on 03/10/2015. The examination of 06/22/2015 showed tenderness without spasm."
    reasons = "In this case there was muscle spasm on examination. The request is not medically necessary."
    found = judged(checker, [("Cyclobenzaprine 7.5mg #60", "Upheld", reasons)], summary)
    assert told(found, "summary.spasm") == "documented"


@pytest.mark.parametrize(
    ("behind", "value"),
    [
        ("It belongs to another claim and was left aside.", "unknown"),
        ("It pertains to a different injury.", "unknown"),
        ("The neck was hurt at the same time.", "different"),
    ],
)
def test_injury_of_another_claim(checker: Checker, behind: str, value: str) -> None:
    reasons = f"A form in the file gives an injury of 3/2/2009. {behind} The request is not medically necessary."
    found = judged(checker, [("MRI of the cervical spine", "Upheld", reasons)], FOUND)
    assert told(found, "compare.injury_date") == value
