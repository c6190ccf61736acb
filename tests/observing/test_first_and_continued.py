"""How a letter tells that a request is the first of its kind, and that it is refused as if it went on."""

import pytest

from checker import Checker
from checker.model.findings import Judgement
from tests.observing.compared import ODG, PLAIN, judged, told
from tests.parsing.letters import item, letter

VERDICT = "The request is not medically necessary."
OLD = "Date of Injury: 09/12/2008 Decision Date: 02/20/2017 UR Denial Date: 12/20/2016"


@pytest.mark.parametrize(
    ("request_", "summary", "use"),
    [
        ("Tizanidine 4mg #21", "Tizanidine 4 mg, one tid for 7 days, was newly added.", "first"),
        ("Flexeril 7.5mg #14", "Flexeril 7.5 mg, one at night for two weeks, was requested.", "untold"),
        ("Flexeril 7.5mg #14", "The patient has had no muscle relaxant so far. Flexeril is requested.", "first"),
        ("Flexeril 7.5mg #14", "He had not been on a muscle relaxant. Flexeril was added.", "first"),
        ("Flexeril 7.5mg #30", "Flexeril was added to the regimen for an acute flare.", "first"),
        ("Ambien 5mg #14", "Ambien 5 mg was added today.", "first"),
        ("Ambien 5mg #14", "No sleep aid was used before. The plan is Ambien.", "first"),
        ("Xanax 0.5mg #14", "She was given a first-ever prescription of Xanax.", "first"),
        ("Xanax 0.5mg #14", "Xanax is a new medication for her.", "first"),
        ("Soma 350mg #20", "Soma is prescribed for the first time, for one week.", "first"),
        ("Soma 350mg #90", "Soma 350 mg tid for 3 years.", "dated"),
        ("Soma 350mg #90", "He has been taking Soma for two weeks.", "dated"),
        ("Soma 350mg #90", "A new prescription of Soma was written. He has taken Soma since 2009.", "dated"),
        ("Ambien 5mg #14", "Ambien is taken at bedtime. Reflux is not mentioned in the notes from 2009.", "untold"),
    ],
)
def test_a_first_use_is_told_from_a_continued_one(checker: Checker, request_: str, summary: str, use: str) -> None:
    found = judged(
        checker, [(request_, "Upheld", f"The guideline allows a short course. {VERDICT}")], f"{PLAIN} {summary}"
    )
    assert told(found, "item.use") == use


@pytest.mark.parametrize(
    ("request_", "summary", "course"),
    [
        ("Chiropractic 6 visits", "Care was therapy and a block, and manipulation had not been tried before.", "first"),
        (
            "Chiropractic 6 visits",
            "He had physical therapy and acupuncture. Chiropractic would be started now.",
            "first",
        ),
        (
            "Acupuncture 6 visits",
            "Physical therapy and chiropractic were completed. Acupuncture is new to her.",
            "first",
        ),
        ("Acupuncture 6 visits", "Therapy was had. A first course of acupuncture is requested.", "first"),
        ("Acupuncture 6 visits", "He completed therapy and has never had acupuncture.", "first"),
        (
            "Acupuncture 6 visits",
            "He completed ten visits of acupuncture. Chiropractic had not been tried before.",
            "continuation",
        ),
        ("Acupuncture 6 visits", "He completed eight visits of acupuncture in May.", "continuation"),
        ("TENS unit", "No TENS has been used before.", "first"),
        ("Lumbar epidural steroid injection", "A first lumbar epidural steroid injection was requested.", "first"),
    ],
)
def test_a_first_course_is_told_of_its_own_kind(checker: Checker, request_: str, summary: str, course: str) -> None:
    found = judged(checker, [(request_, "Upheld", f"The guideline allows a trial. {VERDICT}")], f"{PLAIN} {summary}")
    assert told(found, "item.course") == course


@pytest.mark.parametrize(
    ("request_", "summary", "reasons", "flagged"),
    [
        (
            "Tizanidine 4mg #21",
            "Tizanidine was newly added.",
            "The long-term use of tizanidine is not supported.",
            True,
        ),
        (
            "Xanax 0.5mg #14",
            "Xanax was prescribed for the first time.",
            "The MTUS does not recommend chronic use of Xanax.",
            True,
        ),
        ("Ambien 5mg #14", "Ambien is a new medication.", "Ambien is not recommended for long-term use.", True),
        (
            "Tizanidine 4mg #21",
            "He has taken tizanidine since 2012.",
            "The long-term use of tizanidine is not supported.",
            False,
        ),
        (
            "Tizanidine 4mg #21",
            "Tizanidine was newly added.",
            "The long-term use of tizanidine is not supported. In this case there is no documentation of spasm.",
            False,
        ),
        ("Tizanidine 4mg #21", "He takes tizanidine.", "The long-term use of tizanidine is not supported.", False),
    ],
)
def test_the_limit_on_long_use_is_no_ground_against_a_first_course(
    checker: Checker, request_: str, summary: str, reasons: str, flagged: bool
) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} {VERDICT}")], f"{PLAIN} {summary}")
    assert any(f.rule.endswith("long-use-of-first") for f in found.findings) == flagged


@pytest.mark.parametrize(
    ("summary", "reasons", "flagged"),
    [
        ("Ambien 5mg was started on 12-01-2016.", "He has used Ambien for the better part of a year.", True),
        ("Ambien 5mg was started on 12-01-2016.", "She has been taking Ambien for over two years.", True),
        ("Ambien has been used since 12-01-2016.", "She has been on Ambien for many months.", True),
        ("Ambien 5mg was started on 12-01-2016.", "She has been on Ambien for two weeks.", False),
        ("She has used Ambien since 2009.", "She has been on Ambien for many months.", False),
        ("Ambien 5mg was started on 12-01-2016 and stopped. It was tried before.", "He used Ambien for a year.", False),
    ],
)
def test_a_use_said_to_be_longer_than_the_record_has_it(
    checker: Checker, summary: str, reasons: str, flagged: bool
) -> None:
    own = item("Ambien 5mg #14", "Upheld", reviewer=ODG, reasons=f"{reasons} {VERDICT}")
    found = checker.check_text(letter([own], summary=f"{PLAIN} {summary}", head=OLD))
    assert isinstance(found, Judgement)
    assert any(f.rule == "FAC001.use-longer-than-recorded" for f in found.findings) == flagged
