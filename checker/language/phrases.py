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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from checker.language.dates import DATE_REGEX, MONTHS
from checker.language.phrase_nodes import (
    CONTRACTED,
    Choice,
    Date,
    Gap,
    Node,
    Number,
    PhraseError,
    Score,
    Word,
    nodes_of,
    with_negation,
)

__all__ = ["Phrase", "PhraseError", "compile_phrase", "fold", "number_value"]

NUMBER_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()

NUMBER_VALUES = {word: float(value) for value, word in enumerate(NUMBER_WORDS, 1)}
NUMBER_VALUES |= {word: 10.0 * value for value, word in enumerate(_TENS, 3)}
_TEN, _TWENTY = 10, 20
_PLAIN_NUMBER = re.compile(r"\d{1,9}(?:,\d{3})*(?:\.\d{1,6})?")

_GAP_WORD = r"(?:[^\s;()]+[ ]+)"
BETWEEN = r"(?:\"?[,:]?[ ]+\"?|-)"
_NUMBER = r"(?:\d+(?:,\d{3})*(?:[./-]\d+)*%?|" + "|".join(sorted(NUMBER_VALUES, key=len, reverse=True)) + r")"
_SCORE = r"\d{1,2}(?:\.\d)?(?:-\d{1,2})?(?:[ ]?/[ ]?10| out of 10| out of a possible 10)"
DIGITS = "#"
"""Stands for any word that begins with a digit."""
_SURE: Mapping[type[Node], tuple[str, ...]] = {
    Score: ("10",),
    Number: (DIGITS, *NUMBER_VALUES),
    Date: (DIGITS, *(f"{month[:3]}*" for month in MONTHS)),
}
"""Words of which one stands in every score, number or date."""
_BRACKETED_DATE = rf"\(?{DATE_REGEX}\)?"
WORDS = re.compile(r"[^\W_]+")
"""Words as the groups and firsts of a phrase hold them."""
_COUNT = r"(?:\d{1,3}|" + "|".join(sorted(NUMBER_VALUES, key=len, reverse=True)) + ")"
_TWICE = re.compile(rf"(?<![\w.])({_COUNT})[ ]?\(({_COUNT})\)")
_OR_ELSE = re.compile(r"(?<= )\(((?:or|and) [a-z][a-z -]{1,28})\)(?= [a-z])")
_EXAMPLES = re.compile(
    r"(?<= )\(((?:such as|for example|for instance|including|like|namely|e\.g\.|i\.e\.)[ ,][^()]{1,80})\)"
)
"""Examples in brackets, which run on from the words before them: "red flags (such as fever)"."""

_SHORT_FORM = re.compile(r"(?P<blanks>[ ]{1,3})\((?P<short>[a-z]{2,7})\)(?P<comma>,?)")
_WORD_BEFORE = 40
"""So many code points before a bracket are looked at for the word that its short form ends with."""
_NOT = ("not", "nt")
"""A negation in folded text: ``fold`` makes "was nt" of "wasn't", which keeps every offset."""
_JOINT = re.compile(r"\\-(?=\w)")
"""A hyphen that joins, as ``re.escape`` writes it; that of "5-/5" is a sign."""
_CANNOT = ("cannot", "can")
"""The same of "cannot" and "can't", which cannot be brought to one form without moving what follows."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase, read.

    Attributes:
        text: As written.
        nodes: What it is made of.
        over_no: A gap of it may hold the word "no".
    """

    text: str
    nodes: tuple[Node, ...]
    over_no: bool = True

    @property
    def source(self) -> str:
        """A regular expression that matches the phrase in lower-cased text with single blanks."""
        source = r"(?<![\w-])" + _regex(self.nodes) + r"(?![\w])"
        return source if self.over_no else source.replace(_GAP_WORD, _GAP_WORD.replace("(?:", "(?:(?!no[ ])", 1))

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled anew: of thousands of phrases few need one, and compiling is slow."""
        return re.compile(self.source)

    @property
    def bracketed(self) -> bool:
        """It may begin with an opening bracket before the first word."""
        return _bracketed(self.nodes[0])


def compile_phrase(text: str, *, negatable: bool = False, over_no: bool = True) -> Phrase:
    """Read a phrase.

    Args:
        text: The phrase.
        over_no: A gap of it may hold the word "no"; that of a cue may not, which would take the "no" of its neighbour.
        negatable: It is found as well where its verb is negated ("was completed" in "was not yet completed"): who reads
            the hit looks for the negation in it.

    Raises:
        PhraseError: brackets that do not close, an empty wording, more than three gaps, a gap at either end.
    """
    nodes = nodes_of(text)
    return Phrase(text, with_negation(nodes) if negatable else nodes, over_no)


def _word(text: str) -> str:
    if text == "not":
        return f"(?:{'|'.join(_NOT)})"
    if text == "cannot":
        return "(?:cannot|can't)"
    stem = text.endswith("*")
    body = _JOINT.sub("[- ]?", re.escape(text[:-1] if stem else text)).replace("'", "['’]?")
    return body + (r"[\w'’-]*" if stem else "")


def _leaf(node: Word | Number | Date | Score) -> str:
    if isinstance(node, Word):
        return _word(node.text)
    if isinstance(node, Score):
        return _SCORE
    return _NUMBER if isinstance(node, Number) else _BRACKETED_DATE


def _regex(nodes: Sequence[Node]) -> str:
    """Each node but the first brings its own separator, so that what is optional takes its blank with it."""
    out: list[str] = []
    lead = ""
    for node in nodes:
        if isinstance(node, Gap):
            out.append(lead + rf"{_GAP_WORD}{{0,{node.words}}}?")
            lead = ""
            continue
        if isinstance(node, Choice):
            body = "(?:" + "|".join(_regex(option) for option in node.options) + ")"
            if node.optional and not lead:  # at the beginning or after a gap the blank stands behind
                out.append(f"(?:{body}{BETWEEN})?")
                continue
            out.append(f"(?:{lead}{body})?" if node.optional else lead + body)
        else:
            out.append(lead + _leaf(node))
        lead = BETWEEN
    return "".join(out)


def sure_words(nodes: Sequence[Node]) -> tuple[tuple[str, ...], ...]:
    """Sets of words (``improv*`` for a beginning, ``DIGITS``): wherever the nodes stand, a word of each set does.

    Longer words come first, which are rarer; empty where no word is sure to stand.
    """
    groups: list[tuple[str, ...]] = []
    for node in nodes:
        if isinstance(node, Word):
            groups.append(_word_anchor(node.text))
        elif isinstance(node, Score | Number | Date):
            groups.append(_SURE[type(node)])
        elif isinstance(node, Choice) and not node.optional:
            each = [sure_words(option) for option in node.options]
            if all(each):
                groups.append(tuple(dict.fromkeys(word for option in each for word in option[0])))
    found = dict.fromkeys(g for g in groups if g)
    return tuple(sorted(found, key=lambda g: (DIGITS in g, -min(len(w.rstrip("*")) for w in g), len(g), g)))


def _bracketed(node: Node) -> bool:
    if isinstance(node, Choice):
        return node.optional or any(_bracketed(option[0]) for option in node.options)
    return isinstance(node, Date)


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
    """Value of a number in digits or words to ninety-nine, of a range (3-4) its upper end; None for all else."""
    if word in NUMBER_VALUES:
        return NUMBER_VALUES[word]
    first, _, word = word.rpartition("-")
    if word in NUMBER_VALUES:
        tens, units = NUMBER_VALUES.get(first, 0), NUMBER_VALUES[word]
        return tens + units if tens >= _TWENTY and tens % 10 == 0 and units < _TEN else units
    return float(word.replace(",", "")) if _PLAIN_NUMBER.fullmatch(word) else None


def fold(text: str) -> str:
    """Lower case with plain quotes and blanks, for matching phrases; "wasn't" is "was nt".

    A short form in brackets behind what it stands for is part of the row of words: "guidelines (ODG) state". Every code
    point keeps its offset, but for a comma behind such a bracket, which stands one earlier. A number that stands twice,
    "seven (7)", stands once. Alternatives and examples in brackets, "one drug (or drug class) is" and
    "red flags (such as fever)", stand without them.
    """
    if text.isascii():
        plain = text.translate(_ASCII_PLAIN)  # a table of text is many times as fast as a mapping
    else:
        lowered = text.lower()
        if len(lowered) != len(text):  # a few letters grow when lowered (U+0130); keep offsets
            lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
        plain = lowered.translate(_PLAIN)
    if "(" in plain:
        for in_brackets in (_EXAMPLES, _OR_ELSE):
            plain = in_brackets.sub(r" \1 ", plain)
        plain = _TWICE.sub(_once, _SHORT_FORM.sub(_unbracketed, plain))
    return CONTRACTED.sub(r"\1 nt", plain) if "n't" in plain else plain


def _once(found: re.Match[str]) -> str:
    """A number written twice, "seven (7)", written once; the blanks keep the offsets."""
    first, second = number_value(found[1]), number_value(found[2])
    return found[1].ljust(len(found[0])) if first is not None and first == second else found[0]


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
_ASCII_PLAIN = "".join(_PLAIN.get(code, chr(code).lower()) for code in range(128))
