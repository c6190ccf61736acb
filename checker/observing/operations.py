"""The operation after which therapy is asked for: the postsurgical schedule counts visits by it."""

from collections.abc import Iterable, Mapping, Sequence

from checker.knowledge.idiom import Idiom
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import Confidence, Evidence, Fact, Part
from checker.observing.mentions import Named

_NAME = "item.operation"
KIND = "operated-"
"""Marks so called are the values of the fact; `operation-` begins those that compare items."""
_MOST = 400
"""So many code points of a request are looked at."""

Places = Mapping[str, Evidence]
"""Names of operations with the first place of each."""


def operation_facts(
    items: Sequence[Item], idiom: Idiom, rationales: Sequence[Sequence[Named]], summary: Sequence[Named]
) -> list[Fact]:
    """``item.operation`` of each item: of the first of these places that names one.

    The request itself; the other requests of the letter; the rationale; the case summary.

    Args:
        items: The disputed items.
        idiom: The marks of the lexicon.
        rationales: For each item the sentences of its rationale.
        summary: Sentences of the case summary.
    """
    asked = [_in_request(item, idiom) for item in items]
    recorded = _in_sentences(summary)
    facts = []
    for number, rationale in enumerate(rationales):
        others = {name: place for at, found in enumerate(asked) if at != number for name, place in found.items()}
        facts.append(_fact(asked[number] or others or _in_sentences(rationale) or recorded))
    return facts


def _fact(found: Places) -> Fact:
    if not found:
        return Fact(_NAME, "none")
    if len(found) > 1:
        return Fact(
            _NAME, "several", tuple(found.values()), Confidence.MEDIUM, "several operations are named in one place"
        )
    ((name, place),) = found.items()
    return Fact(_NAME, name, (place,), Confidence.HIGH)


def _in_request(item: Item, idiom: Idiom) -> Places:
    marked = idiom.hits(fold(item.request[:_MOST])).marked
    return dict.fromkeys(_operations(marked), Evidence(Part.HEADING, item.request_span))


def _in_sentences(sentences: Iterable[Named]) -> Places:
    found: dict[str, Evidence] = {}
    for named in sentences:
        for name in _operations(named.marked):
            start, end = named.marks(KIND + name)[0]
            found.setdefault(name, named.evidence(start, end))
    return found


def _operations(marked: Iterable[str]) -> list[str]:
    return sorted(mark.removeprefix(KIND) for mark in marked if mark.startswith(KIND))
