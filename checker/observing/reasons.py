"""What kind of reasons a rationale gives: facts of the case, a ground of its own, limits of visits, a contradiction."""

from collections.abc import Iterable, Mapping, Sequence

from checker.knowledge.concepts import ConceptModel, Kind
from checker.knowledge.grammar import Grammar
from checker.knowledge.idiom import Idiom
from checker.knowledge.lexicon import Lexicon
from checker.knowledge.topics import Topic
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Assertion, Confidence, Evidence, Fact, Part, Role
from checker.observing.conceded import conceded_fact, one_kind_fact
from checker.observing.contradicted import said_and_unsaid
from checker.observing.foreign import foreign_fact
from checker.observing.kin import by_its_word
from checker.observing.mentions import About, Named
from checker.observing.numbers_told import guideline_number
from checker.observing.owed import owed_step
from checker.observing.passages import CARRIED, QUOTED, REFERRED, ends_quotation
from checker.observing.restated import quoted_criteria, response_fact
from checker.observing.stated_limits import stated_limits
from checker.observing.statuses import MISSED, Told
from checker.observing.unread import SHORT, response_told, unread_fact
from checker.observing.weighed import (
    EMPTY_MARKS,
    LIMIT,
    SAYING_NOTHING,
    bare_verdict,
    fails,
    grants,
    inside_limit,
    negates,
    over_limit,
    speaks_against,
)

_FULFILLED: Kind = "fulfilled"
_BEHIND_COPY = 35
"""The thing stands within so many code points of "report of"."""

_HARDLY_A_WORD = 25
"""So many code points beside a conclusion are its subject and no fact: "the ... the request"."""

_SEVERAL = 3
"""So many things told of the worker are more than what a request is called."""

_STATES_RULE, _PAST = "guideline:states-a-rule", "case:past-tense"
_GROUND = "reason.ground"
_NO_OCCASION = "no-occasion-yet"
_BY_GUIDELINE = "guideline-for-request"
_SETS_APART = ("sets-apart", "turns-away")
"""Marks of what is set against what was granted: a ground, unless it is one of several of which another is enough."""
_GENERAL = "guideline:general-present"
"""The role cue of a plain present tense, which a rule and a terse word on the worker share."""

_STATED = ("documented", "denied", "not_documented")
_MISSING = "not_documented"


def reason_facts(
    item: Item,
    rationale: Sequence[Named],
    told: Sequence[Told],
    topic: Topic | None,
    idiom: Idiom,
    *,
    lexicon: Lexicon,
    relations: Sequence[About],
    dark: Sequence[Named],
    course: str,
) -> list[Fact]:
    """``reason.*`` of one item.

    Args:
        item: The disputed item.
        rationale: Sentences of its rationale.
        told: What they assert.
        topic: The topic that decides the item.
        idiom: The lexicon.
        lexicon: Names of drugs and treatments.
        relations: How each sentence of the rationale relates to the item.
        dark: Sentences of the rationale that no concept knows.
        course: ``item.course``.
    """
    concepts = idiom.concepts
    beside = item.drug is None  # "naproxen failed, but twelve visits are too many" speaks of the visits asked for
    elsewhere = {
        t.place
        for t in told
        if _of_another(t, relations, concepts)
        and not (beside and (t.named.drugs or by_its_word(item, t.named, lexicon)))
    }
    # "he walks with a cane and leaves the house" speaks of another thing, and of a criterion of this one
    of_topic = {id_ for c in topic.criteria if c.required for id_ in c.grounds} if topic else set()
    own = [t for t in told if t.place not in elsewhere or _own_ground(t, of_topic, concepts)]
    swallowed = _quoted_case_left(rationale, idiom.grammar)
    return [
        _case_facts(item, rationale, told, idiom),
        _ground(rationale, own, topic, concepts, elsewhere, course=course)
        or _ground_of_another([t for t in told if t.place in elsewhere], concepts),
        conceded_fact(rationale, told, topic, concepts, course),
        one_kind_fact(rationale, told, topic, concepts),
        foreign_fact(rationale, told, dark, topic, concepts, course=course, relations=relations),
        _contradiction(rationale, told),
        said_and_unsaid(item, own, concepts, lexicon),
        owed_step(item, rationale),
        quoted_criteria(rationale, told, topic, concepts, unread=swallowed, dark=bool(dark)),
        response_fact(rationale, told, topic, concepts),
        response_told(rationale, told, dark, topic, concepts),
        unread_fact(dark),
        *stated_limits(rationale, lexicon.measures.limits),
        guideline_number(rationale, topic, lexicon.measures),
    ]


def _whole(named: Iterable[Named]) -> tuple[Evidence, ...]:
    return tuple(n.whole for n in named)


def _case_facts(item: Item, rationale: Sequence[Named], told: Sequence[Told], idiom: Idiom) -> Fact:
    """Whether a fact of the case stands between the criteria and the conclusion."""
    name = "reason.case_facts"
    request = fold(item.request)
    # "the TENS unit, 30 day trial, is necessary" says nothing but the request
    record = [t for t in told if idiom.concepts[t.observation.concept].says == "record" and _words(t) not in request]
    lacking = {t.place for t in record if t.observation.status in MISSED} | _told_of_in_verdict(record)
    empty = _only_advises(rationale, told, idiom) | _only_within_limit(told, record) | _only_concludes(rationale, told)
    spoken: dict[int, set[str]] = {}
    for t in record:
        spoken.setdefault(t.place, set()).add(t.observation.concept)
    telling = [
        n for at, n in enumerate(rationale) if at not in empty and _tells(n, spoken.get(at, set()), lacks=at in lacking)
    ]
    if telling:
        return Fact(name, "yes", _whole(telling[:2]))
    swallowed = (n for n in _outside_quotations(rationale) if _quoted_case(n, idiom.grammar))
    carried = _carried_to_the_end(rationale) or list(swallowed)
    if item.rationale is None or not rationale or carried:
        return Fact(name, UNKNOWN, _whole(carried[:1]), derivation="a sentence that may be guideline or case")
    if all(n.passage.sentence.cue == _GENERAL for n in rationale if n.passage.sentence.role is Role.GUIDELINE):
        return Fact(name, UNKNOWN, derivation="no guideline is restated, but by general words that may be of the case")
    verdict = (Evidence(Part.RATIONALE, item.verdict_span),) if item.verdict_span else _whole(rationale[-1:])
    return Fact(name, "no", verdict, Confidence.MEDIUM, "no sentence about the case but the request and the verdict")


def _only_within_limit(told: Sequence[Told], record: Sequence[Told]) -> set[int]:
    """Places where the request is found within a limit and nothing is told of the worker."""
    within = {t.place for t in told if inside_limit(t)}
    stated = (Assertion.DOCUMENTED, *MISSED)
    return within - {t.place for t in record if t.observation.status in stated and not inside_limit(t)}


def _only_concludes(rationale: Sequence[Named], told: Sequence[Told]) -> set[int]:
    """Places where the guideline is said to be met, or to support the request, or not, and hardly a word beside.

    That is what the facts of the case should lead to, and none of them. "None of the conditions is present" is one.
    """
    met = [t for t in told if _FULFILLED in t.kinds and t.observation.status is Assertion.DOCUMENTED]
    beside = {t.place for t in told if _FULFILLED not in t.kinds}
    stretches: dict[int, list[tuple[int, int]]] = {}
    for t in met:
        stretches.setdefault(t.place, []).append(t.stretch)
    found: set[int] = set()
    for at, named in enumerate(rationale):
        of = [*stretches.get(at, ()), *named.marks(_BY_GUIDELINE)]
        if of and at not in beside:
            said = max(end for _, end in of) - min(start for start, _ in of)
            if len(named.passage.folded) - said <= _HARDLY_A_WORD:
                found.add(at)
    return found


def _told_of_in_verdict(record: Sequence[Told]) -> set[int]:
    """Places where so much is told of the worker that it is more than the verdict beside it.

    "He takes it daily, is constipated by it, and the laxative is therefore medically necessary."
    """
    concepts: dict[int, set[str]] = {}
    for t in record:
        if t.observation.status is Assertion.DOCUMENTED:
            concepts.setdefault(t.place, set()).add(t.observation.concept)
    return {place for place, found in concepts.items() if len(found) >= _SEVERAL}


def _words(told: Told) -> str:
    """The folded words of an assertion."""
    start, end = told.stretch
    return told.named.passage.folded[start:end]


def _only_advises(rationale: Sequence[Named], told: Sequence[Told], idiom: Idiom) -> set[int]:
    """Places behind the verdict where nothing but advice is given: "it should be weaned" is no reason."""
    verdicts = [at for at, n in enumerate(rationale) if n.passage.sentence.role is Role.CONCLUSION]
    behind = [t for t in told if verdicts and t.place > verdicts[0]]
    advised = {t.place for t in behind if idiom.concepts[t.observation.concept].says == "advice"}
    return advised - {t.place for t in behind if idiom.concepts[t.observation.concept].says == "record"}


def _carried_to_the_end(rationale: Sequence[Named]) -> list[Named]:
    """Sentences without a cue that no guideline sentence follows: they may restate it or speak of the case."""
    found: list[Named] = []
    for named in rationale:
        sentence = named.passage.sentence
        if sentence.cue == CARRIED:
            found.append(named)
        elif sentence.role is Role.GUIDELINE:
            found.clear()
    # "there is none" is of the case, however short; "four visits agree with that" is of the request alone
    return [n for n in found if negates(n) or (len(n.passage.folded) > SHORT and not n.marks(*EMPTY_MARKS))]


def _outside_quotations(rationale: Sequence[Named]) -> list[Named]:
    """The sentences but those inside a quotation that is closed: what stands there is the guideline's to the end."""
    found: list[Named] = []
    inside: list[Named] = []
    for named in rationale:
        quoted = named.passage.sentence.cue == QUOTED
        if not quoted:
            found += [*inside, named]
            inside = []
        elif ends_quotation(named.passage.folded):
            inside = []
            if found and found[-1].passage.sentence.role is Role.GUIDELINE:
                found.pop()  # that begins it
        else:
            inside.append(named)
    return found + inside


def _quoted_case_left(rationale: Sequence[Named], grammar: Grammar) -> bool:
    """Whether a quotation that was never closed has swallowed words of the case."""
    quoting = (named for named in _outside_quotations(rationale) if named.passage.sentence.cue == QUOTED)
    return any(_quoted_case(named, grammar) for named in quoting)


def _quoted_case(named: Named, grammar: Grammar) -> bool:
    """A sentence that a quotation mark never closed has swallowed: it has words of the case."""
    sentence = named.passage.sentence
    if sentence.role is not Role.GUIDELINE or sentence.cue == REFERRED:
        return False
    missing = any(h.entry.status == _MISSING for h in named.passage.hits.of("cue"))
    if named.marks(*SAYING_NOTHING) and not missing:
        return False
    words = f" {named.passage.folded}"
    roles = named.passage.hits.of("role")
    rules = [h for h in roles if h.entry.status == "guideline"]
    return any(
        h.entry.status == "case"
        and not (sentence.cue == _STATES_RULE and h.entry.id == _PAST)  # "several trials have looked at this"
        and not _in_condition(words[: h.start + 1], grammar)
        # "the physician's order must state", "opioids should be continued"
        and not any(r.start <= h.start <= r.end + 1 for r in rules)
        for h in roles
    )


def _in_condition(before: str, grammar: Grammar) -> bool:
    """Whether words stand in a condition of the guideline: "an option when other care has failed"."""
    return any(word in before for word in grammar.in_a_condition)


def _tells(named: Named, spoken: set[str], *, lacks: bool) -> bool:
    """Whether a sentence tells something of the case: ``spoken`` are the concepts of the record that it asserts."""
    role = named.passage.sentence.role
    if role is Role.CONCLUSION:
        # "given the lack of red flags, the request is not medically necessary"
        return lacks or bool(named.marks("reason-in-verdict"))
    cues = [h for h in named.passage.hits.of("cue") if h.entry.status in ("not_documented", "denied")]
    if role not in (Role.CASE, Role.APPLICATION):
        return role is Role.QUOTATION
    empty = named.marks(*EMPTY_MARKS)
    return bool(cues) or not empty or _goes_on(named, spoken, max(end for _, end in empty))


def _goes_on(named: Named, spoken: set[str], end: int) -> bool:
    """Whether a sentence that begins with a mere complaint or the request states something of the case behind it."""
    return any(
        h.entry.id in spoken and h.entry.status in _STATED and h.start >= end for h in named.passage.hits.of("concept")
    )


def _ground(
    rationale: Sequence[Named],
    told: Sequence[Told],
    topic: Topic | None,
    concepts: Mapping[str, ConceptModel],
    elsewhere: set[int],
    *,
    course: str,
) -> Fact | None:
    """What the rationale says of the request that speaks against it, None where it says nothing.

    What stands at the places ``elsewhere`` is of another treatment.

    required: a criterion that the topic requires; limit: an amount; other: anything said to be missing or absent.
    """
    inverse = {c.concept_id for c in topic.criteria if c.inverse} if topic else set()
    against = [t for t in told if fails(t, concepts, inverse) and not t.named.marks(_NO_OCCASION)]
    shown = {t.observation.concept for t in told if t.observation.status is Assertion.DOCUMENTED}
    failing = _decisive(topic, against, shown, course) if topic else []
    if failing:
        return Fact(_GROUND, "required", _whole(t.named for t in failing[:2]))
    limits = [t for t in told if over_limit(t)]
    if limits:
        return Fact(_GROUND, "limit", _whole(t.named for t in limits[:1]))
    by_sentence: dict[int, list[Told]] = {}
    for t in told:
        by_sentence.setdefault(id(t.named), []).append(t)
    deciding = {id_ for way in topic.ways for id_ in way} if topic else set()
    # "there is no radiculopathy" meets the criterion that there be none
    spare = (
        {c.concept_id for c in topic.criteria if not c.required and c.id not in deciding} | inverse if topic else set()
    )
    of_topic = {c.concept_id for c in topic.criteria if not c.inverse} if topic else set()
    beside = {c.concept_id for c in topic.criteria if c.alternative} if topic else set()
    strange = {id(rationale[at]) for at in elsewhere}
    others = [
        n
        for n in _after_met(rationale, told)
        if n.passage.tells_the_case
        and not bare_verdict(n)
        and id(n) not in strange
        and (
            (n.marks(*_SETS_APART) and not _misses_only(by_sentence.get(id(n), []), beside))
            or (
                negates(n, _granting(by_sentence.get(id(n), ()), of_topic, concepts))
                and not _explained(by_sentence.get(id(n), []), spare, concepts)
            )
        )
    ]
    return Fact(_GROUND, "other", _whole(others[:2])) if others else None


def _ground_of_another(told: Sequence[Told], concepts: Mapping[str, ConceptModel]) -> Fact:
    """What the rationale holds against another treatment alone: its visits are used up, it did not help."""
    found = [t for t in told if over_limit(t) or speaks_against(t, concepts)]
    return Fact(_GROUND, "another", _whole(t.named for t in found[:2])) if found else Fact(_GROUND, "none")


def _of_another(told: Told, relations: Sequence[About], concepts: Mapping[str, ConceptModel]) -> bool:
    """Whether an amount, or what a treatment did, is told in a sentence that only names another treatment."""
    concept = concepts[told.observation.concept]
    of_item = concept.attribute_to == "item" or over_limit(told)
    return of_item and relations[told.place] is About.ANOTHER


def _own_ground(told: Told, of_topic: set[str], concepts: Mapping[str, ConceptModel]) -> bool:
    """Whether it is a required criterion of the topic that no treatment of the sentence can have brought about."""
    concept = concepts[told.observation.concept]
    return concept.id in of_topic and concept.attribute_to != "item" and LIMIT not in told.kinds


def _decisive(topic: Topic, against: Sequence[Told], shown: set[str], course: str) -> list[Told]:
    """What speaks against a required criterion or, where the topic names ways, against each of them.

    A criterion among what is ``shown`` holds whatever is said of that without which it could not be met. What is
    asked of a continuation alone decides nothing of a first request: "he has not had a trial" of a trial.
    """
    asked = [c for c in topic.criteria if c.required and not (course == "first" and c.course == "continuation")]
    required = {id_ for c in asked for id_ in ((c.concept_id,) if c.concept_id in shown else c.grounds)}
    ways = [{ground for id_ in way for ground in topic.criterion(id_).grounds} for way in topic.ways]
    required -= _of_other_ways(ways, {t.observation.concept for t in against}, shown)
    failing = [t for t in against if t.observation.concept in required]
    if failing or not topic.ways:
        return failing
    of_ways = [t for t in against if any(t.observation.concept in way for way in ways)]
    shut = all(any(t.observation.concept in way for t in of_ways) for way in ways)
    return of_ways if shut else []


def _of_other_ways(ways: Sequence[set[str]], missed: set[str], shown: set[str]) -> set[str]:
    """What only other ways ask for, where one is begun and nothing of it is missed: "no red flag, but a foot drop".

    What all ways ask for begins none of them.
    """
    common = set.intersection(*ways) if ways else set()
    begun = [way for way in ways if not (way - common).isdisjoint(shown) and way.isdisjoint(missed)]
    return set().union(*ways) - set().union(*begun) if begun else set()


def _granting(told: Iterable[Told], of_topic: set[str], concepts: Mapping[str, ConceptModel]) -> list[Told]:
    """Those that grant a criterion of the topic."""
    return [t for t in told if t.observation.concept in of_topic and grants(t, concepts)]


def _after_met(rationale: Sequence[Named], told: Sequence[Told]) -> Sequence[Named]:
    """What follows the statement that the criteria are met: what was held against the request before it is answered."""
    met = [t.place for t in told if _FULFILLED in t.kinds and t.observation.status is Assertion.DOCUMENTED]
    return rationale[max(met) + 1 :] if met else rationale


def _explained(told: Sequence[Told], spare: set[str], concepts: Mapping[str, ConceptModel]) -> bool:
    """Whether all that a sentence denies is no ground: "no side effects", or a criterion that alone decides nothing."""
    negative = [t for t in told if t.observation.status in (Assertion.DENIED, Assertion.NOT_DOCUMENTED)]
    return bool(negative) and all(t.observation.concept in spare or not speaks_against(t, concepts) for t in negative)


def _misses_only(told: Sequence[Told], spare: set[str]) -> bool:
    """Whether a sentence misses something, and nothing but things without which the request may be granted."""
    missed = [t.observation.concept for t in told if t.observation.status in MISSED]
    return bool(missed) and spare.issuperset(missed)


def _contradiction(rationale: Sequence[Named], told: Sequence[Told]) -> Fact:
    """A sentence that says the record lacks something and, in the same breath, that it holds it."""
    name = "reason.contradiction"
    missing = {id(t.named): t for t in told if t.observation.status is Assertion.NOT_DOCUMENTED}
    for named in rationale:
        after_all = [place for place in named.marks("said-after-all") if not _denied_in(named, place)]
        if after_all and id(named) in missing and not _copy_missing(named, after_all):
            return Fact(name, "yes", _whole([named]), Confidence.HIGH, "said to be missing, then to have been done")
    return Fact(name, "no")


def _copy_missing(named: Named, after_all: Sequence[tuple[int, int]]) -> bool:
    """Whether all that is missing is a copy: "no report of the evaluation, which he says was done"."""
    behind = [n for _, n in named.marks("copy-missing")]
    return all(any(n <= start <= n + _BEHIND_COPY for n in behind) for start, _ in after_all)


def _denied_in(named: Named, place: tuple[int, int]) -> bool:
    """Whether words themselves deny: "but the record has no mention of exercises carried out at home"."""
    start, end = place
    return any(
        start <= h.start and h.end <= end and h.entry.status in ("denied", "not_documented")
        for h in named.passage.hits.of("cue")
    )
