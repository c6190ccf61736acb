"""Phrases: the small pattern language of the lexicon, written by people who never read a regular expression.

A phrase is a row of words as they stand in a letter. Beside plain words it knows:

=============  ====================================================================================================
``word*``      any word that begins so: ``improv*`` is improve, improved, improvement
``(a|b c)``    one of several wordings
``[a|b]``      a wording that may be left out
``..``         up to three words of any kind
``...``        up to eight words of any kind
``<n>``        a number, in digits or as a word, up to ninety
``<date>``     a date, a month with its year, or a year, in brackets or not
``<score>``    a score of ten: 7/10, 7 out of 10
=============  ====================================================================================================

"not" also stands for the end of a contraction (wasn't), and a contraction in a phrase for the words in full.
Case does not count, white space stands for any white space, a hyphen for a hyphen or a blank; a comma or a colon may
follow a word. A gap never crosses a semicolon or a bracket, but for a
short form behind what it stands for ("guidelines (ODG)"), which is read without its brackets. A phrase holds at most
three gaps, so that matching one sentence stays linear in its length up to a small constant.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.language.dates import DATE_REGEX, MONTHS

NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()

_VALUES = {word: float(value) for value, word in enumerate(NUMBER_WORDS, 1)}
_VALUES |= {word: 10.0 * value for value, word in enumerate(_TENS, 3)}
_PLAIN_NUMBER = re.compile(r"\d{1,9}(?:,\d{3})*(?:\.\d{1,6})?")

_GAPS = {"..": 3, "...": 8}
_MOST_GAPS = 3
_GAP_WORD = r"(?:[^\s;()]+[ ]+)"
_TOKEN = re.compile(r"\s*(\.\.\.|\.\.|<n>|<date>|<score>|[()\[\]|]|[^\s()\[\]|<]+)")
_BETWEEN = r"(?:\"?[,:]?[ ]+\"?|-)"
_NUMBER = r"(?:\d+(?:,\d{3})*(?:[./-]\d+)*%?|" + "|".join(sorted(_VALUES, key=len, reverse=True)) + r")"
_SCORE = r"\d{1,2}(?:\.\d)?(?:-\d{1,2})?(?:[ ]?/[ ]?10| out of 10| out of a possible 10)"
_OF_TEN = "10"
"""The word that every score holds."""
DIGITS = "#"
"""Stands for any word that begins with a digit."""
_MONTHS = tuple(month[:3] + "*" for month in MONTHS)
_BRACKETED_DATE = rf"\(?{DATE_REGEX}\)?"
WORDS = re.compile(r"[^\W_]+")
"""Words as the groups and firsts of a phrase hold them."""
_CONTRACTED = re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should|must|need)n't(?!\w)")
_SHORT_FORM = re.compile(r"(?P<blanks>[ ]{1,3})\((?P<short>[a-z]{2,7})\)(?P<comma>,?)")
_WORD_BEFORE = 40
"""So many code points before a bracket are looked at for the word that its short form ends with."""
_NOT = ("not", "nt")
"""A negation in folded text: ``fold`` makes "was nt" of "wasn't", which keeps every offset."""
_CANNOT = ("cannot", "can")
"""The same of "cannot" and "can't", which cannot be brought to one form without moving what follows."""


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str


@dataclass(frozen=True, slots=True)
class _Gap:
    words: int


@dataclass(frozen=True, slots=True)
class _Number:
    pass


@dataclass(frozen=True, slots=True)
class _Date:
    pass


@dataclass(frozen=True, slots=True)
class _Score:
    pass


@dataclass(frozen=True, slots=True)
class _Choice:
    options: tuple[tuple["_Node", ...], ...]
    optional: bool


_Node = _Word | _Gap | _Number | _Date | _Score | _Choice

_AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "had", "been", "be", "does", "do", "did", "can"})
_NEGATION = _Choice(
    ((_Word("not"), _Word("yet")), (_Word("not"), _Word("been")), (_Word("not"),), (_Word("never"),)), optional=True
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase.

    Attributes:
        text: As written.
        source: A regular expression that matches the phrase in lower-cased text with single blanks.
        groups: Sets of words (``improv*`` for a beginning): wherever the phrase stands, a word of each set does.
            Empty where no word is sure to stand.
        openings: The first word of the phrase with the second, "" where that may be any, ``DIGITS`` for any word that
            begins with a digit; empty where the phrase may begin with anything.
        bracketed: It may begin with an opening bracket before the first word.
    """

    text: str
    source: str
    groups: tuple[tuple[str, ...], ...]
    openings: tuple[tuple[str, str], ...]
    bracketed: bool

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled anew: of thousands of phrases few stand in one letter, and compiling is slow."""
        return re.compile(self.source)


def compile_phrase(text: str, *, negatable: bool = False, over_no: bool = True) -> Phrase:
    """Compile a phrase.

    Args:
        text: The phrase.
        over_no: A gap of it may hold the word "no"; that of a cue may not, which would take the "no" of its neighbour.
        negatable: It is found as well where its verb is negated ("was completed" in "was not yet completed"): who reads
            the hit looks for the negation in it.

    Raises:
        PhraseError: brackets that do not close, an empty wording, more than three gaps, a gap at either end.
    """
    tokens = [m.group(1) for m in _TOKEN.finditer(text)]
    nodes, rest = _sequence(tokens, 0, text)
    if rest != len(tokens):
        raise PhraseError(f"'{text}': a bracket closes that never opened")
    if not nodes:
        raise PhraseError("an empty phrase")
    if isinstance(nodes[0], _Gap) or isinstance(nodes[-1], _Gap):
        raise PhraseError(f"'{text}': a gap at the beginning or the end matches anything; leave it out")
    if _gaps(nodes) > _MOST_GAPS:
        raise PhraseError(f"'{text}': more than {_MOST_GAPS} gaps; write two phrases instead")
    if negatable:
        nodes = _with_negation(nodes)
    source = r"(?<![\w-])" + _regex(nodes) + r"(?![\w])"
    if not over_no:
        source = source.replace(_GAP_WORD, _GAP_WORD.replace("(?:", "(?:(?!no[ ])", 1))
    return Phrase(text, source, _groups(nodes), _openings(nodes), _bracketed(nodes[0]))


def _with_negation(nodes: tuple["_Node", ...]) -> tuple["_Node", ...]:
    """The nodes with room for a negation behind each verb that takes one."""
    out: list[_Node] = []
    for number, node in enumerate(nodes):
        last = number == len(nodes) - 1
        if isinstance(node, _Choice):
            options = tuple(_with_negation(option) for option in node.options)
            out.append(_Choice(options, node.optional))
            ends = {option[-1].text for option in node.options if isinstance(option[-1], _Word)}
        else:
            out.append(node)
            ends = {node.text} if isinstance(node, _Word) else set()
        if not last and ends & _AUXILIARIES:
            out.append(_NEGATION)
    return tuple(out)


def _sequence(tokens: Sequence[str], at: int, text: str) -> tuple[tuple[_Node, ...], int]:
    nodes: list[_Node] = []
    while at < len(tokens) and tokens[at] not in (")", "]", "|"):
        token = tokens[at]
        if token in ("(", "["):
            node, at = _choice(tokens, at, text)
            nodes.append(node)
            continue
        if token in _GAPS:
            nodes.append(_Gap(_GAPS[token]))
        elif token == "<n>":  # noqa: S105
            nodes.append(_Number())
        elif token == "<date>":  # noqa: S105
            nodes.append(_Date())
        elif token == "<score>":  # noqa: S105
            nodes.append(_Score())
        else:
            nodes.append(_plain_or_contracted(token.lower()))
        at += 1
    return tuple(nodes), at


def _plain_or_contracted(token: str) -> "_Node":
    """The phrase's "doesn't" is "does not", and the "doesnt" of a hasty letter."""
    contracted = _CONTRACTED.fullmatch(token)
    if contracted is None:
        return _Word(token)
    return _Choice(((_Word(contracted.group(1)), _Word("not")), (_Word(token.replace("'", "")),)), optional=False)


def _choice(tokens: Sequence[str], at: int, text: str) -> tuple[_Choice, int]:
    closing = ")" if tokens[at] == "(" else "]"
    options: list[tuple[_Node, ...]] = []
    at += 1
    while True:
        option, at = _sequence(tokens, at, text)
        if not option:
            raise PhraseError(f"'{text}': an empty wording between brackets")
        options.append(option)
        if at >= len(tokens):
            raise PhraseError(f"'{text}': a bracket is never closed")
        if tokens[at] == closing:
            return _Choice(tuple(options), closing == "]"), at + 1
        if tokens[at] != "|":
            raise PhraseError(f"'{text}': '{tokens[at]}' where '{closing}' or '|' was expected")
        at += 1


def _gaps(nodes: Iterable[_Node]) -> int:
    count = 0
    for node in nodes:
        if isinstance(node, _Gap):
            count += 1
        elif isinstance(node, _Choice):
            count += max(_gaps(option) for option in node.options)
    return count


def _word(text: str) -> str:
    if text == "not":
        return f"(?:{'|'.join(_NOT)})"
    if text == "cannot":
        return "(?:cannot|can't)"
    stem = text.endswith("*")
    body = re.escape(text[:-1] if stem else text).replace(r"\-", r"[- ]?").replace("'", "['’]?")
    return body + (r"[\w'’-]*" if stem else "")


def _leaf(node: _Word | _Number | _Date | _Score) -> str:
    if isinstance(node, _Word):
        return _word(node.text)
    if isinstance(node, _Score):
        return _SCORE
    return _NUMBER if isinstance(node, _Number) else _BRACKETED_DATE


def _regex(nodes: Sequence[_Node]) -> str:
    """Each node but the first brings its own separator, so that what is optional takes its blank with it."""
    out: list[str] = []
    lead = ""
    for node in nodes:
        if isinstance(node, _Gap):
            out.append(lead + rf"{_GAP_WORD}{{0,{node.words}}}?")
            lead = ""
            continue
        if isinstance(node, _Choice):
            body = "(?:" + "|".join(_regex(option) for option in node.options) + ")"
            if node.optional and not lead:  # at the beginning or after a gap the blank stands behind
                out.append(f"(?:{body}{_BETWEEN})?")
                continue
            out.append(f"(?:{lead}{body})?" if node.optional else lead + body)
        else:
            out.append(lead + _leaf(node))
        lead = _BETWEEN
    return "".join(out)


def _groups(nodes: Sequence[_Node]) -> tuple[tuple[str, ...], ...]:
    """For each part that must stand, the words of which one must; longer words first, they are rarer."""
    groups: list[tuple[str, ...]] = []
    for node in nodes:
        if isinstance(node, _Word):
            groups.append(_word_anchor(node.text))
        elif isinstance(node, _Score):
            groups.append((_OF_TEN,))
        elif isinstance(node, _Choice) and not node.optional:
            each = [_groups(option) for option in node.options]
            if all(each):
                groups.append(tuple(dict.fromkeys(word for option in each for word in option[0])))
    found = dict.fromkeys(g for g in groups if g)
    return tuple(sorted(found, key=lambda g: (-min(len(w.rstrip("*")) for w in g), len(g), g)))


def _openings(nodes: Sequence[_Node]) -> tuple[tuple[str, str], ...]:
    """See ``Phrase.openings``."""
    heads = dict.fromkeys(((*head, "")[0], (*head, "", "")[1]) for head in _heads(nodes))
    return () if any(not first for first, _ in heads) else tuple(heads)


def _heads(nodes: Sequence[_Node]) -> list[tuple[str, ...]]:
    """The first two words of every wording of the nodes, "" for what may be any word; fewer of what ends there."""
    if not nodes:
        return [()]
    found: dict[tuple[str, ...], None] = {}
    tails: list[tuple[str, ...]] | None = None  # worked out once, not for each of a hundred words
    for head in dict.fromkeys(_heads_of(nodes[0])):
        if len(head) > 1 or "" in head:
            found[head[:2]] = None
            continue
        tails = _heads(nodes[1:]) if tails is None else tails
        found.update(dict.fromkeys((*head, *rest)[:2] for rest in tails))
    return list(found)


def _heads_of(node: _Node) -> list[tuple[str, ...]]:
    if isinstance(node, _Choice):
        return [head for option in node.options for head in _heads(option)] + [()] * node.optional
    if isinstance(node, _Word):
        return _heads_of_word(node.text)
    if isinstance(node, _Gap):
        return [("",)]
    # what follows the first digits of a number or a date may belong to it
    words = {_Number: NUMBER_WORDS, _Date: _MONTHS}.get(type(node), ())
    return [(DIGITS, ""), *((word, "") for word in words)]


def _bracketed(node: _Node) -> bool:
    if isinstance(node, _Choice):
        return node.optional or any(_bracketed(option[0]) for option in node.options)
    return isinstance(node, _Date)


def _heads_of_word(text: str) -> list[tuple[str, ...]]:
    if text == "not":
        return [(word,) for word in _NOT]
    if text == "cannot":
        return [(word, "") for word in _CANNOT]
    parts = WORDS.findall(text)
    if not parts:
        return [("",)]
    if text.endswith("*") or "-" in text or "'" in text:  # a stem may run on over a hyphen, a hyphen may be left out
        return [(parts[0] + "*", "")]
    return [tuple(parts[:2])]


def _word_anchor(text: str) -> tuple[str, ...]:
    if text == "not":
        return _NOT
    if text == "cannot":
        return _CANNOT
    stem = text.endswith("*")
    parts = WORDS.findall(text.rstrip("*"))
    if not parts or "-" in text or "'" in text:
        # A hyphen may be left out in a letter, so only the beginning of the first part is sure.
        return (parts[0] + "*",) if parts else ()
    return (parts[-1] + "*",) if stem and len(parts) == 1 else (max(parts, key=len),)


def number_value(word: str) -> float | None:
    """Value of a number in digits or as a word to ninety, of a range (3-4) its upper end; None for anything else."""
    if word in _VALUES:
        return _VALUES[word]
    word = word.rpartition("-")[2]
    return float(word.replace(",", "")) if _PLAIN_NUMBER.fullmatch(word) else None


def fold(text: str) -> str:
    """Lower case with plain quotes and blanks, for matching phrases; "wasn't" is "was nt".

    A short form in brackets behind what it stands for is part of the row of words: "guidelines (ODG) state". Every code
    point keeps its offset, but for a comma behind such a bracket, which stands one earlier.
    """
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters grow when lowered (U+0130); keep offsets
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    plain = lowered.translate(_PLAIN)
    if "(" in plain:
        plain = _SHORT_FORM.sub(_unbracketed, plain)
    return _CONTRACTED.sub(r"\1 nt", plain) if "n't" in plain else plain


def _unbracketed(found: re.Match[str]) -> str:
    """The short form without its brackets where the words before it are what it stands for."""
    short = found["short"]
    word = found.string[max(0, found.start() - _WORD_BEFORE) : found.start()].rsplit(" ", 1)[-1]
    if not word or word[0] not in (short[0], short[-1], short.removesuffix("s")[-1:]):
        return found[0]
    return f"{found['blanks']} {short}{found['comma']} "


_PLAIN = {
    0x2018: "'",
    0x2019: "'",
    0x201C: '"',
    0x201D: '"',
    0x2010: "-",
    0x2011: "-",
    0x2013: "-",
    0x2014: "-",
    0x00A0: " ",
    0x0009: " ",
    0x000A: " ",
    0x000D: " ",
    0x000C: " ",
}
