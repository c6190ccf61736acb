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
