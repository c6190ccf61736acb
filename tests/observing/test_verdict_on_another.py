"""A verdict on something near what was asked for: the other side, other levels, a purchase, other hours or visits."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

NOT = "is not medically necessary."
PART = "MRI of the right knee"
LEVEL = "Lumbar epidural steroid injection at left L5-S1"
RENTED = "TENS unit, 30 day rental"
HOURS = "Home health aide 4 hours per day, 3 days per week for 6 weeks"
VISITS = "Physical therapy for the left shoulder, 2 times a week for 6 weeks"
ARMS = "EMG/NCV of the bilateral upper extremities"


@pytest.mark.parametrize(
    ("fact", "request_", "reasons", "value"),
    [
        ("side", PART, f"The right knee has been treated with exercise. MRI of the left knee {NOT}", "different"),
        ("side", PART, f"The left knee was normal on MRI last year. MRI of the right knee {NOT}", "same"),
        ("side", PART, f"MRI of the left and right knees {NOT}", "same"),
        ("decided_part", ARMS, f"No deficit is found. EMG/NCV of the bilateral lower extremities {NOT}", "different"),
        ("decided_part", ARMS, f"No deficit is found. EMG/NCV of the neck {NOT}", "same"),
        ("decided_part", ARMS, f"No deficit is found. EMG/NCV of the upper extremities {NOT}", "same"),
        ("decided_part", PART, f"Films come first. The request for an MRI of the cervical spine {NOT}", "different"),
        ("level", LEVEL, f"A left L3-4 epidural injection {NOT}", "different"),
        ("level", LEVEL, f"The requested injection at L4-5 {NOT}", "different"),
        ("level", LEVEL, f"The injection at left L5-S1 {NOT}", "same"),
        ("level", LEVEL, f"The L3-4 disc bulges. The injection {NOT}", "unknown"),
        ("level", "Facet injections at L4-5 and L5-S1", f"Facet injections at L5-S1 {NOT}", "same"),
        ("tenure", RENTED, f"Rental is preferred. The purchase of a TENS unit {NOT}", "different"),
        ("tenure", "TENS unit, purchase", f"The rental of a TENS unit {NOT}", "different"),
        ("tenure", RENTED, f"Neither the rental nor the purchase of the unit {NOT}", "same"),
        ("tenure", "TENS unit", f"The purchase of a TENS unit {NOT}", "unknown"),
        ("hours", HOURS, f"Home care for eight hours a day, seven days a week, {NOT}", "different"),
        ("hours", HOURS, f"Home care for 4 hours a day, 3 days a week, {NOT}", "same"),
        ("hours", HOURS, f"The guideline allows up to 35 hours per week. The aide {NOT}", "unknown"),
        ("visits", VISITS, f"The surgeon now requests another 18 visits. The request {NOT}", "different"),
        (
            "visits",
            VISITS,
            f"The doctor asks for physical therapy three times a week for six weeks. The request {NOT}",
            "different",
        ),
        ("visits", VISITS, f"The chiropractor seeks an additional 12 sessions. The request {NOT}", "unknown"),
        (
            "visits",
            VISITS,
            f"The provider requested 18 visits and 6 visits were authorized. The request {NOT}",
            "unknown",
        ),
        ("visits", VISITS, f"An additional 24 visits are requested. The request {NOT}", "different"),
    ],
)
def test_verdict_on_another_request(checker: Checker, fact: str, request_: str, reasons: str, value: str) -> None:
    assert told(judged(checker, [(request_, "Upheld", reasons)]), f"compare.{fact}") == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("There is radiation to the left arm and weakness.", "same"),  # a neighbour of the shoulder
        ("The patient has swelling of the left ankle.", "different"),
        ("The patient has no swelling of the left ankle. The shoulder is weak.", "same"),
    ],
)
def test_a_part_near_the_one_hurt_is_no_other(checker: Checker, reasons: str, value: str) -> None:
    found = judged(checker, [("Left shoulder injection", "Upheld", f"In this case, {reasons} The request {NOT}")])
    assert told(found, "compare.body_part") == value


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("The request for authorization was dated 8/15/2016.", "not_in_force"),
        ("The request for authorization was dated 7/27/2016.", "in_force"),
        ("The therapist saw him on 8/15/2016.", "unknown"),
    ],
)
def test_a_dated_request_tells_the_edition(checker: Checker, asked: str, value: str) -> None:
    line = "Decision based on MTUS Chronic Pain Medical Treatment 2009, Section(s): Home health services."
    summary = f"The injured worker is a 50 year old male with back pain. {asked} UR of 8/23/2016 denied it."
    found = judged(checker, [("Home health aide", "Upheld", f"The request {NOT}")], summary, line, ur="08/23/2016")
    assert told(found, "cite.edition") == value


@pytest.mark.parametrize(
    ("section", "value"),
    [
        ("3.3.3 Opioids for Chronic Pain and Chronic Opioid Treatment", "yes"),
        ("3.3.3 Patient Treatment Agreement and Informed Consent", "no"),
    ],
)
def test_a_chain_of_headings_may_be_cut_short(checker: Checker, section: str, value: str) -> None:
    line = f"Decision based on MTUS Opioid Treatment 2016, Section(s): {section}."
    found = judged(checker, [("Norco 10/325mg #60", "Upheld", f"The request {NOT}")], line=line)
    assert told(found, "cite.section_exists") == value


@pytest.mark.parametrize(
    ("sentences", "value"),
    [
        ("UR of 5/2/2016 denied therapy, and on 12/20/2016 the repair was denied.", "same"),
        ("UR of 12/2/2016 denied the repair.", "different"),
    ],
)
def test_an_earlier_review_is_no_other_date(checker: Checker, sentences: str, value: str) -> None:
    summary = f"The injured worker is a 50 year old male with pain of the left shoulder. {sentences}"
    found = judged(checker, [("Left shoulder arthroscopy", "Upheld", f"The request {NOT}")], summary)
    assert found.facts.letter.value("letter.ur_dates") == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("There is no opioid agreement in the record. There is no urine drug test result.", "no"),
        ("Without a CURES report and a drug test, and as no pain contract is documented, this is not supported.", "no"),
        ("Aberrant behavior is not documented. The drug screen was inconsistent, with cocaine.", "yes"),
    ],
)
def test_papers_that_are_missing_contradict_nothing(checker: Checker, reasons: str, value: str) -> None:
    found = judged(checker, [("Norco 10/325mg #60", "Upheld", f"{reasons} The request {NOT}")])
    assert told(found, "conflict.aberrant-behavior") == value


def test_the_demands_of_opioids_are_no_argument_on_a_stomach_drug(checker: Checker) -> None:
    copied = (
        f"The notes do not quantify relief, there is no urine drug screen, and no pain contract is on file. It {NOT}"
    )
    items = [("Norco 10/325mg #60", "Upheld", copied), ("Omeprazole 20mg #60", "Upheld", copied)]
    found = judged(checker, items)
    assert [told(found, "compare.argument", n) for n in (1, 2)] == ["shared", "copied"]
