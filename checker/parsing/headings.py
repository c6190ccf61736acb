"""Finding the headings of a layout in a letter.

In capitals a heading counts wherever it stands, because PDF text may glue it to the paragraph before. In any other case
it counts only where it begins a line (a number before it does not matter) and ends in a colon or with its line:
"clinical case summary" also occurs in the prose of every letter.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import islice

from checker.parsing.layouts import LAYOUTS, Heading, Layout, Part
from checker.parsing.view import View

_TOKEN = re.compile(r"\[([^\]]*)\]|([^\s\[\]]+)")
_NUMBER = re.compile(r"(?:section\s+(?=\d))?(?:\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])[.):]\)?\s*|[-*•#]+\s*)?", re.IGNORECASE)
_FIRST = re.compile("[A-Z]+")
_WORD = re.compile(r"[A-Za-z]+")
_FEWEST_LINES = 5
"""A letter with fewer lines lost its line ends."""
_LONGEST_SMALL_WORD = 4
_MOST = 1_000
"""A heading that stands more often is no heading any more."""
_AFTER = re.compile(r"\s?\*{0,2}\s?[:.–—-]?\*{0,2}\s?")
_GAP = r"[\s,.'’-]{1,4}"


@dataclass(frozen=True, slots=True)
class Found:
    """A heading of a letter: what stands under it, where it begins (its number included) and where its text begins."""

    part: Part
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Compiled:
    heading: Heading
    capitals: re.Pattern[str]
    pattern: re.Pattern[str]
    firsts: tuple[str, ...]


def recognise(view: View) -> tuple[Layout, tuple[Found, ...]] | None:
    """The layout of the letter and its headings, None where no heading of any layout stands in it."""
    for tolerant in (False, True):
        for layout in LAYOUTS:
            found = find_headings(view, layout, tolerant)
            parts = {hit.part for hit in found}
            if not parts & layout.signs:
                continue
            if not tolerant and not {Part.SUMMARY, Part.ITEMS} <= parts:
                found = find_headings(view, layout, tolerant=True)
            return layout, found
    return None


def find_headings(view: View, layout: Layout, tolerant: bool) -> tuple[Found, ...]:
    """The headings of ``layout`` in the letter, in order, without overlap; mixed case counts where ``tolerant``."""
    compiled = _compiled(layout.id)
    found = [hit for one in compiled for hit in islice(_in_capitals(view, one), _MOST)]
    if tolerant:
        found.extend(islice(_at_line_starts(view, compiled), _MOST))
        if len(view.line_starts(0, len(view.text))) < _FEWEST_LINES:
            found.extend(hit for one in compiled for hit in _in_one_line(view, one))
    return _without_overlap(found)


def _in_capitals(view: View, one: _Compiled) -> Iterable[Found]:
    for probe in one.firsts:
        at = view.flat.find(probe)
        while at >= 0:
            match = one.capitals.match(view.flat, at)
            if match and (at == 0 or not view.flat[at - 1].isalnum()):
                yield _found(view, one.heading, at, match.end())
            at = view.flat.find(probe, at + 1)


def _at_line_starts(view: View, compiled: Iterable[_Compiled]) -> Iterable[Found]:
    by_first: dict[str, list[_Compiled]] = {}
    for one in compiled:
        for first in one.firsts:
            by_first.setdefault(first.removesuffix("S"), []).append(one)
    for line in sorted({*view.line_starts(0, len(view.text)), *view.paragraphs()}):
        at = _NUMBER.match(view.flat, line).end()  # type: ignore[union-attr]  # every part of the pattern may be empty
        word = _WORD.match(view.flat, at)
        if word is None or not word.group()[0].isupper():
            continue
        for one in by_first.get(word.group().upper().removesuffix("S"), ()):
            match = one.pattern.match(view.flat, at)
            if match and _stands_alone(view, match.end()):
                yield _found(view, one.heading, at, match.end())


def _in_one_line(view: View, one: _Compiled) -> Iterable[Found]:
    """Headings of a letter that lost its line ends: every longer word capitalised."""
    for match in one.pattern.finditer(view.flat):
        words = [word for word in _WORD.findall(match.group()) if len(word) > _LONGEST_SMALL_WORD]
        if words and all(word[0].isupper() for word in words):
            yield _found(view, one.heading, *match.span())


def _stands_alone(view: View, end: int) -> bool:
    """Whether a colon or the end of the line follows."""
    after = _AFTER.match(view.flat, end)
    end = after.end() if after else end
    return (
        ":" in view.flat[end - 3 : end]
        or end >= len(view.flat)
        or view.text[end - 1] == "\n"
        or view.is_line_start(end)
    )


def _found(view: View, heading: Heading, at: int, end: int) -> Found:
    line = view.line_start(at)
    number = _NUMBER.match(view.flat, line)
    start = line if number and number.end() == at else at
    after = _AFTER.match(view.flat, end)
    return Found(heading.part, start, after.end() if after else end, view.flat[at:end])


def _without_overlap(found: list[Found]) -> tuple[Found, ...]:
    """Of overlapping headings the one that begins first, of two at one place the longer."""
    kept: list[Found] = []
    for hit in sorted(found, key=lambda f: (f.start, -len(f.words))):
        if not kept or hit.start >= kept[-1].start + len(kept[-1].words):
            kept.append(hit)
    return tuple(kept)


@cache
def _compiled(layout: str) -> tuple[_Compiled, ...]:
    return tuple(_compile(heading) for one in LAYOUTS if one.id == layout for heading in one.headings)


def _compile(heading: Heading) -> _Compiled:
    choices = [_options(match) for match in _TOKEN.finditer(heading.words)]
    last = max(at for at, options in enumerate(choices) if "" not in options)
    source = ""
    for at, options in enumerate(choices):
        words = "(?:" + "|".join(_option(option) for option in options if option) + ")"
        if at > last:
            source += f"(?:{_GAP}{words})?"
        elif "" in options:
            source += f"(?:{words}{_GAP})?"
        else:
            source += words + (_GAP if at < last else "")
    firsts = tuple(dict.fromkeys(_FIRST.findall(start)[0] for start in _starts(choices)))
    source += r"(?![A-Za-z])"
    return _Compiled(heading, re.compile(source), re.compile(source, re.IGNORECASE), firsts)


def _options(token: re.Match[str]) -> list[str]:
    choice, word = token.groups()
    return [word] if choice is None else [option.strip() for option in choice.split("|")]


def _starts(choices: list[list[str]]) -> list[str]:
    """What a heading may begin with: every option of a leading choice, and what follows one that may be left out."""
    starts: list[str] = []
    for options in choices:
        starts.extend(option for option in options if option)
        if "" not in options:
            break
    return starts


def _option(option: str) -> str:
    words = [
        re.escape(word).replace(r"\(S\)", r"(?:\s?\((?:S|s)\)|S)?").replace(",", "").replace("/", r"\s?/\s?")
        for word in option.split()
    ]
    return _GAP.join(words)
