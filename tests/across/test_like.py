"""Like cases: what makes a key group, what counts among it, and how far two patterns lie apart."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.across.case import Case
from checker.across.like import Among, LikeCases, Patterns, distance
from checker.across.store import Store
from tests.across.letters import case, settings

LIKE = settings().like
D, N, M = "documented", "denied", "not_documented"
SAME = {"a": M, "b": D}


def among(cases: Iterable[Case], of: int = 0) -> tuple[Among, Among] | None:
    with Store() as store:
        for each in cases:
            store.add(each)
        return LikeCases(store, store.ordered(), LIKE).of(of)


def like(*cases: Case, of: int = 0) -> Among:
    found = among(cases, of)
    assert found is not None
    return found[0]


def apart(a: dict[str, str], b: dict[str, str], **known: dict[str, str]) -> float | None:
    patterns = Patterns(LIKE)
    one, other = case("one", statuses=a, known=known.get("one")), case("two", statuses=b, known=known.get("two"))
    return distance(patterns.of(one), patterns.of(other))


def test_equal_statuses_have_no_distance() -> None:
    assert apart({"a": M, "b": D}, {"b": D, "a": M}) == 0


def test_what_only_one_rationale_says_is_the_distance() -> None:
    assert apart({"a": M, "b": D}, {"a": M, "b": D, "c": N}) == pytest.approx(1 / 3)


def test_denied_and_not_documented_are_not_the_same_and_no_opposites() -> None:
    assert apart({"a": M, "b": D}, {"a": N, "b": D}) == pytest.approx(2 / 3)


@pytest.mark.parametrize("other", [N, M])
def test_cases_that_differ_in_a_deciding_criterion_are_not_alike(other: str) -> None:
    assert apart({"a": M, "b": D}, {"a": M, "b": other}) is None


def test_the_record_of_one_case_stands_against_the_rationale_of_the_other() -> None:
    assert apart({"a": M}, {"a": M, "b": D}, one={"b": N}) is None
    assert apart({"a": M}, {"a": M, "b": D}, one={"b": D}) == pytest.approx(1 / 2)


def test_what_is_said_both_ways_stands_against_anything() -> None:
    assert apart({"a": M, "b": "unclear"}, {"a": M, "b": D}) is None
    assert apart({"a": M, "b": "unclear"}, {"a": M}) == 0


def test_nothing_in_common_is_no_neighbour() -> None:
    assert apart({"a": M}, {"b": M}) is None
    assert apart({}, {}) is None


STATUS = st.sampled_from([D, N, M, "unclear"])
STATUSES = st.dictionaries(st.sampled_from("abcdef"), STATUS, max_size=6)


@given(STATUSES, STATUSES)
def test_distance_is_symmetric_and_a_share(a: dict[str, str], b: dict[str, str]) -> None:
    there, back = apart(a, b), apart(b, a)
    assert there == back
    assert there is None or 0 <= there < 1


def test_a_case_is_counted_among_the_others() -> None:
    group = like(
        case("one", "upheld", SAME),
        case("two", "overturned", SAME),
        case("three", "upheld", SAME),
        case("four", "upheld", SAME),
    )
    assert (group.cases, group.otherwise) == (3, 1)
    assert group.tally == (("refused", 3), ("approved", 1))
    assert group.beside == ((0.0, 1),)


def test_cases_decided_alike_are_no_matter() -> None:
    assert among([case("one", "upheld", SAME), case("two", "upheld", SAME)]) is None


@pytest.mark.parametrize("key", ["other", ""])
def test_another_key_or_none_is_compared_with_nothing(key: str) -> None:
    assert among([case("one", "upheld", SAME), case("two", "overturned", SAME, key=key)]) is None
    assert among([case("one", "upheld", SAME, key=""), case("two", "overturned", SAME, key="")]) is None


def test_outcomes_that_are_not_compared_count_for_nothing() -> None:
    assert among([case("one", "upheld", SAME), case("two", "partially-overturned", SAME)]) is None


def test_two_items_of_one_letter_are_not_laid_beside_each_other() -> None:
    one = case("one", "upheld", SAME, number="CM1", text="t", item=1)
    two = case("one", "overturned", SAME, number="CM1", text="t", item=2)
    group = like(one, two)
    assert (group.cases, group.otherwise, group.beside) == (0, 0, ())


def test_a_copy_of_a_letter_is_no_second_case() -> None:
    one = case("one", "upheld", SAME)
    group = like(one, case("two", "overturned", SAME), case("copy", "overturned", SAME, number="two", text="two"))
    assert (group.cases, group.otherwise, len(group.beside)) == (1, 1, 1)


def test_one_case_decided_twice_is_two_letters() -> None:
    one = case("first", "upheld", SAME, number="CM1", text="first")
    group = like(one, case("second", "overturned", SAME, number="CM1", text="second"))
    assert (group.cases, group.otherwise) == (1, 1)
    assert group.beside == ((0.0, 1),)


def test_no_more_letters_are_shown_than_are_stated() -> None:
    others = [case(f"other {n}", "overturned", SAME) for n in range(40)]
    group = like(case("one", "upheld", SAME), *others)
    assert (group.cases, group.otherwise, len(group.beside)) == (40, 40, LIKE.shown)


def test_the_nearest_are_shown_first_and_strangers_not_at_all() -> None:
    own = {"a": M, "b": D, "c": M}
    near = case("near", "overturned", {**own, "d": D})
    far = case("far", "overturned", {"a": M, "x": D, "y": D})
    found = among([case("one", "upheld", own), far, near])
    assert found is not None
    assert found[0].otherwise == 0
    assert found[1].beside == ((0.25, 2),)


@given(st.permutations(range(9)))
def test_what_is_found_does_not_depend_on_the_order(order: list[int]) -> None:
    cases = [
        case(f"case {n}", "upheld" if n % 3 else "overturned", SAME | ({"c": D} if n % 2 else {})) for n in range(9)
    ]
    shuffled = [cases[n] for n in order]
    for n, each in enumerate(cases):
        expected, got = among(cases, n), among(shuffled, order.index(n))
        assert expected is not None
        assert got is not None
        for a, b in zip(expected, got, strict=True):
            assert (a.cases, a.otherwise, a.tally) == (b.cases, b.otherwise, b.tally)
            assert [(d, cases[r].doc) for d, r in a.beside] == [(d, shuffled[r].doc) for d, r in b.beside], each.doc
