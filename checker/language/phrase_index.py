"""Finding which of many phrases stand in a sentence, at the cost of a look-up a word."""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

from checker.language.phrase_walk import APART, NO_WORD, Joints, Positions, State, Stems, Walk, is_plain
from checker.language.phrases import DIGITS, Phrase, sure_words

_REMEMBER = 50_000
"""So many different words are remembered; letters repeat theirs."""

_NEEDED = 2
"""So many word sets of a phrase are tested before it is tried; more cost more time than they save."""

_WORDS = re.compile(r"([^\W_]+)")


class _Numbers(dict[str, int]):
    """Words by their number in the walk."""

    __slots__ = ("_walk",)

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk

    def __missing__(self, word: str) -> int:
        found = self._walk.number(word)
        if len(self) < _REMEMBER:
            self[word] = found
        return found


class _Firsts(dict[int, "State | None"]):
    """By the number of a word the state of the walk after it, where nothing of a phrase stands before it."""

    __slots__ = ("_walk",)

    def __init__(self, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self[NO_WORD] = None

    def __missing__(self, word: int) -> "State | None":
        found = self[word] = self._walk.root.begun(word)
        return found


class _Bits(dict[str, int]):
    """Words by the bits of the phrases that need them."""

    __slots__ = ("_by_word", "_stems")

    def __init__(self, needed: Iterable[tuple[int, Iterable[str]]]) -> None:
        """Take bits with words."""
        super().__init__()
        self._by_word: dict[str, int] = {}
        for bit, words in needed:
            for word in words:
                self._by_word[word] = self._by_word.get(word, 0) | bit
        self._stems = Stems(self._by_word)

    def __missing__(self, word: str) -> int:
        found = self._by_word.get(DIGITS, 0) if word[0].isdecimal() else 0
        for known in self._stems.of(word):
            found |= self._by_word[known]
        if len(self) < _REMEMBER:
            self[word] = found
        return found


def _needed(phrase: Phrase) -> tuple[tuple[str, ...], ...]:
    """The word sets that tell most of whether a phrase may stand of which all the plain words at its beginning do."""
    plain = 0
    while plain < len(phrase.nodes) and is_plain(phrase.nodes[plain]):
        plain += 1
    return sure_words(phrase.nodes[plain:])[:_NEEDED]


class PhraseIndex:
    """Finds phrases in a sentence.

    All phrases are followed at once through the words of the sentence (see ``phrase_walk``). A phrase that comes to
    something that is no word is left to its expression, and only where every word that it still needs stands in the
    sentence. Each such phrase has a bit in two numbers, one for its first needed set of words and one for its second,
    so that all phrases are tested at once. The few phrases that may begin with anything are searched for.
    """

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = tuple(phrases)
        self._patterns: list[re.Pattern[str] | None] = [None] * len(phrases)  # compiled when first needed
        self._bracketed = frozenset(n for n, phrase in enumerate(phrases) if phrase.bracketed)
        # Phrases that are no plain words have the lower bits: only of them needed words are asked for.
        self._by_bit = tuple(sorted(range(len(phrases)), key=lambda n: all(map(is_plain, phrases[n].nodes))))
        bits = {number: 1 << place for place, number in enumerate(self._by_bit)}
        gated = self._by_bit[: sum(not all(map(is_plain, phrase.nodes)) for phrase in phrases)]
        self._plain = (1 << len(phrases)) - (1 << len(gated))
        needed = {number: _needed(phrases[number]) for number in gated}
        self._first, self._second = (
            _Bits((bits[number], groups[place]) for number, groups in needed.items() if place < len(groups))
            for place in range(_NEEDED)
        )
        self._free = tuple(
            sum(bits[number] for number, groups in needed.items() if place >= len(groups)) for place in range(_NEEDED)
        )
        positions = Positions(phrases)
        self._searched = sum(bits[number] for number in positions.searched)
        self._walk = Walk(positions, bits)
        self._numbers = _Numbers(self._walk)
        self._variants: dict[tuple[str, str, str], int] = {}
        self._joints = Joints()
        self._firsts = _Firsts(self._walk)

    @property
    def phrases(self) -> tuple[Phrase, ...]:
        """The phrases, in the order of their numbers."""
        return self._phrases

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Every match in lower-cased ``text`` as (phrase number, start, end), by phrase and then by place."""
        parts = _WORDS.split(text)
        possible = self._possible(parts)
        found = self._walked(text, parts, possible)
        for number in self._numbered(self._searched & possible[0]):
            pattern = self._patterns[number] or self._compiled(number)
            found.extend((number, *hit.span()) for hit in pattern.finditer(text))
        found.sort()
        return found

    def _walked(self, text: str, parts: list[str], possible: list[int]) -> list[tuple[int, int, int]]:
        """The matches of phrases that begin with a word."""
        begun, following = self._rows(parts)
        places, firsts = list(accumulate(map(len, parts))), self._firsts
        free: dict[int, int] = {}  # where a match of several words ended: the next of its phrase begins behind it
        found: list[tuple[int, int, int]] = []
        for at, word in enumerate(begun):
            state = firsts[word]
            if state is None:
                continue
            tries, after = state.tries, state[following[at + 1]]
            if after is None and not tries:
                start, end = places[2 * at], places[2 * at + 1]
                found += [(number, start, end) for number in state.ends if number not in free or start >= free[number]]
                continue
            ends = dict.fromkeys(state.ends, places[2 * at + 1]) if state.ends else {}
            place = at + 1
            while after is not None:
                if after.tries:
                    tries |= after.tries
                for number in after.ends:
                    ends[number] = places[2 * place + 1]
                place += 1
                after = after[following[place]]
            tries = tries & possible[at] | tries & self._plain
            if tries:
                tried = self._numbered(tries)
                found += self._tried(tried, text, places[2 * at], free)
                for number in tried if ends else ():
                    ends.pop(number, 0)
            if ends:
                found += self._new(ends, places[2 * at], free)
        return found

    @staticmethod
    def _new(ends: dict[int, int], start: int, free: dict[int, int]) -> list[tuple[int, int, int]]:
        """The matches at ``start`` that overlap no earlier one of their phrase."""
        found = []
        for number, end in ends.items():
            if start >= free.get(number, 0):
                free[number] = end
                found.append((number, start, end))
        return found

    def _rows(self, parts: list[str]) -> tuple[list[int], list[int]]:
        """The words by number: as first words of a phrase, and as words that follow another, with an end to it."""
        numbers = self._numbers
        words = parts[1::2]
        begun = [numbers[word] for word in words]
        following = [*begun, NO_WORD]
        before, shut = APART, False
        for at, blank in enumerate(parts[::2]):
            if blank == APART:
                before, shut = APART, False
                continue
            joint = self._joints[blank]
            if joint.runs_on and at:
                begun[at - 1] = NO_WORD if shut else self._variant(words[at - 1], APART, joint.runs_on)
                following[at - 1] = self._variant(words[at - 1], before, joint.runs_on)
            before, shut = joint.between, joint.shut
            if at < len(words):
                following[at] = self._variant(words[at], before, "")
                if shut:
                    begun[at] = NO_WORD
        return begun, following

    def _variant(self, word: str, before: str, on: str) -> int:
        """The number of a word that something but a blank stands beside."""
        if not before:
            return NO_WORD
        key = (word, before, on)
        found = self._variants.get(key)
        if found is None:
            found = self._walk.number(*key)
            if len(self._variants) < _REMEMBER:
                self._variants[key] = found
        return found

    def _possible(self, parts: list[str]) -> list[int]:
        """For each word the bits of the phrases of which a word of each set they need stands there or behind it."""
        first, second = self._first, self._second
        has_first, has_second = self._free
        possible = [has_first & has_second]
        for word in parts[-2:0:-2]:
            has_first |= first[word]
            has_second |= second[word]
            possible.append(has_first & has_second)
        possible.reverse()
        return possible

    def _numbered(self, bits: int) -> list[int]:
        """The numbers of the phrases that bits stand for."""
        numbers = []
        while bits:
            place = bits.bit_length() - 1
            bits ^= 1 << place
            numbers.append(self._by_bit[place])
        return numbers

    def _tried(self, numbers: Iterable[int], text: str, start: int, free: dict[int, int]) -> list[tuple[int, int, int]]:
        """The matches at ``start`` of phrases that only their expression can decide."""
        found = []
        for number in numbers:
            if start < free.get(number, 0):
                continue
            pattern = self._patterns[number] or self._compiled(number)
            hit = pattern.match(text, start)
            if number in self._bracketed and text.startswith("(", start - 1):
                hit = pattern.match(text, start - 1) or hit
            if hit is not None:
                free[number] = hit.end()
                found.append((number, *hit.span()))
        return found

    def warm(self) -> None:
        """Compile every phrase now, which otherwise happens when one is first tried."""
        for number, pattern in enumerate(self._patterns):
            if pattern is None:
                self._compiled(number)

    def _compiled(self, number: int) -> re.Pattern[str]:
        pattern = self._patterns[number] = self._phrases[number].pattern
        return pattern
