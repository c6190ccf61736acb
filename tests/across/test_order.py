"""Places in the order of their values are those that Python's own sort gives."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from checker.across.order import order_of

ROWS = st.lists(st.tuples(st.integers(0, 3) | st.integers(0, 2**64 - 1), st.integers(0, 2**32 - 1)), max_size=60)


@given(ROWS)
def test_rows_are_sorted_by_one_column_and_then_the_next(rows: list[tuple[int, int]]) -> None:
    first, second = array("Q", (one for one, _ in rows)), array("L", (other for _, other in rows))
    assert list(order_of(first, second)) == sorted(range(len(rows)), key=lambda place: (rows[place], place))
    assert list(order_of(first)) == sorted(range(len(rows)), key=lambda place: rows[place][0])
    assert list(order_of(second)) == sorted(range(len(rows)), key=lambda place: rows[place][1])


def test_a_column_may_grow_afterwards() -> None:
    column = array("Q", [2, 1])
    assert list(order_of(column)) == [1, 0]
    column.append(0)
    assert list(order_of(column)) == [2, 1, 0]
