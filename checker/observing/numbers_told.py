"""Numbers that a rationale gives as the guideline's, held against those that the guideline has for the topic."""

from collections.abc import Sequence
from typing import NamedTuple

from checker.knowledge.measures import Measures
from checker.knowledge.topics import ToldNumber, Topic
from checker.language.measuring import NUMBER, Token
from checker.model.facts import Confidence, Evidence, Fact, Role
from checker.observing.mentions import Named

_NAME = "reason.guideline_number"
_OTHERS = ("argues-from-odg", "number-of-the-case")
"""Marks of sentences whose numbers are another guideline's or the worker's."""

_VISITS, _TIME, _PERCENT, _PER = "visit", "time", "percent", "per"
_KINDS = frozenset({_VISITS, _TIME, _PERCENT, _PER})
_UNITS = {_VISITS: "visits", _TIME: "days", _PERCENT: "percent"}
_BEFORE_VISITS = 3
"""So many words may stand between a number and the visits it counts: "10 physical therapy visits"."""

_BEHIND_VISITS = 2
"""A time so many words behind visits is that in which they are had: "six visits over 2 weeks"."""

_PARTING = (";", ":", "(")
"""Signs over which a number is of nothing that stands beyond them."""

_ROUNDED = 0.08
"""By such a part a time may differ and still be the same: a month is thirty days or four weeks."""


class _Quantity(NamedTuple):
    unit: str
    low: float
    high: float
    start: int
    end: int


def guideline_number(rationale: Sequence[Named], topic: Topic | None, measures: Measures) -> Fact:
    """``reason.guideline_number``: whether the numbers told of the guideline are those it has.

    A number is judged where the words between its neighbours of the same unit name what the topic has a number of, and
    is wrong where nothing that the sentence names has it: what it is told of may stand before or behind it.

    Args:
        rationale: Sentences of the item's rationale.
        topic: The topic that decides the item.
        measures: The words around numbers.
    """
    right: list[Evidence] = []
    for named in rationale if topic is not None and topic.numbers else ():
        folded = named.passage.folded
        if named.passage.sentence.role is not Role.GUIDELINE or any(named.marks(mark) for mark in _OTHERS):
            continue
        if not measures.table.holds_number(folded):
            continue
        numbers = [n for n in (topic.numbers if topic else ()) if named.marks(n.of)]
        told = _quantities(folded, measures) if numbers else []
        for one in told:
            alike = [n for n in numbers if n.unit == one.unit]
            asked = _asked(named, one, [q for q in told if q.unit == one.unit], alike)
            if asked and not any(_fits(one, low, high) for number in alike for low, high in number.right):
                derivation = "the guideline has " + " or ".join(dict.fromkeys(number.title for number in asked))
                return Fact(_NAME, "wrong", (named.whole,), Confidence.MEDIUM, derivation)
            if asked:
                right.append(named.evidence(one.start, one.end))
    return Fact(_NAME, "right" if right else "none", tuple(right[:1]))


def _asked(
    named: Named, told: _Quantity, alike: Sequence[_Quantity], numbers: Sequence[ToldNumber]
) -> list[ToldNumber]:
    """Those of the numbers that the words around this one name, as far as the next number or the end of the clause."""
    folded = named.passage.folded
    begins = max((q.end for q in alike if q.end <= told.start), default=0)
    ends = min((q.start for q in alike if q.start >= told.end), default=len(folded))
    begins = max([begins, *(folded.rfind(sign, begins, told.start) for sign in _PARTING)])
    ends = min([ends, *(at for sign in _PARTING if (at := folded.find(sign, told.end, ends)) >= 0)])
    return [number for number in numbers if any(begins <= a and b <= ends for a, b in named.marks(number.of))]


def _fits(told: _Quantity, low: float, high: float) -> bool:
    part = _ROUNDED if told.unit == _UNITS["time"] else 0
    return low * (1 - part) <= told.low and told.high <= high * (1 + part)


def _quantities(folded: str, measures: Measures) -> list[_Quantity]:
    """Visits, times in days and percentages, in the order of the text."""
    tokens = measures.table.read(folded, 0, len(folded), _KINDS)
    found: list[_Quantity] = []
    of_visits = -1
    for at, token in enumerate(tokens):
        if token.kind != NUMBER:
            continue
        behind = _unit_behind(tokens, at)
        if behind is None or (behind.kind == _TIME and of_visits >= 0 and at - of_visits <= _BEHIND_VISITS + 1):
            continue
        if behind.kind == _TIME and behind.low < 1:
            continue  # hours a day
        if folded[behind.end :].lstrip(" -/").startswith(measures.limits.how_often):
            continue  # "1 to 3 visits a week" tells how often
        if behind.kind == _VISITS:
            of_visits = tokens.index(behind, at)
        days = behind.low if behind.kind == _TIME else 1
        found.append(_Quantity(_UNITS[behind.kind], token.low * days, token.high * days, token.start, behind.end))
    return found


def _unit_behind(tokens: Sequence[Token], at: int) -> Token | None:
    """What the number there counts: "ten supervised visits", "30 days", "30-day", "50 %"."""
    behind = [t for t in tokens[at + 1 : at + 3 + _BEFORE_VISITS] if t.text != "-"]
    if behind and behind[0].kind in (_TIME, _PERCENT):
        return behind[0]
    for token in behind[: _BEFORE_VISITS + 1]:
        if token.kind in (_VISITS, _PER) or not token.text[0].isalpha():  # not "four injections a session"
            return token if token.kind == _VISITS else None
    return None
