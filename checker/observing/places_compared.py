"""Parts and sides of the body in request, case summary and rationale."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.knowledge.editions import Guidelines
from checker.knowledge.lexicon import BodyMention, Lexicon
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part, Role
from checker.observing.mentions import Named

_SIDE = "compare.side"
_PART = "compare.body_part"
_OPPOSITE = {"left": "right", "right": "left"}
_OF_THE_CASE = (Role.CASE, Role.APPLICATION)
"""The verdict names the request, whatever the reasons speak of."""

Regions = Mapping[str, frozenset[str]]
"""Regions of the body by part, of rules/guidelines/framework.yaml."""


@dataclass(frozen=True, slots=True)
class Place:
    """A part of the body with the sentence that names it; offsets are into the sentence."""

    mention: BodyMention
    named: Named

    @property
    def evidence(self) -> Evidence:
        """The words."""
        return self.named.evidence(self.mention.start, self.mention.end)


def places(sentences: Sequence[Named], lexicon: Lexicon) -> tuple[Place, ...]:
    """Every part of the body that a part of the letter names, in order; the text is looked through once."""
    if not sentences:
        return ()
    first = sentences[0].passage.start
    starts = [n.passage.start for n in sentences]
    found = []
    for mention in lexicon.body_parts_in(sentences[0].passage.reading.text[first : sentences[-1].passage.end]):
        number = bisect_right(starts, first + mention.start) - 1
        shift = first - starts[number]
        start, end = max(0, mention.start + shift), mention.end + shift
        if start < end <= len(sentences[number].passage.folded):
            inside = BodyMention(start, end, mention.part, mention.side, mention.entry)
            found.append(Place(inside, sentences[number]))
    return tuple(found)


def place_facts(
    item: Item, lexicon: Lexicon, guidelines: Guidelines, summary: Sequence[Place], rationale: Sequence[Place]
) -> list[Fact]:
    """``compare.side`` and ``compare.body_part`` of one item.

    Args:
        item: The disputed item.
        lexicon: Parts of the body.
        guidelines: Regions by part of the body, and the categories whose subject is what they serve.
        summary: Places that the case summary names.
        rationale: Places that the rationale names.
    """
    asked = lexicon.body_parts_in(item.request)
    request = Evidence(Part.HEADING, item.request_span)
    side = _side(asked, request, summary, rationale)
    if item.drug is not None or item.category in guidelines.lenient:  # they look at more than the part that was injured
        return [side]
    return [side, _part(asked, request, guidelines.regions, summary, rationale)]


def _side(
    asked: Sequence[BodyMention], request: Evidence, summary: Sequence[Place], rationale: Sequence[Place]
) -> Fact:
    """A rationale that speaks only of the other side of a part than the request, or else than the whole summary.

    What it says of the case counts; where that names no side of the part, the verdict and what it restates.
    """
    seen = _sided([p for p in rationale if p.named.passage.sentence.role in _OF_THE_CASE])
    of_case = frozenset(seen)
    for entry, found in _sided(rationale).items():
        seen.setdefault(entry, found)
    if not seen:
        return Fact(_SIDE, UNKNOWN, derivation="the rationale names no side")
    wanted = {m.entry: (m.side, request) for m in asked if m.side in _OPPOSITE}
    of_request = {m.entry for m in asked}
    for entry in seen:
        one = _one_side([p for p in summary if p.mention.entry == entry])
        if entry not in of_request and one is not None:
            wanted[entry] = (one.mention.side, one.evidence)
    if not wanted:
        return Fact(_SIDE, UNKNOWN, derivation="neither request nor summary names one side")
    for entry, (side, evidence) in wanted.items():
        found = seen.get(entry, [])
        other = _OPPOSITE[side]
        known = entry in of_case and any(p.mention.entry == entry and p.mention.side == other for p in summary)
        if found and not known and all(p.mention.side == other for p in found):
            told = f"{side} in {'the request' if evidence is request else 'the summary'}"
            return Fact(_SIDE, "different", (evidence, found[0].evidence), Confidence.MEDIUM, told)
    return Fact(_SIDE, "same", derivation="the rationale names the side of the request or the summary, or both")


def _sided(found: Iterable[Place]) -> dict[str, list[Place]]:
    """Places that name a side, by part of the body."""
    seen: dict[str, list[Place]] = {}
    for place in found:
        if place.mention.side:
            seen.setdefault(place.mention.entry, []).append(place)
    return seen


def _one_side(found: Sequence[Place]) -> Place | None:
    """The first of several places, where all are on one side."""
    sides = {p.mention.side for p in found}
    return found[0] if len(sides) == 1 and found[0].mention.side in _OPPOSITE else None


def _part(
    asked: Sequence[BodyMention],
    request: Evidence,
    regions: Regions,
    summary: Sequence[Place],
    rationale: Sequence[Place],
) -> Fact:
    """A rationale whose case is of a part of the body that neither request nor summary names."""
    of_request = _regions((m.entry for m in asked), regions)
    of_summary = _regions((p.mention.entry for p in summary), regions)
    telling = [p for p in rationale if p.named.passage.sentence.role in _OF_THE_CASE and p.mention.entry in regions]
    if not telling or not of_summary:
        return Fact(_PART, UNKNOWN, derivation="summary or rationale names no part of the body")
    if any(not regions[p.mention.entry].isdisjoint(of_request or of_summary) for p in telling):
        return Fact(_PART, "same", derivation="the rationale names the part of the body concerned")
    strange = [p for p in telling if regions[p.mention.entry].isdisjoint(of_request | of_summary)]
    if not strange:
        return Fact(_PART, "same", derivation="the rationale names another part of the body of this worker")
    known = (request,) if of_request else (summary[0].evidence,)
    told = f"{strange[0].mention.part} is named by the rationale alone"
    return Fact(_PART, "different", (*known, strange[0].evidence), Confidence.MEDIUM, told)


def _regions(entries: Iterable[str], regions: Regions) -> frozenset[str]:
    return frozenset(region for entry in entries for region in regions.get(entry, ()))
