"""Funnel plots: shares of groups against their size, inside the limits that chance alone would keep.

Instead of a table of ranks, which orders groups by luck when they are small. The limits are those of the binomial
distribution around the share of all, interpolated so that they do not jump: D. J. Spiegelhalter, Funnel plots for
comparing institutional performance, Statistics in Medicine 24 (2005), 1185-1202, appendix A.1.1.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from checker.reporting.charts import Counted, Rate, Tick, percent, rate

INNER, OUTER = 0.95, 0.998
"""What of the groups lies inside the limits if only chance makes them differ."""
LEAST = 5
"""Items from which a group is drawn; fewer say nothing."""
_EXACT = 2000
"""Items up to which the distribution is summed up; beyond, the normal one differs by less than a line is thick."""
_STEPS = 48
_NAMED = 8
_MIDDLE = 0.5
_APART = 0.07
_SCALES = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)


class Lies(StrEnum):
    """Where a group lies."""

    WITHIN = "within the limits"
    BEYOND_INNER = "outside 95 %"
    BEYOND_OUTER = "outside 99.8 %"
    FEW = "too few to say"


_BEYOND = (Lies.BEYOND_INNER, Lies.BEYOND_OUTER)


@dataclass(frozen=True, slots=True)
class Point:
    """A group on the plot: where it lies, in percent of width and height, and whether its name is written beside it."""

    told: Rate
    lies: Lies
    x: str
    y: str
    named: bool
    left: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A group in the table, with the limits for its size in words."""

    told: Rate
    inner: str
    outer: str
    lies: Lies


@dataclass(frozen=True, slots=True)
class Funnel:
    """A funnel plot.

    Attributes:
        overall: The share of all groups together.
        middle: Height of its line, in percent.
        points: Groups that are drawn, the largest first.
        curves: Points of the lines of the limits on a square of 100 by 100: inner low and high, outer low and high.
        across: Scale of sizes.
        up: Scale of shares.
        table: All groups.
        beyond: How many groups lie outside the 99.8 per cent limits.
    """

    overall: Rate
    middle: str
    points: tuple[Point, ...]
    curves: tuple[str, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    table: tuple[Row, ...]
    beyond: int


def limits(share: float, items: int, inside: float) -> tuple[float, float]:
    """Between which shares a group of a size lies if only chance makes it differ.

    Args:
        share: Of all, 0 to 1.
        items: Size of the group, at least 1.
        inside: What of such groups lies between the limits, 0 to 1.

    Returns:
        The lower and the upper limit, 0 to 1.
    """
    if share <= 0.0 or share >= 1.0:
        return share, share
    tail = (1 - inside) / 2
    if items > _EXACT:
        wide = NormalDist().inv_cdf(1 - tail) * math.sqrt(share * (1 - share) / items)
        return max(share - wide, 0.0), min(share + wide, 1.0)
    return _quantile(share, items, tail) / items, _quantile(share, items, 1 - tail) / items


def _quantile(share: float, items: int, below: float) -> float:
    """The number of items at which the distribution reaches ``below``, interpolated between whole numbers."""
    log_share, log_rest = math.log(share), math.log1p(-share)
    whole = math.lgamma(items + 1)
    reached = 0.0
    for number in range(items + 1):
        chance = math.exp(
            whole - math.lgamma(number + 1) - math.lgamma(items - number + 1) + number * log_share
            + (items - number) * log_rest
        )  # fmt: skip
        if reached + chance >= below:
            return max(number - 1 + (below - reached) / chance, 0.0)
        reached += chance
    return float(items)


def lies(found: int, items: int, share: float) -> Lies:
    """Where a group lies.

    Args:
        found: Of its items.
        items: Its size.
        share: Of all, 0 to 1.
    """
    if items < LEAST:
        return Lies.FEW
    for inside, beyond in ((OUTER, Lies.BEYOND_OUTER), (INNER, Lies.BEYOND_INNER)):
        low, high = limits(share, items, inside)
        if not low <= found / items <= high:
            return beyond
    return Lies.WITHIN


def funnel(groups: Sequence[Counted]) -> Funnel | None:
    """Lay out a funnel plot; None where fewer than two groups are large enough to be compared.

    Args:
        groups: The groups that together are all.
    """
    ranked = sorted((group for group in groups if group.of), key=lambda group: (-group.of, group.name))
    drawn = [group for group in ranked if group.of >= LEAST]
    if len(drawn) < 2:
        return None
    found, of = sum(group.found for group in ranked), sum(group.of for group in ranked)
    share = found / of
    places = [(group, lies(group.found, group.of, share)) for group in ranked]
    sizes = _Sizes(drawn[-1].of, drawn[0].of)
    top = max([group.found / group.of for group in drawn] + [limits(share, sizes.least * 2, INNER)[1]])
    scale = next((s for s in _SCALES if s >= top), 1.0)
    named = _named([(g, sizes.place(g.of), g.found / g.of / scale) for g, w in places if w in _BEYOND])
    points = (
        Point(rate(group), where, _percent(sizes.place(group.of)), _percent(1 - group.found / group.of / scale),
              group.name in named, sizes.place(group.of) > _MIDDLE)
        for group, where in places if where is not Lies.FEW
    )  # fmt: skip
    return Funnel(
        rate(Counted("all", found, of)),
        _percent(1 - share / scale),
        tuple(points),
        tuple(_curves(share, sizes, scale)),
        tuple(Tick(_percent(sizes.place(n)), f"{n:,}") for n in sizes.marks()),
        tuple(Tick(_percent(1 - n / 4), percent(scale * n / 4)) for n in range(5)),
        tuple(_row(group, where, share) for group, where in places),
        sum(where is Lies.BEYOND_OUTER for _, where in places),
    )


def _named(beyond: Sequence[tuple[Counted, float, float]]) -> frozenset[str]:
    """The groups whose names are written: those beyond the limits, but no two where their words would meet."""
    named: list[tuple[str, float, float]] = []
    for group, x, y in beyond:
        side = x > _MIDDLE
        if len(named) < _NAMED and not any((ox > _MIDDLE) == side and abs(oy - y) < _APART for _, ox, oy in named):
            named.append((group.name, x, y))
    return frozenset(name for name, _, _ in named)


@dataclass(frozen=True, slots=True)
class _Sizes:
    """The scale of sizes: logarithmic, because a few groups are a thousand times as large as most."""

    least: int
    most: int

    def place(self, items: float) -> float:
        """Where a size lies, 0 to 1."""
        if self.most == self.least:
            return 0.5
        return math.log(items / self.least) / math.log(self.most / self.least)

    def steps(self) -> Iterator[int]:
        """Sizes from the least to the most."""
        before = 0
        for step in range(_STEPS + 1):
            items = round(self.least * (self.most / self.least) ** (step / _STEPS))
            if items != before:
                yield items
            before = items

    def marks(self) -> tuple[int, ...]:
        """Round sizes, at most six."""
        round_ones = [
            n * 10**power
            for power in range(9)
            for n in (1, 2, 5)
            if self.least <= n * 10**power <= self.most
        ]  # fmt: skip
        every = -(-len(round_ones) // 6) or 1
        return tuple(round_ones[::every]) or (self.least,)


def _curves(share: float, sizes: _Sizes, scale: float) -> Iterator[str]:
    for inside in (INNER, OUTER):
        both = [(100 * sizes.place(items), limits(share, items, inside)) for items in sizes.steps()]
        for side in (0, 1):
            yield " ".join(f"{x:.2f},{100 * (1 - min(ends[side] / scale, 1.0)):.2f}" for x, ends in both)


def _row(group: Counted, where: Lies, share: float) -> Row:
    inner, outer = (limits(share, group.of, inside) for inside in (INNER, OUTER))
    return Row(rate(group), _between(inner), _between(outer), where)


def _between(ends: tuple[float, float]) -> str:
    return f"{percent(ends[0]).removesuffix(' %')} to {percent(ends[1])}"


def _percent(part: float) -> str:
    return f"{100 * part:.2f}%"
