"""A lesion that the rationale says a study does not show, beside what the case summary has that study show."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

KNEE, WRIST = "Left knee arthroscopy with partial meniscectomy", "Right carpal tunnel release"
BACK, CUFF = "Lumbar epidural steroid injection at L5-S1", "Right shoulder arthroscopy"


@pytest.mark.parametrize(
    ("request_", "summary", "reasons", "value"),
    [
        (
            KNEE,
            "MRI of the left knee showed a tear of the medial meniscus.",
            "The MRI did not reveal a meniscal tear.",
            "found",
        ),
        (CUFF, "MRI showed a supraspinatus tear.", "The MRI is negative for any tear of the cuff.", "found"),
        (
            WRIST,
            "Nerve studies of 02/06/2016 demonstrated slowing of the right median nerve.",
            "The conduction study of February 2016 came back without median slowing.",
            "found",
        ),
        (
            BACK,
            "MRI: 6 mm L5-S1 disc protrusion abutting the left S1 root.",
            "There is no disc herniation on the MRI.",
            "found",
        ),
        (BACK, "EMG showed a left L5 radiculopathy.", "The EMG fails to demonstrate a radiculopathy.", "found"),
        (BACK, "MRI revealed stenosis at L4-5.", "The MRI shows no stenosis at L5-S1.", "same"),
        (BACK, "MRI showed a bulge without root compression.", "The MRI shows no nerve root compression.", "same"),
        (BACK, "MRI of 05/02/2012 showed a herniation.", "The MRI of 02/03/2016 shows no herniation.", "same"),
        (KNEE, "MRI of the left knee showed an ACL tear.", "The MRI showed no meniscal tear.", "same"),
        (
            CUFF,
            "MRI showed a partial supraspinatus tear.",
            "The MRI shows no full-thickness tear of the cuff.",
            "unknown",
        ),
        (CUFF, "An MRI was ordered to rule out a cuff tear.", "The MRI shows no tear of the cuff.", "same"),
        (CUFF, "MRI showed a possible supraspinatus tear.", "The MRI shows no tear of the cuff.", "same"),
        (BACK, "MRI showed a herniation.", "No herniation was felt on examination.", "unknown"),
    ],
)
def test_a_lesion_denied(checker: Checker, request_: str, summary: str, reasons: str, value: str) -> None:
    found = judged(
        checker,
        [(request_, "Upheld", f"In this case {reasons[0].lower()}{reasons[1:]} It is not medically necessary.")],
        summary,
    )
    assert told(found, "compare.study_finding") == value
