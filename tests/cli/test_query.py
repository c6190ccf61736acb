"""imrcheck query: the tables of a run by SQL, and nothing but these."""

import csv
import io
import json
import sys
from pathlib import Path

import pytest

from tests.batch.test_run import letters
from tests.batch.test_run import run as written
from tests.cli.test_check import run

AMOUNT = "SELECT code, count(*) AS n, min(severity) AS least FROM findings GROUP BY code ORDER BY code"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return written(tmp_path_factory.mktemp("query") / "a [run]'s*", letters())


def test_the_three_tables_are_there_as_the_run_has_them(folder: Path) -> None:
    asked = "SELECT (SELECT count(*) FROM findings) f, (SELECT count(*) FROM items) i, (SELECT count(*) FROM facts) k"
    (row,) = json.loads(run("query", asked, folder, "--format", "json").stdout)
    counts = json.loads((folder / "manifest.json").read_text("utf-8"))["counts"]
    assert row["f"] == counts["errors"] + counts["warnings"] + counts["notes"]
    assert row["i"] == counts["items"]
    assert row["k"] > 0


def test_all_forms_say_the_same(folder: Path) -> None:
    as_json = json.loads(run("query", AMOUNT, folder, "--format", "json").stdout)
    as_lines = [json.loads(line) for line in run("query", AMOUNT, folder, "--format", "jsonl").stdout.splitlines()]
    as_csv = list(csv.DictReader(io.StringIO(run("query", AMOUNT, folder, "--format", "csv").stdout)))
    table = run("query", AMOUNT, folder).stdout.splitlines()
    assert as_json == as_lines
    assert [{**row, "n": str(row["n"])} for row in as_json] == as_csv
    assert table[0].split() == ["code", "n", "least"]
    assert [line.split() for line in table[2:]] == [[r["code"], r["n"], r["least"]] for r in as_csv]


def test_lists_days_and_nothing_have_a_form(folder: Path) -> None:
    asked = "SELECT DATE '2014-05-12' AS day, [1, 2] AS list, NULL AS none, 1.50::DECIMAL(4,2) AS amount, {'a': 1} AS s"
    (row,) = json.loads(run("query", asked, folder, "--format", "json").stdout)
    assert row == {"day": "2014-05-12", "list": [1, 2], "none": None, "amount": "1.50", "s": {"a": 1}}
    (line,) = csv.DictReader(io.StringIO(run("query", asked, folder, "--format", "csv").stdout))
    assert line == {"day": "2014-05-12", "list": "[1, 2]", "none": "", "amount": "1.50", "s": '{"a": 1}'}


def test_no_rows_are_an_answer(folder: Path) -> None:
    asked = "SELECT doc FROM items WHERE false"
    assert json.loads(run("query", asked, folder, "--format", "json").stdout) == []
    assert run("query", asked, folder, "--format", "csv").stdout == "doc\n"
    assert run("query", asked, folder).exit_code == 0


def test_control_characters_of_a_letter_are_made_visible_in_the_table(folder: Path) -> None:
    assert "\x1b" not in run("query", "SELECT 'a' || chr(27) || '[31m' AS x", folder).stdout


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT * FROM read_text('{file}')",
        "SELECT * FROM read_csv('{file}')",
        "SELECT * FROM read_parquet('{folder}/items.parquet')",
        "SELECT * FROM '{folder}/items.parquet'",
        "SELECT * FROM glob('{folder}/*')",
        "SELECT * FROM read_text('https://127.0.0.1:9/x')",
        "COPY findings TO '{folder}/out.csv'",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/out.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "PRAGMA enable_profiling",
        "CREATE TABLE t AS SELECT 1",
        "DROP VIEW findings",
        "CREATE SECRET s (TYPE s3)",
        "SELECT 1; SELECT 2",
        "SELECT * FROM sys",
        "SELECT * FROM connection",
        "SELECT getenv('HOME')",
        "SELECT no_such_column FROM items",
        "SELEC",
        "",
    ],
)
def test_nothing_else_can_be_reached_or_changed(folder: Path, tmp_path: Path, asked: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hidden words")
    before = sorted(folder.iterdir())
    result = run("query", asked.format(file=secret, folder=folder), folder)
    assert result.exit_code == 2, result.stdout
    assert result.stderr.startswith("imrcheck: ")
    assert "hidden words" not in result.stdout + result.stderr
    assert "Traceback" not in result.stderr
    assert sorted(folder.iterdir()) == before


def test_an_error_in_the_middle_of_an_answer_is_told(folder: Path) -> None:
    result = run("query", "SELECT CAST(x AS INTEGER) FROM (SELECT unnest(['1', 'a']) AS x)", folder, "--format", "json")
    assert result.exit_code == 2


@pytest.mark.parametrize("asked", ["DESCRIBE items", "SUMMARIZE items", "FROM items LIMIT 1", "EXPLAIN SELECT 1"])
def test_other_ways_to_read_are_let_through(folder: Path, asked: str) -> None:
    assert run("query", asked, folder).exit_code == 0


def test_only_a_finished_run_is_asked(folder: Path, tmp_path: Path) -> None:
    assert "holds no run" in run("query", "SELECT 1", tmp_path).stderr
    (tmp_path / "UNFINISHED").touch()
    assert "was not completed" in run("query", "SELECT 1", tmp_path).stderr


def test_without_duckdb_the_way_to_it_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    result = run("query", "SELECT 1", folder)
    assert result.exit_code == 2
    assert "pip install 'imrcheck[query]'" in result.stderr
