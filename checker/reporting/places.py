"""Where in the file of a letter a finding stands, as tools of programmers want it: line and column, row, or page."""

from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath

from checker.batch.letters import Letter, determination
from checker.model.determination import Determination
from checker.model.findings import Judgement
from checker.reading import row_of

_PAGES = ".pdf"
_STANDARD_INPUT = "-"


class Kind(StrEnum):
    """What can be counted in the file."""

    LINES = "lines"
    PAGES = "pages"
    ROWS = "rows"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; lines, columns, rows and pages count from 1, and 0 stands for what the file does not have.

    Attributes:
        path: The file as the user named it, with forward slashes; "" for standard input.
        line: Line where it begins; of a file with one letter a row, the row.
        column: Column in code points where it begins.
        end_line: Line where it ends.
        end_column: Column right after its last code point.
        page: Page of a PDF where it begins.
    """

    path: str
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    page: int = 0


@dataclass(frozen=True, slots=True)
class Layout:
    """What turns offsets of a letter into places, small enough to be kept for every letter of a run.

    Attributes:
        path: The file.
        kind: What is counted in it.
        row: Row of the letter, of files with a letter a row.
        starts: Offsets in the raw text at which lines or pages begin, the first one 0.
    """

    path: str
    kind: Kind = Kind.NOTHING
    row: int = 0
    starts: tuple[int, ...] = (0,)

    def place(self, start: int, end: int) -> Place:
        """The place of ``raw[start:end]``."""
        if self.kind is Kind.ROWS:
            return Place(self.path, self.row)
        if self.kind is Kind.PAGES:
            return Place(self.path, page=bisect_right(self.starts, start))
        if self.kind is Kind.LINES:
            line, last = bisect_right(self.starts, start), bisect_right(self.starts, max(end - 1, start))
            return Place(self.path, line, start - self.starts[line - 1] + 1, last, end - self.starts[last - 1] + 1)
        return Place(self.path)


def layout_of(source: str, letter: Letter) -> Layout:
    """What the file of a letter lets one count.

    Args:
        source: Path or name as the user gave it, with the row where there is one.
        letter: What became of it.
    """
    file, row = row_of(source)
    if row:
        return Layout(_slashed(file), Kind.ROWS, row)
    if source == _STANDARD_INPUT:
        return Layout("")
    if not isinstance(letter, (Judgement, Determination)):
        return Layout(_slashed(source))
    raw = determination(letter).source.raw
    if PurePath(source).suffix.lower() == _PAGES:
        return Layout(_slashed(source), Kind.PAGES, 0, _starts(raw, "\f"))
    return Layout(_slashed(source), Kind.LINES, 0, _starts(raw, "\n"))


def _slashed(path: str) -> str:
    return PurePath(path).as_posix()


def _starts(raw: str, mark: str) -> tuple[int, ...]:
    starts = [0]
    at = raw.find(mark)
    while at >= 0:
        starts.append(at + 1)
        at = raw.find(mark, at + 1)
    return tuple(starts)
