"""What the report says of a rule beside its findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from checker.model.rule import Rule


@dataclass(frozen=True, slots=True)
class RuleCard:
    """The words of a rule.

    Attributes:
        title: What is found, in a few words.
        why: What the rule looks for and why it matters.
        ask: How to answer a finding.
        exceptions: Why each named exception excuses, by its id.
    """

    title: str
    why: str = ""
    ask: str = ""
    exceptions: tuple[tuple[str, str], ...] = ()


def rule_cards(rules: Iterable[Rule]) -> Mapping[str, RuleCard]:
    """Cards by the id of the rule, ``for_each`` written out."""
    return {
        rule.id: RuleCard(rule.title, rule.why, rule.ask, tuple((u.id, u.why) for u in rule.unless)) for rule in rules
    }
