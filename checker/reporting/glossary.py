"""The words of the rule book that the report shows: of rules, facts, topics and criteria."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from checker.rulebook import Rulebook

_REMEMBERED = 10_000
"""So many rows of rules are remembered by their codes."""


@dataclass(frozen=True, slots=True)
class RuleCard:
    """The words of a rule.

    Attributes:
        code: Code of the catalogue.
        title: What is found, in a few words.
        why: What the rule looks for and why it matters.
        ask: How to answer a finding.
        exceptions: Why each named exception excuses, by its id.
    """

    code: str
    title: str
    why: str = ""
    ask: str = ""
    exceptions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CriterionCard:
    """The words of a criterion: its title, and the concept that the facts on it are named after."""

    title: str
    concept: str


@dataclass(frozen=True, slots=True)
class TopicCard:
    """The words of a guideline topic, its criteria by their ids."""

    title: str
    criteria: Mapping[str, CriterionCard] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Glossary:
    """Words by id; whatever has none is called by its id, so that a report never fails for want of a word.

    Attributes:
        rules: By the id of the rule, ``for_each`` written out.
        meanings: Meaning of each fact name.
        topics: By the id of the topic.
        units: Unit of each fact that is a number with one.
        categories: Words for the classes of treatment whose ids are none.
        memory: What was put into words before, of letters that said the same.
    """

    rules: Mapping[str, RuleCard] = field(default_factory=dict)
    meanings: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, TopicCard] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)
    memory: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    _families: dict[tuple[str, ...], str] = field(default_factory=dict, repr=False, compare=False)

    def families(self, rules: tuple[str, ...]) -> str:
        """The codes of many rules, or codes; those that differ in their last parts stand together."""
        told = self._families.get(rules)
        if told is None:
            if len(self._families) >= _REMEMBERED:
                self._families.clear()
            told = self._families[rules] = _families({self.rule(rule).code or rule for rule in rules})
        return told

    def rule(self, id_: str) -> RuleCard:
        """The words of a rule."""
        return self.rules.get(id_) or RuleCard("", "")

    def codes(self) -> dict[str, str]:
        """Title of each code whose rules share one; of the others, that of the rule called like the code, if any."""
        by_code: dict[str, set[str]] = {}
        for card in self.rules.values():
            by_code.setdefault(card.code, set()).add(card.title)
        titles = {code: shared.pop() if len(shared) == 1 else self.rule(code).title for code, shared in by_code.items()}
        return {code: title for code, title in sorted(titles.items()) if title}

    def topic(self, id_: str) -> str:
        """Title of a topic."""
        card = self.topics.get(id_)
        return card.title if card else id_.replace("-", " ")

    def category(self, id_: str) -> str:
        """Words for a class of treatment."""
        return self.categories.get(id_) or id_.replace("-", " ") or "other"

    def criterion(self, topic: str, id_: str) -> CriterionCard:
        """The words of a criterion of a topic."""
        card = self.topics.get(topic)
        found = card.criteria.get(id_) if card else None
        return found or CriterionCard(id_.replace("-", " "), id_)

    def meaning(self, fact: str) -> str:
        """What a fact says, without a full stop and without a legend of its values; "" where nothing is known of it."""
        return self.meanings.get(fact, "").partition("; ")[0].rstrip(".")

    def unit(self, fact: str) -> str:
        """Unit of a number, "" where it has none."""
        return self.units.get(fact, "")


def _families(codes: Iterable[str]) -> str:
    """Codes in short: "CRI-ACU/ADP-coverage/misapplied, DEC003"; families with the same last parts stand together."""
    ends: dict[tuple[str, str], list[str]] = {}
    for code in sorted(codes):
        family, _, end = code.rpartition("-")
        stem, _, middle = family.rpartition("-")
        ends.setdefault((stem, middle) if stem else (code, ""), []).append(end)
    middles: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (stem, middle), of_family in ends.items():
        middles.setdefault((stem, tuple(of_family) if middle else ()), []).append(middle)
    return ", ".join(
        f"{stem}-{'/'.join(of_stem)}-{'/'.join(last)}" if last else stem for (stem, last), of_stem in middles.items()
    )


def glossary(book: Rulebook) -> Glossary:
    """The words of a rule book."""
    kinds = book.vocabulary.facts.get("item.category")
    return Glossary(
        rules={
            rule.id: RuleCard(
                rule.code, rule.title, rule.why, rule.ask, {unless.id: unless.why for unless in rule.unless}
            )
            for rule in book.rules
        },
        meanings={name: fact.meaning for name, fact in book.vocabulary.facts.items()},
        units={name: fact.unit for name, fact in book.vocabulary.facts.items() if fact.unit},
        categories=kinds.labels if kinds else {},
        topics={
            topic.id: TopicCard(topic.title, {c.id: CriterionCard(c.title, c.concept_id) for c in topic.criteria})
            for topic in book.topics.by_id.values()
        },
    )
