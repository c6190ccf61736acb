"""What the charts of the report show: shares with intervals on one scale, and the make-up of a whole.

Positions are percentages of the width of the plot, so a chart is as wide as its place and its words stay as large as
those around it.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.review.intervals import Estimate, share

_SCALES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5, 1.0)
_WHOLE = 9.95
"""Per cent from which no digit after the point is told."""
_IN_QUARTERS = (0.02, 1.0)


def percent(rate: float) -> str:
    """A share as people read it: "4.2 %", "37 %"; a dash where nothing was counted."""
    if math.isnan(rate):
        return "–"
    value = 100 * rate
    digits = 0 if value == 0 or value >= _WHOLE else 1
    return f"{value:.{digits}f} %"


def interval(estimate: Estimate) -> str:
    """An interval as people read it: "2.1 to 6.3 %"."""
    if not estimate.known:
        return "–"
    low, high = percent(estimate.low).removesuffix(" %"), percent(estimate.high)
    return f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share in words: how many of how many, the rate and its interval; ``link`` is "" where there is none."""

    name: str
    found: int
    of: int
    rate: str
    interval: str
    link: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A share on a plot: where its point and the ends of its interval lie, in percent of the width."""

    told: Rate
    at: str
    low: str
    width: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of the scale."""

    at: str
    words: str


@dataclass(frozen=True, slots=True)
class DotPlot:
    """Shares under each other on one scale.

    Attributes:
        dots: The shares that are drawn.
        ticks: The scale.
        table: All shares, drawn or not.
    """

    dots: tuple[Dot, ...]
    ticks: tuple[Tick, ...]
    table: tuple[Rate, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """What a share is made of."""

    name: str
    found: int
    of: int
    link: str = ""
    title: str = ""


def rate(counted: Counted) -> Rate:
    """The share in words, with Wilson's interval."""
    estimate = share(counted.found, counted.of)
    words = (percent(estimate.value), interval(estimate))
    return Rate(counted.name, counted.found, counted.of, *words, counted.link, counted.title)


def dot_plot(shares: Sequence[Counted], drawn: int) -> DotPlot:
    """Lay out shares.

    Args:
        shares: In the order in which they are shown; each of at least one.
        drawn: How many of them are drawn; the table has all.
    """
    estimates = [(counted, share(counted.found, counted.of)) for counted in shares[:drawn]]
    scale = next(s for s in _SCALES if s >= max((e.high for _, e in estimates), default=0.0) or s == 1.0)
    return DotPlot(
        tuple(_dot(rate(counted), estimate, scale) for counted, estimate in estimates),
        tuple(_ticks(scale)),
        tuple(rate(counted) for counted in shares),
    )


def _dot(told: Rate, estimate: Estimate, scale: float) -> Dot:
    low = min(estimate.low, estimate.value)
    return Dot(told, _place(estimate.value / scale), _place(low / scale), _place((estimate.high - low) / scale))


def _ticks(scale: float) -> Iterable[Tick]:
    steps = 4 if scale in _IN_QUARTERS else 5
    return (Tick(_place(n / steps), percent(scale * n / steps)) for n in range(steps + 1))


def _place(part: float) -> str:
    return f"{100 * part:.2f}%"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: its kind (a class of the stylesheet), words, number, where it begins and how wide it is."""

    kind: str
    name: str
    count: int
    share: str
    at: str
    width: str
    labelled: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A whole and its parts; ``segments`` has every kind, in one order, also those that do not occur."""

    name: str
    of: int
    segments: tuple[Segment, ...]


_LABELLED = 0.12


def bar(name: str, parts: Sequence[tuple[str, str, int]]) -> Bar:
    """Lay out a whole.

    Args:
        name: What it is called.
        parts: Kind, words and number of each part.
    """
    total = sum(count for _, _, count in parts)
    segments: list[Segment] = []
    before = 0
    for kind, words, count in parts:
        part = count / total if total else 0.0
        place = before / total if total else 0.0
        segments.append(
            Segment(kind, words, count, percent(part), _place(place), _place(part), labelled=part >= _LABELLED)
        )
        before += count
    return Bar(name, total, tuple(segments))
