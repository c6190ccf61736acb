"""The values of facts as far as rules can tell them apart: a finite set of cases for each fact.

A rule compares a fact with words or with limits. Words that no rule names differ in nothing, and between two limits
all numbers are alike; so one value of each kind stands for all of them, and ``unknown`` is one more. Each comparison is
then a set of cases, kept as the bits of an integer.
"""

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from checker.judging.program import Condition, Group, Node
from checker.knowledge.vocabulary import FactName, Vocabulary
from checker.model.facts import UNKNOWN, FactValue

ANOTHER = "another value"
"""Stands for every word that no rule names."""

_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Cases:
    """The cases of one fact and of one comparison with it.

    Attributes:
        true: The cases in which it holds, as bits.
        false: Those in which it does not.
        all: All cases of the fact.
    """

    true: int
    false: int
    all: int


class Domains:
    """The cases of every fact that some rules compare."""

    def __init__(self, vocabulary: Vocabulary, trees: Iterable[Node]) -> None:
        """Takes the condition trees of all rules that are looked at together."""
        conditions: dict[str, dict[int, Condition]] = {}
        for tree in trees:
            for condition in conditions_of(tree):
                conditions.setdefault(condition.fact, {})[condition.index] = condition
        self._values: dict[str, tuple[FactValue, ...]] = {}
        self._cases: dict[int, Cases] = {}
        for name, compared in conditions.items():
            self._add(name, tuple(compared.values()), vocabulary)

    def _add(self, name: str, compared: tuple[Condition, ...], vocabulary: Vocabulary) -> None:
        alike: dict[tuple[bool, ...], FactValue] = {}
        fact = vocabulary.facts[name]
        for value in _representatives(fact, compared, vocabulary.ids.get(fact.ids_of, frozenset())):
            alike.setdefault(tuple(c.operand is not None and c.test(value) for c in compared), value)
        self._values[name] = (*alike.values(), UNKNOWN)
        every = (1 << len(alike) + 1) - 1
        for n, condition in enumerate(compared):
            true = sum(1 << bit for bit, held in enumerate(alike) if held[n])
            known = every >> 1 if condition.operand is not None else 0
            self._cases[condition.index] = Cases(true, known & ~true, every)

    def cases(self, condition: Condition) -> Cases:
        """The cases of a comparison."""
        return self._cases[condition.index]

    def value(self, name: str, cases: int) -> FactValue:
        """A value of a fact that lies in some cases."""
        return self._values[name][(cases & -cases).bit_length() - 1]

    def values(self, name: str) -> tuple[FactValue, ...]:
        """One value of each case of a fact, ``unknown`` last."""
        return self._values[name]


def conditions_of(tree: Node) -> Iterator[Condition]:
    """Every comparison of a tree."""
    if isinstance(tree, Condition):
        yield tree
        return
    for below in tree.nodes:
        yield from conditions_of(below)


def facts_of(*trees: Node) -> frozenset[str]:
    """Names of the facts that trees compare."""
    return frozenset(condition.fact for tree in trees for condition in conditions_of(tree))


def _representatives(fact: FactName, compared: tuple[Condition, ...], ids: frozenset[str]) -> Iterator[FactValue]:
    operands = [value for c in compared if c.operand is not None for value in _listed(c.operand)]
    if fact.values:
        yield from fact.values
    elif fact.type == "date":
        yield from _days({str(value) for value in operands})
    elif fact.ordered:
        yield from _numbers({float(value) for value in operands}, whole=fact.type == "integer")
    else:
        words = sorted({str(value) for value in operands})
        yield from words
        left = sorted((ids | {str(fact.default)}) - set(words) - {UNKNOWN}) if ids else [ANOTHER]
        yield from left[:1]


def _listed(operand: object) -> tuple[str | int | float, ...]:
    return operand if isinstance(operand, tuple) else (operand,)


def _numbers(limits: set[float], *, whole: bool) -> Iterator[FactValue]:
    """A number at each limit, one between each two, one below and one above all of them."""
    if whole:
        near = {number for limit in limits for number in (math.floor(limit), math.ceil(limit))}
        yield from sorted({number + step for number in near for step in (-1, 0, 1)} or {0})
        return
    ordered = sorted(limits)
    between = [(a + b) / 2 for a, b in pairwise(ordered)]
    yield from sorted({*ordered, *between, *(n - 1 for n in ordered[:1]), *(n + 1 for n in ordered[-1:])} or {0.0})


def _days(days: set[str]) -> Iterator[FactValue]:
    dates = [datetime.date.fromisoformat(day) for day in days]
    near = {date + step for date in dates for step in (-_DAY, datetime.timedelta(), _DAY)}
    yield from sorted(date.isoformat() for date in near or {datetime.date(2000, 1, 1)})


def told(world: Mapping[str, FactValue]) -> str:
    """Facts in words: ``item.visits 12, decision.outcome upheld``."""
    return ", ".join(f"{name} {value}" for name, value in sorted(world.items()))


__all__ = ["ANOTHER", "Cases", "Condition", "Domains", "Group", "Node", "conditions_of", "facts_of", "told"]
