"""The files of the gate: what is written can be read, and what is wrong in them is a line each, never an empty list."""

import datetime
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.gate import Entry, baseline_text, load_baseline, load_suppressions
from checker.knowledge.problems import RuleError

LATEST = datetime.date(2028, 1, 1)
CODES = ("CIT002", "DEC004", "BAT001")
HEAD = '{"schema": 1, "program": "imrcheck", "kind": "baseline", "tool": "1", "rules": "ab"}\n'
GOOD = """\
schema: 1
suppressions:
  - code: DEC004
    doc: CM16-0990001
    item: 1
    reason: the reviewer corrected the letter
    owner: QA, J. Doe
    expires: 2027-01-31
"""
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)
ENTRIES = st.builds(
    Entry,
    doc=TEXTS,
    source=TEXTS,
    sha256=st.just("ab" * 32),
    item=st.integers(0, 99),
    code=st.sampled_from(CODES),
    rule=TEXTS,
    severity=st.sampled_from(("error", "warning", "note")),
    fingerprint=st.text("0123456789abcdef", min_size=64, max_size=64),
    beside=st.lists(TEXTS, max_size=2).map(tuple),
)


def refused(tmp_path: Path, text: str, kind: str = "baseline") -> list[str]:
    path = tmp_path / "file"
    path.write_text(text, "utf-8")
    with pytest.raises(RuleError) as error:
        load_baseline(path) if kind == "baseline" else load_suppressions(path, CODES, LATEST)
    return [str(problem).removeprefix(path.as_posix()) for problem in error.value.problems]


@given(st.lists(ENTRIES, max_size=6))
def test_a_baseline_that_is_written_is_read_again(entries: list[Entry]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "baseline.jsonl"
        path.write_text(baseline_text(entries, "1.0", "ab" * 32), "utf-8")
        found = load_baseline(path)
    assert {entry.key: entry for entry, _ in found.entries} == {entry.key: entry for entry in entries}


@given(
    st.permutations(
        [
            Entry(doc=d, source=d, sha256="ab" * 32, item=1, code=c, rule="r", severity="note", fingerprint=f * 64)
            for d, c, f in (("a", "CIT002", "1"), ("a", "DEC004", "2"), ("b", "CIT002", "3"))
        ]
    )
)
def test_the_order_of_the_findings_does_not_matter(entries: list[Entry]) -> None:
    rows = [json.loads(line) for line in baseline_text(entries, "1.0", "ab").splitlines()[1:]]
    assert [(row["doc"], row["code"]) for row in rows] == [("a", "CIT002"), ("a", "DEC004"), ("b", "CIT002")]
    again = baseline_text(sorted(entries, key=lambda entry: entry.fingerprint), "1.0", "ab")
    assert baseline_text(entries, "1.0", "ab") == again


def test_a_baseline_that_cannot_be_read_is_never_an_empty_one(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="cannot be read"):
        load_baseline(tmp_path / "missing.jsonl")
    assert "is empty: no baseline" in refused(tmp_path, "")[0]
    assert "is not the first line of a baseline" in refused(tmp_path, '{"letters": []}\n')[0]
    assert "is not the first line of a baseline" in refused(tmp_path, HEAD.replace('"schema": 1', '"schema": 2'))[0]


def test_every_wrong_line_of_a_baseline_is_told_with_its_number(tmp_path: Path) -> None:
    told = refused(tmp_path, HEAD + "{}\nno json\n\n")
    assert [line.split(":")[1] for line in told] == ["2", "3"]
    assert all("is no entry of a baseline" in line for line in told)


def test_suppressions_are_read_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "suppressions.yaml"
    path.write_text(GOOD, "utf-8")
    found = load_suppressions(path, CODES, LATEST)
    assert found.entries[0].owner == "QA, J. Doe"
    assert found.entries[0].fingerprint is None
    assert found.places == ((3, 5),)


def test_the_last_day_may_be_the_latest_one(tmp_path: Path) -> None:
    path = tmp_path / "suppressions.yaml"
    path.write_text(GOOD, "utf-8")
    assert load_suppressions(path, CODES, datetime.date(2027, 1, 31)).entries


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (GOOD.replace("DEC004", "DEC04"), "no rule has the code DEC04 (did you mean DEC004?)"),
        (GOOD.replace("    owner: QA, J. Doe\n", ""), "owner: is missing"),
        (GOOD.replace("    reason: the reviewer corrected the letter\n", ""), "reason: is missing"),
        (GOOD.replace("    expires: 2027-01-31\n", ""), "expires: is missing"),
        (GOOD.replace("    doc: CM16-0990001\n", ""), "doc: is missing"),
        (GOOD.replace("the reviewer corrected the letter", '""'), "reason"),
        (GOOD.replace("2027-01-31", "2027-02-30"), "there is no such date"),
        (GOOD.replace("2027-01-31", "soon"), "expires"),
        (GOOD.replace("2027-01-31", "2028-01-02"), "a suppression may last until 2028-01-01 at most (renew it then"),
        (GOOD.replace("    item: 1", "    sha256: 1234"), "sha256"),
        (GOOD.replace("expires", "until"), "until: is no known key"),
        (GOOD.replace("schema: 1", "schema: 7"), "schema"),
    ],
)
def test_a_suppression_without_a_leg_to_stand_on_is_refused(tmp_path: Path, wrong: str, said: str) -> None:
    lines = refused(tmp_path, wrong, "suppressions")
    assert any(said in line for line in lines), lines
