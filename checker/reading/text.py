r"""Unfold raw text: join the lines of a paragraph, keep the way back to every raw offset.

Three forms of text occur. *Doubled*: every line is followed by an empty line, a paragraph break is a line that holds a
blank, a page break is four line ends in a row. *Wrapped*: one line end a line, an empty line between paragraphs, a form
feed between pages. *Unwrapped*: one line a paragraph. A page break may cut a sentence, so at a page break the lines on
both sides decide; what repeats at the top or foot of the pages is left out of the reading text.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from enum import Enum

from checker.model.source import ReadingText, SourceText
from checker.reading.furniture import after_feet, page_furniture
from checker.reading.lines import Gap, Lines, physical_lines

_BAD = "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\uffff"
_ODD = re.compile(f"[{_BAD}\u00ad\u2010\u2011\ufffe\ufeff]")
_ASCII_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1C), 0x1F, 0x7F])
_REPLACED = re.compile(f"[{_BAD}]")
_HYPHEN_LIKE = re.compile("[\u00ad\u2010\u2011\ufffe]")
_WIDE = re.compile(r"\s{2,}|[^\S ]")
_LIGATURES = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl", "\ufb05": "st", "\ufb06": "st",
}  # fmt: skip
"""Signs for several letters (Unicode block Alphabetic Presentation Forms) that fonts of PDFs use."""
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_CUTTERS = "-/\u2013"
_CLOSERS = "\"')]\u201d\u2019"
_SUSPENDED = re.compile(r"(?:and|or|to)\b")

_UNWRAPPED_WIDTH = 200
"""A line longer than this many code points was not wrapped by a page."""


_PAGE_BREAK = Gap(ends=1, marked=False, page=True, quadruple=False)
"""What is left where a page number stood between two lines: the white space around it says nothing."""


class _Form(Enum):
    DOUBLED = "doubled"
    WRAPPED = "wrapped"
    UNWRAPPED = "unwrapped"


def source_from_text(raw: str, doc: str, source: str, sha256: str, problems: tuple[str, ...] = ()) -> SourceText:
    """A letter from its text.

    Code points that no letter means are replaced one for one, so that offsets stay those of ``raw``: soft, unbreakable
    and line-end hyphens (U+00AD, U+2010, U+2011, and U+FFFE, which PDFium gives) by ``-``, byte order marks by a blank;
    control characters and lone surrogates by U+FFFD, with a line in ``problems``.

    Args:
        raw: The extracted text.
        doc: Name of the letter.
        source: Path or name as the user gave it.
        sha256: Hash of the input bytes.
        problems: What was odd so far.
    """
    if not _is_plain(raw) and _ODD.search(raw):
        raw = raw.replace("\ufeff", " ")
        raw = _HYPHEN_LIKE.sub("-", raw)
        raw, count = _REPLACED.subn("\ufffd", raw)
        if count:
            problems = (*problems, f"control characters replaced: {count} (the text may come from a broken export)")
    return SourceText(doc=doc, source=source, sha256=sha256, raw=raw, reading=unfold(raw), problems=problems)


def _is_plain(raw: str) -> bool:
    """Whether there is nothing but ASCII without control characters: a quick way past the search."""
    return raw.isascii() and len(raw.encode("ascii").translate(None, _ASCII_CONTROLS)) == len(raw)


def unfold(raw: str) -> ReadingText:
    """The reading text of a raw text, linear in its length."""
    lines = physical_lines(raw)
    form = _form(lines)
    openings = _page_openings(lines, form)
    joints = _joints(lines, form, openings)
    left_out = page_furniture(lines.bodies, openings) if openings else frozenset()
    if left_out:
        lines, joints, openings = _without(left_out, lines, joints, openings, form)
    return _assemble(raw, lines, joints, openings)


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
        found = [i for i, gap in enumerate(lines.gaps) if i and (gap.page or gap.quadruple)]
    else:
        found = [i for i, gap in enumerate(lines.gaps) if i and gap.page]
    return found or after_feet(lines.bodies)


def _paragraph_between(gap: Gap, form: _Form) -> bool:
    """Whether white space that is no page break ends a paragraph."""
    if form is _Form.DOUBLED:
        return gap.marked or gap.ends > 2
    return gap.ends > 1 or form is _Form.UNWRAPPED


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


def _joints(lines: Lines, form: _Form, openings: list[int]) -> list[str]:
    """What stands before each line in the reading text: a line end, a blank, or nothing."""
    if not lines.bodies:
        return []
    ends = {gap: "\n" if _paragraph_between(gap, form) else " " for gap in set(lines.gaps)}
    joints = [ends[gap] for gap in lines.gaps]
    bodies = lines.bodies
    joints[0] = ""
    for index in [place for place, body in enumerate(bodies[:-1], start=1) if body[-1] in _CUTTERS]:
        if joints[index] == " ":
            joints[index] = _joint(bodies[index - 1], bodies[index])
    width = min(max(map(len, bodies)), _UNWRAPPED_WIDTH)
    for index in openings:
        joints[index] = _page_joint(bodies[index - 1], bodies[index], lines.gaps[index], form, width)
    return joints


def _page_joint(before: str, after: str, gap: Gap, form: _Form, width: int) -> str:
    if (form is _Form.DOUBLED and gap.marked) or not _goes_on(before, after, width):
        return "\n"
    return _joint(before, after)


def _without(
    left_out: frozenset[int], lines: Lines, joints: list[str], openings: list[int], form: _Form
) -> tuple[Lines, list[str], list[int]]:
    """Drop lines of the page; the lines that meet over a page break are joined as if they had met there."""
    kept = [index for index in range(len(lines.bodies)) if index not in left_out]
    rest = Lines(
        [lines.starts[index] for index in kept],
        [lines.bodies[index] for index in kept],
        [lines.gaps[index] for index in kept],
    )
    places = [bisect_left(kept, opening) for opening in openings]
    reopened = sorted({place for place in places if 0 < place < len(kept)})
    joints = [joints[index] for index in kept]
    if joints:
        joints[0] = ""
    width = min(max(map(len, rest.bodies), default=0), _UNWRAPPED_WIDTH)
    for place in reopened:
        joints[place] = _page_joint(rest.bodies[place - 1], rest.bodies[place], _PAGE_BREAK, form, width)
    return rest, joints, reopened


def _assemble(raw: str, lines: Lines, joints: list[str], openings: list[int]) -> ReadingText:
    """Write the reading text line by line, each run of white space as one blank."""
    parts: list[str] = []
    anchors: list[int] = []
    raw_anchors: list[int] = []
    line_starts: list[int] = []
    length = 0
    ascii_only = raw.isascii()
    plain = ascii_only and "\t" not in raw
    ligated = not ascii_only and _LIGATURE.search(raw) is not None
    for body, start, joint in zip(lines.bodies, lines.starts, joints, strict=True):
        length += len(joint)
        line_starts.append(length)
        runs = ((start, body),) if plain and "  " not in body else _runs(body, start)
        if ligated:
            runs = [apart for at, text in runs for apart in _taken_apart(at, text)]
        parts.append(joint)
        for at, text in runs:
            anchors.append(length)
            raw_anchors.append(at)
            parts.append(text)
            length += len(text)
    if parts:
        # The last line end stands for the last code point of the raw text, which may be no white space.
        anchors.append(length)
        raw_anchors.append(len(raw) - 1)
        parts.append("\n")
    return ReadingText(
        text="".join(parts),
        anchors=tuple(anchors),
        raw_anchors=tuple(raw_anchors),
        line_starts=tuple(line_starts),
        page_starts=(0, *(line_starts[index] for index in openings)),
    )


def _runs(body: str, start: int) -> list[tuple[int, str]]:
    """The runs of a line between white space that is more than one blank, each run with its raw offset."""
    runs: list[tuple[int, str]] = []
    done = 0
    for wide in _WIDE.finditer(body):
        runs.append((start + done, body[done : wide.start()] + " "))
        done = wide.end()
    runs.append((start + done, body[done:]))
    return runs


def _taken_apart(start: int, run: str) -> Iterator[tuple[int, str]]:
    """A run with its ligatures as letters, each letter a run of its own that begins at the ligature."""
    done = 0
    for sign in _LIGATURE.finditer(run):
        if sign.start() > done:
            yield start + done, run[done : sign.start()]
        yield from ((start + sign.start(), letter) for letter in _LIGATURES[sign.group()])
        done = sign.end()
    if done < len(run):
        yield start + done, run[done:]
