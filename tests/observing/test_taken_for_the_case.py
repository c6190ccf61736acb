"""What looks like a fact of the case and is none: a sound side, a duty of the guideline, a provider's pronoun."""

import pytest

from checker import Checker
from tests.observing.test_comparisons import PLAIN, judged, told


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The right shoulder is normal.", "different"),
        ("Motion is less compared with the right shoulder.", "different"),
    ],
)
def test_a_sound_side_is_not_the_side_of_the_injury(checker: Checker, sentence: str, value: str) -> None:
    reasons = "The guideline asks for weakness. The patient sprained the right shoulder. It is not medically necessary."
    found = judged(checker, [("MRI of the left shoulder", "Upheld", reasons)], f"{PLAIN} {sentence}")
    assert told(found, "compare.side") == value


def test_the_side_that_the_summary_finds_sound_is_not_the_side_concerned(checker: Checker) -> None:
    reasons = "The patient has numb fingers of the right hand. The study is not medically necessary."
    request = [("Electromyography of the right upper extremity", "Upheld", reasons)]
    sound = (
        "The left hand was normal.",
        "She denied any symptoms of the left hand.",
        "Left hand exam within normal limits.",
    )
    for sentence, differs in (*((one, False) for one in sound), ("The left hand was weak.", True)):
        found = judged(checker, request, f"{PLAIN} {sentence}")
        assert (told(found, "compare.side") == "different") is differs


@pytest.mark.parametrize(
    ("sentences", "unread"),
    [
        ("The patient has spasm.", 0),
        ("The patient was injured in 2016. The request is for a brace.", 0),
        ("The patient has spasm. The patient keeps bees with her brother.", 1),
        ("The patient keeps bees with her brother. The patient's van has two seats.", 2),
    ],
)
def test_sentences_about_the_worker_that_no_concept_knows_are_counted(
    checker: Checker, sentences: str, unread: int
) -> None:
    found = judged(checker, [("Lumbar brace", "Upheld", f"{sentences} The brace is not medically necessary.")])
    assert told(found, "reason.unread") == unread


@pytest.mark.parametrize(
    ("second", "value"),
    [
        ("The physician's order must state the diagnosis and how long the need will last.", "no"),
        ("The physician's order states a diagnosis of the knee.", "yes"),
    ],
)
def test_a_duty_of_the_guideline_is_no_fact_of_the_case(checker: Checker, second: str, value: str) -> None:
    reasons = (
        f"Medicare covers a bed if the patient's condition requires it. {second} The bed is not medically necessary."
    )
    found = judged(checker, [("Hospital bed", "Upheld", reasons)])
    assert told(found, "reason.case_facts") == value


@pytest.mark.parametrize(
    ("verdict", "value"),
    [
        ("He takes Norco daily, is constipated by it, and the laxative is therefore medically necessary.", "yes"),
        ("Therefore the laxative for constipation is medically necessary.", "no"),
        ("The requested number is not in excess of the guideline. Therefore it is medically necessary.", "no"),
        ("The eight visits he had and these are not in excess. Therefore it is medically necessary.", "yes"),
    ],
)
def test_a_verdict_that_tells_of_the_worker_is_a_fact_of_the_case(checker: Checker, verdict: str, value: str) -> None:
    reasons = f"The MTUS asks that constipation be treated where opioids are begun. {verdict}"
    found = judged(checker, [("Docusate 100 mg #60", "Overturned", reasons)])
    assert told(found, "reason.case_facts") == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("The treating physician asks for advice. That is within his judgment. It is medically necessary.", "unknown"),
        ("The claimant is tired. That is within his judgment. It is medically necessary.", "different"),
    ],
)
def test_a_pronoun_after_a_provider_is_the_providers(checker: Checker, reasons: str, value: str) -> None:
    summary = "The injured worker is a 34 year old female with pain of the left shoulder."
    found = judged(checker, [("Pain management consultation", "Overturned", reasons)], summary)
    assert told(found, "compare.sex") == value


def test_therapy_that_follows_an_operation_is_named_by_the_word_therapy(checker: Checker) -> None:
    reasons = (
        "Guidelines allow 8 visits following carpal tunnel release. The release was not found necessary and neither is "
        "the therapy to follow. Not medically necessary."
    )
    found = judged(checker, [("Postoperative occupational therapy, 8 visits, right wrist", "Upheld", reasons)])
    assert told(found, "compare.treatment") == "same"


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("In this case his activities are set out in a diary.", "unclear"),
        ("In this case his activities have improved with Norco.", "documented"),
        ("In this case the pain falls from 8 to 4.", "silent"),
        ("The MTUS asks for better function.", "silent"),
    ],
)
def test_what_is_spoken_of_is_not_passed_over_in_silence(checker: Checker, reasons: str, value: str) -> None:
    found = judged(checker, [("Norco 10/325 mg #60", "Overturned", f"{reasons} Norco is medically necessary.")])
    assert told(found, "rationale.functional-improvement") == value
    summary = "The injured worker is a 34 year old female. His activities are set out in a diary."
    found = judged(checker, [("Norco 10/325 mg #60", "Overturned", "Norco is medically necessary.")], summary)
    assert told(found, "summary.functional-improvement") == "silent"


@pytest.mark.parametrize(
    ("case", "value"),
    [
        ("He has no history of ulcer, but he is older than 65.", "open"),
        ("He has no history of ulcer, but naproxen gives him heartburn.", "open"),
        ("He has no gastrointestinal risk factors.", "failed"),
        ("He has no other gastrointestinal risk factors, but he is older than 65.", "open"),
    ],
)
def test_one_of_several_alternatives_is_enough(checker: Checker, case: str, value: str) -> None:
    reasons = f"The MTUS asks for a history of ulcer or for high-dose NSAIDs. {case} Omeprazole is medically necessary."
    found = judged(checker, [("Omeprazole 20mg #60", "Overturned", reasons)])
    assert told(found, "reason.quoted_criteria") == value


@pytest.mark.parametrize(
    ("guideline", "value"),
    [
        ('The ODG says, "Consider it if: The worker has failed at work. Reports conflict."', "no"),
        ('The ODG says, "Consider it if: The worker has failed at work. Reports conflict.', "unknown"),
        ("ACOEM says that a test is an indication of that individual's abilities on a day.", "no"),
        ("ACOEM asks for a test, and the worker was off work.", "unknown"),
    ],
)
def test_what_is_quoted_to_the_end_is_the_guideline(checker: Checker, guideline: str, value: str) -> None:
    reasons = f"{guideline} Based on the guideline, the request for an evaluation is not medically necessary."
    found = judged(checker, [("Functional capacity evaluation", "Upheld", reasons)])
    assert told(found, "reason.case_facts") == value


@pytest.mark.parametrize(
    ("finding", "value"),
    [
        ("The patient recovers from a left total knee arthroplasty.", "different"),
        ("The patient recovers from a right total knee arthroplasty.", "same"),
        ("The patient recovers from a total knee arthroplasty.", "unknown"),
    ],
)
def test_a_word_of_the_operation_may_stand_between_side_and_part(checker: Checker, finding: str, value: str) -> None:
    summary = f"{PLAIN} She had a right total knee arthroplasty in May. The left knee was normal."
    found = judged(checker, [("Home health aide", "Upheld", f"{finding} It is not medically necessary.")], summary)
    assert told(found, "compare.side") == value


@pytest.mark.parametrize(
    ("change", "value"),
    [
        ("He lifts 25 pounds instead of 10, and ibuprofen was cut to one tablet.", "documented"),
        ("He lifts 25 pounds instead of 10 with Norco.", "silent"),
    ],
)
def test_a_drug_that_is_taken_less_did_not_bring_the_gain(checker: Checker, change: str, value: str) -> None:
    reasons = f"The patient had six visits. {change} The visits are not medically necessary."
    found = judged(checker, [("Chiropractic treatment x 8", "Upheld", reasons)])
    assert told(found, "rationale.functional-improvement") == value
