"""The reference reading: Kleene's tables, every operator, the five results, and what a trace says."""

import itertools
from typing import Any

import pytest

from checker.judging import FactsError
from checker.judging.program import Periods, Ready
from checker.judging.reference import FALSE, POSSIBLE, TRUE, Reading
from checker.model.facts import UNKNOWN, FactValue, ItemFacts
from checker.model.findings import Result, Step, Trace, Truth
from tests.judging.books import book, either, every, facts, is_, rule, unless

WORTH = {FALSE: "b", POSSIBLE: UNKNOWN, TRUE: "a"}
"""Value of word.one and its like that makes ``is: a`` false, unknown, true."""


def read(flag: dict[str, Any], item: ItemFacts, day: FactValue = UNKNOWN, **keys: Any) -> tuple[Reading, Ready]:
    program = Periods(book(rule("R", flag, **keys))).program(day)
    return Reading(item.facts, program.size), program.rules["item"][0]


def worth(tree: dict[str, Any], day: FactValue = UNKNOWN, **values: FactValue) -> int:
    reading, ready = read(tree, facts(**values), day)
    return reading.truth(ready.flag)


def result(item: ItemFacts, **keys: Any) -> Trace:
    reading, ready = read(keys.pop("flag_when"), item, **keys)
    return reading.trace(ready, item.item)


@pytest.mark.parametrize(("left", "right"), list(itertools.product(WORTH, repeat=2)))
def test_kleenes_tables(left: int, right: int) -> None:
    one, other = is_("word.one", "a"), {"fact": "item.drug", "is": "a"}
    given = {"word__one": WORTH[left], "item__drug": WORTH[right]}
    assert worth(one, **given) == left
    assert worth(every(one, other), **given) == min(left, right)
    assert worth(either(one, other), **given) == max(left, right)
    assert worth(every(one, every(other)), **given) == worth(every(other, one), **given)
    assert worth(either(every(one, other), other), **given) == right, "absorption"


def test_empty_groups() -> None:
    assert worth(every()) == TRUE


@pytest.mark.parametrize(
    ("operator", "operand", "value", "holds"),
    [
        ("is", "a", "a", True),
        ("is", "a", "b", False),
        ("is_not", "a", "a", False),
        ("is_not", "a", "b", True),
        ("in", ["a", "b"], "b", True),
        ("in", ["a", "b"], "c", False),
        ("not_in", ["a", "b"], "b", False),
        ("not_in", ["a", "b"], "c", True),
    ],
)
def test_operators_on_words(operator: str, operand: Any, value: str, holds: bool) -> None:
    leaf = {"fact": "word.one", operator: operand}
    assert worth(leaf, word__one=value) == (TRUE if holds else FALSE)
    assert worth(leaf, word__one=UNKNOWN) == POSSIBLE


@pytest.mark.parametrize(
    ("operator", "below", "equal", "above"),
    [
        ("is", False, True, False),
        ("is_not", True, False, True),
        ("above", False, False, True),
        ("at_least", False, True, True),
        ("below", True, False, False),
        ("at_most", True, True, False),
    ],
)
def test_operators_on_numbers_and_dates(operator: str, below: bool, equal: bool, above: bool) -> None:
    for name, operand, values in (
        ("item.visits", 10, (9, 10, 11)),
        ("item.dose", 2.5, (2.4999, 2.5, 2.5001)),
        ("item.dose", -1, (-2.5, -1.0, -0.5)),
        ("item.day", "2016-07-28", ("2016-07-27", "2016-07-28", "2016-07-29")),
        ("item.day", "2016-01-01", ("2009-12-31", "2016-01-01", "2016-10-01")),
    ):
        leaf = {"fact": name, operator: operand}
        got = [worth(leaf, **{name.replace(".", "__"): value}) == TRUE for value in values]
        assert got == [below, equal, above], (name, operator)
        assert worth(leaf, **{name.replace(".", "__"): UNKNOWN}) == POSSIBLE


@pytest.mark.parametrize(
    ("day", "visits", "expected"),
    [
        ("2012-01-01", 11, TRUE),
        ("2012-01-01", 10, FALSE),
        ("2016-07-28", 11, TRUE),
        ("2016-07-29", 11, FALSE),
        ("2016-07-29", 13, TRUE),
        ("2009-07-17", 99, POSSIBLE),
        (UNKNOWN, 99, POSSIBLE),
    ],
)
def test_the_day_picks_the_number(day: str, visits: int, expected: int) -> None:
    leaf = {"fact": "item.visits", "above": {"parameter": "walks.max"}}
    assert worth(leaf, day, item__visits=visits) == expected


def test_a_number_that_never_changed_needs_no_day() -> None:
    leaf = {"fact": "item.visits", "above": {"parameter": "walks.ever"}}
    assert worth(leaf, item__visits=8) == TRUE
    assert worth(leaf, item__visits=7) == FALSE
    assert worth({"fact": "item.visits", "above": {"parameter": "walks.old"}}, "2016-07-29", item__visits=8) == POSSIBLE


T, U, F = "a", UNKNOWN, "b"
N, C, X, G, D = Result.NOT_APPLICABLE, Result.CLEAR, Result.EXCEPTED, Result.FLAGGED, Result.UNDECIDED


@pytest.mark.parametrize(
    ("applies", "flag", "excuse", "expected"),
    [
        (F, F, F, N), (F, F, U, N), (F, F, T, N), (F, U, F, N), (F, U, U, N), (F, U, T, N), (F, T, F, N), (F, T, U, N),
        (F, T, T, N), (U, F, F, C), (U, F, U, C), (U, F, T, C), (U, U, F, D), (U, U, U, D), (U, U, T, X), (U, T, F, D),
        (U, T, U, D), (U, T, T, X), (T, F, F, C), (T, F, U, C), (T, F, T, C), (T, U, F, D), (T, U, U, D), (T, U, T, X),
        (T, T, F, G), (T, T, U, D), (T, T, T, X),
    ],
)  # fmt: skip
def test_the_five_results(applies: str, flag: str, excuse: str, expected: Result) -> None:
    item = facts(word__one=applies, item__drug=flag, item__label=excuse)
    trace = result(
        item,
        flag_when=is_("item.drug", "a"),
        applies_to=is_("word.one", "a"),
        unless=[unless("E", is_("item.label", "a"))],
    )
    assert trace.result is expected
    assert trace.excepted_by == ("E" if expected is X else "")
    assert bool(trace.missing) is (expected is D)
    names = {"word.one": applies, "item.drug": flag, "item.label": excuse}
    if expected is D:
        assert set(trace.missing) == {name for name, value in names.items() if value == UNKNOWN}
    assert (trace.flag is None) is (expected is N)
    assert bool(trace.exceptions) is (expected in {X, G, D})


def test_the_first_exception_that_holds_is_named() -> None:
    exceptions = [unless(f"E{n}", is_("item.label", value)) for n, value in enumerate(("x", "a", "a"))]
    trace = result(facts(item__drug="a", item__label="a"), flag_when=is_("item.drug", "a"), unless=exceptions)
    assert trace.excepted_by == "E1"
    assert [step.truth for _, step in trace.exceptions] == [Truth.FALSE, Truth.TRUE, Truth.TRUE]


def test_every_condition_is_in_the_trace_also_behind_the_one_that_decided() -> None:
    tree = every(
        is_("word.one", "a"),
        either(is_("word.two", "yes"), {"fact": "item.visits", "above": {"parameter": "walks.ever"}}),
    )
    trace = result(facts(word__one="b", word__two="yes", item__visits=9), flag_when=tree)
    assert trace.flag == Step(
        "all",
        Truth.FALSE,
        steps=(
            Step("is", Truth.FALSE, "word.one", "b", "a"),
            Step(
                "any",
                Truth.TRUE,
                steps=(
                    Step("is", Truth.TRUE, "word.two", "yes", "yes"),
                    Step("above", Truth.TRUE, "item.visits", 9, "7.5 (walks.ever)"),
                ),
            ),
        ),
    )


def test_lists_and_missing_numbers_in_the_trace() -> None:
    trace = result(facts(word__one="b"), flag_when={"fact": "word.one", "in": ["a", "b"]})
    assert trace.flag
    assert trace.flag.wanted == "a, b"
    trace = result(facts(item__visits=3), flag_when={"fact": "item.visits", "above": {"parameter": "walks.max"}})
    assert trace.flag
    assert trace.flag.wanted == "no number in force (walks.max)"
    assert trace.missing == ("letter.guideline_date",)


def test_what_held_leaves_failed_branches_out() -> None:
    tree = either(every(is_("word.one", "a"), is_("word.two", "no")), is_("word.six", "p"), is_("item.drug", "a"))
    reading, ready = read(tree, facts(word__one="a", word__two="yes", word__six="p", item__drug="a"))
    assert [condition.fact for condition in reading.held(ready.flag)] == ["word.six", "item.drug"]


def test_missing_names_only_what_matters() -> None:
    tree = every(either(is_("word.one", "a"), is_("word.two", "yes")), is_("item.drug", "a"))
    trace = result(facts(word__one=UNKNOWN, word__two="yes", item__drug=UNKNOWN), flag_when=tree)
    assert trace.missing == ("item.drug",)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2009-07-17", Result.NOT_APPLICABLE),
        ("2009-07-18", Result.FLAGGED),
        ("2016-07-28", Result.FLAGGED),
        ("2016-07-29", Result.NOT_APPLICABLE),
        (UNKNOWN, Result.FLAGGED),
    ],
)
def test_a_rule_holds_from_its_first_to_its_last_day(day: str, expected: Result) -> None:
    item = facts(letter__guideline_date=day)
    trace = result(item, day=day, flag_when=is_("word.one", "a"), effective={"from": "2009-07-18", "to": "2016-07-28"})
    assert trace.result is expected
    assert trace.applies.kind == "all"
    assert [step.kind for step in trace.applies.steps] == ["at_least", "at_most"]
    assert (trace.applies.truth is Truth.FALSE) is (expected is Result.NOT_APPLICABLE)


def test_a_fact_that_is_not_there_is_an_error() -> None:
    item = facts()
    poor = ItemFacts(1, {name: fact for name, fact in item.facts.items() if name != "word.one"})
    reading, ready = read(is_("word.one", "a"), poor)
    with pytest.raises(FactsError, match=r"fact word\.one: is not among the facts of the item"):
        reading.result(ready)


def test_equal_conditions_are_one() -> None:
    leaf = is_("word.one", "a")
    rules = [rule(f"R{n}", every(leaf, is_("word.two", "yes")), applies_to=every(leaf)) for n in range(5)]
    program = Periods(book(*rules)).program(UNKNOWN)
    assert program.size == 4
    assert len({ready.flag.index for ready in program.rules["item"]}) == 1
