"""The worksheet of a run: one row a disputed item, each element Yes, No or NA, and room for what a person says."""

import csv
import datetime
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.knowledge.worksheet import Worksheet
from checker.model.findings import Severity
from checker.review.standing import Standing, State

YES, NO, NA = "Yes", "No", "NA"
_ABOUT = ("Letter", "Item", "Decided", "Request", "Outcome", "Category", "Topic", "Specialty")
_BY_HAND = ("Reviewer agrees", "Reviewer", "Date", "Remarks")
_COLUMNS = [
    "doc",
    "sha256",
    "item",
    "decision_date",
    "request",
    "outcome",
    "category",
    "topic",
    "specialties",
    "settled",
]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_EPOCH = datetime.datetime(2013, 1, 1, tzinfo=datetime.UTC)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet: the names of its columns and its rows, all text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    elements: slice


@dataclass(frozen=True, slots=True)
class Flagged:
    """A finding as the worksheet needs it."""

    item: int
    code: str
    severity: Severity
    fingerprint: str


def sheet(
    run: Path,
    worksheet: Worksheet,
    found: Mapping[tuple[str, str], Sequence[Flagged]],
    standings: Mapping[str, Standing],
    only: Iterable[tuple[str, str, int]] | None = None,
) -> Sheet:
    """The worksheet of a run.

    Args:
        run: Folder of a finished run.
        worksheet: Its elements.
        found: Findings by name and hash of the letter.
        standings: Where each finding stands; one that was dismissed answers nothing.
        only: Name, hash and number of the items wanted (0: all of the letter); None: all of the run.

    Raises:
        OSError: The run has no table of items, or it cannot be read.
    """
    wanted = None if only is None else set(only)
    rows = tuple(
        _row(row, worksheet, found.get((row["doc"], row["sha256"]), ()), standings)
        for row in _items(run)
        if wanted is None or not wanted.isdisjoint({_name(row), (*_name(row)[:2], 0)})
    )
    head = (*_ABOUT, *(element.question for element in worksheet.elements), "Findings", *_BY_HAND)
    return Sheet(head, rows, slice(len(_ABOUT), len(_ABOUT) + len(worksheet.elements)))


def _name(row: Mapping[str, Any]) -> tuple[str, str, int]:
    return row["doc"], row["sha256"], row["item"]


def _items(run: Path) -> Iterator[dict[str, Any]]:
    from checker.batch.tables import rows_of  # noqa: PLC0415 (pyarrow is slow to import)

    return rows_of(run / "items.parquet", _COLUMNS)


def _row(
    row: Mapping[str, Any], worksheet: Worksheet, found: Sequence[Flagged], standings: Mapping[str, Standing]
) -> tuple[str, ...]:
    own = [finding for finding in found if finding.item in {0, row["item"]}]
    standing = [f for f in own if f.fingerprint not in standings or standings[f.fingerprint].state != State.DISMISSED]
    against = {f.code for f in standing if f.severity.rank >= worksheet.from_severity.rank}
    settled = {*(row["settled"] or ()), *(f.code for f in own)}
    answers = (
        NO if any(map(element.asks_for, against)) else YES if any(map(element.asks_for, settled)) else NA
        for element in worksheet.elements
    )
    codes = ", ".join(sorted({f.code for f in standing}))
    return (*_about(row), *answers, codes, *("" for _ in _BY_HAND))


def _about(row: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        row["doc"],
        str(row["item"]),
        row["decision_date"].isoformat() if row["decision_date"] else "",
        row["request"],
        row["outcome"],
        row["category"] or "",
        row["topic"] or "",
        ", ".join(row["specialties"] or ()),
    )


def as_csv(made: Sheet) -> bytes:
    """The worksheet as CSV, UTF-8 with the mark that spreadsheets want.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(made.head)
    writer.writerows([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in row] for row in made.rows)
    return text.getvalue().encode("utf-8-sig", "backslashreplace")


def write_xlsx(made: Sheet, about: Mapping[str, str], path: Path) -> None:
    """The worksheet as a workbook: choices in the cells to fill in, the head fixed, and a sheet on where it comes from.

    Args:
        made: The worksheet.
        about: What stands on the second sheet.
        path: Where it goes.

    Raises:
        OSError: It cannot be written.
    """
    import xlsxwriter  # noqa: PLC0415 (only where it is asked for)
    from xlsxwriter.exceptions import FileCreateError  # noqa: PLC0415

    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"created": _EPOCH, "title": "imrcheck worksheet"})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    plain = book.add_format({"text_wrap": True, "valign": "top"})
    wrong = book.add_format({"bold": True, "font_color": "#9C2325"})
    page = book.add_worksheet("Worksheet")
    for place, name in enumerate(made.head):
        page.write_string(0, place, name, bold)
    for line, row in enumerate(made.rows, 1):
        for place, cell in enumerate(row):
            page.write_string(line, place, _storable(cell), plain)
    last = max(1, len(made.rows))
    first, end = made.elements.start, made.elements.stop - 1
    page.data_validation(1, first, last, end, {"validate": "list", "source": [YES, NO, NA]})
    agrees = made.head.index(_BY_HAND[0])
    page.data_validation(1, agrees, last, agrees, {"validate": "list", "source": [YES, NO]})
    page.conditional_format(
        1, first, last, end, {"type": "cell", "criteria": "==", "value": f'"{NO}"', "format": wrong}
    )
    page.freeze_panes(1, 2)
    page.autofilter(0, 0, last, len(made.head) - 1)
    page.set_column(0, 0, 22)
    page.set_column(1, len(made.head) - 1, 16)
    page.set_landscape()
    page.repeat_rows(0)
    page.fit_to_pages(1, 0)
    second = book.add_worksheet("About")
    for line, (name, told) in enumerate(about.items()):
        second.write_string(line, 0, name, bold)
        second.write_string(line, 1, _storable(told), plain)
    second.set_column(0, 1, 60)
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error


def _storable(cell: str) -> str:
    """What a workbook can hold: no control characters, at most 32,767 characters."""
    kept = "".join(c if c >= " " or c in "\t\n" else "\ufffd" for c in cell)
    return kept.encode("utf-8", "replace").decode("utf-8")[:32_767]
