"""Finding which of many phrases stand in a sentence, at the cost of a look-up a word."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from checker.language.phrases import DIGITS, WORDS, Phrase

_REMEMBER = 50_000
"""So many different words are remembered, and pairs of words; letters repeat theirs."""


_NEEDED = 2
"""So many word sets of a phrase are tested before it is tried; more cost more time than they save."""


class _Stems:
    """Words and beginnings of words (``improv*``) with what they stand for."""

    __slots__ = ("_lengths", "_stems", "_whole")

    def __init__(self, entries: Iterable[tuple[str, int]]) -> None:
        """Take (word or ``beginning*``, number)."""
        self._whole: dict[str, list[int]] = {}
        self._stems: dict[str, list[int]] = {}
        for word, number in entries:
            table = self._stems if word.endswith("*") else self._whole
            table.setdefault(word.rstrip("*"), []).append(number)
        self._lengths = sorted({len(stem) for stem in self._stems})

    def of(self, word: str) -> list[int]:
        """The numbers of a word and of every beginning of it."""
        found = list(self._whole.get(word, ()))
        if word[:1].isdecimal():
            found += self._whole.get(DIGITS, ())
        for length in self._lengths:
            if length > len(word):
                break
            found += self._stems.get(word[:length], ())
        return found


class _Followers(dict[str, tuple[int, ...]]):
    """For one first word, the phrases that may begin there, by the word that follows it."""

    __slots__ = ("_always", "_seconds")

    def __init__(self, openings: Sequence[tuple[str, int]]) -> None:
        """Take (second word, number of a phrase); "" where any word may follow."""
        super().__init__()
        self._always = [number for second, number in openings if not second]
        self._seconds = _Stems((second, number) for second, number in openings if second)

    def __missing__(self, word: str) -> tuple[int, ...]:
        found = tuple(sorted({*self._always, *self._seconds.of(word)}))
        if len(self) < _REMEMBER:
            self[word] = found
        return found


class _Words(dict[str, tuple[int, _Followers | None]]):
    """What a word stands for: the bits of the word sets that it belongs to, and the phrases it may begin."""

    __slots__ = ("_bits", "_openings", "_seconds")

    def __init__(self, groups: Mapping[tuple[str, ...], int], openings: Sequence[tuple[str, str, int]]) -> None:
        """Take the number of each word set, and (first word, second word, number of a phrase)."""
        super().__init__()
        self._bits = _Stems((word, bit) for group, bit in groups.items() for word in group)
        self._openings = _Stems((first, at) for at, (first, _, _) in enumerate(openings))
        self._seconds = [(second, number) for _, second, number in openings]

    def __missing__(self, word: str) -> tuple[int, _Followers | None]:
        mask = 0
        for bit in self._bits.of(word):
            mask |= 1 << bit
        opened = [self._seconds[at] for at in self._openings.of(word)]
        found = (mask, _Followers(opened) if opened else None)
        if len(self) < _REMEMBER:
            self[word] = found
        return found


def _needed(phrase: Phrase) -> tuple[tuple[str, ...], ...]:
    """The word sets that tell most of whether a phrase may stand; not those that its first two words come from."""
    begun = [{words[place] for words in phrase.openings} for place in (0, 1)]
    others = [group for group in phrase.groups if not any(words and words <= set(group) for words in begun)]
    return tuple(others[:_NEEDED])


class PhraseIndex:
    """Finds phrases in a sentence.

    A phrase is tried only at a word with which it may begin, before a word that may follow it, and only where every
    word that it needs stands in the sentence: the word sets that phrases need are the bits of one number, so that the
    test is one comparison. The few phrases that may begin with anything are searched for.
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = tuple(phrases)
        self._patterns: list[re.Pattern[str] | None] = [None] * len(phrases)  # compiled when first needed
        needed = [_needed(phrase) for phrase in phrases]
        common = Counter(group for groups in needed for group in groups)
        # the lower the bits that a phrase needs, the less work it is to test them
        groups = {group: n for n, (group, _) in enumerate(common.most_common())}
        self._needs = tuple(sum(1 << groups[g] for g in needs_) for needs_ in needed)
        self._searched = tuple(n for n, p in enumerate(phrases) if not p.openings)
        self._bracketed = frozenset(n for n, p in enumerate(phrases) if p.bracketed)
        self._words = _Words(groups, [(*pair, n) for n, p in enumerate(phrases) for pair in p.openings])

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Every match in lower-cased ``text`` as (phrase number, start, end), by phrase and then by place."""
        return sorted(self._found(text))

    def _found(self, text: str) -> list[tuple[int, int, int]]:
        table, needs, patterns = self._words, self._needs, self._patterns
        mask = 0
        begins: list[tuple[int, _Followers, int]] = []
        words: list[str] = []
        for match in WORDS.finditer(text):
            word = match.group()
            words.append(word)
            bits, followers = table[word]
            mask |= bits
            if followers is not None:
                begins.append((match.start(), followers, len(words)))
        words.append("")
        free: dict[int, int] = {}
        found: list[tuple[int, int, int]] = []
        for start, followers, after in begins:
            for number in followers[words[after]]:
                need = needs[number]
                if need & mask == need and start >= free.get(number, 0):
                    pattern = patterns[number] or self._compiled(number)
                    hit = pattern.match(text, start)
                    if number in self._bracketed and text.startswith("(", start - 1):
                        hit = pattern.match(text, start - 1) or hit
                    if hit is not None:
                        end = free[number] = hit.end()
                        found.append((number, hit.start(), end))
        for number in self._searched:
            if self._needs[number] & mask == self._needs[number]:
                pattern = patterns[number] or self._compiled(number)
                found.extend((number, *hit.span()) for hit in pattern.finditer(text))
        return found

    def warm(self) -> None:
        """Compile every phrase now, which otherwise happens when one is first tried."""
        for number, pattern in enumerate(self._patterns):
            if pattern is None:
                self._compiled(number)

    def _compiled(self, number: int) -> re.Pattern[str]:
        pattern = self._patterns[number] = self._phrases[number].pattern
        return pattern
