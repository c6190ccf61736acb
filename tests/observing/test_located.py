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


@pytest.mark.parametrize(
    ("denial", "flagged"),
    [
        ("The notes do not report any motor or sensory loss in the legs, and no complaint on the left.", True),
        ("No sensory loss in the lower extremities is documented, and the left side is without symptoms.", True),
        ("There is no documentation of weakness in the feet; the left leg was never examined.", True),
        ("The records do not report any motor or sensory loss in the left leg.", False),
        ("There is no documentation of sensory loss or weakness of the left lower extremities.", False),
        ("There is no documentation of sensory loss or weakness in the arms, and there is no complaint.", False),
    ],
)
def test_limbs_in_the_plural_are_of_both_sides(checker: Checker, denial: str, flagged: bool) -> None:
    summary = "Strength of the right great toe extensor was 4/5 and pinprick was blunted over the right foot."
    reasons = f"In this case surgery was not considered. {denial} The request is not medically necessary."
    line = "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies."
    found = judged(checker, [("EMG of the bilateral lower extremities", "Upheld", reasons)], summary, line)
    assert bool([f for f in found.findings if f.code == "FAC005"]) is flagged


@pytest.mark.parametrize(
    ("summary", "rationale", "concept", "status"),
    [
        (
            "The left knee was unstable on testing.",
            "No instability of the shoulder is documented.",
            "instability",
            "silent",
        ),
        (
            "The right shoulder was unstable.",
            "No instability of the shoulder is documented.",
            "instability",
            "documented",
        ),
        (
            "X-rays of the low back showed narrowing.",
            "There are no x-rays of the shoulder.",
            "plain-films-done",
            "silent",
        ),
        ("X-rays showed narrowing.", "There are no x-rays of the shoulder.", "plain-films-done", "documented"),
        ("He had a laminectomy of the lumbar spine.", "The shoulder had no surgery.", "prior-surgery", "silent"),
        (
            "Motion of the right shoulder was limited.",
            "No loss of motion is documented.",
            "reduced-motion",
            "documented",
        ),
        ("Motion of the right knee was limited.", "No loss of motion is documented.", "reduced-motion", "silent"),
    ],
)
def test_what_is_told_of_another_part_is_not_held_against_a_rationale(
    checker: Checker, summary: str, rationale: str, concept: str, status: str
) -> None:
    item = ("MRI of the right shoulder", "Upheld", f"{rationale} The request is not medically necessary.")
    assert told(judged(checker, [item], summary, NECK), f"summary.{concept}") == status
