"""Sweeping words of a rationale on the record: that it holds no treatment, that one sign alone was found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import BodyMention, Lexicon
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Fact, Role
from checker.observing.mentions import ACTING, Named

_CARE, _OWN_CARE = "compare.care", "compare.care_in_reasons"
_CARE_IN_PART, _CARE_PLANNED = "care-missing-in-part", "care-planned"
_MIND = "psychological"
"""Who was never treated for the mind may have been treated for pain."""

_FINDINGS = "compare.findings"
_OF_PART = "compare.part_findings"
_MORE = "sign-beyond-tenderness"
_COMPLAINTS = "compare.complaints"
Regions = Mapping[str, frozenset[str]]
_OF_THE_CASE = (Role.CASE, Role.APPLICATION)


@dataclass(frozen=True, slots=True)
class Near:
    """Whether two sentences may be of one region of the body: fingers and the wrist are, two sides are not."""

    lexicon: Lexicon
    regions: Regions
    asked: Sequence[BodyMention]
    """The parts that the request is for: what a rationale says of no part, it says of these."""

    def __call__(self, first: Named, second: Named) -> bool:
        """Whether two sentences may be, the first of them one of the rationale."""
        return self.alike(self.of(first), self.parts(second.passage.sentence.text))

    def of(self, said: Named, *, closer: bool = True) -> Sequence[BodyMention]:
        """The parts that a sentence of the rationale is about.

        Args:
            said: The sentence.
            closer: Whether the request may tell more closely which back or knee the sentence means.
        """
        told = self.parts(said.passage.sentence.text)
        if not told or not closer:
            return told or self.asked
        asked = tuple(m for m in self.asked if self.meet(told, (m,)))
        return (*asked, *(m for m in told if not self.meet((m,), asked)))

    def parts(self, text: str) -> Sequence[BodyMention]:
        """The parts of the body that words name."""
        return tuple(self.lexicon.body_parts_in(text))

    def alike(self, first: Sequence[BodyMention], second: Sequence[BodyMention]) -> bool:
        """Whether parts may be of one region; where one side names none, they may."""
        return not first or not second or self.meet(first, second)

    def meet(self, some: Sequence[BodyMention], others: Sequence[BodyMention]) -> bool:
        """Whether one of some parts is in the region of one of the others, and not on its other side."""
        return any(self._alike(one, other) for one in some for other in others)

    def _alike(self, one: BodyMention, other: BodyMention) -> bool:
        if {one.side, other.side} == {"left", "right"}:
            return False
        apart = self.regions.get(one.entry, frozenset()).isdisjoint(self.regions.get(other.entry, ()))
        return one.entry == other.entry or not apart


def record_facts(item: Item, summary: Sequence[Named], rationale: Sequence[Named], near: Near) -> list[Fact]:
    """``compare.care``, ``.care_in_reasons``, ``.findings``, ``.complaints`` and ``.part_findings`` of one item.

    Args:
        item: The disputed item.
        summary: Sentences of the case summary.
        rationale: Sentences of the item's rationale.
        near: Whether two parts of the body may be of one region, and those of the request.
    """
    return [
        *_care(item, summary, rationale, near),
        _findings(summary, rationale, near),
        _complaints(summary, rationale, near),
        _part_findings(summary, rationale, near),
    ]


def _said(rationale: Iterable[Named], mark: str) -> Named | None:
    return next((n for n in rationale if mark in n.marked and n.passage.sentence.role is not Role.GUIDELINE), None)


def _care(item: Item, summary: Sequence[Named], rationale: Sequence[Named], near: Near) -> list[Fact]:
    """Whether treatment that the rationale finds nowhere in the record is told by the summary, or by itself."""
    said = _said([n for n in rationale if not n.marks(_CARE_IN_PART)], "care-missing")
    if said is None or item.category == _MIND:
        return [Fact(name, UNKNOWN, derivation="no word that there was no treatment") for name in (_CARE, _OWN_CARE)]
    own = [n for n in rationale if n is not said and n.passage.sentence.role in _OF_THE_CASE]
    facts = []
    for name, sentences in ((_CARE, summary), (_OWN_CARE, own)):
        alike = (n for n in sentences if near(said, n))
        told = next((n.whole for n in alike if _tells_care(n, near.lexicon)), None)
        if told is None:
            facts.append(Fact(name, "missing", (said.whole,), derivation="no treatment in use is told"))
        else:
            facts.append(Fact(name, "told", (said.whole, told), Confidence.MEDIUM, "a treatment in use is told"))
    return facts


def _tells_care(named: Named, lexicon: Lexicon) -> bool:
    """Whether a treatment that acts on the worker, or a drug for pain, is told to be used, worn or given.

    Not behind a word that denies, nor where it is asked for or planned.
    """
    used = named.marks("care-used")
    if not used or named.marks("care-missing"):
        return False
    acting = [m for m in named.treatments if lexicon.treatment(m.entry).category in ACTING]
    acting += [m for m in named.drugs if lexicon.drug(m.entry).topics]
    stops = [start for start, _ in named.marks("negated", _CARE_PLANNED)]
    last = min(stops, default=len(named.passage.folded))
    return used[0][0] < last and any(m.end <= last for m in acting)


def _findings(summary: Sequence[Named], rationale: Sequence[Named], near: Near) -> Fact:
    """Whether the summary records more of the examination than the one sign that the rationale says is all.

    Not where the rationale says it of one kind of sign ("nothing beyond tenderness that points to a tear"), or names
    another sign beside it.
    """
    said = _said(rationale, "only-sign")
    if said is None or said.marks("sign-of-a-kind", _MORE):
        return Fact(_FINDINGS, UNKNOWN, derivation="the rationale does not say that one sign is all")
    signs = (n for n in summary if n.marks(_MORE) and not n.marks("negated"))
    more = next((n for n in signs if near(said, n)), None)
    if more is None:
        return Fact(_FINDINGS, "same", derivation="the summary records no other sign")
    return Fact(_FINDINGS, "more_recorded", (said.whole, more.whole), Confidence.MEDIUM, "the summary records more")


def _complaints(summary: Sequence[Named], rationale: Sequence[Named], near: Near) -> Fact:
    """Whether the summary records another complaint than the pain that the rationale says is all."""
    said = _said(rationale, "only-pain")
    if said is None:
        return Fact(_COMPLAINTS, UNKNOWN, derivation="the rationale does not say that pain is all")
    others = (n for n in summary if n.marks("complaint-beyond-pain") and not n.marks("negated"))
    more = next((n for n in others if n.passage.tells_the_case and near(said, n)), None)
    if more is None:
        return Fact(_COMPLAINTS, "same", derivation="the summary records no other complaint")
    return Fact(_COMPLAINTS, "more_recorded", (said.whole, more.whole), Confidence.MEDIUM, "the summary records more")


def _part_findings(summary: Sequence[Named], rationale: Sequence[Named], near: Near) -> Fact:
    """Whether the summary records a sign or complaint of a part of which the rationale finds none in the record.

    A part that the rationale does not name is that of the request.
    """
    said = _said(rationale, "part-signs-missing")
    own = near.of(said, closer=False) if said and not said.marks("sign-of-a-kind") else ()
    parts = {(m.entry, m.side) for m in own}
    if said is None or not parts:
        return Fact(_OF_PART, UNKNOWN, derivation="the rationale does not say that a part has no sign or complaint")
    signs = (n for n in summary if n.marks("sign-or-complaint") and not n.marks("negated"))
    for named in signs:
        if any((m.entry, m.side) in parts for m in near.lexicon.body_parts_in(named.passage.sentence.text)):
            told = "the summary records a sign or complaint of that part"
            return Fact(_OF_PART, "told", (said.whole, named.whole), Confidence.MEDIUM, told)
    return Fact(_OF_PART, "missing", (said.whole,), derivation="the summary records none either")
