"""Names, values, scopes."""

from pathlib import Path
from typing import Any

import pytest

from checker.knowledge.vocabulary import FactName
from tests.rulebook.folder import RULE, VOCABULARY, loaded, told
from tests.shipped import the_checker

WORD = FactName(scope="item", values=("a", "b"), meaning="x", origin="x")


def typed(kind: Any) -> FactName:
    return FactName(scope="item", type=kind, meaning="x", origin="x")


@pytest.mark.parametrize(
    ("fact", "takes", "refuses"),
    [
        (WORD, ["a", "b", "unknown"], ["c", "", 1, True, "A"]),
        (typed("integer"), [0, -7, 10**12, "unknown"], [1.5, True, "7", "one"]),
        (typed("number"), [0, 1.5, -2, "unknown"], [True, "1.5", float("nan"), float("inf"), 1e15]),
        (typed("date"), ["2016-07-28", "unknown"], ["2016-7-28", "2016-02-30", 20160728, "today", "20160728"]),
        (typed("text"), ["", "anything", "unknown"], [1, 1.5, True]),
    ],
)
def test_values(fact: FactName, takes: list[Any], refuses: list[Any]) -> None:
    assert [value for value in takes if fact.refuses(value)] == []
    assert [value for value in refuses if not fact.refuses(value)] == []


def test_operators() -> None:
    assert not WORD.refuses_operator("in")
    assert WORD.refuses_operator("above")
    assert not typed("date").refuses_operator("at_least")
    assert typed("number").refuses_operator("not_in")
    assert not typed("text").refuses_operator("is_not")
    assert typed("text").refuses_operator("at_most")


def test_names_of_a_scope(tmp_path: Path) -> None:
    head, _, rest = VOCABULARY.partition("facts:\n")
    lines = rest.splitlines(keepends=True)
    vocabulary = loaded(
        tmp_path, vocabulary=head + "facts:\n" + "".join(reversed(lines[:8])) + "".join(lines[8:])
    ).vocabulary
    assert vocabulary.names("letter") == ("letter.guideline_date", "letter.pages")
    assert list(vocabulary.names("item")) == sorted(vocabulary.facts)
    assert vocabulary.defaults("letter") == {"letter.guideline_date": "unknown", "letter.pages": "unknown"}
    defaults = vocabulary.defaults("item")
    assert defaults["decision.outcome"] == "none"
    assert (defaults["summary.function"], defaults["conflict.function"]) == ("silent", "no")


def test_ids_of_things(tmp_path: Path) -> None:
    vocabulary = loaded(tmp_path).vocabulary
    for value in ("aspirin", "none", "unknown"):
        assert vocabulary.refuses("item.drug", value) == ("", "")
    assert vocabulary.refuses("item.drug", "asprin") == ("asprin is no id of drugs", "did you mean aspirin?")
    assert vocabulary.refuses("item.topic", "walking") == ("", "")
    assert vocabulary.refuses("item.topic", "running")[0] == "running is no id of topics"
    assert vocabulary.refuses("item.label", "anything at all") == ("", "")


def test_what_concepts_demand_is_what_rules_may_ask_for() -> None:
    vocabulary = the_checker().rulebook.vocabulary
    demands = {c.demand for c in the_checker().knowledge.idiom.concepts.values()} - {""}
    assert len(demands) > 10
    for demand in (*demands, "none", "unknown"):
        assert vocabulary.refuses("reason.foreign", demand) == ("", "")
    assert vocabulary.refuses("reason.foreign", "surgry") == ("surgry is no id of demands", "did you mean surgery?")


@pytest.mark.parametrize(("length", "lines"), [(1000, 0), (1001, 1)])
def test_the_longest_word(tmp_path: Path, length: int, lines: int) -> None:
    when = "when: {fact: item.visits, below: 3}"
    rule = RULE.replace(when, f"when: {{fact: item.label, is: {'x' * length}}}")
    found = told(tmp_path, rule=rule)
    assert len(found) == lines
    assert all("has no text, or more than 1000 bytes" in line for line in found)


def test_lists_of_open_words_count_as_alternatives_and_closed_ones_do_not(tmp_path: Path) -> None:
    when = "when: {fact: item.visits, below: 3}"
    closed = "{fact: rationale.function, in: [denied, unclear, silent]}"
    assert told(tmp_path, rule=RULE.replace(when, f"when: {{all: [{', '.join([closed] * 9)}]}}")) == []
    words = ", ".join(f"w{n}" for n in range(9))
    two = ", ".join([f"{{fact: item.label, in: [{words}]}}"] * 2)
    (line,) = told(tmp_path, rule=RULE.replace(when, f"when: {{all: [{two}]}}"))
    assert "spells out to 81 alternatives" in line
