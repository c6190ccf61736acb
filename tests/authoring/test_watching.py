"""The watch tells which files changed, once they have come to rest."""

import os
from collections.abc import Callable
from pathlib import Path

from checker.authoring.watching import Snapshot, changed, changes, snapshot


class StopError(Exception):
    pass


def waits(*steps: Callable[[], None]) -> Callable[[], None]:
    """Does one thing at each look, then ends the watch."""
    left = list(steps)

    def wait() -> None:
        if not left:
            raise StopError
        left.pop(0)()

    return wait


def nothing() -> None:
    """Nobody touches a file."""


def touched(path: Path, text: str, moment: int) -> Callable[[], None]:
    def touch() -> None:
        path.write_text(text, "utf-8")
        os.utime(path, ns=(moment, moment))

    return touch


def watched(folder: Path, *steps: Callable[[], None]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    try:
        for files in changes(lambda: snapshot([folder]), waits(*steps)):
            found.append(files)
    except StopError:
        return found
    raise AssertionError("the watch ended by itself")


def test_new_changed_and_deleted_files_are_told(tmp_path: Path) -> None:
    one, two = tmp_path / "one.yaml", tmp_path / "deep" / "two.yaml"
    two.parent.mkdir()
    touched(one, "a", 1_000)()
    steps = [
        *(nothing, nothing),
        *(touched(one, "b", 2_000), nothing),
        *(touched(two, "a", 1_000), nothing),
        *(one.unlink, nothing),
    ]
    assert watched(tmp_path, *steps) == [(one.as_posix(),), (two.as_posix(),), (one.as_posix(),)]


def test_a_file_that_is_still_being_written_is_waited_for(tmp_path: Path) -> None:
    one = tmp_path / "one.yaml"
    steps = [touched(one, "a", 1), touched(one, "ab", 2), touched(one, "abc", 3), nothing, nothing]
    assert watched(tmp_path, *steps) == [(one.as_posix(),)]


def test_other_files_do_not_matter(tmp_path: Path) -> None:
    assert watched(tmp_path, touched(tmp_path / "note.txt", "a", 1), nothing) == []


def test_what_differs_between_two_looks() -> None:
    before: Snapshot = {"a": (1, 1), "b": (1, 1), "c": (1, 1)}
    assert changed(before, {"b": (2, 1), "c": (1, 1), "d": (1, 1)}) == ("a", "b", "d")
    assert changed(before, before) == ()
