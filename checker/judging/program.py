"""Rules made ready for one span of days: dates resolved to numbers, equal conditions told once.

Which number of a parameter is in force, and whether a rule is, depends on one date only: that of the guideline that
governs the request. All such dates fall into a few periods between the days on which something changes; a program is
the rulebook as it reads in one of them, or for a letter without that date.
"""

import datetime
import operator
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checker.model.facts import UNKNOWN, FactValue
from checker.model.rule import All, Leaf, ParameterRef, Rule
from checker.model.rule import Node as Tree
from checker.rulebook import Rulebook
from checker.rulebook.book import GUIDELINE_DATE, TOPIC

Test = Callable[[Any], bool]

_ORDER: dict[str, Callable[[Any, Any], bool]] = {
    "is": operator.eq,
    "is_not": operator.ne,
    "above": operator.gt,
    "at_least": operator.ge,
    "below": operator.lt,
    "at_most": operator.le,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison with its operand resolved.

    Attributes:
        index: Place of its value in the memory of a reading.
        fact: Name of the fact.
        operator: is, is_not, in, not_in, above, at_least, below, at_most.
        operand: A word, a number, an ISO date or a tuple of words; None where no number is in force, so that the
            comparison is neither true nor false whatever the fact is.
        wanted: The operand as people read it, with the name of the parameter it came from.
        missing: Name of the fact that leaves it undecided where the operand is None.
        test: Compares a known value.
    """

    index: int
    fact: str
    operator: str
    operand: Any
    wanted: str
    missing: str
    test: Test


@dataclass(frozen=True, slots=True)
class Group:
    """``all`` or ``any`` of the nodes below."""

    index: int
    every: bool
    nodes: tuple["Node", ...]


Node = Condition | Group


@dataclass(frozen=True, slots=True)
class Ready:
    """One rule in one period.

    Attributes:
        rule: The rule as written.
        in_force: Whether it holds in the period; if not, it applies to nothing.
        applies: Tree of ``applies_to``.
        flag: Tree of ``flag_when``.
        exceptions: Id and tree of each ``unless``.
        topics: Where ``applies_to`` asks for certain topics, those; None where the rule may concern any item.
    """

    rule: Rule
    in_force: bool
    applies: Node
    flag: Node
    exceptions: tuple[tuple[str, Node], ...]
    topics: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Program:
    """Every active rule in one period.

    Attributes:
        period: Number of the period, -1 for letters without the date.
        rules: By scope, in order of their ids.
        size: Number of distinct nodes.
        numbers: The parameters in force.
    """

    period: int
    rules: Mapping[str, tuple[Ready, ...]]
    size: int
    numbers: Mapping[str, int | float | None]


class Periods:
    """The days on which a rule or a number comes into force or leaves it, and the program of each period."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._book = rulebook
        self._days = sorted(set(_days(rulebook)))
        self._programs: dict[int, Program] = {}
        self._same: dict[tuple[Any, ...], Program] = {}

    @property
    def days(self) -> tuple[str, ...]:
        """First day of each period but the first (ISO), ascending."""
        return tuple(self._days)

    def program(self, day: FactValue) -> Program:
        """The program for letters whose request is governed by the guideline of a day (ISO), or of no known day."""
        period = -1 if day == UNKNOWN else bisect_right(self._days, str(day))
        if period not in self._programs:
            self._programs[period] = self._made(period, None if day == UNKNOWN else str(day))
        return self._programs[period]

    def _made(self, period: int, day: str | None) -> Program:
        """A new program, or that of another period in which the rules read the same."""
        numbers = {name: parameter.value_on(day) for name, parameter in self._book.parameters.items()}
        reads = (tuple(numbers.values()), tuple(in_force(rule, day) for rule in self._book.active))
        if reads not in self._same:
            self._same[reads] = _Compiler(self._book, day, numbers).program(period)
        return self._same[reads]


def _days(rulebook: Rulebook) -> Iterator[str]:
    """First days of the periods."""
    for parameter in rulebook.parameters.values():
        yield from (day.isoformat() for day in parameter.values)
    for rule in rulebook.active:
        if rule.effective.from_:
            yield rule.effective.from_.isoformat()
        if rule.effective.to and rule.effective.to < datetime.date.max:
            yield (rule.effective.to + datetime.timedelta(days=1)).isoformat()


class _Compiler:
    """Builds the nodes of one period; equal conditions and equal groups become one node, so each is read once."""

    def __init__(self, rulebook: Rulebook, day: str | None, numbers: Mapping[str, int | float | None]) -> None:
        self._book, self._day, self._numbers = rulebook, day, numbers
        self._conditions: dict[tuple[str, str, str], Condition] = {}
        self._groups: dict[tuple[bool, tuple[int, ...]], Group] = {}

    def program(self, period: int) -> Program:
        rules: dict[str, list[Ready]] = {"letter": [], "item": [], "batch": []}
        for rule in self._book.active:
            rules[rule.scope].append(self._ready(rule))
        ready = {scope: tuple(found) for scope, found in rules.items()}
        return Program(period, ready, self._next(), self._numbers)

    def _next(self) -> int:
        return len(self._conditions) + len(self._groups)

    def _ready(self, rule: Rule) -> Ready:
        return Ready(
            rule=rule,
            in_force=in_force(rule, self._day),
            applies=self._node(rule.applies_to),
            flag=self._node(rule.flag_when),
            exceptions=tuple((exception.id, self._node(exception.when)) for exception in rule.unless),
            topics=_topics(rule.applies_to),
        )

    def _node(self, tree: Tree) -> Node:
        if isinstance(tree, Leaf):
            return self._condition(tree)
        every = isinstance(tree, All)
        nodes = tuple(self._node(below) for below in (tree.all if isinstance(tree, All) else tree.any))
        key = (every, tuple(node.index for node in nodes))
        return self._groups.setdefault(key, Group(self._next(), every, nodes))

    def _condition(self, leaf: Leaf) -> Condition:
        operand: Any = leaf.operand
        wanted = ", ".join(map(str, operand)) if isinstance(operand, tuple) else str(operand)
        missing = leaf.fact
        if isinstance(operand, ParameterRef):
            name = operand.parameter
            operand = self._numbers[name]
            missing = leaf.fact if operand is not None else GUIDELINE_DATE
            wanted = f"{'no number in force' if operand is None else operand} ({name})"
        key = (leaf.fact, leaf.operator, wanted)
        if key not in self._conditions:
            test = _test(leaf.operator, operand)
            condition = Condition(self._next(), leaf.fact, leaf.operator, operand, wanted, missing, test)
            self._conditions[key] = condition
        return self._conditions[key]


def in_force(rule: Rule, day: str | None) -> bool:
    """Whether a rule holds on a day (ISO); without a known day it does."""
    if day is None:
        return True
    first, last = rule.effective.from_, rule.effective.to
    return (first is None or first.isoformat() <= day) and (last is None or day <= last.isoformat())


def _test(name: str, operand: Any) -> Test:
    if name == "in":
        words = frozenset(operand)
        return words.__contains__
    if name == "not_in":
        return lambda value, words=frozenset(operand): value not in words  # type: ignore[misc]
    compare = _ORDER[name]
    return lambda value: compare(value, operand)


def _topics(tree: Tree) -> frozenset[str] | None:
    """The topics that a tree asks for at its top, None where it would also hold for others."""
    for node in tree.all if isinstance(tree, All) else (tree,):
        if isinstance(node, Leaf) and node.fact == TOPIC and node.operator in {"is", "in"}:
            operand = node.operand
            return frozenset(map(str, operand)) if isinstance(operand, tuple) else frozenset({str(operand)})
    return None
