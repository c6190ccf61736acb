"""Use told by the visits at which a drug was given, and by the word of the rationale alone."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged, told

REASONS = "No gain in function is documented. The request is not medically necessary."


@pytest.mark.parametrize(
    ("summary", "use"),
    [
        ("On 3-12-2014 Norco 10/325mg was prescribed for the first time. On 8-2-2016 it was refilled.", "dated"),
        ("At a visit of May 4, 2013 he was taking Norco. On December 1, 2016 Norco was renewed.", "dated"),
        ("Norco was dispensed on 2/3/15. The pain was 6/10. The physician continued the Norco.", "dated"),
        ("A note of 6/2/2014 lists medications that included Norco and Soma. He still takes Norco.", "dated"),
        ("On 1/5/2015 the physician wrote a prescription for Norco. Refills of Norco were given in 2016.", "dated"),
        ("On 9/9/2013 he was given Norco and naproxen. In November 2016 both were refilled.", "dated"),
        ("Norco was prescribed on 2/3/13 and was stopped that summer. On 12/1/16 Norco was renewed.", "untold"),
        ("Norco was dispensed on 2/3/15 for a few days. He has continued with therapy. Norco is asked for.", "untold"),
        ("On 2/3/15 he denied use of Norco. Norco was refilled on 12/1/16.", "untold"),
        ("Norco was refilled on 12/1/16 after an MRI of 2/3/13.", "untold"),
        ("On 2/3/15 he was taking naproxen. Norco was refilled.", "untold"),
        ("He sustained a strain on 9/12/2016 and was given Norco. Norco is requested.", "untold"),
        ("On 2/3/15 Norco was prescribed.", "untold"),
    ],
)
def test_a_drug_given_long_ago_and_refilled(checker: Checker, summary: str, use: str) -> None:
    found = judged(checker, [("Norco 10/325mg #90", "Upheld", REASONS)], f"{PLAIN} {summary}")
    assert told(found, "item.use") == use
    assert (told(found, "item.use_days") == "unknown") == (use == "untold")


@pytest.mark.parametrize(
    ("reasons", "known"),
    [
        ("The worker has been given this medication since March 2014, which is too long.", True),
        ("He has been taking Norco since 2013 and is no better.", True),
        ("The patient has used Norco since at least June 2015.", True),
        ("He has been off the medication since March 2014.", False),
        ("He has been taking naproxen since 2013.", False),
        ("He has been treated in this clinic since 2013.", False),
        ("He was on Norco from March 2014 to May 2014.", False),
    ],
)
def test_the_word_of_the_rationale_counts_where_the_summary_is_silent(
    checker: Checker, reasons: str, known: bool
) -> None:
    found = judged(checker, [("Norco 10/325mg #90", "Upheld", f"{reasons} It is not medically necessary.")])
    assert (told(found, "item.use_days") != "unknown") == known
    assert told(found, "item.use") == "untold"
