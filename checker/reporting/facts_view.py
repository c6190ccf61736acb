"""What was read in a letter, for a person who wants to know why a fact has its value: sentences, assertions, facts."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from checker.batch.jsonlines import json_line
from checker.batch.letters import Letter
from checker.reporting.console import QUOTE_WIDTH, Line, printer
from checker.reporting.visible import folded, shortened
from checker.reporting.wire_facts import (
    AssertionRecord,
    Defaults,
    FactRecord,
    FactsRecord,
    SentenceRecord,
    facts_record,
)

_ROLES = {
    "guideline": "blue",
    "case": "green",
    "application": "cyan",
    "conclusion": "bold magenta",
    "disclaimer": "dim",
    "quotation": "yellow",
}
_STATUSES = {"documented": "green", "denied": "red", "not_documented": "yellow", "unclear": "magenta"}


def write_facts(letters: Iterable[Letter], out: TextIO, form: str, defaults: Defaults) -> None:
    """Writes each letter as soon as it is read.

    Args:
        letters: What became of each letter.
        out: Where to; a terminal gets colours.
        form: ``text`` or ``jsonl``.
        defaults: What the vocabulary says of each name before a letter is read.
    """
    records = (facts_record(letter, defaults) for letter in letters)
    if form == "jsonl":
        for record in records:
            out.write(json_line(record))
        return
    show = printer(out)
    for record in records:
        for line in facts_lines(record):
            show(line)


def facts_lines(record: FactsRecord) -> Iterator[Line]:
    """One letter: the facts of the letter, the summary, then each item with its rationale; an empty line at the end."""
    counts = f"{len(record['sentences'])} sentences, {len(record['assertions'])} assertions"
    yield ((folded(record["doc"]), "bold"), (f": {record['status']}, {counts}", ""))
    for problem in record["problems"]:
        yield (("  ! ", "red"), (folded(problem), ""))
    for item in record["items"]:
        number = item["item"]
        yield (("  the letter, its summary" if number == 0 else f"  item {number}, its rationale", "bold"),)
        yield from _sentence_lines(record, number)
        for fact in item["facts"]:
            yield from _fact_lines(fact)
    yield ()


def _sentence_lines(record: FactsRecord, item: int) -> Iterator[Line]:
    told: dict[tuple[str, int, int], list[AssertionRecord]] = {}
    for assertion in record["assertions"]:
        if assertion["item"] == item:
            span = assertion["sentence"]
            told.setdefault((assertion["part"], span["start"], span["end"]), []).append(assertion)
    for sentence in record["sentences"]:
        if sentence["item"] == item:
            yield _sentence_line(sentence)
            span = sentence["span"]
            yield from map(_assertion_line, told.get((sentence["part"], span["start"], span["end"]), ()))


def _sentence_line(sentence: SentenceRecord) -> Line:
    role = sentence["role"]
    return (
        (f"    {role}", _ROLES[role]),
        (f" ({sentence['cue']}) ", "dim"),
        (sentence["text"], ""),
    )


def _assertion_line(assertion: AssertionRecord) -> Line:
    cue = f"cue {assertion['cue']}" if assertion["cue"] else "said outright"
    span = assertion["span"]
    whose = "" if assertion["experiencer"] == "worker" else f"; of {assertion['experiencer']}"
    return (
        (f"      > {assertion['concept']}: ", ""),
        (assertion["status"].replace("_", " "), _STATUSES[assertion["status"]]),
        (f" ({cue}; {assertion['time']}; {assertion['speaker']}{whose}; ", "dim"),
        (f"{assertion['confidence']}; {span['start']}-{span['end']}) ", "dim"),
        (f'"{shortened(assertion["quote"], QUOTE_WIDTH)}"', "italic"),
    )


def _fact_lines(fact: FactRecord) -> Iterator[Line]:
    why = f"; {folded(fact['derivation'])}" if fact["derivation"] else ""
    value = str(fact["value"]).lower() if isinstance(fact["value"], bool) else folded(str(fact["value"]))
    yield ((f"    {fact['name']} = ", ""), (value, "bold"), (f" ({fact['confidence']}{why})", "dim"))
    for evidence in fact["evidence"]:
        quote = shortened(evidence["quote"], QUOTE_WIDTH)
        if quote:
            yield ((f"        {evidence['part']}: ", "dim"), (f'"{quote}"', "italic"))
