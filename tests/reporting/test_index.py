"""The columns of the table of letters: on disk while they are made, and no other for that."""

import json
from collections.abc import Sequence
from typing import Any

import pytest

from checker.reporting import index
from checker.reporting.index import IndexItem, IndexRow, index_script, worst_first


def row(number: int, requests: Sequence[str], **more: Any) -> IndexRow:
    items = tuple(IndexItem(request, "upheld", "Opioids") for request in requests)
    values: dict[str, Any] = {"counts": (0, 0, 0), "codes": (), "worst": "", "why": "", **more}
    page = f"d/ab/l{number}-abcd.html"
    return IndexRow(f"l{number}", page, page, "ok", "2016-01-02", "Pain", items, **values)


def data(rows: Sequence[IndexRow]) -> dict[str, Any]:
    script = "".join(index_script(rows, {"FAC005": "Said to be missing"}))
    told: dict[str, Any] = json.loads(script.removeprefix("window.IMRCHECK = ").removesuffix(";\n"))
    return told


ROWS = [
    row(0, ["Norco", 'MRI "3T" \u00e9'], codes=("FAC005", "DEC001"), counts=(1, 1, 0), worst="Said to be missing"),
    row(1, [], why="no text"),
    row(2, ["Norco", "Norco", "Soma"], codes=("DEC001",), counts=(1, 0, 2), worst="Another"),
]


def requests(told: dict[str, Any]) -> list[list[str]]:
    return [[told["words"]["requests"][number] for number in items[::3]] for items in told["columns"]["items"]]


@pytest.mark.parametrize(("in_memory", "remembered"), [(100_000, 100_000), (8, 1), (8, 0)])
def test_columns_hold_the_rows_however_little_is_kept_in_memory(
    monkeypatch: pytest.MonkeyPatch, in_memory: int, remembered: int
) -> None:
    monkeypatch.setattr(index, "_IN_MEMORY", in_memory)
    monkeypatch.setattr(index, "_PIECE", in_memory)
    monkeypatch.setattr(index, "_REMEMBERED", remembered)
    told = data(ROWS)
    assert told["letters"] == 3
    assert requests(told) == [[item.request for item in one.items] for one in ROWS]
    assert told["columns"]["doc"] == ["l0", "l1", "l2"]
    assert told["columns"]["why"] == {"1": "no text"}
    assert [told["columns"][name] for name in ("error", "warning", "note")] == [[1, 0, 1], [1, 0, 0], [0, 0, 2]]
    words = told["words"]
    assert [[words["codes"][number] for number in codes] for codes in told["columns"]["codes"]] == [
        list(one.codes) for one in ROWS
    ]
    assert [words["worst"][number] for number in told["columns"]["worst"]] == [one.worst for one in ROWS]
    assert len(words["requests"]) == {100_000: 3, 1: 3, 0: 5}[remembered]
    # What the table filters by is numbered once each, or one choice would stand there twice.
    for name in ("codes", "outcomes", "topics", "statuses", "specialties", "worst"):
        assert len(words[name]) == len(set(words[name]))
    assert told["titles"] == ["Said to be missing", ""]


def test_the_worst_come_first_and_those_not_checked_before_clean_ones() -> None:
    clean = row(3, ["Soma"])
    assert [one.doc for one in worst_first([clean, *ROWS], 9)] == ["l0", "l2", "l1", "l3"]
    assert [one.doc for one in worst_first([clean, *ROWS], 2)] == ["l0", "l2"]
