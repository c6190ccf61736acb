"""Limits of days, levels and injections that a rationale states, against the request."""

import pytest

from checker import Checker
from checker.language.phrases import fold
from checker.observing.limits_told import levels
from tests.observing.test_comparisons import judged, told
from tests.shipped import the_lexicon

NECESSARY = "The request is medically necessary."
REFUSED = "The request is not medically necessary."


@pytest.mark.parametrize(
    ("text", "branches", "count"),
    [
        ("epidural at l4-5 and l5-s1", False, 2),
        ("epidural at l3-s1", False, 3),
        ("block of c5/6, c6/7 and c7-t1", True, 3),
        ("bilateral l4-l5 and l4-5 facet block", True, 1),
        ("medial branch block l3, l4 and l5", True, 2),
        ("right l4, l5 and s1 transforaminal injection", False, 3),
        ("s1 injection", False, 1),
        ("norco 5/325 #60", False, 0),
        ("12 visits over 6 weeks", False, 0),
    ],
)
def test_levels(text: str, branches: bool, count: int) -> None:
    assert levels(text, the_lexicon().measures, branches=branches) == count


@pytest.mark.parametrize(
    ("request_", "limit", "unit", "value"),
    [
        ("Cold therapy unit, 21 day rental", "Use at home is limited to ten (10) days after surgery", "days", "above"),
        ("Cold therapy unit rental for 1 week", "Use is supported for no longer than 7 days", "days", "within"),
        ("TENS unit rental for 3 months", "A one-month home-based trial may be considered", "days", "above"),
        ("Electrodes for the TENS unit x 3 months", "A one-month trial may be considered", "days", "unstated"),
        ("Physical therapy 3 times a week for 4 weeks", "It can be used for up to 7 days", "days", "unstated"),
        ("Epidural steroid injection L3-4, L4-5, L5-S1", "No more than two nerve root levels", "levels", "above"),
        ("Facet block L4-5, L5-S1", "Blocks are limited to two joint levels", "levels", "within"),
        ("Trigger point injections x 6", "Not more than 3 to 4 injections per session are advised",
         "injections", "above"),
    ],
)  # fmt: skip
def test_the_request_against_the_limit(checker: Checker, request_: str, limit: str, unit: str, value: str) -> None:
    reasons = f"{limit} according to the guideline. In this case the worker has pain. {NECESSARY}"
    found = judged(checker, [(request_, "Overturned", reasons)])
    assert told(found, f"reason.{unit}_in_limit") == value
    assert (value == "above") is any(f.code == "DEC005" for f in found.findings)


def test_refused_as_too_much_although_inside(checker: Checker) -> None:
    reasons = f"ODG allows a rental for up to 14 days. The 10 days requested exceed the guideline. {REFUSED}"
    found = judged(checker, [("Cold therapy unit rental for 10 days", "Upheld", reasons)])
    assert [f.code for f in found.findings if f.code == "DEC005"]
    beyond = judged(checker, [("Cold therapy unit rental for 30 days", "Upheld", reasons.replace("10", "30"))])
    assert not [f.code for f in beyond.findings if f.code == "DEC005"]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("for Seven (7) days", "for seven     days"),
        ("3 (three) visits", "3         visits"),
        ("two (3) visits", "two (3) visits"),
        ("in 2009 (2) it", "in 2009 (2) it"),
    ],
)
def test_a_number_written_twice_is_one(text: str, folded: str) -> None:
    assert fold(text) == folded
