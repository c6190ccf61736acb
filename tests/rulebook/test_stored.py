"""What was read of a rules folder is stored: the same again, never what is out of date, never what another wrote."""

import os
import pickle
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from checker import pipeline
from checker.knowledge import stored as storing
from checker.knowledge.folders import open_rules
from checker.knowledge.problems import RuleError
from checker.knowledge.stored import VARIABLE, stored
from checker.model.findings import Judgement
from checker.pipeline import Checker
from tests.hygiene.tree import ROOT
from tests.rulebook.folder import loaded, write

posix = pytest.mark.skipif(os.name != "posix", reason="owners and modes as POSIX has them")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where it is stored."""
    found = tmp_path / "stored"
    monkeypatch.setenv(VARIABLE, str(found))
    return found


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A small folder of rules."""
    folder = tmp_path / "rules"
    write(folder)
    return folder


def files(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir()) if place.is_dir() else []


def forget() -> None:
    """What Python and the program are is looked up anew."""
    cast(Any, storing)._program.cache_clear()


def never() -> Any:
    raise AssertionError("was read again")


def test_the_second_time_nothing_is_read(place: Path, rules: Path) -> None:
    assert stored("part", open_rules([rules]), lambda: "read") == "read"
    assert stored("part", open_rules([rules]), never) == "read"
    (name,) = files(place)
    assert name.startswith("part-")


@posix
def test_it_is_for_nobody_else(place: Path, rules: Path) -> None:
    stored("part", open_rules([rules]), lambda: "read")
    (file,) = place.iterdir()
    assert (place.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)


@pytest.mark.usefixtures("place")
def test_parts_are_stored_apart(rules: Path) -> None:
    folder = open_rules([rules])
    assert [stored(part, folder, part.upper) for part in ("one", "two")] == ["ONE", "TWO"]


def changed_rule(rules: Path, _: pytest.MonkeyPatch) -> None:
    path = next(rules.rglob("*.yaml"))
    path.write_text(path.read_text("utf-8") + "# more\n", "utf-8")


def changed_program(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_SOURCES", ("model",))
    forget()


def changed_package(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "version", lambda name: "99" if name == "pydantic" else "1")
    forget()


def changed_python(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "99")
    forget()


def elsewhere(rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Paths of rules are shown from the working folder."""
    monkeypatch.chdir(rules.parent)


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("change", [changed_rule, changed_program, changed_package, changed_python, elsewhere])
def test_whatever_decides_what_is_read_has_it_read_again(
    rules: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path, pytest.MonkeyPatch], None]
) -> None:
    stored("part", open_rules([rules]), lambda: "old")
    try:
        change(rules, monkeypatch)
        assert stored("part", open_rules([rules]), lambda: "new") == "new"
    finally:
        forget()


def test_a_file_saved_while_it_is_read_is_not_stored(place: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = open_rules([rules])

    def made() -> str:
        changed_rule(rules, monkeypatch)
        return "of both"

    assert stored("part", folder, made) == "of both"
    assert files(place) == []


def test_a_folder_with_a_mistake_is_not_stored(place: Path, rules: Path) -> None:
    def made() -> str:
        raise RuleError([])

    with pytest.raises(RuleError):
        stored("part", open_rules([rules]), made)
    assert files(place) == []


def test_what_a_disk_has_changed_is_made_anew(place: Path, rules: Path) -> None:
    stored("part", open_rules([rules]), lambda: "at least")
    (file,) = place.iterdir()
    whole = file.read_bytes()
    assert pickle.loads(whole[32:].replace(b"least", b"most!")) == "at most!"  # noqa: S301 (its own)
    file.write_bytes(whole.replace(b"least", b"most!"))
    assert stored("part", open_rules([rules]), lambda: "made anew") == "made anew"


@pytest.mark.parametrize("content", [b"", b"no pickle", b"\x80\x05cnowhere\nnothing\n.", pickle.dumps("cut off")[:-4]])
def test_what_cannot_be_read_back_is_made_anew(place: Path, rules: Path, content: bytes) -> None:
    stored("part", open_rules([rules]), lambda: "old")
    (file,) = place.iterdir()
    file.write_bytes(content)
    assert stored("part", open_rules([rules]), lambda: "new") == "new"
    assert stored("part", open_rules([rules]), never) == "new"


@posix
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_may_write_is_not_read(place: Path, rules: Path, mode: int) -> None:
    stored("part", open_rules([rules]), lambda: "old")
    (file,) = place.iterdir()
    file.chmod(mode)
    assert stored("part", open_rules([rules]), lambda: "new") == "new"


@posix
def test_a_folder_that_others_may_write_is_neither_read_nor_written(place: Path, rules: Path) -> None:
    stored("part", open_rules([rules]), lambda: "old")
    before = files(place)
    place.chmod(0o777)
    assert stored("part", open_rules([rules]), lambda: "new") == "new"
    assert stored("other", open_rules([rules]), lambda: "other") == "other"
    assert files(place) == before


@posix
def test_what_another_user_owns_is_not_read(place: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stored("part", open_rules([rules]), lambda: "old")
    assert files(place)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    assert stored("part", open_rules([rules]), lambda: "new") == "new"


def test_a_place_that_cannot_be_written_costs_no_more_than_reading(place: Path, rules: Path) -> None:
    place.write_text("a file")
    assert [stored("part", open_rules([rules]), lambda: "read") for _ in range(2)] == ["read", "read"]


def test_what_cannot_be_stored_is_given_all_the_same(place: Path, rules: Path) -> None:
    lock = threading.Lock()
    assert stored("part", open_rules([rules]), lambda: lock) is lock
    assert files(place) == []


def test_nothing_is_stored_where_that_is_switched_off(
    place: Path, rules: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "")
    assert [stored("part", open_rules([rules]), text.upper) for text in ("a", "b")] == ["A", "B"]
    assert files(place) == []


def test_a_user_without_a_home_stores_nothing(rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(storing, "user_cache_path", lambda *_, **__: Path("~/.cache/imrcheck"))
    monkeypatch.chdir(tmp_path)
    assert stored("part", open_rules([rules]), lambda: "read") == "read"
    assert [path.name for path in tmp_path.iterdir()] == ["rules"]


def test_the_users_own_folder_is_taken_where_none_is_named(
    rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(storing, "user_cache_path", lambda name, **__: tmp_path / name)
    stored("part", open_rules([rules]), lambda: "read")
    assert len(files(tmp_path / "imrcheck")) == 1


def test_only_the_newest_stay(place: Path, rules: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        changed_rule(rules, monkeypatch)
        stored("part", open_rules([rules]), str(number).upper)
        if number == 0:
            stored("other", open_rules([rules]), str)
        for age, path in enumerate(sorted(place.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)):
            os.utime(path, (1000 - age, 1000 - age))
    assert len([name for name in files(place) if name.startswith("part-")]) == 4
    assert len([name for name in files(place) if name.startswith("other-")]) == 1
    assert stored("part", open_rules([rules]), never) == "6"


def test_what_is_in_use_stays(place: Path, rules: Path, tmp_path: Path) -> None:
    stored("part", open_rules([rules]), lambda: "in use")
    for number in range(7):
        for path in place.iterdir():
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 10))
        assert stored("part", open_rules([rules]), never) == "in use"
        other = tmp_path / str(number)
        write(other)
        stored("part", open_rules([other]), str(number).upper)
    assert len(files(place)) == 4
    assert stored("part", open_rules([rules]), never) == "in use"


def test_rules_that_were_stored_judge_as_those_that_were_read(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    letter = (ROOT / "fixtures" / "letters" / "soma-wrong-page.txt").read_text("utf-8")
    told = []
    for variable in ("", str(place), str(place)):
        monkeypatch.setenv(VARIABLE, variable)
        pipeline.loaded.cache_clear()
        checker = Checker(engine="reference")
        judged = checker.check_text(letter)
        assert isinstance(judged, Judgement)
        told.append((checker.rulebook.digest, checker.rulebook.places, repr(judged.facts), judged.findings))
    assert len(files(place)) == 1
    assert told[0][-1]
    assert told[0] == told[1] == told[2]


def test_a_rulebook_can_be_stored(tmp_path: Path) -> None:
    book = loaded(tmp_path / "rules")
    again = pickle.loads(pickle.dumps(book))  # noqa: S301 (its own)
    assert (again.rules, again.digests, again.messages) == (book.rules, book.digests, book.messages)
