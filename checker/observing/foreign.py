"""A requirement that all the denial rests on, and that neither the topic nor the guideline told knows."""

from collections.abc import Iterable, Mapping, Sequence

from checker.knowledge.concepts import ConceptModel, Kind
from checker.knowledge.hits import Hit
from checker.knowledge.topics import Criterion, Topic
from checker.model.facts import Assertion, Confidence, Fact, Role
from checker.observing.mentions import About, Named
from checker.observing.restated import restated
from checker.observing.statuses import Told
from checker.observing.weighed import bare_verdict, negates, speaks_against

_NAME = "reason.foreign"
_NONE = "none"
_OPERATIONS = "SUR"
_HAD: frozenset[Kind] = frozenset({"visits", "therapy", "care", "over-limit", "refusal"})
_ASIDE = "said-beside"
_LONG, _OPERATION = "long-use", "surgery"
_CONDITION, _CONDITION_BEFORE = "made-a-condition", "condition-named-before"
_DEMANDED = "demanded"
_WEIGHTY: frozenset[Kind] = frozenset({"over-limit", "refusal", "long-use", "visits"})
"""Told of the case beside it, such a thing may be what decides."""

Concepts = Mapping[str, ConceptModel]


def foreign_fact(
    rationale: Sequence[Named],
    told: Sequence[Told],
    dark: Sequence[Named],
    topic: Topic | None,
    concepts: Concepts,
    *,
    course: str,
    relations: Sequence[About],
) -> Fact:
    """``reason.foreign``: the one requirement missing, where the topic has no criterion of that sort.

    All sentences that hold something against the request must name such a requirement. What the rationale restates of
    its guideline is taken at its word, unless it makes the requirement the condition of the treatment; a sentence of
    ``dark``, which no concept knows, may be a ground of its own.
    """
    conditions = _conditions(rationale, relations, concepts)
    open_ = any(not bare_verdict(n) for n in dark)
    case = [t for t in told if t.named.passage.tells_the_case and concepts[t.observation.concept].says == "record"]
    against = [t for t in case if speaks_against(t, concepts)]
    held = [t for t in against if _demand(t, concepts) and _wanted(t, topic, concepts)]
    if topic is None or not held:
        long_use = _long_use(rationale, told, against, concepts, open_=open_)
        return long_use if long_use.value != _NONE else _only_told(conditions, topic, course)
    own = _of_criteria(_asked(topic, course))
    if any(t.observation.concept in own for t in against) or _another_ground(rationale, told, held):
        return Fact(_NAME, _NONE, derivation="a criterion of the topic, or something else, is held against the request")
    demands = {_demand(t, concepts): t for t in reversed(held)}
    known = {concepts[id_].demand for id_ in own}
    if any(d in known or (d not in conditions and _restated(rationale, d, concepts)) for d in demands):
        return Fact(_NAME, _NONE, derivation="the section, or the rationale's account of it, asks for it")
    first = min(demands.values(), key=lambda t: t.place)
    own_words = [t.observation.confidence for t in held if t.place == first.place]
    if first.named.marks(_DEMANDED):
        own_words.append(Confidence.MEDIUM)  # "no deficit that would warrant it" speaks of no narrower thing
    sure = Confidence.LOW if open_ or _beside(first, told) else max(own_words, key=lambda c: c.rank)
    return Fact(_NAME, _demand(first, concepts), (first.named.whole,), sure, "all that is held against the request")


def _conditions(
    rationale: Sequence[Named], relations: Sequence[About], concepts: Concepts
) -> dict[str, tuple[Named, frozenset[str]]]:
    """Requirements that a guideline is said to make the condition of the treatment, each with where that is told.

    "Nerve tests are reserved for candidates for surgery": behind the words that make it a condition, or before those of
    "an operation comes before it". Beside it stand the other concepts that the same words name.
    """
    found: dict[str, tuple[Named, frozenset[str]]] = {}
    for named, about in zip(rationale, relations, strict=True):
        if named.passage.sentence.role is not Role.GUIDELINE:
            continue
        begins = min((end for _, end in named.marks(_CONDITION)), default=None)
        ends = max((start for start, _ in named.marks(_CONDITION_BEFORE)), default=None)
        if about is About.ANOTHER and not _names_only_asked(named, begins, ends):
            continue
        hits = [
            h
            for h in named.passage.hits.of("concept")
            if h.entry.status != "ignored"
            and ((begins is not None and h.start >= begins) or (ends is not None and h.end <= ends))
        ]
        for hit in sorted(hits, key=lambda h: h.start - h.end):  # "a psychological screen" before "a screen"
            if demand := concepts[hit.entry.id].demand:
                # "a trial of acupuncture" is no care of the lists, though its words tell of care
                others = (h for h in hits if h.end <= hit.start or hit.end <= h.start or _alike(h, hit, concepts))
                found.setdefault(demand, (named, frozenset(h.entry.id for h in others)))
    return found


def _alike(hit: Hit, other: Hit, concepts: Concepts) -> bool:
    return concepts[hit.entry.id].demand == concepts[other.entry.id].demand


def _names_only_asked(named: Named, begins: int | None, ends: int | None) -> bool:
    """Whether the treatments named are what is asked for: "the guideline requires that acupuncture have failed"."""
    return all(
        (begins is not None and m.start >= begins) or (ends is not None and m.end <= ends)
        for m in (*named.drugs, *named.treatments)
    )


def _only_told(conditions: Mapping[str, tuple[Named, frozenset[str]]], topic: Topic | None, course: str) -> Fact:
    """A requirement that is only told as the guideline's condition, with no criterion of the topic beside it."""
    own = _of_criteria(_asked(topic, course)) if topic else set()
    for demand, (named, asked) in conditions.items():
        if topic is not None and own.isdisjoint(asked):
            return Fact(_NAME, demand, (named.whole,), Confidence.MEDIUM, "told as a condition of the guideline")
    return Fact(_NAME, _NONE)


def _asked(topic: Topic, course: str) -> list[Criterion]:
    return [c for c in topic.criteria if not (course == "first" and c.course == "continuation")]


def _long_use(
    rationale: Sequence[Named], told: Sequence[Told], against: Sequence[Told], concepts: Concepts, *, open_: bool
) -> Fact:
    """Whether nothing is held against the request but that the drug is not for long use."""
    found = [t for t in told if _demand(t, concepts) == _LONG and t.observation.status is Assertion.DOCUMENTED]
    places = {t.place for t in found}
    silent = not found or any(t.place not in places for t in against) or _another_ground(rationale, told, found)
    if silent or open_:
        return Fact(_NAME, _NONE)
    return Fact(_NAME, _LONG, (found[0].named.whole,), Confidence.MEDIUM, "all that is held against the request")


def _beside(first: Told, told: Sequence[Told]) -> bool:
    """Whether its sentence adds it to something else: "he had eighteen visits, and no surgery is planned"."""
    had = (t for t in told if t.observation.status is Assertion.DOCUMENTED and t.kinds & _HAD)
    return any(t.place == first.place for t in had) or bool(first.named.marks(_ASIDE))


def _wanted(told: Told, topic: Topic | None, concepts: Concepts) -> bool:
    """Whether a thing is said to be missing, not found to be normal; "the operation is refused" asks for none."""
    asked_for = topic is not None and topic.code == _OPERATIONS and _demand(told, concepts) == _OPERATION
    return negates(told.named) and not asked_for


def _demand(told: Told, concepts: Concepts) -> str:
    return concepts[told.observation.concept].demand


def _of_criteria(criteria: Iterable[Criterion]) -> set[str]:
    """Concepts that a criterion speaks of in any way."""
    return {id_ for c in criteria for id_ in (*c.grounds, *c.touched_by)}


def _restated(rationale: Sequence[Named], demand: str, concepts: Concepts) -> bool:
    return bool(restated(rationale, {id_ for id_, c in concepts.items() if c.demand == demand}))


def _another_ground(rationale: Sequence[Named], told: Sequence[Told], held: Sequence[Told]) -> bool:
    """Whether another sentence of the case negates something, or tells what may decide by itself."""
    places = {t.place for t in held}
    if any(t.kinds & _WEIGHTY and t.place not in places for t in told if t.named.passage.tells_the_case):
        return True
    return any(
        at not in places and n.passage.tells_the_case and negates(n) and not bare_verdict(n)
        for at, n in enumerate(rationale)
    )
