"""What the search says about rules is what the judge does with every possible item."""

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.authoring import formulas
from checker.authoring.domains import ANOTHER
from checker.authoring.situations import Situation, situations
from checker.judging import Judge
from checker.judging.program import Ready
from checker.model.facts import UNKNOWN
from checker.model.findings import Result
from tests.judging import books

FACTS: dict[str, tuple[Any, ...]] = {
    "word.one": ("a", "b", "c", UNKNOWN),
    "word.two": ("yes", "no", UNKNOWN),
    "item.visits": (3, 4, 5, 6, UNKNOWN),
    "item.drug": ("x", "y", "else", UNKNOWN),
}
"""Every value that the trees below can tell apart, written out by hand."""

LEAVES = [
    {"fact": "word.one", "is": "a"},
    {"fact": "word.one", "is_not": "b"},
    {"fact": "word.one", "in": ["b", "c"]},
    {"fact": "word.two", "is": "yes"},
    {"fact": "word.two", "is_not": "yes"},
    {"fact": "item.visits", "above": 3},
    {"fact": "item.visits", "at_most": 5},
    {"fact": "item.visits", "is": 4},
    {"fact": "item.drug", "not_in": ["x"]},
    {"fact": "item.drug", "is": "y"},
]
TREES = st.recursive(
    st.sampled_from(LEAVES),
    lambda below: st.builds(
        lambda kind, nodes: {kind: nodes}, st.sampled_from(["all", "any"]), st.lists(below, min_size=1, max_size=3)
    ),
    max_leaves=5,
)


def made(applies: Any, flag: Any, excuse: Any) -> tuple[Situation, Ready, list[Result]]:
    """The rule in the only period there is, and what the judge makes of every item."""
    rule = books.rule("FAC001.x", flag, applies_to=applies, unless=[books.unless("e", excuse)])
    book = books.book(rule)
    situation = next(one for one in situations(book) if one.dated)
    judge = Judge(book, "reference")
    results = []
    for values in product(*FACTS.values()):
        item = books.facts(**dict(zip((name.replace(".", "__") for name in FACTS), values, strict=True)))
        results.append(judge.considered(item, "item")[0].result)
    return situation, situation.ready[0], results


@settings(max_examples=50)
@given(TREES, TREES, TREES)
def test_a_rule_can_flag_exactly_where_some_item_is_flagged(applies: Any, flag: Any, excuse: Any) -> None:
    situation, ready, results = made(applies, flag, excuse)
    assert (situation.find(situation.flags(ready)) is not None) == (Result.FLAGGED in results)
    assert (situation.find(situation.does_not_flag(ready)) is not None) == any(r is not Result.FLAGGED for r in results)


@settings(max_examples=50)
@given(TREES, TREES, TREES)
def test_the_world_it_shows_is_flagged_by_the_judge(applies: Any, flag: Any, excuse: Any) -> None:
    situation, ready, _ = made(applies, flag, excuse)
    world = situation.find(situation.flags(ready))
    if world is None:
        return
    values = {name.replace(".", "__"): "z" if value == ANOTHER else value for name, value in world.items()}
    judge = Judge(books.book(ready.rule), "reference")
    assert judge.considered(books.facts(**values), "item")[0].result is Result.FLAGGED


def test_numbers_of_parameters_are_those_of_the_period() -> None:
    flag = books.every(
        {"fact": "item.visits", "above": {"parameter": "walks.max"}}, {"fact": "item.visits", "below": 12}
    )
    found = {
        situation.program.numbers["walks.max"]: situation.find(situation.flags(situation.ready[0]))
        for situation in situations(books.book(books.rule("FAC001.x", flag)))
        if situation.dated
    }
    assert found[10] == {"item.visits": 11}
    assert found[12] is None


def test_a_hard_question_is_given_up_rather_than_answered_wrongly(monkeypatch: pytest.MonkeyPatch) -> None:
    situation, ready, _ = made({"any": LEAVES[:3]}, {"any": LEAVES[3:6]}, {"all": LEAVES[6:8]})
    assert situation.find(situation.flags(ready)) is not None
    monkeypatch.setattr(formulas, "MAX_STEPS", 0)
    with pytest.raises(formulas.TooManyCasesError):
        situation.find(situation.flags(ready))
