"""Finding a heading by the words a letter cites it with: order, case, plural, hyphens and small typos do not count."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

Tokens = frozenset[str]

_BRACKETS = re.compile(r"\(([^()]{0,200})\)")
_JOINED = re.compile(r"(?<=[a-z])[-‐‑–]\s?(?=[a-z])")
_WORD = re.compile(r"[a-z0-9]+(?:\.[0-9]+)*")
_SMALL = "a an and by for from in of on or the to under with per s page pages section sections"
_STOP = frozenset(_SMALL.split())
_TELLS_LITTLE = "pain chronic device drug medication treatment therapy use specific general list"
_WEAK = frozenset(_TELLS_LITTLE.split())
_PLURAL_SAFE = ("ss", "us", "is")
_TYPO_LENGTH = 5  # a shorter word with one letter changed is another word
_LONGEST_RUN = 6
_LEAST_OVERLAP = 0.5
_REMEMBER = 20_000
_LONGEST_REMEMBERED = 1_000
_REMEMBERED_WORDS = 2_000


def words(text: str) -> list[str]:
    """The words of a heading in order: lower case, hyphens closed, plural endings cut, small words left out."""
    return list(_words(text)) if len(text) <= _LONGEST_REMEMBERED else _cut(text)


def _cut(text: str) -> list[str]:
    lowered = _JOINED.sub("", text.lower().replace("’", "'").replace("'s", ""))
    return [_singular(word) for word in _WORD.findall(lowered) if word not in _STOP]


@lru_cache(maxsize=_REMEMBERED_WORDS)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_cut(text))


def tokens(text: str) -> Tokens:
    """The words of a heading as a set."""
    return frozenset(words(text))


def _singular(word: str) -> str:
    if len(word) > 3 and word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(_PLURAL_SAFE):
        return word[:-1]
    return word


def variants(heading: str) -> list[Tokens]:
    """What may be left of a heading in a citation: all of it, without its brackets, the name in the brackets alone."""
    bare = _BRACKETS.sub(" ", heading)
    found = [tokens(heading), tokens(bare)]
    found += [inside for inside in map(tokens, _BRACKETS.findall(heading)) if inside - _WEAK]
    return [part for part in dict.fromkeys(found) if part]


@dataclass(frozen=True, slots=True)
class Heading:
    """A name under which an entry may be cited; ``own`` ones go before those derived from a heading's brackets."""

    entry: str
    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """One heading of a citation.

    Attributes:
        text: The words of the citation.
        entry: What they name, "" where nothing fits.
        exact: They name it word for word, order and plural aside.
    """

    text: str
    entry: str
    exact: bool


class HeadingIndex:
    """The headings of one guideline, looked up by sets of words."""

    __slots__ = ("_by_word", "_exact", "_parents", "_seen", "_sets", "_typos", "_vocabulary")

    def __init__(self, headings: Iterable[Heading], parents: Mapping[str, str]) -> None:
        """Take the headings, the most important first, and for each entry the one it is a part of."""
        self._exact: dict[Tokens, str] = {}
        derived: list[tuple[Tokens, str]] = []
        for heading in headings:
            first, *rest = variants(heading.text) or [frozenset()]
            if first:
                self._exact.setdefault(first, heading.entry)
            derived += [(part, heading.entry) for part in rest]
        for part, entry in derived:
            self._exact.setdefault(part, entry)
        self._parents = dict(parents)
        self._sets = tuple(self._exact.items())
        self._by_word: dict[str, list[int]] = {}
        for number, (part, _) in enumerate(self._sets):
            for word in sorted(part):
                self._by_word.setdefault(word, []).append(number)
        self._vocabulary = frozenset(self._by_word)
        self._typos = _one_letter_less(self._vocabulary)
        self._seen: dict[tuple[str, ...], tuple[Cited, ...]] = {}

    def find(self, sections: Sequence[str]) -> tuple[Cited, ...]:
        """The headings that the sections of a citation name, in order.

        A heading may itself hold commas ("NSAIDs, GI symptoms & cardiovascular risk"), so that a parser may have cut
        it; the longest run of parts that is a heading is taken first.
        """
        key = tuple(sections)
        known = self._seen.get(key)
        if known is not None:
            return known
        found = self._find(key)
        if len(self._seen) < _REMEMBER and sum(map(len, key)) < _LONGEST_REMEMBERED:
            self._seen[key] = found
        return found

    def _find(self, sections: Sequence[str]) -> tuple[Cited, ...]:
        parts = [part for section in sections for part in self._parts(section)]
        found: list[Cited] = []
        at = 0
        while at < len(parts):
            run, entry = self._longest(parts, at)
            if entry:
                found.append(Cited(", ".join(parts[at : at + run]), entry, exact=True))
                at += run
                continue
            near = self._near(self._corrected(tokens(parts[at])))
            found.append(Cited(parts[at], near, exact=False))
            at += 1
        return tuple(found)

    def _parts(self, section: str) -> list[str]:
        listed = words(section)
        if len(set(listed)) == len(listed) and frozenset(listed) in self._exact:
            return [section]
        return [part.strip() for part in re.split(r"[;,]", section) if tokens(part)]

    def _longest(self, parts: Sequence[str], at: int) -> tuple[int, str]:
        for run in range(min(_LONGEST_RUN, len(parts) - at), 0, -1):
            listed = words(" ".join(parts[at : at + run]))
            cited = frozenset(listed)
            if run > 1 and len(cited) < len(listed):
                continue  # "Benzodiazepines, Benzodiazepine dependence": two headings that share a word
            entry = self._exact.get(cited) or self._exact.get(self._corrected(cited))
            if entry:
                return run, entry
        return 0, ""

    def _corrected(self, cited: Tokens) -> Tokens:
        if cited <= self._vocabulary:
            return cited
        return frozenset(self._correct(word) for word in cited)

    def _correct(self, word: str) -> str:
        if word in self._vocabulary or len(word) < _TYPO_LENGTH or word[0].isdigit():
            return word
        near = {known for less in (word, *_without_one(word)) for known in self._typos.get(less, ())}
        return near.pop() if len(near) == 1 else word

    def _near(self, cited: Tokens) -> str:
        """The entry whose words hold the cited ones or are held by them; "" where none or several do."""
        if not cited - _WEAK:
            return ""
        numbers = sorted({n for word in sorted(cited) for n in self._by_word.get(word, ())})
        best = 0.0
        entries: set[str] = set()
        for number in numbers:
            part, entry = self._sets[number]
            if not (part <= cited or cited <= part) or not (part & cited) - _WEAK:
                continue
            overlap = len(part & cited) / len(part | cited)
            if overlap > best:
                best, entries = overlap, {entry}
            elif overlap == best:
                entries.add(entry)
        if best < _LEAST_OVERLAP:
            return ""
        return entries.pop() if len(entries) == 1 else self._common(entries)

    def _common(self, entries: set[str]) -> str:
        """The entry that all of them are parts of; "" where there is none."""
        lines = [self._line(entry) for entry in sorted(entries)]
        return next((entry for entry in lines[0] if all(entry in line for line in lines[1:])), "")

    def _line(self, entry: str) -> list[str]:
        line = [entry]
        while self._parents.get(line[-1]) and len(line) < _LONGEST_RUN:
            line.append(self._parents[line[-1]])
        return line


def _without_one(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def _one_letter_less(vocabulary: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """For each word and each form of it with one letter left out: the words it may stand for."""
    table: dict[str, list[str]] = {}
    for word in sorted(vocabulary):
        if len(word) >= _TYPO_LENGTH:
            for less in sorted({word, *_without_one(word)}):
                table.setdefault(less, []).append(word)
    return {less: tuple(known) for less, known in table.items()}
