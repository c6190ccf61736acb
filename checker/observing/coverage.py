"""How far a rationale goes through the criteria of the item's topic: what it shows, excludes and leaves out.

A topic lists one or more ways; each is enough by itself and asks for all of its criteria. A criterion asked only of
first requests, or only of continuations, counts where the request is known to be one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from checker.knowledge.topics import Criterion, Topic
from checker.model.facts import Assertion, Confidence, Evidence, Fact, Part, Role
from checker.observing.mentions import Named

_SWAPPED = {Assertion.DOCUMENTED: Assertion.DENIED, Assertion.DENIED: Assertion.DOCUMENTED}
_AGAINST = (Assertion.DENIED, Assertion.NOT_DOCUMENTED)
_STATED = {Assertion.DOCUMENTED, Assertion.DENIED}

Statuses = Mapping[str, Assertion]
"""What a part of the letter says of each concept that it speaks of."""
Quoted = Mapping[str, Evidence]
"""The concepts that a rationale restates from a guideline, each with the first sentence that does."""
_NOTHING_QUOTED: Quoted = MappingProxyType({})
Unread = Callable[[Sequence[str]], int]
"""How many sentences that are not understood may speak of any of the concepts given."""


def no_answer(_: Sequence[str]) -> int:
    """Where every sentence is understood."""
    return 0


def status_of(criterion: Criterion, statuses: Statuses) -> Assertion:
    """What is said of a criterion; long use documented is "short-term use only" denied."""
    said = statuses.get(criterion.concept_id, Assertion.SILENT)
    return _SWAPPED.get(said, said) if criterion.inverse else said


def said_in(part: Part, facts: Iterable[Fact]) -> Statuses:
    """What a part of the letter says of each concept, from the facts that are named after both."""
    before = f"{part.value}."
    return {f.name[len(before) :]: Assertion(str(f.value)) for f in facts if f.name.startswith(before)}


def quoted_in(topic: Topic | None, rationale: Iterable[Named]) -> Quoted:
    """Concepts that the rationale restates from a guideline."""
    if topic is None:
        return {}
    found: dict[str, Evidence] = {}
    for named in rationale:
        if named.passage.sentence.role is Role.GUIDELINE:
            for hit in named.passage.hits.of("concept"):
                found.setdefault(hit.entry.id, named.whole)
    return found


def coverage_facts(
    topic: Topic | None,
    rationale: Statuses,
    summary: Statuses,
    course: str,
    quoted: Quoted = _NOTHING_QUOTED,
    *,
    dark: Unread = no_answer,
) -> list[Fact]:
    """``criteria.*`` of one item.

    Args:
        topic: The topic that decides the item.
        rationale: What the rationale says of each concept.
        summary: What the case summary says of each concept.
        course: ``item.course``.
        quoted: Concepts that the rationale restates from a guideline.
        dark: How many sentences that are not understood may speak of any of the concepts given.
    """
    ways = [tuple(c for c in way if c.asked_of(course, quoted)) for way in topic.alternatives] if topic else []
    read = [[(c, _answer(c, rationale)) for c in way] for way in ways if way]
    if not read:
        return []
    nearest = max(read, key=_nearness)
    silent = [c for c, status in nearest if status is Assertion.SILENT]
    excluded = sum(any(status in _AGAINST for _, status in way) for way in read)
    spoken = {c.id for way in read for c, status in way if status is not Assertion.SILENT}
    met = any(all(status is Assertion.DOCUMENTED for _, status in way) for way in read)
    told = f"of {len(read)} way(s) of {topic.id}" if topic else ""
    return [
        Fact("criteria.met", "yes" if met else "no", (), Confidence.MEDIUM, told),
        Fact(
            "criteria.excluded", "every" if excluded == len(read) else "some" if excluded else "none", derivation=told
        ),
        Fact("criteria.spoken", len(spoken), derivation=told),
        Fact("criteria.silent", len(silent), _restated(silent, quoted), derivation=told),
        Fact(
            "criteria.unread", dark([c.concept_id for c in silent]), derivation="sentences in which no concept is named"
        ),
        _passed_over(silent, summary, quoted),
        Fact("criteria.silent_told", "; ".join(c.title for c in silent) or "none", derivation=told),
        Fact("criteria.recorded", "yes" if _recorded(read, summary) else "no", derivation=told),
        _alternative(topic, rationale, course, quoted),
        Fact("criteria.told", "yes" if _STATED & set(rationale.values()) else "no", derivation="any concept"),
    ]


def _restated(criteria: Iterable[Criterion], quoted: Quoted) -> tuple[Evidence, ...]:
    """The sentences that restate criteria."""
    return tuple(dict.fromkeys(quoted[c.concept_id] for c in criteria if c.concept_id in quoted))


def _passed_over(silent: Iterable[Criterion], summary: Statuses, quoted: Quoted) -> Fact:
    """``criteria.passed_over``: what is restated and left out, and of which the summary tells nothing either."""
    open_ = [c for c in silent if status_of(c, summary) is Assertion.SILENT]
    left = [c for c in open_ if not quoted.keys().isdisjoint((c.concept_id, *c.touched_by))]
    return Fact("criteria.passed_over", len(left), _restated(left, quoted), Confidence.MEDIUM, "restated and left out")


def _alternative(topic: Topic | None, rationale: Statuses, course: str, quoted: Quoted) -> Fact:
    """Whether what takes the place of a criterion that fails is found met on another way, of which nothing fails."""
    name = "criteria.alternative"
    asked_of = "first" if course == "untold" else course  # asked until told otherwise
    whole = [tuple(c for c in way if c.asked_of(asked_of, quoted)) for way in topic.alternatives] if topic else []
    ways = [[(c, _answer(c, rationale)) for c in way] for way in whole]
    for way in ways:
        if any(status in _AGAINST for _, status in way):
            continue
        for other in ways:
            beside = [status for c, status in way if c not in [one for one, _ in other]]
            fails = any(status in _AGAINST for _, status in other)
            if fails and beside and all(status is Assertion.DOCUMENTED for status in beside):
                return Fact(name, "met", (), Confidence.MEDIUM, "what takes the place of a criterion that fails is met")
    return Fact(name, "none", derivation="of the ways that the guideline opens")


def _recorded(ways: Iterable[Sequence[tuple[Criterion, Assertion]]], summary: Statuses) -> bool:
    """Whether the record fills what the rationale leaves out of a way that it does not shut."""
    return any(
        all(
            status is Assertion.DOCUMENTED
            or (status is Assertion.SILENT and status_of(c, summary) is Assertion.DOCUMENTED)
            for c, status in way
        )
        for way in ways
    )


def _nearness(way: Sequence[tuple[Criterion, Assertion]]) -> tuple[bool, int, int]:
    """How near a way is to its end: still open, much of it shown, little of it unspoken."""
    open_ = all(status not in _AGAINST for _, status in way)
    return open_, _count(way, Assertion.DOCUMENTED), -_count(way, Assertion.SILENT)


def overlooked_facts(
    topic: Topic | None,
    concepts: Sequence[Fact],
    said: tuple[Statuses, Statuses],
    course: str,
    quoted: Quoted,
) -> list[Fact]:
    """``criteria.overlooked`` and ``criteria.overlooked_told``: a way that the case summary meets and nobody answers.

    The rationale restates a criterion of the way from the guideline, says nothing of it in this case, and denies no
    other of the way; the summary, or the rationale, documents each.

    Args:
        topic: The topic that decides the item.
        concepts: Facts ``summary.*`` and ``rationale.*`` of the item.
        said: What the rationale and what the case summary says of each concept.
        course: ``item.course``.
        quoted: Concepts that the rationale restates from a guideline.
    """
    rationale, summary = said
    told = "the summary meets no way of the guideline that the rationale leaves open"
    for way in topic.alternatives if topic else ():
        asked = [c for c in way if c.asked_of(course, quoted)]
        open_ = [c for c in asked if c.concept_id in quoted and status_of(c, rationale) is Assertion.SILENT]
        shown = all(Assertion.DOCUMENTED in (status_of(c, rationale), status_of(c, summary)) for c in asked)
        denied = any(status_of(c, rationale) in _AGAINST for c in asked)
        if open_ and shown and not denied:
            names = {f"summary.{c.concept_id}" for c in open_}
            recorded = tuple(words for f in concepts if f.name in names for words in f.evidence[:1])
            words = (*_restated(open_, quoted), *recorded)
            titles = "; ".join(c.title for c in open_)
            return [
                Fact("criteria.overlooked", "yes", words, Confidence.MEDIUM, "restated, recorded and not answered"),
                Fact("criteria.overlooked_told", titles, derivation="titles of criteria"),
            ]
    return [Fact("criteria.overlooked", "no", derivation=told)]


def _answer(criterion: Criterion, rationale: Statuses) -> Assertion:
    """The status of a criterion; where absence is an answer too, it counts like presence."""
    status = status_of(criterion, rationale)
    if status is Assertion.SILENT:
        status = next((rationale[id_] for id_ in criterion.shut_by if rationale.get(id_) in _AGAINST), status)
    if status is Assertion.SILENT and any(rationale.get(id_) is Assertion.DOCUMENTED for id_ in criterion.touched_by):
        return Assertion.UNCLEAR
    return Assertion.DOCUMENTED if criterion.either and status is Assertion.DENIED else status


def cited_fact(topic: Topic | None, documents: str) -> Fact:
    """``criteria.cited``: whether the reviewer's line cites a document that the topic stands in.

    Args:
        topic: The topic that decides the item.
        documents: ``cite.documents``.
    """
    at_fault = "no topic decides the item" if topic is None else "the line cites other documents"
    common = [id_ for id_ in documents.split() if id_ in topic.documents] if topic else []
    told = f"the line cites {', '.join(common)}" if common else at_fault
    return Fact("criteria.cited", "yes" if common else "no", derivation=told)


def _count(way: Sequence[tuple[Criterion, Assertion]], wanted: Assertion) -> int:
    return sum(status is wanted for _, status in way)
