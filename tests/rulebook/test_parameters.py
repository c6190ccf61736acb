"""Which number is in force on which day."""

from pathlib import Path

import pytest

from checker.rulebook.parameters import Parameter
from tests.rulebook.folder import loaded


def parameter(**values: float | None) -> Parameter:
    dated = {
        day.replace("_", "-").removeprefix("d"): {"value": value, "source": {"document": "x"}, "mark": "verified"}
        for day, value in values.items()
    }
    return Parameter.model_validate({"unit": "x", "meaning": "x", "values": dated}, strict=False)


@pytest.mark.parametrize(
    ("day", "number"),
    [
        ("2009-07-17", None),
        ("2009-07-18", 10),
        ("2016-07-28", 10),
        ("2016-07-29", 12),
        ("2017-12-01", None),
        ("2030-01-01", None),
        (None, None),
    ],
)
def test_the_day_picks_the_number(day: str | None, number: int | None) -> None:
    assert parameter(d2009_07_18=10, d2016_07_29=12, d2017_12_01=None).value_on(day) == number


def test_without_a_day_only_a_number_that_never_changed_counts() -> None:
    assert parameter(d2009_07_18=10).value_on(None) == 10
    assert parameter(d2009_07_18=10, d2016_07_29=10).value_on(None) == 10
    assert parameter(d2009_07_18=10, d2016_07_29=12).value_on(None) is None
    assert parameter(d2009_07_18=10, d2016_07_29=None).value_on(None) is None


def test_whole_numbers_are_whole() -> None:
    assert repr(parameter(d2009_07_18=10.0).value_on(None)) == "10"
    assert repr(parameter(d2009_07_18=2.5).value_on(None)) == "2.5"


def test_the_mark_of_the_worst_value_counts(tmp_path: Path) -> None:
    numbers = loaded(tmp_path).parameters
    assert not numbers["walks.total_max"].recalled
    assert numbers["walks.trial_max"].recalled
    value = next(iter(numbers["walks.trial_max"].values.values()))
    assert (value.reference.mark, value.reference.pages) == ("recalled", (12,))
