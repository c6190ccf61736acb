"""The published schema is the code's, and every line that is printed keeps to it and to the wire format's names."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from checker.batch.jsonlines import json_line, json_text
from checker.batch.letters import Failed, Letter
from checker.batch.versions import Versions
from checker.reporting.wire_check import CheckRecord, check_record, check_schema
from tests.reporting import samples
from tests.reporting.builders import RULES

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "check.json"
MAKERS: list[Callable[[], Letter]] = [
    samples.pain,
    samples.clean,
    samples.hostile,
    samples.foreign,
    samples.unreadable,
    lambda: Failed("a", "b", "c", "d"),
]

LETTER = {"schema", "doc", "source", "sha256", "status", "problems", "rules", "tool", "items", "findings"}
ITEM = {"item", "request", "outcome", "topic", "results", "criteria"}
FINDING = {
    *("code", "rule", "item", "severity", "confidence", "message", "reference", "fingerprint", "evidence"),
}
EVIDENCE = {"part", "start", "end", "quote"}


def record(letter: Letter) -> CheckRecord:
    return check_record(letter, Versions("1.2.3", RULES))


def test_the_published_schema_is_the_one_of_the_code() -> None:
    """On failure: python -c "from tests.reporting.test_wire_check import publish; publish()"."""
    assert SCHEMA.read_text("utf-8") == json_text(check_schema())


def publish() -> None:
    SCHEMA.write_text(json_text(check_schema()), "utf-8", newline="\n")


@pytest.mark.parametrize("make", MAKERS)
def test_every_line_keeps_to_the_schema(make: Callable[[], Letter]) -> None:
    line = json_line(record(make()))
    assert line.count("\n") == 1
    TypeAdapter(CheckRecord).validate_json(line, strict=True)


def test_the_schema_refuses_what_it_should() -> None:
    wrong = json.loads(json_line(record(samples.pain())))
    wrong["findings"][0]["severity"] = "fatal"
    with pytest.raises(ValidationError):
        TypeAdapter(CheckRecord).validate_json(json.dumps(wrong))


@pytest.mark.parametrize("make", MAKERS)
def test_the_names_of_the_wire_format_are_kept(make: Callable[[], Letter]) -> None:
    out = record(make())
    assert set(out) == LETTER
    for item in out["items"]:
        assert set(item) == ITEM
        assert set(item["results"]) == {"flagged", "clear", "excepted", "not_applicable", "undecided"}
    for finding in out["findings"]:
        assert set(finding) == FINDING
        assert all(set(evidence) == EVIDENCE for evidence in finding["evidence"])


def test_a_quote_is_the_slice_with_white_space_folded() -> None:
    judgement = samples.pain()
    raw = judgement.facts.determination.source.raw
    quotes = [e for f in record(judgement)["findings"] for e in f["evidence"]]
    assert len(quotes) == 7
    for quote in quotes:
        assert quote["quote"] == " ".join(raw[quote["start"] : quote["end"]].split())


def test_a_letter_that_was_not_checked_says_why() -> None:
    out = record(samples.foreign())
    assert (out["status"], out["findings"], out["items"]) == ("unknown-layout", [], [])
    assert "no disputed item found" in out["problems"][0]


def test_a_line_stays_one_line_and_utf8_whatever_the_letter_holds() -> None:
    line = json_line({"text": "a\u2028b\u0085c\ud800d\n"})
    line.encode("utf-8")
    assert len(line.splitlines()) == 1
    assert json.loads(line)["text"] == "a\u2028b\u0085c\ud800d\n"
