"""Samples: anybody draws the same again, no stratum is left out, and the projection is honest about what it knows."""

import math
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.review.frame import By, Plan, sample_of
from checker.review.sampling import Allocation, Stratum, Unit, draw, projected

_FRAMES = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 3), st.sampled_from(["", "a", "b", "c"])), max_size=60
).map(lambda rows: [Unit(f"L{doc}", "00", item, of) for (doc, item), of in {(d, i): s for d, i, s in rows}.items()])


def frame(**sizes: int) -> list[Unit]:
    return [Unit(f"{name}{n}", "00", 1, name) for name, size in sizes.items() for n in range(size)]


@given(_FRAMES, st.integers(0, 70), st.sampled_from(Allocation), st.randoms())
def test_the_order_of_the_frame_does_not_matter(
    units: list[Unit], size: int, how: Allocation, dice: random.Random
) -> None:
    drawn = draw(units, size, "2026-Q1", how)
    mixed = list(units)
    dice.shuffle(mixed)
    assert draw(mixed, size, "2026-Q1", how) == drawn
    assert len(drawn.units) == min(size, len(units)) == len(set(drawn.units))
    assert set(drawn.units) <= set(units)
    assert all(s.drawn <= s.frame for s in drawn.strata)


@given(_FRAMES, st.integers(0, 30))
def test_a_larger_simple_sample_holds_the_smaller(units: list[Unit], size: int) -> None:
    simple = [Unit(u.doc, u.sha256, u.item) for u in units]
    assert set(draw(simple, size, "s").units) <= set(draw(simple, size + 5, "s").units)


def test_strata_of_what_a_letter_does_not_say_have_a_name_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = {"category": None, "topic": None, "specialties": [], "decision_date": None}
    row = {"doc": "a", "sha256": "00", "item": 1, "errors": 0, "warnings": 0, "notes": 0, "outcome": "none", **empty}
    monkeypatch.setattr("checker.batch.tables.rows_of", lambda path, columns: iter([row]))
    named = [unit.stratum for by in By for unit in sample_of(Path("run"), Plan(1, "s", by=by)).units]
    assert named == ["", "no outcome", "no category", "no topic", "no specialty", "no decision date"]


def test_another_seed_draws_others() -> None:
    units = frame(a=200)
    one, other = draw(units, 20, "1"), draw(units, 20, "2")
    assert set(one.units) != set(other.units)
    assert one.frame_sha256 == other.frame_sha256


def test_every_unit_is_drawn_equally_often() -> None:
    units = frame(a=20)
    drawn = [u for seed in range(2000) for u in draw(units, 5, str(seed)).units]
    counts = [drawn.count(u) for u in units]
    expected = 500
    chi2 = sum((c - expected) ** 2 / expected for c in counts)
    assert chi2 < 43.8  # 99.9 % of chi-squared with 19 degrees; the draw is fixed, so this never wavers


@pytest.mark.parametrize(
    ("how", "size", "expected"),
    [
        (Allocation.PROPORTIONAL, 10, {"a": 6, "b": 3, "c": 1}),
        (Allocation.EQUAL, 10, {"a": 4, "b": 3, "c": 3}),
        (Allocation.EQUAL, 40, {"a": 18, "b": 17, "c": 5}),
        (Allocation.PROPORTIONAL, 500, {"a": 60, "b": 30, "c": 5}),
    ],
)
def test_shares_of_strata(how: Allocation, size: int, expected: dict[str, int]) -> None:
    drawn = draw(frame(a=60, b=30, c=5), size, "s", how)
    assert {s.name: s.drawn for s in drawn.strata} == expected


def test_a_unit_twice_in_the_frame_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        draw([Unit("A", "00", 1, "x"), Unit("A", "00", 1, "y")], 1, "s")


def test_a_projection_weighs_the_strata() -> None:
    strata = [Stratum("big", 900, 30), Stratum("small", 100, 30)]
    found = projected({"big": 3, "small": 15}, strata)
    assert math.isclose(found.value, 0.9 * 0.1 + 0.1 * 0.5)
    assert found.low < found.value < found.high


def test_a_sample_without_a_hit_does_not_claim_certainty() -> None:
    found = projected({}, [Stratum("", 1000, 20)])
    assert (found.value, found.low) == (0, 0)
    assert found.high > 0.03


def test_the_whole_frame_leaves_no_doubt() -> None:
    found = projected({"": 7}, [Stratum("", 50, 50)])
    assert found.low == found.value == found.high == 0.14


@pytest.mark.parametrize("stratum", [Stratum("", 10, 0), Stratum("", 10, 11)])
def test_what_was_not_drawn_cannot_be_projected(stratum: Stratum) -> None:
    with pytest.raises(ValueError, match="cannot be projected"):
        projected({}, [stratum])
