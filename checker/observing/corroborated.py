"""A radiculopathy that a rationale finds corroborated by no study, where the case summary tells of one that does."""

from collections.abc import Sequence

from checker.knowledge.lexicon import Lexicon
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import Assertion, Confidence, Fact
from checker.observing.limits_told import vertebrae
from checker.observing.located import place_of_request
from checker.observing.statuses import Told, place_told

_NAME = "compare.corroboration"
_MISSED = (Assertion.DENIED, Assertion.NOT_DOCUMENTED)
_CLAIMS = ("exam-corroborated", "root-contact")
_IMAGE, _NERVE_STUDY = "study-of-images", "nerve-study-named"
_RECORDED = {"root-contact": _IMAGE, "cord-contact": _IMAGE, "radiculopathy-on-nerve-study": _NERVE_STUDY}
"""What bears a radiculopathy out, and the mark of the study that shows it."""

_OPEN = "cord-contact"
"""Pressure on the cord need not be the root's."""

_WEIGHED = ("imaging-lesion", "root-contact", "radiculopathy-on-nerve-study", "electrodiagnostic-abnormal")
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
    missed = [t for t in rationale if t.observation.concept in _CLAIMS and _misses(t)]
    if not any(t.observation.concept == _CLAIMS[0] for t in missed):
        return Fact(_NAME, "unspoken", derivation="no word that a study is missing which bears a radiculopathy out")
    shown = (missed[0].named.whole,)
    if any(t.observation.concept in _WEIGHED and t.observation.status is Assertion.DOCUMENTED for t in rationale):
        return Fact(_NAME, "weighed", shown, derivation="the rationale tells what a study showed")
    kinds = {kind for t in missed for kind in _kinds(t)}
    levels = vertebrae(fold(item.request[:_MOST]))
    place = place_of_request(item.request, lexicon)
    for told in summary:
        kind = _RECORDED.get(told.observation.concept)
        if kind is None or kind not in kinds or told.observation.status is not Assertion.DOCUMENTED:
            continue
        if place.elsewhere(place_told(told, lexicon)) or not _at(told, levels):
            continue
        sure = Confidence.LOW if told.observation.concept == _OPEN else Confidence.MEDIUM
        sure = min(sure, told.observation.confidence, missed[0].observation.confidence, key=lambda c: c.rank)
        why = "the summary tells of a study that shows a root affected"
        return Fact(_NAME, "told", (missed[0].named.whole, told.named.whole), sure, why)
    return Fact(_NAME, "missing", shown, derivation="the summary tells of no such study either")


def _misses(told: Told) -> bool:
    return told.observation.status in _MISSED


def _words(told: Told) -> tuple[int, int]:
    """Where the words of an assertion stand in their sentence."""
    at, span = told.named.passage, told.observation.span
    return at.reading.reading_offset(span.start) - at.start, at.reading.reading_offset(span.end) - at.start


def _kinds(told: Told) -> tuple[str, ...]:
    """The kinds of studies that the words of a gap name; both where they name none."""
    start, end = _words(told)
    named = tuple(
        kind for kind in (_IMAGE, _NERVE_STUDY) if any(a < end and start < b for a, b in told.named.marks(kind))
    )
    return named or (_IMAGE, _NERVE_STUDY)


def _at(told: Told, levels: frozenset[int]) -> bool:
    """Whether a finding is of a level asked for, or tells none; its own words count before those around it."""
    if not levels:
        return True
    folded, (start, end) = told.named.passage.folded, _words(told)
    before, own, behind = folded[:start].rpartition(";")[2], folded[start:end], folded[end:].partition(";")[0]
    found = vertebrae(own) or vertebrae(before) or vertebrae(behind)
    return not found or not found.isdisjoint(levels)
