"""The names of guidelines, their sections and other sources, ready for matching."""

from dataclasses import dataclass

from checker.knowledge.lexicon_files import ChapterSpec, GuidelineNamesFile
from checker.knowledge.names import Names
from checker.parsing.sections import SectionNames
from checker.parsing.slices import Range
from checker.parsing.view import View

_MISPRINT = "misprint: "


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of the schedule: its usual name, its number in ACOEM, the last page of its edition cited by page."""

    id: str
    name: str
    number: int | None
    last_page: int | None
    paged_edition: int | None


@dataclass(frozen=True, slots=True)
class NamedGuideline:
    """A guideline named at ``flat[start:end]``.

    Attributes:
        start: Where the name begins.
        end: Where it ends.
        chapter: None for a source outside the schedule.
        meant: The right name where this one is a known misprint, else "".
    """

    start: int
    end: int
    chapter: Chapter | None
    meant: str


class GuidelineNames:
    """The names of ``guideline-names.yaml``."""

    __slots__ = ("_by_region", "_chapters", "_meant", "_names", "_regions", "by_number", "sections")

    def __init__(self, table: GuidelineNamesFile) -> None:
        """Build the finders."""
        rows = table.chapters
        chapters = [_chapter(row) for row in rows]
        self._chapters = {chapter.id: chapter for chapter in chapters}
        printed = [(name, row.id) for row in rows for name in (row.name, *row.printed)]
        self._meant = {_MISPRINT + row.printed: row.meant for row in table.slips}
        misprints = ((row.printed, _MISPRINT + row.printed) for row in table.slips)
        self._names = Names([*misprints, *printed, *((name, "") for name in table.others)])
        self._by_region = {word: chapter for chapter, row in zip(chapters, rows, strict=True) for word in row.regions}
        self._regions = Names((word, word) for word in self._by_region)
        self.by_number = {chapter.number: chapter for chapter in chapters if chapter.number}
        self.sections = SectionNames(table.sections)

    def find(self, view: View, at: Range) -> tuple[NamedGuideline, ...]:
        """Every guideline named in the range, in order."""
        start = at[0]
        return tuple(
            NamedGuideline(start + m.start, start + m.end, self._chapters.get(m.entry), self._meant.get(m.entry, ""))
            for m in self._names.find(view.low[slice(*at)])
        )

    def region(self, text: str) -> Chapter | None:
        """The chapter of the first body region named, None where none is."""
        found = self._regions.find(text)
        return self._by_region[found[0].entry] if found else None


def _chapter(row: ChapterSpec) -> Chapter:
    last = row.last_page
    return Chapter(row.id, row.name, row.number, last.value if last else None, last.edition if last else None)
