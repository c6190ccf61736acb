"""The parse half of the wire format: the published schema is the code's, and every line keeps to it."""

import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from checker.batch.jsonlines import json_line, json_text
from checker.batch.letters import Failed, Letter
from checker.model.determination import Drug, Header, Outcome, Slip
from checker.model.findings import Judgement
from checker.model.source import Span
from checker.reporting.parsed import rendered
from checker.reporting.wire import ParseRecord, parse_record, parse_schema
from tests.reporting import samples

SCHEMA = Path(__file__).parents[2] / "docs" / "schema" / "parse.json"
MAKERS: list[Callable[[], Letter]] = [
    samples.pain,
    samples.clean,
    samples.hostile,
    samples.foreign,
    samples.unreadable,
    lambda: Failed("a", "b", "c", "d"),
]

# The names of the wire format: none may go, others may come.
LETTER = {"schema", "doc", "source", "sha256", "status", "problems", "layout", "header", "reviewer", "summary", "items"}
HEADER = {
    *("case_number", "date_assigned", "date_of_injury", "decision_date", "ur_denial_date", "application_received"),
    "priority",
}
ITEM = {
    *("item", "heading", "request", "original", "authorized", "outcome", "category", "drug", "visits", "body_parts"),
    *("retrospective", "claims_guideline", "reviewer_guideline", "rationale", "verdict", "verdict_span"),
}
GUIDELINE = {"raw", "mtus", "non_mtus", "none_cited", "outside_mtus"}
MTUS = {"chapter", "year", "sections", "pages"}
SPAN = {"start", "end"}


def test_the_published_schema_is_the_one_of_the_code() -> None:
    """On failure: python -c "from tests.reporting.test_wire_parse import publish; publish()"."""
    assert SCHEMA.read_text("utf-8") == json_text(parse_schema())


def publish() -> None:
    SCHEMA.write_text(json_text(parse_schema()), "utf-8", newline="\n")


@pytest.mark.parametrize("make", MAKERS)
def test_every_line_keeps_to_the_schema(make: Callable[[], Letter]) -> None:
    line = json_line(parse_record(make()))
    assert line.count("\n") == 1
    TypeAdapter(ParseRecord).validate_json(line, strict=True)


def test_the_schema_refuses_what_it_should() -> None:
    for key, value in (("outcome", "denied"), ("rationale", None), ("item", 0), ("verdict", "perhaps")):
        wrong = json.loads(json_line(parse_record(samples.pain())))
        wrong["items"][0][key] = value
        with pytest.raises(ValidationError, match=key):
            TypeAdapter(ParseRecord).validate_json(json.dumps(wrong))


@pytest.mark.parametrize("make", MAKERS)
def test_the_names_of_the_wire_format_are_kept(make: Callable[[], Letter]) -> None:
    out = json.loads(json_line(parse_record(make())))
    assert set(out) >= LETTER
    assert set(out["header"]) >= HEADER
    assert set(out["reviewer"]) == {"licensure", "specialties"}
    assert set(out["summary"]) == SPAN
    for item in out["items"]:
        assert set(item) >= ITEM
        assert set(item["rationale"]) == SPAN
        for side in ("claims_guideline", "reviewer_guideline"):
            assert set(item[side]) >= GUIDELINE
            assert all(set(citation) >= MTUS for citation in item[side]["mtus"])


def test_spans_slice_the_raw_text() -> None:
    judgement = samples.pain()
    determination = judgement.facts.determination
    out = parse_record(judgement)
    assert determination.summary is not None
    assert out["summary"] == {"start": determination.summary.start, "end": determination.summary.end}
    rationales = [item.rationale for item in determination.items]
    assert [(span["start"], span["end"]) for span in (item["rationale"] for item in out["items"])] == [
        (span.start, span.end) for span in rationales if span
    ]


def test_what_a_letter_does_not_have() -> None:
    pain = samples.pain()
    assert isinstance(pain, Judgement)
    whole = pain.facts.determination
    item = replace(whole.items[0], rationale=None, outcome=Outcome.NONE, drug=None, verdict_span=None)
    out = parse_record(replace(whole, summary=None, header=Header(), items=(item,)))
    assert out["summary"] == {"start": 0, "end": 0}
    assert out["items"][0]["rationale"] == {"start": item.heading_span.end, "end": item.heading_span.end}
    assert (out["items"][0]["outcome"], out["items"][0]["drug"]) == ("none", None)
    assert out["header"] == {**dict.fromkeys(HEADER), "malformed": {}}


def test_values_of_header_drug_and_slips() -> None:
    whole = samples.pain().facts.determination
    day = datetime.date(2015, 2, 3)
    header = Header("XX15-1", day, day, day, day, day, "Standard", malformed={"decision_date": "13/45/2015"})
    drug = Drug("Norco", "acetaminophen/hydrocodone", "10/325mg", "240 g", 2, "norco", Span(1, 2))
    line = replace(whole.items[0].reviewer_guideline, slips=(Slip("page-total", "of 1", Span(3, 7), "of 127"),))
    item = replace(whole.items[0], drug=drug, reviewer_guideline=line, service_dates=(day,))
    out = parse_record(replace(whole, header=header, items=(item,)))
    odd = {"case_number": "XX15-1", "priority": "Standard", "malformed": {"decision_date": "13/45/2015"}}
    assert out["header"] == dict.fromkeys(HEADER, "2015-02-03") | odd
    assert out["items"][0]["drug"] == {
        "name": "Norco",
        "generic": "acetaminophen/hydrocodone",
        "strength": "10/325mg",
        "quantity": "240 g",
        "refills": 2,
    }
    assert out["items"][0]["service_dates"] == ["2015-02-03"]
    assert out["items"][0]["reviewer_guideline"]["slips"] == [
        {"kind": "page-total", "text": "of 1", "span": {"start": 3, "end": 7}, "suggestion": "of 127"}
    ]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_forms(count: int) -> None:
    letters = [make() for make in MAKERS[:count]]
    lines = b"".join(rendered(letters, "jsonl")).decode().splitlines()
    listed = json.loads(b"".join(rendered(letters, "json")))
    assert [json.loads(line) for line in lines] == listed == [parse_record(letter) for letter in letters]


def test_text_for_a_person_hides_nothing() -> None:
    text = b"".join(rendered([make() for make in MAKERS], "text")).decode()
    assert all(point.isprintable() or point == "\n" for point in text)
    assert f"1. {samples.pain().facts.determination.items[0].heading}: upheld" in text
    assert "unreadable" in text
