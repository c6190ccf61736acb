"""The shape of what is handed to the engine."""

import itertools
from collections.abc import Mapping
from typing import Any

import pytest

from checker.judging import EngineRefusal, FactsError
from checker.judging.compile import (
    MAX_BINS,
    MAX_NAMES,
    MAX_WAITING,
    Plan,
    _bins,
    _worst,
    fnv1a,
    plans,
    refuse_collisions,
)
from checker.judging.program import Periods
from checker.judging.terms import Terms
from checker.knowledge.vocabulary import FactName, Vocabulary
from checker.model.facts import UNKNOWN, Fact
from tests.judging.books import NAMES, VOCABULARY, book, either, every, facts, is_, rule, unless


def planned(*rules: Any, vocabulary: Vocabulary = VOCABULARY) -> list[Plan]:
    ready = Periods(book(*rules, vocabulary=vocabulary)).program(UNKNOWN).rules["item"]
    return list(plans(ready, vocabulary))


def in_full(plan: Plan, told: Mapping[str, Fact]) -> str:
    """The facts as the engine gets them where something is said of each."""
    return plan.fact(told, told.keys())


def wide(names: int) -> Vocabulary:
    closed = FactName(scope="item", values=("a", "b"), default="b", meaning="x", origin="x")
    return Vocabulary(NAMES | {f"wide.w{n}": closed for n in range(names)}, {}, {})


def asked(plan: Plan) -> set[Terms]:
    """The terms of each native rule behind the guard that each has first."""
    assert all(terms[0][0] == "==" and terms[0][1] in plan.guards for terms in plan.native.values())
    return {terms[1:] for terms in plan.native.values()}


def test_a_rule_of_two_conditions() -> None:
    (plan,) = planned(rule("R", every(is_("word.one", "b"), {"fact": "item.visits", "above": 3})))
    assert asked(plan) == {
        (("==", "word/one", "b"), (">", "item/visits", 3)),
        (("!=", "word/one", "c"), ("missing", "item/visits", 1)),
        (("==", "word/one", "unknown"), (">", "item/visits", 3)),
        (("==", "word/one", "unknown"), ("missing", "item/visits", 1)),
    }
    assert plan.guards == ("g0",)
    assert in_full(plan, facts(word__one="c", item__visits=4).facts) == '"item/visits":4,"word/one":"c","g0":1'


def test_a_default_is_not_told() -> None:
    """It is ``a`` of ``word.one``: what asks for it asks that the fact be missing, or the mark of all that differs."""
    flag = either(is_("word.one", "a"), {"fact": "word.one", "in": ["a", "b"]})
    (plan,) = planned(rule("R", flag))
    assert asked(plan) == {
        (("missing", "word/one", 1),),
        (("missing", "word/one!0", 1),),
        (("==", "word/one", "unknown"),),
    }
    told = {value: in_full(plan, facts(word__one=value).facts) for value in ("a", "b", "c", UNKNOWN)}
    assert told == {
        "a": '"g0":1',
        "b": '"word/one":"b","g0":1',
        "c": '"word/one":"c","word/one!0":1,"g0":1',
        UNKNOWN: '"word/one":"unknown","word/one!0":1,"g0":1',
    }


def test_what_is_not_spoken_of_is_not_told() -> None:
    (plan,) = planned(rule("R", every(is_("word.one", "a"), {"fact": "item.visits", "above": 3})))
    told = facts(word__one="c", item__visits=4).facts
    assert plan.fact(told, {"item.visits", "word.two"}) == '"item/visits":4,"g0":1'
    nothing = plan.fact(told, set())
    assert nothing == in_full(plan, told | {n: Fact(n, VOCABULARY.facts[n].default) for n in plan.told}) == '"g0":1'


def test_alternatives_become_native_rules_and_impossible_ones_none() -> None:
    tree = every(is_("word.one", "c"), either(is_("word.one", "b"), is_("word.two", "no")))
    (plan,) = planned(rule("R", tree))
    sure = [terms for terms in asked(plan) if not any(term[2] == "unknown" for term in terms)]
    assert [set(terms) for terms in sure] == [{("==", "word/one", "c"), ("==", "word/two", "no")}]


def test_rules_share_what_they_have_in_common() -> None:
    applies = is_("word.one", "a")
    rules = [rule(f"R{n}", is_("word.six", value), applies_to=applies) for n, value in enumerate("pqrstu")]
    (plan,) = planned(*rules)
    firing = [places for places in plan.applying.values() if places]
    assert firing == [tuple(range(6)), tuple(range(6))], "one surely and one possibly for all six"


def test_equalities_come_first() -> None:
    tree = every({"fact": "word.six", "is_not": "p"}, {"fact": "item.visits", "below": 3}, is_("word.two", "yes"))
    (plan,) = planned(rule("R", tree, unless=[unless("E", is_("word.one", "a"))]))
    for terms in plan.native.values():
        kinds = [{"==": 0, "!=": 2, "missing": 3}.get(op, 1) for op, _, _ in terms]
        assert kinds == sorted(kinds)


def test_many_rules_are_put_behind_guards() -> None:
    vocabulary = wide(100)
    rules = [rule(f"R{n:03}", {"fact": f"wide.w{n}", "is_not": "a"}) for n in range(100)]
    (plan,) = planned(*rules, vocabulary=vocabulary)
    assert 2 <= len(plan.guards) <= MAX_BINS
    behind: dict[str, list[Any]] = {}
    for terms in plan.native.values():
        operator, guard, one = terms[0]
        assert (operator, one) == ("==", 1)
        behind.setdefault(guard, []).append(terms[1:])
    assert set(behind) == set(plan.guards)
    assert in_full(plan, facts(names=vocabulary.facts).facts).endswith(
        '"g0":1,"g1":1' if len(plan.guards) == 2 else ":1"
    )
    assert all(_worst(sorted(terms, key=repr))[0] <= MAX_WAITING for terms in behind.values())


def test_as_many_as_may_wait_need_no_guard() -> None:
    def natives(number: int) -> list[Any]:
        return [((("!=", "x", f"{n:03}"),), ((1, n, 0),)) for n in range(number)]

    assert [len(part) for part in _bins(natives(MAX_WAITING))] == [MAX_WAITING]
    assert len(list(_bins(natives(MAX_WAITING + 1)))) == 2


def test_more_names_than_the_engine_takes_part_the_rules() -> None:
    vocabulary = wide(400)
    rules = [rule(f"R{n:03}", is_(f"wide.w{n}", "a")) for n in range(400)]
    made = planned(*rules, vocabulary=vocabulary)
    assert len(made) == 2
    assert sorted(ready.rule.id for plan in made for ready in plan.rules) == [each.id for each in rules]
    assert all(len(plan.told) <= MAX_NAMES for plan in made)
    with pytest.raises(EngineRefusal, match="R: the rule is too large for the engine; split it"):
        planned(rule("R", every(*(is_(f"wide.w{n}", "a") for n in range(300)))), vocabulary=vocabulary)


def test_parted_rules_about_one_thing_stay_together() -> None:
    closed = FactName(scope="item", values=("a", "b"), default="b", meaning="x", origin="x")
    told = {f"{part}.w{n:03}": closed for n in range(200) for part in ("summary", "rationale")}
    vocabulary = Vocabulary(NAMES | told, {}, {})
    rules = [
        rule(f"{part}{n:03}", is_(f"{part}.w{n:03}", "a")) for part in ("rationale", "summary") for n in range(200)
    ]
    made = planned(*rules, vocabulary=vocabulary)
    assert [len(plan.told) for plan in made] == [200, 200]
    for plan in made:
        subjects = [ready.rule.id[-3:] for ready in plan.rules]
        assert subjects == sorted(subjects)
        assert all(subjects.count(subject) == 2 for subject in subjects)


def test_marks_count_as_members_of_a_fact() -> None:
    vocabulary = wide(200)
    plain = [rule(f"R{n:03}", is_(f"wide.w{n}", "a")) for n in range(200)]
    marked = [rule(f"R{n:03}", {"fact": f"wide.w{n}", "is_not": "a"}) for n in range(200)]
    assert [len(plan.told) for plan in planned(*plain, vocabulary=vocabulary)] == [200]
    assert [len(plan.told) for plan in planned(*marked, vocabulary=vocabulary)] == [100, 100]


def test_an_explosion_is_refused() -> None:
    pairs = [either(is_("word.one", "a"), is_("word.two", "yes"), is_("word.six", "p")) for _ in range(9)]
    with pytest.raises(EngineRefusal, match="more than 1024 alternatives"):
        planned(rule("R", every(*pairs)))


def test_a_rule_that_needs_no_fact() -> None:
    (plan,) = planned(rule("R", {"fact": "item.visits", "above": {"parameter": "walks.max"}}))
    assert plan.native == {}
    assert [result.value for result in plan.results([])] == ["undecided"]


def test_the_stack_of_the_engine_in_the_worst_case() -> None:
    a, b, c = ("==", "x", "a"), ("==", "x", "b"), ("==", "y", "a")
    assert _worst([(a,), (b,)]) == (1, 2), "one name is equal to one word at most"
    assert _worst([(a,), (c,)]) == (2, 2)
    assert _worst([(("!=", "x", "a"),), (("!=", "x", "b"),)]) == (2, 2)
    deep = [(a, *rest) for rest in itertools.product([c], [(">", "z", n) for n in range(5)])]
    assert _worst(sorted(deep)) == (5, 5)
    assert _worst(sorted([*deep, (("==", "w", "q"),)])) == (6, 5), "the other head waits meanwhile"


def test_names_that_are_one_to_the_engine() -> None:
    assert fnv1a("") == 2166136261
    assert fnv1a("a") == 0xE40C292C
    assert fnv1a("item-352798") == fnv1a("item-1023240")
    with pytest.raises(EngineRefusal, match="item-352798 and item-1023240 are one name to the engine"):
        refuse_collisions(["x", "item-352798", "item-1023240"])
    refuse_collisions(["x", "y", "x"])
    for name in ("id", "sid", "$s", "session"):
        with pytest.raises(EngineRefusal, match="keeps this name for itself"):
            refuse_collisions([name])


def test_facts_that_the_vocabulary_does_not_know() -> None:
    (plan,) = planned(rule("R", is_("word.one", "a")))
    item = facts()
    with pytest.raises(FactsError):
        in_full(plan, dict(item.facts) | {"word.one": Fact("word.one", "z")})
