"""Numbers of visits: an explicit total, else frequency times duration; of a range the upper end.

A request is read as a row of tokens (numbers, words for visits, for times, for weeks), because the same amount is
written in too many ways for one pattern: "3x4", "twice a week for six weeks", "2x/wk x 4-6 wks", "sessions #12".
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from checker.knowledge.lexicon_files import FormsFile

_TOKEN = re.compile(r"\d+(?:\.\d+)?|[a-z]+|[^\w\s]", re.IGNORECASE)


class _Kind(Enum):
    NUMBER = "number"
    TIMES = "times"
    PER = "per"
    WEEK = "week"
    MONTH = "month"
    DAY = "day"
    VISIT = "visit"
    RATE = "rate"
    LINK = "link"
    UNIT = "unit"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    text: str
    value: float = 0.0


_DAYS_A_WEEK = 7
_DAILY = {"daily": _DAYS_A_WEEK}
_WEEKS_A_MONTH = 4
_WORDS_BEFORE_A_NOUN = 7
_WORDS_WITHIN_A_RATE = 3
_NOT_BEFORE_A_NOUN = frozenset({"(", ")", ",", ";", "for", "in", "at", "."})
_MOST = 400
"""More visits than this were never asked for: the number means something else."""


class AmountWords:
    """The words of amounts in ``forms.yaml``."""

    __slots__ = ("_kinds", "_numbers", "_rates", "_weekly", "total")

    def __init__(self, forms: FormsFile) -> None:
        """Take the tables."""
        amounts = forms.amounts
        lists = {
            _Kind.TIMES: amounts.times,
            _Kind.PER: amounts.per,
            _Kind.WEEK: amounts.week,
            _Kind.MONTH: amounts.month,
            _Kind.DAY: amounts.day,
            _Kind.VISIT: amounts.visit,
            _Kind.LINK: amounts.link,
            _Kind.UNIT: amounts.unit,
        }
        self._kinds = {word: kind for kind, words in lists.items() for word in words}
        self._numbers = forms.numbers
        self._rates = amounts.rates
        self._weekly = amounts.weekly
        self.total = frozenset(amounts.total)

    def tokens(self, text: str) -> list[_Token]:
        """The text as a row of tokens, ranges as one number each."""
        tokens: list[_Token] = []
        for match in _TOKEN.finditer(text.lower()):
            tokens.extend(self._read(match.group()))
        return _merge_ranges(tokens)

    def _read(self, word: str) -> tuple[_Token, ...]:
        if word[0].isdigit():
            return (_Token(_Kind.NUMBER, word, float(word)),)
        tables: tuple[tuple[_Kind, Mapping[str, float]], ...] = (
            (_Kind.NUMBER, self._numbers),
            (_Kind.RATE, self._rates),
            (_Kind.WEEK, self._weekly),
            (_Kind.DAY, _DAILY),
        )
        for kind, values in tables:
            if word in values:
                return (_Token(kind, word, float(values[word])),)
        if word[0] == "x" and self._kinds.get(word[1:]) is _Kind.WEEK:
            return _Token(_Kind.PER, "x"), _Token(_Kind.WEEK, word[1:])
        return (_Token(self._kinds.get(word, _Kind.WORD), word),)


def visits(text: str, words: AmountWords, counted: bool) -> int | None:
    """The number of visits that a request asks for.

    Args:
        text: The disputed part.
        words: The words of amounts.
        counted: The treatment is one that is asked for in visits, so that a bare "x 6" or "#6" counts them.

    Returns:
        The number, None where the request gives none.
    """
    tokens = words.tokens(text)
    found = [_total(tokens, words.total), _rate(tokens)]
    if counted:
        found += [_product(tokens), _bare(tokens)]
    for number in found:
        if number is not None and 0 < number <= _MOST:
            return round(number)
    return None


def _merge_ranges(tokens: list[_Token]) -> list[_Token]:
    """One number for "2 to 3", "4-6" and "two (2)": the upper end."""
    merged: list[_Token] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind is _Kind.NUMBER:
            while at + 2 < len(tokens) and tokens[at + 2].kind is _Kind.NUMBER and tokens[at + 1].text in (
                "-", "–", "to", "or", "("):  # fmt: skip
                upper = tokens[at + 2]
                if tokens[at + 1].text == "(" and (upper.value != token.value or at + 3 >= len(tokens)):
                    break
                if upper.value < token.value:
                    break
                at += 3 if tokens[at + 1].text == "(" else 2
                token = upper
        merged.append(token)
        at += 1
    return merged


def _kind(tokens: Sequence[_Token], at: int) -> _Kind | None:
    return tokens[at].kind if 0 <= at < len(tokens) else None


def _after(tokens: Sequence[_Token], at: int, kinds: tuple[_Kind, ...]) -> int:
    """The first place from ``at`` whose token is of none of the kinds."""
    while at < len(tokens) and tokens[at].kind in kinds:
        at += 1
    return at


def _total(tokens: list[_Token], words: frozenset[str]) -> float | None:
    """The total of "12 visits", "six physical therapy visits", "visits: 12", "(12 sessions)", "total of 12"."""
    found: list[tuple[int, float]] = []
    for at, token in enumerate(tokens):
        if token.kind is not _Kind.NUMBER or _is_measure(tokens, at):
            continue
        if _is_total(tokens, at, words) or _noun_follows(tokens, at) or _noun_before(tokens, at):
            found.append((at, token.value))
    if not found:
        return None
    stated = [value for at, value in found if _is_total(tokens, at, words)]
    if stated:
        return stated[-1]
    return sum((value for _, value in found), 0.0) if _summed(tokens, found) else found[0][1]


def _is_measure(tokens: list[_Token], at: int) -> bool:
    """Whether the number counts something else: hours, levels, weeks, times a week."""
    after = at + 1 + (_kind(tokens, at + 1) is _Kind.LINK and tokens[at + 1].text == "-")
    kind = _kind(tokens, after)
    if kind in (_Kind.UNIT, _Kind.WEEK, _Kind.MONTH, _Kind.DAY):
        return True
    if kind is _Kind.TIMES or (kind is _Kind.PER and tokens[after].text == "/"):
        return True
    return kind is _Kind.VISIT and _kind(tokens, after + 1) in (_Kind.PER, _Kind.WEEK)


def _is_total(tokens: list[_Token], at: int, words: frozenset[str]) -> bool:
    return any(token.text in words for token in tokens[max(0, at - 3) : at]) or _bracketed(tokens, at)


def _bracketed(tokens: list[_Token], at: int) -> bool:
    """Whether the number stands alone in brackets, with a noun or the word total at most."""
    opened = at > 0 and tokens[at - 1].text == "("
    close = _after(tokens, at + 1, (_Kind.VISIT,))
    close += tokens[close : close + 1] != [] and tokens[close].text == "total"
    return opened and close < len(tokens) and tokens[close].text == ")"


def _noun_follows(tokens: list[_Token], at: int) -> bool:
    """Whether a noun for visits follows within a few words; "six one-hour sessions" are six."""
    place = at + 1
    while place <= at + _WORDS_BEFORE_A_NOUN:
        kind = _kind(tokens, place)
        if kind is _Kind.VISIT:
            return _kind(tokens, place + 1) is not _Kind.PER or tokens[place + 1].text not in ("per", "/")
        if kind is _Kind.NUMBER:
            place = _after(tokens, place + 1, (_Kind.LINK,))
            if _kind(tokens, place) is not _Kind.UNIT:
                return False
        elif kind not in (_Kind.WORD, _Kind.LINK) or tokens[place].text in _NOT_BEFORE_A_NOUN:
            return False
        place += 1
    return False


def _noun_before(tokens: list[_Token], at: int) -> bool:
    """Whether it is "visits x 12" or "sessions: 12", and not "visits 2 times a week"."""
    place = at - 1
    while place >= 0 and (
        tokens[place].text in ("x", "times", "#", ":", "-", ",", "=", "×") or tokens[place].text == "of"
    ):
        place -= 1
    rate = _kind(tokens, at + 1) in (_Kind.TIMES, _Kind.PER)
    return _kind(tokens, place) is _Kind.VISIT and not rate and (place < at - 1 or _kind(tokens, at + 1) is None)


def _summed(tokens: list[_Token], found: list[tuple[int, float]]) -> bool:
    """Whether the totals stand for different things: joined by "and", and each with a noun of its own."""
    if len(found) < 2:
        return False
    return all(
        any(token.text in ("and", "plus") for token in tokens[first:second])
        for (first, _), (second, _) in pairwise(found)
    )


def _rate(tokens: list[_Token]) -> float | None:
    """Frequency and duration, in either order."""
    for at in range(len(tokens)):
        rate, after = _frequency(tokens, at)
        if rate is None:
            continue
        long = _duration(tokens, _duration_start(tokens, after))
        if long is None:
            long = _duration_before(tokens, at)
        if long is not None:
            return rate * long
    return None


def _frequency(tokens: list[_Token], at: int) -> tuple[float | None, int]:
    """Visits a week from ``at`` on and where the text goes on: "2 times a week", "3x/wk", "twice weekly", "daily"."""
    token = tokens[at]
    if token.kind in (_Kind.DAY, _Kind.WEEK) and token.value:
        return token.value, at + 1
    if token.text == "every" and [t.text for t in tokens[at + 1 : at + 3]] == ["other", "week"]:
        return 0.5, at + 3
    if token.kind not in (_Kind.NUMBER, _Kind.RATE):
        return None, at
    place = _after(tokens, at + 1, (_Kind.TIMES, _Kind.VISIT, _Kind.DAY))
    if place < len(tokens) and tokens[place].kind is _Kind.WEEK and tokens[place].value:
        return token.value, place + 1
    if _kind(tokens, place) is _Kind.PER:
        return _period_of_rate(tokens, place + 1, token.value)
    return _period_of_rate(tokens, place, token.value) if tokens[place - 1].text == "x" else (None, at)


def _period_of_rate(tokens: list[_Token], place: int, rate: float) -> tuple[float | None, int]:
    kind = _kind(tokens, place)
    if kind is _Kind.WEEK:
        return rate, place + 1
    if kind is _Kind.MONTH:
        return rate / _WEEKS_A_MONTH, place + 1
    return None, place


def _duration_start(tokens: list[_Token], at: int) -> int:
    """Where the duration may begin after a frequency: "weekly psychotherapy for 10 weeks"."""
    for _ in range(_WORDS_WITHIN_A_RATE):
        at = _after(tokens, at, (_Kind.LINK, _Kind.TIMES, _Kind.PER))
        if _kind(tokens, at) not in (_Kind.WORD, _Kind.VISIT):
            break
        at += 1
    return _after(tokens, at, (_Kind.LINK, _Kind.TIMES, _Kind.PER))


def _duration(tokens: list[_Token], at: int) -> float | None:
    """Weeks from ``at`` on: "6 weeks", "two months"."""
    if _kind(tokens, at) is not _Kind.NUMBER:
        return None
    place = at + 1 + (tokens[at + 1 : at + 2] != [] and tokens[at + 1].text == "-")
    return _weeks(tokens[at].value, _kind(tokens, place))


def _weeks(value: float, kind: _Kind | None) -> float | None:
    if kind is _Kind.WEEK:
        return value
    if kind is _Kind.MONTH:
        return value * _WEEKS_A_MONTH
    return value / _DAYS_A_WEEK if kind is _Kind.DAY else None


def _duration_before(tokens: list[_Token], at: int) -> float | None:
    """Weeks that end right before ``at``: "for 6 weeks, 2 times a week"."""
    place = at - 1
    while place >= 0 and tokens[place].kind in (_Kind.LINK, _Kind.TIMES):
        place -= 1
    if place >= 1 and _kind(tokens, place - 1) is _Kind.NUMBER:
        return _weeks(tokens[place - 1].value, _kind(tokens, place))
    return None


def _product(tokens: list[_Token]) -> float | None:
    """The product of "3x4", "2 times 8", "2 x 6 weeks"."""
    for at, token in enumerate(tokens):
        if token.kind is not _Kind.NUMBER or _kind(tokens, at + 1) is not _Kind.TIMES:
            continue
        if _kind(tokens, at + 2) is not _Kind.NUMBER or tokens[at + 1].text == "by":
            continue
        if _kind(tokens, at + 3) not in (_Kind.UNIT, _Kind.MONTH, _Kind.DAY, _Kind.TIMES):
            return token.value * tokens[at + 2].value
    return None


def _bare(tokens: list[_Token]) -> float | None:
    """The number of "x 6", "times 12" and "#6", or one right at the beginning or end: "12 physical therapy"."""
    for at, token in enumerate(tokens):
        if token.kind is not _Kind.NUMBER or _is_measure(tokens, at):
            continue
        before = tokens[at - 1].text if at else ""
        if before in ("#", "x", "times", "×") and _kind(tokens, at - 2) is not _Kind.NUMBER:
            return token.value
        if (at == 0 or before in ("additional", "initial")) and _kind(tokens, at + 1) is _Kind.WORD:
            return token.value
        if at == len(tokens) - 1 and _kind(tokens, at - 1) is _Kind.WORD and len(before) > 1:
            return token.value
    return None
