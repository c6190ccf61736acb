"""What identifies a person: names, numbers of cases, day and month of dates, high ages. Only structure is here."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.language.dates import MONTHS

MASK = "█"
_NAME = r"[A-Z][\w'’-]{0,30}\.?"
_YEAR = r"(?:19[3-9]\d|20\d\d)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTH = "(?i:" + "|".join(rf"{name[:3]}t?(?:{name[3:]})?" for name in MONTHS) + r")\b\.?"
_ALONE = "|".join(form for name in MONTHS if name != "may" for form in (name.capitalize(), name.upper()))
# Day and month of a date in each form; the year stands outside the group, and stays.
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w./])(?P<name>(?:0?[1-9]|[12]\d|3[01])(?P<s>[/.-])(?:0?[1-9]|[12]\d|3[01]))(?P=s)(?:\d{4}|\d{2})(?![\d/]|\.\d)",
        rf"(?<![\w./-]){_YEAR}(?P<s>[/.-])(?P<name>\d{{1,2}}(?P=s)\d{{1,2}})(?![\d/]|\.\d)",
        rf"(?<![\w./$#-])(?P<name>\d{{1,2}})[/-]{_YEAR}(?![\w/])",
        rf"\b(?P<name>{_MONTH}[ ]{{0,3}}{_DAY}(?:[ ]?[-–][ ]?{_DAY})?)(?![\w/])",
        rf"(?<![\w./-])(?P<name>{_DAY}[ ]{{1,3}}(?:of[ ]{{1,3}})?{_MONTH})(?!\w)",
        rf"\b(?P<name>{_MONTH}),?[ ]{{1,3}}(?:of[ ]{{1,3}})?{_YEAR}\b",
        rf"\b(?P<name>{_ALONE})\b",
    )
)
_CONTACTS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w-])(?P<name>(?:\(\d{3}\)[ ]?|\d{3}[-. ])\d{3}[-. ]\d{4})(?!\d)",
        r"(?<![\w-])(?P<name>\d{3}-\d{2}-\d{4})(?!\d)",
        r"(?<![\w.+-])(?P<name>[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,4})",
    )
)
_AGE = re.compile(r"(?<![\w.])(\d{2,3})(?=[ -]{1,2}(?:years?|yrs?|y/?o|y\.o\.)\b)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shapes:
    """Words around what identifies a person, in lower case; ``age`` in years."""

    titles: Sequence[str]
    degrees: Sequence[str]
    particles: Sequence[str]
    labels: Sequence[str]
    numbers: Sequence[str]
    prefixes: Sequence[str]
    days: Sequence[str]
    age: int


class Finder:
    """Finds what is to be masked in a text.

    Args:
        shapes: The words around it.
    """

    def __init__(self, shapes: Shapes) -> None:
        self._age = shapes.age
        titles, degrees = _any(shapes.titles), _any(shapes.degrees)
        particles = rf"(?:(?:{_any(shapes.particles)})[ ]+){{0,2}}"
        names = rf"{_NAME}(?:[ ]+{particles}{_NAME}){{0,3}}"
        self._titled = re.compile(rf"\b(?i:{titles})[ ]+(?P<name>{particles}{names})")
        self._qualified = re.compile(rf"\b(?P<name>{names}),?[ ]+(?i:{degrees})(?![\w-])")
        self._labelled = re.compile(rf"^[ \t]*(?i:{_any(shapes.labels)})[ \t]*:[ \t]*(?P<name>\S[^\n]*)", re.MULTILINE)
        self._numbered = re.compile(
            # Blanks stand before a sign, never beside other blanks, and a number has an end: else time is cubic.
            rf"\b(?i:{_any(shapes.numbers)})\.?(?:[ ]*(?:[:#]|number|no\.?))?(?:[ ]*#)?[ ]*"
            r"(?P<name>[\w/-]{0,80}\d[\w/-]{0,80})"
        )
        self._prefixed = re.compile(rf"\b(?P<name>(?i:{_any(shapes.prefixes)})[ -]?\d[\d-]{{3,20}})")
        self._dated = re.compile(rf"\b(?i:{_any(shapes.days)})[ ]+(?P<name>\d{{1,2}}/\d{{1,2}})(?![\d/])")
        self._degrees = frozenset(word.rstrip(".") for word in shapes.degrees)

    def spans(self, text: str, known: Iterable[str] = ()) -> list[tuple[int, int]]:
        """Start and end of everything to mask, in no order; they may overlap.

        Args:
            text: One paragraph a line.
            known: Surnames found elsewhere in the letter.
        """
        found = [span for pattern in self._patterns for span in _names(pattern, text)]
        found += [m.span(1) for m in _AGE.finditer(text) if int(m[1]) >= self._age]
        for name in known:
            found += [m.span() for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
        return found

    @property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        told = (self._titled, self._qualified, self._labelled, self._numbered, self._prefixed, self._dated)
        return (*told, *_DATES, *_CONTACTS)

    def surnames(self, text: str) -> tuple[str, ...]:
        """The last word of each name that stands beside a title or a degree, each once."""
        last = (
            re.sub("['’]s$", "", match["name"].split()[-1].rstrip("."))
            for pattern in (self._titled, self._qualified)
            for match in pattern.finditer(text)
        )
        return tuple(dict.fromkeys(name for name in last if len(name) > 1 and name.lower() not in self._degrees))


def _any(words: Iterable[str]) -> str:
    """A pattern for one of some words, the longest first."""
    return "|".join(re.escape(word).replace(r"\ ", "[ ]+") for word in sorted(words, key=lambda w: (-len(w), w)))


def _names(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (match.span("name") for match in pattern.finditer(text))


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with every letter and digit of some spans masked; its length and white space stay."""
    letters: list[str] | None = None
    for start, end in spans:
        if letters is None:
            letters = list(text)
        letters[start:end] = [MASK if c.isalnum() else c for c in letters[start:end]]
    return text if letters is None else "".join(letters)
