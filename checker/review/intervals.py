"""Rates with intervals: Wilson's for a share, and agreement between two reviewers."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from statistics import NormalDist

CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value with the interval that holds the true one at the level of confidence; ``of`` is how many it rests on.

    All three values are ``nan`` where nothing was counted.
    """

    value: float
    low: float
    high: float
    of: int

    @property
    def known(self) -> bool:
        """Whether anything was counted."""
        return not math.isnan(self.value)

    def record(self) -> dict[str, float | int | None]:
        """The value with its interval as JSON holds it; null where nothing was counted or the value does not exist."""

        def number(value: float) -> float | None:
            return None if math.isnan(value) else round(value, 4)

        return {"value": number(self.value), "low": number(self.low), "high": number(self.high), "of": self.of}


_UNKNOWN = (math.nan, math.nan, math.nan)


def z_of(confidence: float) -> float:
    """How many standard deviations either side hold that share of a normal distribution."""
    return NormalDist().inv_cdf(0.5 + confidence / 2)


def share(count: int, of: int, confidence: float = CONFIDENCE) -> Estimate:
    """A share with the interval of Wilson (1927), which stays inside 0 and 1 and holds for small counts.

    Args:
        count: How many have the property.
        of: Of how many.
        confidence: Level of the interval.

    Raises:
        ValueError: ``count`` is not between 0 and ``of``.
    """
    if not 0 <= count <= of:
        raise ValueError(f"{count} of {of} is no share")
    if not of:
        return Estimate(*_UNKNOWN, of=0)
    z = z_of(confidence)
    rate, square = count / of, z * z / of
    middle = (rate + square / 2) / (1 + square)
    half = z * math.sqrt(rate * (1 - rate) / of + square / (4 * of)) / (1 + square)
    return Estimate(
        rate, 0.0 if count == 0 else max(0.0, middle - half), 1.0 if count == of else min(1.0, middle + half), of
    )


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two reviewers agree on the same things.

    Attributes:
        percent: Share on which they say the same, with Wilson's interval.
        kappa: Cohen's kappa; ``nan`` where both always say one and the same thing.
        ac1: Gwet's AC1, which does not fall when nearly everything is of one kind (Gwet, Br J Math Stat Psychol
            2008;61:29-48).
    """

    percent: Estimate
    kappa: Estimate
    ac1: Estimate


def agreement(pairs: Iterable[tuple[Hashable, Hashable]], confidence: float = CONFIDENCE) -> Agreement:
    """Agreement of two reviewers.

    Args:
        pairs: What the first and the second say of each thing.
        confidence: Level of the intervals.
    """
    table = Counter(pairs)
    number = sum(table.values())
    if not number:
        nothing = Estimate(*_UNKNOWN, of=0)
        return Agreement(nothing, nothing, nothing)
    same = sum(count for (one, other), count in table.items() if one == other)
    first, second = Counter[Hashable](), Counter[Hashable]()
    for (one, other), count in table.items():
        first[one] += count
        second[other] += count
    z = z_of(confidence)
    return Agreement(
        share(same, number, confidence),
        _kappa(table, first, second, number, z),
        _ac1(table, first, second, number, z),
    )


Table = Counter[tuple[Hashable, Hashable]]
Margin = Counter[Hashable]


def _kappa(table: Table, first: Margin, second: Margin, number: int, z: float) -> Estimate:
    """Cohen's kappa with the standard error of Fleiss, Cohen and Everitt (Psychol Bull 1969;72:323-327)."""
    observed = sum(c for (a, b), c in table.items() if a == b) / number
    expected = sum(first[k] * second[k] for k in first) / number**2
    if expected == 1:
        return Estimate(*_UNKNOWN, of=number)
    kappa = (observed - expected) / (1 - expected)
    agreed = other = 0.0
    for (a, b), count in table.items():
        margins = (first[b] + second[a]) / number
        if a == b:
            agreed += count / number * (1 - margins * (1 - kappa)) ** 2
        else:
            other += count / number * margins**2
    spread = agreed + (1 - kappa) ** 2 * other - (kappa - expected * (1 - kappa)) ** 2
    half = z * math.sqrt(max(0.0, spread) / number) / (1 - expected)
    return Estimate(kappa, max(-1.0, kappa - half), min(1.0, kappa + half), number)


def _ac1(table: Table, first: Margin, second: Margin, number: int, z: float) -> Estimate:
    """Gwet's AC1 with his variance for two reviewers and no finite-population correction."""
    kinds = sorted(first.keys() | second.keys(), key=str)
    observed = sum(c for (a, b), c in table.items() if a == b) / number
    if len(kinds) == 1:
        return Estimate(1.0, 1.0, 1.0, number)
    mean = {k: (first[k] + second[k]) / (2 * number) for k in kinds}
    expected = sum(p * (1 - p) for p in mean.values()) / (len(kinds) - 1)
    ac1 = (observed - expected) / (1 - expected)
    inner = 0.0
    for (a, b), count in table.items():
        by_chance = 1 - (mean[a] + mean[b]) / 2
        agreed = 1.0 if a == b else 0.0
        told = (agreed - expected) / (1 - expected)
        score = told - 2 * (1 - ac1) * (by_chance / (len(kinds) - 1) - expected) / (1 - expected)
        inner += count * (score - ac1) ** 2
    half = z * math.sqrt(inner / number / max(1, number - 1))
    return Estimate(ac1, max(-1.0, ac1 - half), min(1.0, ac1 + half), number)
