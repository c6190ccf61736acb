"""Strengths and counts as prose writes them: "10/325 mg", "#180", "ninety tablets", "twelve sessions"."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

_NUMBER = r"\d{1,5}(?:\.\d{1,4})?"
_STRENGTH = re.compile(rf"(?<![\w.#/-])({_NUMBER})(?:[ ]?(?:mg)?[ ]?[/-][ ]?({_NUMBER}))?[ ]?(mg|mcg|%|g\b|ml\b)")
_PAIR = re.compile(r"(?<![\w.#/-])(\d{1,3}(?:\.\d)?)[/-](\d{3})(?![\w/-])")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at ``text[start:end]``; of a combination strength the numbers of its parts in order, and its unit."""

    start: int
    end: int
    values: tuple[float, ...]
    unit: str = ""


def strengths(text: str) -> Iterator[Amount]:
    """Strengths in folded text: "10/325 mg" is (10, 325), a pair without a unit counts where it looks like one."""
    taken: list[tuple[int, int]] = []
    for match in _STRENGTH.finditer(text):
        taken.append(match.span())
        numbers = (match.group(1), match.group(2))
        yield Amount(match.start(), match.end(), tuple(float(n) for n in numbers if n), match.group(3))
    for match in _PAIR.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            yield Amount(match.start(), match.end(), (float(match.group(1)), float(match.group(2))))


class AmountWords:
    """Reads counts of tablets and of visits, with the words that the lexicon has for both."""

    __slots__ = ("_count", "_numbers", "_visits")

    def __init__(
        self, numbers: Mapping[str, float], forms: Iterable[str], visits: Iterable[str], kinds: Iterable[str]
    ) -> None:
        """Take the words.

        Args:
            numbers: Numerals as words.
            forms: Tablets and the like.
            visits: Visits and sessions.
            kinds: What may stand between a number and visits ("more", "physical", "therapy").
        """
        self._numbers = {word: value for word, value in numbers.items() if value >= 1}
        number = rf"\d{{1,4}}|{_any(self._numbers)}"
        self._count = re.compile(
            r"(?:#[ ]?(\d{1,4})(?![\d/])"
            r"|\b(?:qty|quantity|count)\.?[ ]?(?:of[ ]|:[ ]?)?#?(\d{1,4})\b"
            rf"|\b({number})[ ](?:{_any(forms)})\b)"
        )
        kind = rf"(?:(?:{_any(kinds)})[ ]){{0,3}}"
        # the four of "two times four visits" is no number of visits
        self._visits = re.compile(rf"(?<!times )(?<!x )\b({number})[ ]{kind}(?:{_any(visits)})\b")

    def counts(self, text: str) -> Iterator[Amount]:
        """Numbers of tablets or the like in folded text."""
        return self._found(self._count, text)

    def visits(self, text: str) -> Iterator[Amount]:
        """Numbers of visits, sessions or treatments in folded text."""
        return self._found(self._visits, text)

    def _found(self, pattern: re.Pattern[str], text: str) -> Iterator[Amount]:
        for match in pattern.finditer(text):
            word = next(g for g in match.groups() if g)
            value = self._numbers.get(word) or float(word)
            if value:
                yield Amount(match.start(), match.end(), (value,))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word)))
