"""``imrcheck query``: SQL over the tables of a run."""

import csv
import datetime
import io
import json
import math
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from checker.batch.query import Answer, QueryError, answered
from checker.cli.exits import Exit
from checker.cli.tally import say, standard_output
from checker.reporting.visible import folded

_WIDEST = 60
"""Most characters of a cell in the table for people."""
_SHOWN = 1000
"""Rows of the table for people; the other forms have all of them."""


class Form(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT over findings, items and facts.")],
    run: Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a finished run.")],
    *,
    form: Annotated[Form, typer.Option("--format", help="For people (the first 1000 rows), or all of it.")] = (
        Form.TABLE
    ),
) -> None:
    """Ask the tables of a run with SQL (DuckDB; `pip install 'imrcheck[query]'`).

    The columns stand in docs/data.md. The statement reads those three tables and nothing else. Exit code 2: it cannot
    be answered.
    """
    try:
        with answered(sql, run) as answer:
            written = io.TextIOWrapper(
                standard_output(), encoding="utf-8", errors="backslashreplace", newline="\n", write_through=True
            )
            try:
                for piece in _WRITERS[form](answer):
                    written.write(piece)
            finally:
                written.detach()
    except QueryError as error:
        for line in str(error).splitlines():
            say(f"imrcheck: {line}" if line else line)
        raise typer.Exit(Exit.BROKEN) from error


def _plain(value: Any) -> Any:
    """A value as JSON has it: days and amounts as text, what is no number as null."""
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(held) for key, held in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(held) for held in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, bytes):
        return value.hex()
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)


def _cell(value: Any) -> str:
    """A value in one cell: lists and structures as JSON, nothing as nothing."""
    plain = _plain(value)
    if plain is None:
        return ""
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False)


def _json(answer: Answer) -> Iterator[str]:
    before = "[\n"
    for row in answer.rows:
        yield before + _line(answer, row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _jsonl(answer: Answer) -> Iterator[str]:
    for row in answer.rows:
        yield _line(answer, row) + "\n"


def _line(answer: Answer, row: Sequence[Any]) -> str:
    return json.dumps(dict(zip(answer.columns, map(_plain, row), strict=True)), ensure_ascii=False)


def _csv(answer: Answer) -> Iterator[str]:
    line = io.StringIO()
    write = csv.writer(line, lineterminator="\n")
    write.writerow(answer.columns)
    for row in answer.rows:
        write.writerow([_cell(value) for value in row])
        yield line.getvalue()
        line.seek(0)
        line.truncate()
    yield line.getvalue()


def _table(answer: Answer) -> Iterator[str]:
    rows = [[_short(_cell(value)) for value in row] for row in islice(answer.rows, _SHOWN)]
    widths = [max(map(len, column)) for column in zip(answer.columns, *rows, strict=True)]
    for row in (answer.columns, ["-" * width for width in widths], *rows):
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n"
    if next(iter(answer.rows), None) is not None:
        say(f"only the first {_SHOWN} rows: --format csv, json or jsonl has all of them")


def _short(text: str) -> str:
    shown = " ".join(folded(text).split())
    return shown if len(shown) <= _WIDEST else shown[: _WIDEST - 1] + "…"


_WRITERS: dict[Form, Callable[[Answer], Iterator[str]]] = {
    Form.TABLE: _table,
    Form.CSV: _csv,
    Form.JSON: _json,
    Form.JSONL: _jsonl,
}
