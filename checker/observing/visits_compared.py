"""The visits that a rationale counts as had, against those that the case summary tells of."""

from collections.abc import Sequence

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Fact
from checker.observing.mentions import About, Named
from checker.observing.visits_told import VisitsTold, relation_of, visits_told

_NAME = "compare.visits_had"
_IN_REASONS = "compare.visits_in_reasons"
_NONE, _LATELY = "visits-none", "visits-none-lately"
_UNCOUNTED = "visits-uncounted"
_NEAR = (About.ITEM, About.CLASS)
_ALREADY = "visits-already"


def visits_in_reasons(item: Item, lexicon: Lexicon, sentences: Sequence[tuple[Named, About]]) -> Fact:
    """``compare.visits_in_reasons``: whether a rationale counts visits of the item as had and says that none were.

    Args:
        item: The disputed item.
        lexicon: The treatments.
        sentences: Those of case summary and rationale with how each relates to the item.
    """
    own = [n for n, relation in sentences if relation is About.ITEM and n.passage.sentence.item]
    own = [n for n in own if n.passage.tells_the_case]
    for named in own if item.drug is None else ():
        places = named.marks(_NONE)
        if not places or named.marks(_LATELY):
            continue
        parts = {m.entry for m in lexicon.body_parts_in(named.passage.sentence.text)}
        for t in visits_told((n for n in own if n is not named), lexicon.measures):
            others = {m.entry for m in lexicon.body_parts_in(t.named.passage.sentence.text)}
            if t.visits.kind == "had" and not (parts and others and parts.isdisjoint(others)):
                shown = (named.evidence(*places[0]), t.evidence)
                return Fact(_IN_REASONS, "had_and_none", shown, Confidence.MEDIUM, "said to be the first, and counted")
    return Fact(_IN_REASONS, "agree", derivation="the rationale does not both count visits and say that none were had")


def visits_compared(
    item: Item, lexicon: Lexicon, sentences: Sequence[tuple[Named, About]], of_summary: Sequence[VisitsTold]
) -> list[Fact]:
    """``compare.visits_had`` of one item; nothing where the rationale counts no visits as had.

    Only more than everything that the summary tells of is another number: a smaller one may be of one course, of one
    part of the body, or of the time since an operation. Both parts must name the very treatment, but for a rationale
    that speaks of no other one that is counted in visits.

    Args:
        item: The disputed item.
        lexicon: The treatments.
        sentences: Those of case summary and rationale with how each relates to the item.
        of_summary: The visits that the case summary tells.
    """
    if item.visits is None or item.drug is not None:
        return []
    near = {id(named): relation for named, relation in sentences}
    reasons = [n for n, _ in sentences if n.passage.sentence.item]
    of_rationale = visits_told(reasons, lexicon.measures)
    own = (About.ITEM,) if _names_others(item, reasons, lexicon) else (About.ITEM, About.NOBODY)
    had = [
        t
        for t in of_rationale
        if t.visits.kind == "had"
        and t.visits.low == t.visits.high
        and t.named.passage.tells_the_case
        and relation_of(item, lexicon, t, near[id(t.named)]) in own
    ]
    if not had:
        return []
    told = [t for t in of_summary if relation_of(item, lexicon, t, near[id(t.named)]) in _NEAR]
    counted = [t for t in told if t.visits.kind == "had" and t.visits.low == t.visits.high]
    with_number = {id(t.named) for t in told}
    already = any(t.named.marks(_ALREADY) for t in had)
    vague = any(
        n.marks(_UNCOUNTED)
        for n, r in sentences
        if not n.passage.sentence.item and r in _NEAR and (already or id(n) not in with_number)
    )
    if not counted or vague:
        return [Fact(_NAME, UNKNOWN, derivation="the case summary does not count the visits that were had")]
    last = max(had, key=lambda t: t.visits.high)
    # of "6 of 12 authorized visits" all may have been had since
    asked = ("asked", item.visits)
    most = sum(max(t.visits.high, t.visits.whole) for t in told if (t.visits.kind, t.visits.high) != asked)
    if not last.named.marks(_ALREADY):  # those that are asked for may be counted with those that were had
        most += item.visits
    if last.visits.high <= most:
        return [Fact(_NAME, "same", (last.evidence,), derivation="no more than the visits that the summary tells of")]
    words = f"{last.visits.high:g} in the rationale, {most:g} at the most by the case summary"
    return [Fact(_NAME, "different", (last.evidence, counted[0].evidence), Confidence.MEDIUM, words)]


def _names_others(item: Item, reasons: Sequence[Named], lexicon: Lexicon) -> bool:
    """Whether a rationale speaks of another treatment that is counted in visits."""
    return any(m.entry != item.treatment and lexicon.treatment(m.entry).counted for n in reasons for m in n.treatments)
