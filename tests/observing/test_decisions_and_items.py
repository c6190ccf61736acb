"""Reasons without a fact of the case, copied arguments, visits of a verdict, days of a review; our own letters."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

NOT = "The request is not medically necessary."
IS = "The request is medically necessary."
VISITS = (
    "Physical medicine is recommended as indicated below. In a large case series of patients with back pain, those who "
    "kept to active care had fewer visits. Allow for fading of treatment frequency. Myalgia and myositis: 9-10 visits "
    "over 8 weeks."
)
BENEFIT = "There is no quantified evidence of pain relief or of better function following those visits."
ROOT = "The examination does not show compromise of a specific nerve root for which an MRI would be needed."


@pytest.mark.parametrize(
    ("request_", "outcome", "reasons"),
    [
        (
            "Physical therapy, 8 visits",
            "Overturned",
            f"{VISITS} Eight visits stay inside the number set for pain of the neck. {IS}",
        ),
        (
            "Acupuncture, 6 visits",
            "Overturned",
            f"Time to produce effect: 3 to 6 treatments. Frequency: 1 to 3 times per week. {IS}",
        ),
        (
            "Urine drug screen",
            "Overturned",
            f"Drug testing is recommended as an option. Guidelines support the request. {IS}",
        ),
        ("Norco 10/325mg #90", "Upheld", f"Opioids should be continued if the patient has returned to work. {NOT}"),
    ],
)
def test_the_guideline_and_nothing_more(checker: Checker, request_: str, outcome: str, reasons: str) -> None:
    assert told(judged(checker, [(request_, outcome, reasons)]), "reason.case_facts") == "no"


@pytest.mark.parametrize(
    "reasons",
    [
        f"{VISITS} The patient has had no therapy so far. Eight visits are within that number. {IS}",
        f"{VISITS} None of the listed conditions is present. {NOT}",
        f"There is no fracture, dislocation or deficit that would call for therapy beyond the guideline. {NOT}",
        f"{VISITS} Guidelines support the request, since rotation of the neck has not come back after the fall. {IS}",
    ],
)
def test_a_fact_beside_the_guideline(checker: Checker, reasons: str) -> None:
    outcome = "Upheld" if reasons.endswith(NOT) else "Overturned"
    assert told(judged(checker, [("Physical therapy, 8 visits", outcome, reasons)]), "reason.case_facts") != "no"


@pytest.mark.parametrize(
    ("verdict", "expected"),
    [
        ("The four additional sessions are not medically necessary.", "partial"),
        ("The four remaining visits are not medically necessary.", "partial"),
        ("The four further sessions are not medically necessary.", "partial"),
        ("The four additional sessions and the ten for the hand are not medically necessary.", "all"),
        ("The requested sessions are not medically necessary.", "all"),
    ],
)
def test_one_number_of_two(checker: Checker, verdict: str, expected: str) -> None:
    asked = "Four physical therapy sessions for the neck and ten physical therapy sessions for the right hand"
    found = judged(checker, [(asked, "Upheld", f"There is no gain from the sessions had. {verdict}")])
    assert told(found, "compare.visit_parts") == expected


@pytest.mark.parametrize(
    ("first", "second", "reasons", "expected"),
    [
        ("Re-examination by the chiropractor", "Chiropractic manipulation, 8 visits", BENEFIT, "copied"),
        ("Follow-up visit with the chiropractor", "Chiropractic manipulation, 8 visits", BENEFIT, "copied"),
        ("MRI of the left knee", "MRI of the thoracic spine", ROOT, "copied"),
        ("MRI of the cervical spine", "MRI of the thoracic spine", ROOT, "shared"),
        ("Chiropractic manipulation, 8 visits", "Re-examination by the chiropractor", BENEFIT, "shared"),
        ("Interferential unit, purchase", "Chiropractic manipulation, 8 visits", BENEFIT, "copied"),
    ],
)
def test_an_argument_under_two_items(checker: Checker, first: str, second: str, reasons: str, expected: str) -> None:
    found = judged(checker, [(first, "Upheld", f"{reasons} {NOT}"), (second, "Upheld", f"{reasons} {NOT}")])
    assert told(found, "compare.argument") == expected


@pytest.mark.parametrize(
    ("request_", "line", "name", "expected"),
    [
        ("MRI of the lumbar spine", "Pain Chapter, MRI", "cite.topic_fit", "unrelated"),
        ("CT scan of the left knee", "Pain (Chronic), CT", "cite.topic_fit", "unrelated"),
        ("Lumbar epidural steroid injection", "Pain Chapter, Epidural steroid injections", "cite.topic_fit", "unknown"),
        ("Bone scan", "Pain Chapter, Bone scan", "cite.topic_fit", "unknown"),
        ("MRI of the left shoulder", "Neck and Upper Back, MRI", "cite.body_part_fit", "mismatch"),
        ("Physical therapy, left shoulder", "Neck and Upper Back, Physical therapy", "cite.body_part_fit", "fits"),
    ],
)
def test_a_chapter_for_another_subject(checker: Checker, request_: str, line: str, name: str, expected: str) -> None:
    cited = f"Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) {line}."
    assert told(judged(checker, [(request_, "Upheld", f"No sign is found. {NOT}")], line=cited), name) == expected


@pytest.mark.parametrize(
    ("summary", "expected"),
    [
        ("A determination of 12/02/2016 did not certify the MRI.", "different"),
        ("The reviewing physician non-certified the MRI on 12/01/2016.", "different"),
        ("The MRI was denied by the physician advisor on 12/22/2016.", "different"),
        ("A determination of 12/20/2016 did not certify the MRI.", "same"),
        ("A determination of 11/02/2016 did not certify an earlier course of therapy.", "unknown"),
        ("A report of 12/02/2016 declined surgery.", "unknown"),
    ],
)
def test_the_day_of_the_review(checker: Checker, summary: str, expected: str) -> None:
    found = judged(
        checker, [("MRI of the left shoulder", "Upheld", f"No sign is found. {NOT}")], f"There is pain. {summary}"
    )
    assert told(found, "letter.ur_dates") == expected


@pytest.mark.parametrize(
    ("summary", "reasons", "expected"),
    [
        ("There is pain with full motion.", "The shoulder hurts.", "unanswered"),
        ("Instability of the shoulder is suspected.", "The shoulder hurts.", "answered"),
        ("There is pain with full motion.", "A labral tear is suspected.", "answered"),
        ("There is no instability.", "The shoulder hurts.", "unanswered"),
    ],
)
def test_conditions_quoted_for_an_approval(checker: Checker, summary: str, reasons: str, expected: str) -> None:
    quoted = "ODG recommends MRI of the shoulder for suspected instability or labral tear."
    found = judged(checker, [("MRI of the left shoulder", "Overturned", f"{quoted} {reasons} {IS}")], summary)
    assert told(found, "compare.quoted_conditions") == expected
