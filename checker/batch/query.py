"""SQL over the tables of a run, with DuckDB: findings, items and facts, to read and nothing else.

The statement may come from anybody: it sees the three tables and no file, no network, no extension and no variable of
this process, and cannot change that.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.batch.run import MANIFEST, UNFINISHED

VIEWS = ("findings", "items", "facts")
"""Each is the Parquet file of its name."""

_ROWS = 2000
_LOCKED: Mapping[str, str] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
}
_READS = ("SELECT", "EXPLAIN", "MULTI")  # PIVOT counts as several statements


class QueryError(Exception):
    """The question cannot be asked; the message says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question.

    Attributes:
        columns: Their names.
        rows: The rows, read as they are asked for.
    """

    columns: tuple[str, ...]
    rows: Iterator[Sequence[Any]]


@contextmanager
def answered(sql: str, run: Path) -> Iterator[Answer]:
    """The answer to a question about a run, until the block is left.

    Args:
        sql: One statement that reads.
        run: The run folder.

    Raises:
        QueryError: DuckDB is not there, the folder holds no finished run, or the statement is wrong or not allowed.
    """
    try:
        import duckdb  # noqa: PLC0415 (of the extra "query")
    except ImportError:
        raise QueryError("DuckDB is not installed: pip install 'imrcheck[query]'") from None
    _finished(run)
    connection = duckdb.connect(":memory:", config={**_LOCKED})
    try:
        for view in VIEWS:
            connection.register(view, _table(run / f"{view}.parquet"))
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            _one_that_reads(connection.extract_statements(sql))
            told = connection.execute(sql)
            columns = tuple(column[0] for column in told.description or ())
            yield Answer(columns, _rows(told))
        except duckdb.Error as error:
            raise QueryError(str(error).strip()) from error
    finally:
        connection.close()


def _finished(run: Path) -> None:
    if (run / UNFINISHED).exists():
        raise QueryError(f"{run}: the run was not completed; audit again, or go on with --resume")
    if not (run / MANIFEST).is_file():
        raise QueryError(f"{run} holds no run (make one with imrcheck audit)")


def _table(path: Path) -> Any:
    import pyarrow as pa  # noqa: PLC0415 (slow to import)
    import pyarrow.dataset as ds  # noqa: PLC0415

    try:
        # DuckDB reads through Arrow, so that it needs no access to files of its own.
        return ds.dataset(path, format="parquet")
    except (OSError, ValueError, pa.ArrowException) as error:
        raise QueryError(f"{path.name} cannot be read ({type(error).__name__}); audit again") from error


def _one_that_reads(statements: Sequence[Any]) -> None:
    if len(statements) != 1 or statements[0].type.name not in _READS:
        raise QueryError("one statement that reads is wanted: SELECT, WITH, FROM, DESCRIBE, SUMMARIZE, PIVOT, EXPLAIN")


def _rows(told: Any) -> Iterator[Sequence[Any]]:
    while some := told.fetchmany(_ROWS):
        yield from some
