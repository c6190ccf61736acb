"""How much of an authorized course was attended, by the case summary and by the rationale."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged, told

REQUEST = "Physical therapy 8 additional sessions, lumbar spine"
VERDICT = "The request is not medically necessary."

SAID_FINISHED = [
    (
        "He had attended 6 of 12 authorized visits of physical therapy; the rest were scheduled.",
        "The worker has completed all twelve visits of physical therapy which had been authorized.",
    ),
    (
        "The physical therapy note of 11-15-16 shows visit 4 of 12.",
        "The worker has already finished twelve sessions of physical therapy.",
    ),
    (
        "Twelve visits of physical therapy were authorized and five have been attended so far.",
        "He has exhausted the authorized course of physical therapy.",
    ),
    (
        "He has had 5 sessions of physical therapy with 7 remaining.",
        "In this case the twelve authorized sessions of physical therapy have all been used.",
    ),
    (
        "To date 3/8 PT visits were completed.",
        "In this case all eight of the approved PT visits were attended.",
    ),
    (
        "He is at session seven of ten of physical therapy.",
        "The claimant completed ten physical therapy visits.",
    ),
    (
        "Of the 12 sessions of physical therapy approved, he has attended 4.",
        "The patient has undergone the full course of 12 approved sessions of physical therapy.",
    ),
    (
        "He has completed 7 out of 12 certified physical therapy sessions.",
        "The patient has used up his certified physical therapy visits.",
    ),
]
SAID_UNFINISHED = [
    (
        "He completed 12 of 12 visits of physical therapy.",
        "The patient has yet to complete the authorized visits of physical therapy.",
    ),
    (
        "All 12 authorized physical therapy visits were completed.",
        "He has attended only 6 of the 12 authorized visits of physical therapy.",
    ),
    (
        "He attended all of the twelve approved physical therapy sessions.",
        "The claimant has not finished the approved course of physical therapy.",
    ),
]
TOGETHER = [
    (
        "He had 12 visits of physical therapy in 2015. He has attended 6 of 12 newly authorized visits of PT.",
        "The patient has completed twelve visits of physical therapy.",
    ),
    (
        "He has attended 6 of 12 authorized visits of physical therapy.",
        "The patient has attended six of the twelve authorized visits of physical therapy.",
    ),
    (
        "He has attended 6 of 12 authorized visits of physical therapy.",
        "Twelve visits of physical therapy were authorized for the patient.",
    ),
    (
        "He has attended 6 of 12 authorized visits of acupuncture.",
        "The patient has completed twelve visits of physical therapy.",
    ),
    (
        "He has attended 6 of 12 authorized visits of physical therapy.",
        "The authorized visits of physical therapy have not been completed by this worker.",
    ),
    (
        "He attended 6 of 12 visits of PT by 11-02-16. He completed 12 visits of physical therapy by 12-01-16.",
        "The patient has completed twelve visits of physical therapy.",
    ),
    (
        "He has attended 6 of 12 authorized visits of physical therapy.",
        "Once the patient has completed the authorized visits of physical therapy he should be examined again.",
    ),
    (
        "He has attended 6 of 12 authorized visits of physical therapy after an earlier course.",
        "The patient has completed twelve visits of physical therapy.",
    ),
    (
        "He has attended 6 of 12 authorized visits of physical therapy.",
        "The patient has had 12 visits of physical therapy authorized.",
    ),
]


@pytest.mark.parametrize(("summary", "reasons"), SAID_FINISHED)
def test_a_course_said_to_be_finished_of_which_a_part_was_attended(
    checker: Checker, summary: str, reasons: str
) -> None:
    found = judged(checker, [(REQUEST, "Upheld", f"{reasons} {VERDICT}")], f"{PLAIN} {summary}")
    assert told(found, "compare.course") == "unfinished"
    assert any(f.rule == "FAC001.course" for f in found.findings)


@pytest.mark.parametrize(("summary", "reasons"), SAID_UNFINISHED)
def test_a_course_said_to_be_unfinished_that_was_attended(checker: Checker, summary: str, reasons: str) -> None:
    found = judged(checker, [(REQUEST, "Upheld", f"{reasons} {VERDICT}")], f"{PLAIN} {summary}")
    assert told(found, "compare.course") == "finished"
    assert any(f.rule == "FAC001.course" for f in found.findings)


@pytest.mark.parametrize(("summary", "reasons"), TOGETHER)
def test_what_goes_together_is_no_contradiction(checker: Checker, summary: str, reasons: str) -> None:
    found = judged(checker, [(REQUEST, "Upheld", f"{reasons} {VERDICT}")], f"{PLAIN} {summary}")
    assert told(found, "compare.course") in ("same", "unknown")
    assert not any(f.rule in ("FAC001.course", "FAC001.visits") for f in found.findings)
