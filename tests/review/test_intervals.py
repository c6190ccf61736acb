"""Intervals and agreement against published values and against what must always hold."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.review.intervals import agreement, share


def table(**cells: int) -> list[tuple[str, str]]:
    """Pairs from cells named by the two answers: yn=5 is five times yes and no."""
    return [(name[0], name[1]) for name, count in cells.items() for _ in range(count)]


def test_wilson_against_the_published_example() -> None:
    """81 of 263: 0.2553 to 0.3662 (Newcombe, Stat Med 1998;17:857-872, table I, method 3)."""
    found = share(81, 263)
    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)
    none = share(0, 20)
    assert (none.low, round(none.high, 4)) == (0.0, 0.1611)


def test_nothing_counted_is_unknown() -> None:
    assert not share(0, 0).known
    assert not agreement([]).kappa.known


@given(st.integers(0, 400), st.integers(1, 400))
def test_a_share_lies_in_its_interval(count: int, more: int) -> None:
    found = share(count, count + more)
    assert 0 <= found.low <= found.value <= found.high <= 1
    mirrored = share(more, count + more)
    assert math.isclose(found.low, 1 - mirrored.high, abs_tol=1e-12)


@pytest.mark.parametrize(("count", "of"), [(3, 2), (-1, 4)])
def test_what_is_no_share_is_refused(count: int, of: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        share(count, of)


def test_agreement_against_published_values() -> None:
    """Cohen's example with 20, 5, 10, 15; and Gwet's paradox: 118, 5, 2, 0 agree on 94 % with kappa below nought."""
    found = agreement(table(yy=20, yn=5, ny=10, nn=15))
    assert round(found.kappa.value, 3) == 0.4
    paradox = agreement(table(yy=118, yn=5, ny=2))
    assert round(paradox.percent.value, 3) == 0.944
    assert round(paradox.kappa.value, 3) == -0.023
    assert round(paradox.ac1.value, 3) == 0.941


def test_three_kinds() -> None:
    """Fleiss, Cohen and Everitt's worked table (1969): kappa 0.429, its large-sample error 0.054 at 200 subjects."""
    cells = {"aa": 53, "ab": 5, "ac": 2, "ba": 11, "bb": 14, "bc": 5, "ca": 1, "cb": 6, "cc": 3}
    found = agreement([(k[0], k[1]) for k, n in cells.items() for _ in range(n)])
    assert round(found.kappa.value, 3) == 0.429
    assert found.kappa.low < 0.429 < found.kappa.high


_ANSWERS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=80)


@given(_ANSWERS)
def test_who_comes_first_does_not_matter(pairs: list[tuple[str, str]]) -> None:
    one, other = agreement(pairs), agreement([(b, a) for a, b in pairs])
    assert math.isclose(one.ac1.value, other.ac1.value, abs_tol=1e-9)
    assert math.isclose(one.ac1.low, other.ac1.low, abs_tol=1e-9)
    assert one.kappa.known == other.kappa.known
    if one.kappa.known:
        assert math.isclose(one.kappa.value, other.kappa.value, abs_tol=1e-9)
        assert math.isclose(one.kappa.high, other.kappa.high, abs_tol=1e-9)


@given(_ANSWERS)
def test_full_agreement_is_one(pairs: list[tuple[str, str]]) -> None:
    found = agreement([(a, a) for a, _ in pairs])
    assert found.percent.value == 1
    assert math.isclose(found.ac1.value, 1)
    assert not found.kappa.known or math.isclose(found.kappa.value, 1)
