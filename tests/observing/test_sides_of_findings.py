"""A finding that changes its side between case summary and rationale."""

import pytest

from checker import Checker
from tests.observing.test_comparisons import PLAIN, judged, told


@pytest.mark.parametrize(
    ("summary", "reasons", "value"),
    [
        ("Sensation was decreased in the right foot.", "Sensation is decreased in the left foot.", "different"),
        ("There was decreased sensation over the right foot.", "Weakness of the left foot is recorded.", "unknown"),
        ("There is weakness of the right biceps.", "The patient has weakness of the left biceps.", "different"),
        ("There is weakness of the right biceps.", "The patient has weakness of the right biceps.", "same"),
        ("There is weakness of both biceps.", "The patient has weakness of the left biceps.", "same"),
        ("There is weakness of the biceps.", "The patient has weakness of the left biceps.", "same"),
        ("There is weakness of the right biceps.", "The patient has weakness of the biceps.", "unknown"),
        ("There is weakness of the right biceps.", "There is no weakness of the left biceps.", "unknown"),
        (
            "There is weakness of the right biceps. There is weakness of the left triceps.",
            "The patient has weakness of the left arm.",
            "same",
        ),
        ("There is weakness of the right biceps.", "The patient has weakness of the left leg.", "same"),
    ],
)
def test_a_finding_keeps_its_side(checker: Checker, summary: str, reasons: str, value: str) -> None:
    rationale = f"The guideline asks for a deficit. {reasons} The study is not medically necessary."
    found = judged(checker, [("MRI of the cervical spine", "Upheld", rationale)], f"{PLAIN} {summary}")
    assert told(found, "compare.finding_side") == value
    flagged = "DOC004.finding" in {finding.rule for finding in found.findings}
    assert flagged is (value == "different")
