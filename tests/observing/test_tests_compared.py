"""Tests of the examination that the rationale tells of, held against those that the summary records."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

WRIST, KNEE, JOINT, CUFF = (
    "EMG of the right wrist",
    "MRI of the knee",
    "Sacroiliac joint injection",
    "MRI of the shoulder",
)
VERDICT = "The request is not medically necessary."


@pytest.mark.parametrize(
    ("request_", "reasons", "summary", "value"),
    [
        (
            "EMG of the right wrist",
            "Provocative testing of the median nerve was negative.",
            "Phalen's test was positive.",
            "opposite",
        ),
        (
            "EMG of the right wrist",
            "The provocative maneuvers were all negative.",
            "Durkan's test was positive.",
            "opposite",
        ),
        (WRIST, "Phalen's test was negative.", "Phalen's sign was positive.", "opposite"),
        (WRIST, "Phalen's test was negative.", "Tinel's sign was positive.", "same"),
        (WRIST, "Phalen's test was positive.", "Phalen's test was negative.", "opposite"),
        (WRIST, "Phalen's was negative on the right.", "Phalen's was positive on the left.", "same"),
        (WRIST, "Provocative testing was negative.", "Spurling's test was positive.", "same"),
        (
            "MRI of the knee",
            "McMurray's was negative.",
            "In May McMurray's was positive. In June McMurray's was negative.",
            "same",
        ),
        (
            "Sacroiliac joint injection",
            "No provocative tests were described in this case.",
            "FABER was positive.",
            "recorded",
        ),
        (
            "Sacroiliac joint injection",
            "The results of provocation tests are not documented.",
            "FABER was positive.",
            "recorded",
        ),
        (
            "Sacroiliac joint injection",
            "The results of provocation tests are not documented.",
            "FABER was negative.",
            "same",
        ),
        (
            CUFF,
            "The exam does not document signs of a rotator cuff tear.",
            "The drop arm test was positive.",
            "recorded",
        ),
        (CUFF, "There are no findings that would suggest a torn labrum.", "Hawkins was positive.", "unknown"),
        (CUFF, "There are no findings indicative of a labral tear.", "Hawkins was positive.", "same"),
        (CUFF, "There are no findings indicative of a labral tear.", "O'Brien's was positive.", "recorded"),
        (KNEE, "There were no signs of a cruciate tear on examination.", "McMurray's was positive.", "same"),
        (KNEE, "There were no signs of a cruciate tear on examination.", "Lachman's was positive.", "recorded"),
        (JOINT, "The physician reports pain.", "FABER was positive.", "unknown"),
    ],
)
def test_tests_of_the_examination(checker: Checker, request_: str, reasons: str, summary: str, value: str) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} {VERDICT}")], summary)
    assert told(found, "compare.tests") == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("She tried physical therapy. There is no indication that conservative care was attempted.", "yes"),
        ("She tried physical therapy. No conservative treatment has been rendered.", "yes"),
        ("She tried physical therapy. There is no evidence that conservative treatment has been exhausted.", "no"),
        ("She tried physical therapy of the knee. No conservative treatment of the shoulder has been rendered.", "no"),
        ("She tried physical therapy. No conservative care was tried since the new injury.", "no"),
    ],
)
def test_care_had_and_never_had(checker: Checker, reasons: str, value: str) -> None:
    found = judged(checker, [("MRI of the left knee", "Upheld", f"{reasons} {VERDICT}")], "She has pain.")
    assert told(found, "conflict.conservative-care-tried") == value
