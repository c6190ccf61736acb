"""Samples that anybody can draw again: the frame, the seed, the method and the sizes are recorded with the sample.

The sample of a frame is the units whose hash with the seed is lowest. That needs no generator whose numbers change from
one version to the next, does not depend on the order of the frame, and a larger sample holds the smaller one.
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from checker.review.intervals import CONFIDENCE, Estimate, z_of

METHOD = "lowest sha256 of seed, name, input hash and item"


@dataclass(frozen=True, slots=True, order=True)
class Unit:
    """What a sample is drawn of: a disputed item, or a whole letter (item 0), with the stratum it falls in."""

    doc: str
    sha256: str
    item: int
    stratum: str = ""

    def place(self, seed: str) -> str:
        """Where the unit stands in the order of a seed."""
        key = f"{seed}\n{self.doc}\n{self.sha256}\n{self.item}"
        return hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()


class Allocation(StrEnum):
    """How a sample is spread over strata."""

    PROPORTIONAL = "proportional"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Stratum:
    """A stratum of the frame: its name, how many units it has and how many of them are drawn."""

    name: str
    frame: int
    drawn: int


@dataclass(frozen=True, slots=True)
class Sample:
    """A sample with what it takes to draw it again.

    Attributes:
        seed: Any text.
        frame_sha256: Hash of the frame, whatever its order.
        strata: In the order of their names; one without a name where the sample is simple.
        units: By stratum, within it in the order of the draw, so that spares can be drawn after them.
        double: Those of them that are marked for a blind double review.
    """

    seed: str
    frame_sha256: str
    strata: tuple[Stratum, ...]
    units: tuple[Unit, ...]
    double: frozenset[Unit] = frozenset()

    def record(self) -> dict[str, object]:
        """The sample as JSON holds it."""
        return {
            "schema": 1,
            "method": METHOD,
            "seed": self.seed,
            "frame": {"units": sum(s.frame for s in self.strata), "sha256": self.frame_sha256},
            "strata": [{"name": s.name, "frame": s.frame, "drawn": s.drawn} for s in self.strata],
            "units": [self._unit(unit) for unit in self.units],
        }

    def _unit(self, unit: Unit) -> dict[str, object]:
        told = {"doc": unit.doc, "sha256": unit.sha256, "item": unit.item, "stratum": unit.stratum}
        return {**told, "double": True} if unit in self.double else told


def frame_sha256(frame: Iterable[Unit]) -> str:
    """Hash of a frame: equal for the same units in any order."""
    hashed = hashlib.sha256()
    for unit in sorted(frame):
        hashed.update(f"{unit.doc}\n{unit.sha256}\n{unit.item}\n{unit.stratum}\n\n".encode("utf-8", "backslashreplace"))
    return hashed.hexdigest()


def draw(frame: Sequence[Unit], size: int, seed: str, allocation: Allocation = Allocation.PROPORTIONAL) -> Sample:
    """Draw a sample; a stratum smaller than its share is taken whole and the others make up for it.

    Args:
        frame: All units, each once.
        size: How many to draw; the whole frame where it is not larger.
        seed: Any text; the same seed draws the same units of the same frame.
        allocation: How the sample is spread over the strata.

    Raises:
        ValueError: The size is negative, or a unit is in the frame twice.
    """
    if size < 0:
        raise ValueError("a sample has at least no units")
    if len({(u.doc, u.sha256, u.item) for u in frame}) != len(frame):
        raise ValueError("the frame holds the same unit twice")
    sizes = Counter(unit.stratum for unit in frame)
    shares = _shares(sizes, min(size, len(frame)), allocation)
    strata = tuple(Stratum(name, sizes[name], shares[name]) for name in sorted(sizes))
    units: list[Unit] = []
    for stratum in strata:
        of_stratum = (u for u in frame if u.stratum == stratum.name)
        units += sorted(of_stratum, key=lambda u: (u.place(seed), u))[: stratum.drawn]
    return Sample(seed, frame_sha256(frame), strata, tuple(units))


def marked(sample: Sample, size: int) -> Sample:
    """The sample with some of its units marked for double review: a simple random sample of it.

    Args:
        sample: The sample.
        size: How many to mark; all where it has no more.

    Raises:
        ValueError: The size is negative.
    """
    if size < 0:
        raise ValueError("no fewer than no units can be marked")
    seed = f"{sample.seed}\ndouble review"
    return replace(sample, double=frozenset(sorted(sample.units, key=lambda u: (u.place(seed), u))[:size]))


def _shares(sizes: Mapping[str, int], size: int, allocation: Allocation) -> dict[str, int]:
    """Largest remainders, at equal remainders the name decides; what a stratum is too small for goes to the others."""
    shares = dict.fromkeys(sorted(sizes), 0)
    while left := size - sum(shares.values()):
        room = {name: sizes[name] - shares[name] for name in shares if shares[name] < sizes[name]}
        weights = {name: (sizes[name] if allocation is Allocation.PROPORTIONAL else 1) for name in room}
        ideal = {name: left * weights[name] / sum(weights.values()) for name in room}
        for name, wanted in ideal.items():
            shares[name] += min(math.floor(wanted), room[name])
        ranked = sorted(room, key=lambda name: (math.floor(ideal[name]) - ideal[name], name))
        for name in ranked[: left - sum(math.floor(wanted) for wanted in ideal.values())]:
            shares[name] += shares[name] < sizes[name]
    return shares


def projected(hits: Mapping[str, int], strata: Sequence[Stratum], confidence: float = CONFIDENCE) -> Estimate:
    """The share of the whole frame that has a property, from a stratified sample.

    Cochran, Sampling Techniques, sections 5.3 to 5.6: the interval is normal with the correction for a finite frame. A
    stratum in which none or all of the sample has the property is given half a unit, so that a small sample without a
    hit does not claim certainty.

    Args:
        hits: How many of the drawn units have it, by stratum.
        strata: Sizes of frame and sample; every stratum must have been drawn from or be empty.
        confidence: Level of the interval.

    Raises:
        ValueError: A stratum of the frame was not drawn from, or has more hits than units.
    """
    total = sum(s.frame for s in strata)
    if not total:
        return Estimate(math.nan, math.nan, math.nan, 0)
    value = variance = 0.0
    for stratum in strata:
        if not stratum.frame:
            continue
        hit = hits.get(stratum.name, 0)
        if not 0 < stratum.drawn <= stratum.frame or not 0 <= hit <= stratum.drawn:
            raise ValueError(f"stratum {stratum.name!r} cannot be projected: {hit} of {stratum.drawn} drawn")
        weight, rate = stratum.frame / total, hit / stratum.drawn
        value += weight * rate
        spread = min(max(rate, 0.5 / stratum.drawn), 1 - 0.5 / stratum.drawn)
        left_out = 1 - stratum.drawn / stratum.frame
        variance += weight**2 * spread * (1 - spread) / max(1, stratum.drawn - 1) * left_out
    half = z_of(confidence) * math.sqrt(variance)
    return Estimate(value, max(0.0, value - half), min(1.0, value + half), sum(s.drawn for s in strata))
