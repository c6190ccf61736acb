"""Parsed letters as JSON Lines, as one JSON list, or as text for a person."""

import json
from collections.abc import Iterable, Iterator

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
        return (_json(record) + b"\n" for record in records)
    if form == "json":
        return _json_list(records)
    return (_text(record).encode("utf-8", errors="replace") for record in records)


def _json(record: ParseRecord) -> bytes:
    return json.dumps(record, ensure_ascii=False, sort_keys=True).encode("utf-8", errors="replace")


def _json_list(records: Iterable[ParseRecord]) -> Iterator[bytes]:
    before = b"[\n"
    for record in records:
        yield before + _json(record)
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


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
