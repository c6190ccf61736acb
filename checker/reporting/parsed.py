"""Parsed letters as JSON Lines, as one JSON list, or as text for a person."""

from collections.abc import Iterable, Iterator

from checker.batch.jsonlines import json_line
from checker.batch.letters import Letter
from checker.reporting.visible import folded
from checker.reporting.wire import ParsedItemRecord, ParseRecord, parse_record


def rendered(letters: Iterable[Letter], form: str) -> Iterator[bytes]:
    """The letters in UTF-8, piece by piece, in their order.

    Args:
        letters: What became of each letter.
        form: ``jsonl``, ``json`` or ``text``.
    """
    records = (parse_record(letter) for letter in letters)
    if form == "jsonl":
        pieces: Iterator[str] = map(json_line, records)
    elif form == "json":
        pieces = _json_list(records)
    else:
        pieces = map(_text, records)
    return (piece.encode("utf-8", errors="replace") for piece in pieces)


def _json_list(records: Iterable[ParseRecord]) -> Iterator[str]:
    before = "[\n"
    for record in records:
        yield before + json_line(record).rstrip("\n")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _text(record: ParseRecord) -> str:
    layout = f", layout {record['layout']}" if record["layout"] else ""
    lines = [f"{folded(record['doc'])}: {record['status']}{layout}, disputed items: {len(record['items'])}"]
    lines += [f"  ! {folded(problem)}" for problem in record["problems"]]
    for item in record["items"]:
        lines += _item_lines(item)
    return "\n".join(lines) + "\n"


def _item_lines(item: ParsedItemRecord) -> list[str]:
    outcome = item["outcome"].replace("-", " ")
    return [
        f"  {item['item']}. {folded(item['heading'])}: {outcome}",
        f"     claims administrator: {folded(item['claims_guideline']['raw']) or '(no line)'}",
        f"     reviewer: {folded(item['reviewer_guideline']['raw']) or '(no line)'}",
        f"     verdict in the rationale: {item['verdict'].replace('-', ' ')}",
    ]
