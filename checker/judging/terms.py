"""How facts and comparisons are told to the engine: typed so that none of its coercions can bite.

durable-rules takes ``10`` for ``"10"``, ``True`` for ``"true"`` and ``1``, and drops a batch at a number with an
exponent. So a fact is given either as a word of a closed list or as a number between fixed limits, never as a boolean,
and a name always holds the same kind. A comparison comes in two readings: *surely* (false where the fact is unknown)
and *possibly* (true where it is).
"""

import json
from collections.abc import Callable, Sequence
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

Term = tuple[str, str, str | int | float]
"""Operator (``==``, ``!=``, ``>``, ``>=``, ``<``, ``<=``), name in the engine, operand."""
Terms = tuple[Term, ...]

NATIVE = {"!=": "$neq", ">": "$gt", ">=": "$gte", "<": "$lt", "<=": "$lte"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one fact is told.

    Attributes:
        fact: Name in the vocabulary.
        name: Name in the engine; a number also has ``name`` + "~", its upper bound where it is unknown.
        words: The words it may have besides unknown, in order; empty for numbers.
        told: Value -> what the engine gets, members of a JSON object; FactsError for a value that the vocabulary does
            not know.
    """

    fact: str
    name: str
    words: tuple[str, ...]
    told: Callable[[FactValue], str]

    @property
    def is_number(self) -> bool:
        """Whether the fact is a number or a date."""
        return not self.words

    @property
    def upper(self) -> str:
        """Name of the upper bound of a number."""
        return self.name + "~"

    @property
    def is_unknown(self) -> Term:
        """The term that holds where the fact is unknown."""
        return ("==", self.name, -LIMIT if self.is_number else UNKNOWN)

    def surely(self, condition: Condition) -> tuple[Terms, ...]:
        """Alternatives of terms that hold where the comparison is true."""
        if condition.operand is None:
            return ()
        if self.is_number:
            return (self._surely_number(condition.operator, number(condition.operand)),)
        return self._surely_word(condition)

    def possibly(self, condition: Condition) -> tuple[Terms, ...]:
        """Alternatives of terms that hold where the comparison is true or its fact unknown."""
        if condition.operand is None:
            return ((),)
        if self.is_number:
            return (self._possibly_number(condition.operator, number(condition.operand)),)
        return self._possibly_word(condition)

    def _surely_number(self, operator: str, operand: int | float) -> Terms:
        if operator == "is":
            return (("==", self.name, operand),)
        if operator == "is_not":
            return (("!=", self.name, operand), ("!=", self.name, -LIMIT))
        comparison = _COMPARISONS[operator]
        return ((comparison, self.name if ">" in comparison else self.upper, operand),)

    def _possibly_number(self, operator: str, operand: int | float) -> Terms:
        if operator == "is":
            return (("<=", self.name, operand), (">=", self.upper, operand))
        if operator == "is_not":
            return (("!=", self.name, operand),)
        comparison = _COMPARISONS[operator]
        return ((comparison, self.upper if ">" in comparison else self.name, operand),)

    def _surely_word(self, condition: Condition) -> tuple[Terms, ...]:
        wanted, refused = self._split(condition)
        if len(wanted) == 1:
            return ((("==", self.name, wanted[0]),),)
        if len(refused) <= MAX_CHAIN or len(refused) < len(wanted):
            return ((*(("!=", self.name, word) for word in refused), ("!=", self.name, UNKNOWN)),)
        return tuple((("==", self.name, word),) for word in wanted)

    def _possibly_word(self, condition: Condition) -> tuple[Terms, ...]:
        wanted, refused = self._split(condition)
        if len(refused) <= MAX_CHAIN or len(refused) < len(wanted):
            return (tuple(("!=", self.name, word) for word in refused),)
        return tuple((("==", self.name, word),) for word in (*wanted, UNKNOWN))

    def _split(self, condition: Condition) -> tuple[list[str], list[str]]:
        """The words with which a comparison holds, and those with which it does not."""
        wanted = [word for word in self.words if condition.test(word)]
        return wanted, [word for word in self.words if word not in set(wanted)]


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
        return Encoding(fact, name, (), _teller_of_numbers(fact, name, day if declared.type == "date" else quantity))
    words = declared.values or (*sorted(mentioned), OTHER)
    return Encoding(fact, name, words, _teller_of_words(fact, name, words, closed=bool(declared.values)))


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


def _teller_of_numbers(fact: str, name: str, read: Callable[[FactValue], int | float]) -> Callable[[FactValue], str]:
    low, high = f"{json.dumps(name)}:", f",{json.dumps(name + '~')}:"
    unknown = f"{low}{-LIMIT}{high}{LIMIT}"

    def told(value: FactValue) -> str:
        if value == UNKNOWN:
            return unknown
        try:
            printed = repr(read(value))
        except ValueError as error:
            raise FactsError(fact, f"should be a {error}, is {type(value).__name__}") from None
        return f"{low}{printed}{high}{printed}"

    return told


def _teller_of_words(fact: str, name: str, words: Sequence[str], *, closed: bool) -> Callable[[FactValue], str]:
    members = {word: f"{json.dumps(name)}:{json.dumps(word)}" for word in (*words, UNKNOWN)}
    other = members.get(OTHER, "")

    def told(value: FactValue) -> str:
        found = members.get(value) if isinstance(value, str) else None
        if found is not None:
            return found
        if closed:
            raise FactsError(fact, "a value that is not in the vocabulary")
        if not isinstance(value, str):
            raise FactsError(fact, f"should be text, is {type(value).__name__}")
        return other

    return told


def conflict(terms: Terms) -> bool:
    """Whether no fact can satisfy all of the terms, told by equalities alone."""
    fixed: dict[str, Any] = {}
    for operator, name, operand in terms:
        if operator == "==" and fixed.setdefault(name, operand) != operand:
            return True
    return any(operator == "!=" and fixed.get(name) == operand for operator, name, operand in terms)


def tidy(terms: Terms, rank: Callable[[Term], Any]) -> Terms:
    """The terms without those that an equality makes needless, each once, in the order that the engine reads best."""
    fixed = {name for operator, name, _ in terms if operator == "=="}
    kept = {term for term in terms if term[0] != "!=" or term[1] not in fixed}
    return tuple(sorted(kept, key=rank))
