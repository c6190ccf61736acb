"""``imrcheck rules check``: what loading refuses, and what is sound in form and wrong in sense."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checker.authoring.advice import Advice, Level, error, in_order
from checker.authoring.coverage import criteria_advice
from checker.authoring.evidence import source_advice, test_advice
from checker.authoring.material import Material, load_material
from checker.authoring.pairs import pair_advice
from checker.authoring.reachability import Reading, rule_advice
from checker.authoring.scaffold import unfilled_advice
from checker.authoring.situations import situations
from checker.authoring.use import use_advice
from checker.authoring.wording import wording_advice
from checker.knowledge.problems import RuleError


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found.

    Attributes:
        advice: In order of file and place.
        material: The folder, None where it does not load: then only that is told.
    """

    advice: tuple[Advice, ...]
    material: Material | None

    def count(self, level: Level) -> int:
        """How many there are of one level."""
        return sum(one.level is level for one in self.advice)


def check(given: Sequence[Path] = ()) -> Checked:
    """Checks a rules folder, or several laid over each other."""
    try:
        material = load_material(given)
    except RuleError as refused:
        return Checked(in_order(error("schema", problem) for problem in refused.problems), None)
    return Checked(in_order(advice(material)), material)


def advice(material: Material) -> Iterator[Advice]:
    """All advice on a folder that loads, in no order."""
    in_periods = situations(material.rulebook)
    readings: dict[str, list[Reading]] = {}
    for situation in in_periods:
        for ready in situation.ready:
            readings.setdefault(ready.rule.id, []).append((situation, ready))
    yield from rule_advice(material, readings)
    yield from pair_advice(material, in_periods)
    yield from use_advice(material)
    yield from wording_advice(material)
    yield from source_advice(material)
    yield from test_advice(material)
    yield from criteria_advice(material)
    yield from unfilled_advice(material)
