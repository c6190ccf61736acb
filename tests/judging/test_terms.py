"""What the engine is told of facts and comparisons, read here without the engine."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.judging import FactsError
from checker.judging.program import Condition, Periods
from checker.judging.terms import LIMIT, OTHER, SMALLEST, Encoding, Term, Terms, conflict, encoding, number, tidy
from checker.model.facts import UNKNOWN, FactValue
from tests.judging.books import NAMES, book, rule

MANY = tuple(f"w{n}" for n in range(20))


def condition(name: str, operator: str, operand: Any) -> Condition:
    program = Periods(book(rule("R", {"fact": name, operator: operand}))).program(UNKNOWN)
    flag = program.rules["item"][0].flag
    assert isinstance(flag, Condition)
    return flag


def told(encoded: Encoding, value: FactValue) -> dict[str, Any]:
    """The fact as the engine reads it."""
    members: dict[str, Any] = json.loads("{" + encoded.told(value) + "}")
    return members


def holds(alternatives: tuple[Terms, ...], fact: dict[str, Any]) -> bool:
    """What the engine does with terms, by its documentation."""
    compare = {
        "==": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
    }
    return any(all(compare[op](fact[name], operand) for op, name, operand in terms) for terms in alternatives)


WORDS = [("is", "a"), ("is_not", "a"), ("in", ["a", "b"]), ("not_in", ["a", "b"]), ("in", ["a"])]
NUMBERS = ["is", "is_not", "above", "at_least", "below", "at_most"]


@pytest.mark.parametrize(("operator", "operand"), WORDS)
@pytest.mark.parametrize("name", ["word.one", "item.drug"])
def test_words(name: str, operator: str, operand: Any) -> None:
    leaf = condition(name, operator, operand)
    encoded = encoding(name, NAMES[name], {"a", "b"})
    for value in ("a", "b", "c"):
        fact = told(encoded, value)
        assert holds(encoded.surely(leaf), fact) is leaf.test(value)
        assert holds(encoded.possibly(leaf), fact) is leaf.test(value)
    unknown = told(encoded, UNKNOWN)
    assert not holds(encoded.surely(leaf), unknown)
    assert holds(encoded.possibly(leaf), unknown)
    assert holds(((encoded.is_unknown,),), unknown)
    assert not holds(((encoded.is_unknown,),), told(encoded, "a"))


@pytest.mark.parametrize(
    ("operator", "operand"), [("is", "w3"), ("in", list(MANY[:15])), ("in", list(MANY[:2])), ("not_in", list(MANY[:2]))]
)
def test_long_lists_of_words(operator: str, operand: Any) -> None:
    leaf = condition("item.drug", operator, operand)
    encoded = encoding("item.drug", NAMES["item.drug"], set(MANY))
    for value in (*MANY, "elsewhere"):
        fact = told(encoded, value)
        assert holds(encoded.surely(leaf), fact) is leaf.test(value)
        assert holds(encoded.possibly(leaf), fact) is leaf.test(value)
    assert holds(encoded.possibly(leaf), told(encoded, UNKNOWN))
    assert not holds(encoded.surely(leaf), told(encoded, UNKNOWN))


def test_a_closed_list_never_makes_alternatives() -> None:
    for operator, operand in (("in", ["p", "q", "r"]), ("not_in", ["p"]), ("is", "p"), ("is_not", "p")):
        leaf = condition("word.six", operator, operand)
        encoded = encoding("word.six", NAMES["word.six"], set())
        assert len(encoded.surely(leaf)) == 1
        assert len(encoded.possibly(leaf)) == 1


VALUES = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=True) | st.integers(-3, 12)


@pytest.mark.parametrize("operator", NUMBERS)
@given(value=VALUES, operand=st.sampled_from([0, 1, 10, 2.5, -1, 0.001, 0.125, 10**12, -(10**12), 0.3]))
def test_numbers(operator: str, value: float, operand: float) -> None:
    leaf = condition("item.dose", operator, operand)
    encoded = encoding("item.dose", NAMES["item.dose"], set())
    fact = told(encoded, value)
    assert holds(encoded.surely(leaf), fact) is leaf.test(value)
    assert holds(encoded.possibly(leaf), fact) is leaf.test(value)
    assert all(type(printed) in {int, float} for printed in fact.values())
    assert "e" not in encoded.told(value).replace("item/dose", ""), "the engine drops a batch at an exponent"


@pytest.mark.parametrize("operator", NUMBERS)
def test_unknown_numbers(operator: str) -> None:
    for name, operand in (("item.dose", 10), ("item.day", "2016-07-28"), ("item.visits", 0)):
        leaf = condition(name, operator, operand)
        encoded = encoding(name, NAMES[name], set())
        unknown = told(encoded, UNKNOWN)
        assert not holds(encoded.surely(leaf), unknown)
        assert holds(encoded.possibly(leaf), unknown)
        assert holds(((encoded.is_unknown,),), unknown)


@pytest.mark.parametrize("operator", NUMBERS)
@given(value=st.dates().map(str))
def test_dates(operator: str, value: str) -> None:
    leaf = condition("item.day", operator, "2016-07-28")
    encoded = encoding("item.day", NAMES["item.day"], set())
    assert holds(encoded.surely(leaf), told(encoded, value)) is leaf.test(value)
    assert holds(encoded.possibly(leaf), told(encoded, value)) is leaf.test(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("word.one", "d"),
        ("word.one", 1),
        ("word.one", True),
        ("item.drug", 3),
        ("item.drug", True),
        ("item.visits", "3"),
        ("item.visits", True),
        ("item.dose", math.nan),
        ("item.day", "28 July 2016"),
        ("item.day", "2016-7-28"),
        ("item.day", 20160728),
    ],
)
def test_a_value_that_the_vocabulary_does_not_know_is_an_error(name: str, value: FactValue) -> None:
    with pytest.raises(FactsError) as caught:
        encoding(name, NAMES[name], {"a"}).told(value)
    assert caught.value.name == name
    assert "July" not in str(caught.value), "an error quotes no letter"


def test_what_the_engine_gets() -> None:
    assert told(encoding("item.drug", NAMES["item.drug"], {'"'}), "x y") == {"item/drug": OTHER}
    assert told(encoding("item.drug", NAMES["item.drug"], {'"'}), '"') == {"item/drug": '"'}
    assert told(encoding("item.visits", NAMES["item.visits"], set()), 3) == {"item/visits": 3, "item/visits~": 3}
    unknown = told(encoding("item.visits", NAMES["item.visits"], set()), UNKNOWN)
    assert unknown == {"item/visits": -LIMIT, "item/visits~": LIMIT}
    assert number(1e-9) == SMALLEST
    assert number(-1e-9) == -SMALLEST
    assert number(0.0) == 0
    assert type(number(3.0)) is int
    assert number(1e300) == LIMIT - 1
    assert number("2016-07-28") == 20160728


def test_without_a_number_in_force() -> None:
    leaf = condition("item.visits", "above", {"parameter": "walks.max"})
    encoded = encoding("item.visits", NAMES["item.visits"], set())
    assert encoded.surely(leaf) == ()
    assert encoded.possibly(leaf) == ((),)


def test_conflicts_and_tidying() -> None:
    a, b, not_a, other = ("==", "x", "a"), ("==", "x", "b"), ("!=", "x", "a"), ("!=", "y", "a")
    assert conflict((a, b))
    assert conflict((a, not_a))
    assert not conflict((b, not_a, other))

    def rank(term: Term) -> Any:
        return term

    assert tidy((other, b, not_a, b), rank) == (other, b), "what an equality says already is left out"
