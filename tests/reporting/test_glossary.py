"""Every active rule of the rule book has words for the report, and every topic and fact that rules name."""

import pytest

from checker.reporting.glossary import CriterionCard, Glossary, RuleCard, glossary
from checker.rulebook import Rulebook
from tests.shipped import the_rulebook


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return the_rulebook()


def test_every_rule_says_what_it_finds_why_and_how_to_answer(book: Rulebook) -> None:
    words = glossary(book)
    for rule in book.active:
        card = words.rule(rule.id)
        assert (card.code, bool(card.title), bool(card.why), bool(card.ask)) == (rule.code, True, True, True), rule.id
        assert set(card.exceptions) == {unless.id for unless in rule.unless}


def test_every_criterion_knows_the_concept_its_facts_are_named_after(book: Rulebook) -> None:
    words = glossary(book)
    assert words.topics
    for topic, card in words.topics.items():
        for id_ in card.criteria:
            concept = words.criterion(topic, id_).concept
            assert words.meaning(f"summary.{concept}"), (topic, id_)
            assert words.meaning(f"rationale.{concept}"), (topic, id_)


def test_what_has_no_words_is_called_by_its_id() -> None:
    assert Glossary().topic("muscle-relaxants") == "muscle relaxants"
    assert Glossary().criterion("x", "pain-relief") == CriterionCard("pain relief", "pain-relief")
    assert Glossary().meaning("item.x") == ""
    assert Glossary().rule("DEC001") == RuleCard("", "")


def test_a_code_has_a_title_only_where_its_rules_agree_on_one() -> None:
    rules = {
        "DEC001": RuleCard("DEC001", "One"),
        "DEC001.other": RuleCard("DEC001", "Two"),
        "FAC005.a": RuleCard("FAC005", "Same"),
        "FAC005.b": RuleCard("FAC005", "Same"),
        "CRI-OPI-coverage.a": RuleCard("CRI-OPI-coverage", "Refused"),
        "CRI-OPI-coverage.b": RuleCard("CRI-OPI-coverage", "Approved"),
    }
    assert Glossary(rules).codes() == {"DEC001": "One", "FAC005": "Same"}
