"""What marks tell of a request and of its rationale: days, time after an operation, rental, levels, kind of current."""

from collections.abc import Mapping, Sequence

from checker.knowledge.hits import Hits
from checker.knowledge.idiom import Idiom
from checker.knowledge.measures import Measures
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part, Role
from checker.observing.limits_told import vertebrae
from checker.observing.mentions import Named

_DAYS, _CURRENT, _DAYS_TOLD = "compare.days", "compare.current", "item.days_told"
_TENURE, _LEVEL = "compare.tenure", "compare.level"
_KEPT = ("request-purchase", "request-rental")
_TOLD = "days-told"
_KIND = "current-"
_AFTER_OPERATION, _POSTOPERATIVE = "item.after_operation", "request-postoperative"
_MOST = 400
"""So many code points of a request are looked at."""

_TIME = frozenset({"time"})


def mark_facts(item: Item, idiom: Idiom, measures: Measures, rationale: Sequence[Named]) -> list[Fact]:
    """``item.days_told``, ``item.after_operation``, ``compare.days``, ``.tenure``, ``.level``, ``.current`` of an item.

    Args:
        item: The disputed item.
        idiom: The marks of the lexicon.
        measures: The words for spans of time.
        rationale: Sentences of its rationale.
    """
    text = fold(item.request[:_MOST])
    hits = idiom.hits(text)
    request = Evidence(Part.HEADING, item.request_span)
    asked = {_in_days(text[start:end], measures) for start, end in hits.marked.get(_TOLD, ())} - {0}
    told = Fact(_DAYS_TOLD, "yes", (request,), Confidence.HIGH) if asked else Fact(_DAYS_TOLD, "no")
    after = Fact(_AFTER_OPERATION, "no")
    if _POSTOPERATIVE in hits.marked:
        after = Fact(_AFTER_OPERATION, "yes", (request,), Confidence.HIGH)
    verdicts = [n for n in rationale if n.passage.sentence.role is Role.CONCLUSION]
    return [
        told,
        after,
        _days(asked, measures, verdicts, request),
        _tenure(hits, verdicts, request),
        _level(vertebrae(text, measures), verdicts, request, measures),
        _current(hits, rationale, request),
    ]


def _days(asked: set[int], measures: Measures, verdicts: Sequence[Named], request: Evidence) -> Fact:
    """Whether the verdict gives the days of supply, stay or rental that the request gives."""
    if not asked:
        return Fact(_DAYS, UNKNOWN, derivation="the request tells no days of a supply, a stay or a rental")
    found = [
        (days, named.evidence(start, end))
        for named in verdicts
        for start, end in named.marks(_TOLD)
        if (days := _in_days(named.passage.folded[start:end], measures))
    ]
    if not found:
        return Fact(_DAYS, UNKNOWN, derivation="the verdict tells no such days")
    if any(days in asked for days, _ in found):
        return Fact(_DAYS, "same", derivation="the verdict tells the days that the request tells")
    told = f"{max(asked)} days asked for, {found[0][0]} in the verdict"
    return Fact(_DAYS, "different", (request, found[0][1]), Confidence.HIGH, told)


def _tenure(hits: Hits, verdicts: Sequence[Named], request: Evidence) -> Fact:
    """Whether the verdict is on the purchase of what is to be rented, or the reverse."""
    asked = [kind for kind in _KEPT if kind in hits.marked]
    told = {kind: named for named in reversed(verdicts) for kind in _KEPT if named.marks(kind)}
    if len(asked) != 1 or not told:
        return Fact(_TENURE, UNKNOWN, derivation="request or verdict is not of one of rental and purchase")
    if asked[0] in told:
        return Fact(_TENURE, "same", derivation="the verdict names what is asked for")
    other = next(iter(told.values()))
    return Fact(_TENURE, "different", (request, other.whole), Confidence.MEDIUM, "rental for purchase, or the reverse")


def _level(asked: frozenset[int], verdicts: Sequence[Named], request: Evidence, measures: Measures) -> Fact:
    """Whether the verdict is on levels of the spine that are asked for; on some of them, it is."""
    sound = [n for n in verdicts if n.is_bare_verdict]
    told = [(found, n) for n in sound if (found := vertebrae(n.passage.folded, measures))]
    if not asked or not told:
        return Fact(_LEVEL, UNKNOWN, derivation="request or verdict names no level of the spine")
    if any(found <= asked or asked <= found for found, _ in told):
        return Fact(_LEVEL, "same", derivation="the verdict names levels that are asked for")
    return Fact(_LEVEL, "different", (request, told[0][1].whole), Confidence.MEDIUM, "other levels in the verdict")


def _in_days(words: str, measures: Measures) -> int:
    """The days that words tell: "2 weeks rental" is 14; 0 where they tell none."""
    spans = [token.low for token in measures.table.read(words, 0, len(words), _TIME) if token.kind == "time"]
    return round(measures.limits.upper_number(words) * spans[0]) if spans and spans[0] >= 1 else 0


def _current(hits: Hits, rationale: Sequence[Named], request: Evidence) -> Fact:
    """Whether the reasons are of the kind of electric current that is asked for."""
    asked = _kinds(hits.marked)
    if len(asked) != 1:
        return Fact(_CURRENT, UNKNOWN, derivation="the request names no kind of current, or several")
    reasons = [n for n in rationale if n.passage.sentence.role is not Role.CONCLUSION]
    told = {kind: named for named in reversed(reasons) for kind in _kinds(named.marked)}
    if not told:
        return Fact(_CURRENT, UNKNOWN, derivation="the reasons name no kind of current")
    restated = {
        kind for named in reasons if named.passage.sentence.role is Role.GUIDELINE for kind in _kinds(named.marked)
    }
    if asked & told.keys() or len(told) > 1 or not restated:
        return Fact(_CURRENT, "same", derivation="the reasons name the kind asked for, or weigh several")
    other = told[min(told)]
    return Fact(
        _CURRENT, "different", (request, other.whole), Confidence.MEDIUM, "only another kind of current is named"
    )


def _kinds(marked: Mapping[str, object]) -> set[str]:
    return {id_ for id_ in marked if id_.startswith(_KIND)}
