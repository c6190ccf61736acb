"""The tests that stand inside rules: run on both readings, each with a reason where it fails."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from checker.judging.judge import EngineChoice, Judge
from checker.knowledge.vocabulary import Scope, Vocabulary
from checker.model.facts import Fact, ItemFacts
from checker.model.findings import Result, Step, Trace, Truth
from checker.model.rule import Rule, RuleTest
from checker.rulebook import Rulebook

_DERIVATION = "test of the rule"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one test of one rule went.

    Attributes:
        rule: Id of the rule.
        test: Name of the test.
        place: ``file:line`` of the rule.
        problems: What differs from what is expected, one line each; empty where the test passed.
    """

    rule: str
    test: str
    place: str
    problems: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether all is as expected."""
        return not self.problems

    def __str__(self) -> str:
        """One line: ``file:line: rule: test 'name': what differs``."""
        told = "; ".join(self.problems) or "passed"
        return f"{self.place}: {self.rule}: test '{self.test}': {told}"


def run(rulebook: Rulebook, engine: EngineChoice | str = "auto") -> Iterator[Outcome]:
    """Runs every test of every rule that is not retired, drafts too.

    Raises:
        JudgingError: The engine and the reference reading disagree, or a rule failed.
    """
    rules = tuple(rule.model_copy(update={"status": "active"}) for rule in rulebook.rules if rule.status != "retired")
    judge = Judge(replace(rulebook, rules=rules), engine)
    for rule in rules:
        for test in rule.tests:
            yield Outcome(rule.id, test.name, rulebook.places[rule.id], tuple(_differs(rulebook, judge, rule, test)))


def facts_of(rulebook: Rulebook, rule: Rule, test: RuleTest) -> ItemFacts:
    """The facts of a test: those given, over the defaults of the vocabulary."""
    given = {name: Fact(name, value, derivation=_DERIVATION) for name, value in test.given.items()}
    return ItemFacts(0 if rule.scope == "letter" else 1, {**_defaults(rulebook.vocabulary, rule.scope), **given})


@lru_cache(maxsize=8)
def _defaults(vocabulary: Vocabulary, scope: Scope) -> dict[str, Fact]:
    """The facts that no test has to give; of thousands of tests they are the same."""
    values = vocabulary.defaults(scope)
    return {name: Fact(name, value, derivation=_DERIVATION) for name, value in values.items()}


def _differs(rulebook: Rulebook, judge: Judge, rule: Rule, test: RuleTest) -> Iterator[str]:
    traces = judge.considered(facts_of(rulebook, rule, test), rule.scope, f"test '{test.name}' of {rule.id}")
    trace = traces.of(rule.id)
    expected = test.expect
    if trace.result is not expected.result:
        yield f"expected {expected.result.value}, got {_told(trace)}"
        return
    if expected.because is not None and trace.flag and set(expected.because) != set(held(trace.flag)):
        yield f"expected because {sorted(expected.because)}, got {sorted(held(trace.flag))}"
    if expected.by is not None and trace.excepted_by != expected.by:
        yield f"expected by {expected.by}, got {trace.excepted_by}"
    if expected.missing is not None and set(expected.missing) != set(trace.missing):
        yield f"expected missing {sorted(expected.missing)}, got {sorted(trace.missing)}"


def _told(trace: Trace) -> str:
    if trace.result is Result.UNDECIDED:
        return f"undecided for want of {', '.join(trace.missing)}"
    return f"excepted by {trace.excepted_by}" if trace.result is Result.EXCEPTED else trace.result.value


def held(step: Step) -> tuple[str, ...]:
    """Names of the facts whose conditions made a tree hold, in the order written."""
    if step.truth is not Truth.TRUE:
        return ()
    if step.fact:
        return (step.fact,)
    return tuple(dict.fromkeys(name for below in step.steps for name in held(below)))
