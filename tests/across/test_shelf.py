"""What a run keeps of every letter comes back as it was put, wherever it lies."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.across import shelf
from checker.across.shelf import Shelf

VALUES = st.lists(st.one_of(st.text(max_size=40), st.tuples(st.integers(), st.binary(max_size=40))), max_size=20)
PUT_ANEW = st.lists(st.tuples(st.integers(0, 19), st.text(max_size=60)), max_size=10)


@pytest.mark.parametrize("in_memory", [10, 1_000_000])
@given(values=VALUES, anew=PUT_ANEW)
def test_a_shelf_holds_what_a_list_does(in_memory: int, values: list[object], anew: list[tuple[int, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "_IN_MEMORY", in_memory)
        with Shelf[object]() as kept:
            for value in values:
                kept.append(value)
            for place, value in anew:
                if place < len(values):
                    values[place] = kept[place] = value
            assert len(kept) == len(values)
            assert list(kept) == values
            assert [kept[place] for place in range(len(values))] == values


def test_two_readers_and_a_writer_do_not_disturb_each_other() -> None:
    with Shelf[int]() as kept:
        for value in range(5):
            kept.append(value)
        told = []
        for one, other in zip(kept, kept, strict=True):
            kept.append(one + other)
            told.append((one, other, kept[0]))
            if one == 4:
                break
        assert told == [(value, value, 0) for value in range(5)]
        assert list(kept) == [0, 1, 2, 3, 4, 0, 2, 4, 6, 8]


def test_a_place_that_has_no_value_is_an_error() -> None:
    with Shelf[str]() as kept, pytest.raises(IndexError):
        kept[0]
