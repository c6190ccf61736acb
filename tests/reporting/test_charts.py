"""Charts against numbers worked out by hand."""

import math

import pytest

from checker.reporting.charts import Counted, bar, dot_plot, interval, percent, rate
from checker.review.intervals import Estimate


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0 %"),
        (0.004, "0.4 %"),
        (0.02, "2.0 %"),
        (0.0994, "9.9 %"),
        (0.0996, "10 %"),
        (1.0, "100 %"),
        (math.nan, "–"),
    ],
)
def test_a_share_in_words(share: float, words: str) -> None:
    assert percent(share) == words


def test_an_interval_in_words() -> None:
    assert interval(Estimate(0.05, 0.02, 0.115, 100)) == "2.0 to 12 %"
    assert interval(Estimate(math.nan, math.nan, math.nan, 0)) == "–"


def test_a_rate_has_wilsons_interval() -> None:
    # Wilson for 4 of 20 at 95 %: centre (0.2 + 1.92/20) / (1 + 3.84/20), half width 0.1643
    told = rate(Counted("x", 4, 20))
    assert (told.rate, told.interval) == ("20 %", "8.1 to 42 %")
    assert rate(Counted("x", 0, 0)).rate == "–"


def test_points_and_ends_lie_where_the_numbers_say() -> None:
    plot = dot_plot([Counted("all", 8, 8), Counted("half", 4, 8)], 15)
    # Wilson's lower end for 8 of 8 is 8 / (8 + 3.8415) = 0.6756
    assert [tick.words for tick in plot.ticks] == ["0 %", "25 %", "50 %", "75 %", "100 %"]
    first, second = plot.dots
    assert (first.at, first.low, first.width) == ("100.00%", "67.56%", "32.44%")
    assert (second.at, second.low) == ("50.00%", "21.52%")


def test_the_scale_is_the_smallest_that_holds_every_interval() -> None:
    plot = dot_plot([Counted("rare", 1, 1000)], 15)
    # Wilson's upper end for 1 of 1000 is 0.0056
    assert plot.ticks[-1].words == "1.0 %"
    assert plot.dots[0].at == "10.00%"


def test_only_some_are_drawn_and_all_are_told() -> None:
    plot = dot_plot([Counted(str(n), n, 30) for n in range(20)], 15)
    assert len(plot.dots) == 15
    assert len(plot.table) == 20
    assert dot_plot([], 15).dots == ()


def test_the_parts_of_a_bar_fill_it() -> None:
    whole = bar("all", [("upheld", "upheld", 6), ("none", "no outcome", 1), ("overturned", "overturned", 1)])
    assert [(s.at, s.width, s.share, s.labelled) for s in whole.segments] == [
        ("0.00%", "75.00%", "75 %", True),
        ("75.00%", "12.50%", "12 %", True),
        ("87.50%", "12.50%", "12 %", True),
    ]
    assert whole.of == 8
    assert [s.width for s in bar("nothing", [("upheld", "upheld", 0)]).segments] == ["0.00%"]
