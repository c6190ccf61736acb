"""Letters in the rows of JSON Lines and Parquet files, one at a time."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as arrow
from pyarrow import parquet

from checker.model.source import Unreadable
from checker.reading.letters import Letter, Name, letter_from_text
from checker.reading.limits import Limits, size

_ROWS_AT_A_TIME = 64
_LONGEST_ID = 200


def letters_of_lines(
    lines: BinaryIO, stem: str, source: str, limits: Limits, first: bytes | None = None
) -> Iterator[Letter]:
    """The letters of JSON Lines: objects with ``text`` and ``id``; empty lines are passed over.

    Args:
        lines: The stream.
        stem: Names letters without an ``id``, with the number of the line.
        source: Path or name of the stream.
        limits: A line may be twice as long as a text.
        first: The first line if it has been taken from the stream.
    """
    most = 2 * limits.text_bytes
    number = 0
    while line := (first if first is not None else lines.readline(most)):
        first = None
        number += 1
        name = Name(f"{stem}-{number}", f"{source}:{number}")
        if len(line) >= most and not line.endswith(b"\n"):
            _pass_over(lines)
            yield Unreadable(name.doc, name.source, f"the line is longer than {size(most)}: no single letter")
        elif number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield Unreadable(name.doc, source, "is UTF-16: JSON Lines must be UTF-8 (save as UTF-8)")
            return
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _letter_of_line(line, name, limits)


def _pass_over(lines: BinaryIO) -> None:
    while (piece := lines.readline(1_000_000)) and not piece.endswith(b"\n"):
        pass


def _letter_of_line(line: bytes, name: Name, limits: Limits) -> Letter:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Unreadable(name.doc, name.source, "the line is not UTF-8 (save as UTF-8)")
    except (ValueError, RecursionError) as error:
        place = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        return Unreadable(name.doc, name.source, f"the line is no JSON{place} (one object a line)")
    if not isinstance(row, dict):
        return Unreadable(name.doc, name.source, 'the line is no JSON object (wanted: {"id": ..., "text": ...})')
    return _letter_of_row(row.get("id"), row.get("text"), name, limits)


def _letter_of_row(given: object, text: object, name: Name, limits: Limits) -> Letter:
    problems: tuple[str, ...] = ()
    if isinstance(given, str | int) and not isinstance(given, bool) and str(given).strip():
        name = Name(" ".join(str(given)[:_LONGEST_ID].split()), name.source)
    else:
        problems = (f"the row has no id: called {name.doc}",)
    if not isinstance(text, str):
        what = "has no text" if text is None else "has a text that is no string"
        return Unreadable(name.doc, name.source, f"the row {what} (wanted: id and text)")
    return letter_from_text(text, name, limits, problems)


def letters_of_parquet(path: Path, source: str, limits: Limits) -> Iterator[Letter]:
    """The letters of a Parquet file with a column ``text`` and, better, a column ``id``; one row group at a time."""
    stem = path.stem
    try:
        with parquet.ParquetFile(path, read_dictionary=["text"]) as table:
            if problem := _table_problem(table, limits):
                yield Unreadable(stem, source, problem)
                return
            columns = [name for name in ("id", "text") if name in table.schema_arrow.names]
            number = 0
            for batch in table.iter_batches(_ROWS_AT_A_TIME, columns=columns, use_threads=False):
                ids = batch.column("id") if "id" in columns else None
                texts = batch.column("text")
                for index in range(batch.num_rows):
                    number += 1
                    name = Name(f"{stem}-{number}", f"{source}:{number}")
                    given = ids[index].as_py() if ids is not None else None
                    yield _letter_of_row(given, texts[index].as_py(), name, limits)
    except (arrow.ArrowException, ValueError, OSError) as error:
        reason = str(error).strip().splitlines() or [type(error).__name__]
        yield Unreadable(stem, source, f"is no Parquet file that can be read ({reason[0][:100]}): write it again")


def _table_problem(table: Any, limits: Limits) -> str:
    names = table.schema_arrow.names
    if "text" not in names:
        return f"has no column text (it has: {', '.join(names)[:100]})"
    metadata = table.metadata
    wanted = [column for column in range(metadata.num_columns) if metadata.schema.column(column).path in ("id", "text")]
    for number in range(metadata.num_row_groups):
        group = metadata.row_group(number)
        unpacked = sum(group.column(column).total_uncompressed_size for column in wanted)
        if unpacked > limits.parquet_group_bytes:
            return (
                f"row group {number + 1} unpacks to {size(unpacked)} (limit {size(limits.parquet_group_bytes)}): "
                "write smaller row groups"
            )
    return ""
