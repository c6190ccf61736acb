"""What the engine is told of facts and comparisons, read here without the engine."""

import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.judging import FactsError
from checker.judging.compile import _marked, _marks
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
    """The fact as the engine reads it where no mark is needed."""
    members: dict[str, Any] = json.loads("{" + encoded.teller({encoded.name}, {})(value) + "}")
    return members


def holds(encoded: Encoding, alternatives: tuple[Terms, ...], value: FactValue) -> bool:
    """What the engine does with terms and a fact, by its documentation and its source."""
    marks = _marks(alternatives)
    spelled = [tuple(_marked(terms, marks)) for terms in alternatives]
    used = {name for terms in spelled for _, name, _ in terms}
    fact = json.loads("{" + encoded.teller(used, marks.get(encoded.name, {}))(value) + "}")
    assert len(fact) <= encoded.most(used, marks.get(encoded.name, {}))
    compare = {
        "==": lambda a, b: a == b,
        "!=": lambda a, b: a != b,
        ">": lambda a, b: a > b,
        ">=": lambda a, b: a >= b,
        "<": lambda a, b: a < b,
        "<=": lambda a, b: a <= b,
        "told": lambda _, __: True,
    }

    def one(operator: str, name: str, operand: Any) -> bool:
        if operator == "missing":
            return name not in fact
        return name in fact and compare[operator](fact[name], operand)

    return any(all(one(*term) for term in terms) for terms in spelled)


WORDS = [("is", "a"), ("is_not", "a"), ("in", ["a", "b"]), ("not_in", ["a", "b"]), ("in", ["a"])]
NUMBERS = ["is", "is_not", "above", "at_least", "below", "at_most"]


@pytest.mark.parametrize(("operator", "operand"), WORDS)
@pytest.mark.parametrize("name", ["word.one", "item.drug"])
def test_words(name: str, operator: str, operand: Any) -> None:
    leaf = condition(name, operator, operand)
    encoded = encoding(name, NAMES[name], {"a", "b"})
    for value in ("a", "b", "c"):
        assert holds(encoded, encoded.surely(leaf), value) is leaf.test(value)
        assert holds(encoded, encoded.possibly(leaf), value) is leaf.test(value)
    assert not holds(encoded, encoded.surely(leaf), UNKNOWN)
    assert holds(encoded, encoded.possibly(leaf), UNKNOWN)
    assert holds(encoded, ((encoded.is_unknown,),), UNKNOWN)
    assert not holds(encoded, ((encoded.is_unknown,),), "a")


@pytest.mark.parametrize(
    ("operator", "operand"), [("is", "w3"), ("in", list(MANY[:15])), ("in", list(MANY[:2])), ("not_in", list(MANY[:2]))]
)
def test_long_lists_of_words(operator: str, operand: Any) -> None:
    leaf = condition("item.drug", operator, operand)
    encoded = encoding("item.drug", NAMES["item.drug"], set(MANY))
    for value in (*MANY, "elsewhere"):
        assert holds(encoded, encoded.surely(leaf), value) is leaf.test(value)
        assert holds(encoded, encoded.possibly(leaf), value) is leaf.test(value)
    assert holds(encoded, encoded.possibly(leaf), UNKNOWN)
    assert not holds(encoded, encoded.surely(leaf), UNKNOWN)


def test_a_closed_list_never_makes_alternatives() -> None:
    for operator, operand in (("in", ["p", "q", "r"]), ("not_in", ["p"]), ("is", "p"), ("is_not", "p")):
        leaf = condition("word.six", operator, operand)
        encoded = encoding("word.six", NAMES["word.six"], set())
        assert len(encoded.surely(leaf)) == 1
        assert len(encoded.possibly(leaf)) == 1


VALUES = st.integers(-(10**20), 10**20) | st.floats(allow_nan=False, allow_infinity=True) | st.integers(-3, 12)


@pytest.mark.parametrize("operator", NUMBERS)
@pytest.mark.parametrize("name", ["item.dose", "item.share"])
@given(value=VALUES, operand=st.sampled_from([0, 1, 10, 2.5, -1, 0.001, 0.125, 10**12, -(10**12), 0.3]))
def test_numbers(name: str, operator: str, value: float, operand: float) -> None:
    leaf = condition(name, operator, operand)
    encoded = encoding(name, NAMES[name], set())
    fact = told(encoded, value)
    assert holds(encoded, encoded.surely(leaf), value) is leaf.test(value)
    assert holds(encoded, encoded.possibly(leaf), value) is leaf.test(value)
    assert all(type(printed) in {int, float} for printed in fact.values())
    printed = encoded.teller(set(), {})(value).replace(encoded.name, "")
    assert "e" not in printed, "the engine drops a batch at an exponent"


@pytest.mark.parametrize("operator", NUMBERS)
def test_unknown_numbers(operator: str) -> None:
    for name, operand in (("item.dose", 10), ("item.day", "2016-07-28"), ("item.visits", 0), ("item.cases", 0)):
        leaf = condition(name, operator, operand)
        encoded = encoding(name, NAMES[name], set())
        assert not holds(encoded, encoded.surely(leaf), UNKNOWN)
        assert holds(encoded, encoded.possibly(leaf), UNKNOWN)
        assert holds(encoded, ((encoded.is_unknown,),), UNKNOWN)


@pytest.mark.parametrize("operator", NUMBERS)
@given(value=st.dates().map(str))
def test_dates(operator: str, value: str) -> None:
    leaf = condition("item.day", operator, "2016-07-28")
    encoded = encoding("item.day", NAMES["item.day"], set())
    assert holds(encoded, encoded.surely(leaf), value) is leaf.test(value)
    assert holds(encoded, encoded.possibly(leaf), value) is leaf.test(value)


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
        encoding(name, NAMES[name], {"a"}).teller({name}, {})(value)
    assert caught.value.name == name
    assert "July" not in str(caught.value), "an error quotes no letter"


def test_what_the_engine_gets() -> None:
    assert told(encoding("item.drug", NAMES["item.drug"], {'"', "none"}), "x y") == {"item/drug": OTHER}
    assert told(encoding("item.drug", NAMES["item.drug"], {'"'}), "x y") == {}, "like the default, no word of a rule"
    assert told(encoding("item.drug", NAMES["item.drug"], {'"'}), '"') == {"item/drug": '"'}
    visits = encoding("item.visits", NAMES["item.visits"], set())
    assert told(visits, 3) == {"item/visits": 3}
    assert told(visits, UNKNOWN) == {}, "nothing is said of it"
    cases = encoding("item.cases", NAMES["item.cases"], set())
    assert told(cases, 3) == {"item/cases": 3, "item/cases~": 3}
    assert told(cases, UNKNOWN) == {"item/cases": -LIMIT, "item/cases~": LIMIT}
    assert told(cases, 0) == {}
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

    missing, told_, unlike = ("missing", "x", 1), ("told", "x", 1), ("unlike", "x", ("a", "c"))
    assert conflict((missing, a))
    assert conflict((not_a, missing))
    assert conflict((told_, missing))
    assert not conflict((missing, unlike, other))
    assert conflict((a, unlike))
    assert not conflict((b, unlike))
    assert not conflict((other, unlike))
    assert tidy((unlike, missing), rank) == (missing,)
    assert tidy((unlike, b, told_), rank) == (b,)
    assert tidy((unlike, not_a), rank) == (not_a, unlike)
