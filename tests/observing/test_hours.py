"""Hours of help a week."""

import pytest

from checker.observing.hours import hours_a_week
from tests.shipped import the_checker

MEASURES = the_checker().lexicon.measures


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("home health aide 4 hours a day for 6 weeks", 28),
        ("home health aide 4 hours a day, 5 days a week", 20),
        ("home care, 6 hours per day 3 times per week for 4 weeks", 18),
        ("home care 35 hours per week", 35),
        ("home health services no more than 10 hours a week", 10),
        ("home care eight hours daily", 56),
        ("home health aide for 6 weeks", None),
        ("pain relief lasts 4 hours", None),
        ("one tablet every 4 hours", None),
    ],
)
def test_hours_a_week(text: str, hours: int | None) -> None:
    assert hours_a_week(text, MEASURES) == hours
