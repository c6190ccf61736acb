"""The case summary against itself: a finding affirmed and denied in one breath, one drug in many strengths."""

from collections.abc import Mapping, Sequence

from checker.knowledge.concepts import ConceptModel
from checker.knowledge.lexicon import Lexicon
from checker.language import amounts, dates
from checker.model.facts import Assertion, Confidence, Fact
from checker.observing.items_compared import same_parts
from checker.observing.mentions import Named
from checker.observing.statuses import Told

_AFTER_NAME = 25
"""A strength belongs to the drug named at most so many code points before it."""

_TOO_MANY = 3
"""Two strengths of a drug may be a change of dose."""

_SAME_VISIT = 4
"""So many sentences on, a summary may be at another visit."""

_HELD = (Assertion.DOCUMENTED, Assertion.DENIED)


def summary_facts(
    summary: Sequence[Named], told: Sequence[Told], lexicon: Lexicon, concepts: Mapping[str, ConceptModel]
) -> list[Fact]:
    """``letter.summary_conflict`` and ``letter.drug_strengths``.

    Args:
        summary: Sentences of the case summary.
        told: Its assertions.
        lexicon: Names of drugs and parts of the body.
        concepts: The concepts of the lexicon.
    """
    return [_conflict(told, lexicon, concepts), _strengths(summary, lexicon)]


def _conflict(told: Sequence[Told], lexicon: Lexicon, concepts: Mapping[str, ConceptModel]) -> Fact:
    """A symptom or sign of the worker, not of one part of the body, that one visit both has and has not."""
    name = "letter.summary_conflict"
    last: dict[str, Told] = {}
    for t in told:
        seen = t.observation
        if seen.status not in _HELD or seen.confidence is Confidence.LOW or not concepts[seen.concept].of_worker:
            continue
        before = last.get(seen.concept)
        if before is not None and before.observation.status is not seen.status and _one_visit(before, t, lexicon):
            both = (before.named.whole, t.named.whole)
            return Fact(name, "yes", both, Confidence.MEDIUM, f"{concepts[seen.concept].title}: affirmed and denied")
        last[seen.concept] = t
    return Fact(name, "no", derivation="nothing is affirmed and denied of one visit")


def _one_visit(first: Told, second: Told, lexicon: Lexicon) -> bool:
    """Whether two sentences are of one visit and of the same part of the body."""
    if second.place == first.place or second.place - first.place > _SAME_VISIT:
        return False
    if next(dates.find(second.named.passage.folded), None) is not None:
        return False
    return same_parts(first.named, second.named, lexicon)


def _strengths(summary: Sequence[Named], lexicon: Lexicon) -> Fact:
    """Three strengths of one drug or more."""
    name = "letter.drug_strengths"
    found: dict[str, dict[float, Named]] = {}
    for named in summary:
        if not named.drugs:
            continue
        for mention in named.drugs:
            after = named.passage.folded[mention.end : mention.end + _AFTER_NAME]
            first = next(amounts.strengths(after), None)
            if first is not None:
                entry = lexicon.drug(mention.entry)
                found.setdefault(entry.generic, {}).setdefault(first.values[0], named)
    for generic, strengths in found.items():
        if len(strengths) >= _TOO_MANY:
            evidence = tuple(dict.fromkeys(n.whole for n in strengths.values()))
            told = f"{generic} in {', '.join(f'{value:g}' for value in strengths)}"
            return Fact(name, "several", evidence, Confidence.MEDIUM, told)
    return Fact(name, "few", derivation="no drug stands in three strengths")
