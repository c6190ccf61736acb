"""Findings across letters, end to end: in check's three formats, in the audit's data, and in its report."""

import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pytest
from jsonschema import Draft202012Validator

from checker.knowledge.resources import schema_folder
from tests.across.letters import FOLDER, expected
from tests.cli.test_check import FLAGGED, run

ACROSS = {"BAT001", "BAT002"}


def records(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def across(letters: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    rows = [
        (r["doc"], f["item"], f["rule"], f["severity"], tuple(b["doc"] for b in f["beside"]))
        for r in letters
        for f in r["findings"]
        if f["code"] in ACROSS
    ]
    return sorted(rows)


def test_json_lines_hold_them_with_both_letters() -> None:
    result = run("check", FOLDER, "--format", "jsonl")
    letters = records(result.stdout)
    assert result.exit_code == 1
    assert [r["doc"] for r in letters] == [path.stem for path in sorted(FOLDER.glob("*.txt"))]
    assert across(letters) == expected()
    validator = Draft202012Validator(json.loads((schema_folder() / "check.json").read_text("utf-8")))
    assert [error.message for r in letters for error in validator.iter_errors(r)] == []
    for letter in letters:
        ranks = [(f["item"], ("error", "warning", "note").index(f["severity"]), f["code"]) for f in letter["findings"]]
        assert ranks == sorted(ranks)


def test_one_json_document_counts_them() -> None:
    document = json.loads(run("check", FOLDER, "--format", "json").stdout)
    assert across(document["letters"]) == expected()
    found = [f["severity"] for r in document["letters"] for f in r["findings"]]
    assert document["counts"]["warnings"] == found.count("warning")
    assert document["counts"]["notes"] == found.count("note")


def test_text_tells_them_after_the_letters_with_the_words_of_both() -> None:
    text = run("check", FOLDER).stdout
    at = text.index("norco-borrowed-reasons:1  BAT002  warning")
    assert at > text.index("norco-own-reasons:1  CRI-OPI-coverage")
    told = text[at:]
    assert re.search(r'\n    rationale: "There is no documentation of functional improvement', told)
    assert "\n    beside norco-own-reasons:1  upheld, similarity 1\n" in told
    assert re.search(r'\n      rationale: "There is no documentation of functional improvement', told)


@pytest.mark.parametrize("options", [["--no-across"], ["--ignore", "BAT"], ["--select", "FAC,DEC"]])
def test_they_can_be_left_out(options: list[str]) -> None:
    letters = records(run("check", FOLDER, "--format", "jsonl", *options).stdout)
    assert len(letters) == 12
    assert across(letters) == []


def test_filters_hide_and_count_them() -> None:
    document = json.loads(run("check", FOLDER, "--format", "json", "--select", "BAT", "--severity", "warning").stdout)
    assert {f["rule"] for r in document["letters"] for f in r["findings"]} == {"BAT001", "BAT002"}
    assert document["counts"]["warnings"] == 3


def test_a_letter_by_itself_is_compared_with_nothing() -> None:
    (letter,) = records(run("check", FOLDER / "back-mri-refused.txt", "--format", "jsonl").stdout)
    assert across([letter]) == []


def test_a_rule_of_a_batch_cannot_be_tried_on_one_letter() -> None:
    result = run("rules", "try", "BAT001", FOLDER / "back-mri-refused.txt")
    assert result.exit_code == 3
    assert "BAT001 compares letters with each other; use: imrcheck check LETTERS --select BAT001" in result.stderr


def audit(out: Path, *options: str) -> Path:
    result = run("audit", FOLDER, FLAGGED, "--out", out, *options)
    assert result.exit_code == 1, result.stderr
    return out


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return audit(tmp_path_factory.mktemp("across") / "run", "--engine", "reference")


def test_the_data_of_an_audit_agree(audited: Path) -> None:
    letters = records((audited / "findings.jsonl").read_text("utf-8"))
    assert across(letters) == expected()
    assert len(letters) == 13
    table = duckdb.sql(f"select doc, item, rule, severity, beside from '{audited / 'findings.parquet'}'").fetchall()  # noqa: S608
    assert sorted((d, i, r, s, tuple(b["doc"] for b in bs)) for d, i, r, s, bs in table if bs) == expected()
    counted = duckdb.sql(f"select doc, item, warnings, notes from '{audited / 'items.parquet'}'").fetchall()  # noqa: S608
    for doc, item, warnings, notes in counted:
        (letter,) = (r for r in letters if r["doc"] == doc)
        found = [f["severity"] for f in letter["findings"] if f["item"] == item]
        assert (warnings, notes) == (found.count("warning"), found.count("note"))
    counts = json.loads((audited / "manifest.json").read_text("utf-8"))["counts"]
    assert counts["warnings"] == sum(f["severity"] == "warning" for r in letters for f in r["findings"])


def page(folder: Path, doc: str) -> Path:
    (found,) = folder.glob(f"d/*/{doc}-????????????.html")
    return found


def test_the_pages_of_both_letters_lead_to_each_other(audited: Path) -> None:
    for one, other in (("back-mri-refused", "back-mri-approved"), ("back-mri-approved", "back-mri-refused")):
        here, there = page(audited, one), page(audited, other)
        (way,) = re.findall(rf'<h4><a href="([^"]+)">{other}, item 1</a></h4>', here.read_text("utf-8"))
        address, _, item = way.partition("#")
        assert (here.parent / address).resolve() == there.resolve()
        assert f'id="{item}"' in there.read_text("utf-8")


def test_a_letter_shown_beside_a_flagged_one_has_a_page_too(tmp_path: Path) -> None:
    """Without errors and notes the letter with the borrowed reasons alone is flagged; what it leads to is there."""
    options = ("--pages", "flagged", "--select", "BAT002", "--engine", "reference", "--fail-on", "warning")
    folder = audit(tmp_path / "run", *options)
    pages = {path.name.rpartition("-")[0] for path in folder.glob("d/*/*.html")}
    assert pages == {"norco-borrowed-reasons", "norco-own-reasons"}
    assert "norco-own-reasons" in page(folder, "norco-borrowed-reasons").read_text("utf-8")
