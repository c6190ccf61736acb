"""The facts half of the wire format and its view: the schema is the published one, every span slices to its quote."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from checker.batch.jsonlines import json_line, json_text
from checker.batch.letters import Failed, Letter
from checker.model.findings import Judgement
from checker.model.source import SourceText
from checker.reading import read
from checker.reporting.facts_view import write_facts
from checker.reporting.visible import folded
from checker.reporting.wire_facts import FactsRecord, facts_record, facts_schema
from tests.reporting import samples
from tests.shipped import the_checker

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "docs" / "schema" / "facts.json"
CHECKER = the_checker()
DEFAULTS = CHECKER.knowledge.blank
NOT_READ: list[Callable[[], Letter]] = [samples.foreign, samples.unreadable, lambda: Failed("a", "b", "c", "d")]
NAMES = {"schema", "doc", "source", "sha256", "status", "problems", "sentences", "assertions", "items"}


def fixtures() -> list[tuple[SourceText, Judgement]]:
    found = []
    for source in read([str(ROOT / "fixtures" / "letters")]):
        judged = CHECKER.check_source(source)
        if isinstance(source, SourceText) and isinstance(judged, Judgement):
            found.append((source, judged))
    return found


LETTERS = fixtures()


def text_of(letters: list[Letter], form: str = "text") -> str:
    out = io.StringIO()
    write_facts(letters, out, form, DEFAULTS)
    return out.getvalue()


def test_the_published_schema_is_the_one_of_the_code() -> None:
    """On failure: python -c "from tests.reporting.test_wire_facts import publish; publish()"."""
    assert SCHEMA.read_text("utf-8") == json_text(facts_schema())


def publish() -> None:
    SCHEMA.write_text(json_text(facts_schema()), "utf-8", newline="\n")


def test_every_letter_keeps_to_the_schema_and_every_span_slices_to_its_quote() -> None:
    assert len(LETTERS) > 20
    seen = 0
    for source, judged in LETTERS:
        line = json_line(facts_record(judged, DEFAULTS))
        assert line.count("\n") == 1
        record = TypeAdapter(FactsRecord).validate_json(line, strict=True)
        assert set(record) == NAMES
        quoted = [(s["span"], s["text"]) for s in record["sentences"]]
        quoted += [(a["span"], a["quote"]) for a in record["assertions"]]
        quoted += [(e["span"], e["quote"]) for i in record["items"] for f in i["facts"] for e in f["evidence"]]
        for span, quote in quoted:
            sliced = folded(source.raw[span["start"] : span["end"]])
            assert sliced.replace(" ", "") == quote.replace(" ", "")  # a sentence joins a word cut at the line's end
        sentences = {(s["part"], s["item"], s["span"]["start"], s["span"]["end"]) for s in record["sentences"]}
        for told in record["assertions"]:
            assert (told["part"], told["item"], told["sentence"]["start"], told["sentence"]["end"]) in sentences
        seen += len(quoted)
    assert seen > 1000


def test_only_facts_that_differ_from_the_default_are_told_each_once() -> None:
    for _, judged in LETTERS:
        record = facts_record(judged, DEFAULTS)
        assert [i["item"] for i in record["items"]] == list(range(len(judged.items) + 1))
        for item, held in zip(record["items"], (judged.facts.letter, *judged.facts.items), strict=True):
            scope = DEFAULTS["item" if item["item"] else "letter"]
            told = {fact["name"]: fact["value"] for fact in item["facts"]}
            others = {n: f.value for n, f in held.facts.items() if f.value != scope[n].value}
            if item["item"]:
                others = {n: v for n, v in others.items() if n not in DEFAULTS["letter"]}
            assert told == others
            assert list(told) == sorted(told)


def test_every_fact_has_words_or_a_derivation() -> None:
    """A person who doubts a fact must see where it comes from."""
    told = [fact for _, judged in LETTERS for item in facts_record(judged, DEFAULTS)["items"] for fact in item["facts"]]
    assert len(told) > 1000
    assert {fact["name"] for fact in told if not fact["evidence"] and not fact["derivation"].strip()} == set()


def test_no_evidence_is_empty() -> None:
    """Of a part that the letter lacks nothing can be quoted; the derivation then says what is missing."""
    for _, judged in LETTERS:
        for item in facts_record(judged, DEFAULTS)["items"]:
            for fact in item["facts"]:
                assert all(e["quote"].strip() for e in fact["evidence"]), fact


@pytest.mark.parametrize("make", NOT_READ)
def test_a_letter_that_was_not_read_has_no_facts(make: Callable[[], Letter]) -> None:
    record = facts_record(make(), DEFAULTS)
    TypeAdapter(FactsRecord).validate_json(json_line(record), strict=True)
    assert (record["sentences"], record["assertions"], record["items"]) == ([], [], [])
    assert record["problems"]
    assert all(folded(problem) in text_of([make()]) for problem in record["problems"])


def test_the_schema_refuses_what_it_should() -> None:
    line = json_line(facts_record(LETTERS[0][1], DEFAULTS))
    for place, key, value in (("sentences", "role", "chorus"), ("assertions", "status", "silent")):
        wrong = json.loads(line)
        wrong[place][0][key] = value
        with pytest.raises(ValidationError, match=key):
            TypeAdapter(FactsRecord).validate_json(json.dumps(wrong))


def test_the_text_holds_every_sentence_assertion_and_fact_of_the_record() -> None:
    for _, judged in LETTERS:
        record = facts_record(judged, DEFAULTS)
        lines = text_of([judged]).splitlines()
        assert lines[0].startswith(f"{judged.facts.determination.source.doc}: ")
        assert sum(" > " in line[:9] for line in lines) == len(record["assertions"])
        for sentence in record["sentences"]:
            assert f"    {sentence['role']} ({sentence['cue']}) {sentence['text']}" in lines
        for told in record["assertions"]:
            start = f"      > {told['concept']}: {told['status'].replace('_', ' ')} ("
            assert any(line.startswith(start) and told["speaker"] in line for line in lines)
        for item in record["items"]:
            for fact in item["facts"]:
                assert any(line.startswith(f"    {fact['name']} = ") for line in lines)


def test_the_text_hides_nothing_and_steers_no_terminal() -> None:
    text = text_of([samples.hostile(), *(make() for make in NOT_READ)])
    assert all(point.isprintable() or point == "\n" for point in text)


def test_colours_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    terminal = Terminal()
    write_facts([LETTERS[0][1]], terminal, "text", DEFAULTS)
    assert "\x1b[" in terminal.getvalue()
    assert "\x1b" not in text_of([LETTERS[0][1]])


def test_one_line_a_letter_as_json() -> None:
    letters: list[Letter] = [LETTERS[0][1], samples.unreadable(), LETTERS[1][1]]
    lines = text_of(letters, "jsonl").splitlines()
    assert [json.loads(line) for line in lines] == [facts_record(letter, DEFAULTS) for letter in letters]
