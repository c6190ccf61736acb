"""Limits of a rationale other than of visits, against the request: days of use, levels of the spine, injections."""

import re
from collections.abc import Callable, Iterable, Sequence

from checker.knowledge.idiom import Idiom
from checker.knowledge.measures import Measures
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part, Role
from checker.observing.mentions import Named
from checker.observing.usage import length_in_days

_MOST = 400
"""So many code points of a request are looked at."""

_OF_GUIDELINE = (Role.GUIDELINE, Role.APPLICATION)
_WORD_HYPHEN = re.compile(r"-(?=[a-z])")
_FIRST = {"c": 0, "t": 7, "l": 19, "s": 24}
"""How many vertebrae lie above the first of a region."""

_HIGHEST = 29
_PARTS = "parts-of-a-device"
_BRANCHES = "nerves-of-joints"
_KINDS = ("days", "levels", "injections")


def limit_facts(item: Item, idiom: Idiom, measures: Measures, rationale: Sequence[Named], supply: Fact) -> list[Fact]:
    """``item.asked_*``, ``reason.limit_*`` and ``reason.*_in_limit`` for days, levels and injections.

    Args:
        item: The disputed item.
        idiom: The marks of the lexicon.
        measures: The words for spans of time.
        rationale: Sentences of its rationale.
        supply: ``item.supply_days``, for a drug whose request tells no days.
    """

    def days(words: str) -> int:
        return length_in_days(_WORD_HYPHEN.sub(" ", words), measures)

    number = measures.limits.upper_number
    read: dict[str, Callable[[str], int]] = {"days": days, "levels": number, "injections": number}
    limits = {kind: _limit(kind, read[kind], rationale) for kind in _KINDS}
    if all(limit is None for limit in limits.values()):  # nothing to hold the request against
        return [fact for kind in _KINDS for fact in _compared(kind, None, None, supply)]
    text = fold(item.request[:_MOST])
    marked = idiom.hits(text).marked
    request = Evidence(Part.HEADING, item.request_span)
    asked = {kind: _asked(kind, text, marked.get(f"asked-{kind}", ()), read[kind]) for kind in _KINDS}
    if not asked["levels"]:
        asked["levels"] = levels(text, measures, branches=_BRANCHES in marked)
    if item.visits is not None or _PARTS in marked:
        asked["days"] = 0  # "12 visits over 6 weeks" and "electrodes for 3 months" tell no days of use
    facts = []
    for kind in _KINDS:
        own = Fact(f"item.asked_{kind}", asked[kind], (request,), Confidence.HIGH) if asked[kind] else None
        facts += _compared(kind, own, limits[kind], supply)
    return facts


def _asked(kind: str, text: str, places: Iterable[tuple[int, int]], number: Callable[[str], int]) -> int:
    return max((number(text[start:end]) for start, end in places), default=0)


def _limit(kind: str, number: Callable[[str], int], rationale: Sequence[Named]) -> Fact | None:
    """The largest that the rationale says the guideline allows."""
    found = [
        (value, named.evidence(start, end))
        for named in rationale
        if named.passage.sentence.role in _OF_GUIDELINE
        for start, end in named.marks(f"limit-{kind}")
        if (value := number(named.passage.folded[start:end]))
    ]
    if not found:
        return None
    value, evidence = max(found, key=lambda f: f[0])
    return Fact(f"reason.limit_{kind}", value, (evidence,), Confidence.MEDIUM, "as the rationale states the guideline")


def _compared(kind: str, asked: Fact | None, limit: Fact | None, supply: Fact) -> list[Fact]:
    if kind == "days" and asked is None and isinstance(supply.value, int):
        asked = Fact("item.asked_days", supply.value, supply.evidence, supply.confidence, "as long as the supply lasts")
    name = f"reason.{kind}_in_limit"
    facts = [
        asked or Fact(f"item.asked_{kind}", UNKNOWN, derivation="the request tells no such number"),
        limit or Fact(f"reason.limit_{kind}", UNKNOWN, derivation="the rationale states no such limit"),
    ]
    if asked is None or limit is None or not isinstance(asked.value, int) or not isinstance(limit.value, int):
        return [*facts, Fact(name, "unstated", derivation="no such number is asked for, or no limit of it is stated")]
    value = "within" if asked.value <= limit.value else "above"
    sure = min(asked.confidence, limit.confidence, key=lambda c: c.rank)
    told = f"{asked.value} against {limit.value}"
    return [*facts, Fact(name, value, (*asked.evidence, *limit.evidence), sure, told)]


def levels(folded: str, measures: Measures, *, branches: bool) -> int:
    """How many levels of the spine a folded request names: "L4-5 and L5-S1" is 2, "L3 to S1" is 3; 0 for none.

    Args:
        folded: The request.
        measures: The words between two vertebrae.
        branches: Single numbers are nerves of joints, of which each joint has two: "L3, L4 and L5" is 2.
    """
    spans: set[tuple[int, int]] = set()
    singles: set[int] = set()
    for found in measures.vertebrae.finditer(folded):
        first = _vertebra(found[1], found[2])
        last = _vertebra(found[3] or found[1], found[4]) if found[4] else 0
        if last > first:
            spans.update((at, at + 1) for at in range(first, last))
        else:
            singles.add(first)
    if spans:
        return len(spans)
    return max(1, len(singles) - 1) if branches and singles else len(singles)


def vertebrae(folded: str, measures: Measures) -> frozenset[int]:
    """The vertebrae and roots that folded words name, numbered from above: "L4-5" names two, "L5" one."""
    found: set[int] = set()
    for match in measures.vertebrae.finditer(folded):
        first = _vertebra(match[1], match[2])
        last = _vertebra(match[3] or match[1], match[4]) if match[4] else first
        found.update(range(first, max(first, last) + 1))
    return frozenset(found)


def _vertebra(region: str, number: str) -> int:
    return min(_FIRST[region] + int(number), _HIGHEST)
