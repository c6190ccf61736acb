"""Lengths of use and of relief, bounds of age and amounts of a rationale, beside what summary and heading tell."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

ESI = "Repeat left L5-S1 epidural steroid injection"


@pytest.mark.parametrize(
    ("summary", "reasons", "value"),
    [
        (
            "Zolpidem was first prescribed on 11/20/2016.",
            "Zolpidem is for a short time. He has, however, already been using it nightly for the past three months.",
            "longer",
        ),
        (
            "11/22/2016: sleep is poor, Ambien 10 mg started, ten tablets.",
            "ODG limits Ambien to six weeks. The worker has taken it nightly for many months.",
            "longer",
        ),
        (
            "At the visit of 11/21/2016 he was given zolpidem for the first time.",
            "The patient has been kept on this hypnotic since August 2016.",
            "longer",
        ),
        ("Zolpidem was begun two weeks ago.", "He has been on zolpidem since the date of injury.", "longer"),
        (
            "Zolpidem was dispensed for the first time.",
            "After three months of zolpidem the worker still sleeps badly.",
            "longer",
        ),
        ("Ambien was started in 08/2016.", "The claimant has been on Ambien for about three months.", "same"),
        ("Ambien was first noted in 2015. Ambien was started on 11/20/2016.", "He has used it since 2015.", "unknown"),
        ("Zolpidem was refilled on 11/20/2016.", "The worker has taken it since August 2016.", "unknown"),
        ("Ambien was begun on 11/20/2016.", "Whether he has been on Ambien for three months is not told.", "unknown"),
        ("Ambien was begun on 11/20/2016.", "Naproxen was given. He has taken it for three months.", "unknown"),
    ],
)
def test_use_that_the_summary_dates_later(checker: Checker, summary: str, reasons: str, value: str) -> None:
    found = judged(checker, [("Zolpidem 10mg #30", "Upheld", f"{reasons} It is not medically necessary.")], summary)
    assert told(found, "compare.recorded_use") == value


@pytest.mark.parametrize(
    ("summary", "reasons", "value"),
    [
        (
            "Leg pain went from 8/10 to 3/10 and held about ten weeks.",
            "The last block lasted less than one month, which falls short of the weeks called for.",
            "different",
        ),
        ("Nine weeks out he was still better by 60 percent.", "The block wore off after about two weeks.", "different"),
        (
            "The first injection gave 60% relief for ten weeks.",
            "Pain was back to baseline within ten days.",
            "different",
        ),
        ("Relief lasted about six weeks.", "In this patient the relief held for seven weeks.", "same"),
        ("The first gave 12 weeks of relief, the second two weeks.", "The last injection lasted two weeks.", "same"),
        ("The injection gave relief for two weeks.", "The MTUS asks for relief lasting eight weeks.", "unknown"),
        ("The injection gave relief for ten weeks.", "Relief for two weeks is not documented.", "unknown"),
        ("Naproxen helped for two weeks.", "The relief lasted ten weeks.", "unknown"),
        (
            "Relief from the epidural injection lasted two weeks.",
            "A repeat wants evidence of improvement, and an interval of at least three months.",
            "unknown",
        ),
    ],
)
def test_relief_from_an_injection(checker: Checker, summary: str, reasons: str, value: str) -> None:
    found = judged(checker, [(ESI, "Upheld", f"{reasons} It is not medically necessary.")], summary)
    assert told(found, "compare.relief_length") == value


def test_no_other_treatment_has_a_length_of_relief(checker: Checker) -> None:
    reasons = "The relief lasted two weeks. It is not medically necessary."
    found = judged(checker, [("Acupuncture, 6 visits", "Upheld", reasons)], "Relief from acupuncture lasted ten weeks.")
    assert told(found, "compare.relief_length") == "unknown"


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("The guideline allows an initial three to four visits over two weeks.", "unknown"),
        ("The guideline allows three to four visits.", 4),
    ],
)
def test_visits_at_first_are_no_total(checker: Checker, reasons: str, value: str | int) -> None:
    found = judged(checker, [("Biofeedback, 4 visits", "Upheld", f"{reasons} It is not medically necessary.")], "")
    assert told(found, "reason.stated_total") == value


@pytest.mark.parametrize(
    ("age", "reasons", "value"),
    [
        (42, "The claimant is over 65 and so at risk.", "different"),
        (48, "She is at risk because of her age over 65 years.", "different"),
        (71, "He is younger than 65 and takes no aspirin.", "different"),
        (38, "Being over the age of 65, the worker should be given none.", "different"),
        (66, "The claimant is over 65.", "same"),
        (65, "The claimant is over 65.", "same"),
        (42, "He is over 50 percent better and past 12 visits.", "same"),
        (71, "The patient was younger than 65 at the time of the injury.", "same"),
        (42, "The guideline counts patients who are over 65.", "same"),
    ],
)
def test_a_bound_of_age(checker: Checker, age: int, reasons: str, value: str) -> None:
    summary = f"The injured worker is a {age} year old with pain."
    found = judged(checker, [("Omeprazole 20mg #60", "Upheld", f"{reasons} It is not medically necessary.")], summary)
    assert told(found, "compare.age_bound") == value


@pytest.mark.parametrize(
    ("request_", "reasons", "name", "value"),
    [
        ("Gabapentin 300mg #90", "The supply requested, 600 mg #180, is too large.", "compare.strength", "different"),
        ("Gabapentin 300mg #90", "The dose sought here is 600 mg.", "compare.strength", "different"),
        ("Gabapentin 300mg #90", "A quantity of 180 tablets is asked for.", "compare.quantity", "different"),
        ("Gabapentin 300mg #90", "The supply requested, 300 mg #90, is small.", "compare.strength", "same"),
        ("Gabapentin 300mg #90", "He takes 600 mg of it in a day.", "compare.strength", "unknown"),
        (
            "Biofeedback, 6 sessions",
            "Four sessions have been asked for, which is a trial.",
            "compare.visits",
            "different",
        ),
        ("Biofeedback, 6 sessions", "No benefit from the first four visits is told.", "compare.visits", "unknown"),
    ],
)
def test_amounts_called_the_request(checker: Checker, request_: str, reasons: str, name: str, value: str) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} Therefore it is not medically necessary.")])
    assert told(found, name) == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("The patient has already exhausted the ten visits that the guideline gives.", "different"),
        ("So far he has completed nine visits.", "different"),
        ("He has attended nine visits of chiropractic care already.", "unknown"),
        ("Three visits were completed already.", "same"),
    ],
)
def test_visits_said_to_be_had_already(checker: Checker, reasons: str, value: str) -> None:
    summary = "The worker has low back pain. Three visits of physical therapy have been completed to date."
    request = "Physical therapy, 6 visits, lumbar spine"
    found = judged(checker, [(request, "Upheld", f"{reasons} It is not medically necessary.")], summary)
    assert told(found, "compare.visits_had") == value
