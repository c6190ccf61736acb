"""Sorting what a run holds of all its letters: sixteen bytes a value, where a sorted list of them takes a hundred."""

from array import array
from typing import Any


def order_of(*columns: "array[int]") -> "array[int]":
    """The places of rows of numbers in ascending order, by the first column, then the next; equal rows by place.

    Args:
        columns: Unsigned numbers, as many in each; they must not grow while this runs.
    """
    import pyarrow as pa  # noqa: PLC0415 (slow to import, and a single letter is not compared)
    from pyarrow import compute  # noqa: PLC0415

    def held(column: "array[int]") -> Any:
        kind = pa.uint64() if column.itemsize == pa.uint64().byte_width else pa.uint32()
        return pa.Array.from_buffers(kind, len(column), [None, pa.py_buffer(column)])

    table = pa.table({str(number): held(column) for number, column in enumerate(columns)})
    by = [(name, "ascending") for name in table.column_names]
    found = array("Q")
    found.frombytes(compute.sort_indices(table, sort_keys=by).buffers()[1].to_pybytes()[: 8 * len(table)])
    return found
