"""Visits that a rationale counts on record, and the verdict that a request cannot be called reasonable."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

REQUEST = "Physical therapy, 6 visits, lumbar spine"
LINE = "Decision based on MTUS Chronic Pain Treatment Guidelines Physical Medicine Page(s): 98-99."
RULE = "The guideline allows up to 10 visits over 8 weeks."
VERDICT = "The request is medically necessary."


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("So far 9 sessions are on record.", "above"),
        ("Nine visits have been documented.", "above"),
        ("To date nine visits are recorded.", "above"),
        ("Eight therapy sessions are on file.", "above"),
        ("Nine sessions were attended.", "above"),
        ("Four visits are on record.", "within"),
        ("Nine sessions are recommended.", "within"),
        ("Nine sessions are given to produce a gain.", "within"),
        ("Nine sessions are remaining.", "within"),
    ],
)
def test_visits_on_record_count(checker: Checker, sentence: str, value: str) -> None:
    found = judged(checker, [(REQUEST, "Overturned", f"{RULE} {sentence} {VERDICT}")], line=LINE)
    assert told(found, "reason.total_in_limit") == value


@pytest.mark.parametrize(
    ("sentence", "flagged"),
    [
        ("The request cannot be called reasonable at present.", True),
        ("All in all the request can hardly be considered appropriate at this time.", True),
        ("The request may not be deemed justified as submitted.", True),
        ("The request cannot be called reasonable since no gain in function was shown.", False),
        ("The request exceeds the ten visits that the guideline allows.", False),
    ],
)
def test_a_verdict_is_no_ground(checker: Checker, sentence: str, flagged: bool) -> None:
    reasons = (
        "Recommended for those with a flare. In this worker the conditions which the guideline sets are fulfilled. "
        f"{sentence} The request is not medically necessary."
    )
    found = judged(checker, [(REQUEST, "Upheld", reasons)], line=LINE)
    assert ("DEC002" in {f.code for f in found.findings}) is flagged
