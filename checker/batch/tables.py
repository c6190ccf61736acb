"""The tables of a run as Parquet: the same rows always give the same bytes, and memory does not grow with the batch."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from checker.model.determination import Determination, Item
from checker.model.facts import Evidence, Fact, FactValue, ItemFacts
from checker.model.findings import Beside, Finding, ItemJudgement, Judgement, Result, Severity

Row = dict[str, Any]

ROWS_A_GROUP = 20_000
LARGE_ROWS_A_GROUP = 4_000
"""A row of items names each rule that was settled, some kilobytes: of a group of them memory holds several copies."""
ROWS_AT_A_TIME = 1_000

_QUOTES = pa.list_(
    pa.struct([("part", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("quote", pa.string())])
)
_BESIDE = pa.list_(
    pa.struct(
        [
            *((n, pa.string()) for n in ("doc", "sha256")),
            ("item", pa.int16()),
            *((n, pa.string()) for n in ("outcome", "why")),
        ]
    )
)
"""Items of other letters, of findings across a batch only; findings.jsonl has their words."""

_NAME = [("doc", pa.string()), ("sha256", pa.string()), ("item", pa.int16())]

FINDINGS = pa.schema(
    [
        *_NAME,
        *((n, pa.string()) for n in ("code", "rule", "severity", "confidence", "message", "fingerprint")),
        *((n, pa.string()) for n in ("guideline", "section", "pages", "citation")),
        ("evidence", _QUOTES),
        ("beside", _BESIDE),
    ]
)

COUNTS = tuple(severity.value + "s" for severity in Severity)
"""The columns that count findings."""

ITEMS = pa.schema(
    [
        *_NAME,
        *((n, pa.string()) for n in ("status", "layout")),
        ("decision_date", pa.date32()),
        ("specialties", pa.list_(pa.string())),
        ("licensure", pa.list_(pa.string())),
        *((n, pa.string()) for n in ("request", "outcome", "verdict", "category", "treatment", "topic")),
        *((n, pa.string()) for n in ("drug", "generic", "strength", "quantity")),
        ("refills", pa.int32()),
        ("visits", pa.int32()),
        ("body_parts", pa.list_(pa.string())),
        ("retrospective", pa.bool_()),
        *((result.value, pa.int32()) for result in Result),
        ("settled", pa.list_(pa.string())),
        *((name, pa.int32()) for name in COUNTS),
    ]
)

FACTS = pa.schema(
    [
        *_NAME,
        ("name", pa.string()),
        ("value", pa.string()),
        ("confidence", pa.string()),
        ("derivation", pa.string()),
        ("evidence", _QUOTES),
    ]
)


class Table:
    """Writes rows to one Parquet file, a row group at a time."""

    def __init__(self, path: Path, schema: pa.Schema, metadata: Mapping[str, str] | None = None) -> None:
        self._schema = schema.with_metadata(dict(metadata)) if metadata else schema
        self._path = path
        self._writer = _writer(path, self._schema)
        self._waiting: list[pa.Table] = []
        self._rows = 0
        self._most = LARGE_ROWS_A_GROUP if schema is ITEMS else ROWS_A_GROUP
        self._anew: dict[tuple[Any, ...], tuple[tuple[str, Any], ...]] = {}

    def add(self, rows: Iterator[Row]) -> None:
        """Add rows; keys are the names of the columns."""
        self.take(pa.Table.from_pylist(list(rows), schema=self._schema))

    def take(self, rows: pa.Table) -> None:
        """Add rows that are a table of the same columns."""
        self._waiting.append(rows.replace_schema_metadata(self._schema.metadata))
        self._rows += rows.num_rows
        if self._rows >= self._most:
            self._flush()

    def again(self, row: Row, columns: Sequence[str]) -> None:
        """Take some columns of a row in place of what was added before for the same letter and item."""
        self._anew[_place(row)] = tuple((name, row[name]) for name in columns)

    def _flush(self) -> None:
        if self._rows:
            self._writer.write_table(pa.concat_tables(self._waiting).combine_chunks())
            self._waiting, self._rows = [], 0

    def __enter__(self) -> Self:
        """The table itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Write what is left and close the file."""
        try:
            self._flush()
        finally:
            self._writer.close()
        if self._anew:
            self._replace()

    def _replace(self) -> None:
        """Write the file anew, a row group at a time."""
        old = self._path.with_name(f"{self._path.name}.first")
        self._path.rename(old)
        with pq.ParquetFile(old) as file, _writer(self._path, self._schema) as writer:
            for number in range(file.num_row_groups):
                group = file.read_row_group(number)
                starts = range(0, group.num_rows, ROWS_AT_A_TIME)
                parts = [self._with_what_is_new(group.slice(start, ROWS_AT_A_TIME)) for start in starts]
                writer.write_table(pa.concat_tables(parts).combine_chunks())
        old.unlink()

    def _with_what_is_new(self, rows: pa.Table) -> pa.Table:
        was = rows.to_pylist()
        now = [row | dict(self._anew.get(_place(row), ())) for row in was]
        return pa.Table.from_pylist(now, schema=self._schema) if now != was else rows


def rows_of(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The rows of a table, some columns of them, with no more than a row group in memory.

    Raises:
        OSError: There is no such table, or it cannot be read.
    """
    with pq.ParquetFile(path) as table:
        # Asked for several groups at once, pyarrow reads them all before it gives the first row.
        for group in range(table.num_row_groups):
            for batch in table.iter_batches(ROWS_AT_A_TIME, row_groups=[group], columns=columns, use_threads=False):
                yield from batch.to_pylist()


def _writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    return pq.ParquetWriter(path, schema, compression="zstd")


def _place(row: Row) -> tuple[Any, ...]:
    return row["doc"], row["sha256"], row["item"]


def finding_rows(judgement: Judgement) -> Iterator[Row]:
    """One row a finding."""
    parsed = judgement.facts.determination
    for finding in judgement.findings:
        yield {**_name(parsed, finding.item), **_finding(finding), "evidence": _quotes(finding.evidence, parsed)} | {
            "beside": [_beside(beside) for beside in finding.beside] or None
        }


def _beside(beside: Beside) -> Row:
    return {
        "doc": storable(beside.doc),
        "sha256": beside.sha256,
        "item": beside.item,
        "outcome": beside.outcome,
        "why": beside.why,
    }


def _name(parsed: Determination, item: int) -> Row:
    return {"doc": storable(parsed.source.doc), "sha256": parsed.source.sha256, "item": item}


def _finding(finding: Finding) -> Row:
    return {
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity.value,
        "confidence": finding.confidence.value,
        "message": storable(finding.message),
        "fingerprint": finding.fingerprint,
        "guideline": finding.reference.guideline,
        "section": finding.reference.section,
        "pages": finding.reference.pages,
        "citation": finding.reference.citation,
    }


def _quotes(evidence: tuple[Evidence, ...], parsed: Determination) -> list[Row]:
    return [
        {
            "part": e.part.value,
            "start": e.span.start,
            "end": e.span.end,
            "quote": storable(parsed.quote(e.span)),
        }
        for e in evidence
    ]


def storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot hold, written as escapes."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode("utf-8")


def item_rows(judgement: Judgement) -> Iterator[Row]:
    """One row a disputed item, with the counts of results and findings."""
    parsed = judgement.facts.determination
    of_letter = _settled(judgement.letter)
    for item, judged in zip(parsed.items, judgement.items, strict=True):
        found = [f.severity for f in judgement.findings if f.item == item.number]
        yield {
            **_name(parsed, item.number),
            **_letter(parsed),
            **_item(item),
            **_drug(item),
            **_results(judged),
            "settled": sorted(of_letter | _settled(judged)),
            **{severity.value + "s": found.count(severity) for severity in Severity},
        }


def _settled(judged: ItemJudgement) -> set[str]:
    """Codes with a rule that concerned the item, had what it needs and found nothing, or found it excused."""
    return {code for _, code, result in judged.applied if result in {Result.CLEAR, Result.EXCEPTED}}


def _letter(parsed: Determination) -> Row:
    return {
        "status": parsed.status.value,
        "layout": parsed.layout,
        "decision_date": parsed.header.decision_date,
        "specialties": [storable(s) for s in parsed.reviewer.specialties],
        "licensure": [storable(s) for s in parsed.reviewer.licensure],
    }


def _item(item: Item) -> Row:
    return {
        "request": storable(item.request),
        "outcome": item.outcome.value,
        "verdict": item.verdict.value,
        "category": item.category,
        "treatment": item.treatment,
        "visits": item.visits,
        "body_parts": [storable(part) for part in item.body_parts],
        "retrospective": item.retrospective,
    }


def _drug(item: Item) -> Row:
    drug = item.drug
    if drug is None:
        return dict.fromkeys(("drug", "generic", "strength", "quantity", "refills"))
    return {
        "drug": storable(drug.name),
        "generic": drug.generic,
        "strength": drug.strength,
        "quantity": None if drug.quantity is None else str(drug.quantity),
        "refills": drug.refills,
    }


def _results(judged: ItemJudgement) -> Row:
    return {"topic": judged.topic, **{result.value: judged.results.get(result, 0) for result in Result}}


def fact_rows(judgement: Judgement, defaults: Mapping[str, FactValue]) -> Iterator[Row]:
    """One row a fact that says something: its value is not the vocabulary's default, or words of the letter carry it.

    Args:
        judgement: The letter judged.
        defaults: The vocabulary's default of each name; a name without a row has this value.
    """
    parsed = judgement.facts.determination
    letter = judgement.facts.letter
    yield from _facts_of(parsed, letter, defaults, frozenset())
    for item in judgement.facts.items:
        yield from _facts_of(parsed, item, defaults, letter.facts.keys())


def _facts_of(parsed: Determination, facts: ItemFacts, defaults: Mapping[str, FactValue], leave: Any) -> Iterator[Row]:
    for name, fact in facts.facts.items():
        if name not in leave and (fact.evidence or fact.value != defaults.get(name)):
            yield {**_name(parsed, facts.item), **_fact(fact), "evidence": _quotes(fact.evidence, parsed)}


def _fact(fact: Fact) -> Row:
    return {
        "name": fact.name,
        "value": storable(str(fact.value)),
        "confidence": fact.confidence.value,
        "derivation": storable(fact.derivation),
    }
