"""Hours of help a week: asked for, and as the rationale says the guideline allows."""

from collections.abc import Sequence

from checker.knowledge.measures import Measures
from checker.language.measuring import NUMBER, Token
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part, Role
from checker.observing.mentions import Named

_ASKED, _STATED, _DECIDED = "item.hours_a_week", "reason.stated_hours", "compare.hours"
_REQUEST_IN_PART = "request-in-part"
_KINDS = frozenset({"time", "rate", "per", "times"})
_MOST = 400
"""So many code points of a request are looked at."""

_HOUR, _WEEK = 1 / 24, 7
_NEAR = 1e-3
_NEAR_BY = 40
"""The hours of a request stand at most so many code points behind the words that name it."""

_BETWEEN = 6
"""The days of a week stand at most so many tokens behind the hours of a day."""


def hour_facts(item: Item, measures: Measures, rationale: Sequence[Named]) -> list[Fact]:
    """``item.hours_a_week``, ``reason.stated_hours`` and ``compare.hours`` of one item.

    Args:
        item: The disputed item.
        measures: The words for spans of time.
        rationale: Sentences of its rationale.
    """
    asked = hours_a_week(fold(item.request[:_MOST]), measures)
    request = (Evidence(Part.HEADING, item.request_span),)
    facts = [
        Fact(_ASKED, asked, request, Confidence.MEDIUM, "hours by days of the week")
        if asked is not None
        else Fact(_ASKED, UNKNOWN, derivation="the request tells no hours a day or a week"),
        _decided(asked, request, measures, rationale),
    ]
    for named in rationale:
        if named.passage.sentence.role is Role.GUIDELINE and named.marks("hours-told"):
            stated = hours_a_week(named.passage.folded, measures)
            if stated is not None:
                return [*facts, Fact(_STATED, stated, (named.whole,), Confidence.MEDIUM, "as the rationale states it")]
    return [*facts, Fact(_STATED, UNKNOWN, derivation="the rationale states no hours a week")]


def _decided(asked: int | None, request: tuple[Evidence, ...], measures: Measures, rationale: Sequence[Named]) -> Fact:
    """Whether the hours that the reasons call the request are those asked for."""
    if asked is None:
        return Fact(_DECIDED, UNKNOWN, derivation="the request tells no hours a day or a week")
    found: list[tuple[int, Evidence]] = []
    for named in rationale:
        told = named.marks("hours-told")
        if not told or named.marks(_REQUEST_IN_PART):
            continue
        for start in _requests(named, told):
            hours = hours_a_week(named.passage.folded[start:], measures)
            if hours is not None:
                found.append((hours, named.whole))
    if not found:
        return Fact(_DECIDED, UNKNOWN, derivation="the reasons do not call a number of hours the request")
    if any(hours == asked for hours, _ in found):
        return Fact(_DECIDED, "same", derivation="the reasons give the hours that the request gives")
    told_as = f"{asked} hours a week asked for, {found[0][0]} in the reasons"
    return Fact(_DECIDED, "different", (*request, found[0][1]), Confidence.MEDIUM, told_as)


def _requests(named: Named, told: Sequence[tuple[int, int]]) -> list[int]:
    """Where a sentence begins to speak of the request: behind "the request is for"; the bare verdict is all of it."""
    if named.is_bare_verdict:
        return [0]
    asked = named.marks("hours-asked")
    return [start for start, end in asked if any(start <= at <= end + _NEAR_BY for at, _ in told)]


def hours_a_week(folded: str, measures: Measures) -> int | None:
    """The hours a week of the first "4 hours a day, 5 days a week" of a folded text; None where there are none."""
    tokens = measures.table.read(folded, 0, len(folded), _KINDS)
    for at, token in enumerate(tokens):
        if token.kind != NUMBER or not _is(tokens, at + 1, _HOUR):
            continue
        every = _every(tokens, at + 2)
        if every is None:
            continue
        if abs(every - _WEEK) < _NEAR:
            return round(token.high)
        if abs(every - 1) < _NEAR:
            return round(token.high * _days_of_the_week(tokens, at + 2))
    return None


def _is(tokens: Sequence[Token], at: int, days: float) -> bool:
    return at < len(tokens) and tokens[at].kind == "time" and abs(tokens[at].low - days) < _NEAR


def _every(tokens: Sequence[Token], at: int) -> float | None:
    """Days between two times: 1 for "a day", 7 for "per week"; None where something else stands there."""
    if at < len(tokens) and tokens[at].kind == "rate" and tokens[at].low > 0:
        return 1 / tokens[at].low
    if at + 1 < len(tokens) and tokens[at].kind == "per" and tokens[at + 1].kind == "time":
        return tokens[at + 1].low
    return None


def _days_of_the_week(tokens: Sequence[Token], at: int) -> float:
    """Behind the hours of a day the days of a week; all seven where none are told."""
    for n in range(at, min(at + _BETWEEN, len(tokens))):
        if tokens[n].kind != NUMBER or n + 1 >= len(tokens):
            continue
        weekly = _every(tokens, n + 2)
        counted = _is(tokens, n + 1, 1) or tokens[n + 1].kind == "times"
        if counted and weekly is not None and abs(weekly - _WEEK) < _NEAR:
            return min(tokens[n].high, float(_WEEK))
    return float(_WEEK)
