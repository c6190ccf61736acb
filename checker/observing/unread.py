"""What a rationale tells of the case in words that no concept knows, and what that may speak of."""

from collections.abc import Iterable, Mapping, Sequence

from checker.knowledge.concepts import ConceptModel, Kind
from checker.knowledge.topics import Topic
from checker.model.facts import Confidence, Fact, Role
from checker.observing.mentions import Named
from checker.observing.passages import CARRIED
from checker.observing.statuses import Told
from checker.observing.weighed import UNTELLING_MARKS

SHORT = 15
"""A sentence of at most so many code points says nothing of a case."""

_RESPONSE: Kind = "response"


def unread(rationale: Sequence[Named], told: Iterable[Told]) -> list[Named]:
    """Sentences that tell something of the case that no concept knows: any of them may answer a criterion."""
    read = {t.place for t in told}
    return [
        n
        for at, n in enumerate(rationale)
        if at not in read
        and n.passage.tells_the_case
        and len(n.passage.folded) > SHORT
        and not n.marks(*UNTELLING_MARKS)
    ]


def unread_fact(dark: Sequence[Named]) -> Fact:
    """``reason.unread``: how many such sentences there are."""
    shown = tuple(n.whole for n in dark[:2])
    return Fact("reason.unread", len(dark), shown, derivation="sentences in which no concept is named")


def may_answer(dark: Sequence[Named], silent: Iterable[ConceptModel]) -> int:
    """How many of the sentences may speak of a concept: where one has ``hinted_by``, those with such a mark."""
    hints = [concept.hinted_by for concept in silent]
    return sum(any(not ids or named.marks(*ids) for ids in hints) for named in dark)


def response_told(
    rationale: Sequence[Named],
    told: Sequence[Told],
    dark: Sequence[Named],
    topic: Topic | None,
    concepts: Mapping[str, ConceptModel],
) -> Fact:
    """``reason.response``: whether anything is said of what the treatment did.

    ``hinted``: a sentence, understood or one of ``dark``, holds a word that may tell of it, so that nothing is passed
    over for sure.
    """
    name = "reason.response"
    criteria = {c.concept_id for c in topic.criteria if c.course == "continuation"} if topic else set()
    for t in told:
        if t.observation.concept in criteria or _RESPONSE in concepts[t.observation.concept].tells_of:
            return Fact(name, "told", (t.named.whole,), derivation="what a treatment did is spoken of")
    unknown = {id(n) for n in dark}
    for n in rationale:
        sentence = n.passage.sentence
        if sentence.role is Role.GUIDELINE and sentence.cue != CARRIED:
            continue
        if n.marks("effect-named") or (id(n) in unknown and n.marks("effect-possible")):
            return Fact(name, "hinted", (n.whole,), derivation="a word that may tell what the treatment did")
    return Fact(name, "silent", (), Confidence.MEDIUM, "no word tells what the treatment did")
