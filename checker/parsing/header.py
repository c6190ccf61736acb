"""The opening table of a letter: case number, dates, priority.

Extraction may tear the table apart: labels and values on lines of their own, all labels before all values, or a label
cut in two ("Application / Received:").
"""

import datetime
import re
from dataclasses import dataclass
from itertools import pairwise

from checker.model.determination import Header
from checker.model.source import Span
from checker.parsing.slices import Range
from checker.parsing.view import View

_LABELS: tuple[tuple[str, str], ...] = (
    ("case_number", r"(?:MAXIMUS )?Case (?:Number|No\.?|#)"),
    ("date_assigned", r"Date Assigned|Assigned Date|Assignment Date"),
    ("date_of_injury", r"Date of Injury|Injury Date|DOI"),
    ("ur_denial_date", r"UR Denial Date|Date of (?:the )?UR (?:Decision|Denial|Determination)|UR Decision Date|UR Date|"
                       r"Date of Utilization Review (?:Decision|Denial)"),
    ("application_received", r"(?:IMR )?Application Received(?: Date)?|Date (?:IMR )?Application Received|"
                             r"(?:IMR )?Application Date"),
    ("decision_date", r"(?:IMR )?Decision Date|Date of (?:IMR )?Decision|Determination Date|Dated"),
    ("priority", r"Priority"),
)  # fmt: skip
_LABEL = re.compile("|".join(rf"(?P<{field}>\b(?:{words}))\s*:" for field, words in _LABELS), re.IGNORECASE)
_OTHER_LABEL = re.compile(
    r"\b(?:Employee|Claim Number|Claims Administrator|Provider(?: Name)?|Employer|Insurer)\s*:", re.IGNORECASE
)
_VALUE = re.compile(
    r"(?P<number>\bCM\d{2}[-\s]?\d{4,8}\b|\bCM\d{2}-X*\d*\b)|"
    r"(?P<date>\b\d{1,2}\s?[/-]\s?\d{1,2}\s?[/-]\s?\d{2,4}\b|\b(?:19|20)\d{2}-\d{2}-\d{2}\b|"
    r"\b[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}\b)|"
    r"(?P<priority>\b(?:Standard|Expedited|Regular|Urgent)\b)"
)
_ASSIGNED = re.compile(r"[^.]{0,140}?\bon\s+(?P<date>\d{1,2}/\d{1,2}/\d{2,4})")
_ASSIGNMENT = "notice of assignment"
_MONTHS = {name: number for number, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1)}  # fmt: skip
_CENTURY_TURN = 70
_KINDS = {"case_number": "number", "priority": "priority"}


@dataclass(frozen=True, slots=True)
class _Value:
    kind: str
    text: str
    at: Range


def read_header(view: View, end: int) -> Header:
    """The table in the text before ``end``, where the first section begins; empty where there is none."""
    labels = _labels(view, end)
    values = [_value(match) for match in _VALUE.finditer(view.flat, 0, end)]
    found = _pair(labels, values)
    if "date_assigned" not in found:
        at = view.low.find(_ASSIGNMENT)
        assigned = _ASSIGNED.match(view.flat, at) if at >= 0 else None
        if assigned:
            found["date_assigned"] = _Value("date", assigned["date"], assigned.span("date"))
    return _header(view, found)


def _labels(view: View, end: int) -> list[tuple[str, int, int]]:
    """Field, start and end of each label; a label of something else has the field ""."""
    found = [(match.lastgroup or "", match.start(), match.end()) for match in _LABEL.finditer(view.flat, 0, end)]
    found.extend(("", match.start(), match.end()) for match in _OTHER_LABEL.finditer(view.flat, 0, end))
    return sorted(found, key=lambda label: label[1])


def _value(match: re.Match[str]) -> _Value:
    return _Value(match.lastgroup or "", match.group(), match.span())


def _pair(labels: list[tuple[str, int, int]], values: list[_Value]) -> dict[str, _Value]:
    """Give each label its value: the one right after it, or in columns the first that fits."""
    fields = [field for field, _, _ in labels if field]
    dates = sum(value.kind == "date" for value in values)
    wanted = sum(_KINDS.get(field, "date") == "date" for field in fields)
    in_columns = dates == wanted and _interleaved(labels, values)
    events: list[tuple[int, str, _Value | None]] = [(start, field, None) for field, start, _ in labels]
    events += [(value.at[0], "", value) for value in values]
    waiting: list[str] = []
    found: dict[str, _Value] = {}
    for _, field, value in sorted(events, key=lambda event: event[0]):
        if value is None:
            waiting.append(field)
            continue
        fitting = [name for name in waiting if name and _KINDS.get(name, "date") == value.kind]
        if not fitting or (not in_columns and waiting[-1] == ""):
            continue
        name = fitting[0] if in_columns else fitting[-1]
        waiting.remove(name)
        found.setdefault(name, value)
    return found


def _interleaved(labels: list[tuple[str, int, int]], values: list[_Value]) -> bool:
    """Whether some label stands right before another label, so that labels and values are apart."""
    starts = sorted(value.at[0] for value in values)
    named = [label for label in labels if label[0]]
    return any(not any(first[2] <= start < second[1] for start in starts) for first, second in pairwise(named))


def _header(view: View, found: dict[str, _Value]) -> Header:
    spans: dict[str, Span] = {}
    malformed: dict[str, str] = {}
    dates: dict[str, datetime.date | None] = {}
    for field, value in sorted(found.items()):
        spans[field] = view.span(*value.at)
        if value.kind == "date":
            dates[field] = read_date(value.text)
            if dates[field] is None:
                malformed[field] = value.text
    return Header(
        case_number=_text(found, "case_number"),
        priority=_text(found, "priority"),
        spans=spans,
        malformed=malformed,
        **dates,
    )


def _text(found: dict[str, _Value], field: str) -> str | None:
    return " ".join(found[field].text.split()) if field in found else None


def read_date(text: str) -> datetime.date | None:
    """A date as letters print it: "7/1/14", "10-28-2016", "October 27, 1993"; None where there is no such day."""
    numbers = [int(number) for number in re.findall(r"\d+", text)]
    month = _MONTHS.get(text[:3].lower())
    if month is not None and len(numbers) == 2:
        numbers = [month, *numbers]
    if len(numbers) != 3:
        return None
    if numbers[0] > 31:
        numbers = [numbers[1], numbers[2], numbers[0]]
    year = numbers[2] if numbers[2] > 99 else numbers[2] + (1900 if numbers[2] > _CENTURY_TURN else 2000)
    try:
        return datetime.date(year, numbers[0], numbers[1])
    except ValueError:
        return None
