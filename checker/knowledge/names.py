"""Finding whole names in a text: many names at once, longest first, in time linear in the text."""

import string
from collections.abc import Iterable
from typing import NamedTuple

import ahocorasick_rs

_BLANKED = {ord(c): " " for c in string.whitespace + string.punctuation + "–—‐‑\u00ad\ufffe®™’‘“”"}
_ASCII_BLANKED = "".join(_BLANKED.get(code, chr(code).lower()) for code in range(128))
_PLURALS = ("s", "es")


class Mention(NamedTuple):
    """A name of the lexicon at ``text[start:end]``; ``entry`` is the id of what it names."""

    start: int
    end: int
    entry: str


def normalise(text: str) -> str:
    """Lower case, with every mark of punctuation a blank; as long as the text, so that offsets stay good."""
    if text.isascii():
        return text.translate(_ASCII_BLANKED)  # a table of text is many times as fast as a mapping
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.translate(_BLANKED)


class Names:
    """A set of names, each of which stands for an entry.

    A name is found whatever its case and punctuation ("EMG/NCV", "emg-ncv"), as whole words, and with a plural ending.
    Where names overlap the longest of those that begin first is taken.
    """

    __slots__ = ("_automaton", "_entries", "_names")

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """Take (name, entry) pairs; of two entries with one name the first counts."""
        table: dict[str, str] = {}
        for name, entry in names:
            flat = normalise(name).strip()
            for key in (" ".join(flat.split()), flat):
                if key:
                    table.setdefault(key, entry)
        self.__setstate__((tuple(table), tuple(table.values())))

    def __getstate__(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names and what each stands for; the automaton cannot be stored."""
        return self._names, self._entries

    def __setstate__(self, state: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
        """Makes the automaton, with the blank before each name: what stands inside a word is not even found."""
        self._names, self._entries = state
        self._automaton = ahocorasick_rs.AhoCorasick([f" {name}" for name in self._names]) if self._names else None

    def find(self, text: str) -> tuple[Mention, ...]:
        """Every name in the text, in order, without overlap."""
        return self.find_normalised(normalise(text))

    def find_normalised(self, text: str) -> tuple[Mention, ...]:
        """As ``find``, for a text that ``normalise`` has already been over."""
        if self._automaton is None:
            return ()
        best: dict[int, tuple[int, int]] = {}
        for index, start, end in self._automaton.find_matches_as_indexes(f" {text}", overlapping=True):
            whole = _word_end(text, end - 1)
            if whole and (start not in best or whole > best[start][0]):
                best[start] = (whole, index)
        found: list[Mention] = []
        free = 0
        for start in sorted(best):
            end, index = best[start]
            if start >= free:
                found.append(Mention(start, end, self._entries[index]))
                free = end
        return tuple(found)


def _word_end(text: str, end: int) -> int:
    """Where the word that the name ends with ends: at once or after a plural ending; 0 where it goes on."""
    if end == len(text) or text[end] == " ":
        return end
    for plural in _PLURALS:
        after = end + len(plural)
        if text.startswith(plural, end) and (after == len(text) or text[after] == " "):
            return after
    return 0
