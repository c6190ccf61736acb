"""Conditions that a rationale lists and finds nowhere in the record, held against what the case summary records."""

import re
from collections.abc import Iterator, Sequence

from checker.knowledge.lexicon import BodyMention
from checker.model.facts import UNKNOWN, Confidence, Fact, Role
from checker.observing.mentions import NEGATED, THERE, Named, denied_at
from checker.observing.passages import CARRIED
from checker.observing.record_compared import Near

_NAME = "compare.listed"
_LISTED = "listed-"
_NONE, _OTHERWISE, _DENIED = "none-of-listed", "none-of-listed-otherwise", "conditions-denied"
_NOT_HELD = "listed-not-held"

_SEVERAL = 2
"""One condition is no list."""

_BACK = 4
"""A list stands at most so many sentences before what is said of it."""

_PARTED = re.compile(r"[,;:]")
_AROUND = 40
"""The part of the body that a condition is of stands at most so many code points from it."""


def listed_fact(summary: Sequence[Named], rationale: Sequence[Named], near: Near) -> Fact:
    """``compare.listed``: whether the summary records a condition of a list of which the rationale finds none.

    Where the summary names a part of the body beside the condition, it has to be that of the request.

    Args:
        summary: Sentences of the case summary.
        rationale: Sentences of the item's rationale.
        near: Whether two parts of the body may be of one region, and those of the request.
    """
    none_found = False
    for number, named in enumerate(rationale):
        listed = _denied_list(rationale, number)
        if listed is None:
            continue
        none_found = True
        wanted = _conditions(listed)
        for recorded in summary:
            for condition, start, end in _held(recorded):
                if condition in wanted and near.alike(near.asked, _parts_of(recorded, start, end, near)):
                    shown = tuple(dict.fromkeys((named.whole, listed.whole, recorded.whole)))
                    return Fact(_NAME, "told", shown, Confidence.MEDIUM, f"{condition} is listed and recorded")
    if none_found:
        return Fact(_NAME, "none", derivation="nothing of the list is recorded")
    return Fact(_NAME, UNKNOWN, derivation="no list of which none is found")


def quoted_conditions_fact(summary: Sequence[Named], rationale: Sequence[Named]) -> Fact:
    """``compare.quoted_conditions``: whether a condition of which the guideline is quoted is told of the worker.

    Any condition of a list answers it, by the rationale or the case summary, whatever the part of the body: what is
    suspected may be told in another word.
    """
    name = "compare.quoted_conditions"
    quoting = [n for n in rationale if n.passage.sentence.role is Role.GUIDELINE and len(_conditions(n)) >= _SEVERAL]
    if not quoting:
        return Fact(name, UNKNOWN, derivation="no list of conditions is quoted")
    # a sentence without a cue behind the list may be of the case
    told = [*summary, *(n for n in rationale if n.passage.tells_the_case or n.passage.sentence.cue == CARRIED)]
    answer = next((n for n in told if any(_held(n))), None)
    if answer is not None:
        return Fact(name, "answered", (answer.whole,), derivation="a condition is told of the worker")
    return Fact(name, "unanswered", (quoting[0].whole,), Confidence.MEDIUM, "no condition is told of the worker")


def _parts_of(named: Named, start: int, end: int, near: Near) -> Sequence[BodyMention]:
    """The part of the body that a condition is of: the last before it, else those behind it, with no comma between."""
    text = named.passage.sentence.text
    before = near.parts(_PARTED.split(text[max(0, start - _AROUND) : end])[-1])
    return before[-1:] or near.parts(_PARTED.split(text[start : end + _AROUND])[0])


def _denied_list(rationale: Sequence[Named], number: int) -> Named | None:
    """The sentence with the list of which a sentence says that none is recorded; it may be the same one."""
    named = rationale[number]
    if named.marks(_OTHERWISE):
        return None
    if named.marks(_NONE):
        before = rationale[max(0, number - _BACK) : number + 1]
        return next((n for n in reversed(before) if len(_conditions(n)) >= _SEVERAL), None)
    denials = named.marks(_DENIED)
    if denials and named.passage.tells_the_case:
        behind = {c for c, start, _ in _named_conditions(named) if start > denials[0][0]}
        return named if len(behind) > _SEVERAL else None
    return None


def _named_conditions(named: Named) -> Iterator[tuple[str, int, int]]:
    for mark, places in named.marked.items():
        if mark.startswith(_LISTED) and mark != _NOT_HELD:
            for start, end in places:
                yield mark.removeprefix(_LISTED), start, end


def _conditions(named: Named) -> frozenset[str]:
    return frozenset(condition for condition, _, _ in _named_conditions(named))


def _held(named: Named) -> Iterator[tuple[str, int, int]]:
    """Conditions of a sentence of the summary that no word before them denies."""
    if named.marks(_NOT_HELD):
        return
    denials, turns = named.marks(NEGATED), named.marks(THERE)
    for condition, start, end in _named_conditions(named):
        if not denied_at(start, denials, turns):
            yield condition, start, end
