"""From the words of an MTUS citation to the edition and the topics they mean."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

from checker.knowledge.editions import Absent, Edition, Guidelines, PageRange, Topic
from checker.knowledge.headings import Cited, tokens, words

_CHAPTER_NUMBER = re.compile(r"\bch(?:apter|\.)?\s{0,2}(\d{1,2})\b", re.IGNORECASE)
_SECTION_NUMBER = re.compile(r"\s*(\d{1,2}(?:\.\d{1,2}){0,4})\.?(?=[\s:,]|$)")
_REMEMBER = 20_000
_LONGEST_REMEMBERED = 2_000
_BARE_NUMBER = re.compile(r"\s*\d{1,4}\s*\.?\s*")


@dataclass(frozen=True, slots=True)
class Window:
    """The days between which the request was made; None where one end is open."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def inside(self, edition: Edition) -> bool:
        """Whether the edition governs every day of the window; an open end never is inside."""
        if self.first is None or self.last is None:
            return False
        return edition.in_force_on(self.first) and edition.in_force_on(self.last)

    def apart(self, edition: Edition) -> bool:
        """Whether the edition governs no day of the window."""
        too_early = self.last is not None and self.last < edition.first
        too_late = self.first is not None and edition.last is not None and edition.last < self.first
        return too_early or too_late

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return self.first is not None or self.last is not None


@dataclass(frozen=True, slots=True)
class CitedTopic:
    """One section of a citation.

    Attributes:
        text: The words of the citation.
        topic: What they name, None where nothing fits.
        absent: The heading they name that the edition does not have.
        exact: They name it word for word, order and plural aside.
        wrong_number: A section number that the edition does not have, or whose heading is another.
    """

    text: str
    topic: Topic | None = None
    absent: Absent | None = None
    exact: bool = False
    wrong_number: str = ""


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a citation means.

    Attributes:
        family: Id of the guideline, "" where the words fit none.
        editions: The editions it may mean, the likeliest first; one where it is sure.
        basis: What decided the edition: year, sign, pages, only, date, or "" where it stays open.
        year_known: Whether an edition has the year that is printed; true where none is.
        cited: Its sections in order.
        bare_numbers: Sections that are a number without a name.
    """

    family: str
    editions: tuple[Edition, ...]
    basis: str
    year_known: bool
    cited: tuple[CitedTopic, ...]
    bare_numbers: tuple[str, ...] = ()

    @property
    def edition(self) -> Edition | None:
        """The edition, None where several may be meant or none is known."""
        return self.editions[0] if len(self.editions) == 1 else None

    @property
    def topics(self) -> tuple[Topic, ...]:
        """The topics that its sections name."""
        return tuple(cited.topic for cited in self.cited if cited.topic is not None)

    @property
    def complete(self) -> bool:
        """Whether every section it names is known."""
        return all(cited.topic is not None for cited in self.cited) and not self.bare_numbers


def resolve(
    guidelines: Guidelines,
    *,
    chapter: str,
    year: int | None = None,
    sections: Sequence[str] = (),
    pages: Sequence[PageRange] = (),
    raw: str = "",
    window: Window | None = None,
) -> Resolved:
    """What an MTUS citation means.

    Args:
        guidelines: The guidelines.
        chapter: Name of the chapter as printed.
        year: Year printed after it.
        sections: Sections or topics as printed; a heading that holds commas may have been cut at them.
        pages: Pages printed.
        raw: The whole citation, for signs of its edition.
        window: The days between which the request was made.

    Returns:
        Edition and topics as far as the words decide them. Never raises on any text.
    """
    # Once a year is printed, neither the other words nor the dates of the letter count.
    rest_of_it = ("", None) if year is not None else (raw, window)
    key = (chapter, year, tuple(sections), tuple(pages), *rest_of_it)
    known = guidelines.memo.get(key)
    if isinstance(known, Resolved):
        return known
    asked = _Asked(chapter, year, tuple(sections), tuple(pages), raw, window or Window())
    resolved = _resolve(guidelines, asked)
    if len(guidelines.memo) < _REMEMBER and len(chapter) + len(raw) + sum(map(len, sections)) < _LONGEST_REMEMBERED:
        guidelines.memo[key] = resolved
    return resolved


@dataclass(frozen=True, slots=True)
class _Asked:
    """The words of a citation; see ``resolve``."""

    chapter: str
    year: int | None
    sections: tuple[str, ...]
    pages: tuple[PageRange, ...]
    raw: str
    window: Window


def _resolve(guidelines: Guidelines, asked: _Asked) -> Resolved:
    family, rest = _family(guidelines, asked.chapter)
    candidates = guidelines.families.get(family, ())
    sections = [*rest, *asked.sections]
    if not candidates:
        return Resolved("", (), "", year_known=True, cited=tuple(CitedTopic(text) for text in sections))
    editions, basis, year_known = _edition(candidates, asked)
    reading = [(edition, *_sections(guidelines, edition, sections)) for edition in editions]
    _, cited, bare = max(reading, key=lambda one: sum(c.topic is not None for c in one[1]))
    return Resolved(family, editions, basis, year_known, cited, bare)


def _family(guidelines: Guidelines, chapter: str) -> tuple[str, list[str]]:
    """The guideline that a chapter's name means, and what of the name is a section rather."""
    named = tokens(chapter) | tokens(chapter.replace("-", " "))
    for core, family in guidelines.cores:
        if core <= named:
            return family, []
    number = _CHAPTER_NUMBER.search(chapter[:400])
    if number and number.group(1) in guidelines.chapters:
        return guidelines.chapters[number.group(1)], []
    near = _misspelt(guidelines, named)
    if near:
        return near, []
    if _noise(guidelines, words(chapter)):
        return guidelines.generic, []
    # "MTUS Guidelines, Carisoprodol": the name of a topic stands where the chapter's is expected.
    for edition in guidelines.families[guidelines.generic]:
        if any(cited.entry in edition.topics for cited in edition.headings.find([chapter])):
            return guidelines.generic, [chapter]
    return "", []


def _misspelt(guidelines: Guidelines, named: frozenset[str]) -> str:
    """The guideline whose telling words all stand in the name but for one letter."""
    for core, family in guidelines.cores:
        if all(any(_near(word, other) for other in named) for word in core if len(word) > 4) and any(
            len(word) > 4 for word in core
        ):
            return family
    return ""


def _near(word: str, other: str) -> bool:
    """Whether two words are the same but for one letter left out, put in, changed or swapped with its neighbour."""
    if word == other:
        return True
    if abs(len(word) - len(other)) > 1 or min(len(word), len(other)) < 4:
        return False
    same = next((n for n, (a, b) in enumerate(zip(word, other, strict=False)) if a != b), min(len(word), len(other)))
    tail, other_tail = word[same:], other[same:]
    return (
        tail[1:] == other_tail
        or tail == other_tail[1:]
        or tail[1:] == other_tail[1:]
        or (tail[:2] == other_tail[:2][::-1] and tail[2:] == other_tail[2:])
    )


def _edition(candidates: tuple[Edition, ...], asked: _Asked) -> tuple[tuple[Edition, ...], str, bool]:
    year, window = asked.year, asked.window
    if year is not None:
        printed = [e for e in candidates if e.year == year] or [e for e in candidates if year in e.other_years]
        return (tuple(printed), "year", True) if printed else (candidates, "", False)
    found = tokens(f"{asked.chapter} {asked.raw}"[:600])
    dated = tuple(e for e in candidates if window.known and not window.apart(e))
    ways = (
        ("only", candidates),
        ("sign", tuple(e for e in candidates if any(sign <= found for sign in e.signs))),
        ("pages", tuple(e for e in candidates if asked.pages and e.paged and not window.apart(e))),
        ("date", dated),
    )
    for basis, left in ways:
        if len(left) == 1:
            return left, basis, True
    return dated or candidates, "", True


def _sections(
    guidelines: Guidelines, edition: Edition, sections: Sequence[str]
) -> tuple[tuple[CitedTopic, ...], tuple[str, ...]]:
    named: list[str] = []
    cited: list[CitedTopic] = []
    bare: list[str] = []
    for section in sections:
        number = _SECTION_NUMBER.match(section) if edition.numbered else None
        if number and not _BARE_NUMBER.fullmatch(section):
            cited.append(_numbered(edition, section, number))
        elif _BARE_NUMBER.fullmatch(section):
            by_number = edition.by_number.get(section.strip(" ."))
            if by_number:
                cited.append(CitedTopic(section, by_number, exact=True))
            else:
                bare.append(section.strip())
        elif not _noise(guidelines, words(section)):
            named.append(section)
    cited += [_found(edition, one) for one in edition.headings.find(named) if not _noise(guidelines, words(one.text))]
    return tuple(cited), tuple(bare)


def _found(edition: Edition, cited: Cited) -> CitedTopic:
    if cited.entry in edition.absent:
        return CitedTopic(cited.text, absent=edition.absent[cited.entry], exact=cited.exact)
    return CitedTopic(cited.text, edition.topics.get(cited.entry), exact=cited.exact)


def _numbered(edition: Edition, section: str, number: re.Match[str]) -> CitedTopic:
    """A section that is cited by number and by the chain of headings above it, joined by colons."""
    printed = number.group(1)
    last = section[number.end() :].rsplit(":", 1)[-1]
    found = edition.headings.find([last]) if last.strip() else ()
    named = edition.topics.get(found[0].entry) if len(found) == 1 else None
    topic = edition.by_number.get(printed)
    if topic is None:
        unknown = printed.count(".") < edition.depth
        return CitedTopic(section, named, exact=False, wrong_number=printed if unknown else "")
    # a chain that stops at a heading above the section is cut short, not wrong
    related = named is not None and (topic.id in named.line or named.id in topic.line)
    wrong = named is not None and found[0].exact and not related
    return CitedTopic(section, named if wrong else topic, exact=True, wrong_number=printed if wrong else "")


def _noise(guidelines: Guidelines, found: Sequence[str]) -> bool:
    """Whether words are no section at all: names of regulations, dates, the word MTUS."""
    return all(word in guidelines.noise or word[0].isdigit() for word in found)
