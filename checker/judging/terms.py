"""How facts and comparisons are told to the engine: typed so that none of its coercions can bite.

durable-rules takes ``10`` for ``"10"``, ``True`` for ``"true"`` and ``1``, and drops a batch at a number with an
exponent. So a fact is given either as a word of a closed list or as a number between fixed limits, never as a boolean,
and a name always holds the same kind. A comparison comes in two readings: *surely* (false where the fact is unknown)
and *possibly* (true where it is).

The engine looks each member of a fact up below each term that holds, so what it is told costs far more than what it is
not. Of most facts a letter says nothing; they have the vocabulary's default then, and are not told at all. A comparison
that is false there is so to the engine as well, which takes no comparison with a missing member for true. One that is
true there asks that a member be missing: that of the fact itself, or a mark that is told for certain of its words.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from checker.judging.errors import FactsError
from checker.judging.program import Condition
from checker.knowledge.vocabulary import FactName
from checker.model.facts import UNKNOWN, FactValue

LIMIT = 10**15
"""Numbers are cut to this range; the rulebook refuses limits beyond 10**12, so no comparison changes."""
SMALLEST = 0.0001
"""Anything nearer to nought is given as this; the rulebook refuses limits below 0.001."""
OTHER = "*"
"""Any text that no rule of the set names."""
MAX_CHAIN = 8
"""A list of words up to this long is excluded word by word; a longer one becomes alternatives."""

Term = tuple[str, str, "str | int | float | tuple[str, ...]"]
"""Operator, name in the engine, operand. Operators are ``==``, ``!=``, ``>``, ``>=``, ``<``, ``<=``, all false where
the name is not told; ``told``, true where it is; ``missing``, true where it is not; ``unlike``, true where the fact is
not told as one of the words of the operand."""
Terms = tuple[Term, ...]
Teller = Callable[[FactValue], str]
"""Value -> what the engine gets, members of a JSON object, "" for the default; FactsError for a value that the
vocabulary does not know."""
Marks = Mapping[str, tuple[str, ...]]
"""Names that are told for certain words of a fact, with those words."""

NATIVE = {"!=": "$neq", ">": "$gt", ">=": "$gte", "<": "$lt", "<=": "$lte", "told": "$ex", "missing": "$nex"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one fact is told.

    Attributes:
        fact: Name in the vocabulary.
        name: Name in the engine.
        words: The words it may have besides unknown, in order; empty for numbers.
        default: What it is where nothing is said of it, and it is not told: one of the words, a number, or unknown.
        read: Value -> the word or number that stands for it; FactsError for a value that the vocabulary does not know.
    """

    fact: str
    name: str
    words: tuple[str, ...]
    default: str | int | float
    read: Callable[[FactValue], str | int | float]

    @property
    def is_number(self) -> bool:
        """Whether the fact is a number or a date."""
        return not self.words

    @property
    def upper(self) -> str:
        """Name of the upper bound of a number that may be told as unknown; of another the name."""
        return self.name if self.default == UNKNOWN else self.name + "~"

    @property
    def is_unknown(self) -> Term:
        """The term that holds where the fact is unknown."""
        if not self.is_number:
            ((term,),) = self._one_of([UNKNOWN])
            return term
        return ("missing", self.name, 1) if self.default == UNKNOWN else ("==", self.name, -LIMIT)

    def surely(self, condition: Condition) -> tuple[Terms, ...]:
        """Alternatives of terms that hold where the comparison is true."""
        if condition.operand is None:
            return ()
        if self.is_number:
            by_default = self.default != UNKNOWN and condition.test(self.default)
            return self._or_missing(self._surely_number(condition.operator, number(condition.operand)), by_default)
        return self._one_of([word for word in self.words if condition.test(word)])

    def possibly(self, condition: Condition) -> tuple[Terms, ...]:
        """Alternatives of terms that hold where the comparison is true or its fact unknown."""
        if condition.operand is None:
            return ((),)
        if self.is_number:
            by_default = self.default == UNKNOWN or condition.test(self.default)
            return self._or_missing(self._possibly_number(condition.operator, number(condition.operand)), by_default)
        return self._one_of([*(word for word in self.words if condition.test(word)), UNKNOWN])

    def teller(self, used: AbstractSet[str], marks: Marks) -> Teller:
        """What the engine is told of each value.

        Args:
            used: The names that the native rules ask for.
            marks: Those of the fact.
        """
        if self.is_number:
            return self._teller_of_numbers()
        members: dict[str | int | float, str] = {
            word: ",".join(self._members(word, used, marks)) for word in (*self.words, UNKNOWN)
        }
        return lambda value: members[self.read(value)]

    def most(self, used: AbstractSet[str], marks: Marks) -> int:
        """How many members it takes at most to tell a value; parameters as of ``teller``."""
        if self.is_number:
            return len({self.name, self.upper})
        return max(len(self._members(word, used, marks)) for word in (*self.words, UNKNOWN))

    def _members(self, word: str, used: AbstractSet[str], marks: Marks) -> list[str]:
        if word == self.default:
            return []
        name = [f"{json.dumps(self.name)}:{json.dumps(word)}"] if self.name in used else []
        return [*name, *(f"{json.dumps(mark)}:1" for mark, words in marks.items() if word in words)]

    def _teller_of_numbers(self) -> Teller:
        low, high = f"{json.dumps(self.name)}:", f",{json.dumps(self.upper)}:"

        def told(value: FactValue) -> str:
            read = self.read(value)
            if read == self.default:
                return ""
            if read == UNKNOWN:
                return f"{low}{-LIMIT}{high}{LIMIT}"
            return f"{low}{read!r}" if self.upper == self.name else f"{low}{read!r}{high}{read!r}"

        return told

    def _or_missing(self, terms: Terms, by_default: bool) -> tuple[Terms, ...]:
        return (terms, (("missing", self.name, 1),)) if by_default else (terms,)

    def _surely_number(self, operator: str, operand: int | float) -> Terms:
        if operator == "is":
            return (("==", self.name, operand),)
        if operator == "is_not":
            known = () if self.default == UNKNOWN else (("!=", self.name, -LIMIT),)
            return (("!=", self.name, operand), *known)
        comparison = _COMPARISONS[operator]
        return ((comparison, self.name if ">" in comparison else self.upper, operand),)

    def _possibly_number(self, operator: str, operand: int | float) -> Terms:
        if operator == "is":
            return (("<=", self.name, operand), (">=", self.upper, operand))
        if operator == "is_not":
            return (("!=", self.name, operand),)
        comparison = _COMPARISONS[operator]
        return ((comparison, self.upper if ">" in comparison else self.name, operand),)

    def _one_of(self, wanted: Sequence[str]) -> tuple[Terms, ...]:
        """Alternatives of terms that hold where the fact is one of some words (or unknown, if that is among them)."""
        refused = tuple(word for word in (*self.words, UNKNOWN) if word not in set(wanted))
        if self.default in wanted:
            missing: Term = ("missing", self.name, 1)
            return ((missing if len(wanted) == 1 else ("unlike", self.name, refused),),) if refused else ((),)
        if len(wanted) == 1:
            return ((("==", self.name, wanted[0]),),)
        others = [word for word in refused if word != self.default]
        if not others:
            return ((("told", self.name, 1),),)
        if len(others) <= MAX_CHAIN or len(others) < len(wanted):
            return (tuple(("!=", self.name, word) for word in others),)
        return tuple((("==", self.name, word),) for word in wanted)


_COMPARISONS = {"above": ">", "at_least": ">=", "below": "<", "at_most": "<="}


def encoding(fact: str, declared: FactName, mentioned: set[str]) -> Encoding:
    """How a fact is told to a rule set.

    Args:
        fact: Name in the vocabulary.
        declared: What the vocabulary says of it.
        mentioned: The words that the rules of the set compare it with.
    """
    name = fact.replace(".", "/")
    if declared.ordered:
        read = _reader_of_numbers(fact, day if declared.type == "date" else quantity)
        return Encoding(fact, name, (), read(declared.default), read)
    words = declared.values or (*sorted(mentioned), OTHER)
    read_word = _reader_of_words(fact, words, closed=bool(declared.values))
    return Encoding(fact, name, words, read_word(declared.default), read_word)


def number(value: Any) -> int | float:
    """A number or ISO date as the engine gets it: whole where it is whole, inside the limits, without an exponent."""
    if isinstance(value, str):
        return int(value.replace("-", ""))
    cut = max(-LIMIT + 1, min(LIMIT - 1, value))
    if cut == int(cut):
        return int(cut)
    return float(cut) if abs(cut) >= SMALLEST else SMALLEST if cut > 0 else -SMALLEST


def quantity(value: FactValue) -> int | float:
    """A number as the engine gets it; ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value:  # noqa: PLR0124  (nan)
        raise ValueError("number")
    return number(value)


def day(value: FactValue) -> int:
    """An ISO date as the engine gets it, 20160728; ValueError for anything else."""
    digits = value.replace("-", "") if isinstance(value, str) else ""
    if len(digits) != 8 or not digits.isdecimal():
        raise ValueError("ISO date")
    return int(digits)


def _reader_of_numbers(fact: str, read: Callable[[FactValue], int | float]) -> Callable[[FactValue], str | int | float]:
    def stands_for(value: FactValue) -> str | int | float:
        if value == UNKNOWN:
            return UNKNOWN
        try:
            return read(value)
        except ValueError as error:
            raise FactsError(fact, f"should be a {error}, is {type(value).__name__}") from None

    return stands_for


def _reader_of_words(fact: str, words: Sequence[str], *, closed: bool) -> Callable[[FactValue], str]:
    known = {*words, UNKNOWN}

    def stands_for(value: FactValue) -> str:
        if value in known:
            return str(value)
        if closed:
            raise FactsError(fact, "a value that is not in the vocabulary")
        if not isinstance(value, str):
            raise FactsError(fact, f"should be text, is {type(value).__name__}")
        return OTHER

    return stands_for


def conflict(terms: Terms) -> bool:
    """Whether no fact can satisfy all of the terms, told by equalities and by what is not told."""
    fixed: dict[str, Any] = {}
    missing = {name for operator, name, _ in terms if operator == "missing"}
    for operator, name, operand in terms:
        if name in missing and operator not in {"missing", "unlike"}:
            return True
        if operator == "==" and fixed.setdefault(name, operand) != operand:
            return True
    return any(
        (operator == "!=" and fixed.get(name) == operand)
        or (operator == "unlike" and isinstance(operand, tuple) and fixed.get(name) in operand)
        for operator, name, operand in terms
    )


def tidy(terms: Terms, rank: Callable[[Term], Any]) -> Terms:
    """The terms without those that another makes needless, each once, in the order that the engine reads best."""
    fixed = {name for operator, name, _ in terms if operator in {"==", "missing"}}
    kept = {term for term in terms if term[0] not in {"!=", "unlike", "told"} or term[1] not in fixed}
    return tuple(sorted(kept, key=rank))
