"""Letters that change, vanish or must not be read while a run goes on."""

import json
import os
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checker.model.determination import Status
from checker.model.source import SourceText, Unreadable
from checker.parsing import parse
from checker.reading import read
from tests.faults.faulty import OTHER, PLAIN, bound_by_permissions, command
from tests.hygiene.tree import ROOT
from tests.shipped import the_lexicon

LEXICON = the_lexicon()


def copies(folder: Path, *wanted: str) -> list[Path]:
    paths = [folder / name for name in wanted]
    for path in paths:
        path.write_bytes(PLAIN.read_bytes())
    return paths


def test_a_letter_that_vanishes_after_the_folder_was_listed_is_told(tmp_path: Path) -> None:
    _, second, _ = copies(tmp_path, "a.txt", "b.txt", "c.txt")
    letters = read([str(tmp_path)])
    assert isinstance(next(letters), SourceText)
    second.unlink()
    gone, last = letters
    assert isinstance(gone, Unreadable)
    assert "does not exist" in gone.problem
    assert isinstance(last, SourceText)
    assert last.doc == "c"


def test_a_folder_that_vanishes_after_it_was_listed_is_told(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    copies(tmp_path, "a.txt", "b/b.txt", "b/c.txt", "d.txt")
    letters = read([str(tmp_path)])
    next(letters)
    for path in (tmp_path / "b").iterdir():
        path.unlink()
    (tmp_path / "b").rmdir()
    rest = list(letters)
    assert [type(letter) for letter in rest].count(SourceText) == 1
    assert all("does not exist" in letter.problem for letter in rest if isinstance(letter, Unreadable))
    assert rest[-1].doc == "d"


def test_a_batch_that_is_cut_off_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    row = json.dumps({"id": "one", "text": "He walks with a cane. " * 50_000}) + "\n"
    path.write_text(row * 3, "utf-8")
    letters = read([str(path)])
    assert isinstance(next(letters), SourceText)
    os.truncate(path, len(row) + len(row) // 2)
    cut, *rest = letters
    assert isinstance(cut, Unreadable)
    assert "no JSON" in cut.problem
    assert rest == []


def test_a_table_that_is_cut_off_while_it_is_read_is_told(tmp_path: Path) -> None:
    path = tmp_path / "batch.parquet"
    rows = [{"id": str(n), "text": os.urandom(20_000).hex()} for n in range(300)]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=100, compression="none", use_dictionary=False)
    letters = read([str(path)])
    assert isinstance(next(letters), SourceText)
    os.truncate(path, path.stat().st_size // 2)
    rest = list(letters)
    assert isinstance(rest[-1], Unreadable)
    assert "\n" not in rest[-1].problem
    assert len(rest) < 299


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8])
def test_half_a_letter_is_never_taken_for_a_whole_one(tmp_path: Path, share: float) -> None:
    data = OTHER.read_bytes()
    path = tmp_path / "half.txt"
    path.write_bytes(data[: int(len(data) * share)])
    (letter,) = read([str(path)])
    assert isinstance(letter, SourceText)
    parsed = parse(letter, LEXICON)
    assert parsed.status in {Status.PARTIAL, Status.UNKNOWN_LAYOUT}
    assert parsed.problems


def test_what_must_not_be_read_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    closed, _ = copies(tmp_path, "a.txt", "b.txt")
    (tmp_path / "shut").mkdir()
    closed.chmod(0)
    (tmp_path / "shut").chmod(0)
    try:
        arguments = bound_by_permissions(command("parse", tmp_path))
        run = subprocess.run(arguments, cwd=ROOT, capture_output=True, text=True, check=False)
    finally:
        (tmp_path / "shut").chmod(0o700)
    assert run.returncode == 1
    assert run.stderr.count("permission denied") == 2
    assert "3 letters: 1 ok, 0 partial, 0 unknown layout, 2 unreadable" in run.stderr


def test_nobody_waits_for_a_pipe_that_lies_in_a_folder(tmp_path: Path) -> None:
    copies(tmp_path, "b.txt")
    os.mkfifo(tmp_path / "a.txt")
    said: list[str] = []
    (letter,) = read([str(tmp_path)], note=said.append)
    assert letter.doc == "b"
    assert "1 pipes and devices" in said[0]


def test_a_pipe_that_is_named_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen(command("parse", pipe), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as run:
        pipe.write_bytes(PLAIN.read_bytes())
        assert run.stdout is not None
        assert json.loads(run.stdout.read())["status"] == "ok"
    assert run.returncode == 0
