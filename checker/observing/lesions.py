"""Whether the clause that a rationale applies is written for the lesion that the worker has, or for another one."""

from collections.abc import Sequence

from checker.knowledge.topics import Topic
from checker.model.facts import Assertion, Confidence, Fact
from checker.observing.coverage import Statuses
from checker.observing.mentions import Named
from checker.observing.restated import restated

_NAME = "criteria.lesion"
_LOOKED_FOR = (Assertion.DENIED, Assertion.NOT_DOCUMENTED)


def lesion_fact(topic: Topic | None, rationale: Statuses, summary: Statuses, sentences: Sequence[Named]) -> Fact:
    """``criteria.lesion``: ``another`` where no lesion that the rationale tests for is the one complained of.

    Tested for is what it restates from the guideline and what it says to be absent. Where the letter does not tell
    which lesion of the region the complaint is of, or tells of one that is tested for, nothing is wrong.

    Args:
        topic: The topic that decides the item, with its ``lesions``.
        rationale: What the rationale says of each concept.
        summary: What the case summary says of each concept.
        sentences: Those of the rationale.
    """
    lesions = topic.lesions if topic else ()
    quoted = restated(sentences, set(lesions)) if lesions else {}
    if topic and quoted and _beside(topic, sentences, list(quoted.values())):
        return Fact(_NAME, "none", derivation="a criterion for every lesion is restated beside it")
    tested = {id_ for id_ in lesions if id_ in quoted or rationale.get(id_) in _LOOKED_FOR}
    there = {id_ for id_ in lesions if Assertion.DOCUMENTED in (rationale.get(id_), summary.get(id_))}
    if not tested or not there:
        return Fact(_NAME, "none", derivation="no lesion is tested for, or it is not told which one is complained of")
    if tested & there:
        return Fact(_NAME, "own", derivation="the lesion tested for is complained of")
    shown = tuple(quoted[id_].whole for id_ in lesions if id_ in quoted)[:1]
    return Fact(_NAME, "another", shown, Confidence.MEDIUM, "only another lesion of the region is complained of")


def _beside(topic: Topic, sentences: Sequence[Named], clauses: Sequence[Named]) -> bool:
    """Whether other sentences than the clauses for one lesion restate what the topic requires of all."""
    others = [n for n in sentences if not any(n is clause for clause in clauses)]
    return bool(restated(others, {c.concept_id for c in topic.criteria if c.required}))
