"""Items of one letter held against each other: dependent services, copied arguments, rationales that contradict."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from checker.knowledge.concepts import ConceptModel, Kind
from checker.knowledge.idiom import Idiom
from checker.knowledge.lexicon import BodyMention, Lexicon
from checker.knowledge.topics import Topic
from checker.language.phrases import fold
from checker.model.determination import Item, Outcome
from checker.model.facts import UNKNOWN, Assertion, Confidence, Evidence, Fact, Part, Role
from checker.observing.located import place_of_request
from checker.observing.mentions import About, Named, about
from checker.observing.statuses import MISSED, Told, place_told
from checker.observing.weighed import over_limit

_OPERATION = "compare.operation"
_COPIED = "compare.argument"
_REASONS = "compare.other_reasons"
_COMPANION = "compare.companion"
_WITH_OPERATION = "with-operation"
_APPROVED: Kind = "operation-approved"
_LONGEST = 500
"""So many code points of a request are looked at."""

_WORD = re.compile(r"[a-z]+")
_ARGUMENT = (Role.CASE, Role.APPLICATION)
_EMPTY = ("mere-complaint", "request-restated")
_FIRST = 13
"""Two sentences that begin with so many words alike are one."""
_SHORTEST = 5
"""A sentence of fewer words is no argument of its own: "This has not been shown."."""

_SIDES = ("left", "right")
_HAD: Kind = "therapy"
_RESPONSE: Kind = "response"
_TRIAL: Kind = "device-trial"
_CONTINUED = "continuation"
_ALONE = "exercise-alone"

_MOSTLY = 0.6
"""An argument of which so much stands under another item too was written once for both."""

_MOST_SHOWN = 4
"""So many sentences show what an argument is."""


@dataclass(frozen=True, slots=True)
class Reasoned:
    """An item with its rationale, read, and the topic whose criteria decide it."""

    item: Item
    named: tuple[Named, ...]
    told: tuple[Told, ...]
    topic: Topic | None


@dataclass(frozen=True, slots=True)
class Dependence:
    """Which items hang on others, as the rules folder says it.

    Attributes:
        idiom: Marks of requests that go with an operation.
        lexicon: Treatments that accompany operations.
        categories: Categories that always do.
        operations: Categories on which they hang, the first that the letter holds counts.
    """

    idiom: Idiom
    lexicon: Lexicon
    categories: frozenset[str]
    operations: tuple[str, ...]


def item_comparisons(items: Sequence[Reasoned], dependence: Dependence) -> list[list[Fact]]:
    """``compare.operation``, ``.argument``, ``.other_reasons`` and ``.companion`` of each item, in their order."""
    if len(items) == 1:  # nothing to compare
        return [[] for _ in items]
    operations = _operations(items, dependence)
    arguments = [_argument(reasoned) for reasoned in items]
    shared = _shared(arguments)
    affirmed = _affirmed(items, dependence.idiom)
    return [
        [
            _operation(reasoned, operations, dependence),
            _copied(number, items, arguments[number], shared, dependence),
            _other_reasons(reasoned, affirmed, dependence),
            _companion(reasoned, items),
        ]
        for number, reasoned in enumerate(items)
    ]


def _operations(items: Sequence[Reasoned], dependence: Dependence) -> list[Item]:
    for category in dependence.operations:
        found = [r.item for r in items if r.item.category == category]
        if found:
            return found
    return []


def _operation(reasoned: Reasoned, operations: Sequence[Item], dependence: Dependence) -> Fact:
    """Whether an item that hangs on an operation is decided as the operation is."""
    item = reasoned.item
    if not operations or item in operations or not _hangs_on(reasoned, dependence):
        return Fact(_OPERATION, "none", derivation="no operation of the letter on which it hangs")
    outcomes = {o.outcome for o in operations}
    decided = [o for o in operations if o.outcome in (Outcome.UPHELD, Outcome.OVERTURNED)]
    if len(outcomes) > 1 or not decided:
        return Fact(_OPERATION, UNKNOWN, derivation="the operations are decided in several ways")
    evidence = (Evidence(Part.HEADING, item.heading_span), Evidence(Part.HEADING, decided[0].heading_span))
    told = f"item {decided[0].number} is {decided[0].outcome.value}"
    if item.outcome is Outcome.OVERTURNED and decided[0].outcome is Outcome.UPHELD:
        if any(n.marks("operation-elsewhere") for n in reasoned.named):
            return Fact(_OPERATION, UNKNOWN, derivation="the operation may have been approved elsewhere")
        return Fact(_OPERATION, "approved_without", evidence, Confidence.HIGH, told)
    if item.outcome is Outcome.UPHELD and decided[0].outcome is Outcome.OVERTURNED:
        denied = [t.named for t in reasoned.told if _APPROVED in t.kinds and t.observation.status is Assertion.DENIED]
        refused = _marked(reasoned.named, "operation-refused") or denied
        if refused:
            return Fact(_OPERATION, "refused_despite", (*evidence, refused[0].whole), Confidence.HIGH, told)
    return Fact(_OPERATION, "consistent", derivation=told)


def _companion(reasoned: Reasoned, items: Sequence[Reasoned]) -> Fact:
    """Whether all that an item is given alongside is refused in the same letter, while the item is approved."""
    wanted = reasoned.topic.beside if reasoned.topic else ""
    others = [r.item for r in items if wanted and r.topic is not None and r.topic.id == wanted]
    refused = others and all(o.outcome is Outcome.UPHELD for o in others)
    if not refused or reasoned.item.outcome is not Outcome.OVERTURNED:
        return Fact(_COMPANION, "none", derivation="what it is given alongside is not refused, or is no item")
    evidence = (Evidence(Part.HEADING, reasoned.item.heading_span), Evidence(Part.HEADING, others[0].heading_span))
    return Fact(_COMPANION, "refused", evidence, Confidence.HIGH, f"item {others[0].number} is upheld")


def _hangs_on(reasoned: Reasoned, dependence: Dependence) -> bool:
    """By its treatment, by the words of the request, or by an operation that the rationale names.

    A walker or a pre-operative test in a letter with an operation may still be asked for by itself.
    """
    item, lexicon = reasoned.item, dependence.lexicon
    treatment = lexicon.treatments.get(item.treatment)
    if treatment is not None and treatment.category in dependence.categories:
        return True
    if any(h.entry.id == _WITH_OPERATION for h in dependence.idiom.hits(fold(item.request[:_LONGEST]))):
        return True
    if item.category not in dependence.categories:
        return False
    return any(n.marks(_WITH_OPERATION) or _names_operation(n, dependence) for n in reasoned.named)


def _names_operation(named: Named, dependence: Dependence) -> bool:
    return any(dependence.lexicon.treatment(m.entry).category in dependence.operations for m in named.treatments)


def _marked(sentences: Iterable[Named], mark: str) -> list[Named]:
    return [n for n in sentences if n.passage.sentence.role is not Role.GUIDELINE and n.marks(mark)]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence of an argument: its words without names of treatments, and what it tells."""

    key: tuple[str, ...]
    named: Named
    told: tuple[Told, ...]


def _argument(reasoned: Reasoned) -> list[_Sentence]:
    """The sentences that apply something to the case; not the verdict, which names the request anyway."""
    told: dict[int, list[Told]] = {}
    for t in reasoned.told:
        told.setdefault(t.place, []).append(t)
    found = []
    for place, named in enumerate(reasoned.named):
        if named.passage.sentence.role in _ARGUMENT and not named.marks(*_EMPTY):
            key = _key(named)
            if len(key) >= _SHORTEST:
                found.append(_Sentence(key, named, tuple(told.get(place, ()))))
    return found


def _key(named: Named) -> tuple[str, ...]:
    """The first words of a sentence with every drug and treatment blanked.

    So a copy with another name, or with another end, is a copy.
    """
    text = named.passage.folded
    for mention in sorted((*named.drugs, *named.treatments), key=lambda m: -m.start):
        text = text[: mention.start] + " " + text[mention.end :]
    return tuple(_WORD.findall(text)[:_FIRST])


def _shared(arguments: Sequence[Sequence[_Sentence]]) -> Mapping[tuple[str, ...], list[int]]:
    """By the words of a sentence, the places in the letter of the items that hold it."""
    found: dict[tuple[str, ...], list[int]] = {}
    for number, argument in enumerate(arguments):
        for sentence in argument:
            holders = found.setdefault(sentence.key, [])
            if not holders or holders[-1] != number:
                holders.append(number)
    return found


def _copied(
    number: int,
    items: Sequence[Reasoned],
    argument: Sequence[_Sentence],
    shared: Mapping[tuple[str, ...], list[int]],
    dependence: Dependence,
) -> Fact:
    """Whether an item's argument stands under another item too, and speaks of that one."""
    own, lexicon = items[number], dependence.lexicon
    copies = [s for s in argument if len(shared[s.key]) > 1]
    words = sum(len(s.key) for s in argument)
    if not words or sum(len(s.key) for s in copies) < _MOSTLY * words:
        return Fact(_COPIED, "own", derivation="no other item is argued in these words")
    sibling = _had_of_sibling(number, items, copies, shared, lexicon)
    if sibling is not None:
        heading = Evidence(Part.HEADING, own.item.heading_span)
        told = "the therapy that was had is of another item's kind"
        return Fact(_COPIED, "copied", (heading, sibling.named.whole), Confidence.MEDIUM, told)
    weighed = _weighed_of_sibling(number, items, argument, shared, dependence)
    if weighed is not None:
        heading = Evidence(Part.HEADING, own.item.heading_span)
        told = "what is weighed is the benefit or the number of another item's visits"
        return Fact(_COPIED, "copied", (heading, weighed.named.whole), Confidence.MEDIUM, told)
    if any(about(s.named, own.item, lexicon) >= About.CLASS and not _names_all(s, items, shared) for s in copies):
        return Fact(_COPIED, "shared", derivation="another item is argued in these words")
    for sentence in copies:
        for other in shared[sentence.key]:
            if other != number and _belongs_to(sentence, items[other], own, dependence):
                told = f"the argument of item {items[other].item.number}"
                shown = dict.fromkeys((sentence.named.whole, *(s.named.whole for s in copies)))
                heading = Evidence(Part.HEADING, own.item.heading_span)
                return Fact(_COPIED, "copied", (heading, *list(shown)[:_MOST_SHOWN]), Confidence.MEDIUM, told)
    return Fact(_COPIED, "shared", derivation="another item is argued in these words")


def _had_of_sibling(
    number: int,
    items: Sequence[Reasoned],
    copies: Sequence[_Sentence],
    shared: Mapping[tuple[str, ...], list[int]],
    lexicon: Lexicon,
) -> _Sentence | None:
    """The sentence that counts another item's therapy as had, where nothing says that this one's was.

    Physical therapy is no occupational therapy, though both are of one category. Only of a therapy that guidelines have
    a topic of its own name for, and where the copy has that name in another sentence: exercise is a part of therapy.
    """
    own = items[number].item
    entry = lexicon.treatments.get(own.treatment)
    if own.drug is not None or entry is None or own.treatment not in entry.topics:
        return None
    if not any(m.entry == own.treatment for s in copies for m in s.named.treatments):
        return None
    had = [s for s in _argument(items[number]) if any(_HAD in t.kinds for t in s.told)]
    if any(m.entry == own.treatment for s in had if not _wanted(s) for m in s.named.treatments):
        return None
    for sentence in had:
        names = {m.entry for m in sentence.named.treatments}
        others = [items[at].item.treatment for at in shared[sentence.key] if at != number]
        past = any(_is_past(t) for t in sentence.told)
        if past and sentence in copies and own.treatment not in names and not names.isdisjoint(others):
            return sentence
    return None


def _names_all(sentence: _Sentence, items: Sequence[Reasoned], shared: Mapping[tuple[str, ...], list[int]]) -> bool:
    """Whether the items of a sentence are of one treatment, so that its name tells none of them from the others."""
    holders = {items[at].item.treatment for at in shared[sentence.key]}
    return len(holders) == 1 and "" not in holders


def _weighed_of_sibling(
    number: int,
    items: Sequence[Reasoned],
    argument: Sequence[_Sentence],
    shared: Mapping[tuple[str, ...], list[int]],
    dependence: Dependence,
) -> _Sentence | None:
    """The copied sentence that weighs what another item's visits brought, or how many of them there were.

    An evaluation is refused because the treatment did not help. Not where this item's own topic asks for a response, or
    the argument names its service or takes up a criterion of its topic.
    """
    own, concepts = items[number], dependence.idiom.concepts
    if own.topic is None or own.item.drug is not None or _asks_response(own.topic, concepts):
        return None
    criteria = {c.concept_id for c in own.topic.criteria}
    if any(t.observation.concept in criteria for s in argument for t in s.told) or any(
        m.entry == own.item.treatment for s in argument for m in s.named.treatments
    ):
        return None
    for sentence in argument:
        for at in shared[sentence.key]:
            other = items[at]
            asks = at != number and other.topic is not None and _asks_response(other.topic, concepts)
            if asks and _weighs(sentence, other, dependence.lexicon):
                return sentence
    return None


def _asks_response(topic: Topic, concepts: Mapping[str, ConceptModel]) -> bool:
    """Whether what a treatment brought is a criterion of a topic."""
    return any(_RESPONSE in concepts[c.concept_id].tells_of for c in topic.criteria)


def _weighs(sentence: _Sentence, other: Reasoned, lexicon: Lexicon) -> bool:
    """Whether a sentence misses a benefit, or finds too many of the visits that it names."""
    asked = {c.concept_id for c in other.topic.criteria if c.course == _CONTINUED} if other.topic else set()
    missed = [t for t in sentence.told if t.observation.status in MISSED]
    if any(_RESPONSE in t.kinds or (t.observation.concept in asked and _TRIAL not in t.kinds) for t in missed):
        return True
    return any(over_limit(t) for t in sentence.told) and about(sentence.named, other.item, lexicon) is About.ITEM


def _is_past(told: Told) -> bool:
    seen = told.observation
    return _HAD in told.kinds and seen.status is Assertion.DOCUMENTED and seen.time == "past"


def _wanted(sentence: _Sentence) -> bool:
    """Whether what is told of a therapy is only that more of it is asked for."""
    return not any(_is_past(t) for t in sentence.told)


def _belongs_to(sentence: _Sentence, other: Reasoned, own: Reasoned, dependence: Dependence) -> bool:
    """Whether a sentence weighs another item's treatment, or demands what only the other's topic has criteria of.

    That the other treatment was had is the history of the worker, which any item may be argued with.
    """
    lexicon = dependence.lexicon
    named = _cared_for(_without_counters(sentence.named, other.item, lexicon))
    missed = [t for t in sentence.told if t.observation.status in MISSED]
    if about(named, own.item, lexicon) is About.ANOTHER:
        return about(named, other.item, lexicon) >= About.CLASS and (own.item.drug is not None or bool(missed))
    if own.topic is None or other.topic is None or own.topic is other.topic:
        return False
    of_all = dependence.idiom.concepts
    sure = {t.observation.concept for t in missed if t.observation.confidence is not Confidence.LOW}
    concepts = {id_ for id_ in sure if of_all[id_].says == "record"}
    foreign = {c.concept_id for c in other.topic.criteria} - {c.concept_id for c in own.topic.criteria}
    if concepts and concepts <= foreign:
        return True
    demanded, wanted, known = (
        {of_all[id_].demand for id_ in ids} - {""}
        for ids in (concepts, (c.concept_id for c in other.topic.criteria), (c.concept_id for c in own.topic.criteria))
    )
    return bool(demanded & wanted) and demanded.isdisjoint(known)


def _without_counters(named: Named, item: Item, lexicon: Lexicon) -> Named:
    """A sentence without the weak words of an item's category: in "twelve visits" they count another treatment."""
    entries = [(m, lexicon.treatment(m.entry)) for m in named.treatments]
    kept = tuple(
        m
        for m, e in entries
        if not (e.weak and not e.counted and e.category == item.category and e.id != item.treatment)
    )
    return named if len(kept) == len(entries) else replace(named, treatments=kept)


def _cared_for(named: Named) -> Named:
    """A sentence without the exercises that the worker does alone: no item of a letter is those."""
    alone = named.marks(_ALONE)
    if not alone:
        return named
    treatments = (m for m in named.treatments if not any(a < m.end and m.start < b for a, b in alone))
    return replace(named, treatments=tuple(treatments))


def _affirmed(items: Sequence[Reasoned], idiom: Idiom) -> Mapping[str, list[tuple[Item, Told]]]:
    """By concept, what rationales report of the worker as a whole."""
    found: dict[str, list[tuple[Item, Told]]] = {}
    for reasoned in items:
        for t in reasoned.told:
            seen = t.observation
            if seen.status is Assertion.DOCUMENTED and idiom.concepts[seen.concept].of_worker:
                found.setdefault(seen.concept, []).append((reasoned.item, t))
    return found


def _other_reasons(own: Reasoned, affirmed: Mapping[str, list[tuple[Item, Told]]], dependence: Dependence) -> Fact:
    """Whether another rationale reports of the worker what this one denies or finds missing."""
    for t in own.told:
        seen = t.observation
        if seen.status not in (Assertion.DENIED, Assertion.NOT_DOCUMENTED) or seen.confidence is Confidence.LOW:
            continue
        for item, other in affirmed.get(seen.concept, ()):
            if item is own.item or not same_parts(t.named, other.named, dependence.lexicon):
                continue
            located = dependence.idiom.concepts[seen.concept].located
            if not (located and _elsewhere((own.item, t), (item, other), dependence.lexicon)):
                told = f"item {item.number} is argued with the opposite"
                return Fact(_REASONS, "contradict", (t.named.whole, other.named.whole), Confidence.MEDIUM, told)
    return Fact(_REASONS, "agree", derivation="no other rationale of the letter says the opposite")


def _elsewhere(one: tuple[Item, Told], other: tuple[Item, Told], lexicon: Lexicon) -> bool:
    """Whether two findings lie in different places; one that names none lies where its item is for."""
    first, second = (
        place_told(told, lexicon).within(place_of_request(item.request, lexicon)) for item, told in (one, other)
    )
    return first.elsewhere(second)


def same_parts(first: Named, second: Named, lexicon: Lexicon) -> bool:
    """Whether two sentences may be of the same part of the body: one names none, or both name one."""
    parts = [{_sided(m) for m in lexicon.body_parts_in(n.passage.sentence.text)} for n in (first, second)]
    return not parts[0] or not parts[1] or bool(parts[0] & parts[1])


def _sided(mention: BodyMention) -> tuple[str, str]:
    """A part with the one side it is on: "the legs" and "both legs" are the same."""
    return mention.entry, mention.side if mention.side in _SIDES else ""
