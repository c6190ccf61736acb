"""What a rationale concedes: criteria that it finds met with nothing held against the request, one kind of several."""

from collections.abc import Mapping, Sequence

from checker.knowledge.concepts import ConceptModel, Kind
from checker.knowledge.topics import Criterion, Topic
from checker.model.facts import Assertion, Confidence, Evidence, Fact, Role
from checker.observing.mentions import Named
from checker.observing.statuses import MISSED, Told
from checker.observing.weighed import (
    LIMIT,
    UNTELLING_MARKS,
    bare_verdict,
    fails,
    grants,
    inside_limit,
    negates,
    speaks_against,
    within,
)

_LEAST = 2
_AGAINST: frozenset[Kind] = frozenset({LIMIT, "refusal", "long-use"})
_OF_WORKER = "case:this-worker"
_LONG_USE: Kind = "long-use"
_TRIED: Kind = "failed-care"
_SPOKEN_OF = "spoken_of"
_STUDY: Kind = "study"
_VISITS: Kind = "visits"
_RESPONSE: Kind = "response"
_FULFILMENT: frozenset[Kind] = frozenset({"fulfilled", "criteria-demanded"})

Concepts = Mapping[str, ConceptModel]


def conceded_fact(
    rationale: Sequence[Named], told: Sequence[Told], topic: Topic | None, concepts: Concepts, course: str
) -> Fact:
    """``reason.conceded``: whether two criteria are found met, and nothing is missing, absent, doubtful or too much.

    Words of contrast in a sentence that grants nothing may bring in a reason that is not understood. A ground that is
    one of several, each enough, is no reason where all that the topic requires is granted.
    """
    name = "reason.conceded"
    if topic is None:
        return Fact(name, "no", derivation="no topic's criteria decide the request")
    inverse = {c.concept_id for c in topic.criteria if c.inverse}
    asked = {c.concept_id for c in topic.criteria if concepts[c.concept_id].says != "guideline"} - inverse
    met = {t.observation.concept: t for t in told if t.observation.concept in asked and grants(t, concepts)}
    if len(met) < _LEAST:
        return Fact(name, "no", derivation="fewer than two criteria are found met")
    spare = _spare(told, topic, concepts, course)
    told = [t for t in told if t.place not in spare and not _of_a_drug(t, topic)]
    # what is asked of a continuation answers nothing of a first request: "the last block helped for two weeks"
    unwanted = {c.concept_id for c in topic.criteria if c.unwanted}
    of_course = asked & {c.concept_id for c in topic.criteria if c.course != "continuation" or c.course == course}
    granted = [t for t in told if t.observation.concept in of_course and grants(t, concepts)]
    for t in told:
        if not _beside_a_grant(t, told, granted, topic, concepts) and _held_against(
            t, granted, asked | inverse, inverse | unwanted, concepts
        ):
            return Fact(name, "no", (t.named.whole,), derivation="something is held against the request")
    # "there is no radiculopathy" meets the criterion that there be none
    absent = [t for t in told if t.observation.concept in inverse and t.observation.status is Assertion.DENIED]
    none_before = [t for t in told if _first_of_its_kind(t, topic)]
    # findings of an examination stand behind a criterion, and are hardly ever held against a request
    found = [t for t in told if inside_limit(t) or (concepts[t.observation.concept].located and grants(t, concepts))]
    # "walking is better and there are no side effects": what is denied there is good news
    wanted = [t for t in told if t.observation.status is Assertion.DENIED and grants(t, concepts)]
    good = [t for t in wanted if not any(u.place == t.place and speaks_against(u, concepts) for u in told)]
    clear = {id(t.named) for t in (*granted, *found, *absent, *good, *none_before)} | {
        id(rationale[at]) for at in spare
    }
    clear |= {id(n) for n in rationale if n.marks(*_favoring(topic, concepts)) and not n.marks("contrast")}
    # other care that brought nothing speaks for the next step, and seldom against it
    tried = [t for t in told if _TRIED in t.kinds and grants(t, concepts)]
    clear |= {id(t.named) for t in tried if course != "continuation"}
    open_ = [n for n in rationale if n.passage.tells_the_case and id(n) not in clear and not bare_verdict(n)]
    # "however, long-term use is not supported" is a rule that may be the reason
    first = min(t.place for t in met.values())
    advised = {t.place for t in told if concepts[t.observation.concept].says == "advice"} | spare
    rules = [n for at, n in enumerate(rationale) if at > first and at not in advised and _a_rule(n)]
    turned = [n for at, n in enumerate(rationale) if at not in spare and _turned(n, told, concepts)]
    short = [n for n in rationale if id(n) in clear and (n.marks("shortfall") or n in turned)]
    granting = {id(t.named) for t in (*granted, *tried, *good)}
    # "however, there is no image and strength is full": findings behind such a word are held against the request
    short += [t.named for t in found if t.named.marks("contrast") and id(t.named) not in granting]
    for named in (*open_, *rules, *short):
        if named in short or negates(named, tried) or named.marks("contrast"):
            return Fact(name, "no", (named.whole,), derivation="a sentence may hold a reason against it")
    shown = tuple(t.named.whole for t in list(met.values())[:2])
    beside = [n for n in rationale[first + 1 :] if _told_beside(n) or _with_its_reason(n)]
    # "the request is for a year's supply": behind what is granted an amount may be the reason
    beside += [n for n in open_ if n.marks("request-restated") and rationale.index(n) > first]
    stray = [n for n in open_ if not n.marks(*UNTELLING_MARKS)] + beside + _had_before(told, topic, concepts)
    if stray:
        return Fact(name, "likely", (*shown, stray[0].whole), Confidence.MEDIUM, "something else is told of the case")
    return Fact(name, "yes", shown, Confidence.MEDIUM, "criteria are met and nothing is held against it")


def _favoring(topic: Topic, concepts: Concepts) -> tuple[str, ...]:
    """Marks of what speaks for the request; an open cause of a complaint does so where a study is asked for."""
    study = topic.earlier and _STUDY in concepts[topic.earlier].tells_of
    return ("favors-request", "cause-unsettled") if study else ("favors-request",)


def _first_of_its_kind(told: Told, topic: Topic) -> bool:
    """Whether it says that there was none before: "she has had no acupuncture", "no earlier nerve study"."""
    return told.observation.concept == topic.earlier and told.observation.status is Assertion.DENIED


def _beside_a_grant(
    told: Told, all_told: Sequence[Told], granted: Sequence[Told], topic: Topic, concepts: Concepts
) -> bool:
    """What holds nothing against the request in a sentence that grants a criterion.

    It is left open there ("a tear is suspected"), or is a part of words that grant something else ("a tricyclic was
    tried and was poorly tolerated").
    """
    if _first_of_its_kind(told, topic):
        return True
    of_topic = {c.concept_id for c in topic.criteria}
    if told.observation.status is Assertion.UNCLEAR and told.observation.concept not in of_topic:
        return True  # "a tear is suspected" says no more than that the study is worth while
    if told.observation.status is Assertion.DOCUMENTED or not any(g.place == told.place for g in granted):
        return False
    if within(told, [t for t in all_told if t.place == told.place and grants(t, concepts)]):
        return True
    return told.observation.status is Assertion.UNCLEAR and not told.named.marks("contrast")


def _turned(named: Named, told: Sequence[Told], concepts: Concepts) -> bool:
    """Whether a sentence turns away from what it grants: "he has arthritis, but it is the spine that would be treated".

    Behind the turn nothing is granted.
    """
    own = [t for t in told if t.named is named]
    turns = [start for start, _ in named.marks("turns-away")]
    if not turns:
        return False
    behind = max(turns)
    if behind == 0:  # "although she has arthritis, the spine would be treated"
        behind = max(named.passage.folded.find(","), 0)
    return not any(t.stretch[0] >= behind for t in own if grants(t, concepts) or inside_limit(t))


def _had_before(told: Sequence[Told], topic: Topic, concepts: Concepts) -> list[Named]:
    """Where the same treatment was had before and nobody says what it did: that may be the reason."""
    if any(_RESPONSE in t.kinds and grants(t, concepts) for t in told):
        return []
    counted = {c.concept_id for c in topic.criteria if _VISITS in concepts[c.concept_id].tells_of}
    had = {topic.earlier, *counted}
    return [
        t.named
        for t in told
        if t.observation.concept in had
        and t.observation.status is Assertion.DOCUMENTED
        and not t.named.marks("favors-request")
    ]


def _of_a_drug(told: Told, topic: Topic) -> bool:
    """Long use where no drug is asked for: "three months of therapy failed" is held against no image."""
    drugs = topic.decides.classes or topic.decides.drugs
    return _LONG_USE in told.kinds and not drugs


def _told_beside(named: Named) -> bool:
    """What another reviewer did, or a rule with a word on the worker: "He is eight weeks on and should be weaned"."""
    role = named.passage.sentence.role
    return role is Role.QUOTATION or (
        role is Role.GUIDELINE and any(h.entry.id == _OF_WORKER for h in named.passage.hits.of("role"))
    )


def _with_its_reason(named: Named) -> bool:
    """A verdict that carries a reason, understood or not: "as the half was not reached, it is not necessary"."""
    return named.passage.sentence.role is Role.CONCLUSION and bool(named.marks("unmet-in-verdict"))


def _a_rule(named: Named) -> bool:
    return named.passage.sentence.role is Role.GUIDELINE


def _held_against(
    told: Told, granted: Sequence[Told], of_topic: set[str], inverse: set[str], concepts: Concepts
) -> bool:
    seen = told.observation
    if seen.status is not Assertion.DOCUMENTED and within(told, granted):
        return False
    over = not told.kinds.isdisjoint(_AGAINST) and seen.status is Assertion.DOCUMENTED
    doubted = seen.status is Assertion.UNCLEAR and seen.cue != _SPOKEN_OF
    open_ = seen.status is Assertion.NOT_DOCUMENTED or doubted
    return over or open_ or (seen.concept in of_topic and fails(told, concepts, inverse))


def _spare(told: Sequence[Told], topic: Topic, concepts: Concepts, course: str) -> set[int]:
    """Places that hold nothing against the request but a ground without which it may be granted.

    "He is not back at work, and that is the measure": relief and function would be enough.
    """
    grounds = {c.concept_id for c in topic.criteria if c.alternative}
    missed = [t for t in told if t.observation.concept in grounds and t.observation.status is Assertion.DENIED]
    if not missed:
        return set()
    required = [c for c in topic.criteria if c.required and c.asked_of("" if course == "untold" else course)]
    given = {t.observation.concept for t in told if grants(t, concepts)}
    if not required or any(c.concept_id not in given for c in required):
        return set()
    argued = grounds | {id_ for c in topic.criteria if c.alternative for id_ in c.argued_by}
    places = {t.place for t in told if t.observation.concept in argued}
    others = {c.concept_id for c in topic.criteria} - argued
    return {at for at in places if not any(t.place == at and _misses(t, others, concepts) for t in told)}


def _misses(told: Told, others: set[str], concepts: Concepts) -> bool:
    return told.observation.concept in others and speaks_against(told, concepts)


def one_kind_fact(rationale: Sequence[Named], told: Sequence[Told], topic: Topic | None, concepts: Concepts) -> Fact:
    """``reason.one_kind``: whether one kind of a thing is granted, of which any one is enough, and others held missing.

    Silent where anything else may be the reason: another thing missing, an amount, a contrast, a negation that no
    assertion explains.
    """
    name = "reason.one_kind"
    for criterion in topic.criteria if topic else ():
        if topic and criterion.any_of:
            pair = _one_kind(criterion, topic, rationale, told, concepts)
            if pair:
                return Fact(name, "granted", pair, Confidence.MEDIUM, "one kind is granted, and others are missing")
    return Fact(name, "none", derivation="no criterion of several kinds is granted by one and refused for another")


def _one_kind(
    criterion: Criterion, topic: Topic, rationale: Sequence[Named], told: Sequence[Told], concepts: Concepts
) -> tuple[Evidence, ...]:
    """The sentences that grant one kind and miss others; none where something else may be the reason."""
    kinds = {criterion.concept_id, *criterion.any_of}
    # what opens another way of the guideline may be absent too
    beside = kinds | {topic.criterion(id_).concept_id for way in topic.ways for id_ in way}
    beside |= {t.observation.concept for t in told if not t.kinds.isdisjoint(_FULFILMENT)}
    sure = [t for t in told if t.observation.concept in kinds and t.observation.confidence is Confidence.HIGH]
    shown = [t for t in sure if t.observation.status is Assertion.DOCUMENTED]
    lacking = [t for t in told if t.observation.concept in kinds and t.observation.status in MISSED]
    if not shown or not lacking:
        return ()
    for t in told:
        seen = t.observation
        over = not t.kinds.isdisjoint(_AGAINST) and seen.status is Assertion.DOCUMENTED
        of_topic = seen.concept in {c.concept_id for c in topic.criteria} - beside and speaks_against(t, concepts)
        missing = seen.status is Assertion.NOT_DOCUMENTED and seen.concept not in beside
        if over or of_topic or missing:
            return ()
    explained = {t.place for t in told if t.observation.concept in beside and t.observation.status in MISSED}
    for at, named in enumerate(rationale):
        if named.passage.tells_the_case and at not in explained and negates(named) and not bare_verdict(named):
            return ()
    return tuple(dict.fromkeys((shown[0].named.whole, lacking[0].named.whole)))
