"""Studies that a rationale calls clean, held against what the case summary reports of them; our own letters."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

VERDICT = "The request is not medically necessary."
NECK, KNEE, SHOULDER = "MRI of the cervical spine", "MRI of the left knee", "MRI of the right shoulder"


@pytest.mark.parametrize(
    ("request_", "summary", "reasons"),
    [
        (NECK, "X-rays of the neck showed moderate disc space narrowing at C5-6.", "Neck x-rays were unremarkable."),
        (KNEE, "Plain films of the left knee revealed narrowing and an effusion.", "Knee films came back clean."),
        (
            SHOULDER,
            "MRI of the right shoulder demonstrated a partial tear of the supraspinatus.",
            "The MRI of the shoulder did not show anything of significance.",
        ),
        (
            SHOULDER,
            "Ultrasound of the right shoulder found tendinosis and thickening of the bursa.",
            "An ultrasound of the shoulder has been done and was clear.",
        ),
        (
            "EMG of the upper extremities",
            "NCS of 07/02/2016 showed slowing of the right median nerve across the wrist.",
            "His electrodiagnostic testing was negative.",
        ),
        (
            "MRI of the right hip",
            "A bone scan showed increased uptake at the right femoral neck.",
            "His bone scan was unremarkable.",
        ),
        (
            "Lumbar facet injections",
            "The lumbar MRI revealed facet hypertrophy and a bulge at L4-5.",
            "In this case imaging of the lumbar spine has not revealed any pathology.",
        ),
        (
            NECK,
            "The note quotes the x-ray as otherwise unremarkable and the CT, which reported a bulge at C5-6.",
            "She tingles in the thumb, yet the CT of the neck turned up nothing of note.",
        ),
    ],
)
def test_a_study_called_clean_that_showed_something(
    checker: Checker, request_: str, summary: str, reasons: str
) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} {VERDICT}")], summary)
    assert told(found, "compare.study_clean") == "found"


@pytest.mark.parametrize(
    ("summary", "reasons"),
    [
        ("X-rays of the left knee were normal. MRI of the neck showed a bulge.", "Knee x-rays were unremarkable."),
        ("X-rays of the right knee showed narrowing.", "X-rays of the left knee were negative."),
        ("X-rays of the left knee showed no fracture and no effusion.", "X-rays of the knee were unremarkable."),
        ("An x-ray of 05/02/2016 showed an effusion.", "The x-ray of 07/02/2016 was unremarkable."),
        ("X-rays showed an effusion. A second x-ray was normal.", "Knee x-rays were unremarkable."),
        ("X-rays of the left knee showed a mild effusion.", "Knee x-rays showed nothing of note."),
        ("X-rays of the left knee showed an effusion.", "In this case x-rays were negative for fracture."),
        ("X-rays of the left knee showed an effusion.", "In this case x-rays were not remarkable for fracture."),
        ("X-rays of the left knee showed an effusion.", "X-rays were unremarkable apart from an effusion."),
        ("X-rays of the left knee showed an effusion.", "In this case MRI may follow if x-rays are normal."),
        ("X-rays of the left knee were requested to rule out a fracture.", "Knee x-rays were unremarkable."),
    ],
)
def test_other_studies_and_other_words(checker: Checker, summary: str, reasons: str) -> None:
    found = judged(checker, [(KNEE, "Upheld", f"{reasons} {VERDICT}")], summary)
    assert told(found, "compare.study_clean") in ("same", "unknown")


@pytest.mark.parametrize(
    ("day", "value"),
    [("11/20/2016", "later"), ("10/20/2016", "earlier")],
)
def test_a_study_done_already_may_be_the_disputed_one(checker: Checker, day: str, value: str) -> None:
    summary = "The provider signed the Request for Authorization on 11/10/2016."
    reasons = f"The patient has had an MRI on {day}, and a repeat study is not needed."
    found = judged(checker, [(KNEE, "Upheld", f"{reasons} {VERDICT}")], summary)
    assert told(found, "compare.study_day") == value


@pytest.mark.parametrize(
    ("request_", "reasons", "value"),
    [
        (
            KNEE,
            "The patient has already had a nerve conduction study. Why another diagnostic test is needed is unclear.",
            "nerves",
        ),
        (KNEE, "MRI of the left hip has been done already, so an MRI of the knee is not needed.", "another_part"),
        (KNEE, "The patient has had an MRI of the left knee. Why a second study is needed is not clear.", "none"),
        (KNEE, "The patient has already had a nerve conduction study. There is no sign of a tear.", "none"),
    ],
)
def test_another_test_held_against_an_image(checker: Checker, request_: str, reasons: str, value: str) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} {VERDICT}")])
    assert told(found, "compare.other_test") == value
