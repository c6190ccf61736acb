"""Conditions that a rationale lists and finds nowhere, held against what the summary records; our own letters."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

VERDICT = "The request is not medically necessary."


@pytest.mark.parametrize(
    ("request_", "summary", "reasons"),
    [
        (
            "MRI of the right ankle",
            "Diagnoses are right ankle sprain and possible tarsal tunnel syndrome.",
            "ODG lists suspected osteochondral injury, tendinopathy and tarsal tunnel syndrome. "
            "None of these conditions was suspected by the provider.",
        ),
        (
            "MRI of the left knee",
            "The doctor suspects a tear of the medial meniscus of the left knee.",
            "ODG supports MRI for a ligament or meniscal tear. None of these concerns has been expressed.",
        ),
        (
            "MRI of the right shoulder",
            "Impression: right shoulder rotator cuff tear.",
            "Indications are a rotator cuff tear and a labral tear. "
            "Whether the examiner had any of these conditions in mind is not apparent.",
        ),
        (
            "MRI of the right hip",
            "The assessment is right hip trochanteric bursitis.",
            "MRI is advised for osteonecrosis, fracture and bursitis. No such condition has been documented here.",
        ),
        (
            "MRI of the left hip",
            "Left elbow contusion and left hip strain were diagnosed.",
            "In the notes nobody raises osteonecrosis, a stress fracture, a tumor, or an injury of the soft tissue.",
        ),
        (
            "Lidoderm patches",
            "She suffers from postherpetic neuralgia.",
            "The patch is for diabetic neuropathy and postherpetic neuralgia. The chart names neither of these.",
        ),
    ],
)
def test_a_condition_of_the_list_is_recorded(checker: Checker, request_: str, summary: str, reasons: str) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} {VERDICT}")], summary)
    assert told(found, "compare.listed") == "told"


@pytest.mark.parametrize(
    ("summary", "reasons"),
    [
        ("The diagnosis is patellofemoral pain.", "None of these conditions was suspected by the provider."),
        ("The worker has a right knee meniscal tear.", "None of these conditions was suspected by the provider."),
        ("A meniscal tear of the left knee was ruled out.", "None of these conditions was suspected by the provider."),
        ("There is no meniscal tear of the left knee.", "None of these conditions was suspected by the provider."),
        ("The worker has a left knee meniscal tear.", "None of these criteria is met in this case."),
        ("The worker has a left knee meniscal tear.", "In this case the request is for something else."),
    ],
)
def test_the_list_is_not_recorded_or_not_denied(checker: Checker, summary: str, reasons: str) -> None:
    listed = "ODG supports MRI for a suspected meniscal tear, an osteochondral defect or a tumor."
    found = judged(checker, [("MRI of the left knee", "Upheld", f"{listed} {reasons} {VERDICT}")], summary)
    assert told(found, "compare.listed") != "told"
