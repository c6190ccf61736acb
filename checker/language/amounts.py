"""Strengths and counts as prose writes them: "10/325 mg", "#180", "ninety tablets", "twelve sessions"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from checker.language.phrases import NUMBER_WORDS, number_value

_TENS = {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORD = "|".join((*_TENS, *sorted(NUMBER_WORDS, key=len, reverse=True)))
_FORMS = "tablets? tabs? capsules? caps? pills? patch(?:es)? lozenges? units? count ct vials? films? doses".replace(
    " ", "|"
)
_NUMBER = r"\d{1,5}(?:\.\d{1,4})?"
_STRENGTH = re.compile(rf"(?<![\w.#/-])({_NUMBER})(?:[ ]?(?:mg)?[ ]?[/-][ ]?({_NUMBER}))?[ ]?(mg|mcg|%|g\b|ml\b)")
_PAIR = re.compile(r"(?<![\w.#/-])(\d{1,3}(?:\.\d)?)[/-](\d{3})(?![\w/-])")
_COUNT = re.compile(
    r"(?:#[ ]?(\d{1,4})(?![\d/])"
    r"|\b(?:qty|quantity|count)\.?[ ]?(?:of[ ]|:[ ]?)?#?(\d{1,4})\b"
    rf"|\b(\d{{1,4}}|{_WORD})[ ](?:{_FORMS})\b)"
)
_KINDS = (
    "more additional further initial physical therapy chiropractic acupuncture individual total cbt psychotherapy "
    "treatment occupational aquatic massage"
).replace(" ", "|")
_VISITS = re.compile(rf"\b(\d{{1,3}}|{_WORD})[ ](?:(?:{_KINDS})[ ]){{0,3}}(?:visits?|sessions?|treatments?)\b")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number at ``text[start:end]``; of a combination strength the numbers of its parts in order."""

    start: int
    end: int
    values: tuple[float, ...]


def strengths(text: str) -> Iterator[Amount]:
    """Strengths in folded text: "10/325 mg" is (10, 325), a pair without a unit counts where it looks like one."""
    taken: list[tuple[int, int]] = []
    for match in _STRENGTH.finditer(text):
        taken.append(match.span())
        numbers = (match.group(1), match.group(2))
        yield Amount(match.start(), match.end(), tuple(float(n) for n in numbers if n))
    for match in _PAIR.finditer(text):
        if not any(a < match.end() and match.start() < b for a, b in taken):
            yield Amount(match.start(), match.end(), (float(match.group(1)), float(match.group(2))))


def counts(text: str) -> Iterator[Amount]:
    """Numbers of tablets or the like in folded text."""
    for match in _COUNT.finditer(text):
        value = _value(next(g for g in match.groups() if g))
        if value:
            yield Amount(match.start(), match.end(), (value,))


def visits(text: str) -> Iterator[Amount]:
    """Numbers of visits, sessions or treatments in folded text."""
    for match in _VISITS.finditer(text):
        value = _value(match.group(1))
        if value:
            yield Amount(match.start(), match.end(), (value,))


def _value(word: str) -> float | None:
    return float(_TENS[word]) if word in _TENS else number_value(word)
