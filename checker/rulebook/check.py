"""What a single written-out rule may get wrong beyond its shape: names, values, operators, sources, severity, tests."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from checker.knowledge.problems import Problem
from checker.knowledge.schema import nearest
from checker.knowledge.sources import Sources
from checker.knowledge.vocabulary import FactName, Vocabulary
from checker.knowledge.yamlfile import Document, Key
from checker.model.facts import UNKNOWN
from checker.model.findings import Result, Severity
from checker.model.rule import MEMBERSHIP, ORDER, All, Leaf, Node, ParameterRef, Rule, RuleTest, SourceRef, leaves
from checker.rulebook.parameters import Parameter

ON = {"item": "a rule on an item", "letter": "a rule on the whole letter", "batch": "a rule on a batch"}
"""What a rule of each scope is called."""
_OF = {"item": "an item", "letter": "a letter", "batch": "a batch"}

MAX_ALTERNATIVES = 64
"""Each alternative of ``any`` becomes a native rule, multiplied over the trees; a rule beyond this is better split."""

MAX_TEXT = 1000
"""The engine compares strings over 16-bit lengths; no word of a vocabulary comes near this."""


@dataclass(frozen=True, slots=True)
class RuleChecker:
    """Checks rules against all that they refer to."""

    vocabulary: Vocabulary
    parameters: dict[str, Parameter]
    sources: Sources

    def problems(self, rule: Rule, document: Document, filled: Mapping[str, str]) -> Iterator[Problem]:
        """Every mistake of one written-out rule, in no order; ``filled`` is what its placeholders stand for."""
        for keys, message, hint in self._mistakes(rule, filled):
            yield document.problem(("rule", *keys), message, hint)

    def _mistakes(self, rule: Rule, filled: Mapping[str, str]) -> Iterator["Mistake"]:
        for keys, tree in rule.trees():
            for below, leaf in leaves(tree, keys):
                yield from self._leaf(leaf, below)
            if keys != ("applies_to",) and not any(True for _ in leaves(tree)):
                yield keys, "compares nothing, so it would always hold", ""
        yield from self._scope(rule)
        yield from self._references(rule)
        yield from self._evidence(rule)
        yield from self._severity(rule)
        yield from self._alternatives(rule)
        yield from _exceptions(rule)
        if rule.status != "retired":
            yield from self._tests(rule, filled)

    def _leaf(self, leaf: Leaf, keys: "Keys") -> Iterator["Mistake"]:
        wrong = self._name(leaf.fact)
        if wrong:
            yield (*keys, "fact"), *wrong
            return
        name = self.vocabulary.facts[leaf.fact]
        refused = name.refuses_operator(leaf.operator)
        if refused:
            yield (*keys, leaf.operator), refused, ""
        elif leaf.operator in ORDER:
            yield from self._limit(leaf, name, (*keys, leaf.operator))
        else:
            yield from self._words(leaf, (*keys, leaf.operator))

    def _name(self, name: str) -> tuple[str, str] | None:
        if name not in self.vocabulary.facts:
            return f"{name} is not in the vocabulary", self.vocabulary.nearest(name)
        return None

    def _scope(self, rule: Rule) -> Iterator["Mistake"]:
        """A rule on the whole letter has no item to ask, and only a rule on a batch has other letters."""
        asked = [leaf.fact for _, tree in rule.trees() for _, leaf in leaves(tree)]
        named = self.out_of_scope(rule, (*asked, *rule.evidence))
        if named:
            yield ("scope",), f"{ON[rule.scope]} cannot ask for facts of {named}", ""

    def out_of_scope(self, rule: Rule, names: Iterable[str]) -> str:
        """``an item: item.visits`` for names that a rule of its scope has no value of, "" where it has all."""
        facts, holds = self.vocabulary.facts, self.vocabulary.holds
        strange = [name for name in dict.fromkeys(names) if name in facts and not holds(rule.scope, name)]
        if not strange:
            return ""
        scope = facts[strange[0]].scope
        return f"{_OF[scope]}: {', '.join(name for name in strange if facts[name].scope == scope)}"

    def _limit(self, leaf: Leaf, name: FactName, keys: "Keys") -> Iterator["Mistake"]:
        operand = leaf.operand
        if isinstance(operand, ParameterRef):
            if operand.parameter not in self.parameters:
                near = nearest(operand.parameter, self.parameters)
                hint = f"did you mean {near}?" if near else ""
                yield (*keys, "parameter"), f"{operand.parameter} is not in rules/parameters", hint
            elif name.type == "date":
                yield keys, "a date cannot be compared with a parameter", ""
        elif name.type == "date":
            if operand == UNKNOWN or name.refuses(operand):
                yield keys, f"{operand} is no ISO date", "write it as 2016-07-28"
        elif isinstance(operand, str):
            yield keys, f"{operand} is no number", ""
        elif isinstance(operand, float | int) and operand != 0 and not 0.001 <= abs(operand) <= 1e12:
            yield keys, f"{operand} is too small or too large for the engine", "use another unit"

    def _words(self, leaf: Leaf, keys: "Keys") -> Iterator["Mistake"]:
        operands = leaf.operand if isinstance(leaf.operand, tuple) else (leaf.operand,)
        for n, operand in enumerate(operands):
            place = (*keys, n) if leaf.operator in MEMBERSHIP else keys
            if operand == UNKNOWN:
                hint = "a rule that needs an unknown fact is undecided by itself"
                yield place, "nothing can be compared with unknown", hint
                continue
            message, hint = self.vocabulary.refuses(leaf.fact, operand)
            if message:
                yield place, message, hint
            elif isinstance(operand, str) and not 0 < len(operand.encode()) <= MAX_TEXT:
                yield place, f"has no text, or more than {MAX_TEXT} bytes", ""
            if operand in operands[:n]:
                yield place, f"{operand} stands here twice", ""

    def _references(self, rule: Rule) -> Iterator["Mistake"]:
        places: list[tuple[Keys, object]] = [(("source",), rule.source)]
        places += [(("unless", n, "source"), exception.source) for n, exception in enumerate(rule.unless)]
        for keys, source in places:
            if isinstance(source, SourceRef):
                for edition in (source, *source.later):
                    message, hint = self.sources.unknown(edition)
                    if message:
                        yield keys, message, hint

    def _evidence(self, rule: Rule) -> Iterator["Mistake"]:
        for n, name in enumerate(rule.evidence):
            wrong = self._name(name)
            if wrong:
                yield ("evidence", n), *wrong

    def _severity(self, rule: Rule) -> Iterator["Mistake"]:
        if rule.severity is not Severity.ERROR:
            return
        hint = "at most warning, until someone has seen it and marks it verified"
        if isinstance(rule.source, SourceRef) and rule.source.mark == "recalled":
            yield ("severity",), "a recalled criterion cannot raise an error", hint
        for name in parameters_of(rule):
            if name in self.parameters and self.parameters[name].recalled:
                yield ("severity",), f"the recalled number {name} cannot raise an error", hint

    def _alternatives(self, rule: Rule) -> Iterator["Mistake"]:
        applies = self._spelled(rule.applies_to)
        flag = applies * self._spelled(rule.flag_when)
        for keys, tree in rule.trees():
            number = {"applies_to": applies, "flag_when": flag}.get(str(keys[0]), flag * self._spelled(tree))
            if number > MAX_ALTERNATIVES:
                message = f"spells out to {number} alternatives; the engine is given at most {MAX_ALTERNATIVES} a rule"
                yield keys, message, "split the rule, or declare one fact for a long list"

    def _spelled(self, tree: Node) -> int:
        """How many conjunctions a tree spells out to."""
        if isinstance(tree, Leaf):
            fact = self.vocabulary.facts.get(tree.fact)
            listed = isinstance(tree.operand, tuple) and fact is not None and not fact.values
            return len(tree.operand) if listed and isinstance(tree.operand, tuple) else 1
        counts = [self._spelled(node) for node in (tree.all if isinstance(tree, All) else tree.any)]
        return math.prod(counts) if isinstance(tree, All) else sum(counts)

    def _tests(self, rule: Rule, filled: Mapping[str, str]) -> Iterator["Mistake"]:
        results = [test.expect.result for test in rule.tests]
        if not results:
            yield ("tests",), "the rule has no tests", "one that is flagged and one that is not, at least"
        elif Result.FLAGGED not in results:
            yield ("tests",), "no test expects the rule to flag", "add one with expect: {result: flagged}"
        elif all(result is Result.FLAGGED for result in results):
            yield ("tests",), "no test expects the rule not to flag", "add one with expect: {result: clear}"
        names: set[str] = set()
        for n, test in enumerate(rule.tests):
            if test.name in names:
                yield ("tests", n, "name"), "another test has the same name", ""
            names.add(test.name)
            yield from (
                (("tests", n, "with", name), f"{name} is not in for_each", "") for name in test.with_.keys() - filled
            )
            if not fits(test, filled):
                continue
            for keys, message, hint in self._test(rule, test):
                yield ("tests", n, *keys), message, hint

    def _test(self, rule: Rule, test: RuleTest) -> Iterator["Mistake"]:
        for name, value in test.given.items():
            wrong = self._name(name) or self.vocabulary.refuses(name, value)
            if wrong[0]:
                yield ("given", name), *wrong
            elif self.out_of_scope(rule, (name,)):
                yield ("given", name), f"{ON[rule.scope]} has no facts of {_OF[self.vocabulary.facts[name].scope]}", ""
        compared = {leaf.fact for _, leaf in leaves(rule.flag_when)}
        for name in sorted(set(test.expect.because or ()) - compared):
            if compared <= self.vocabulary.facts.keys():
                near = nearest(name, compared)
                hint = f"did you mean {near}?" if near else ""
                yield ("expect", "because"), f"{name} is not compared in flag_when", hint
        exceptions = [exception.id for exception in rule.unless]
        if test.expect.by is not None and test.expect.by not in exceptions:
            has = f"it has {', '.join(exceptions) or 'none'}"
            yield ("expect", "by"), f"{test.expect.by} is no exception of this rule", has


def fits(test: RuleTest, filled: Mapping[str, str]) -> bool:
    """Whether a test is meant for a rule whose placeholders are filled in so."""
    return all(filled.get(name) == value for name, value in test.with_.items())


Keys = tuple[Key, ...]
Mistake = tuple[Keys, str, str]
"""Keys below ``rule``, message, hint."""


def parameters_of(rule: Rule) -> tuple[str, ...]:
    """Names of the parameters that a rule compares with, sorted."""
    found = {
        leaf.operand.parameter
        for _, tree in rule.trees()
        for _, leaf in leaves(tree)
        if isinstance(leaf.operand, ParameterRef)
    }
    return tuple(sorted(found))


def _exceptions(rule: Rule) -> Iterator[Mistake]:
    seen: set[str] = set()
    for n, exception in enumerate(rule.unless):
        if exception.id in seen:
            yield ("unless", n, "id"), f"{exception.id} is the name of another exception too", ""
        seen.add(exception.id)
