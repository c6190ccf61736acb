"""Dates as letters write them: 10/23/2016, 10-23-16, October 23, 2016, 8/2012, March 2010, 2011."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MONTHS = tuple("january february march april may june july august september october november december".split())
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_YEAR = r"(?:19[5-9]\d|20\d\d)"
DATE_REGEX = (
    r"(?:\d{1,2}[/-]\d{1,2}[/-](?:\d{4}|\d{2})|\d{4}-\d{2}-\d{2}"
    rf"|{_MONTH}\.?[ ]+\d{{1,2}}(?:st|nd|rd|th)?,?[ ]+\d{{4}}"
    rf"|\d{{1,2}}[/-]{_YEAR}|{_MONTH}\.?,?[ ]+(?:of[ ]+)?{_YEAR}|{_YEAR})"
)
"""A date, a month with its year, or a year alone, in lower-cased text."""

_ALL = re.compile(
    r"(?<![\w/.$#-])(?:"
    r"(?P<m>\d{1,2})(?P<s>[/-])(?P<d>\d{1,2})(?P=s)(?P<y>\d{4}|\d{2})"
    r"|(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})"
    rf"|(?P<wm>{_MONTH})\.?[ ]+(?P<wd>\d{{1,2}})(?:st|nd|rd|th)?,?[ ]+(?P<wy>\d{{4}})"
    rf"|(?P<mm>\d{{1,2}})[/-](?P<my>{_YEAR})"
    rf"|(?P<nm>{_MONTH})\.?,?[ ]+(?:of[ ]+)?(?P<ny>{_YEAR})"
    rf"|(?P<yy>{_YEAR})"
    r")(?![\w/]|-\d|\.\d)"
)


class Precision(StrEnum):
    """How much of a date is printed."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date at ``text[start:end]``; of a month or year alone, ``date`` is its first day."""

    start: int
    end: int
    date: datetime.date
    precision: Precision


def find(text: str) -> Iterator[DateMention]:
    """Every date of lower-cased ``text``, in order; impossible ones (13/45/2016) are left out."""
    for match in _ALL.finditer(text):
        parts = _parts(match)
        if parts is None:
            continue
        (year, month, day), precision = parts
        try:
            yield DateMention(match.start(), match.end(), datetime.date(year, month, day), precision)
        except ValueError:
            continue


def _parts(match: re.Match[str]) -> tuple[tuple[int, int, int], Precision] | None:
    if match["m"]:
        year = int(match["y"])
        if len(match["y"]) == 2:
            year += 1900 if year >= 50 else 2000
        return (year, int(match["m"]), int(match["d"])), Precision.DAY
    if match["iy"]:
        return (int(match["iy"]), int(match["im"]), int(match["id"])), Precision.DAY
    if match["wm"]:
        return (int(match["wy"]), _month(match["wm"]), int(match["wd"])), Precision.DAY
    if match["mm"]:
        return ((int(match["my"]), int(match["mm"]), 1), Precision.MONTH) if 1 <= int(match["mm"]) <= 12 else None
    if match["nm"]:
        return (int(match["ny"]), _month(match["nm"]), 1), Precision.MONTH
    return (int(match["yy"]), 1, 1), Precision.YEAR


def _month(word: str) -> int:
    return next(number for number, name in enumerate(MONTHS, 1) if name.startswith(word[:3]))
