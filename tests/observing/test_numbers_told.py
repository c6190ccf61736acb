"""Numbers that a rationale gives as the guideline's, beside those that the guideline has."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

NAME = "reason.guideline_number"
CHRONIC = "MTUS Chronic Pain Medical Treatment 2009, Section(s): "
PT, ESI, TPI = "Physical therapy 6 visits", "Epidural steroid injection at L4-5", "Trigger point injections x3"
TENS, PSY, MASSAGE = "TENS unit, purchase", "Cognitive behavioral therapy, 6 sessions", "Massage therapy, 6 visits"
GEL, AED, PROGRAM = "Voltaren gel 1%, 100 grams", "Gabapentin 300mg #90", "Functional restoration program, 10 days"
SECTIONS = {
    PT: "Physical Medicine",
    ESI: "Epidural steroid injections (ESIs)",
    TPI: "Trigger point injections",
    TENS: "TENS, chronic pain",
    PSY: "Behavioral interventions",
    MASSAGE: "Massage therapy",
    GEL: "Topical analgesics",
    AED: "Antiepilepsy drugs (AEDs)",
    PROGRAM: "Chronic pain programs (functional restoration programs)",
}


@pytest.mark.parametrize(
    ("item", "said", "value"),
    [
        (PT, "For myositis the MTUS has seven visits over three weeks.", "wrong"),
        (PT, "Radiculitis is given 5-6 visits over four weeks by the guideline.", "wrong"),
        (PT, "The guideline gives 12 visits over 16 weeks for complex regional pain.", "wrong"),
        (PT, "The MTUS gives 9-10 visits over 8 weeks for myalgia and 8-10 visits over 4 weeks for neuritis.", "right"),
        (PT, "The guideline allows 9 to 10 visits for myalgia, fading from 3 visits a week to one.", "right"),
        (PT, "For CRPS the MTUS has 24 visits, 9 visits for arthritis and 9-10 visits for myalgia.", "right"),
        (PT, "The ODG recommends twelve visits for myalgia.", "none"),
        (PT, "Guidelines ask for myalgia that the patient has had six visits.", "none"),
        (ESI, "A repeat injection requires at least 70 percent relief according to the guideline.", "wrong"),
        (ESI, "The MTUS asks that relief last no less than twelve weeks before another block.", "wrong"),
        (ESI, "A repeat block is recommended where 50% relief lasted for six to eight weeks.", "right"),
        (TPI, "The MTUS wants symptoms that have persisted for more than six months.", "wrong"),
        (TPI, "Injections are not recommended at an interval of less than two months.", "right"),
        (TENS, "The guideline wants a home trial of sixty days before purchase.", "wrong"),
        (TENS, "The guideline recommends a trial of four weeks at home.", "right"),
        (PSY, "The guideline begins with one to two visits.", "wrong"),
        (PSY, "The guideline recommends a trial of 3-4 visits over 2 weeks and up to 6-10 visits in all.", "right"),
        (MASSAGE, "Massage is limited by the guideline to two or three visits.", "wrong"),
        (MASSAGE, "Massage is limited by the guideline to 4-6 visits.", "right"),
        (GEL, "The MTUS recommends topical NSAIDs for no more than three weeks.", "wrong"),
        (GEL, "The MTUS recommends topical NSAIDs for four to twelve weeks.", "right"),
        (AED, "To go on, the guideline asks for at least 60 percent reduction of pain.", "wrong"),
        (AED, "The guideline calls a reduction of 30% a moderate response.", "right"),
        (PROGRAM, "The program is limited by the MTUS to five full-day sessions.", "wrong"),
        (PROGRAM, "The guideline limits the program to 20 full-day sessions of four hours.", "right"),
    ],
)
def test_a_number_told_of_the_guideline_is_held_against_its_own(
    checker: Checker, item: str, said: str, value: str
) -> None:
    reasons = f"{said} The request is not medically necessary."
    assert told(judged(checker, [(item, "Upheld", reasons)], line=CHRONIC + SECTIONS[item]), NAME) == value
