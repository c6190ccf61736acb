"""A finding of one side or limb says nothing of another."""

import pytest

from checker import Checker
from tests.observing.test_comparisons import judged, told

RIGHT = "EMG of the right upper extremity"
NECK = "Decision based on MTUS Neck and Upper Back Complaints 2004, Section(s): Special Studies."


@pytest.mark.parametrize(
    ("summary", "concept", "status"),
    [
        ("Examination showed weakness of the left hand.", "weakness", "silent"),
        ("Examination showed weakness of the right hand.", "weakness", "documented"),
        ("Examination showed weakness of both hands.", "weakness", "documented"),
        ("Examination showed weakness.", "weakness", "documented"),
        ("There was numbness of the right foot.", "numbness-tingling", "silent"),
        (
            "There was numbness of the right leg, and tingling in the thumb on the right.",
            "numbness-tingling",
            "documented",
        ),
        ("Left triceps reflex absent, right intact.", "reflex-change", "denied"),
        ("Sensation was decreased over the right C6 dermatome.", "sensory-loss", "documented"),
        ("Sensation was decreased over the right S1 dermatome.", "sensory-loss", "silent"),
    ],
)
def test_only_what_lies_where_the_request_is_for_counts(
    checker: Checker,
    summary: str,
    concept: str,
    status: str,
) -> None:
    found = judged(checker, [(RIGHT, "Upheld", "The request is not medically necessary.")], summary, NECK)
    assert told(found, f"summary.{concept}") == status


def test_what_the_rationale_denies_of_one_side_is_not_held_against_the_other(checker: Checker) -> None:
    summary = "Strength was 4/5 in the left wrist extensors; the right arm was strong and sensation there was intact."
    reasons = "In this case no weakness was found on the right. The request is not medically necessary."
    both = "EMG of the bilateral upper extremities"
    found = judged(checker, [(both, "Upheld", reasons)], summary, NECK)
    assert not [f for f in found.findings if f.code == "FAC001"]
    other = judged(checker, [(both, "Upheld", reasons.replace("right", "left"))], summary, NECK)
    assert [f.code for f in other.findings if f.code == "FAC001"]


@pytest.mark.parametrize(("second", "value"), [("on the right", "agree"), ("on the left", "contradict"), ("", "agree")])
def test_rationales_on_two_sides_do_not_contradict_each_other(checker: Checker, second: str, value: str) -> None:
    first = "The worker has numbness of the left hand at night."
    other = f"There was no mention of any numbness {second}."
    left = RIGHT.replace("right", "left")
    found = judged(checker, [(left, "Overturned", first), (RIGHT, "Upheld", other)], line=NECK)
    assert told(found, "compare.other_reasons", 2) == value
