"""imrcheck check as a gate, from the command line to the exit code."""

import json
import os
import shutil
import subprocess
import threading
import zipfile
from pathlib import Path

import pytest

from tests.cli.test_check import FLAGGED, LETTERS, UNREADABLE, run
from tests.hygiene.tree import ROOT

CLEAN = LETTERS / "back-pain-trio-approved.txt"
PAIR = tuple(ROOT / "fixtures" / "across" / name for name in ("back-mri-refused.txt", "back-mri-approved.txt"))


@pytest.fixture
def letters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with one flagged letter in it."""
    shutil.copy(FLAGGED, tmp_path / "letter.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def codes(path: Path) -> list[str]:
    return [f["code"] for f in json.loads(path.read_text("utf-8").splitlines()[0])["findings"]]


def test_the_text_is_printed_beside_the_files(letters: Path) -> None:
    result = run("check", "letter.txt", "--format", "jsonl=out.jsonl", "--format", "sarif=out.sarif")
    assert result.exit_code == 1
    assert "letter:1  CIT002  error" in result.stdout
    assert "CIT002" in codes(letters / "out.jsonl")
    assert json.loads((letters / "out.sarif").read_text("utf-8"))["version"] == "2.1.0"
    assert sorted(path.name for path in letters.iterdir()) == ["letter.txt", "out.jsonl", "out.sarif"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--format", "xml"), "xml is no format"),
        (("--format", "sarif", "--format", "json"), "only one format can go to standard output"),
        (("--format", "sarif="), "names no file"),
        (("--format", "sarif=a", "--format", "junit=./a"), "two formats have the same file"),
        (("--write-baseline", "b", "--diff-base", "HEAD"), "a baseline of changed letters alone"),
    ],
)
def test_a_slip_in_the_options_is_said(letters: Path, given: tuple[str, ...], said: str) -> None:
    result = run("check", "letter.txt", *given)
    assert result.exit_code == 2
    assert said in " ".join(result.output.replace("│", " ").split())


def test_a_file_that_cannot_be_written_breaks_the_run(letters: Path) -> None:
    result = run("check", "letter.txt", "--format", "sarif=no-folder/out.sarif")
    assert result.exit_code == 2
    assert "No such file or directory" in result.output


def test_a_baseline_makes_the_gate_green_until_something_new_appears(letters: Path) -> None:
    first = run("check", "letter.txt", "--write-baseline", "baseline.jsonl")
    assert first.exit_code == 0
    assert "baseline.jsonl: 5 findings accepted" in first.stderr
    again = run("check", "letter.txt", "--baseline", "baseline.jsonl", "--fail-on", "note")
    assert again.exit_code == 0
    assert "0 findings: 0 errors, 0 warnings, 0 notes, 5 baselined" in again.stdout
    assert "letter:1  CIT002  error" in again.stdout
    text = (letters / "letter.txt").read_text("utf-8")
    # Unrelated text moves; one accepted finding goes, and a new one comes.
    (letters / "letter.txt").write_text("A cover sheet.\n\n" + text, "utf-8")
    moved = run("check", "letter.txt", "--baseline", "baseline.jsonl", "--fail-on", "note")
    assert moved.exit_code == 0
    (letters / "letter.txt").write_text(text.replace("Page(s): 92", "Page(s): 29"), "utf-8")
    mended = run("check", "letter.txt", "--baseline", "baseline.jsonl")
    assert mended.exit_code == 1
    assert "CIT002 on letter:1 is no longer found" in mended.stdout
    assert "1 entry of the baseline or the suppressions out of date" in mended.stdout
    anew = run("check", "letter.txt", "--baseline", "baseline.jsonl", "--write-baseline", "baseline.jsonl")
    assert anew.exit_code == 0
    assert "4 findings accepted" in anew.stderr


def test_filters_do_not_make_entries_look_out_of_date(letters: Path) -> None:
    run("check", "letter.txt", "--write-baseline", "baseline.jsonl")
    for narrow in (("--select", "SAF"), ("--severity", "error"), ("--confidence", "high"), ("--no-across",)):
        result = run("check", "letter.txt", "--baseline", "baseline.jsonl", *narrow)
        assert result.exit_code == 0, (narrow, result.stdout)
    kept = run("check", "letter.txt", "--baseline", "baseline.jsonl", "--write-baseline", "b2.jsonl", "--select", "SAF")
    assert "5 findings accepted" in kept.stderr


def test_no_baseline_is_written_where_nothing_was_checked(letters: Path) -> None:
    result = run("check", UNREADABLE, "--write-baseline", "baseline.jsonl")
    assert result.exit_code == 3
    assert "not written" in result.stderr
    assert not (letters / "baseline.jsonl").exists()


def test_a_broken_file_of_the_gate_is_never_green(letters: Path) -> None:
    (letters / "baseline.jsonl").write_text("{}\n", "utf-8")
    (letters / "suppressions.yaml").write_text("schema: 1\nsuppressions:\n  - code: NOPE\n", "utf-8")
    for option in ("--baseline=baseline.jsonl", "--suppressions=suppressions.yaml", "--baseline=missing"):
        result = run("check", "letter.txt", option, "--fail-on", "never")
        assert result.exit_code == 2, result.output
        assert len(result.stderr.strip().splitlines()) >= 1


def test_a_suppression_counts_until_its_day(letters: Path) -> None:
    (letters / "s.yaml").write_text(
        "schema: 1\nsuppressions:\n"
        + "".join(
            f"  - {{code: {code}, doc: letter, reason: the letter was corrected, owner: QA, expires: 2026-06-30}}\n"
            for code in ("CIT002", "FAC003")
        ),
        "utf-8",
    )
    held = run("check", "letter.txt", "--suppressions", "s.yaml", "--as-of", "2026-06-30")
    assert held.exit_code == 0, held.output
    assert "suppressed until 2026-06-30 by QA: the letter was corrected" in held.stdout
    late = run("check", "letter.txt", "--suppressions", "s.yaml", "--as-of", "2026-07-01", "--fail-on", "never")
    assert late.exit_code == 1
    assert "the suppression of CIT002 on letter lapsed on 2026-06-30" in late.stdout


def git(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ("-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, env=environment)


@pytest.fixture
def checkout(letters: Path) -> Path:
    """A checkout whose main branch holds two letters and a file of two more."""
    (letters / "sub").mkdir()
    shutil.copy(CLEAN, letters / "sub" / "letter.txt")
    rows = [{"id": f"row-{n}", "text": FLAGGED.read_text("utf-8").replace("Soma", f"Soma{' ' * n}")} for n in range(2)]
    (letters / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    git(letters, "init", "-q", "-b", "main")
    git(letters, "add", ".")
    git(letters, "commit", "-q", "-m", "letters")
    git(letters, "checkout", "-q", "-b", "change")
    return letters


def docs(*arguments: object) -> tuple[list[str], int]:
    result = run("check", ".", "--diff-base", "main", "--format", "jsonl=out", *arguments)
    found = [json.loads(line)["doc"] for line in Path("out").read_text("utf-8").splitlines()]
    Path("out").unlink()
    return found, result.exit_code


def test_nothing_changed_is_clean_but_nothing_to_check_is_not(checkout: Path) -> None:
    result = run("check", ".", "--diff-base", "main")
    assert result.exit_code == 0
    assert "4 letters unchanged and not checked (--diff-base)" in result.stdout
    (checkout / "empty").mkdir()
    assert run("check", "empty", "--diff-base", "main").exit_code == 3


def test_only_what_changed_is_checked_under_the_name_it_has_in_the_whole(checkout: Path) -> None:
    (checkout / "sub" / "letter.txt").write_text(CLEAN.read_text("utf-8") + "\n", "utf-8")
    shutil.copy(FLAGGED, checkout / "new.txt")
    rows = (checkout / "rows.jsonl").read_text("utf-8").splitlines()
    (checkout / "rows.jsonl").write_text("\n".join((rows[1], rows[0], rows[0])), "utf-8")
    changed, _ = docs()
    assert changed == ["new", "letter~2"]
    git(checkout, "add", ".")
    git(checkout, "commit", "-q", "-m", "change")
    assert docs()[0] == ["new", "letter~2"]
    # What main has done since the branch left it is no change of the branch.
    git(checkout, "checkout", "-q", "main")
    (checkout / "letter.txt").write_text("x", "utf-8")
    git(checkout, "commit", "-qam", "later")
    git(checkout, "checkout", "-q", "change")
    assert docs()[0] == ["new", "letter~2"]


def test_rows_that_changed_are_told_by_their_text(checkout: Path) -> None:
    rows = [json.loads(line) for line in (checkout / "rows.jsonl").read_text("utf-8").splitlines()]
    rows[1]["text"] += "\nPage 9\n"
    rows.insert(0, {"id": "row-new", "text": CLEAN.read_text("utf-8")})
    (checkout / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert docs()[0] == ["row-new", "row-1"]


def test_a_link_and_a_row_in_an_archive_are_always_checked(checkout: Path) -> None:
    """Of a link git knows where it leads, not what stands there."""
    (checkout / "kept").mkdir()
    (checkout / "letter.txt").rename(checkout / "kept" / "one")
    (checkout / "letter.txt").symlink_to("kept/one")
    git(checkout, "add", "-A")
    git(checkout, "commit", "-q", "-m", "a link")
    git(checkout, "branch", "-f", "main")
    (checkout / "kept" / "one").write_text(FLAGGED.read_text("utf-8") + "\n", "utf-8")
    with zipfile.ZipFile(checkout / "packed.zip", "w") as archive:
        archive.write(checkout / "rows.jsonl", "sub/rows.jsonl")
    assert docs()[0] == ["letter", "row-0", "row-1"]


def test_the_checkout_is_that_of_the_letters_in_a_hook_too(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", "nowhere")
    (checkout / "sub" / "letter.txt").write_text(CLEAN.read_text("utf-8") + "\n", "utf-8")
    assert docs()[0] == ["letter~2"]


def test_an_entry_beside_an_unchanged_letter_is_not_out_of_date(letters: Path) -> None:
    """Its other letter is not part of the run, so the finding cannot be met."""
    for name, file in (("a", PAIR[0]), ("b", PAIR[1])):
        shutil.copy(file, letters / f"{name}.txt")
    (letters / "letter.txt").unlink()
    run("check", ".", "--select", "BAT", "--write-baseline", "kept.json")
    assert "BAT" in (letters / "kept.json").read_text("utf-8")
    git(letters, "init", "-q", "-b", "main")
    git(letters, "add", ".")
    git(letters, "commit", "-q", "-m", "letters")
    (letters / "a.txt").write_text(PAIR[0].read_text("utf-8") + "\n", "utf-8")
    for narrow in (("a.txt",), (".", "--diff-base", "main")):
        result = run("check", *narrow, "--baseline", "kept.json", "--fail-on", "never")
        assert result.exit_code == 0, result.stdout


def test_a_device_is_written_and_not_replaced(letters: Path) -> None:
    pipe = letters / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text("utf-8")))
    reader.start()
    run("check", "letter.txt", "--format", "jsonl=pipe")
    reader.join(60)
    assert pipe.is_fifo()
    assert json.loads(got[0])["doc"] == "letter"


def test_what_git_cannot_tell_is_a_line_and_no_green(
    checkout: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    for ref in ("nowhere", "--output=owned", "main:letter.txt"):
        result = run("check", ".", "--diff-base", ref)
        assert result.exit_code == 2, result.output
        assert len(result.stderr.strip().splitlines()) == 1
    assert not (checkout / "owned").exists()
    outside = tmp_path_factory.mktemp("outside")
    monkeypatch.chdir(outside)
    assert run("check", FLAGGED, "--diff-base", "main").exit_code == 2
    monkeypatch.setenv("PATH", str(outside))
    result = run("check", FLAGGED, "--diff-base", "main")
    assert result.exit_code == 2
    assert "needs git" in result.stderr
