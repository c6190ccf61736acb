"""What identifies a person: names, numbers of cases, day and month of dates, high ages. Only structure is here."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.language.dates import Precision, find

MASK = "█"
_NAME = r"[A-Z][\w'’-]{0,30}\.?"
_NAMES = rf"{_NAME}(?:[ ]+{_NAME}){{0,3}}"
_AGE = re.compile(r"(?<![\w.])(\d{2,3})(?=[ -]{1,2}(?:years?|yrs?|y/?o|y\.o\.)\b)", re.IGNORECASE)
_DAY = re.compile(r"\d+|[a-z]+")


@dataclass(frozen=True, slots=True)
class Shapes:
    """Words around what identifies a person, in lower case; ``age`` in years."""

    titles: Sequence[str]
    degrees: Sequence[str]
    labels: Sequence[str]
    numbers: Sequence[str]
    prefixes: Sequence[str]
    age: int


class Finder:
    """Finds what is to be masked in a text.

    Args:
        shapes: The words around it.
    """

    def __init__(self, shapes: Shapes) -> None:
        self._age = shapes.age
        titles, degrees = _any(shapes.titles), _any(shapes.degrees)
        self._titled = re.compile(rf"\b(?i:{titles})[ ]+(?P<name>{_NAMES})")
        self._qualified = re.compile(rf"\b(?P<name>{_NAMES}),?[ ]+(?i:{degrees})(?![\w-])")
        self._labelled = re.compile(rf"^[ \t]*(?i:{_any(shapes.labels)})[ \t]*:[ \t]*(?P<name>\S[^\n]*)", re.MULTILINE)
        self._numbered = re.compile(
            rf"\b(?i:{_any(shapes.numbers)})\.?[ ]*(?:[:#]|number|no\.?)?[ ]*#?[ ]*(?P<name>[\w/-]*\d[\w/-]*)"
        )
        self._prefixed = re.compile(rf"\b(?P<name>(?i:{_any(shapes.prefixes)})[ -]?\d[\d-]{{3,20}})")
        self._degrees = frozenset(word.rstrip(".") for word in shapes.degrees)

    def spans(self, text: str, known: Iterable[str] = ()) -> list[tuple[int, int]]:
        """Start and end of everything to mask, in no order; they may overlap.

        Args:
            text: One paragraph a line.
            known: Surnames found elsewhere in the letter.
        """
        found = [span for pattern in self._patterns for span in _names(pattern, text)]
        found += _dates(text)
        found += [m.span(1) for m in _AGE.finditer(text) if int(m[1]) >= self._age]
        for name in known:
            found += [m.span() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        return found

    @property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        return (self._titled, self._qualified, self._labelled, self._numbered, self._prefixed)

    def surnames(self, text: str) -> tuple[str, ...]:
        """The last word of each name that stands beside a title or a degree, each once."""
        last = (
            match["name"].split()[-1].rstrip(".")
            for pattern in (self._titled, self._qualified)
            for match in pattern.finditer(text)
        )
        return tuple(dict.fromkeys(name for name in last if len(name) > 1 and name.lower() not in self._degrees))


def _any(words: Iterable[str]) -> str:
    """A pattern for one of some words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", "[ ]+") for word in sorted(words, key=lambda w: (-len(w), w)))


def _names(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span("name") for match in pattern.finditer(text))


def _dates(text: str) -> Iterator[tuple[int, int]]:
    """Day and month of every date; the year stays, and so does a year alone."""
    lower = text.lower()
    if len(lower) != len(text):
        return
    for mention in find(lower):
        if mention.precision is Precision.YEAR:
            continue
        year = f"{mention.date.year}"
        for part in _DAY.finditer(lower, mention.start, mention.end):
            if part[0] != year and not (part.end() == mention.end and part[0] == year[2:]):
                yield part.span()


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with every letter and digit of some spans masked; its length and white space stay."""
    letters: list[str] | None = None
    for start, end in spans:
        if letters is None:
            letters = list(text)
        letters[start:end] = [MASK if c.isalnum() else c for c in letters[start:end]]
    return text if letters is None else "".join(letters)
