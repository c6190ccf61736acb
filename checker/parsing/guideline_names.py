"""The names of guidelines, their sections and other sources, ready for matching."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from checker.parsing.sections import SectionNames


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the schedule: its usual name, its number in ACOEM, the last page of the edition cited by page."""

    id: str
    name: str
    number: int | None
    last_page: int | None


class GuidelineNames:
    """The names of ``guideline-names.yaml``."""

    def __init__(self, table: dict[str, Any]) -> None:
        """Compile the table."""
        rows = table["chapters"]
        chapters = [
            Chapter(row["id"], row["name"], row.get("number"), (row.get("last_page") or {}).get("value"))
            for row in rows
        ]
        self._by_name = {
            fold_name(name): chapter
            for chapter, row in zip(chapters, rows, strict=True)
            for name in (chapter.name, *row["printed"])
        }
        self.by_number = {chapter.number: chapter for chapter in chapters if chapter.number}
        self.pattern = re.compile(r"\b(?:" + _alternatives(self._by_name) + r")\b", re.IGNORECASE)
        self.others = re.compile(r"(?<![\w-])(?:" + _alternatives(table["others"]) + r")(?!\w)", re.IGNORECASE)
        self.sections = SectionNames(table["sections"])
        self.slips = {fold_name(row["printed"]): row["meant"] for row in table["slips"]}
        self.slip_pattern = re.compile(r"\b(?:" + _alternatives(self.slips) + r")\b", re.IGNORECASE)

    def chapter(self, printed: str) -> Chapter | None:
        """The chapter of a printed name, None where it is not in the table."""
        return self._by_name.get(fold_name(printed))


def fold_name(name: str) -> str:
    """Lower case with single blanks."""
    return " ".join(name.lower().split())


def _alternatives(names: Iterable[str]) -> str:
    longest_first = sorted({fold_name(name) for name in names}, key=lambda name: (-len(name), name))
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in longest_first)
