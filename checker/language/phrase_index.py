"""Finding which of many phrases stand in a sentence, at the cost of a look-up a word."""

from collections.abc import Iterable, Iterator, Sequence

from checker.language.phrases import WORDS, Phrase

_REMEMBER = 50_000
"""So many different words are remembered; letters repeat theirs."""


class _Table:
    """What a word stands for: bits and phrase numbers, gathered over whole words and over beginnings of words."""

    __slots__ = ("_lengths", "_seen", "_stems", "_whole")

    def __init__(self, entries: Iterable[tuple[str, int, int | None]]) -> None:
        """Take (word or ``beginning*``, bits, number of a phrase or None)."""
        self._whole: dict[str, tuple[int, tuple[int, ...]]] = {}
        self._stems: dict[str, tuple[int, tuple[int, ...]]] = {}
        for word, bits, number in entries:
            table = self._stems if word.endswith("*") else self._whole
            mask, numbers = table.get(word.rstrip("*"), (0, ()))
            table[word.rstrip("*")] = (mask | bits, numbers if number is None else (*numbers, number))
        self._lengths = tuple(sorted({len(stem) for stem in self._stems}))
        self._seen: dict[str, tuple[int, tuple[int, ...]]] = {}

    def __getitem__(self, word: str) -> tuple[int, tuple[int, ...]]:
        """Bits of the word sets it belongs to, and numbers of the phrases that may begin with it."""
        found = self._seen.get(word)
        return self._look_up(word) if found is None else found

    def _look_up(self, word: str) -> tuple[int, tuple[int, ...]]:
        mask, numbers = self._whole.get(word, (0, ()))
        for length in self._lengths:
            if length > len(word):
                break
            more, others = self._stems.get(word[:length], (0, ()))
            mask, numbers = mask | more, numbers + others
        found = (mask, tuple(sorted(set(numbers))))
        if len(self._seen) < _REMEMBER:
            self._seen[word] = found
        return found


class PhraseIndex:
    """Finds phrases in a sentence.

    A phrase is tried only at a word with which it may begin, and only where every word that it needs stands in the
    sentence: the word sets that phrases need are the bits of one number, so that the test is one comparison. The few
    phrases that may begin with a number or a date are searched for.
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._patterns = tuple(p.pattern for p in phrases)
        bits = {group: 1 << n for n, group in enumerate(dict.fromkeys(g for p in phrases for g in p.groups))}
        self._needs = tuple(sum(bits[g] for g in p.groups) for p in phrases)
        self._searched = tuple(n for n, p in enumerate(phrases) if not p.firsts)
        needed = ((word, bit, None) for group, bit in bits.items() for word in group)
        beginning = ((word, 0, n) for n, p in enumerate(phrases) for word in p.firsts)
        self._table = _Table([*needed, *beginning])

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Every match in lower-cased ``text`` as (phrase number, start, end), by phrase and then by place."""
        return iter(sorted(self._found(text)))

    def _found(self, text: str) -> Iterator[tuple[int, int, int]]:
        words = [(match.start(), self._table[match.group()]) for match in WORDS.finditer(text)]
        mask = 0
        for _, (bits, _) in words:
            mask |= bits
        needs, patterns = self._needs, self._patterns
        free: dict[int, int] = {}
        for start, (_, numbers) in words:
            for number in numbers:
                if needs[number] & mask != needs[number] or start < free.get(number, 0):
                    continue
                match = patterns[number].match(text, start)
                if match is not None:
                    free[number] = match.end()
                    yield number, start, match.end()
        for number in self._searched:
            if needs[number] & mask == needs[number]:
                for match in patterns[number].finditer(text):
                    yield number, match.start(), match.end()
