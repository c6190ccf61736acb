"""imrcheck audit: a folder that is the same every time, and never written over somebody's work."""

import hashlib
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb

from checker.desk.run import finished_run
from checker.review.log import VerdictLog
from tests.cli.test_check import FLAGGED, HOSTILE, LETTERS, UNREADABLE, run
from tests.review.statements import statement

ACROSS = LETTERS.parent / "across"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def audit(out: Path, seed: str, *options: str) -> int:
    """A run in a process of its own, since the order of sets differs from process to process."""
    command = [sys.executable, "-c", "from checker.cli import main; main()", "audit", str(ACROSS), str(HOSTILE)]
    done = subprocess.run(
        [*command, "--out", str(out), *options],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=False,
    )
    return done.returncode


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    assert audit(tmp_path / "a", "1") == audit(tmp_path / "b", "2", "--jobs", "2") == 1
    first, second = contents(tmp_path / "a"), contents(tmp_path / "b")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert "UNFINISHED" not in first
    assert "index.html" in first
    assert b"BAT001" in first["findings.jsonl"]


def test_the_folder_holds_what_check_prints(tmp_path: Path) -> None:
    out = tmp_path / "run"
    result = run("audit", LETTERS, UNREADABLE, "--out", out)
    assert result.exit_code == 1
    assert str(out / "index.html") in result.stdout
    printed = run("check", LETTERS, UNREADABLE, "--format", "jsonl").stdout
    assert (out / "findings.jsonl").read_text("utf-8") == printed
    parsed = run("parse", LETTERS, UNREADABLE).stdout.splitlines()
    written = (out / "determinations.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in written] == [json.loads(line) for line in parsed]


def test_manifest_tables_and_pages_tell_the_same_numbers(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run("audit", LETTERS, UNREADABLE, "--out", out)
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    counts = manifest["counts"]
    assert manifest["rules"]["each"]
    assert manifest["engine"]["name"]
    assert manifest["engine"]["why"]
    assert [x["doc"] for x in manifest["not_checked"]["letters"]] == ["empty"]
    findings = asked("count(*)", out / "findings.parquet")
    assert findings == counts["errors"] + counts["warnings"] + counts["notes"]
    assert asked("count(*)", out / "items.parquet") == counts["items"]
    assert asked("sum(errors)", out / "items.parquet") <= counts["errors"]
    pages = [p.read_text("utf-8") for p in out.glob("d/*/*.html")]
    assert len(pages) == counts["judged"]
    assert sum(page.count(" data-finding ") for page in pages) == findings


def asked(what: str, table: Path) -> int:
    ((number,),) = duckdb.read_parquet(str(table)).aggregate(what).fetchall()
    return int(number)


def test_every_quote_of_a_finding_stands_in_the_text_of_its_page(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run("audit", LETTERS, "--out", out)
    for page in out.glob("d/*/*.html"):
        html = page.read_text("utf-8")
        for label in re.findall(r'<li id="F([\d.]+)"><a class="ref"', html):
            assert f'id="w{label}"' in html, (page.name, label)
            assert f'href="#F{label}">F{label}</a>' in html, (page.name, label)


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    result = run("audit", FLAGGED, "--out", tmp_path)
    assert result.exit_code == 2
    assert "holds no earlier run" in " ".join(result.stderr.split())
    assert contents(tmp_path) == {"notes.txt": b"mine"}


def test_times_are_written_only_when_asked_for(tmp_path: Path) -> None:
    run("audit", FLAGGED, "--out", tmp_path / "run", "--run-log")
    log = json.loads((tmp_path / "run" / "run-log.json").read_text())
    assert log["seconds"] >= 0
    run("audit", FLAGGED, "--out", tmp_path / "run")
    assert not (tmp_path / "run" / "run-log.json").exists()


def test_a_second_audit_of_letters_that_rest_on_each_other_gives_what_a_new_folder_has(tmp_path: Path) -> None:
    letters = sorted(ACROSS.glob("*.txt"))
    run("audit", *letters[::2], "--out", tmp_path / "run")
    run("audit", *letters, "--out", tmp_path / "run")
    run("audit", *letters, "--out", tmp_path / "new")
    first, second = contents(tmp_path / "run"), contents(tmp_path / "new")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    beside = [name for name in first if name.startswith("d/") and b'class="side-by-side"' in first[name]]
    assert len(beside) > 2


def test_letters_without_a_page_are_on_record(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run("audit", LETTERS, "--out", out, "--pages", "flagged", "--page-sample", "3", "--page-seed", "x")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    told = manifest["pages"]
    assert manifest["config"]["pages"] == told["which"] == "flagged"
    assert told["written"] == len(list(out.glob("d/*/*.html"))) < told["letters"] == manifest["counts"]["judged"]
    assert asked("count(distinct page)", out / "pages.parquet") == told["letters"]
    assert manifest["files"]["pages.parquet"] == hashlib.sha256((out / "pages.parquet").read_bytes()).hexdigest()


def test_filters_are_told(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run("audit", FLAGGED, "--out", out, "--select", "CIT", "--pages", "none")
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert manifest["config"]["select"] == ["CIT"]
    assert manifest["counts"]["hidden"] > 0
    assert not (out / "d").exists()
    assert "hidden by the filters of this run" in (out / "index.html").read_text("utf-8")


def test_codes_lead_to_the_pages_of_the_rule_book_where_they_are_asked_for(tmp_path: Path) -> None:
    letter = LETTERS / "norco-criteria-conceded.txt"
    run("audit", letter, "--out", tmp_path / "with", "--rule-book", "--fail-on", "never")
    page = next((tmp_path / "with" / "d").rglob("*.html"))
    links = re.findall(r'<a class="code" href="([^"]+)"', page.read_text("utf-8"))
    assert links
    assert all((page.parent / link).resolve().is_file() for link in links)
    run("audit", letter, "--out", tmp_path / "with", "--fail-on", "never")
    assert not (tmp_path / "with" / "rules").exists()
    assert 'class="code" href' not in next((tmp_path / "with" / "d").rglob("*.html")).read_text("utf-8")


def test_verdicts_of_reviewers_are_shown(tmp_path: Path) -> None:
    run("audit", FLAGGED, "--out", tmp_path / "run")
    held = next(iter(finished_run(tmp_path / "run").findings.values())).today
    log = VerdictLog(tmp_path / "verdicts.jsonl")
    said = {"fingerprint": held.fingerprint, "rule": held.rule, "doc": held.doc, "item": held.item}
    hashes = {"rule_hash": held.rule_hash, "evidence_hash": held.evidence_hash}
    log.append(statement(**said, **hashes, verdict="confirmed", reviewer="A.R."))
    run("audit", FLAGGED, "--out", tmp_path / "run", "--verdicts", log.path)
    page = next((tmp_path / "run" / "d").rglob("*.html")).read_text("utf-8")
    assert page.count('class="stand confirmed"') == 1
    missing = run("audit", FLAGGED, "--out", tmp_path / "run", "--verdicts", tmp_path / "none.jsonl")
    assert missing.exit_code == 2


def test_a_redacted_audit_names_nobody(tmp_path: Path) -> None:
    letter = tmp_path / "CM14-0000076.txt"
    text = FLAGGED.read_text("utf-8")
    line = "Seen by Dr. Zebulon Quillfeather on 03/17/2014 in case CM14-0000076."
    letter.write_text(text.replace("\n\n", f"\n\n{line}\n\n", 1), "utf-8")
    run("audit", letter, "--out", tmp_path / "open")
    held = next(iter(finished_run(tmp_path / "open").findings.values())).today
    said = {"fingerprint": held.fingerprint, "rule": held.rule, "doc": held.doc, "item": held.item}
    sha256 = finished_run(tmp_path / "open").letter_of(held.fingerprint).sha256
    hashes = {"rule_hash": held.rule_hash, "sha256": sha256}
    log = VerdictLog(tmp_path / "verdicts.jsonl")
    log.append(statement(**{**said, **hashes}, evidence_hash="", note="as Dr. Quillfeather says", reviewer="A.R."))
    result = run("audit", letter, "--out", tmp_path / "shared", "--redact", "--verdicts", log.path)
    assert result.exit_code == 1
    written = {p.name: p.read_bytes() for p in sorted((tmp_path / "shared").rglob("*")) if p.is_file()}
    tables = "".join(
        str(duckdb.read_parquet(str(p)).fetchall()) for p in sorted((tmp_path / "shared").glob("*.parquet"))
    )
    for mark in ("Zebulon", "Quillfeather", "03/17", "0000076"):
        assert mark not in tables
        assert [name for name, held_ in written.items() if mark.encode() in held_] == []
    page = next((tmp_path / "shared" / "d").rglob("letter-*.html")).read_text("utf-8")
    assert page.count('class="stand confirmed"') == 1
    assert page.count(" data-finding ") == len(finished_run(tmp_path / "open").findings)
    assert json.loads((tmp_path / "shared" / "manifest.json").read_text("utf-8"))["config"]["redacted"] is True


def test_a_run_is_compared_with_an_earlier_one(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    run("audit", FLAGGED, "--out", first, "--ignore", "CIT")
    result = run("audit", FLAGGED, "--out", second, "--against", first)
    assert result.exit_code == 1
    told = json.loads((second / "differences.json").read_text("utf-8"))
    assert told["findings"]["new"] == len(told["differences"]) > 0
    assert told["causes"]["new"] == {"filters changed": told["findings"]["new"]}
    assert told["findings"]["unchanged"] == len(finished_run(first).findings)
    assert told["letters"] == {"same": 1, "changed": 0, "added": 0, "removed": 0}
    manifest = json.loads((second / "manifest.json").read_text("utf-8"))
    assert manifest["against"]["rules"] == manifest["rules"]["sha256"]
    assert "differences.json" in manifest["files"]
    assert "filters changed" in (second / "differences.html").read_text("utf-8")
    again = run("audit", FLAGGED, "--out", tmp_path / "third", "--against", second)
    assert "differences.json" in contents(tmp_path / "third"), again.stderr
    assert json.loads((tmp_path / "third" / "differences.json").read_text("utf-8"))["differences"] == []


def test_an_earlier_run_is_neither_written_over_nor_made_up(tmp_path: Path) -> None:
    run("audit", FLAGGED, "--out", tmp_path / "run")
    before = contents(tmp_path / "run")
    result = run("audit", FLAGGED, "--out", tmp_path / "run", "--against", tmp_path / "run" / ".." / "run")
    assert result.exit_code == 2
    assert contents(tmp_path / "run") == before
    result = run("audit", FLAGGED, "--out", tmp_path / "other", "--against", tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "holds no finished run to compare with" in " ".join(result.stderr.split())
    assert not (tmp_path / "other").exists()


def test_files_of_verdicts_and_samples_are_on_record(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run("audit", FLAGGED, "--out", out)
    held = next(iter(finished_run(out).findings.values())).today
    log = VerdictLog(tmp_path / "verdicts.jsonl")
    log.append(statement(fingerprint=held.fingerprint, doc=held.doc, item=held.item, verdict="unsure"))
    run("sample", out, "--size", "1", "--seed", "7", "--out", tmp_path / "sample.json")
    result = run("audit", FLAGGED, "--out", out, "--verdicts", log.path, "--sample", tmp_path / "sample.json")
    assert result.exit_code == 1
    (told,) = json.loads((out / "manifest.json").read_text("utf-8"))["verdicts"]
    assert told["name"] == "verdicts.jsonl"
    assert told["statements"] == 1
    assert told["sha256"] == hashlib.sha256(log.path.read_bytes()).hexdigest()
    assert "with the seed <code>7</code>" in (out / "audit.html").read_text("utf-8")
    result = run("audit", FLAGGED, "--out", out, "--sample", log.path)
    assert result.exit_code == 2


def test_the_pages_about_the_run_count_what_the_tables_count(tmp_path: Path) -> None:
    out = tmp_path / "run"
    run("audit", LETTERS, "--out", out)
    table = duckdb.read_parquet(str(out / "findings.parquet"))
    duck = table.aggregate("code, count(distinct doc || item)", "code").fetchall()
    rules = (out / "rules.html").read_text("utf-8")
    counted = dict(re.findall(r'<th scope="row" id="([^"]+)">.*?class="figure-of">([\d,]+) /', rules))
    assert {code: str(found) for code, found in duck} == {c: found for c, found in counted.items() if found != "0"}
    for code, _ in duck:
        assert (out / "codes" / f"{code.lower()}.html").is_file()


def test_an_archive_is_a_batch(tmp_path: Path) -> None:
    path = tmp_path / "batch.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(FLAGGED, "2014/letter.txt")
        archive.writestr("2014/broken.pdf", b"no")
    result = run("audit", path, "--out", tmp_path / "run")
    assert result.exit_code == 1
    assert f"{path}!2014/broken.pdf: " in "".join(result.stderr.split("\n"))
    (line, _) = (tmp_path / "run" / "findings.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["doc"] == "letter"
    asked = "SELECT count(*) AS n FROM findings WHERE doc = 'letter'"
    (row,) = json.loads(run("query", asked, tmp_path / "run", "--format", "json").stdout)
    assert row["n"] == len(json.loads(line)["findings"]) > 0


def test_a_masked_run_cannot_be_resumed(tmp_path: Path) -> None:
    result = run("audit", FLAGGED, "--out", tmp_path / "run", "--redact", "--resume")
    assert result.exit_code == 2
    assert not (tmp_path / "run").exists()


def test_one_file_can_be_asked_for(tmp_path: Path) -> None:
    out = tmp_path / "run"
    assert run("audit", FLAGGED, "--out", out, "--single-file").exit_code == 1
    packet = (out / "report.html").read_text("utf-8")
    assert packet.count('<article class="finding') == len(finished_run(out).findings)
    run("audit", FLAGGED, "--out", out)
    assert not (out / "report.html").exists()
