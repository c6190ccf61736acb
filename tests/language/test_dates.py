"""Dates as letters write them."""

import datetime

import pytest

from checker.language.dates import Precision, find


@pytest.mark.parametrize(
    ("text", "date", "precision"),
    [
        ("on 10/23/2016", "2016-10-23", Precision.DAY),
        ("on 10-23-16,", "2016-10-23", Precision.DAY),
        ("on 2016-10-23", "2016-10-23", Precision.DAY),
        ("on october 3, 2014", "2014-10-03", Precision.DAY),
        ("on sept. 3rd, 2014", "2014-09-03", Precision.DAY),
        ("since 8/2012", "2012-08-01", Precision.MONTH),
        ("since march 2010", "2010-03-01", Precision.MONTH),
        ("since march of 2010", "2010-03-01", Precision.MONTH),
        ("in 2011.", "2011-01-01", Precision.YEAR),
        ("in '2011'", "2011-01-01", Precision.YEAR),
    ],
)
def test_one_date(text: str, date: str, precision: Precision) -> None:
    (mention,) = find(text)
    assert (mention.date, mention.precision) == (datetime.date.fromisoformat(date), precision)


@pytest.mark.parametrize("text", ["13/45/2016", "pain 7/10", "norco 10/325", "#2010", "2010 mg/2011x", "c7-t1"])
def test_no_date(text: str) -> None:
    assert [m.date for m in find(text) if m.precision is not Precision.YEAR] == []


def test_two_dates_in_order() -> None:
    first, second = find("from 1/2/2014 to 3/4/2014")
    assert (first.date.month, second.date.month) == (1, 3)
