"""Numbers in prose as tokens: "4 to 6", "thirty-six", "1 1/2", "7-8/10", "50 %", each with the words around it.

Words are looked up in a table that the lexicon gives, so that this module knows numerals and their order and nothing of
what is counted. Reading a text is linear in its length.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

NUMBER, SCORE, DATE, WORD = "number", "score", "date", "word"
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,7}"
_OF_TEN = r"[ ]?(?:/[ ]?10|out of (?:a possible )?(?:10|ten))(?![\d/]|\.\d|-\d)"
_POINT = r"\d{1,2}(?:\.\d)?"
# What begins with a digit and what begins with a letter stand apart, so that a word is not tried as a number first.
_TOKEN = re.compile(
    r"(?=[\d.])(?:(?P<date>\d{1,2}(?P<by>[/-])\d{1,2}(?P=by)\d{2,4}|\d{4}-\d\d-\d\d)"
    rf"|(?P<score>(?:(?P<one>{_POINT})(?:(?:[ ]?/[ ]?10)?[ ]?-[ ]?|(?<!from \d)(?<!from \d\d)[ ]to[ ])"
    rf"(?=\d))?(?P<two>{_POINT}){_OF_TEN})"
    r"|(?P<number>\d{1,3}(?:,\d{3})+(?!\d)|\d{1,6}(?:\.\d{1,4})?|(?<!\d)\.\d{1,4}))"
    rf"|(?=[a-z])(?:(?P<month>{_MONTH}\.?[ ]\d{{1,2}}(?:st|nd|rd|th)?,?[ ]\d{{4}})"
    r"|(?P<dotted>(?:[a-z]\.){2,4})"
    r"|(?P<word>[a-z]+(?:'[a-z]+)?))"
    r"|(?P<sign>[^\sa-z\d])"
)
_DIGIT = re.compile(r"\d")
_HIGHEST = 10
_REMEMBER, _LONGEST = 500, 600
"""The tokens of so many sentences of at most so many code points are remembered, some 3 MB, then all are forgotten."""
_MOST_WORDS = 5
"""Rows of words in a table are at most this long."""


class Token(NamedTuple):
    """A number, or a row of words, at ``text[start:end]``.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        kind: ``number``, ``score`` (out of ten), ``date``, ``word`` for anything the table does not
            hold, else a kind of the table.
        low: Of a number its lower end; of a word of the table its value.
        high: Of a number its upper end; else as ``low``.
        text: The words.
    """

    start: int
    end: int
    kind: str
    low: float
    high: float
    text: str

    @property
    def exact(self) -> bool:
        """Whether the number is no range."""
        return self.low == self.high


_new_tuple = tuple.__new__


class WordTable:
    """Rows of words with what they stand for.

    A row may stand for several things, one a kind: ``read`` is told which kinds it is to look for.
    """

    __slots__ = ("_firsts", "_numbers", "_numeral", "_ranges", "_seen")

    def __init__(
        self, numbers: Mapping[str, float], ranges: Sequence[str], rows: Mapping[str, Mapping[str, float]]
    ) -> None:
        """Take the tables.

        Args:
            numbers: Numerals as words.
            ranges: Words between the two ends of a range.
            rows: By kind, rows of words with their value.
        """
        self._seen: dict[tuple[str, int, int], list[Token]] = {}
        self._numbers = dict(numbers)
        self._numeral = re.compile(rf"\b(?:{'|'.join(sorted(numbers, key=len, reverse=True))})\b")
        self._ranges = frozenset(ranges)
        firsts: dict[str, list[tuple[tuple[str, ...], str, float]]] = {}
        for kind, words in rows.items():
            for row, value in words.items():
                parts = tuple(_plain(m) for m in _TOKEN.finditer(row))
                if not parts or len(parts) > _MOST_WORDS:
                    raise ValueError(f"'{row}' is no row of one to {_MOST_WORDS} words")
                firsts.setdefault(parts[0], []).append((parts, kind, value))
        self._firsts = {
            first: tuple(sorted(found, key=lambda f: (-len(f[0]), f[1]))) for first, found in firsts.items()
        }

    def read(self, text: str, start: int, end: int, kinds: frozenset[str]) -> list[Token]:
        """The tokens of ``text[start:end]``, folded text; of two rows the longer, of two kinds the first by name."""
        # Scores, visits, relief and doses are all looked for in the same few sentences.
        key = (text, start, end)
        tokens = self._seen.get(key)
        if tokens is None:
            tokens = _numerals(self._tokens(text, start, end), self._ranges)
            if end - start <= _LONGEST and len(text) <= _LONGEST:
                if len(self._seen) >= _REMEMBER:
                    self._seen.clear()
                self._seen[key] = tokens
        return self._rows(tokens, kinds)

    def holds_number(self, text: str) -> bool:
        """Whether a folded text may hold a number: a digit, or a numeral as a word."""
        return _DIGIT.search(text) is not None or self._numeral.search(text) is not None

    def _tokens(self, text: str, start: int, end: int) -> list[Token]:
        """Each word, number, score, date and sign by itself."""
        numbers, out = self._numbers, []
        for match in _TOKEN.finditer(text, start, end):
            kind, words = match.lastgroup, match.group()
            first, last = match.span()
            if kind == "score":
                token = _score(match)
            elif kind in ("date", "month"):
                token = Token(first, last, DATE, 0, 0, words)
            elif kind == "number":
                value = float(words.replace(",", ""))
                token = Token(first, last, NUMBER, value, value, words)
            else:
                words = words.replace(".", "") if kind == "dotted" else words
                told = numbers.get(words)
                read = (WORD, 0, 0, words) if told is None else (NUMBER, told, told, words)
                token = _new_tuple(Token, (first, last, *read))  # most tokens are words: half the time of the call
            out.append(token)
        return out

    def _rows(self, tokens: Sequence[Token], kinds: frozenset[str]) -> list[Token]:
        firsts = self._firsts
        out: list[Token] = []
        at = 0
        while at < len(tokens):
            token = tokens[at]
            at += 1
            if token.text not in firsts or token.kind in (SCORE, DATE):
                out.append(token)
                continue
            found = self._row_at(tokens, at - 1, kinds)
            if found is None:
                out.append(token)
                continue
            count, kind, value = found
            row = tokens[at - 1 : at - 1 + count]
            words = " ".join([t.text for t in row])
            out.append(Token(row[0].start, row[-1].end, kind, value, value, words))
            at += count - 1
        return out

    def _row_at(self, tokens: Sequence[Token], at: int, kinds: frozenset[str]) -> tuple[int, str, float] | None:
        for parts, kind, value in self._firsts[tokens[at].text]:
            count = len(parts)
            if kind in kinds and (count == 1 or parts == tuple([t.text for t in tokens[at : at + count]])):
                return count, kind, value
        return None


def _plain(match: re.Match[str]) -> str:
    """The words; "b.i.d." as "bid"."""
    return match.group().replace(".", "") if match.lastgroup == "dotted" else match.group()


def _score(match: re.Match[str]) -> Token:
    """Out of ten; what is above ten, or falls ("8 to 4/10"), is no score of one moment."""
    high = float(match["two"])
    low = float(match["one"] or match["two"])
    kind = SCORE if low <= high <= _HIGHEST else WORD
    return Token(match.start(), match.end(), kind, low, high, match.group())


def _numerals(tokens: Sequence[Token], ranges: frozenset[str]) -> list[Token]:
    """Numerals of several words and ranges as one token each."""
    out: list[Token] = []
    for token in tokens:
        out.append(token)
        if token.kind == NUMBER or token.text == ")":
            while _join(out, ranges):  # what was joined is a number again
                pass
    return out


def _join(out: list[Token], ranges: frozenset[str]) -> bool:
    """Joins the last tokens where they are one number; True where it did."""
    return _join_bracket(out) or _join_words(out) or _join_fraction(out) or _join_mixed(out) or _join_range(out, ranges)


def _put(out: list[Token], count: int, low: float, high: float) -> bool:
    parts = out[-count:]
    del out[-count:]
    out.append(Token(parts[0].start, parts[-1].end, NUMBER, low, high, " ".join(p.text for p in parts)))
    return True


def _join_bracket(out: list[Token]) -> bool:
    """``twelve (12)`` is 12."""
    if len(out) < 4 or out[-1].text != ")" or out[-3].text != "(":
        return False
    first, second = out[-4], out[-2]
    if first.kind != NUMBER or second.kind != NUMBER or (first.low, first.high) != (second.low, second.high):
        return False
    return _put(out, 4, first.low, first.high)


def _join_words(out: list[Token]) -> bool:
    """``thirty-six``, ``thirty six``, ``one hundred twenty``."""
    if len(out) < 2 or out[-1].kind != NUMBER or not out[-1].text[-1:].isalpha():
        return False
    last = out[-1]
    dash = len(out) > 2 and out[-2].text == "-" and out[-2].end == last.start
    first = out[-3] if dash else out[-2]
    if first.kind != NUMBER or not first.text[-1:].isalpha() or not first.exact:
        return False
    count = 3 if dash else 2
    if last.low == 100 and 1 <= first.low <= 9:
        return _put(out, count, first.low * 100, first.low * 100)
    tens = first.low % 10 == 0 and first.low >= 20 and 1 <= last.low <= 9
    hundreds = first.low % 100 == 0 and first.low >= 100 and 1 <= last.low <= 99
    return _put(out, count, first.low + last.low, first.low + last.low) if tens or hundreds else False


def _join_fraction(out: list[Token]) -> bool:
    """``1/2`` is a half; other fractions of small numbers stay as they are."""
    if len(out) < 3 or out[-2].text != "/" or (out[-3].text, out[-1].text) != ("1", "2"):
        return False
    return out[-2].start == out[-3].end and _put(out, 3, 0.5, 0.5)


def _join_mixed(out: list[Token]) -> bool:
    """``1 1/2``, ``one and a half``."""
    if len(out) < 2 or out[-1].kind != NUMBER or out[-1].low != 0.5:
        return False
    between = 1
    while len(out) > between + 1 and out[-1 - between].text in ("and", "a"):
        between += 1
    first = out[-1 - between] if len(out) > between else None
    if first is None or first.kind != NUMBER or not first.exact or first.low != int(first.low) or first.low < 1:
        return False
    return _put(out, between + 1, first.low + 0.5, first.low + 0.5)


def _join_range(out: list[Token], ranges: frozenset[str]) -> bool:
    """``4-6``, ``one to two``, ``4 or 5``: the lower end first."""
    if len(out) < 3 or out[-1].kind != NUMBER or out[-3].kind != NUMBER or out[-2].text not in ranges:
        return False
    first, last = out[-3], out[-1]
    return first.exact and last.exact and first.low < last.low and _put(out, 3, first.low, last.low)
