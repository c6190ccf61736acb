"""Settings of a project stand behind the command line, and a slip in them is never passed over."""

import os
from pathlib import Path

import pytest

from checker.cli.configuration import nearest_settings, settings_in
from tests.cli.test_check import FLAGGED, run

QUIET = 'select = ["DOC003"]\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_settings_are_the_defaults_of_the_options(folder: Path) -> None:
    assert run("check", FLAGGED).exit_code == 1
    (folder / "imrcheck.toml").write_text('fail-on = "never"\nformat = ["jsonl=out.jsonl"]\n', "utf-8")
    assert run("check", FLAGGED).exit_code == 0
    assert (folder / "out.jsonl").exists()
    assert run("check", FLAGGED, "--fail-on", "error").exit_code == 1
    assert run("check", FLAGGED, "--isolated").exit_code == 1


def test_pyproject_serves_too_and_another_tools_does_not(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.other]\na = 1\n", "utf-8")
    assert run("check", FLAGGED).exit_code == 1
    (folder / "pyproject.toml").write_text("[tool.imrcheck]\n" + QUIET, "utf-8")
    assert run("check", FLAGGED).exit_code == 0
    (folder / "imrcheck.toml").write_text('ignore = ["DOC"]\n', "utf-8")
    assert run("check", FLAGGED).exit_code == 1


def test_the_nearest_settings_above_are_taken_but_not_from_outside_the_checkout(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "imrcheck.toml").write_text(QUIET, "utf-8")
    inner = folder / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert run("check", FLAGGED).exit_code == 0
    (folder / "a" / ".git").mkdir()
    assert run("check", FLAGGED).exit_code == 1


def test_the_search_ends_with_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    inner = home / "work"
    inner.mkdir(parents=True)
    (tmp_path / "imrcheck.toml").write_text(QUIET, "utf-8")
    monkeypatch.setenv("HOME", str(home))
    assert nearest_settings(inner) is None
    (home / "imrcheck.toml").write_text(QUIET, "utf-8")
    assert nearest_settings(inner) == home / "imrcheck.toml"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="files have no owner here")
def test_settings_of_another_user_are_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a folder that everybody may write to; the owner is made up, for only root can give files away."""
    inner = folder / "inner"
    inner.mkdir()
    (folder / "imrcheck.toml").write_text(QUIET, "utf-8")
    stat = Path.stat

    def other(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        told = list(stat(path, follow_symlinks=follow_symlinks))
        told[4] = 4711 if path.name == "imrcheck.toml" else os.geteuid()
        return os.stat_result(told)

    monkeypatch.chdir(inner)
    assert nearest_settings(inner) == folder / "imrcheck.toml"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", other)
        result = run("check", FLAGGED)
        assert result.exit_code == 2
        assert "imrcheck.toml: belongs to another user" in result.output
        assert settings_in(folder / "imrcheck.toml", named=True)


@pytest.mark.parametrize("name", ["imrcheck.toml", "pyproject.toml"])
def test_settings_nested_too_deeply_are_one_line(folder: Path, name: str) -> None:
    depth = 100_000
    (folder / name).write_text(f"# imrcheck\nselect = {'[' * depth}{']' * depth}\n", "utf-8")
    result = run("check", FLAGGED)
    assert result.exit_code == 2
    assert result.stderr.strip().splitlines() == [f"{name}: is nested too deeply to be settings"]


def test_paths_start_from_the_folder_of_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "conf").mkdir()
    assert run("check", FLAGGED, "--write-baseline", "conf/accepted.jsonl").exit_code == 0
    (folder / "conf" / "gate.toml").write_text('baseline = "accepted.jsonl"\nformat = ["text=told.txt"]\n', "utf-8")
    result = run("check", FLAGGED, "--config", "conf/gate.toml")
    assert result.exit_code == 0
    assert "[baselined]" in (folder / "conf" / "told.txt").read_text("utf-8")


def test_audit_takes_what_concerns_it(folder: Path) -> None:
    (folder / "imrcheck.toml").write_text(QUIET + 'suppressions = "missing.yaml"\n', "utf-8")
    assert run("audit", FLAGGED, "--out", "run").exit_code == 0
    assert run("audit", FLAGGED, "--out", "run", "--isolated").exit_code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('selct = ["A"]\n', "imrcheck.toml: selct: is no setting (did you mean select?)"),
        ('fail_on = "note"\n', "imrcheck.toml: fail_on: is no setting (did you mean fail-on?)"),
        ('fail-on = "often"\n', "imrcheck.toml: fail-on: input should be 'error', 'warning', 'note' or 'never'"),
        ("select = 7\n", "imrcheck.toml: select: input should be a valid list"),
        ("select = [\n", "imrcheck.toml: is no TOML"),
        ('select = ["NOPE"]\n', "no rule has a code that begins with NOPE"),
    ],
)
def test_a_slip_is_said_and_nothing_is_checked(folder: Path, text: str, said: str) -> None:
    (folder / "imrcheck.toml").write_text(text, "utf-8")
    result = run("check", FLAGGED)
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())


def test_settings_that_were_found_write_nothing_outside_their_folder(folder: Path) -> None:
    """Whoever checks a checkout of others would else have any file of theirs replaced."""
    inner = folder / "inner"
    inner.mkdir()
    (inner / "away").symlink_to(folder)
    for file in ("../stolen", str(folder / "stolen"), "away/stolen"):
        (inner / "imrcheck.toml").write_text(f'format = ["text={file}"]\n', "utf-8")
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(inner)
            result = run("check", FLAGGED)
        assert result.exit_code == 2, file
        assert "lies outside this folder" in result.output
        assert not (folder / "stolen").exists()
    run("check", FLAGGED, "--config", "inner/imrcheck.toml")
    assert (folder / "stolen").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[tool.imrcheck]\nfail-on = "warning"\n[', "pyproject.toml: is no TOML"),
        ("[[tool.imrcheck]]\n", "pyproject.toml: has no table [tool.imrcheck]"),
    ],
)
def test_broken_settings_in_pyproject_are_never_left_out(folder: Path, text: str, said: str) -> None:
    (folder / "pyproject.toml").write_text(text, "utf-8")
    result = run("check", FLAGGED, "--fail-on", "never")
    assert result.exit_code == 2
    assert said in result.output


def test_a_pyproject_that_is_asked_for_must_have_the_table(folder: Path) -> None:
    (folder / "pyproject.toml").write_text("[tool.other]\na = 1\n", "utf-8")
    result = run("check", FLAGGED, "--config", "pyproject.toml", "--fail-on", "never")
    assert result.exit_code == 2
    assert "has no table [tool.imrcheck]" in result.output


def test_settings_asked_for_must_be_there_and_not_be_shut_out(folder: Path) -> None:
    assert run("check", FLAGGED, "--config", "none.toml").exit_code == 2
    (folder / "imrcheck.toml").write_text(QUIET, "utf-8")
    for order in (("--isolated", "--config", "imrcheck.toml"), ("--config", "imrcheck.toml", "--isolated")):
        result = run("check", FLAGGED, *order)
        assert result.exit_code == 2
        assert "leave one of the two out" in " ".join(result.output.replace("│", " ").split())
