"""Pain scores and relief that the rationale tells, against those of the case summary."""

from collections.abc import Iterable, Mapping, Sequence

from checker.model.facts import Confidence, Fact

_PAIN = ("with", "without", "before", "after", "worst", "least", "average")
_RATIONALE = tuple((f"pain.summary_{of}", f"pain.rationale_{of}") for of in _PAIN)
_OF_ITEM = (
    ("item.relief_percent_summary", "item.relief_percent_rationale"),
    ("item.relief_days_summary", "item.relief_days_rationale"),
)


def figures_compared(facts: Iterable[Fact]) -> list[Fact]:
    """``compare.pain`` and ``compare.relief`` of one item; nothing where no number is told in both parts.

    A part that tells several numbers of one kind has none of it, so that only single numbers are held against each
    other. A score without a word on when, or of today, is left out: two visits have two.

    Args:
        facts: The numbers of the letter and of the item.
    """
    told = {fact.name: fact for fact in facts if isinstance(fact.value, int | float)}
    if not any(of_rationale in told for _, of_rationale in (*_RATIONALE, *_OF_ITEM)):
        return []
    return [*_compared("compare.pain", _RATIONALE, told), *_compared("compare.relief", _OF_ITEM, told)]


def _compared(name: str, pairs: Sequence[tuple[str, str]], told: Mapping[str, Fact]) -> list[Fact]:
    both = [(told[a], told[b]) for a, b in pairs if a in told and b in told]
    if not both:
        return []
    for of_summary, of_rationale in both:
        if of_summary.value != of_rationale.value:
            words = f"{of_rationale.value:g} in the rationale, {of_summary.value:g} in the case summary"
            evidence = (*of_rationale.evidence[:1], *of_summary.evidence[:1])
            return [Fact(name, "different", evidence, Confidence.MEDIUM, words)]
    return [Fact(name, "same", both[0][1].evidence[:1], derivation="both parts tell the same numbers")]
