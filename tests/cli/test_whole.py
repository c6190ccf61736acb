"""Files are written whole or not at all, and nobody can lay a link where they are being written."""

import os
import stat
from pathlib import Path

import pytest

from checker.cli.whole import whole


def test_what_was_there_stays_until_the_new_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.json"
    path.write_text("old", "utf-8")

    def write_half(partial: Path) -> None:
        partial.write_text("half", "utf-8")
        raise ValueError("the rest is missing")

    with pytest.raises(ValueError, match="rest"), whole(path) as partial:
        write_half(partial)
    assert [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()] == [("out.json", "old")]
    with whole(path) as partial:
        partial.write_text("new", "utf-8")
        assert path.read_text("utf-8") == "old"
    assert [(file.name, file.read_text("utf-8")) for file in tmp_path.iterdir()] == [("out.json", "new")]


def test_the_file_is_ours_and_its_name_cannot_be_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = set()
    for _ in range(2):
        with whole(tmp_path / "out.json") as partial:
            assert partial.is_file()
            assert partial.parent == tmp_path
            names.add(partial.name)
    assert len(names) == 2
    monkeypatch.setattr("secrets.token_hex", lambda size: "0" * size)
    victim = tmp_path / "victim"
    (tmp_path / f".imrcheck-{'0' * 8}.partial").symlink_to(victim)
    with pytest.raises(FileExistsError), whole(tmp_path / "out.json"):
        pass
    assert not victim.exists()


def test_others_may_read_what_they_might_read_of_any_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with whole(tmp_path / "out.json") as partial:
            partial.write_text("new", "utf-8")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "out.json").stat().st_mode) == 0o640


def test_a_folder_that_is_missing_is_told_by_the_name_asked_for(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"out\.json"), whole(tmp_path / "none" / "out.json"):
        pass
