"""A radiculopathy that a rationale finds corroborated by no study, where the case summary tells of one that does."""

from collections.abc import Mapping, Sequence

from checker.knowledge.concepts import Kind
from checker.knowledge.lexicon import Lexicon
from checker.knowledge.measures import Measures
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import Assertion, Confidence, Fact
from checker.observing.limits_told import vertebrae
from checker.observing.located import place_of_request
from checker.observing.statuses import MISSED, Told, place_told

_NAME = "compare.corroboration"
_CLAIM: Kind = "corroboration"
_CLAIMS: frozenset[Kind] = frozenset({_CLAIM, "root-on-image"})
_IMAGE, _NERVE_STUDY = "study-of-images", "nerve-study-named"
_RECORDED: Mapping[Kind, str] = {"root-on-image": _IMAGE, "cord-on-image": _IMAGE, "root-on-nerve-study": _NERVE_STUDY}
"""What bears a radiculopathy out, and the mark of the study that shows it."""

_OPEN: Kind = "cord-on-image"
"""Pressure on the cord need not be the root's."""

_RESULT: Kind = "study-result"
_MOST = 400
"""So many code points of a request are looked at."""


def corroboration_fact(item: Item, summary: Sequence[Told], rationale: Sequence[Told], lexicon: Lexicon) -> Fact:
    """``compare.corroboration`` of one item.

    Only a study of a kind that the rationale misses counts, at a level and on a side of the request. Where the
    rationale tells what a study showed, it has weighed it.

    Args:
        item: The disputed item.
        summary: Assertions of the case summary.
        rationale: Those of the item's rationale.
        lexicon: Words for sides and limbs.
    """
    missed = [t for t in rationale if not t.kinds.isdisjoint(_CLAIMS) and _misses(t)]
    if not any(_CLAIM in t.kinds for t in missed):
        return Fact(_NAME, "unspoken", derivation="no word that a study is missing which bears a radiculopathy out")
    shown = (missed[0].named.whole,)
    if any(_RESULT in t.kinds and t.observation.status is Assertion.DOCUMENTED for t in rationale):
        return Fact(_NAME, "weighed", shown, derivation="the rationale tells what a study showed")
    kinds = {kind for t in missed for kind in _kinds(t)}
    levels = vertebrae(fold(item.request[:_MOST]), lexicon.measures)
    place = place_of_request(item.request, lexicon)
    for told in summary:
        kind = next((study for shown_by, study in _RECORDED.items() if shown_by in told.kinds), None)
        if kind is None or kind not in kinds or told.observation.status is not Assertion.DOCUMENTED:
            continue
        if place.elsewhere(place_told(told, lexicon)) or not _at(told, levels, lexicon.measures):
            continue
        sure = Confidence.LOW if _OPEN in told.kinds else Confidence.MEDIUM
        sure = min(sure, told.observation.confidence, missed[0].observation.confidence, key=lambda c: c.rank)
        why = "the summary tells of a study that shows a root affected"
        return Fact(_NAME, "told", (missed[0].named.whole, told.named.whole), sure, why)
    return Fact(_NAME, "missing", shown, derivation="the summary tells of no such study either")


def _misses(told: Told) -> bool:
    return told.observation.status in MISSED


def _kinds(told: Told) -> tuple[str, ...]:
    """The kinds of studies that the words of a gap name; both where they name none."""
    both = (_IMAGE, _NERVE_STUDY)
    return tuple(study for study in both if told.holds(study)) or both


def _at(told: Told, levels: frozenset[int], measures: Measures) -> bool:
    """Whether a finding is of a level asked for, or tells none; its own words count before those around it."""
    if not levels:
        return True
    folded, (start, end) = told.named.passage.folded, told.stretch
    before, own, behind = folded[:start].rpartition(";")[2], folded[start:end], folded[end:].partition(";")[0]
    found = next((named for part in (own, before, behind) if (named := vertebrae(part, measures))), frozenset())
    return not found or not found.isdisjoint(levels)
