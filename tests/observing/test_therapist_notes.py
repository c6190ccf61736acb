"""What a therapist noted is of the therapy, and shoes that the worker ties again are no device."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

THERAPY = "Additional physical therapy 2 times a week for 2 weeks"
VERDICT = "The request is not medically necessary."
NONE = "In this case the records do not document any functional improvement with the visits."


@pytest.mark.parametrize(
    ("request_", "summary", "status"),
    [
        (
            THERAPY,
            "The therapist's discharge note states that he is now able to drive and to tie his shoes.",
            "documented",
        ),
        (THERAPY, "Per the final report of the physical therapist she can again lace her boots.", "documented"),
        (THERAPY, "The therapist noted that she is now able to carry the shopping without the cane.", "documented"),
        (THERAPY, "He can now stand for an hour and pull on his own socks and shoes.", "documented"),
        (THERAPY, "The occupational therapist's progress report records that she is now able to cook.", "documented"),
        (THERAPY, "With the orthopedic shoes he is now able to walk for a mile.", "silent"),
        (THERAPY, "With the massage therapist's help and Norco she is now able to sleep.", "silent"),
        (THERAPY, "After the lumbar epidural steroid injection he is now able to drive.", "silent"),
    ],
)
def test_what_the_therapist_noted_is_of_the_therapy(checker: Checker, request_: str, summary: str, status: str) -> None:
    found = judged(checker, [(request_, "Upheld", f"{NONE} {VERDICT}")], f"He had six visits of therapy. {summary}")
    assert told(found, "summary.functional-improvement") == status
