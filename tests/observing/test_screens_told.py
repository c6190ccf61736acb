"""Whether a drug screen is told to agree with what is prescribed."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged, told

REASONS = "No gain in function is documented. The request is not medically necessary."
NAME = "test.uds.agreement"


@pytest.mark.parametrize(
    ("text", "agreement"),
    [
        ("The urine drug screen was positive for hydrocodone and tramadol, the latter not prescribed.", "inconsistent"),
        ("The UDS of 3/2/2016 showed methadone, which was not prescribed.", "inconsistent"),
        ("He had a non-prescribed benzodiazepine on the urine drug screen of 3/2/2016.", "inconsistent"),
        ("Urine toxicology revealed an undisclosed opioid.", "inconsistent"),
        ("The results of the urine drug test did not match the medications prescribed.", "inconsistent"),
        ("The urine drug screen was at odds with the prescribed regimen.", "inconsistent"),
        ("The urine drug screen was in keeping with the medications prescribed.", "consistent"),
        ("The results of the urine drug test were in line with his prescriptions.", "consistent"),
        ("The UDS matched his prescribed medications.", "consistent"),
        ("The urine drug screen showed no non-prescribed substances.", "consistent"),
        ("The urine drug screen was negative for any nonprescribed opioid.", "consistent"),
        ("He was last screened on 3/2/2016, and the result was in keeping with the medications.", "consistent"),
        ("A urine drug screen was done in March, and tramadol is not prescribed any more.", "silent"),
        ("A urine drug screen was done on 3/2/2016.", "silent"),
    ],
)
def test_what_a_screen_shows(checker: Checker, text: str, agreement: str) -> None:
    found = judged(checker, [("Norco 10/325mg #90", "Upheld", f"{text} {REASONS}")], f"{PLAIN} {text}")
    assert told(found, f"summary.{NAME}") == agreement
    assert told(found, f"rationale.{NAME}") == agreement


def test_a_screen_told_with_the_opposite_result(checker: Checker) -> None:
    summary = (
        f"{PLAIN} The urine drug screen of 7/1/16 was positive for codeine and tramadol, the latter not prescribed."
    )
    reasons = (
        f"The worker had last been tested in July 2016, and the result was in line with his prescriptions. {REASONS}"
    )
    found = judged(checker, [("Urine drug screen", "Upheld", reasons)], summary)
    assert told(found, f"summary.{NAME}") == "inconsistent"
    assert told(found, f"rationale.{NAME}") == "consistent"
    assert any(f.code == "FAC001" for f in found.findings)
