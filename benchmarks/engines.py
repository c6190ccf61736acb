"""Our rules in engines that a user could pick instead, on the same facts in one run: what an item costs in each.

Run from the checkout: ``python benchmarks/engines.py [SECONDS]``. The rivals are measured where they are installed,
which nothing else asks for: ``pip install --group compare``. Each is given the rules as its own language tells them,
written anew from the trees of the rulebook, and the facts of the fixture letters, read before the clock runs; each must
flag what the reference reading flags, and what it does otherwise is counted and told. Rules of topics that an item
cannot concern are left out for all of them alike. The ways take turns, and of each the best round counts.

None of the rivals says which condition failed, or that a fact was unknown: what the reference reading tells comes on
top of what they do.
"""

import datetime
import importlib
import json
import sys
import time
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from judging import observed

from checker import Checker
from checker.judging import EngineUnavailable, Judge
from checker.judging.program import Condition, Node, Periods, Program, Ready
from checker.judging.reference import Reading
from checker.model.facts import UNKNOWN, Facts, ItemFacts
from checker.model.findings import Result
from checker.model.rule import ORDER
from checker.rulebook.book import GUIDELINE_DATE, TOPIC

ROOT = Path(__file__).parent.parent
NAMES = {"is": "==", "is_not": "!=", "above": ">", "at_least": ">=", "below": "<", "at_most": "<="}
_PAIRS = (("is", "is_not"), ("in", "not_in"), ("above", "at_most"), ("below", "at_least"))
OPPOSITE = {**dict(_PAIRS), **{second: first for first, second in _PAIRS}}
Values = Mapping[str, Any]
Group = tuple[int, str, str]
"""Period of the program, scope, topic."""
Decide = Callable[[Values], set[str]]
"""Takes the facts of an item by their names as identifiers, None for what is unknown; gives the rules that flag it."""


@dataclass(frozen=True, slots=True)
class Case:
    """The facts of a letter or of one of its items.

    Attributes:
        values: Known facts by name.
        group: Which rules concern it.
        flagged: What the reference reading flags.
    """

    values: dict[str, Any]
    group: Group
    flagged: frozenset[str]


def plain(value: Any) -> Any:
    """A value that every engine compares alike: days become numbers."""
    if isinstance(value, str) and len(value) == len("2017-01-01") and value[4] == value[7] == "-":
        return datetime.date.fromisoformat(value).toordinal()
    return value


def identifier(fact: str) -> str:
    """The name of a fact as every engine takes it."""
    return "".join(letter if letter.isalnum() else "_" for letter in fact)


def known(item: ItemFacts) -> dict[str, Any]:
    """The facts that are known, as plain values."""
    return {identifier(name): plain(fact.value) for name, fact in item.facts.items() if fact.value != UNKNOWN}


class Notation(ABC):
    """How a language writes comparisons of facts, and what holds of several of them."""

    @abstractmethod
    def compare(self, fact: str, operator: str, operand: Any) -> str:
        """A comparison that is false where the fact is unknown."""

    @abstractmethod
    def join(self, parts: Sequence[str], *, every: bool) -> str:
        """All of the parts, or one of them."""

    def rule(self, ready: Ready) -> str:
        """What a rule flags: it applies, is flagged, and no exception can hold, all beyond doubt."""
        excuses = [self.tree(tree, wanted=False) for _, tree in ready.exceptions]
        sure = [self.tree(ready.applies, wanted=True), self.tree(ready.flag, wanted=True)]
        return self.join([*sure, *excuses], every=True)

    def tree(self, node: Node, *, wanted: bool) -> str:
        """What makes a tree true, or false, for certain."""
        if isinstance(node, Condition):
            if node.operand is None:
                return self.join([], every=False)
            operator = node.operator if wanted else OPPOSITE[node.operator]
            operand = tuple(map(plain, node.operand)) if isinstance(node.operand, tuple) else plain(node.operand)
            return self.compare(identifier(node.fact), operator, operand)
        return self.join([self.tree(below, wanted=wanted) for below in node.nodes], every=node.every == wanted)


class Infix(Notation):
    """``rule-engine`` and ZEN write alike."""

    def compare(self, fact: str, operator: str, operand: Any) -> str:
        """As ``Notation.compare``."""
        if operator in {"in", "not_in"}:
            among = f"{fact} in {json.dumps(operand)}"
            return f"({fact} != null and {among if operator == 'in' else f'not ({among})'})"
        return f"({fact} != null and {fact} {NAMES[operator]} {json.dumps(operand)})"

    def join(self, parts: Sequence[str], *, every: bool) -> str:
        """As ``Notation.join``."""
        if not parts:
            return "true" if every else "false"
        return f"({(' and ' if every else ' or ').join(parts)})"


class Lisp(Notation):
    """CLIPS."""

    def compare(self, fact: str, operator: str, operand: Any) -> str:
        """As ``Notation.compare``."""
        if operator in {"in", "not_in"}:
            sign = "eq" if operator == "in" else "neq"
            told = [f"({sign} ?{fact} {json.dumps(one)})" for one in operand]
            return f"(and (neq ?{fact} nil) {self.join(told, every=operator == 'not_in')})"
        if operator in ORDER:
            return f"(and (numberp ?{fact}) ({NAMES[operator]} ?{fact} {json.dumps(operand)}))"
        sign = "eq" if operator == "is" else "neq"
        return f"(and (neq ?{fact} nil) ({sign} ?{fact} {json.dumps(operand)}))"

    def join(self, parts: Sequence[str], *, every: bool) -> str:
        """As ``Notation.join``."""
        if not parts:
            return "TRUE" if every else "FALSE"
        return parts[0] if len(parts) == 1 else f"({'and' if every else 'or'} {' '.join(parts)})"


def facts_of(node: Node) -> Iterator[str]:
    """Names of the facts that a tree asks for."""
    if isinstance(node, Condition):
        yield identifier(node.fact)
    else:
        for below in node.nodes:
            yield from facts_of(below)


def asked(ready: Ready) -> list[str]:
    """Names of the facts that a rule asks for."""
    trees = [ready.applies, ready.flag, *(tree for _, tree in ready.exceptions)]
    return sorted({name for tree in trees for name in facts_of(tree)})


def with_rule_engine(rules: Sequence[Ready]) -> Decide:
    """rule-engine, BSD-3-Clause: expressions read in Python."""
    module = importlib.import_module("rule_engine")
    context = module.Context(default_value=None)
    made = [(ready.rule.id, module.Rule(Infix().rule(ready), context=context).matches) for ready in rules]
    names = sorted({name for ready in rules for name in asked(ready)})

    def decide(values: Values) -> set[str]:
        whole = {name: values.get(name) for name in names}  # a name that is not there is searched for at length
        return {id_ for id_, matches in made if matches(whole)}

    return decide


def with_zen(rules: Sequence[Ready]) -> Decide:
    """ZEN, MIT: expressions compiled in Rust."""
    module = importlib.import_module("zen")
    made = [(ready.rule.id, module.compile_expression(Infix().rule(ready))) for ready in rules]
    names = sorted({name for ready in rules for name in asked(ready)})

    def decide(values: Values) -> set[str]:
        whole = {name: values.get(name) for name in names}
        return {id_ for id_, expression in made if expression.evaluate(whole) is True}

    return decide


def with_clips(rules: Sequence[Ready]) -> Decide:
    """CLIPS, by clipspy, BSD: the one with a network that shares what rules have in common."""
    environment = importlib.import_module("clips").Environment()
    names = sorted({name for ready in rules for name in asked(ready)})
    slots = " ".join(f"(slot {name} (default nil))" for name in names)
    environment.build(f"(deftemplate case {slots})")
    fired: set[str] = set()
    environment.define_function(fired.add, "told")
    for ready in rules:
        bound = " ".join(f"({name} ?{name})" for name in asked(ready))
        test = Lisp().rule(ready)
        environment.build(f'(defrule {ready.rule.id} (case {bound}) (test {test}) => (told "{ready.rule.id}"))')
    template = environment.find_template("case")
    wanted = frozenset(names)

    def decide(values: Values) -> set[str]:
        fired.clear()
        fact = template.assert_fact(**{name: value for name, value in values.items() if name in wanted})
        environment.run()
        fact.retract()
        return set(fired)

    return decide


RIVALS: dict[str, tuple[str, Callable[[Sequence[Ready]], Decide]]] = {
    "rule-engine": ("rule_engine", with_rule_engine),
    "zen-engine": ("zen", with_zen),
    "clipspy": ("clips", with_clips),
}


def concerned(program: Program, scope: str, topic: Any) -> tuple[Ready, ...]:
    """The rules that may flag an item of a topic."""
    rules = (ready for ready in program.rules[scope] if ready.in_force)
    return tuple(r for r in rules if r.topics is None or topic == UNKNOWN or topic in r.topics)


def cases(letters: Iterable[Facts], periods: Periods) -> tuple[list[Case], dict[Group, tuple[Ready, ...]]]:
    """The facts of every letter and item with what the reference reading flags, and the rules of each group."""
    found: list[Case] = []
    groups: dict[Group, tuple[Ready, ...]] = {}
    for facts in letters:
        date = facts.letter.facts.get(GUIDELINE_DATE)
        program = periods.program(date.value if date else UNKNOWN)
        for scope, item in (("letter", facts.letter), *(("item", item) for item in facts.items)):
            topic = item.facts[TOPIC].value if TOPIC in item.facts else UNKNOWN
            group = (program.period, scope, str(topic))
            rules = groups.setdefault(group, concerned(program, scope, topic))
            reading = Reading(item.facts, program.size)
            flagged = frozenset(ready.rule.id for ready in rules if reading.result(ready) is Result.FLAGGED)
            found.append(Case(known(item), group, flagged))
    return found, groups


def main(budget: float) -> None:
    """Prints what an item costs in each engine, and how that stands to the reference reading."""
    checker = Checker(ROOT / "rules", engine="reference")
    letters = observed(checker)
    found, groups = cases(letters, Periods(checker.rulebook))
    count = sum(map(len, groups.values())) / len(groups)
    every = len(checker.rulebook.active)
    print(f"{len(found)} sets of facts, {len(groups)} groups of {count:.0f} rules each, {every} rules in all")
    ways: dict[str, Callable[[], int]] = {"reference reading": _whole(checker.judge, letters)}
    try:
        ways["durable-rules and reference"] = _whole(Judge(checker.rulebook, "durable-rules"), letters)
    except EngineUnavailable as error:
        print(f"without durable-rules: {error}")
    for name, (module, make) in RIVALS.items():
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"without {name}: pip install --group compare")
            continue
        start = time.process_time()
        made = {group: make(rules) for group, rules in groups.items()}
        print(f"{name:28} made in {time.process_time() - start:5.1f} s")
        ways[name] = _rival(made, found)
    best: dict[str, float] = defaultdict(lambda: float("inf"))
    otherwise: dict[str, int] = {}
    end = time.perf_counter() + budget
    rounds = 0
    while time.perf_counter() < end or rounds < 2:
        rounds += 1
        for name, way in ways.items():
            start = time.process_time()
            otherwise[name] = way()
            best[name] = min(best[name], time.process_time() - start)
    base = best["reference reading"]
    for name, seconds in best.items():
        print(
            f"{name:28}{seconds / len(found) * 1e3:8.3f} ms a set of facts  {seconds / base:6.2f} times  "
            f"{otherwise[name]} decided otherwise   (best of {rounds} rounds)"
        )


def _whole(judge: Judge, letters: Sequence[Facts]) -> Callable[[], int]:
    """Judging as the program does it, findings with messages and all."""

    def way() -> int:
        for facts in letters:
            judge.judge(facts)
        return 0

    return way


def _rival(made: Mapping[Group, Decide], found: Sequence[Case]) -> Callable[[], int]:
    def way() -> int:
        return sum(made[case.group](case.values) != case.flagged for case in found)

    return way


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 20.0)
