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


CHRONIC = "Decision based on MTUS Chronic Pain Medical Treatment {year}, Section(s): "
EDITIONS = {
    "2009": "Date of Injury: 09/12/2012 Decision Date: 02/20/2016 UR Denial Date: 12/20/2015",
    "2016": "Date of Injury: 09/12/2012 Decision Date: 02/20/2017 UR Denial Date: 12/20/2016",
}


@pytest.mark.parametrize("year", ["2009", "2016"])
@pytest.mark.parametrize(
    "case",
    [
        (
            "Gabapentin 300mg #60",
            "Gabapentin is being started for burning pain in the foot.",
            "There is no documentation of pain relief or improved function with gabapentin.",
            "Antiepilepsy drugs (AEDs).",
            "CRI-AED-misapplied",
        ),
        (
            "Cymbalta 30mg #30",
            "He has not been on an antidepressant until now. Cymbalta 30 mg was introduced.",
            "There is no evidence of functional improvement from Cymbalta.",
            "Antidepressants for chronic pain.",
            "CRI-ADP-misapplied",
        ),
        (
            "Lidoderm patch #30",
            "A first box of Lidoderm patches was prescribed.",
            "There is no documented functional improvement with the patches.",
            "Lidoderm (lidocaine patch).",
            "CRI-TOP-misapplied",
        ),
        (
            "Norco 5/325mg #20",
            "Norco was prescribed after the fall for severe pain; the worker had not taken an opioid before.",
            "There is no documentation of improved function with Norco.",
            "Opioids.",
            "CRI-OPI-misapplied",
        ),
        (
            "Robaxin 750mg #20",
            "Robaxin was tried for the first time at this visit, for ten days.",
            "The records do not show that Robaxin has reduced spasm or improved function.",
            "Muscle relaxants (for pain).",
            "CRI-MUS-misapplied",
        ),
        (
            "Flexeril 10mg #21",
            "He presented with an acute flare. Flexeril was dispensed, one tid for one week. He had never taken it.",
            "Muscle relaxants are recommended for short-term use only. Flexeril is not recommended for chronic use.",
            "Muscle relaxants (for pain).",
            "CRI-MUS-misapplied",
        ),
        (
            "Acupuncture 6 visits",
            "Acupuncture has not been part of her care. Therapy gave partial relief.",
            "There is no documentation of functional improvement from prior acupuncture.",
            "Decision based on MTUS Acupuncture 2007.",
            "CRI-ACU-misapplied",
        ),
        (
            "Acupuncture 2 times a week for 3 weeks",
            "She would like to try acupuncture. Past care was physical therapy and massage.",
            "The records do not show what acupuncture accomplished so far.",
            "Decision based on MTUS Acupuncture 2007.",
            "CRI-ACU-misapplied",
        ),
        (
            "Physical therapy 8 visits",
            "No physical therapy has been done since the injury.",
            "There is no documentation of objective functional improvement from previous therapy.",
            "Physical medicine treatment.",
            "CRI-PHY-misapplied",
        ),
        (
            "Cognitive behavioral therapy 4 sessions",
            "The evaluation advised a first block of cognitive behavioral therapy.",
            "There is no evidence of objective functional improvement.",
            "Psychological treatment.",
            "CRI-PSY-misapplied",
        ),
        (
            "Massage therapy 4 sessions",
            "Massage has not been tried.",
            "There is no record of a benefit from massage.",
            "Massage therapy.",
            "CRI-PHY-misapplied",
        ),
        (
            "C6-7 epidural steroid injection",
            "An epidural has not been done before. MRI shows a disc pressing on the C7 root.",
            "The file does not hold 50% relief for six weeks after an earlier injection.",
            "Epidural steroid injections (ESIs).",
            "CRI-INJ-misapplied",
        ),
        (
            "Trigger point injection left trapezius",
            "This would be the first injection.",
            "There is no documentation of greater than 50% pain relief for six weeks after an injection.",
            "Trigger point injections.",
            "CRI-INJ-misapplied",
        ),
        (
            "TENS unit 30 day rental",
            "He has never used a TENS unit.",
            "There is no documentation of how often the unit was used or of the outcome in pain relief and function.",
            "TENS, chronic pain (transcutaneous electrical nerve stimulation).",
            "CRI-DME-misapplied",
        ),
        (
            "H-wave unit 30 day trial",
            "TENS failed. An H-wave has not been used before.",
            "There is no evidence of functional improvement with the H-wave.",
            "H-wave stimulation (HWT).",
            "CRI-DME-misapplied",
        ),
        (
            "Chiropractic 6 sessions",
            "He had twelve chiropractic sessions last spring.",
            "There is no documentation of functional improvement from chiropractic care.",
            "Manual therapy & manipulation.",
            None,
        ),
        (
            "Flexeril 10mg #90",
            "Flexeril has been taken since 2013.",
            "Flexeril is not recommended for chronic use. He has used it for three years.",
            "Muscle relaxants (for pain).",
            None,
        ),
        (
            "Acupuncture 6 visits",
            "She had six visits of acupuncture in May.",
            "There is no documentation of functional improvement from acupuncture.",
            "Decision based on MTUS Acupuncture 2007.",
            None,
        ),
        (
            "L5-S1 epidural steroid injection",
            "An epidural in March gave 30% relief for two weeks.",
            "Relief of 50% for six weeks is not documented.",
            "Epidural steroid injections (ESIs).",
            None,
        ),
        (
            "Gabapentin 300mg #60",
            "Gabapentin was started in 2014 and is continued.",
            "There is no documentation of pain relief with gabapentin.",
            "Antiepilepsy drugs (AEDs).",
            None,
        ),
        (
            "Ambien 10mg #30",
            "She takes Ambien nightly.",
            "Ambien is not recommended for long-term use.",
            "Zolpidem (Ambien).",
            None,
        ),
    ],
)
def test_what_only_a_continuation_can_show_is_not_held_against_a_first_request(
    checker: Checker, case: tuple[str, str, str, str, str | None], year: str
) -> None:
    request_, summary, reasons, section, code = case
    line = section if section.startswith("Decision") else CHRONIC.format(year=year) + section
    own = item(request_, "Upheld", reviewer=line, reasons=f"{reasons} {VERDICT}")
    found = checker.check_text(letter([own], summary=f"{PLAIN} {summary}", head=EDITIONS[year]))
    assert isinstance(found, Judgement)
    assert {f.code for f in found.findings if f.code.endswith("misapplied")} == ({code} if code else set())
