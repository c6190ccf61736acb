"""Which criteria of which topic have rules, and which facts the tests of the rules exercise.

A criterion is asked for by a rule of its topic that compares what is said of its concept, or that compares a fact of
``criteria.*`` (what is met, excluded or passed over) where the criterion belongs to a way of the topic: those
facts are counted over the ways. A rule that compares the concept whatever is asked for asks for it in every topic. A
criterion without any of these says why in ``no_rule``.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from checker.authoring.advice import Advice, warning
from checker.authoring.material import Material
from checker.knowledge.problems import Problem
from checker.knowledge.topics import Criterion, Topic
from checker.model.rule import Rule
from checker.model.rule import leaves as leaves_of
from checker.rulebook.book import TOPIC

COUNTED = "criteria."
"""How the facts begin that are counted over the criteria of a topic."""

_NARROWING = frozenset({TOPIC, "item.category", "item.treatment", "item.drug", "item.drug_class"})
"""Facts by which a rule asks for certain treatments."""

_ASKED_OF = ("rationale", "summary", "conflict")


@dataclass(frozen=True, slots=True)
class CriterionCover:
    """One criterion and what asks for it.

    Attributes:
        topic: Id of the topic.
        criterion: Id of the criterion.
        title: What it asks.
        mark: Whether it was seen in its source.
        asked_by: Ids of the rules that compare what is said of it.
        counted_by: Ids of the rules that compare what is counted over the criteria of the topic.
        general_by: Ids of the rules that compare what is said of its concept whatever treatment is asked for.
        reason: Why no rule asks for it, "" where one does or nobody says.
    """

    topic: str
    criterion: str
    title: str
    mark: str
    asked_by: tuple[str, ...]
    counted_by: tuple[str, ...]
    general_by: tuple[str, ...]
    reason: str

    @property
    def covered(self) -> bool:
        """Whether a rule asks for it."""
        return bool(self.asked_by or self.counted_by or self.general_by)


@dataclass(frozen=True, slots=True)
class FactCover:
    """One fact that a rule compares, with the tests that give it a value.

    Attributes:
        fact: Name.
        rules: How many rules compare it.
        tests: ``rule: test`` of each test that gives it.
    """

    fact: str
    rules: int
    tests: tuple[str, ...]


def criteria_cover(material: Material) -> Iterator[CriterionCover]:
    """Every criterion of every topic."""
    rules = [_Asking.of(rule) for rule in material.rules if rule.status == "active"]
    general = [rule for rule in rules if rule.topics is None]
    for topic in material.rulebook.topics.by_id.values():
        own = [rule for rule in rules if topic.id in (rule.topics or ())]
        in_ways = {criterion.id for way in topic.alternatives for criterion in way}
        counting = [rule.id for rule in (*own, *general) if any(f.startswith(COUNTED) for f in rule.compared)]
        for criterion in topic.criteria:
            asked = tuple(rule.id for rule in own if rule.asks(criterion))
            counted = tuple(counting) if criterion.id in in_ways else ()
            anywhere = tuple(rule.id for rule in general if rule.of_any_treatment and rule.asks(criterion))
            reason = "" if asked or counted or anywhere else criterion.no_rule
            yield CriterionCover(
                topic.id, criterion.id, criterion.title, criterion.mark, asked, counted, anywhere, reason
            )


@dataclass(frozen=True, slots=True)
class _Asking:
    """What a rule asks for.

    Attributes:
        id: The rule.
        topics: As ``topics_of``.
        compared: The facts that it compares.
        of_any_treatment: Whether it may concern whatever is asked for.
    """

    id: str
    topics: frozenset[str] | None
    compared: frozenset[str]
    of_any_treatment: bool

    @classmethod
    def of(cls, rule: Rule) -> "_Asking":
        narrow = any(leaf.fact in _NARROWING for _, leaf in leaves_of(rule.applies_to))
        return cls(rule.id, topics_of(rule), _compared(rule), not narrow)

    def asks(self, criterion: Criterion) -> bool:
        return any(f"{part}.{criterion.concept_id}" in self.compared for part in _ASKED_OF)


def criteria_advice(material: Material) -> Iterator[Advice]:
    """Criteria that no rule asks for and that do not say why."""
    covers = {(cover.topic, cover.criterion): cover for cover in criteria_cover(material)}
    for topic in material.rulebook.topics.by_id.values():
        for n, criterion in enumerate(topic.criteria):
            cover = covers[topic.id, criterion.id]
            if not cover.covered and not cover.reason:
                yield _unasked(material, topic, n)
            elif cover.asked_by and criterion.no_rule:
                message = f"{criterion.id} says why no rule asks for it, and {cover.asked_by[0]} does"
                problem = _place(material, topic, n, message, "leave no_rule out")
                yield warning("unneeded-reason", problem)


def _unasked(material: Material, topic: Topic, n: int) -> Advice:
    message = f"no rule asks for {topic.criteria[n].id} of {topic.id}, and no_rule does not say why"
    hint = "write a rule, put it into a way of the topic, or add no_rule: with the reason"
    return warning("unasked-criterion", _place(material, topic, n, message, hint))


def _place(material: Material, topic: Topic, n: int, message: str, hint: str) -> Problem:
    return material.rulebook.topics.files[topic.id].problem(("topic", "criteria", n, "id"), message, hint)


def topics_of(rule: Rule) -> frozenset[str] | None:
    """The topics that a rule asks for, None where it may concern any item."""
    asked: set[str] = set()
    for _, leaf in leaves_of(rule.applies_to):
        if leaf.fact == TOPIC and leaf.operator in ("is", "in"):
            operand = leaf.operand
            asked |= set(map(str, operand)) if isinstance(operand, tuple) else {str(operand)}
    return frozenset(asked) or None


def facts_cover(material: Material) -> tuple[FactCover, ...]:
    """Every fact that a rule compares, with the tests that give it."""
    rules: dict[str, int] = {}
    tests: dict[str, list[str]] = {}
    for rule in material.rules:
        for name in _compared(rule):
            rules[name] = rules.get(name, 0) + 1
        for test in rule.tests:
            for name in test.given:
                tests.setdefault(name, []).append(f"{rule.id}: {test.name}")
    return tuple(FactCover(name, count, tuple(tests.get(name, ()))) for name, count in sorted(rules.items()))


def _compared(rule: Rule) -> frozenset[str]:
    return frozenset(leaf.fact for _, tree in rule.trees() for _, leaf in leaves_of(tree))
