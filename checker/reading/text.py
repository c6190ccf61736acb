r"""Unfold raw text: join the lines of a paragraph, keep the way back to every raw offset.

Three forms of text occur. *Doubled*: every line is followed by an empty line, a paragraph break is a line that holds a
blank, a page break is four line ends in a row. *Wrapped*: one line end a line, an empty line between paragraphs, a form
feed between pages. *Unwrapped*: one line a paragraph. A page break may cut a sentence, so at a page break the lines on
both sides decide; what repeats at the top or foot of the pages is left out of the reading text.
"""

import re
from enum import Enum

from checker.model.source import ReadingText, SourceText
from checker.reading.furniture import page_furniture
from checker.reading.lines import Gap, Lines, physical_lines

_HYPHENS = {0x00AD: "-", 0x2010: "-", 0x2011: "-", 0xFFFE: "-"}
_BAD = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\uffff"
_ODD = re.compile(f"[{_BAD}\u00ad\u2010\u2011\ufffe\ufeff]")
_REPLACED = re.compile(f"[{_BAD}]")
_HYPHEN_LIKE = re.compile("[\u00ad\u2010\u2011\ufffe]")
_WIDE = re.compile(r"\s{2,}|[^\S ]")
_CLOSERS = "\"')]\u201d\u2019"
_SUSPENDED = re.compile(r"(?:and|or|to)\b")

_UNWRAPPED_WIDTH = 200
"""A line longer than this many code points was not wrapped by a page."""


class _Form(Enum):
    DOUBLED = "doubled"
    WRAPPED = "wrapped"
    UNWRAPPED = "unwrapped"


def source_from_text(raw: str, doc: str, source: str, sha256: str, problems: tuple[str, ...] = ()) -> SourceText:
    """A letter from its text.

    Code points that no letter means are replaced one for one, so that offsets stay those of ``raw``: soft, unbreakable
    and line-end hyphens (U+00AD, U+2010, U+2011, and U+FFFE, which PDFium gives) by ``-``, byte order marks by a blank;
    control characters, lone surrogates and direction overrides by U+FFFD, with a line in ``problems``.

    Args:
        raw: The extracted text.
        doc: Name of the letter.
        source: Path or name as the user gave it.
        sha256: Hash of the input bytes.
        problems: What was odd so far.
    """
    if _ODD.search(raw):
        raw = raw.replace("\ufeff", " ")
        raw = _HYPHEN_LIKE.sub("-", raw)
        raw, count = _REPLACED.subn("\ufffd", raw)
        if count:
            plural = "s" if count > 1 else ""
            problems = (
                *problems,
                f"{count} control character{plural} replaced: the text may come from a broken export",
            )
    return SourceText(doc=doc, source=source, sha256=sha256, raw=raw, reading=unfold(raw), problems=problems)


def unfold(raw: str) -> ReadingText:
    """The reading text of a raw text, linear in its length."""
    lines = physical_lines(raw)
    form = _form(lines)
    pages = _page_openings(lines, form)
    return _Unfolding(raw, lines, form, pages).done()


def _form(lines: Lines) -> _Form:
    """Tell the three forms apart by what separates lines and how often the next one goes on in lower case."""
    single = doubled = single_lower = doubled_lower = 0
    for body, gap in zip(lines.bodies[1:], lines.gaps[1:], strict=True):
        if gap.ends == 1:
            single += 1
            single_lower += body[0].islower()
        elif gap.ends == 2 and not gap.marked:
            doubled += 1
            doubled_lower += body[0].islower()
    if doubled and single * 4 <= doubled and doubled_lower * 5 >= doubled:
        return _Form.DOUBLED
    if single_lower * 10 <= single and max(map(len, lines.bodies), default=0) > _UNWRAPPED_WIDTH:
        return _Form.UNWRAPPED
    return _Form.WRAPPED


def _page_openings(lines: Lines, form: _Form) -> list[int]:
    """Indexes of the lines that open a page, the first line left out."""
    if form is _Form.DOUBLED:
        return [i for i, gap in enumerate(lines.gaps) if i and (gap.page or gap.quadruple)]
    return [i for i, gap in enumerate(lines.gaps) if i and gap.page]


def _paragraph_between(gap: Gap, form: _Form, *, page: bool) -> bool:
    """Whether white space ends a paragraph; around a page break only the paragraph mark of doubled texts says so."""
    if form is _Form.DOUBLED:
        return gap.marked or (gap.ends > 2 and not page)
    return not page and (gap.ends > 1 or form is _Form.UNWRAPPED)


def _goes_on(before: str, after: str, width: int) -> bool:
    """Whether a paragraph runs on from the last line of a page to the first line of the next.

    A full line that ends no sentence runs on, and so does anything that goes on in lower case or after a comma. A line
    with room for the next word was ended on purpose.
    """
    if after[0].islower() or before[-1] in ",;-&" or before.endswith((" and", " or", " of", " the")):
        return True
    if before.rstrip(_CLOSERS).endswith((".", ":", "?", "!")):
        return False
    word = len(after.split(maxsplit=1)[0])
    return len(before) + 1 + word > 0.8 * width


def _joint(before: str, after: str) -> str:
    """What joins two lines of one paragraph: a blank, or nothing where a word or number was cut."""
    last, previous = before[-1], before[-2:-1]
    if last == "-" and previous.isalnum():
        return " " if _SUSPENDED.match(after) else ""
    if last == "/" and (previous.isalnum() or previous == ")"):
        return ""
    if last == "\u2013" and previous.isdigit() and after[0].isdigit():
        return ""
    return " "


class _Unfolding:
    """Writes the reading text line by line."""

    def __init__(self, raw: str, lines: Lines, form: _Form, pages: list[int]) -> None:
        self.raw = raw
        self.lines = lines
        self.form = form
        self.openings = frozenset(pages)
        self.left_out = page_furniture(lines.bodies, pages) if pages else frozenset[int]()
        self.width = min(max(map(len, lines.bodies), default=0), _UNWRAPPED_WIDTH)
        self.parts: list[str] = []
        self.length = 0
        self.anchors: list[int] = []
        self.raw_anchors: list[int] = []
        self.line_starts: list[int] = []
        self.page_starts: list[int] = [0]

    def done(self) -> ReadingText:
        bodies, starts, left_out = self.lines.bodies, self.lines.starts, self.left_out
        before = ""
        paragraph = page = False
        for index, body in enumerate(bodies):
            page = page or index in self.openings
            paragraph = paragraph or _paragraph_between(self.lines.gaps[index], self.form, page=page)
            if index in left_out:
                continue
            if before:
                self._join(before, body, paragraph=paragraph, page=page)
            if page and self.length:
                self.page_starts.append(self.length)
            self.line_starts.append(self.length)
            self._write(body, starts[index])
            before, paragraph, page = body, False, False
        return self._close()

    def _join(self, before: str, after: str, *, paragraph: bool, page: bool) -> None:
        if page:
            paragraph = paragraph or not _goes_on(before, after, self.width)
        joint = "\n" if paragraph else _joint(before, after)
        self.parts.append(joint)
        self.length += len(joint)

    def _write(self, body: str, start: int) -> None:
        """Write one line, each run of white space as one blank."""
        done = 0
        if "  " in body or not (body.isascii() and body.isprintable()):
            for wide in _WIDE.finditer(body):
                self._run(body[done : wide.start()] + " ", start + done)
                done = wide.end()
        self._run(body[done:] if done else body, start + done)

    def _run(self, text: str, start: int) -> None:
        self.anchors.append(self.length)
        self.raw_anchors.append(start)
        self.parts.append(text)
        self.length += len(text)

    def _close(self) -> ReadingText:
        if self.parts:
            # The last line end stands for the last code point of the raw text, which may be no white space.
            self.anchors.append(self.length)
            self.raw_anchors.append(len(self.raw) - 1)
            self.parts.append("\n")
        return ReadingText(
            text="".join(self.parts),
            anchors=tuple(self.anchors),
            raw_anchors=tuple(self.raw_anchors),
            line_starts=tuple(self.line_starts),
            page_starts=tuple(self.page_starts),
        )
