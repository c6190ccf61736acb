"""Letters in the rows of Parquet files, one row group in memory at a time.

A module of its own because importing pyarrow takes longer than reading a hundred letters.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as arrow
from pyarrow import parquet

from checker.reading.letters import Name
from checker.reading.limits import Limits, size
from checker.reading.rows import unit_of_row
from checker.reading.units import NoUnit, Unit

_ROWS_AT_A_TIME = 64
_WANTED = ("id", "text")


def units_of_parquet(file: Path | BinaryIO, name: Name, limits: Limits) -> Iterator[Unit]:
    """The letters of a Parquet file with a column ``text`` and, better, a column ``id``; one row group at a time.

    Args:
        file: Where it is, or its bytes.
        name: What the file is called.
        limits: When to refuse it.
    """
    stem, source = name.doc, name.source
    try:
        metadata = parquet.read_metadata(file)
        if problem := _table_problem(metadata, limits):
            yield NoUnit(Name(stem, source), problem)
            return
        # Kept as a dictionary in memory, a text that is repeated is there once.
        with parquet.ParquetFile(file, metadata=metadata, read_dictionary=["text"]) as table:
            for number, (given, text) in enumerate(_rows(table), start=1):
                yield unit_of_row(given, text, Name(f"{stem}-{number}", f"{source}:{number}"))
    except (arrow.ArrowException, ValueError, OSError) as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        yield NoUnit(Name(stem, source), f"is no Parquet file that can be read ({reason[0][:100]}): write it again")


def _rows(table: Any) -> Iterator[tuple[object, object]]:
    columns = [name for name in _WANTED if name in table.schema_arrow.names]
    # Asked for several groups at once, pyarrow reads them all before it gives the first row.
    for group in range(table.num_row_groups):
        for batch in table.iter_batches(_ROWS_AT_A_TIME, row_groups=[group], columns=columns, use_threads=False):
            ids = batch.column("id") if "id" in columns else None
            texts = batch.column("text")
            for index in range(batch.num_rows):
                yield ids[index].as_py() if ids is not None else None, texts[index].as_py()


def _table_problem(metadata: Any, limits: Limits) -> str:
    names = [metadata.schema.column(number).path for number in range(metadata.num_columns)]
    if "text" not in names:
        return f"has no column text (it has: {', '.join(names)[:100]})"
    wanted = [number for number, name in enumerate(names) if name in _WANTED]
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        unpacked = sum(group.column(column).total_uncompressed_size for column in wanted)
        if unpacked > limits.parquet_group_bytes:
            allowed = size(limits.parquet_group_bytes)
            return f"row group {number + 1} unpacks to {size(unpacked)} (limit {allowed}): write smaller row groups"
    return ""
