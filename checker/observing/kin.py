"""Whether sentences speak of a treatment by another word than its names in the lexicon."""

import re
from collections.abc import Iterable
from functools import cache

from checker.knowledge.lexicon import Lexicon, TreatmentEntry
from checker.model.determination import Item
from checker.observing.mentions import Named

_STEM = 6
"""So many letters tell a word whatever its ending: therapy and therapist, manipulation and manipulative."""

_FEW = 4
"""A word in the names of so few treatments tells their kind; "therapy" and "unit" are in those of many."""

_WORD = re.compile(r"[a-z]{5,}")


def kin_named(item: Item, sentences: Iterable[Named], lexicon: Lexicon) -> bool:
    """Whether sentences speak of the treatment by a word of its names, or of its kind.

    "A therapist" is of physical therapy, "imaging" of an MRI, "manipulation" of chiropractic care. Within the name of
    another treatment only a word that few treatments share counts: massage therapy is no physical therapy.
    """
    own = lexicon.treatments.get(item.treatment)
    if own is None:
        return False
    words, _ = _own_stems(lexicon, own.id)
    return any(
        any(_akin(own, lexicon.treatment(m.entry)) for m in named.treatments)
        or not words.isdisjoint(_stems_of(without_names(named)))
        or by_its_word(item, named, lexicon)
        for named in sentences
    )


def by_its_word(item: Item, named: Named, lexicon: Lexicon) -> bool:
    """Whether a sentence has a word that the item's treatment shares with few others: "traction" of a traction unit."""
    own = lexicon.treatments.get(item.treatment)
    return own is not None and not _own_stems(lexicon, own.id)[1].isdisjoint(_stems_of(named.passage.folded))


def without_names(named: Named) -> str:
    """A sentence without the names of drugs and treatments: the "physical" of physical therapy is no examination."""
    text = named.passage.folded
    for mention in (*named.drugs, *named.treatments):
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _akin(own: TreatmentEntry, other: TreatmentEntry) -> bool:
    """Whether two treatments are of a kind, so that criteria of the one are told of the other."""
    return own.category == other.category and not (own.apart or other.apart)


def _stems_of(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text)}


@cache
def _own_stems(lexicon: Lexicon, entry: str) -> tuple[frozenset[str], frozenset[str]]:
    """Beginnings of the words of the names of a treatment, and those of them that few treatments have."""
    shared = _stems(lexicon)
    words = frozenset(_stems_of(" ".join(lexicon.treatment(entry).names).lower()))
    return words, frozenset(stem for stem in words if shared[stem] <= _FEW)


@cache
def _stems(lexicon: Lexicon) -> dict[str, int]:
    """Beginnings of the words of the names of treatments, with how many treatments have them."""
    found: dict[str, int] = {}
    for entry in lexicon.treatments.values():
        for stem in _stems_of(" ".join(entry.names).lower()):
            found[stem] = found.get(stem, 0) + 1
    return found
