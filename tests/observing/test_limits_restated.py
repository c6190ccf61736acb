"""Numbers of visits that a rationale says the guideline gives, fewer than it gives."""

import pytest

from checker import Checker
from tests.observing.compared import ODG, PLAIN, judged, told

VERDICT = "The request is not medically necessary."
GUIDELINE = "Decision based on MTUS Acupuncture Treatment 2007."
BESIDE = f"{GUIDELINE} Decision based on Non-MTUS Citation Official Disability Guidelines (ODG) Low Back, Acupuncture."
MANUAL = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Manual therapy & manipulation."


@pytest.mark.parametrize(
    ("reasons", "number"),
    [
        ("The MTUS allows a maximum of 4 treatments to show improvement.", 4),
        ("The guideline limits acupuncture to 4 treatments before improvement has to be shown.", 4),
        ("MTUS permits no more than four sessions of acupuncture at first.", 4),
        ("The acupuncture guideline recommends an initial trial of 3-4 visits.", 4),
        ("Per the MTUS, only 4 visits are allowed before improvement is shown.", 4),
        ("The guidelines support up to 5 treatments within which improvement must be produced.", 5),
        ("The MTUS gives 3 to 6 treatments to produce functional improvement.", 6),
        ("The MTUS recommends 1 to 3 treatments per week for 1 to 2 months.", "unknown"),
        ("The guideline allows 3 treatments a week.", "unknown"),
        ("The guideline allows a trial of 2 weeks.", "unknown"),
        ("ODG recommends an initial trial of 3-4 visits over 2 weeks.", "unknown"),
        ("The worker completed a trial of 4 visits in May.", "unknown"),
        ("Four visits were authorized by utilization review.", "unknown"),
    ],
)
def test_the_most_that_acupuncture_is_said_to_have(checker: Checker, reasons: str, number: object) -> None:
    found = judged(checker, [("Acupuncture 6 visits", "Upheld", f"{reasons} {VERDICT}")], PLAIN, GUIDELINE)
    assert told(found, "reason.most_visits") == number


@pytest.mark.parametrize(
    ("line", "reasons", "flagged"),
    [
        (GUIDELINE, "The MTUS allows a maximum of 4 treatments to show improvement.", True),
        (BESIDE, "The MTUS allows a maximum of 4 treatments to show improvement.", False),
        (GUIDELINE, "The MTUS allows a maximum of 6 treatments to show improvement.", False),
        (GUIDELINE, "The MTUS gives 3 to 6 treatments and then up to 24 treatments with improvement.", False),
    ],
)
def test_fewer_treatments_than_the_regulation_has(checker: Checker, line: str, reasons: str, flagged: bool) -> None:
    found = judged(checker, [("Acupuncture 6 visits", "Upheld", f"{reasons} {VERDICT}")], PLAIN, line)
    assert any(f.rule == "CRI-ACU-misstated.trial" for f in found.findings) == flagged


@pytest.mark.parametrize(
    ("reasons", "flagged"),
    [
        ("For the low back the guideline recommends a trial of 3 to 4 visits over 2 weeks.", True),
        ("The MTUS recommends an initial trial of four visits of manual therapy for the low back.", True),
        ("The guideline restricts the first trial to 4 visits.", True),
        ("Under the MTUS a trial of 3-4 sessions comes first, then up to 18 sessions with improvement.", True),
        ("The MTUS recommends a trial of 4 to 6 visits, with up to 18 visits where function improves.", False),
        ("The MTUS recommends a trial of 6 visits over 2 weeks.", False),
        ("The guideline recommends a trial of 2 weeks.", False),
        ("ODG recommends a trial of 3-4 visits.", False),
        ("The worker had a trial of 4 visits in May with no gain.", False),
    ],
)
def test_a_shorter_trial_of_manual_therapy(checker: Checker, reasons: str, flagged: bool) -> None:
    found = judged(checker, [("Chiropractic 6 visits lumbar spine", "Upheld", f"{reasons} {VERDICT}")], PLAIN, MANUAL)
    assert any(f.rule == "CRI-CHI-misstated.trial" for f in found.findings) == flagged


NEW = "He has had ten visits of physical therapy."


@pytest.mark.parametrize(
    ("words", "new"),
    [
        ("Acupuncture not previously tried.", True),
        ("The plan is a home program, acupuncture not yet attempted.", True),
        ("Plan: acupuncture, never tried before, to reduce the use of drugs.", True),
        ("Acupuncture (not had so far) is asked for.", True),
        ("Acupuncture was had in June with benefit.", False),
        ("Massage not previously tried.", False),
    ],
)
def test_a_treatment_told_as_new_without_a_verb(checker: Checker, words: str, new: bool) -> None:
    summary = f"{PLAIN} {NEW} {words}"
    found = judged(
        checker, [("Acupuncture 6 visits", "Upheld", f"Six visits are too many. {VERDICT}")], summary, GUIDELINE
    )
    assert (told(found, "item.course") == "first") == new


def test_weeks_are_not_taken_from_the_visits_before_them(checker: Checker) -> None:
    reasons = f"The guideline allows up to 18 visits over 6-8 weeks. {VERDICT}"
    found = judged(checker, [("Chiropractic 6 visits", "Upheld", reasons)], PLAIN, MANUAL)
    assert told(found, "reason.stated_weeks") == 8


PHYSICAL = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Physical medicine treatment."
MYALGIA = "For myalgia and myositis, 9-10 visits over 8 weeks are recommended."
CRPS = "For CRPS, 26 visits over 16 weeks are recommended."


@pytest.mark.parametrize(
    ("reasons", "flagged"),
    [
        (f"{MYALGIA} The worker has completed four sessions. Four more push the total past the maximum.", True),
        (f"{MYALGIA} He attended 4 visits. With this request he would exceed the guideline recommendation.", True),
        (f"{MYALGIA} The worker has completed eight sessions. Four more would push the total past the maximum.", False),
        (f"{MYALGIA} {CRPS} He attended 8 visits. The request would bring the total above the maximum.", False),
        (f"{MYALGIA} The worker has completed four sessions. There was no gain in function.", False),
    ],
)
def test_a_sum_that_is_said_to_be_too_high(checker: Checker, reasons: str, flagged: bool) -> None:
    summary = f"{PLAIN} He had physical therapy."
    asked = "Additional physical therapy, 4 sessions, left shoulder"
    found = judged(checker, [(asked, "Upheld", f"{reasons} {VERDICT}")], summary, PHYSICAL)
    assert any(f.rule == "DEC005.inside-limit" for f in found.findings) == flagged


LOW_BACK = "Decision based on MTUS Low Back Complaints 2004, Section(s): Special Studies."
NERVES = (
    "Per the MTUS, EMG may be useful to identify subtle, focal dysfunction in symptoms lasting more than 3-4 weeks."
)
CLAUSE = "The MTUS also asks for unequivocal findings in patients who would consider surgery an option."
OPIOIDS = "Decision based on MTUS Opioid Treatment 2016."
YEARLY = "Per the MTUS opioid guideline, testing is done no more than once a year in patients at low risk."


@pytest.mark.parametrize(
    ("reasons", "flagged"),
    [
        (f"{NERVES} {CLAUSE} There is no documentation that the worker would go forward with surgery.", True),
        (f"{NERVES} {CLAUSE} The worker is not a surgical candidate.", True),
        (f"{NERVES} {CLAUSE} The worker is a surgical candidate.", False),
        (f"{NERVES} The worker is not a surgical candidate.", False),
    ],
)
def test_the_clause_on_surgery_is_of_imaging(checker: Checker, reasons: str, flagged: bool) -> None:
    found = judged(checker, [("EMG of the lower extremities", "Upheld", f"{reasons} {VERDICT}")], PLAIN, LOW_BACK)
    assert any(f.rule == "CRI-EDX-misapplied.surgery-clause" for f in found.findings) == flagged


@pytest.mark.parametrize(
    ("line", "outcome", "reasons", "flagged"),
    [
        (OPIOIDS, "Upheld", YEARLY, True),
        (OPIOIDS, "Overturned", YEARLY, False),
        (f"{OPIOIDS} {ODG}", "Upheld", YEARLY, False),
        (OPIOIDS, "Upheld", "The ODG recommends yearly testing in patients at low risk.", False),
        (OPIOIDS, "Upheld", "The MTUS opioid guideline has testing two to four times a year.", False),
    ],
)
def test_a_yearly_test_is_not_of_the_mtus(
    checker: Checker, line: str, outcome: str, reasons: str, flagged: bool
) -> None:
    verdict = VERDICT if outcome == "Upheld" else "The request is medically necessary."
    found = judged(checker, [("Urine drug screen", outcome, f"{reasons} {verdict}")], PLAIN, line)
    assert any(f.rule == "CRI-OPI-misstated.yearly-screen" for f in found.findings) == flagged
