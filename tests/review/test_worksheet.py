"""The worksheet: Yes, No and NA as findings and verdicts say, in files that no letter can turn against the reader."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from checker.batch.tables import ITEMS, Table
from checker.knowledge.problems import RuleError
from checker.knowledge.resources import rules_folder
from checker.knowledge.worksheet import Element, Worksheet, load_worksheet
from checker.model.findings import Severity
from checker.review.standing import Standing, State
from checker.review.worksheet import Flagged, Sheet, as_csv, sheet, write_xlsx
from tests.shipped import the_rulebook

ELEMENTS = Worksheet(
    from_severity=Severity.WARNING,
    elements=(
        Element(id="a", question="Sound?", codes=("DOC*",)),
        Element(id="b", question="Stated right?", codes=("CRI-*-misstated", "FAC001")),
    ),
)


def run_with(folder: Path, *rows: dict[str, object]) -> Path:
    """A folder with a table of items as a run writes it."""
    folder.mkdir(exist_ok=True)
    with Table(folder / "items.parquet", ITEMS) as table:
        table.add({"doc": "A", "sha256": "aa", "outcome": "upheld", "request": "MRI", **row} for row in rows)
    return folder


def answers(folder: Path, *found: Flagged, standings: dict[str, Standing] | None = None) -> list[tuple[str, ...]]:
    made = sheet(folder, ELEMENTS, {("A", "aa"): found}, standings or {})
    return [row[made.elements] for row in made.rows]


def finding(code: str, item: int = 1, severity: Severity = Severity.ERROR) -> Flagged:
    return Flagged(item, code, severity, f"{code}-{item}")


def test_answers(tmp_path: Path) -> None:
    folder = run_with(
        tmp_path,
        {"item": 1, "settled": ["DOC004", "CRI-OPI-misstated"]},
        {"item": 2, "settled": ["CRI-OPI-coverage"]},
    )
    assert answers(folder) == [("Yes", "Yes"), ("NA", "NA")]
    assert answers(folder, finding("CRI-IMG-misstated")) == [("Yes", "No"), ("NA", "NA")]
    assert answers(folder, finding("DOC003", 0)) == [("No", "Yes"), ("No", "NA")]
    assert answers(folder, finding("FAC001", 2, Severity.NOTE)) == [("Yes", "Yes"), ("NA", "Yes")]


def test_a_dismissed_finding_answers_nothing(tmp_path: Path) -> None:
    folder = run_with(tmp_path, {"item": 1, "settled": ["DOC004"]})
    found = finding("FAC001")
    states = {State.DISMISSED: "Yes", State.CONFIRMED: "No", State.STALE: "No"}
    for state, answer in states.items():
        told = answers(folder, found, standings={found.fingerprint: Standing(state)})
        assert told == [("Yes", answer)]


def test_only_what_was_drawn(tmp_path: Path) -> None:
    folder = run_with(tmp_path, {"item": 1}, {"item": 2}, {"doc": "B", "sha256": "bb", "item": 1})
    numbers = [row[:2] for row in sheet(folder, ELEMENTS, {}, {}, [("A", "aa", 2), ("B", "bb", 0)]).rows]
    assert numbers == [("A", "2"), ("B", "1")]


HOSTILE = Sheet(("Letter", "Reviewer agrees"), (("=HYPERLINK(1)", "\x00\ud800 <b>"),), slice(0, 1))


def test_no_cell_is_a_formula() -> None:
    rows = list(csv.reader(io.StringIO(as_csv(HOSTILE).decode("utf-8-sig"))))
    assert rows[1][0] == "'=HYPERLINK(1)"


def test_a_workbook_holds_text_only_and_is_the_same_twice(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_xlsx(HOSTILE, {"Rule set": "=1+1"}, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.xlsx") as book:
        pages = [book.read(f"xl/worksheets/sheet{n}.xml").decode() for n in (1, 2)]
        words = book.read("xl/sharedStrings.xml").decode()
    assert all("<f>" not in page for page in pages)
    assert "=HYPERLINK(1)" in words
    assert "<b>" not in words.replace("&lt;b&gt;", "")
    assert "Yes,No,NA" in pages[0]


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        write_xlsx(HOSTILE, {}, tmp_path / "none" / "x.xlsx")


def test_every_code_of_the_rule_book_answers_exactly_one_element() -> None:
    codes = frozenset(rule.code for rule in the_rulebook().rules)
    worksheet = load_worksheet(rules_folder(), codes)
    asked = {code: [e.id for e in worksheet.elements if e.asks_for(code)] for code in codes}
    assert {code: by for code, by in asked.items() if len(by) != 1} == {}


def test_a_code_that_no_rule_raises_is_refused() -> None:
    with pytest.raises(RuleError, match="no rule raises a code like CIT001"):
        load_worksheet(rules_folder(), frozenset({"DOC001"}))
