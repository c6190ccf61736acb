"""Relief that a named drug gave, or did not give, is that drug's, though the disputed class is named beside it."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged, told

LINE = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Muscle relaxants (for pain)."


@pytest.mark.parametrize(
    ("reasons", "analgesia"),
    [
        ("Tylenol did not help, but that does not make a muscle relaxant the next choice.", "silent"),
        ("Ibuprofen gave no relief, yet a muscle relaxant is not the answer for a shoulder.", "silent"),
        ("Naproxen has not helped and muscle relaxants are no substitute for it.", "silent"),
        ("Robaxin did not help, and another muscle relaxant would be no better.", "denied"),
        ("The muscle relaxant gave no relief of pain.", "denied"),
    ],
)
def test_relief_of_another(checker: Checker, reasons: str, analgesia: str) -> None:
    rule, end = "MTUS recommends muscle relaxants for short courses.", "The request is not medically necessary."
    found = judged(checker, [("Robaxin 750mg #60", "Upheld", f"{rule} In this case, {reasons} {end}")], PLAIN, LINE)
    assert told(found, "rationale.analgesia") == analgesia


@pytest.mark.parametrize(
    ("reasons", "gain"),
    [
        (
            "lifting went from 10 to 30 pounds, naproxen fell from two a day to one a week, and massage visits ended.",
            "documented",
        ),
        ("lifting went from 10 to 30 pounds, and the massage visits ended.", "silent"),
        ("lifting went from 10 to 30 pounds with massage, and naproxen fell from three a day to one a week.", "silent"),
    ],
)
def test_other_care_that_ended_is_no_cause_of_a_gain(checker: Checker, reasons: str, gain: str) -> None:
    rule, end = "More acupuncture asks for functional improvement.", "The request is medically necessary."
    line = "Decision based on MTUS Acupuncture Treatment 2007."
    found = judged(
        checker, [("Acupuncture 6 visits", "Overturned", f"{rule} In this case, {reasons} {end}")], PLAIN, line
    )
    assert told(found, "rationale.functional-improvement") == gain


@pytest.mark.parametrize(
    ("reasons", "analgesia"),
    [
        ("acetaminophen brought no relief of pain.", "silent"),
        ("hydrocodone brought no relief of pain.", "denied"),
        ("Norco brought no relief of pain.", "denied"),
    ],
)
def test_the_acetaminophen_of_an_opioid_is_another_drug_by_itself(
    checker: Checker, reasons: str, analgesia: str
) -> None:
    line = "Decision based on MTUS Chronic Pain Medical Treatment 2009, Section(s): Opioids, criteria for use."
    whole = f"MTUS asks for relief. In this case, {reasons} The request is not medically necessary."
    found = judged(checker, [("Vicodin 5/500mg #90", "Upheld", whole)], PLAIN, line)
    assert told(found, "rationale.analgesia") == analgesia
