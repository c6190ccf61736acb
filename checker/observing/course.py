"""Whether a request is the first for its treatment or goes on with it, and whether a thing is bought or rented."""

from collections.abc import Mapping

from checker.knowledge.idiom import Idiom
from checker.knowledge.topics import Topic
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import Assertion, Confidence, Evidence, Fact, Part

FIRST, CONTINUATION, UNTOLD = "first", "continuation", "untold"
_MARKS = {"course-first": FIRST, "course-again": CONTINUATION}
_TERMS = {"request-purchase": "purchase", "request-rental": "rental"}
_MOST = 400
"""So many code points of a request are looked at."""


def course_facts(item: Item, topic: Topic | None, idiom: Idiom, record: Mapping[str, Fact]) -> list[Fact]:
    """``item.course`` and ``item.terms``.

    Args:
        item: The disputed item.
        topic: The topic that decides it; its ``earlier`` names the concept of earlier use.
        idiom: The marks of a request.
        record: By name ``item.visits_had``, ``item.use``, ``item.use_days`` and ``summary.*`` of the item.
    """
    marks = frozenset(h.entry.id for h in idiom.hits(fold(item.request[:_MOST])).of("mark"))
    return [_course(item, topic, marks, record), _terms(item, marks)]


def _terms(item: Item, marks: frozenset[str]) -> Fact:
    """Bought or rented, as far as the request says."""
    name, told = "item.terms", [_TERMS[mark] for mark in sorted(marks) if mark in _TERMS]
    if len(told) == 1:
        return Fact(name, told[0], (Evidence(Part.HEADING, item.request_span),), Confidence.HIGH)
    return Fact(name, UNTOLD, derivation="the request names neither purchase nor rental, or both")


def _course(item: Item, topic: Topic | None, marks: frozenset[str], record: Mapping[str, Fact]) -> Fact:
    """Told by the request's own words, by use or visits so far, or by what the summary holds."""
    name = "item.course"
    heading = (Evidence(Part.HEADING, item.request_span),)
    marked = {_MARKS[mark] for mark in marks if mark in _MARKS}
    if len(marked) == 1:
        return Fact(name, marked.pop(), heading, Confidence.HIGH, "the request's own words")
    had = record["item.visits_had"]
    if isinstance(had.value, int):
        return Fact(name, CONTINUATION if had.value else FIRST, had.evidence, had.confidence, had.derivation)
    use = record["item.use"] if record["item.use"].value != UNTOLD else record["item.use_days"]
    if use.value in (FIRST, "long_term") or isinstance(use.value, int):
        course = FIRST if use.value == FIRST else CONTINUATION
        return Fact(name, course, use.evidence, use.confidence, use.derivation)
    told = record.get(f"summary.{topic.earlier}") if topic and topic.earlier else None
    if told is not None and told.value == Assertion.DOCUMENTED.value:
        return Fact(name, CONTINUATION, told.evidence, Confidence.MEDIUM, "the summary records earlier treatment")
    if told is not None and told.value == Assertion.DENIED.value:
        return Fact(name, FIRST, told.evidence, Confidence.MEDIUM, "the summary says that there was none before")
    return Fact(name, UNTOLD, derivation="neither the request nor the record tells of earlier treatment")
