"""What the run folder holds of some letters, as bytes: made anywhere, put into the folder in input order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from checker.batch.jsonlines import json_line
from checker.batch.letters import Letter, identity, problems, status
from checker.batch.tables import FACTS, FINDINGS, ITEMS, Row, fact_rows, finding_rows, item_rows
from checker.model.facts import FactValue
from checker.model.findings import Judgement

LISTED = 1000
"""How many letters that were not checked the manifest names; determinations.jsonl has all of them."""


@dataclass(frozen=True, slots=True)
class DataPart:
    """The data of some letters that follow one another.

    Attributes:
        inputs: A line a letter, "<sha256> <doc>".
        determinations: A line a letter in the wire format of parse.
        findings: A line a letter in the wire format of check.
        tables: Rows of findings, items and facts as Arrow streams.
        not_checked: What the manifest may say of those that were not checked.
    """

    inputs: bytes
    determinations: bytes
    findings: bytes
    tables: tuple[bytes, ...]
    not_checked: tuple[Row, ...]


class DataMaker:
    """Takes letters in their order, and has their data in the end.

    Args:
        defaults: The vocabulary's default of each fact name.
    """

    def __init__(self, defaults: Mapping[str, FactValue]) -> None:
        self._defaults = defaults
        self._inputs: list[bytes] = []
        self._parsed: list[str] = []
        self._checked: list[str] = []
        self._rows: tuple[list[Row], list[Row], list[Row]] = ([], [], [])
        self._not_checked: list[Row] = []

    def add(self, letter: Letter, parsed: Mapping[str, Any], checked: Mapping[str, Any]) -> None:
        """Take the next letter.

        Args:
            letter: What became of it.
            parsed: Its object in the wire format of parse.
            checked: Its object in the wire format of check.
        """
        name = identity(letter)
        self._inputs.append(f"{name.sha256} {name.doc}\n".encode("utf-8", "backslashreplace"))
        self._parsed.append(json_line(parsed))
        self._checked.append(json_line(checked))
        if isinstance(letter, Judgement):
            findings, items, facts = self._rows
            findings.extend(finding_rows(letter))
            items.extend(item_rows(letter))
            facts.extend(fact_rows(letter, self._defaults))
        elif len(self._not_checked) < LISTED:
            self._not_checked.append(_not_checked(letter))

    def part(self) -> DataPart:
        """The data of the letters taken."""
        tables = (_packed(rows, schema) for rows, schema in zip(self._rows, (FINDINGS, ITEMS, FACTS), strict=True))
        return DataPart(
            b"".join(self._inputs), _text(self._parsed), _text(self._checked), tuple(tables), tuple(self._not_checked)
        )


def _not_checked(letter: Letter) -> Row:
    name = identity(letter)
    told = {"doc": name.doc, "source": name.source, "sha256": name.sha256}
    return {**told, "status": status(letter).value, "why": list(problems(letter))}


def _text(lines: list[str]) -> bytes:
    return "".join(lines).encode("utf-8")


def _packed(rows: list[Row], schema: pa.Schema) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as stream:
        stream.write_table(pa.Table.from_pylist(rows, schema=schema))
    packed: bytes = sink.getvalue().to_pybytes()
    return packed


def unpacked(table: bytes) -> pa.Table:
    """The rows of an Arrow stream."""
    with pa.ipc.open_stream(table) as stream:
        return stream.read_all()
