"""The reading text as the parser looks at it: one line, lower case beside it, and the way back to raw spans."""

from bisect import bisect_left, bisect_right

from checker.model.source import SourceText, Span

_TRIM = " \n\t"
_NEAR = 4_000
"""A paragraph's ends are looked for so far off; those of a longer one are looked up, lest each look walk all of it."""


class View:
    """One letter while it is taken apart. All offsets are offsets into the reading text.

    Attributes:
        source: The letter.
        text: The reading text.
        flat: The same with a blank for every line end.
        low: ``flat`` in lower case, as long as ``flat``.
    """

    __slots__ = ("_lines", "_paragraphs", "flat", "low", "source", "text")

    def __init__(self, source: SourceText) -> None:
        """Look at the reading text of ``source``."""
        self.source = source
        self.text = source.reading.text
        self.flat = self.text.replace("\n", " ")
        low = self.flat.lower()
        self.low = (
            low if len(low) == len(self.flat) else "".join(c.lower() if len(c.lower()) == 1 else c for c in self.flat)
        )
        self._lines = source.reading.line_starts
        self._paragraphs: list[int] | None = None

    def span(self, start: int, end: int) -> Span:
        """The raw span of ``flat[start:end]``, blanks at both ends left out."""
        start, end = self.trim(start, end)
        return self.source.reading.raw_span(start, end)

    def trim(self, start: int, end: int) -> tuple[int, int]:
        """The range without the blanks at its ends; an empty range stays where it begins."""
        if end > start and self.flat[start] not in _TRIM and self.flat[end - 1] not in _TRIM:
            return start, end
        piece = self.flat[start:end]
        stripped = piece.lstrip(_TRIM)
        begin = start + len(piece) - len(stripped)
        return (begin, begin + len(stripped.rstrip(_TRIM))) if stripped else (start, start)

    def words(self, start: int, end: int) -> str:
        """The words of the range with single blanks."""
        return " ".join(self.flat[start:end].split())

    def line_start(self, at: int) -> int:
        """Where the physical line that holds ``at`` begins."""
        index = bisect_right(self._lines, at) - 1
        return max(self._lines[index] if index >= 0 else 0, self.paragraph_start(at))

    def line_end(self, at: int) -> int:
        """Where the physical line that holds ``at`` ends."""
        index = bisect_right(self._lines, at)
        end = self._lines[index] if index < len(self._lines) else len(self.text)
        return min(end, self.paragraph_end(at))

    def is_line_start(self, at: int) -> bool:
        """Whether a physical line begins at ``at``."""
        index = bisect_left(self._lines, at)
        return at == 0 or self.text[at - 1] == "\n" or (index < len(self._lines) and self._lines[index] == at)

    def line_starts(self, start: int, end: int) -> tuple[int, ...]:
        """The physical lines that begin in the range."""
        return self._lines[bisect_left(self._lines, start) : bisect_left(self._lines, end)]

    def paragraph_start(self, at: int) -> int:
        """Where the paragraph that holds ``at`` begins."""
        near = self.text.rfind("\n", max(at - _NEAR, 0), at)
        if near >= 0 or at <= _NEAR:
            return near + 1
        starts = self.paragraphs()
        return starts[max(bisect_right(starts, at) - 1, 0)]

    def paragraph_end(self, at: int) -> int:
        """Where the paragraph that holds ``at`` ends, its line end left out."""
        near = self.text.find("\n", at, at + _NEAR)
        if near >= 0 or at + _NEAR >= len(self.text):
            return near if near >= 0 else len(self.text)
        starts = self.paragraphs()
        index = bisect_right(starts, at)
        return starts[index] - 1 if index < len(starts) else len(self.text)

    def paragraphs(self) -> list[int]:
        """Where each paragraph begins."""
        if self._paragraphs is None:
            starts = [0]
            at = self.text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.text.find("\n", at + 1)
            self._paragraphs = starts
        return self._paragraphs
