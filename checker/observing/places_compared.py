"""Parts and sides of the body in request, case summary and rationale."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.knowledge.editions import Guidelines
from checker.knowledge.lexicon import BodyMention, Lexicon
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part, Role
from checker.observing.mentions import Named

_SIDE = "compare.side"
_PART = "compare.body_part"
_OPPOSITE = {"left": "right", "right": "left"}
_BOTH = "both"
_STUDY = "compare.decided_part"
_OTHER_ITEM = "compare.part_of_item"
_RULE = "compare.part_of_rule"
_AFTER_MARK = 60
"""What criteria are for stands at most so many code points after "criteria for"."""

_DENIED_AFTER = 12
"""A part is denied by a word at most so many code points after it: "the knee has not"."""

_LONGEST = 400
"""So many code points of a request are looked at for a side."""

_BESIDE = 20
"""A part of the body belongs to a treatment at most so many code points away: "MRI of the left knee"."""

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
    """``compare.side``, ``.body_part``, ``.decided_part`` and ``.part_of_rule`` of one item.

    Args:
        item: The disputed item.
        lexicon: Parts of the body.
        guidelines: Regions by part of the body, and the categories whose subject is what they serve.
        summary: Places that the case summary names.
        rationale: Places that the rationale names.
    """
    asked = lexicon.body_parts_in(item.request)
    request = Evidence(Part.HEADING, item.request_span)
    side = _side(_with_side(asked, item.request, lexicon), request, summary, rationale, guidelines.regions)
    if item.drug is not None or item.category in guidelines.lenient:  # they look at more than the part that was injured
        return [side]
    regions = guidelines.regions
    return [
        side,
        _part(asked, request, guidelines, summary, rationale),
        _decided(item, _regions((m.entry for m in asked), regions), request, guidelines, rationale),
        _of_rule(asked, regions, summary, rationale),
    ]


def _decided(
    item: Item, wanted: frozenset[str], request: Evidence, guidelines: Guidelines, rationale: Sequence[Place]
) -> Fact:
    """Whether the treatment that the rationale judges, or says what criteria are for, is that of the part asked for.

    A verdict on a part near the one asked for may call the same by another name.
    """
    regions, known = guidelines.regions, False
    for place in rationale if wanted and item.treatment else ():
        if place.mention.entry not in regions or not _is_decided(place, item.treatment):
            continue
        known = True
        beside = [p for p in rationale if p.named is place.named]
        near = place.named.is_bare_verdict and _together(wanted, regions[place.mention.entry], guidelines)
        if not near and all(regions.get(p.mention.entry, wanted).isdisjoint(wanted) for p in beside):
            told = f"what is decided is that of the {place.mention.part}"
            return Fact(_STUDY, "different", (request, place.named.whole), Confidence.MEDIUM, told)
    told = "what is decided is that of the part asked for" if known else "no part of the body beside what is decided"
    return Fact(_STUDY, "same" if known else UNKNOWN, derivation=told)


def _of_rule(
    asked: Sequence[BodyMention], regions: Regions, summary: Sequence[Place], rationale: Sequence[Place]
) -> Fact:
    """Whether what the rationale restates or applies is for a region alone that neither request nor summary names."""
    of_case = _regions((*(m.entry for m in asked), *(p.mention.entry for p in summary)), regions)
    spoken = [p for p in rationale if p.mention.entry in regions]
    told = [p for p in spoken if p.named.passage.sentence.role in (Role.GUIDELINE, Role.APPLICATION)]
    if not of_case or not told:
        return Fact(_RULE, UNKNOWN, derivation="request, summary or what is restated names no part of the body")
    if any(not of_case.isdisjoint(regions[p.mention.entry]) for p in spoken):
        return Fact(_RULE, "same", derivation="the rationale names a part that the case is about")
    words = f"what is restated is for the {told[0].mention.part}"
    return Fact(_RULE, "different", (told[0].named.whole,), Confidence.MEDIUM, words)


def _is_decided(place: Place, treatment: str) -> bool:
    """Whether a part stands beside the disputed treatment, in the verdict or after words such as "criteria for"."""
    marks = place.named.marks("decided-of")
    judged = place.named.is_bare_verdict
    if not (marks or judged) or place.named.passage.sentence.role is Role.GUIDELINE:
        return False
    part = place.mention
    return any(
        m.entry == treatment
        and (part.start <= m.end + _BESIDE and m.start <= part.end + _BESIDE)
        and (judged or any(0 <= min(m.start, part.start) - end <= _AFTER_MARK for _, end in marks))
        for m in place.named.treatments
    )


def asked_regions(item: Item, lexicon: Lexicon, guidelines: Guidelines) -> frozenset[str]:
    """Regions of the body that a request names; none for a drug or what goes with an operation."""
    if item.drug is not None or item.category in guidelines.framework.accompanies.categories:
        return frozenset()
    return _regions((m.entry for m in lexicon.body_parts_in(item.request)), guidelines.regions)


def other_item_fact(
    number: int,
    items: Sequence[Item],
    asked: Sequence[frozenset[str]],
    guidelines: Guidelines,
    rationale: Iterable[Place],
) -> Fact:
    """``compare.part_of_item``: whether the reasons speak only of the part of the body that another item is for.

    Args:
        number: Place of the item in the letter.
        items: The items of the letter.
        asked: Regions that each of them names.
        guidelines: Regions by part of the body, and which of them one chapter treats together.
        rationale: Places that the item's rationale names.
    """
    own, regions = asked[number], guidelines.regions
    telling = [p for p in rationale if p.named.passage.sentence.role in _OF_THE_CASE and p.mention.entry in regions]
    if not own or not telling:
        return Fact(_OTHER_ITEM, UNKNOWN, derivation="request or reasons name no part of the body")
    spoken = _regions((p.mention.entry for p in telling), regions)
    others = [i for i, theirs in enumerate(asked) if i != number and spoken <= theirs and theirs.isdisjoint(own)]
    if not others or not spoken.isdisjoint(own) or _together(own, spoken, guidelines):
        return Fact(_OTHER_ITEM, "no", derivation="the reasons speak of the part of the request, or of one near it")
    heading = Evidence(Part.HEADING, items[number].heading_span)
    told = f"{telling[0].mention.part} is the part that item {items[others[0]].number} is for"
    return Fact(_OTHER_ITEM, "yes", (heading, telling[0].named.whole), Confidence.MEDIUM, told)


def _together(own: frozenset[str], spoken: frozenset[str], guidelines: Guidelines) -> bool:
    """Whether a chapter for one of two parts is used for the other too: pain of the neck runs into the arm."""
    return any(
        not edition.regions.isdisjoint(one) and not edition.shared_regions.isdisjoint(other)
        for edition in guidelines.editions.values()
        for one, other in ((own, spoken), (spoken, own))
    )


def _side(
    asked: Sequence[BodyMention],
    request: Evidence,
    summary: Sequence[Place],
    rationale: Sequence[Place],
    regions: Regions,
) -> Fact:
    """A rationale that speaks only of the other side of a part than the request, or else than the whole summary.

    What it says of the case counts; where that names no side of the part, the verdict and what it restates. A part that
    neither request nor summary names is held against what they say of its region: fingers against the hand.
    """
    rationale = [p for p in rationale if not _is_sound(p)]
    judged = _other_side_judged(asked, request, rationale)
    if judged is not None:
        return judged
    seen = _sided([p for p in rationale if p.named.passage.sentence.role in _OF_THE_CASE])
    of_case = frozenset(seen)
    for entry, found in _sided(rationale).items():
        seen.setdefault(entry, found)
    if not seen:
        return Fact(_SIDE, UNKNOWN, derivation="the rationale names no side")
    wanted = {m.entry: (m.side, request) for m in asked if m.side in _OPPOSITE}
    of_request = {m.entry for m in asked if m.side}
    hurt = [p for p in summary if not p.named.marks("sound-side")]
    for entry in seen:
        if entry in of_request or _as_asked(entry, seen[entry], hurt, asked, regions):
            continue
        one = _one_side([p for p in hurt if p.mention.entry == entry and p.mention.side] or _near(entry, hurt, regions))
        if one is not None:
            wanted[entry] = (one.mention.side, one.evidence)
    if not wanted:
        return Fact(_SIDE, UNKNOWN, derivation="neither request nor summary names one side")
    for entry, (side, evidence) in wanted.items():
        found = seen.get(entry, [])
        other = _OPPOSITE[side]
        known = entry in of_case and any(
            p.mention.entry == entry and p.mention.side == other and not p.named.marks("sound-side") for p in summary
        )
        if found and not known and all(p.mention.side == other for p in found):
            told = f"{side} in {'the request' if evidence is request else 'the summary'}"
            return Fact(_SIDE, "different", (evidence, found[0].evidence), Confidence.MEDIUM, told)
    return Fact(_SIDE, "same", derivation="the rationale names the side of the request or the summary, or both")


def _other_side_judged(asked: Sequence[BodyMention], request: Evidence, rationale: Sequence[Place]) -> Fact | None:
    """A verdict that names the part asked for on the other side alone, whatever the reasons speak of."""
    verdict = _sided([p for p in rationale if p.named.is_bare_verdict])
    for mention in asked:
        found = verdict.get(mention.entry, [])
        other = _OPPOSITE.get(mention.side)
        only = all(m.side == mention.side for m in asked if m.entry == mention.entry)
        if other and only and found and all(p.mention.side == other for p in found):
            told = f"{mention.side} in the request, {other} in the verdict"
            return Fact(_SIDE, "different", (request, found[0].named.whole), Confidence.MEDIUM, told)
    return None


def _as_asked(
    entry: str, found: Sequence[Place], summary: Sequence[Place], asked: Sequence[BodyMention], regions: Regions
) -> bool:
    """Whether a part is told on the side of a request that is for more than it: the right hand, for the right arm.

    Somewhere in the region the summary must know that side, too.
    """
    own = regions.get(entry, frozenset())
    return any(
        m.side in _OPPOSITE
        and not own.isdisjoint(regions.get(m.entry, ()))
        and all(p.mention.side == m.side for p in found)
        and any(
            p.mention.side == m.side
            and not regions.get(m.entry, frozenset()).isdisjoint(regions.get(p.mention.entry, ()))
            for p in summary
        )
        for m in asked
    )


def _with_side(asked: Sequence[BodyMention], request: str, lexicon: Lexicon) -> Sequence[BodyMention]:
    """The parts of a request, with the side that stands apart from them, or both: "Knee brace, left"."""
    told = {kind for _, kinds in lexicon.whereabouts_in(fold(request[:_LONGEST])) for kind in kinds}
    sides = told & {*_OPPOSITE, _BOTH}
    if any(m.side for m in asked) or not sides:
        return asked
    side = next(iter(sides)) if len(sides) == 1 else _BOTH
    return [BodyMention(m.start, m.end, m.part, side, m.entry) for m in asked]


def _is_sound(place: Place) -> bool:
    """Whether nothing is wrong with a part on the side that is named: "the right leg has no symptoms"."""
    part = place.mention
    return any(start < part.end and part.start < end for start, end in place.named.marks("sound-side"))


def _sided(found: Iterable[Place]) -> dict[str, list[Place]]:
    """Places that name a side, by part of the body."""
    seen: dict[str, list[Place]] = {}
    for place in found:
        if place.mention.side:
            seen.setdefault(place.mention.entry, []).append(place)
    return seen


def _near(entry: str, summary: Sequence[Place], regions: Regions) -> list[Place]:
    """Places of the summary with a side, in the one region of a part that it does not name itself."""
    own = regions.get(entry, frozenset())
    if len(own) != 1:
        return []
    return [p for p in summary if p.mention.side and not own.isdisjoint(regions.get(p.mention.entry, ()))]


def _one_side(found: Sequence[Place]) -> Place | None:
    """The first of several places, where all are on one side."""
    sides = {p.mention.side for p in found}
    return found[0] if len(sides) == 1 and found[0].mention.side in _OPPOSITE else None


def _is_denied(place: Place) -> bool:
    """Whether a word that denies stands before a part or right after it: "no pain of the knee", "the knee has not"."""
    part, denials = place.mention, place.named.marks("negated")
    return any(end <= part.start or 0 <= start - part.end <= _DENIED_AFTER for start, end in denials)


def _part(
    asked: Sequence[BodyMention],
    request: Evidence,
    guidelines: Guidelines,
    summary: Sequence[Place],
    rationale: Sequence[Place],
) -> Fact:
    """A rationale whose case is of a part of the body that neither request nor summary names, nor is near to.

    Of a request that names none, one sentence is not enough: "wedges raise the trunk or legs, and none was prescribed".
    """
    regions = guidelines.regions
    of_request = _regions((m.entry for m in asked), regions)
    of_summary = _regions((p.mention.entry for p in summary), regions)
    telling = [p for p in rationale if p.named.passage.sentence.role in _OF_THE_CASE and p.mention.entry in regions]
    if not telling or not of_summary:
        return Fact(_PART, UNKNOWN, derivation="summary or rationale names no part of the body")
    if any(not regions[p.mention.entry].isdisjoint(of_request or of_summary) for p in telling):
        return Fact(_PART, "same", derivation="the rationale names the part of the body concerned")
    of_case = of_request | of_summary
    apart = (p for p in telling if regions[p.mention.entry].isdisjoint(of_case) and not _is_denied(p))
    strange = [p for p in apart if not _together(of_case, regions[p.mention.entry], guidelines)]
    if not strange or (not of_request and len({id(p.named) for p in strange}) == 1):
        return Fact(_PART, "same", derivation="the rationale names another part of the body of this worker")
    known = (request,) if of_request else (summary[0].evidence,)
    told = f"{strange[0].mention.part} is named by the rationale alone"
    return Fact(_PART, "different", (*known, strange[0].evidence), Confidence.MEDIUM, told)


def _regions(entries: Iterable[str], regions: Regions) -> frozenset[str]:
    return frozenset(region for entry in entries for region in regions.get(entry, ()))
