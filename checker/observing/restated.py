"""What a rationale restates from a guideline, and whether it answers what continued use depends on."""

from collections.abc import Mapping, Sequence

from checker.knowledge.idiom import ConceptModel
from checker.knowledge.topics import Topic
from checker.model.facts import Confidence, Fact, Role
from checker.observing.mentions import Named
from checker.observing.statuses import Told

_SEVERAL = 2


def restated(rationale: Sequence[Named], asked: set[str]) -> dict[str, Named]:
    """Concepts of criteria that sentences restate from a guideline, each with the first of them."""
    quoted: dict[str, Named] = {}
    for named in rationale:
        if named.passage.sentence.role is Role.GUIDELINE:
            for hit in named.passage.hits.of("concept"):
                if hit.entry.id in asked and hit.entry.status != "ignored":
                    quoted.setdefault(hit.entry.id, named)
    return quoted


def response_fact(
    rationale: Sequence[Named], told: Sequence[Told], topic: Topic | None, concepts: Mapping[str, ConceptModel]
) -> Fact:
    """``reason.quoted_response``: whether it restates what continued use depends on, and says nothing of a response."""
    name = "reason.quoted_response"
    criteria = [c for c in topic.criteria if not c.inverse and c.concept_id != topic.earlier] if topic else []
    effects = {c.concept_id for c in criteria if c.course == "continuation" or _is_effect(concepts[c.concept_id])}
    quoted = restated(rationale, effects)
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
