"""One answer a concept, part and item out of many assertions."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.knowledge.concepts import ConceptModel, Kind
from checker.knowledge.lexicon import Lexicon
from checker.language.phrases import WORDS
from checker.model.determination import Item
from checker.model.facts import Assertion, Confidence, Evidence, Fact, Observation
from checker.observing.located import NOWHERE, Place, place_of, place_of_request
from checker.observing.mentions import About, Named, about_words

_MOST_EVIDENCE = 3
MISSED = (Assertion.DENIED, Assertion.NOT_DOCUMENTED)
_PARTED = re.compile(r"[,;]")
_STEM, _STEM_FROM = 4, 3
_PAPER = "monitoring-paper"
_NARROWED, _NAME = "care-narrowed", "care-by-its-name"
_SUMMARY_ORDER = (Assertion.DOCUMENTED, Assertion.DENIED, Assertion.UNCLEAR, Assertion.NOT_DOCUMENTED)
"""What the record holds anywhere it holds: a later "not documented" of one report does not take it away."""


@dataclass(frozen=True, slots=True)
class Told:
    """An assertion with the sentence it stands in.

    Attributes:
        observation: The assertion.
        named: The sentence.
        place: The number of the sentence in its part.
        kinds: What kinds of thing its concept tells of (``tells_of`` in the lexicon).
    """

    observation: Observation
    named: Named
    place: int
    kinds: frozenset[Kind] = frozenset()

    @property
    def stretch(self) -> tuple[int, int]:
        """Where the words of the assertion stand in the folded sentence."""
        at, span = self.named.passage, self.observation.span
        return at.reading.reading_offset(span.start) - at.start, at.reading.reading_offset(span.end) - at.start

    def holds(self, mark: str) -> bool:
        """Whether a mark stands in the words of the assertion, or reaches into them."""
        start, end = self.stretch
        return any(first < end and start < last for first, last in self.named.marks(mark))

    @property
    def lacks_paper(self) -> bool:
        """Whether it denies a paper: "no drug screen" leaves open what one would show, "a clean screen" does not."""
        told = self.observation
        if told.status is not Assertion.DENIED or not told.cue or told.confidence is Confidence.LOW:
            return False
        start, end = self.stretch
        return any(first <= start and end <= last for first, last in self.named.marks(_PAPER))


def concept_facts(
    concepts: Mapping[str, ConceptModel],
    item: Item,
    summary: Sequence[Told],
    rationale: Sequence[Told],
    relations: tuple[Sequence[About], Sequence[About]],
    *,
    lexicon: Lexicon,
    regions: Mapping[str, frozenset[str]],
) -> list[Fact]:
    """``summary.*``, ``rationale.*`` and ``conflict.*`` of the concepts that are spoken of; the others stay silent.

    Args:
        concepts: The concepts of the lexicon.
        item: The disputed item.
        summary: Assertions of the case summary.
        rationale: Assertions of the item's rationale.
        relations: How each sentence of the summary, and of the rationale, relates to the item.
        lexicon: Names of drugs and treatments.
        regions: The regions that each part of the body belongs to.
    """
    of_summary, of_rationale = relations
    facts: list[Fact] = []
    said = _by_concept(rationale)
    request = place_of_request(item.request, lexicon)
    for id_, told in _by_concept(summary).items():
        concept = concepts[id_]
        of_item = [t for t in told if _belongs(t, concept, item, of_summary, lexicon)]
        if concept.located and of_item:
            of_item = _of_the_place(of_item, said.get(id_, ()), request, lexicon)
        if concept.of_a_part and of_item:
            of_item = _of_the_part(
                of_item, said.get(id_, ()), _regions(item.request, lexicon, regions), lexicon, regions
            )
        if of_item:
            of_item = _of_the_kind(of_item, said.get(id_, ()))
        if of_item:
            facts.append(_summary_fact(concept, of_item))
    for id_, told in said.items():
        concept = concepts[id_]
        of_item = [t for t in told if _belongs(t, concept, item, of_rationale, lexicon)]
        if concept.located and len(of_item) > 1:
            of_item = _nearer(of_item, request, lexicon)
        if of_item:
            facts.extend(_rationale_facts(concept, of_item, lexicon))
    return facts


def place_told(told: Told, lexicon: Lexicon) -> Place:
    """Where an assertion lies."""
    return place_of(told.named, told.observation.span, lexicon)


def _of_the_place(summary: list[Told], rationale: Sequence[Told], request: Place, lexicon: Lexicon) -> list[Told]:
    """What a summary says of a finding, without what lies elsewhere than the rationale, or the request, speaks of.

    Of a rationale that speaks of two places, what it says at the one asked for is held against the record.
    """
    spoken = {place_told(t, lexicon) for t in _nearer(rationale, request, lexicon)}
    wanted = [p.within(request) for p in spoken] or [request]
    if NOWHERE in wanted:
        return summary
    return [t for t in summary if not all(w.elsewhere(place_told(t, lexicon)) for w in wanted)]


def _of_the_part(
    summary: list[Told],
    rationale: Sequence[Told],
    request: frozenset[str],
    lexicon: Lexicon,
    regions: Mapping[str, frozenset[str]],
) -> list[Told]:
    """What a summary says of a thing, without what it says of another part of the body than is spoken of."""
    spoken = [_regions_told(t, lexicon, regions) or request for t in rationale] or [request]
    if not all(spoken):
        return summary
    wanted = frozenset().union(*spoken)
    told = ((t, _regions_told(t, lexicon, regions)) for t in summary)
    return [t for t, found in told if not found or found & wanted]


def _regions_told(told: Told, lexicon: Lexicon, regions: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """Where something is, by the words beside it between two commas; by the whole sentence where they name no part."""
    sentence = told.named.passage.sentence
    start, end = told.observation.span.start - sentence.span.start, told.observation.span.end - sentence.span.start
    text = sentence.text
    behind = _PARTED.search(text, end)
    beside = text[max(text.rfind(mark, 0, start) for mark in ",;") + 1 : behind.start() if behind else len(text)]
    return _regions(beside, lexicon, regions) or _regions(text, lexicon, regions)


def _regions(text: str, lexicon: Lexicon, regions: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The regions of the body that a text names; none where it names no part, or one that lies in no region."""
    found = [regions.get(m.entry, frozenset()) for m in lexicon.body_parts_in(text)]
    return frozenset().union(*found) if all(found) else frozenset()


def _of_the_kind(summary: list[Told], rationale: Sequence[Told]) -> list[Told]:
    """What a summary says of the kinds of a thing that a rationale misses, where that misses nothing but certain kinds.

    "No panic disorder is described" is no contradiction of a summary that tells of anxiety.
    """
    missed = [t for t in rationale if t.observation.status is not Assertion.UNCLEAR]
    if not missed or any(t.observation.status not in MISSED for t in missed):
        return summary
    kinds = [kind_of(t) for t in missed]
    if not all(kinds):
        return summary
    wanted = frozenset().union(*kinds)
    return [t for t in summary if t.observation.status is not Assertion.DOCUMENTED or wanted & _stems(_words(t))]


def kind_of(told: Told) -> frozenset[str]:
    """The words by which an assertion names one kind of a thing; none where it names the thing itself."""
    start, _ = told.stretch
    hits = [
        h for h in told.named.passage.hits.of("concept") if h.start == start and h.entry.id == told.observation.concept
    ]
    return _stems(_words(told)) if any(h.entry.status == "member" for h in hits) else frozenset()


def share_a_word(first: Told, second: Told) -> bool:
    """Whether the words of two assertions have a longer word in common, whatever its ending."""
    return not _stems(_words(first)).isdisjoint(_stems(_words(second)))


def _words(told: Told) -> str:
    start, end = told.stretch
    return told.named.passage.folded[start:end]


def _stems(words: str) -> frozenset[str]:
    """The beginnings of the longer words, so that "ulcer" and "ulceration" are one."""
    return frozenset(w[:_STEM] for w in WORDS.findall(words) if len(w) >= _STEM_FROM)


def _nearer(rationale: Sequence[Told], request: Place, lexicon: Lexicon) -> list[Told]:
    """What a rationale says of a finding at the place of the request; all of it where nothing else is said."""
    if request == NOWHERE:
        return list(rationale)
    return [t for t in rationale if not request.elsewhere(place_told(t, lexicon))] or list(rationale)


def _by_concept(told: Sequence[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for t in told:
        found.setdefault(t.observation.concept, []).append(t)
    return found


def _belongs(told: Told, concept: ConceptModel, item: Item, relations: Sequence[About], lexicon: Lexicon) -> bool:
    """Whether what a part of the letter says of a concept is said of the disputed treatment."""
    if concept.attribute_to == "any" or (concept.attribute_to == "drug" and item.drug is None):
        return True
    of_words = about_words(told.named, *told.stretch, item, lexicon)
    return (relations[told.place] if of_words is None else of_words) is not About.ANOTHER


def _summary_fact(concept: ConceptModel, told: Sequence[Told]) -> Fact:
    name = f"summary.{concept.id}"
    status = next(s for s in _SUMMARY_ORDER if any(t.observation.status is s for t in told))
    same = [t for t in told if t.observation.status is status]
    return Fact(name, status.value, _evidence(same), _surest(same), _derivation(same[0].observation))


def _rationale_facts(concept: ConceptModel, told: Sequence[Told], lexicon: Lexicon) -> list[Fact]:
    statuses = list(dict.fromkeys(t.observation.status for t in told))
    name, conflict = f"rationale.{concept.id}", f"conflict.{concept.id}"
    held = [t for t in told if t.observation.status in (Assertion.DOCUMENTED, Assertion.DENIED)]
    # "no drug screen": the paper is missing, and what it would show is not answered
    answers = [t for t in held if t.observation.status.value in concept.answered_by and not t.lacks_paper]
    # "no report of early refills or lost prescriptions" says in one sentence that there were none
    denied = {t.place for t in answers if t.observation.status is Assertion.DENIED}
    missing = [t for t in told if t.observation.status is Assertion.NOT_DOCUMENTED and t.place not in denied]
    if answers and missing and {t.place for t in answers} == {t.place for t in missing}:
        # one sentence weighs both: "he says that it helps; however no score is given"
        return [
            Fact(name, Assertion.UNCLEAR.value, _evidence(missing), Confidence.LOW, "said of it in one sentence"),
            Fact(conflict, "no"),
        ]
    lasts = concept.lasting
    both = _had_and_never_had(told, lexicon) if lasts else _missing_and_there(missing, answers)
    if both or (answers and missing):  # "no relief" and "relief is not documented" go together
        why, shown = "said to be missing and to be there", both or [missing[0], answers[0]]
        return [
            Fact(name, Assertion.UNCLEAR.value, _evidence(shown), Confidence.LOW, why),
            Fact(conflict, "yes" if both else "no", _evidence(shown), _clash(shown, lasts), why),
        ]
    if len({t.observation.status for t in held}) > 1:
        return [
            Fact(name, Assertion.UNCLEAR.value, _evidence(held), Confidence.LOW, "affirmed and denied"),
            Fact(conflict, "no"),
        ]
    status = next((s for s in statuses if s is not Assertion.UNCLEAR), statuses[0])
    same = [t for t in told if t.observation.status is status]
    fact = Fact(name, status.value, _evidence(same), _surest(same), _derivation(same[0].observation))
    return [fact, Fact(conflict, "no")]


def _missing_and_there(missing: Sequence[Told], answers: Sequence[Told]) -> list[Told]:
    """A sentence that misses a thing and one that reports it; two that stand beside each other, if any do."""
    reported = {a.place: a for a in reversed(answers)}
    for m in missing:
        for place in (m.place - 1, m.place + 1):
            if place in reported:
                return [m, reported[place]]
    return [*missing[:1], *answers[:1]] if answers and missing else []


def _clash(shown: Sequence[Told], lasts: bool) -> Confidence:
    """How sure a contradiction is: of what changes, two sentences far apart may speak of two times or two drugs."""
    apart = not lasts and abs(shown[0].place - shown[1].place) > 1
    return Confidence.LOW if apart else _least_sure(shown)


def _had_and_never_had(told: Sequence[Told], lexicon: Lexicon) -> list[Told]:
    """Of what stays had: a sentence that says, of nothing narrower, that it never was, and another that tells of it."""
    sure = [t for t in told if t.observation.confidence is not Confidence.LOW]
    had = [t for t in sure if t.observation.status is Assertion.DOCUMENTED]
    never = [t for t in sure if t.observation.status in MISSED and not _narrowed(t)] if had else []
    pairs = ([n, h] for n in never for h in had if n.place != h.place and of_one_part(n.named, h.named, lexicon))
    return next(pairs, [])


def _narrowed(told: Told) -> bool:
    """Whether less than any care is spoken of: of this time, or of one kind; a "program" may be what it is called.

    What stands behind a comma that follows the words narrows nothing: "no therapy was had, so that the frequency ...".
    """
    folded, end = told.named.passage.folded, told.stretch[1]
    parted = _PARTED.search(folded, end)
    last = parted.start() if parted else len(folded)
    names = told.named.marks(_NAME)
    narrowing = [m for m in told.named.marks(_NARROWED) if m[0] < last]
    return any(not any(a <= start and behind <= b for a, b in names) for start, behind in narrowing)


def of_one_part(first: Named, second: Named, lexicon: Lexicon) -> bool:
    """Whether two sentences may be of one part of the body: one names none, or both name one."""
    parts = [{m.entry for m in lexicon.body_parts_in(n.passage.sentence.text)} for n in (first, second)]
    return not all(parts) or not parts[0].isdisjoint(parts[1])


def _evidence(told: Iterable[Told]) -> tuple[Evidence, ...]:
    """The sentences, each once, the first few: a reader needs one, not all."""
    return tuple(dict.fromkeys(t.named.whole for t in told))[:_MOST_EVIDENCE]


def _surest(told: Iterable[Told]) -> Confidence:
    return max((t.observation.confidence for t in told), key=lambda c: c.rank)


def _least_sure(told: Iterable[Told]) -> Confidence:
    return min((t.observation.confidence for t in told), key=lambda c: c.rank)


def _derivation(observation: Observation) -> str:
    return f"cue {observation.cue}" if observation.cue else "said outright"
