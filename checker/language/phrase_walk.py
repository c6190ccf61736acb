"""Phrases as rows of words: an automaton over words that is built as letters need it.

A regular expression has to be tried at each word that a phrase may begin with, one phrase after the other. Here all
phrases are followed at once from a word on, one look-up a word, as long as each of them is a plain row of words. What
is left to its expression is named by ``State.tries``: phrases that have come to a gap, a date or another thing that is
no word. Both ways find the same: of several wordings the first that fits counts, as in an expression.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from checker.language.dates import MONTHS
from checker.language.phrase_nodes import Choice, Date, Node, Number, Score, Word
from checker.language.phrases import BETWEEN, DIGITS, NUMBER_VALUES, Phrase

NO_WORD = -1
"""The number of a word that no phrase holds."""
ACCEPT, OPAQUE = -1, -2
"""In place of a position: the phrase ends here; here only its expression can tell."""
FIGURE, NUMERAL, DATED, MONTH = "<figure>", "<n>", "<dated>", "<month>"
"""Stand for a number in digits, for one as a word, for one that a date may begin with, and for a word that begins like
a month."""

_REGULAR = re.compile(r"[^\W_]+(?:['/-][^\W_]+)*\*?")
_JOINTS = re.compile(r"['/-]")
_BETWEEN = re.compile(BETWEEN)
_MONTH_STEMS = frozenset(month[:3] for month in MONTHS)
_YEAR_DIGITS = 4
_OF_DATES = frozenset("/-")
_OF_NUMBERS = frozenset(",./")
"""What joins the numbers of a date, and the parts of one number: 7.5, 3/4, 1,200."""
_MOST_JOINTS = 1_000
_MOST_WORDS = 20_000
_MOST_STEPS = 100_000
"""So many steps from state to state are remembered, about 20 MB, and then forgotten all at once."""

APART, _LOOSE, _BRACKET = " ", ",", "("
"""What stands between two words of a phrase: one blank; any other of ``BETWEEN`` but a hyphen; that and a bracket."""
_BY_JOINT = {"'": ("'",), "/": ("/",), "-": ("-", APART)}
_ANY_BETWEEN = ("-", APART, _LOOSE)


class _Position(NamedTuple):
    """A word of a phrase.

    Attributes:
        word: The word, ``beginning*``, or one of ``DIGITS``, ``FIGURE``, ``NUMERAL``, ``DATED``, ``MONTH``.
        between: What may stand before it.
        phrase: Number of the phrase.
        after: Positions after it, ``ACCEPT`` or ``OPAQUE``, in the order in which an expression tries them.
    """

    word: str
    between: tuple[str, ...]
    phrase: int
    after: tuple[int, ...]


class Positions:
    """The words of all phrases with what may follow each."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        """Take the phrases.

        Attributes of the result: ``all``, every position; ``first``, those that phrases begin with; ``searched``,
        numbers of the phrases that may begin with something that is no word.
        """
        self.all: list[_Position] = []
        self._known: dict[_Position, int] = {}
        first: list[int] = []
        searched: list[int] = []
        for number, phrase in enumerate(phrases):
            self._phrase = number
            self._known.clear()
            begin = self._row(phrase.nodes, (ACCEPT,))
            if ACCEPT in begin or OPAQUE in begin:
                searched.append(number)
            else:
                first.extend(begin)
        self.first, self.searched = tuple(first), tuple(searched)

    def _row(self, nodes: Sequence[Node], after: tuple[int, ...]) -> tuple[int, ...]:
        """Where a row of nodes begins, given what follows it."""
        for node in reversed(nodes):
            after = self._node(node, after)
        return after

    def _node(self, node: Node, after: tuple[int, ...]) -> tuple[int, ...]:
        if isinstance(node, Word):
            return self._word(node.text, after)
        if isinstance(node, Choice):
            begin = [at for option in node.options for at in self._row(option, after)]
            return tuple(dict.fromkeys([*begin, *after] if node.optional else begin))
        if isinstance(node, Number):
            return tuple(self._put(word, _ANY_BETWEEN, after) for word in (FIGURE, NUMERAL))
        if isinstance(node, Date):
            return tuple(self._put(word, (*_ANY_BETWEEN, _BRACKET), (OPAQUE,)) for word in (DATED, MONTH))
        return (self._put(DIGITS, _ANY_BETWEEN, (OPAQUE,)),) if isinstance(node, Score) else (OPAQUE,)

    def _word(self, text: str, after: tuple[int, ...]) -> tuple[int, ...]:
        if text == "not":
            return tuple(self._put(word, _ANY_BETWEEN, after) for word in ("not", "nt"))
        if text == "cannot":
            return (
                self._put("cannot", _ANY_BETWEEN, after),
                self._put("can", _ANY_BETWEEN, (self._put("t", ("'",), after),)),
            )
        if not _regular(text):
            begin = _REGULAR.match(text)
            if begin is None:
                return (OPAQUE,)
            first, *more = _JOINTS.split(begin.group())
            return (self._put(f"{first}*" if more else first, _ANY_BETWEEN, (OPAQUE,)),)
        return self._parts(*_parted(text), _ANY_BETWEEN, after)

    def _parts(
        self, parts: Sequence[str], joints: Sequence[str], between: tuple[str, ...], after: tuple[int, ...]
    ) -> tuple[int, ...]:
        """A word of several parts; the hyphen and the apostrophe between two of them may be left out."""
        begin: list[int] = []
        whole = ""
        for count, part in enumerate(parts, 1):
            whole += part
            if count == len(parts):
                begin.append(self._put(whole, between, after))
                break
            rest = self._parts(parts[count:], joints[count:], _BY_JOINT[joints[count - 1]], after)
            begin.append(self._put(whole, between, rest))
            if joints[count - 1] == "/":
                break
        return tuple(begin)

    def _put(self, word: str, between: tuple[str, ...], after: tuple[int, ...]) -> int:
        position = _Position(word, between, self._phrase, after)
        known = self._known.get(position)
        if known is None:
            known = self._known[position] = len(self.all)
            self.all.append(position)
        return known


@lru_cache(maxsize=_MOST_WORDS)
def _parted(word: str) -> tuple[Sequence[str], Sequence[str]]:
    """The parts of a word and what joins them."""
    return _JOINTS.split(word), _JOINTS.findall(word)


@lru_cache(maxsize=_MOST_WORDS)
def _regular(word: str) -> bool:
    return _REGULAR.fullmatch(word) is not None


def is_plain(node: Node) -> bool:
    """Whether a node is nothing but words that are read without the expression."""
    if isinstance(node, Choice):
        return all(is_plain(inner) for option in node.options for inner in option)
    return isinstance(node, Word) and _regular(node.text)


class Joint(NamedTuple):
    """What stands between two words.

    Attributes:
        between: As ``Seen.between``, "" where no phrase goes on over it.
        runs_on: As ``Seen.runs_on`` of the word before.
        shut: No phrase begins behind it.
    """

    between: str
    runs_on: str
    shut: bool


class Joints(dict[str, Joint]):
    """Joints by what stands between two words."""

    def __missing__(self, blank: str) -> Joint:
        runs_on = blank[0] if blank and (blank[0] in "'-_%" or blank in _OF_NUMBERS) else ""
        joint = Joint(_between(blank), runs_on, blank.endswith(("-", "_")))
        if len(self) < _MOST_JOINTS:
            self[blank] = joint
        return joint


def _between(blank: str) -> str:
    if blank in _BY_JOINT or blank == APART:
        return blank
    opens = blank.endswith("(")
    if _BETWEEN.fullmatch(blank[:-1] if opens else blank) is None:
        return ""
    return _BRACKET if opens else _LOOSE


class Seen(NamedTuple):
    """A word as it stands in a text.

    Attributes:
        words: What it counts as: itself, beginnings of it, ``DIGITS`` ...; only what positions ask for.
        between: What stands before it: an apostrophe, a hyphen, a slash, ``APART`` or ``_LOOSE``.
        runs_on: What joins it to what follows: an apostrophe, a hyphen, an underscore, what numbers go on over, or "".
    """

    words: tuple[str, ...]
    between: str
    runs_on: str


def _goes_on(word: str, runs_on: str) -> bool:
    """Whether a word of a phrase may take what stands behind it for a part of itself, or may not end there."""
    if word == FIGURE:
        return True
    return runs_on == "_" or (runs_on in "'-" and word.endswith("*"))


class Stems:
    """Words and beginnings of words (``improv*``)."""

    __slots__ = ("_lengths", "_stems", "_whole")

    def __init__(self, words: Iterable[str]) -> None:
        """Take words and ``beginning*``."""
        every = set(words)
        self._stems = {word[:-1]: word for word in every if word.endswith("*")}
        self._whole = every - set(self._stems.values())
        self._lengths = sorted({len(stem) for stem in self._stems})

    def of(self, word: str) -> tuple[str, ...]:
        """A word as far as it is known, and every known beginning of it."""
        found = [word] if word in self._whole else []
        for length in self._lengths:
            if length > len(word):
                break
            stem = self._stems.get(word[:length])
            if stem is not None:
                found.append(stem)
        return tuple(found)


class State(dict[int, "State | None"]):
    """Where the phrases stand that began at one word; the next state by the number of the next word.

    Attributes:
        ends: Phrases that end here, unless a longer wording of them fits.
        tries: Phrases that from here on only their expression can decide: their bits (see ``Walk``).
        tells: It has any of both.
    """

    __slots__ = ("_index", "_positions", "_walk", "ends", "tells", "tries")

    def __init__(self, walk: "Walk", positions: tuple[int, ...], ends: tuple[int, ...], tries: int) -> None:
        super().__init__()
        self._walk, self._positions = walk, positions
        self._index: dict[str, list[tuple[int, _Position]]] | None = None
        self.ends, self.tries = ends, tries
        self.tells = bool(ends or tries)

    def __missing__(self, word: int) -> "State | None":
        found = None if word == NO_WORD else self._after(self._walk.seen[word], first=False)
        self._walk.remember(self, word, found)
        return found

    def begun(self, word: int) -> "State | None":
        """From the state before any word: the state after a first word, whatever stands before it."""
        return self._after(self._walk.seen[word], first=True)

    def _after(self, seen: Seen, *, first: bool) -> "State | None":
        if self._index is None:
            self._index = {}
            for order, at in enumerate(self._positions):
                position = self._walk.positions[at]
                self._index.setdefault(position.word, []).append((order, position))
        index = self._index
        met = [found for word in seen.words for found in index.get(word, ())]
        if not first:
            met = [found for found in met if seen.between in found[1].between]
        return self._walk.after([position for _, position in sorted(met)], seen.runs_on) if met else None


class Walk:
    """The automaton of a set of phrases."""

    __slots__ = ("_known", "_numbers", "_states", "_steps", "_tries", "_words", "positions", "root", "seen")

    def __init__(self, positions: Positions, bits: Mapping[int, int]) -> None:
        """Take the words of the phrases, and a bit for each phrase: ``1 << n``."""
        self._tries = bits
        self.positions = positions.all
        self._words = Stems({position.word for position in positions.all})
        self._known = {DIGITS, FIGURE, NUMERAL, DATED, MONTH} & {position.word for position in positions.all}
        self._states: dict[tuple[tuple[int, ...], tuple[int, ...], int], State] = {}
        self._numbers: dict[Seen, int] = {}
        self._steps = 0
        self.seen: list[Seen] = []
        self.root = State(self, positions.first, (), 0)

    def number(self, word: str, between: str = APART, runs_on: str = "") -> int:
        """The number of a word, ``NO_WORD`` for one that no phrase holds; what counts as the same has the same."""
        counts_as = {
            DIGITS: word[0].isdecimal(),
            FIGURE: word.isdecimal(),
            NUMERAL: word in NUMBER_VALUES,
            DATED: word.isdecimal() and (len(word) == _YEAR_DIGITS or runs_on in _OF_DATES),
            MONTH: word[:3] in _MONTH_STEMS,
        }
        words = (*self._words.of(word), *(kind for kind, is_one in counts_as.items() if is_one and kind in self._known))
        if not words:
            return NO_WORD
        seen = Seen(words, between, runs_on)
        number = self._numbers.setdefault(seen, len(self.seen))
        if number == len(self.seen):
            self.seen.append(seen)
        return number

    def after(self, met: Sequence[_Position], runs_on: str) -> State | None:
        """The state after positions, in the order in which expressions try them, were met by a word."""
        ended: dict[int, None] = {}
        opaque: dict[int, None] = {}
        ahead: dict[int, int] = {}
        for position in met:
            phrase = position.phrase
            if phrase in ended:
                continue  # what an expression would try after a wording that fits does not count
            if runs_on and _goes_on(position.word, runs_on):
                opaque[phrase] = None
                continue
            for at in position.after:
                if at == ACCEPT:
                    ended[phrase] = None
                    break
                if at == OPAQUE:
                    opaque[phrase] = None
                else:
                    ahead.setdefault(at, phrase)
        alive = tuple(at for at, phrase in ahead.items() if phrase not in opaque)
        ends = tuple(phrase for phrase in ended if phrase not in opaque)
        tries = 0
        for phrase in opaque:
            tries |= self._tries[phrase]
        key = (alive, ends, tries)
        if not any(key):
            return None
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = State(self, *key)
        return state

    def remember(self, state: State, word: int, found: State | None) -> None:
        """Keep a step; when there are too many all are forgotten."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            self._steps = 0
            for known in self._states.values():
                known.clear()
            self._states.clear()
        state[word] = found
