"""The run folder: complete, deterministic, readable with DuckDB, and careful with what is not its own."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checker.batch.errors import FolderTakenError
from checker.batch.letters import Failed, Letter, Tally
from checker.batch.run import UNFINISHED, RunFolder, prepare
from checker.batch.selection import FailOn, exit_code
from checker.batch.tables import rows_of
from checker.batch.versions import Versions
from checker.reporting.wire import parse_record
from checker.reporting.wire_check import check_record
from tests.reporting import samples
from tests.reporting.builders import RULES

VERSIONS = Versions(
    "1.2.3", RULES, "reference reading", "durable-rules is not installed", {"DEC002": "ab"}, "3.11.9", "5f1d"
)
DEFAULTS = {"decision.outcome": "none", "rationale.analgesia": "silent", "item.days": "unknown"}


def letters() -> list[Letter]:
    return [samples.pain(), samples.clean(), samples.hostile("h\ud800"), samples.foreign(), samples.unreadable()]


def run(folder: Path, batch: Sequence[Letter]) -> Path:
    prepare(folder)
    tally = Tally()
    writer = RunFolder(folder, VERSIONS, DEFAULTS)
    with writer:
        for letter in batch:
            tally.add(letter)
            writer.add(letter, parse_record(letter), check_record(letter, VERSIONS))
    manifest = writer.manifest(tally, exit_code(tally, FailOn.ERROR), {"fail_on": "error"})
    writer.finish({**manifest, "files": writer.hashes()})
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    first = contents(run(tmp_path / "a", letters()))
    assert first == contents(run(tmp_path / "b", letters()))
    assert set(first) == {
        *("manifest.json", "determinations.jsonl", "findings.jsonl"),
        *("findings.parquet", "items.parquet", "facts.parquet"),
    }


def test_another_input_gives_another_manifest(tmp_path: Path) -> None:
    first = json.loads((run(tmp_path / "a", letters()) / "manifest.json").read_text())
    other = json.loads((run(tmp_path / "b", letters()[1:]) / "manifest.json").read_text())
    assert first["inputs"]["sha256"] != other["inputs"]["sha256"]


def test_the_manifest_says_what_made_the_run_and_what_was_left_out(tmp_path: Path) -> None:
    folder = run(tmp_path / "run", letters())
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["tool"] == "1.2.3"
    assert manifest["engine"] == {"name": "reference reading", "why": "durable-rules is not installed"}
    assert manifest["rules"] == {"sha256": RULES, "folder": "5f1d", "each": {"DEC002": "ab"}}
    assert manifest["counts"]["letters"] == 5
    assert manifest["exit_code"] == 1
    left = manifest["not_checked"]
    assert [(x["doc"], x["status"]) for x in left["letters"]] == [("memo", "unknown-layout"), ("scan", "unreadable")]
    assert left["letters"][1]["why"] == ["no text on pages 1-3, needs OCR"]
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_lines_are_the_wire_format_in_input_order(tmp_path: Path) -> None:
    folder = run(tmp_path / "run", letters())
    for name in ("determinations.jsonl", "findings.jsonl"):
        docs = [json.loads(line)["doc"] for line in (folder / name).read_text("utf-8").splitlines()]
        assert docs == ["sample-0001", "sample-0002", "h\ud800", "memo", "scan"]


def test_the_tables_answer_questions(tmp_path: Path) -> None:
    folder = run(tmp_path / "run", letters())
    ask = duckdb.connect()
    ask.execute(f"set file_search_path = '{folder}'")
    rows = ask.sql("select severity, count(*) from 'findings.parquet' group by 1 order by 1").fetchall()
    assert rows == [("error", 3), ("note", 1), ("warning", 1)]
    rows = ask.sql(
        "select i.request, i.topic, i.errors, i.not_applicable, f.code from 'items.parquet' i "
        "join 'findings.parquet' f using (doc, item) where f.severity = 'warning'"
    ).fetchall()
    assert rows == [("Cyclobenzaprine 7.5mg #60", "muscle-relaxants", 0, 1, "SAF001")]
    rows = ask.sql(
        "select evidence[1].quote, evidence[1].part from 'findings.parquet' where code = 'CIT002'"
    ).fetchall()
    assert rows == [("Page(s) 113", "guideline")]


def test_facts_with_the_default_and_no_words_are_left_out_and_the_defaults_are_told(tmp_path: Path) -> None:
    folder = run(tmp_path / "run", letters())
    table = pq.read_table(folder / "facts.parquet")
    names = {(row["doc"], row["item"], row["name"]) for row in table.to_pylist()}
    assert ("sample-0001", 1, "rationale.functional-improvement") in names
    assert ("sample-0001", 1, "decision.outcome") in names
    assert ("sample-0001", 1, "rationale.analgesia") not in names
    assert ("sample-0001", 1, "item.days") not in names
    assert json.loads(table.schema.metadata[b"defaults"]) == DEFAULTS


def test_many_letters_are_written_in_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.batch.tables.ROWS_A_GROUP", 5)
    folder = run(tmp_path / "run", [samples.pain(f"doc-{n}") for n in range(9)])
    file = pq.ParquetFile(folder / "findings.parquet")
    assert file.metadata.num_row_groups > 1
    assert file.metadata.num_rows == 36


def test_rows_that_take_much_memory_are_written_in_smaller_groups(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checker.batch.tables.LARGE_ROWS_A_GROUP", 5)
    folder = run(tmp_path / "run", [samples.pain(f"doc-{n}") for n in range(9)])
    assert pq.ParquetFile(folder / "items.parquet").metadata.num_row_groups > 1
    assert pq.ParquetFile(folder / "findings.parquet").metadata.num_row_groups == 1


def test_rows_are_read_with_one_group_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "t.parquet"
    groups = [[{"n": number, "text": f"{number:0500}"} for number in range(k * 500, k * 500 + 500)] for k in range(20)]
    with pq.ParquetWriter(path, pa.schema([("n", pa.int64()), ("text", pa.string())]), use_dictionary=False) as writer:
        for group in groups:
            writer.write_table(pa.Table.from_pylist(group))
    before = pa.total_allocated_bytes()
    rows = rows_of(path, ["text", "n"])
    first = next(rows)
    held = pa.total_allocated_bytes() - before
    assert held < 3 * 500 * 500, "one group of twenty, not all of them"
    assert [first, *rows] == [row for group in groups for row in group]


def test_a_folder_with_other_things_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(FolderTakenError, match="holds no earlier run"):
        prepare(tmp_path)
    assert contents(tmp_path) == {"thesis.txt": b"years of work"}
    with pytest.raises(FolderTakenError, match="is a file"):
        prepare(tmp_path / "thesis.txt")


def test_a_manifest_of_another_program_does_not_make_a_run(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"program": "other"}')
    with pytest.raises(FolderTakenError):
        prepare(tmp_path)


def test_an_earlier_run_is_cleared_and_what_people_added_stays(tmp_path: Path) -> None:
    folder = run(tmp_path / "run", letters())
    (folder / "d").mkdir()
    (folder / "d" / "old.html").write_text("old page")
    (folder / "notes.txt").write_text("mine")
    run(folder, [samples.clean()])
    assert not (folder / "d").exists()
    assert (folder / "notes.txt").read_text() == "mine"
    assert json.loads((folder / "manifest.json").read_text())["counts"]["letters"] == 1


def test_a_run_that_broke_off_says_so_and_can_be_run_again(tmp_path: Path) -> None:
    folder = tmp_path / "run"
    prepare(folder)
    with pytest.raises(TypeError):
        _break_off(folder)
    assert (folder / UNFINISHED).exists()
    assert not (folder / "manifest.json").exists()
    run(folder, letters())
    assert not (folder / UNFINISHED).exists()


def _break_off(folder: Path) -> None:
    with RunFolder(folder, VERSIONS, {}) as writer:
        writer.add(samples.clean(), {}, {"no": object()})


def test_a_letter_that_broke_the_program_is_listed(tmp_path: Path) -> None:
    folder = run(tmp_path / "run", [Failed("bad", "bad.txt", "", "internal error: KeyError at x.py:1")])
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["exit_code"] == 2
    assert manifest["not_checked"]["letters"][0]["why"] == ["internal error: KeyError at x.py:1"]
