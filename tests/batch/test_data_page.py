"""docs/data.md: the columns are those of the code, and what it shows can be run."""

import importlib.util
import re
from pathlib import Path

import pyarrow as pa
import pytest

from checker.batch.tables import FACTS, FINDINGS, ITEMS
from tests.batch.test_run import letters, run
from tests.cli.test_check import run as command

PAGE = Path(__file__).resolve().parents[2] / "docs" / "data.md"
TEXT = PAGE.read_text("utf-8")
EXAMPLES = re.findall(r"```python\n# needs (\w+)\n(.*?)```", TEXT, re.DOTALL)
QUERIES = re.findall(r'^    imrcheck query "([^"]+)" report(?: --format (\w+))?', TEXT, re.MULTILINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return run(tmp_path_factory.mktemp("page") / "report", letters())


def columns(title: str) -> list[tuple[str, str]]:
    section = TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| ") and not line.startswith("| --")]
    assert all(len(row) == 3 and len(row[2]) > 4 for row in rows)
    return [(row[0].removeprefix("| "), row[1]) for row in rows[1:]]


def told(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list of {told(kind.value_type)}"
    if pa.types.is_struct(kind):
        return f"struct ({', '.join(field.name for field in kind)})"
    return {"date32[day]": "date32"}.get(str(kind), str(kind))


@pytest.mark.parametrize(("title", "schema"), [("Findings", FINDINGS), ("Items", ITEMS), ("Facts", FACTS)])
def test_the_page_has_the_columns_of_the_code(title: str, schema: pa.Schema) -> None:
    assert columns(title) == [(field.name, told(field.type)) for field in schema]


def test_every_library_has_an_example() -> None:
    assert [library for library, _ in EXAMPLES] == ["pandas", "polars", "duckdb", "pyarrow"]


@pytest.mark.parametrize(("library", "code"), EXAMPLES, ids=[library for library, _ in EXAMPLES])
def test_the_examples_run(folder: Path, monkeypatch: pytest.MonkeyPatch, library: str, code: str) -> None:
    if importlib.util.find_spec(library) is None:
        pytest.skip(f"{library} is not installed")
    monkeypatch.chdir(folder.parent)
    names: dict[str, object] = {}
    exec(compile(code, str(PAGE), "exec"), names)  # noqa: S102 (our own page)
    rows = names.get("rows") or names.get("rates") or names["per_code"]
    assert rows if isinstance(rows, (int, list)) else len(rows) > 0  # type: ignore[arg-type]


@pytest.mark.parametrize(("sql", "form"), QUERIES, ids=range(len(QUERIES)))
def test_the_questions_are_answered(folder: Path, sql: str, form: str) -> None:
    result = command("query", sql, folder, "--format", form or "table")
    assert result.exit_code == 0, result.stderr


def test_there_are_questions() -> None:
    assert len(QUERIES) == 5
