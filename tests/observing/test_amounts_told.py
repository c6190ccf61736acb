"""Amounts of small letters: what is decided against what was asked for, what was had, what the guideline gives."""

import pytest

from checker import Checker
from checker.model.findings import Judgement
from tests.parsing.letters import item, letter

HEAD = (
    "Case Number: CM00-0000000\nDate of Injury: 03/02/2016\nUR Denial Date: 01/05/2017\nDate Assigned: 01/20/2017\n"
    "Decision Date: 02/10/2017"
)
NO = "The request is not medically necessary."
LINES = {
    "acupuncture": "Decision based on MTUS Acupuncture Treatment 2007.",
    "tens": "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): TENS, chronic pain "
    "(transcutaneous electrical nerve stimulation).",
    "therapy": "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Physical medicine treatment.",
    "massage": "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Massage therapy.",
    "home": "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Home health services.",
    "drug": "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Muscle relaxants (for pain).",
}


def _codes(
    checker: Checker, request: str, line: str, reasons: str, summary: str = "", outcome: str = "Upheld"
) -> set[str]:
    told = f"A roofer of 40 fell from a ladder and hurt his low back. {summary}"
    found = checker.check_text(letter([item(request, outcome, LINES[line], LINES[line], reasons)], told, HEAD))
    assert isinstance(found, Judgement)
    return {f.code for f in found.findings if f.severity.value != "note"}


@pytest.mark.parametrize(
    ("request_", "line", "reasons", "flagged"),
    [
        ("Tizanidine 4mg #60", "drug", "Regarding the request for tizanidine 4 mg #90, the MTUS advises caution.", True),
        ("Flexeril 10mg #30", "drug", "As for the prescription of Flexeril 10mg, #90, the guideline allows a short course.", True),
        ("Soma 350mg #60", "drug", "The request is for 120 tablets of Soma, which the MTUS does not recommend.", True),
        ("Tizanidine 4mg #60", "drug", "Regarding the request for tizanidine 4 mg #60, the MTUS advises caution.", False),
        ("Tizanidine 4mg #60", "drug", "The MTUS advises caution. He was given tizanidine 4mg #90 in October.", False),
        ("Tizanidine 4mg #60", "drug", "Regarding the requests for tizanidine 4mg #60 and Norco #90, the MTUS advises caution.", False),
        ("Massage 6 sessions", "massage", "The MTUS advises 4-6 visits. The twelve sessions of massage requested are twice that.", True),
        ("Massage 6 sessions", "massage", "The MTUS advises 4-6 visits. Ten massage visits are being asked for, which is more.", True),
        ("Massage 8 sessions", "massage", "The MTUS advises 4-6 visits. The eight sessions of massage requested are too many.", False),
        ("Massage 8 sessions", "massage", "The MTUS advises 4-6 visits. Six sessions of massage would be reasonable.", False),
        ("Home health aide 4 hours a day, 3 days a week for 6 weeks", "home",
         "The MTUS supports help for the homebound. The request is for 8 hours a day, 5 days a week of help.", True),
        ("Home health aide 20 hours a week", "home",
         "The MTUS supports help for the homebound. The provider asks for an aide 40 hours per week.", True),
        ("Home health aide 4 hours a day, 3 days a week for 6 weeks", "home",
         "The MTUS supports help for the homebound. The request is for 4 hours a day, 3 days a week of help.", False),
        ("Home health aide 4 hours a day, 3 days a week for 6 weeks", "home",
         "The MTUS supports help up to 35 hours a week. The worker is not homebound.", False),
    ],
)  # fmt: skip
def test_another_amount_is_decided(checker: Checker, request_: str, line: str, reasons: str, flagged: bool) -> None:
    reasons = f"{reasons} He walks without help and has no spasm. {NO}"
    assert ("FAC003" in _codes(checker, request_, line, reasons)) is flagged


@pytest.mark.parametrize(
    ("summary", "reasons", "flagged"),
    [
        ("He completed six visits of physical therapy in November.", "The patient has already had sixteen physical therapy visits.", True),
        ("Treatment included 8 sessions of physical therapy.", "In this case he attended 24 sessions of physical therapy.", True),
        ("He completed six visits of physical therapy in November.", "The patient has already had six physical therapy visits.", False),
        ("He had 6 physical therapy visits in May and completed 10 sessions of physical therapy in fall.",
         "The patient has already had 16 physical therapy visits.", False),
        ("He completed six visits of physical therapy. Twelve physical therapy visits were authorized.",
         "The patient has had twelve physical therapy visits.", False),
        ("He had extensive physical therapy in the past. He completed six visits of physical therapy in November.",
         "The patient has had sixteen physical therapy visits.", False),
        ("He has had physical therapy.", "The patient has already had sixteen physical therapy visits.", False),
        ("He completed 12 chiropractic visits and six visits of physical therapy.",
         "The patient has had 12 chiropractic visits and six visits of physical therapy.", False),
        ("He completed six visits of physical therapy.", "The guideline allows up to sixteen visits after that.", False),
    ],
)  # fmt: skip
def test_visits_had_in_reasons_and_summary(checker: Checker, summary: str, reasons: str, flagged: bool) -> None:
    reasons = f"The MTUS recommends active therapy. {reasons} He can exercise at home. {NO}"
    found = _codes(checker, "Physical therapy 2 times a week for 3 weeks", "therapy", reasons, summary)
    assert ("FAC001" in found) is flagged


@pytest.mark.parametrize(
    ("request_", "line", "reasons", "code", "flagged"),
    [
        ("Acupuncture 6 visits", "acupuncture", "The MTUS limits a first trial to 3-4 treatments.", "CRI-ACU-misstated", True),
        ("Acupuncture 6 visits", "acupuncture", "According to the MTUS the initial trial is up to 4 visits.", "CRI-ACU-misstated", True),
        ("Acupuncture 6 visits", "acupuncture", "The MTUS gives 3 to 6 treatments to produce functional improvement.", "CRI-ACU-misstated", False),
        ("Acupuncture 6 visits", "acupuncture",
         "The MTUS gives 3 to 6 treatments to produce functional improvement. A trial of 4 visits could be considered.", "CRI-ACU-misstated", False),
        ("Acupuncture 6 visits", "acupuncture", "ODG recommends an initial trial of 3-4 visits over 2 weeks.", "CRI-ACU-misstated", False),
        ("TENS unit purchase", "tens",
         "The MTUS does not recommend TENS as a primary treatment modality, but a three-month home-based trial may be considered as an adjunct.",
         "CRI-DME-misstated", True),
        ("TENS unit purchase", "tens",
         "The MTUS says that a unit may be tried at home for two months, rental being preferred over purchase during this trial.",
         "CRI-DME-misstated", True),
        ("TENS unit purchase", "tens",
         "The MTUS does not recommend TENS as a primary treatment modality, but a one-month home-based trial may be considered as an adjunct.",
         "CRI-DME-misstated", False),
        ("TENS unit purchase", "tens",
         "The MTUS considers a one-month home-based trial. There must be documentation of pain of at least three months duration.",
         "CRI-DME-misstated", False),
        ("Physical therapy 8 visits", "therapy", "The MTUS recommends up to 8 visits over 4 weeks for myalgia and myositis.", "CRI-PHY-misstated", True),
        ("Physical therapy 8 visits", "therapy", "For myalgia and myositis the MTUS allows a maximum of six visits.", "CRI-PHY-misstated", True),
        ("Physical therapy 8 visits", "therapy", "The MTUS recommends 9-10 visits over 8 weeks for myalgia and myositis.", "CRI-PHY-misstated", False),
        ("Physical therapy 8 visits", "therapy", "The MTUS recommends 8-10 visits over 4 weeks for neuralgia, neuritis and radiculitis.", "CRI-PHY-misstated", False),
        ("Physical therapy 8 visits", "therapy",
         "The MTUS gives 9-10 visits for myalgia, 8-10 visits for neuralgia and radiculitis, and 24 visits for reflex sympathetic dystrophy.",
         "CRI-PHY-misstated", False),
    ],
)  # fmt: skip
def test_limits_told_wrongly(
    checker: Checker, request_: str, line: str, reasons: str, code: str, flagged: bool
) -> None:
    reasons = f"{reasons} In this case the worker has pain and works full duty. {NO}"
    assert (code in _codes(checker, request_, line, reasons)) is flagged
