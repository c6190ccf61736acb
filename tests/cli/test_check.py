"""imrcheck check, from the command line to the exit code, on letters of our own."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from checker.cli.app import app
from checker.knowledge.resources import rules_folder
from checker.model.source import SourceText
from checker.pipeline import Checked, Checker
from tests.hygiene.tree import ROOT

LETTERS = ROOT / "fixtures" / "letters"
HOSTILE = ROOT / "fixtures" / "hostile"
FLAGGED = LETTERS / "soma-wrong-page.txt"
UNREADABLE = HOSTILE / "empty.txt"


def run(*arguments: object, text: str | None = None) -> Result:
    return CliRunner().invoke(app, [str(a) for a in arguments], input=text)


def quiet(*letters: Path) -> tuple[object, ...]:
    """The arguments that leave no finding: only a family of which these letters have none."""
    return ("check", *letters, "--select", "DEC007" if _has("DEC007") else "DOC003")


def _has(code: str) -> bool:
    return any(rule.code == code for rule in Checker().rulebook.rules)


def test_a_finding_is_a_line_with_its_words_below() -> None:
    result = run("check", FLAGGED)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("soma-wrong-page:1  CIT002  error  "))
    assert lines[at + 1].startswith('    guideline: "')
    assert lines[-1] == "A flag is a textual inconsistency, not an opinion on medical necessity."
    assert "\x1b" not in result.stdout


def test_json_lines_come_in_input_order_with_the_codes_of_the_text() -> None:
    paths = [FLAGGED, UNREADABLE, LETTERS / "norco-criteria-conceded.txt"]
    result = run("check", *paths, "--format", "jsonl")
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["doc"] for r in records] == [p.stem for p in paths]
    assert records[1]["status"] == "unreadable"
    assert records[1]["problems"]
    text = run("check", *paths).stdout
    told = [line.split()[1] for line in text.splitlines() if line.startswith("soma-wrong-page:")]
    assert told == [f["code"] for f in records[0]["findings"]]
    assert records[0]["rules"] == records[2]["rules"]
    assert len({r["rules"] for r in records}) == 1


def test_a_json_document_holds_the_counts() -> None:
    result = run("check", FLAGGED, "--format", "json")
    document = json.loads(result.stdout)
    assert document["counts"]["judged"] == 1
    assert document["exit_code"] == result.exit_code == 1


def test_the_threshold() -> None:
    assert run("check", FLAGGED, "--fail-on", "never").exit_code == 0
    assert run("check", FLAGGED, "--severity", "error", "--ignore", "CIT,FAC,DOC,DEC").exit_code == 0


def test_what_could_not_be_read_is_never_green() -> None:
    assert run("check", UNREADABLE).exit_code == 3
    assert run("check", HOSTILE / "shopping-list.txt").exit_code == 3
    assert run("check", "no-such-file.txt").exit_code == 3
    assert run(*quiet(FLAGGED)).exit_code == 0
    mixed = run(*quiet(FLAGGED, UNREADABLE))
    assert mixed.exit_code == 1
    assert "not every letter could be checked" in mixed.stdout
    assert "empty.txt" in mixed.stderr


def test_standard_input() -> None:
    result = run("check", "-", "--format", "jsonl", text=FLAGGED.read_text("utf-8"))
    assert json.loads(result.stdout)["doc"] == "stdin"
    assert result.exit_code == 1


def test_a_code_that_no_rule_has_is_refused() -> None:
    result = run("check", FLAGGED, "--select", "DECC001")
    assert result.exit_code == 2
    assert "no rule has a code that begins with DECC001" in " ".join(result.stderr.replace("│", " ").split())


def test_a_broken_rules_folder_is_one_line_a_mistake(tmp_path: Path) -> None:
    rules = shutil.copytree(rules_folder(), tmp_path / "rules")
    broken = next(iter(sorted((rules / "citation").glob("*.yaml"))))
    broken.write_text(broken.read_text("utf-8").replace("severity:", "severityy:", 1), "utf-8")
    result = run("check", FLAGGED, "--rules", rules)
    assert result.exit_code == 2
    assert re.search(rf"{broken.name}:\d+:\d+: .*severityy", result.stderr)
    assert "Traceback" not in result.output


def test_an_incomplete_rules_folder_is_said_in_a_line(tmp_path: Path) -> None:
    result = run("check", FLAGGED, "--rules", tmp_path)
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert result.stderr.strip()


def test_a_crash_on_one_letter_shows_in_the_exit_code_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    real = Checker.check_source

    def check_source(self: Checker, source: SourceText) -> Checked:
        if source.doc == FLAGGED.stem:
            raise ZeroDivisionError(source.raw)
        return real(self, source)

    monkeypatch.setattr(Checker, "check_source", check_source)
    result = run("check", FLAGGED, LETTERS / "norco-criteria-conceded.txt", "--format", "jsonl")
    assert result.exit_code == 2
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [r["status"] for r in records] == ["unreadable", "ok"]
    assert "internal error: ZeroDivisionError at test_check.py:" in records[0]["problems"][0]
    assert "Soma" not in result.stderr


def test_the_reference_reading_alone_finds_the_same() -> None:
    both = [run("check", LETTERS, "--format", "jsonl", "--engine", engine) for engine in ("auto", "reference")]
    assert both[0].stdout == both[1].stdout
    assert both[0].exit_code == both[1].exit_code


@pytest.mark.parametrize("name", sorted(path.name for path in HOSTILE.iterdir()))
def test_a_hostile_input_ends_in_a_clear_line_or_a_checked_letter(name: str) -> None:
    result = run("check", HOSTILE / name, "--format", "jsonl")
    assert result.exit_code in {0, 1, 3}
    assert "Traceback" not in result.output
    for line in result.stdout.splitlines():
        record = json.loads(line)
        assert record["status"] in {"ok", "partial"} or record["problems"]


def test_a_reader_that_stops_early_is_no_error_message() -> None:
    command = [sys.executable, "-c", "from checker.cli import main; main()", "check", str(LETTERS), "--format", "jsonl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        errors = process.stderr.read().decode()
    assert "Traceback" not in errors
    assert "Broken" not in errors
    assert process.returncode == 2
