"""A trial of a stimulator that is missed, against the use that the letter tells of."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged, told

REQUEST = "TENS unit purchase"
VERDICT = "The request is not medically necessary."
NO_MONTH = "The worker, however, has not completed a one-month home trial."
NEVER = "The worker has never used a TENS unit."
NOT_FOUND = "There is no documentation of a one-month home trial of TENS in this case."


@pytest.mark.parametrize(
    ("summary", "reasons", "value"),
    [
        ("He wore a rented TENS unit for 45 days.", NO_MONTH, "had"),
        ("Since 10-01-16 he has had a TENS unit on rental.", NO_MONTH, "had"),
        ("He completed a 30-day home trial of TENS with relief.", NOT_FOUND, "had"),
        ("Treatment included a TENS unit at home, which helps.", NEVER, "had"),
        ("He was lent a TENS unit from 9/1/2016 through 10/5/2016 and wore it daily.", NO_MONTH, "had"),
        ("He was lent a TENS unit from 9/1/2016 through 9/9/2016 and wore it daily.", NO_MONTH, "different"),
        ("Treatment has included TENS and naproxen.", NO_MONTH, "perhaps"),
        ("He used a TENS unit at home for two weeks.", NO_MONTH, "different"),
        ("TENS was used in physical therapy with relief.", NO_MONTH, "different"),
        ("He had PT with TENS for six weeks.", NO_MONTH, "different"),
        ("He borrowed a TENS unit from a friend.", NOT_FOUND, "different"),
        ("He used an H-wave unit at home for 45 days.", NEVER, "different"),
        ("He wore a rented TENS unit for 45 days.", "The records do not tell how often the unit was used.", "unknown"),
    ],
)
def test_a_month_at_home_is_counted(checker: Checker, summary: str, reasons: str, value: str) -> None:
    found = judged(checker, [(REQUEST, "Upheld", f"{reasons} {VERDICT}")], f"{PLAIN} {summary}")
    assert told(found, "compare.device_trial") == value
    assert any(f.rule.split(".")[-1] == "device-trial" for f in found.findings) == (value == "had")


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("He had the rented unit at home for six weeks and scores fell.", "had"),
        ("It is conceded that he wore the TENS unit at home for eight weeks.", "had"),
        ("The patient underwent a 30-day home trial with less pain.", "had"),
        ("He used the TENS unit for two weeks with relief.", "different"),
        ("TENS was helpful during physical therapy.", "different"),
    ],
)
def test_the_reasons_against_themselves(checker: Checker, reasons: str, value: str) -> None:
    found = judged(checker, [(REQUEST, "Upheld", f"{reasons} {NO_MONTH} {VERDICT}")], PLAIN)
    assert told(found, "compare.device_trial_in_reasons") == value
    assert any(f.rule == "FAC007.device-trial" for f in found.findings) == (value == "had")


def test_a_trial_asked_for_needs_none_before_it(checker: Checker) -> None:
    reasons = "The worker has not had a home trial. Therapy and drugs have failed. The request is medically necessary."
    found = judged(checker, [("TENS unit 30 day trial", "Overturned", reasons)], PLAIN)
    assert not any(f.code == "DEC003" for f in found.findings)
