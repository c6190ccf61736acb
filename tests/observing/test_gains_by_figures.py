"""Gains that two figures of the case summary show, and figures that show none."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

REASONS = "In this case the records do not show functional improvement. The request is not medically necessary."
THERAPY = "Physical therapy 6 visits"


@pytest.mark.parametrize(
    ("concept", "summary", "status"),
    [
        ("functional-improvement", "On 06-14-2016 the PHQ-9 was 17. On 10-05-2016 the PHQ-9 was 10.", "documented"),
        ("functional-improvement", "In May her ODI was 52%. In July her ODI was 30%.", "documented"),
        ("functional-improvement", "The LEFS is 55, previously 31.", "documented"),
        ("functional-improvement", "The QuickDASH score was 64 initially and 31 at discharge.", "documented"),
        ("functional-improvement", "The Neck Disability Index was 30/50. In June the NDI was 16/50.", "documented"),
        (
            "functional-improvement",
            "On 5/1/2016 the Roland-Morris score was 8. On 2/1/2016 the RMDQ was 18.",
            "documented",
        ),
        ("functional-improvement", "On 06-14-2016 the PHQ-9 was 17. On 10-05-2016 the PHQ-9 was 15.", "silent"),
        ("functional-improvement", "In May her ODI was 30%. In July her ODI was 52%.", "silent"),
        ("functional-improvement", "In May the LEFS was 55. In July the LEFS was 31.", "silent"),
        ("functional-improvement", "The PHQ-9 was 17. The GAD-7 was 5.", "silent"),
        ("functional-improvement", "The ODI was 52. The goal is an ODI of 20.", "silent"),
        ("functional-improvement", "The PHQ-9 of 10/05/2016 was 17.", "silent"),
        (
            "objective-gain",
            "In May lumbar flexion was 40 degrees. In July lumbar flexion was 65 degrees.",
            "documented",
        ),
        (
            "objective-gain",
            "The therapist compared flexion of 100 degrees at the start with 145 degrees.",
            "documented",
        ),
        ("objective-gain", "Abduction of the right shoulder is 140 degrees, previously 90 degrees.", "documented"),
        ("objective-gain", "Right shoulder abduction was 80 degrees. In June abduction was 130 degrees.", "documented"),
        (
            "objective-gain",
            "Knee flexion was 0-80 degrees in May. Knee flexion was 0-115 degrees in June.",
            "documented",
        ),
        ("objective-gain", "Lumbar flexion was 40 degrees in May. In June lumbar flexion was 45 degrees.", "silent"),
        ("objective-gain", "Cervical flexion was 30 degrees. Lumbar flexion was 60 degrees.", "silent"),
        ("objective-gain", "Right shoulder flexion was 100 degrees. Left shoulder flexion was 170 degrees.", "silent"),
        ("objective-gain", "Shoulder flexion was 100 degrees compared with 170 degrees on the left.", "silent"),
        ("objective-gain", "Lumbar flexion was 40 of 60 degrees and extension 15 of 25 degrees.", "silent"),
        ("objective-gain", "Flexion 40 degrees, extension 10 degrees, abduction 80 degrees.", "silent"),
        ("objective-gain", "Knee flexion was 90 degrees, normal 135 degrees.", "silent"),
        ("objective-gain", "Knee flexion was 90 degrees. The goal is knee flexion of 120 degrees.", "silent"),
        ("objective-gain", "Wrist extension was 30 degrees. Flexion of the wrist was 60 degrees.", "silent"),
        (
            "objective-gain",
            "Knee flexion was 80 degrees in May. In June there was full flexion of the knee.",
            "documented",
        ),
        (
            "objective-gain",
            "In May cervical rotation was 40 degrees. In June the neck had a full range of motion.",
            "documented",
        ),
        ("objective-gain", "In May shoulder abduction was 70 degrees. In June abduction was full.", "documented"),
        (
            "objective-gain",
            "The shoulder and upper arm hurt, with flexion of 95 degrees. Flexion of the shoulder was full.",
            "documented",
        ),
        (
            "objective-gain",
            "In May shoulder abduction was 70 degrees. In June passive motion of the shoulder was full.",
            "silent",
        ),
        (
            "objective-gain",
            "In May shoulder abduction was 70 degrees. In June shoulder abduction was not full.",
            "silent",
        ),
        (
            "objective-gain",
            "In May shoulder abduction was 70 degrees. In June shoulder motion was nearly full.",
            "silent",
        ),
        ("objective-gain", "Shoulder abduction was 70 degrees. The neck had a full range of motion.", "silent"),
        (
            "objective-gain",
            "Left shoulder abduction was 70 degrees. The right shoulder had a full range of motion.",
            "silent",
        ),
        ("objective-gain", "In May lumbar flexion was 55 degrees. In June lumbar flexion was full.", "silent"),
        (
            "objective-gain",
            "In May shoulder abduction was 70 degrees. In June abduction was limited and strength was normal.",
            "silent",
        ),
        ("objective-gain", "In May the shoulder had full motion. In June shoulder abduction was 70 degrees.", "silent"),
    ],
)
def test_figures_of_the_summary(checker: Checker, concept: str, summary: str, status: str) -> None:
    found = judged(checker, [(THERAPY, "Upheld", REASONS)], f"{summary} She is at work.")
    assert told(found, f"summary.{concept}") == status
