"""The guideline that is the subject of a rationale's first sentence, beside the one that the line cites."""

import pytest

from checker import Checker
from tests.observing.compared import NECK, judged, told

BOTH = (
    NECK.removesuffix(".") + "; Non-MTUS Official Disability Guidelines (ODG), Neck Chapter, EMGs (electromyography)."
)


@pytest.mark.parametrize(
    ("line", "reasons", "value"),
    [
        (NECK, "ODG, in its neck chapter under electromyography, has this as an option after a month.", "uncited"),
        (NECK, "The Official Disability Guidelines sort patients by risk and by age.", "uncited"),
        (NECK, "The Chronic Pain Medical Treatment Guidelines let such drugs in for flares.", "uncited"),
        (NECK, "ACOEM asks for red flags or nerve compromise.", "cited"),
        (BOTH, "The ODG adds that it is not needed where radiculopathy is clinically obvious.", "cited"),
        (NECK, "ODG sorts patients by risk. The MTUS, by ACOEM, wants a month of care first.", "cited"),
        (NECK, "ODG was quoted by utilization review.", "unknown"),
        (NECK, "The guideline wants a month of care. ODG sorts patients by risk, too.", "unknown"),
    ],
)
def test_the_guideline_argued_from(checker: Checker, line: str, reasons: str, value: str) -> None:
    reasons = f"{reasons} The patient has had pain for two weeks. The request is not medically necessary."
    found = judged(checker, [("EMG of the left upper extremity", "Upheld", reasons)], line=line)
    assert told(found, "compare.guideline") == value
