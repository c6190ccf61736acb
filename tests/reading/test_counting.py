"""How many letters an input seems to hold, for the time left."""

import tarfile
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from checker.reading.counting import expected
from checker.reading.limits import Limits


def test_files_rows_and_members_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A.")
    (tmp_path / "b.jsonl").write_text('{"text": "B."}\n{"text": "C."}\n')
    pq.write_table(pa.table({"text": ["D.", "E.", "F."]}), tmp_path / "c.parquet")
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as archive:
        archive.writestr("g.txt", "G.")
    assert expected([str(tmp_path)]) == 7
    assert expected([str(tmp_path / "a.txt"), str(tmp_path / "none.txt")]) == 2


def test_where_it_takes_too_long_nobody_knows(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w"):
        pass
    assert expected([str(tmp_path)]) is None
    assert expected(["-"]) is None


def test_what_is_broken_counts_as_one(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"no")
    (tmp_path / "b.parquet").write_bytes(b"no")
    assert expected([str(tmp_path)]) == 2


def test_the_directory_of_an_archive_too_large_to_be_read_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", "A.")
    for limits, held in ((Limits(), 3), (Limits(archive_members=2), 1), (Limits(archive_directory=50), 1)):
        monkeypatch.setattr("checker.reading.counting.Limits", lambda limits=limits: limits)
        assert expected([str(tmp_path)]) == held
