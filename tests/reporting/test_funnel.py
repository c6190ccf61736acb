"""Limits hold what they promise, and a group lies where its numbers say."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reporting.charts import Counted
from checker.reporting.funnel import INNER, LEAST, OUTER, Lies, funnel, lies, limits

SHARES = st.floats(0.005, 0.995)


def chance(share: float, items: int, number: int) -> float:
    return math.comb(items, number) * share**number * (1 - share) ** (items - number)


@given(SHARES, st.integers(1, 300), st.sampled_from([INNER, OUTER]))
def test_outside_lies_no_more_than_promised(share: float, items: int, inside: float) -> None:
    low, high = limits(share, items, inside)
    below = sum(chance(share, items, n) for n in range(items + 1) if n < low * items - 1e-9)
    above = sum(chance(share, items, n) for n in range(items + 1) if n > high * items + 1e-9)
    assert 0 <= low <= high <= 1
    # One whole number more on either side would be too much: the limits are not wider than they must be.
    assert below <= (1 - inside) / 2 + 1e-9
    assert above <= (1 - inside) / 2 + chance(share, items, min(items, math.ceil(high * items))) + 1e-9


@given(SHARES, st.sampled_from([INNER, OUTER]))
def test_the_summed_and_the_normal_limits_meet(share: float, inside: float) -> None:
    exact, normal = limits(share, 2000, inside), limits(share, 2001, inside)
    assert exact == pytest.approx(normal, abs=0.004)


@given(SHARES, st.integers(LEAST, 5000))
def test_limits_narrow_with_size_and_widen_with_what_lies_inside(share: float, items: int) -> None:
    low, high = limits(share, items, INNER)
    wide_low, wide_high = limits(share, items, OUTER)
    assert wide_low <= low <= high <= wide_high
    assert limits(share, 4 * items, OUTER)[1] - limits(share, 4 * items, OUTER)[0] <= wide_high - wide_low + 1e-9


def test_with_chance_alone_hardly_a_group_lies_outside() -> None:
    draw = random.Random(7)  # noqa: S311 (chance, not secrecy)
    groups = [(sum(draw.random() < 0.12 for _ in range(n)), n) for n in [40] * 1500]
    outside = [lies(found, of, 0.12) for found, of in groups]
    assert sum(where is Lies.BEYOND_OUTER for where in outside) <= 8
    assert 10 <= sum(where is Lies.BEYOND_INNER for where in outside) <= 90


@pytest.mark.parametrize(
    ("found", "of", "where"),
    [
        (0, 4, Lies.FEW),
        (4, 4, Lies.FEW),
        (10, 100, Lies.WITHIN),
        (1, 10, Lies.WITHIN),
        (17, 100, Lies.BEYOND_INNER),
        (30, 100, Lies.BEYOND_OUTER),
        (0, 100, Lies.BEYOND_OUTER),
    ],
)
def test_where_a_group_lies(found: int, of: int, where: Lies) -> None:
    assert lies(found, of, 0.1) is where


def test_a_plot_tells_every_group_and_draws_those_that_say_something() -> None:
    plot = funnel([Counted("a", 10, 100), Counted("b", 300, 1000), Counted("c", 1, 2), Counted("none", 0, 0)])
    assert plot is not None
    assert [point.told.name for point in plot.points] == ["b", "a"]
    assert [(row.told.name, row.lies) for row in plot.table] == [
        ("b", Lies.WITHIN), ("a", Lies.BEYOND_OUTER), ("c", Lies.FEW),
    ]  # fmt: skip
    assert plot.beyond == 1
    assert plot.overall.found == 311
    assert [point.named for point in plot.points] == [False, True]
    assert [point.x for point in plot.points] == ["100.00%", "0.00%"]


@given(st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), max_size=12))
def test_everything_drawn_lies_on_the_plot(groups: list[tuple[int, int]]) -> None:
    counted = [Counted(str(n), min(pair), max(pair)) for n, pair in enumerate(groups)]
    plot = funnel(counted)
    if plot is None:
        assert sum(c.of >= LEAST for c in counted) < 2
        return
    numbers = [plot.middle, *(p.x for p in plot.points), *(p.y for p in plot.points)]
    numbers += [tick.at for tick in (*plot.across, *plot.up)]
    ends = [float(n) for curve in plot.curves for point in curve.split() for n in point.split(",")]
    assert all(-0.01 <= float(n.removesuffix("%")) <= 100.01 for n in numbers)
    assert all(-0.01 <= n <= 100.01 for n in ends)
    assert len(plot.table) == sum(c.of > 0 for c in counted)


def test_a_single_group_is_compared_with_nothing() -> None:
    assert funnel([Counted("a", 10, 100), Counted("b", 1, 4)]) is None
    assert funnel([]) is None
