"""What a rationale restates from a guideline, and whether it answers what continued use depends on."""

from collections.abc import Mapping, Sequence

from checker.knowledge.concepts import ConceptModel
from checker.knowledge.topics import Topic
from checker.model.facts import Assertion, Confidence, Fact, Role
from checker.observing.mentions import Named
from checker.observing.statuses import Told
from checker.observing.weighed import speaks_against

_SEVERAL = 2


def restated(rationale: Sequence[Named], asked: set[str], *, excepted: bool = True) -> dict[str, Named]:
    """Concepts of criteria that sentences restate from a guideline, each with the first of them.

    Args:
        rationale: The sentences.
        asked: Ids of the concepts.
        excepted: Whether what stands in an exception of the guideline counts: "first-line, unless poorly tolerated".
    """
    quoted: dict[str, Named] = {}
    for named in rationale:
        if named.passage.sentence.role is Role.GUIDELINE:
            for hit in named.passage.hits.of("concept"):
                if (
                    hit.entry.id in asked
                    and hit.entry.status != "ignored"
                    and (excepted or not _in_exception(named, hit.start))
                ):
                    quoted.setdefault(hit.entry.id, named)
    return quoted


def _in_exception(named: Named, at: int) -> bool:
    return any(end <= at for _, end in named.marks("exception-begins"))


def response_fact(
    rationale: Sequence[Named], told: Sequence[Told], topic: Topic | None, concepts: Mapping[str, ConceptModel]
) -> Fact:
    """``reason.quoted_response``: whether it restates what continued use depends on, and says nothing of a response."""
    name = "reason.quoted_response"
    criteria = [c for c in topic.criteria if not c.inverse and c.concept_id != topic.earlier] if topic else []
    effects = {c.concept_id for c in criteria if c.course == "continuation" or _is_effect(concepts[c.concept_id])}
    quoted = restated(rationale, effects, excepted=False)
    if len(quoted) < _SEVERAL:
        return Fact(name, "none", derivation="fewer than two criteria of continued use are restated")
    before = topic.earlier if topic else ""
    for t in told:
        seen = t.observation.concept
        if seen != before and (seen in effects or _is_effect(concepts[seen])):
            return Fact(name, "answered", (t.named.whole,), derivation="what the treatment did is spoken of")
    shown = tuple(dict.fromkeys(n.whole for n in quoted.values()))[:2]
    return Fact(name, "unanswered", shown, Confidence.MEDIUM, "nothing is said of what the treatment did")


def _is_effect(concept: ConceptModel) -> bool:
    """Whether only what the disputed treatment did counts for a concept."""
    return concept.attribute_to != "any" and concept.says == "record"


def quoted_criteria(
    rationale: Sequence[Named],
    told: Sequence[Told],
    topic: Topic | None,
    concepts: Mapping[str, ConceptModel],
    *,
    unread: bool,
    dark: bool,
) -> Fact:
    """``reason.quoted_criteria``: whether all that it takes up of the criteria it restates is missing or absent.

    Args:
        rationale: Its sentences.
        told: What they assert.
        topic: That decides the item.
        concepts: Those of the lexicon.
        unread: Words of the case stand in a quotation that was never closed, so nothing is passed over in silence.
        dark: A sentence tells something that is not understood, and may be the answer.

    Of letters that nobody had seen, most of those that seemed to miss a criterion answered it in words not understood;
    so that one is missed is said with low confidence.
    """
    name = "reason.quoted_criteria"
    # A statement about the guideline itself is no criterion that a worker could fail.
    criteria = [c for c in topic.criteria if concepts[c.concept_id].says != "guideline"] if topic else []
    asked = {c.concept_id for c in criteria if not c.inverse}
    quoted = restated(rationale, asked)
    if not quoted:
        return Fact(name, "none", derivation="no sentence restates a criterion of the topic")
    answers = [t for t in told if t.observation.concept in quoted]
    failing = [t for t in answers if speaks_against(t, concepts)]
    if not unread and not any(t.observation.concept in {c.concept_id for c in criteria} for t in told):
        first = (next(iter(quoted.values())).whole,)
        sure = Confidence.LOW if dark else Confidence.MEDIUM
        return Fact(name, "unanswered", first, sure, "nothing is said of any criterion of the topic")
    if not failing or any(t.observation.status is Assertion.DOCUMENTED for t in answers):
        return Fact(name, "open", derivation="no criterion restated is said to be missing, or another is met")
    if topic and _one_way_met(topic, quoted, told) and not _asked_by_course(topic, failing):
        return Fact(name, "open", derivation="alternatives are restated, and one of them is met")
    shown = (quoted[failing[0].observation.concept].whole, failing[0].named.whole)
    return Fact(name, "failed", shown, Confidence.LOW, "what is taken up of it is missing or absent")


def _one_way_met(topic: Topic, quoted: Mapping[str, Named], told: Sequence[Told]) -> bool:
    """Whether one of several ways is found met, or what touches upon a criterion that alone is one.

    "There was no ulcer, but at seventy he is at risk by his age alone": any one of the list is enough. What is asked of
    first requests or of continuations only is no way out for all.
    """
    there = {t.observation.concept for t in told if t.observation.status is Assertion.DOCUMENTED}
    for way in topic.ways if len(topic.ways) > 1 else ():
        criteria = [topic.criterion(id_) for id_ in way]
        if any(c.course for c in criteria):
            continue
        if all(c.concept_id in there for c in criteria):
            return True
        if len(criteria) == 1 and criteria[0].concept_id in quoted and not there.isdisjoint(criteria[0].touched_by):
            return True
    return False


def _asked_by_course(topic: Topic, failing: Sequence[Told]) -> bool:
    """Whether what fails is asked of such a request beside the alternatives: the response to what was taken."""
    absent = {t.observation.concept for t in failing}
    return any(c.course and c.concept_id in absent for c in topic.criteria)
