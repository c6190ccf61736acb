"""Which drugs and treatments each sentence names, and whether a sentence is about the disputed item."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from checker.knowledge.lexicon import Lexicon
from checker.knowledge.names import Mention
from checker.model.determination import Drug, Item
from checker.model.facts import Evidence, Role
from checker.observing.passages import Passage

ACTING = frozenset(
    "physical-medicine manipulation acupuncture psychological injection surgery dme program topical compound".split()
)
"""Categories of wire.md whose treatments act on the worker; tests and visits only look."""


_MEDICATION, _LESSENED, _ENDED = "medication-word", "medication-lessened", "other-care-ended"
_DEVICE = "device-told"
_THERAPIST, _THERAPY = "therapist-told", "physical-medicine"
_NO_TREATMENT = "no-treatment"
_REASONED = "reason-in-verdict"
_SEVERAL = 2
_PARTED = re.compile(r"[,;:]")
_APPLIED = frozenset({"topical", "compound"})
_HANGS = 80


NEGATED, THERE = "negated", "study-finding-turns"
"""Marks of words that deny what stands behind them, and of words that say something is there after all."""


def denied_at(at: int, denials: Sequence[tuple[int, int]], turns: Sequence[tuple[int, int]]) -> bool:
    """Whether a word before a place denies what stands there: "no tear, but an effusion" denies no effusion.

    Args:
        at: The place.
        denials: Where ``NEGATED`` stands.
        turns: Where ``THERE`` stands.
    """
    return any(start < at and not any(start < turn < at for turn, _ in turns) for start, _ in denials)


class About(IntEnum):
    """How a sentence relates to the disputed item, the closest last."""

    ANOTHER = 0  # it names only other treatments, or "the medications" where the item is none
    NOBODY = 1  # it names no treatment at all
    DRUGS = 2  # it speaks of "the medications", and the item is a drug
    CLASS = 3  # it names another drug of the class, or another treatment of the category
    ITEM = 4  # it names the item's drug or treatment


@dataclass(frozen=True, slots=True)
class Named:
    """A sentence with the drugs and treatments it names and the marks in it by id; offsets are into the sentence."""

    passage: Passage
    drugs: tuple[Mention, ...]
    treatments: tuple[Mention, ...]
    marked: Mapping[str, list[tuple[int, int]]]

    def evidence(self, start: int, end: int) -> Evidence:
        """The words at ``folded[start:end]``."""
        at = self.passage.start
        return Evidence(self.passage.sentence.part, self.passage.reading.raw_span(at + start, at + end))

    @property
    def whole(self) -> Evidence:
        """The whole sentence."""
        return Evidence(self.passage.sentence.part, self.passage.sentence.span)

    @property
    def is_bare_verdict(self) -> bool:
        """Whether it is the verdict and gives no reason: a reason may name other things than the request."""
        return self.passage.sentence.role is Role.CONCLUSION and _REASONED not in self.marked

    def marks(self, *ids: str) -> list[tuple[int, int]]:
        """Where marks of these ids stand in the sentence, by place, longer ones first."""
        if len(ids) == 1:
            found = self.marked.get(ids[0], [])
        elif self.marked.keys().isdisjoint(ids):
            return []
        else:
            found = [place for id_ in ids for place in self.marked.get(id_, ())]
        return sorted(found, key=lambda m: (m[0], -m[1])) if len(found) > 1 else found


def name(passages: Sequence[Passage], lexicon: Lexicon) -> tuple[Named, ...]:
    """The sentences of one part with what they name; the part is looked through once."""
    if not passages:
        return ()
    first = passages[0].start
    text = passages[0].reading.text[first : passages[-1].end]
    drugs = _by_sentence(passages, first, lexicon.drugs_in(text))
    treatments = _by_sentence(passages, first, lexicon.treatments_in(text))
    return tuple(
        Named(passage, tuple(drugs.get(n, ())), _meant(treatments.get(n, ()), passage), passage.hits.marked)
        for n, passage in enumerate(passages)
    )


def _meant(treatments: Sequence[Mention], passage: Passage) -> tuple[Mention, ...]:
    """The treatments without words that are of none: the shoes that the worker ties again."""
    others = passage.hits.marked.get(_NO_TREATMENT, ()) if treatments else ()
    return tuple(t for t in treatments if not any(start <= t.start < end for start, end in others))


def _by_sentence(passages: Sequence[Passage], first: int, mentions: Iterable[Mention]) -> dict[int, list[Mention]]:
    """Mentions by the number of the sentence that holds them, offsets into the sentence."""
    starts = [p.start for p in passages]
    found: dict[int, list[Mention]] = {}
    for mention in mentions:
        number = bisect_right(starts, first + mention.start) - 1
        shift = first - starts[number]
        if first + mention.end <= passages[number].end:
            found.setdefault(number, []).append(Mention(mention.start + shift, mention.end + shift, mention.entry))
    return found


def relations(sentences: Sequence[Named], item: Item, lexicon: Lexicon) -> tuple[About, ...]:
    """How each sentence of a passage relates to an item.

    A sentence that names nothing goes on about what was named last: "He takes Norco. Pain is 7 without and 3 with."
    """
    found: list[About] = []
    last = About.NOBODY
    for named in sentences:
        relation = about(named, item, lexicon)
        if relation is About.NOBODY:
            carried = item.drug is None and bool(found) and found[-1] is About.ANOTHER and named.marks("goes-on")
            relation = About.ANOTHER if carried else last
        elif item.drug is not None:
            # Only from drug to drug: an injection or an image between them says nothing of what is taken.
            last = About.ANOTHER if relation is About.ANOTHER and named.drugs else About.NOBODY
        found.append(relation)
    return tuple(found)


def about(named: Named, item: Item, lexicon: Lexicon) -> About:
    """How a sentence by itself relates to an item."""
    if item.drug is not None:
        return _about_drug(named, item.drug, lexicon)
    if any(m.entry == item.treatment for m in named.treatments):
        return About.ITEM
    if _of_category(named, item, lexicon):
        return About.CLASS
    # "less dependence on medication" is what the therapy brought about,
    # as is "the ibuprofen was halved, the massage ended"
    lessened = _LESSENED in named.marked
    by_drugs = (named.drugs or _MEDICATION in named.marked) and not lessened
    told_of_others = by_drugs or (_other_treatments(named, lexicon) and not (lessened and _ENDED in named.marked))
    return About.ANOTHER if told_of_others else About.NOBODY


def _of_category(named: Named, item: Item, lexicon: Lexicon) -> bool:
    """Whether the sentence names another treatment of the item's category, and neither of them stands apart."""
    own = lexicon.treatments.get(item.treatment)
    if own is not None and own.apart:
        return False
    if own is not None and own.category == _THERAPY and named.marks(_THERAPIST):
        return True
    others = (lexicon.treatment(m.entry) for m in named.treatments)
    return any(o.category == item.category and not o.apart for o in others)


def about_words(named: Named, start: int, end: int, item: Item, lexicon: Lexicon) -> About | None:
    """How words of a sentence relate to an item by the drugs it names, None where its grammar does not tell.

    "Tylenol gave no relief, and with Motrin the pain fell": the words are of the drug that stands in them, else of the
    last one of several before them if no comma parts the two. Drugs in a row ("Norco and Soma") go together. Of "Norco
    and a block, which gave relief", the words are of the block.
    """
    if item.drug is None:
        return None
    inside = [m for m in named.drugs if m.start < end and start < m.end]
    if _one_member_with_treatment(named, start, end, lexicon):
        return About.ANOTHER
    if not inside and _hang_on_treatment(named, start, lexicon):
        return About.ANOTHER
    if len(named.drugs) < _SEVERAL and not inside and not _class_behind(named, end, item.drug, lexicon):
        return None
    if not inside:
        before = [m for m in named.drugs if m.end <= start]
        if not before or _PARTED.search(named.passage.folded, before[-1].end, start):
            return None
        inside = before[-1:]
        for mention in reversed(before[:-1]):
            if not named.passage.grammar.in_a_row.fullmatch(named.passage.folded, mention.end, inside[0].start):
                break
            inside.insert(0, mention)
    return about(Named(named.passage, tuple(inside), (), {}), item, lexicon)


def _class_behind(named: Named, end: int, drug: Drug, lexicon: Lexicon) -> bool:
    """Whether the item's class is named, and only behind the words: "ibuprofen did not help, but a relaxant is"."""
    own = lexicon.drugs.get(drug.entry)
    places = named.marks(f"class-{own.drug_class}") if own is not None and named.marked else []
    return bool(places) and all(start >= end for start, _ in places)


def _hang_on_treatment(named: Named, start: int, lexicon: Lexicon) -> bool:
    """Whether the thing named last before the words is a treatment that they hang on: "a block that gave relief"."""
    before = [m for m in named.treatments if m.end <= start and _acts(m, lexicon)]
    if not before:
        return False
    last = max(before, key=lambda m: m.end)
    if any(last.end <= m.start < start for m in named.drugs):
        return False
    between = named.passage.folded[last.end : start]
    return len(between) <= _HANGS and named.passage.grammar.hangs.fullmatch(between) is not None


def _acts(mention: Mention, lexicon: Lexicon) -> bool:
    entry = lexicon.treatment(mention.entry)
    return not entry.weak and entry.category in ACTING - _APPLIED


def _one_member_with_treatment(named: Named, start: int, end: int, lexicon: Lexicon) -> bool:
    """Whether the words and a treatment that is no drug are one member of a list: "Norco, an injection with relief,".

    What acts on the worker counts, where neither a drug nor another member of the list stands between it and the words,
    and a comma or semicolon parts it from the drugs of the sentence.
    """
    folded = named.passage.folded
    if not named.drugs:
        return False
    near = [m for m in named.treatments if m.start < end and lexicon.treatment(m.entry).category in ACTING]
    if not near or near[-1].end > end:
        return False
    last = near[-1]
    begins = named.passage.grammar.tells_of_it.match(folded, last.end)
    if _PARTED.search(folded, begins.end() if begins else last.end, start):
        return False
    before = max((m.end for m in named.drugs if m.start < last.start), default=None)
    behind = min((m.start for m in named.drugs if m.end > last.start), default=None)
    return (before is None or _PARTED.search(folded, before, last.start) is not None) and (
        behind is None or (behind >= end and _PARTED.search(folded, end, behind) is not None)
    )


def _about_drug(named: Named, drug: Drug, lexicon: Lexicon) -> About:
    closest = _closest_drug(named, drug, lexicon)
    if closest is not None:
        return closest
    if _DEVICE in named.marked:
        return About.ANOTHER  # "the unit's survey tells of relief and no change of medication"
    if _MEDICATION in named.marked:
        return About.DRUGS
    return About.ANOTHER if named.drugs or _other_treatments(named, lexicon) else About.NOBODY


def _closest_drug(named: Named, drug: Drug, lexicon: Lexicon) -> About | None:
    """ITEM or CLASS where the sentence names the drug, one of its ingredients, its class, or another of the class."""
    own = lexicon.drugs.get(drug.entry)
    if own is None:
        return None
    others = [lexicon.drug(m.entry) for m in named.drugs]
    if others and any(o.id == own.id or set(o.ingredients) & set(own.ingredients) for o in others):
        return About.ITEM
    if named.marked and f"class-{own.drug_class}" in named.marked:
        return About.CLASS
    return About.CLASS if others and any(o.drug_class == own.drug_class for o in others) else None


def _other_treatments(named: Named, lexicon: Lexicon) -> bool:
    """Whether the sentence names a treatment that can help or harm; "he reports" and "the visit" name none."""
    if not named.treatments:
        return False
    entries = [lexicon.treatment(m.entry) for m in named.treatments]
    return any(not e.weak and e.category in ACTING for e in entries)
