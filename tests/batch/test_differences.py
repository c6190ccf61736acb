"""Two runs beside each other: what is new, gone or changed, and what changed between them."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from checker.batch.differences import Cause, Difference, Differences, EarlierRun, Kind
from checker.batch.errors import NoEarlierRunError

Record = dict[str, Any]


def finding(rule: str = "CIT001.a", item: int = 1, words: str = "no guideline", **more: object) -> Record:
    quotes = [{"part": "guideline", "start": 0, "end": 5, "quote": words}]
    return {
        "code": rule.partition(".")[0],
        "rule": rule,
        "item": item,
        "severity": "error",
        "confidence": "high",
        "message": f"{rule} on {item}",
        "reference": {"guideline": "MTUS"},
        "evidence": quotes,
        "fingerprint": f"{rule}-{item}-{words}",
        **more,
    }


def letter(doc: str, *findings: Record, sha256: str = "a") -> Record:
    return {"doc": doc, "sha256": sha256, "status": "ok", "findings": list(findings)}


def manifest(**rules: str) -> Record:
    return {
        "program": "imrcheck",
        "tool": "1.0",
        "python": "3.11",
        "engine": {"name": "reference reading"},
        "rules": {"sha256": "r", "folder": "f", "each": {"CIT001.a": "1", "FAC001": "1"} | rules},
        "inputs": {"sha256": "i", "letters": 1},
        "config": {"select": [], "ignore": [], "severity": "note", "confidence": "low", "across": True},
    }


def earlier(folder: Path, letters: list[Record], told: Record | None = None) -> EarlierRun:
    folder.mkdir(exist_ok=True)
    (folder / "manifest.json").write_text(json.dumps(told or manifest()))
    (folder / "findings.jsonl").write_text("".join(json.dumps(record) + "\n" for record in letters))
    return EarlierRun(folder)


def compared(
    tmp_path: Path, was: list[Record], now: list[Record], told: Record | None = None, before: Record | None = None
) -> tuple[Differences, list[Difference]]:
    differences = Differences(earlier(tmp_path / "run", was, before), told or manifest())
    return differences, list(differences.found(iter(now)))


def test_the_same_run_twice_has_no_difference(tmp_path: Path) -> None:
    letters = [letter("a", finding()), letter("b")]
    differences, found = compared(tmp_path, letters, copy.deepcopy(letters))
    assert found == []
    assert dict(differences.findings) == {Kind.UNCHANGED: 1}
    assert differences.letters == {"same": 2}


def test_new_and_gone_findings_of_letters_that_came_and_went(tmp_path: Path) -> None:
    was = [letter("a", finding()), letter("gone", finding(), finding("FAC001"))]
    differences, found = compared(tmp_path, was, [letter("new", finding()), letter("a", finding())])
    assert [(d.kind, d.doc, d.position, d.causes) for d in found] == [
        (Kind.NEW, "new", 1, (Cause.LETTER_ADDED,)),
        (Kind.GONE, "gone", 0, (Cause.LETTER_REMOVED,)),
        (Kind.GONE, "gone", 0, (Cause.LETTER_REMOVED,)),
    ]
    assert differences.letters == {"same": 1, "added": 1, "removed": 1}
    assert differences.causes[Kind.GONE, Cause.LETTER_REMOVED] == 2


def test_other_words_of_one_rule_and_item_are_one_changed_finding(tmp_path: Path) -> None:
    was = [letter("a", finding(words="no guideline"))]
    _, (found,) = compared(tmp_path, was, [letter("a", finding(words="none cited"), sha256="b")])
    assert (found.kind, found.causes) == (Kind.CHANGED, (Cause.LETTER_CHANGED,))
    assert found.was == {"quotes": ["no guideline"]}


def test_another_severity_of_the_same_words_is_a_change(tmp_path: Path) -> None:
    now = [letter("a", finding(severity="note"))]
    _, (found,) = compared(tmp_path, [letter("a", finding())], now, manifest(**{"CIT001.a": "2"}))
    assert (found.kind, found.causes) == (Kind.CHANGED, (Cause.RULE_CHANGED,))
    assert found.was == {"severity": "error"}
    assert found.record()["was"] == {"severity": "error"}


def test_of_two_findings_of_one_rule_each_has_its_own_pair(tmp_path: Path) -> None:
    was = [letter("a", finding(words="one"), finding(words="two"))]
    _, found = compared(tmp_path, was, [letter("a", finding(words="three"), finding(words="two"))])
    assert [(d.kind, d.position, d.was) for d in found] == [(Kind.CHANGED, 1, {"quotes": ["one"]})]


@pytest.mark.parametrize(
    ("change", "cause"),
    [
        ({"rules": {"sha256": "r", "folder": "f", "each": {"CIT001.a": "1"}}}, Cause.RULE_ADDED),
        ({"rules": {"sha256": "r", "folder": "f", "each": {"CIT001.a": "1", "FAC001": "0"}}}, Cause.RULE_CHANGED),
        ({"rules": {"sha256": "r", "folder": "g", "each": {"CIT001.a": "1", "FAC001": "1"}}}, Cause.LEXICON_CHANGED),
        ({"tool": "0.9"}, Cause.TOOL_CHANGED),
        ({"engine": {"name": "durable-rules"}}, Cause.TOOL_CHANGED),
        ({"config": {"ignore": ["FAC"]}}, Cause.FILTERS_CHANGED),
        ({"config": {"select": ["CIT"]}}, Cause.FILTERS_CHANGED),
        ({"config": {"severity": "error", "confidence": "high"}}, Cause.UNKNOWN),
        ({}, Cause.UNKNOWN),
    ],
)
def test_why_a_finding_is_new_in_an_unchanged_letter(tmp_path: Path, change: Record, cause: Cause) -> None:
    _, (found,) = compared(tmp_path, [letter("a")], [letter("a", finding("FAC001"))], before=manifest() | change)
    assert (found.kind, found.causes) == (Kind.NEW, (cause,))


def test_why_a_finding_is_gone_from_an_unchanged_letter(tmp_path: Path) -> None:
    without = manifest()
    del without["rules"]["each"]["FAC001"]
    _, (found,) = compared(tmp_path, [letter("a", finding("FAC001"))], [letter("a")], without)
    assert (found.kind, found.causes) == (Kind.GONE, (Cause.RULE_REMOVED,))
    stricter = manifest() | {"config": {"severity": "error"}}
    _, (found,) = compared(tmp_path, [letter("a", finding("FAC001", severity="note"))], [letter("a")], stricter)
    assert found.causes == (Cause.FILTERS_CHANGED,)


def test_everything_that_changed_is_named(tmp_path: Path) -> None:
    before = manifest(FAC001="0") | {"tool": "0.9"}
    before["rules"]["folder"] = "g"
    now = [letter("a", finding("FAC001"), sha256="b")]
    _, (found,) = compared(tmp_path, [letter("a")], now, before=before)
    assert found.causes == (Cause.LETTER_CHANGED, Cause.RULE_CHANGED, Cause.TOOL_CHANGED)


def test_what_is_found_beside_other_letters_depends_on_them(tmp_path: Path) -> None:
    now = [letter("a", finding("FAC001", beside=[{"doc": "b"}]))]
    other = manifest() | {"inputs": {"sha256": "j", "letters": 2}}
    _, (found,) = compared(tmp_path, [letter("a")], now, other)
    assert found.causes == (Cause.NEIGHBOURS_CHANGED,)
    alone = manifest() | {"config": {"across": False}}
    _, (found,) = compared(tmp_path, [letter("a")], now, before=alone)
    assert found.causes == (Cause.FILTERS_CHANGED,)


def test_of_letters_with_one_name_the_same_bytes_belong_together(tmp_path: Path) -> None:
    was = [letter("a", finding("FAC001"), sha256="1"), letter("a", finding(), sha256="2")]
    differences, found = compared(tmp_path, was, [letter("a", finding(), sha256="2"), letter("a", sha256="3")])
    assert [(d.kind, d.finding["rule"], d.causes) for d in found] == [(Kind.GONE, "FAC001", (Cause.LETTER_CHANGED,))]
    assert differences.letters == {"same": 1, "changed": 1}


@pytest.mark.parametrize("broken", ["manifest", "findings", "other"])
def test_a_folder_without_a_whole_run_is_refused(tmp_path: Path, broken: str) -> None:
    with pytest.raises(NoEarlierRunError, match="holds no finished run"):
        EarlierRun(tmp_path)
    (tmp_path / "manifest.json").write_text("{}" if broken == "manifest" else json.dumps(manifest()))
    (tmp_path / "findings.jsonl").write_text('{"doc": "a"' if broken == "findings" else '{"doc": "a"}\n')
    with pytest.raises(NoEarlierRunError, match="cannot be read"):
        EarlierRun(tmp_path)


def test_a_masked_run_is_compared_with_a_masked_run_only(tmp_path: Path) -> None:
    masked = manifest() | {"config": {"redacted": True}}
    earlier(tmp_path / "plain", [letter("a", finding())])
    with pytest.raises(NoEarlierRunError, match="two of a kind"):
        EarlierRun(tmp_path / "plain", redacted=True)
    with pytest.raises(NoEarlierRunError, match="two of a kind"):
        earlier(tmp_path / "masked", [letter("a", finding())], masked)
    EarlierRun(tmp_path / "masked", redacted=True)
