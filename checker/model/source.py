"""A letter as it was read: the raw text, the reading text, and the way back from one to the other."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points, ``raw[start:end]``, in the raw text of a letter."""

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse a range that cannot be sliced."""
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}-{self.end}")

    def __len__(self) -> int:
        """Length in code points."""
        return self.end - self.start

    def overlaps(self, other: "Span") -> bool:
        """Whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Whether the other range lies inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class ReadingText:
    r"""The unfolded text of a letter and the map back to the raw text.

    Lines of one paragraph are joined (a line that ends in a hyphen without a blank, otherwise with one blank), runs of
    blanks are one blank, paragraphs end in one ``\n``, page breaks are gone, ligatures are letters. Every code point of
    ``text`` that is not white space stands for exactly one code point of the raw text, in the same order; the letters
    of a ligature stand for the same one.

    Attributes:
        text: The unfolded text.
        anchors: Offsets into ``text`` at which a run of code points begins that lie side by side in the raw text too.
        raw_anchors: The raw offset of each anchor.
        line_starts: Offsets into ``text`` of the first code point of each physical line, ascending.
        page_starts: Offsets into ``text`` of the first code point of each page, ascending, the first one 0.
    """

    text: str
    anchors: tuple[int, ...]
    raw_anchors: tuple[int, ...]
    line_starts: tuple[int, ...]
    page_starts: tuple[int, ...]

    def raw_offset(self, offset: int) -> int:
        """Raw offset of the code point at ``offset`` of the reading text."""
        run = bisect_right(self.anchors, offset) - 1
        return self.raw_anchors[run] + offset - self.anchors[run]

    def raw_span(self, start: int, end: int) -> Span:
        """Span in the raw text of ``text[start:end]``; it ends right after the last code point of the slice."""
        if end <= start:
            at = self.raw_offset(min(start, max(len(self.text) - 1, 0))) if self.text else 0
            return Span(at, at)
        return Span(self.raw_offset(start), self.raw_offset(end - 1) + 1)

    def reading_offset(self, raw_offset: int) -> int:
        """Offset in the reading text of the first code point that stands for ``raw_offset`` or something after it."""
        last = max(len(self.raw_anchors) - 1, 0)  # the last line end stands for no code point of its own
        run = bisect_left(self.raw_anchors, raw_offset, hi=last)
        if run == last or self.raw_anchors[run] != raw_offset:
            run -= 1
        if run < 0:
            return 0
        offset = self.anchors[run] + raw_offset - self.raw_anchors[run]
        following = self.anchors[run + 1] if run + 1 < len(self.anchors) else len(self.text)
        return min(offset, following)

    def line_start(self, offset: int) -> int:
        """Start, in the reading text, of the physical line that holds ``offset``."""
        return self.line_starts[max(bisect_right(self.line_starts, offset) - 1, 0)]

    def page(self, offset: int) -> int:
        """Number, from 1, of the page that holds ``offset`` of the reading text."""
        return max(bisect_right(self.page_starts, offset), 1)


@dataclass(frozen=True, slots=True)
class SourceText:
    """One letter that could be read.

    Attributes:
        doc: Name of the letter: file stem, or the id given in JSON Lines or Parquet.
        source: Path or name as given by the user.
        sha256: Hash of the input bytes, hexadecimal.
        raw: The extracted text; every span of the program slices this text.
        reading: The unfolded text with the map back.
        problems: What was odd while reading, one line each ("no text on page 2, needs OCR").
    """

    doc: str
    source: str
    sha256: str
    raw: str
    reading: ReadingText
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One input that could not be read, with the reason in one line.

    Attributes:
        doc: Name the letter would have had.
        source: Path or name as given by the user, with row or line where there is one.
        sha256: Hash of the input bytes, or "" where they could not be read.
        problem: One line: what is wrong and what to do.
    """

    doc: str
    source: str
    problem: str
    sha256: str = ""
    problems: tuple[str, ...] = field(default=())
