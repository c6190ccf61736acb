"""``imrcheck sample``, ``review`` and ``agreement`` on a run of the fixtures, as a department uses them."""

import json
from pathlib import Path

import pytest

from tests.cli.test_check import LETTERS, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("desk") / "run"
    letters = sorted(LETTERS.glob("*.txt"))[:12]
    assert run("audit", *letters, "--out", out, "--pages", "none").exit_code == 1
    return out


def test_a_sample_is_drawn_and_verified(folder: Path, tmp_path: Path) -> None:
    record = tmp_path / "sample.json"
    result = run("sample", folder, "--size", "6", "--seed", "2026-Q1", "--by", "outcome", "--out", record)
    assert result.exit_code == 0
    held = json.loads(record.read_text("utf-8"))
    assert len(held["units"]) == 6
    assert sum(s["drawn"] for s in held["strata"]) == 6
    assert {u["stratum"] for u in held["units"]} <= {"upheld", "overturned", "partially-overturned", "none"}
    assert run("sample", folder, "--verify", record).exit_code == 0
    held["units"] = held["units"][1:] + held["units"][:1]
    record.write_text(json.dumps(held), "utf-8")
    changed = run("sample", folder, "--verify", record)
    assert changed.exit_code == 1
    assert "record was changed" in changed.stderr


@pytest.mark.parametrize("only", ["flagged", "clean"])
def test_letters_with_and_without_findings(folder: Path, only: str) -> None:
    result = run("sample", folder, "--of", "letters", "--only", only, "--size", "100")
    drawn = {u["doc"] for u in json.loads(result.stdout)["units"]}
    lines = [json.loads(line) for line in (folder / "findings.jsonl").read_text("utf-8").splitlines()]
    assert drawn == {
        letter["doc"] for letter in lines if letter["items"] and bool(letter["findings"]) == (only == "flagged")
    }


def test_what_is_no_run_and_no_sample(folder: Path, tmp_path: Path) -> None:
    for command in (("sample",), ("agreement",), ("review", "--reviewer", "A")):
        result = run(*command[:1], tmp_path, *command[1:])
        assert result.exit_code == 2
        assert "imrcheck audit" in result.stderr
    (tmp_path / "x.json").write_text("[]")
    assert run("sample", folder, "--verify", tmp_path / "x.json").exit_code == 2
    assert run("agreement", folder, "--sample", tmp_path / "x.json").exit_code == 2
    assert run("agreement", folder, "--verdicts", tmp_path / "none.jsonl").exit_code == 2


def test_review_and_agreement(folder: Path, tmp_path: Path) -> None:
    verdicts = tmp_path / "verdicts.jsonl"
    assert run("agreement", folder).exit_code == 3
    for reviewer, keys in (("A.R.", "c\nd\n3\nq\n"), ("B.S.", "c\nc\nq\n")):
        state = ("--state", "open", "--state", "confirmed", "--state", "dismissed")
        result = run("review", folder, "--reviewer", reviewer, "--verdicts", verdicts, *state, text=keys)
        assert result.exit_code == 0
        assert "2 verdicts given" in result.stdout
    told = json.loads(run("agreement", folder, "--verdicts", verdicts, "--format", "json").stdout)
    assert told["agreement"][0]["percent"]["value"] == 0.5
    assert told["states"]["disputed"] == 1
    text = run("agreement", folder, "--verdicts", verdicts).stdout
    assert "agree on 50 % of 2" in text
    rules = json.loads(run("rules", "list", "--run", folder, "--verdicts", verdicts, "--format", "json").stdout)[
        "rules"
    ]
    held = {row["id"]: row["precision"] for row in rules if "precision" in row}
    assert held == told["precision"]
    done = run("review", folder, "--reviewer", "C", "--verdicts", verdicts, "--state", "stale")
    assert done.exit_code == 3


def test_a_blind_double_review_from_the_draw_to_the_figures(folder: Path, tmp_path: Path) -> None:
    verdicts, record = tmp_path / "verdicts.jsonl", tmp_path / "sample.json"
    drawn = run("sample", folder, "--only", "flagged", "--size", "4", "--double", "2", "--seed", "s", "--out", record)
    assert "2 of them are marked for a blind double review" in drawn.stdout
    assert run("sample", folder, "--verify", record).exit_code == 0
    marked = [unit for unit in json.loads(record.read_text("utf-8"))["units"] if unit.get("double")]
    assert len(marked) == 2
    for reviewer in ("A.R.", "B.S."):
        done = run(
            "review", folder, "--reviewer", reviewer, "--sample", record, "--verdicts", verdicts, text="c\n" * 99
        )
        assert done.exit_code == 0
        assert "A.R." not in done.stdout
    told = json.loads(run("agreement", folder, "--verdicts", verdicts, "--sample", record, "--format", "json").stdout)
    double = told["double"]
    assert double["findings"] == double["judged_twice"] >= 2
    assert double["agreement"][0]["percent"] == {
        **double["agreement"][0]["percent"],
        "value": 1.0,
        "of": double["findings"],
    }
    assert told["agreement"] == [], "what is not marked was seen, and asked of one only"
    for unit in (held := json.loads(record.read_text("utf-8")))["units"]:
        unit.pop("double", None)
    record.write_text(json.dumps(held), "utf-8")
    assert run("sample", folder, "--verify", record).exit_code == 1


def test_pages_that_show_verdicts_are_not_served_blind(folder: Path, tmp_path: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "verdicts": [{"name": "verdicts.jsonl"}]}))
    for command in (("serve",), ("review", "--reviewer", "A")):
        result = run(command[0], tmp_path, *command[1:], "--blind")
        assert result.exit_code == 2
        assert "show verdicts" in result.stderr


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
def test_a_worksheet_of_a_sample(folder: Path, tmp_path: Path, ending: str) -> None:
    record = tmp_path / "sample.json"
    run("sample", folder, "--size", "5", "--out", record)
    out = tmp_path / f"sheet{ending}"
    assert run("worksheet", folder, "--out", out).exit_code == 0
    whole = out.read_bytes()
    result = run("worksheet", folder, "--out", out, "--sample", record)
    assert (result.exit_code, result.stdout) == (0, f"5 items in {out}\n")
    assert len(out.read_bytes()) < len(whole)
    assert run("worksheet", folder, "--out", tmp_path / "sheet.doc").exit_code == 2
