"""From a determination to its facts: every name of the vocabulary for the letter and for each item."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.knowledge.guidelines import Guidelines
from checker.knowledge.idiom import Idiom
from checker.knowledge.lexicon import Lexicon
from checker.knowledge.topics import Criterion, Topic, Topics
from checker.knowledge.vocabulary import Scope, Vocabulary
from checker.model.determination import Determination, Item
from checker.model.facts import UNKNOWN, Assertion, CriterionRow, Fact, Facts, ItemFacts, Observation, Part
from checker.model.source import Span
from checker.observing.amounts import amount_facts, visits_accounted
from checker.observing.assertions import observations
from checker.observing.attribution import of_the_record
from checker.observing.citations import citation_facts, citation_letter_facts
from checker.observing.comparisons import Compared, comparisons_by_item, letter_comparisons
from checker.observing.course import course_facts, said_continued, said_new
from checker.observing.courses_compared import courses_compared
from checker.observing.coverage import cited_fact, coverage_facts, overlooked_facts, quoted_in, said_in, status_of
from checker.observing.figures_compared import figures_compared
from checker.observing.frames import test_facts
from checker.observing.function_by_figures import with_figures
from checker.observing.gains_by_figures import with_gains
from checker.observing.items_compared import Reasoned
from checker.observing.latest import as_of_the_last
from checker.observing.lesions import lesion_fact
from checker.observing.letter import LetterDates, letter_dates, letter_facts, missing_part_of
from checker.observing.limits_told import limit_facts
from checker.observing.mentions import Named, about, name, relations
from checker.observing.numbers import LetterNumbers, item_numbers, letter_numbers
from checker.observing.pain_scores import PainTold, pain_told
from checker.observing.passages import passages
from checker.observing.reasons import reason_facts
from checker.observing.relief_by_scores import with_scores
from checker.observing.relief_lengths import relief_lengths_compared
from checker.observing.request import regions_of
from checker.observing.sides_of_findings import side_fact
from checker.observing.stated import stated_facts
from checker.observing.stated_limits import limit_comparisons
from checker.observing.statuses import Told, concept_facts
from checker.observing.treatment import topic_of, treatment_facts
from checker.observing.unread import may_answer, unread
from checker.observing.usage import Case, usage_facts
from checker.observing.use_compared import Rationale, recorded_use
from checker.observing.visits_compared import visits_compared, visits_in_reasons
from checker.observing.visits_told import visits_had

_SUMMARY_TOLD_OF = "summary-announced"
_BEFORE = 400
"""How far before the summary (code points) its own introduction may begin."""


class Knowledge:
    """All that the observer knows outside the letter.

    Args:
        lexicon: Names of drugs, treatments and parts of the body.
        idiom: Concepts, cues, roles and marks.
        guidelines: Editions, their topics and pages.
        topics: Topics and the criteria they require.
        vocabulary: The names of facts with their defaults.
    """

    __slots__ = ("blank", "guidelines", "idiom", "lexicon", "topics")

    def __init__(
        self, *, lexicon: Lexicon, idiom: Idiom, guidelines: Guidelines, topics: Topics, vocabulary: Vocabulary
    ) -> None:
        self.lexicon, self.idiom, self.guidelines, self.topics = lexicon, idiom, guidelines, topics
        scopes: tuple[Scope, ...] = ("letter", "item")
        self.blank = {s: {n: Fact(n, value) for n, value in vocabulary.defaults(s).items()} for s in scopes}


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a letter, read.

    ``told`` is what counts as a fact of the worker, ``seen`` is every assertion, ``tests`` are the facts of tests,
    ``pain`` the sentences that give pain scores.
    """

    named: tuple[Named, ...] = ()
    told: tuple[Told, ...] = ()
    seen: tuple[Observation, ...] = ()
    tests: tuple[Fact, ...] = ()
    pain: tuple[PainTold, ...] = ()


@dataclass(frozen=True, slots=True)
class _Letter:
    """What all items of a letter share."""

    determination: Determination
    summary: _Part
    when: LetterDates
    numbers: LetterNumbers


def observe(determination: Determination, knowledge: Knowledge) -> Facts:
    """All that a letter says, as facts.

    Args:
        determination: The letter, taken apart.
        knowledge: Lexicon, cues, guidelines, topics and the vocabulary.

    Returns:
        A closed world: every name of the vocabulary for the letter (item 0) and for each item; what nothing was
        observed of has the vocabulary's default.
    """
    summary = _read(determination, knowledge, Part.SUMMARY, 0, determination.summary)
    rationales = [_read(determination, knowledge, Part.RATIONALE, i.number, i.rationale) for i in determination.items]
    narrative = (*_preamble(determination, knowledge), *summary.named)
    reasons = (named for rationale in rationales for named in rationale.named)
    when = letter_dates(determination, narrative, reasons, knowledge.lexicon)
    numbers = letter_numbers(summary.named, summary.pain, when, knowledge.lexicon)
    letter = _Letter(determination, summary, when, numbers)
    whole = [
        *letter_facts(determination, when),
        *citation_letter_facts(determination, knowledge.guidelines, when),
        *numbers.facts,
    ]
    topics = [_topic(item, knowledge) for item in determination.items]
    compared = _compared(letter, knowledge, topics, rationales)
    whole += letter_comparisons(compared)
    items = []
    for reasoned, rationale, between in zip(compared.items, rationales, comparisons_by_item(compared), strict=True):
        observed = _item_facts(letter, knowledge, reasoned.item, reasoned.topic, rationale)
        items.append(_closed(knowledge.blank["item"], reasoned.item.number, [*whole, *observed, *between]))
    criteria = tuple(_criteria(topic, facts) for topic, facts in zip(topics, items, strict=True))
    parts = (summary, *rationales)
    return Facts(
        determination=determination,
        letter=_closed(knowledge.blank["letter"], 0, whole),
        items=tuple(items),
        criteria=criteria,
        sentences=tuple(n.passage.sentence for p in parts for n in p.named),
        observations=tuple(o for p in parts for o in p.seen),
    )


def _compared(
    letter: _Letter, knowledge: Knowledge, topics: Sequence[Topic | None], rationales: Sequence[_Part]
) -> Compared:
    parts = zip(letter.determination.items, rationales, topics, strict=True)
    return Compared(
        determination=letter.determination,
        summary=letter.summary.named,
        told=letter.summary.told,
        items=[Reasoned(item, rationale.named, rationale.told, topic) for item, rationale, topic in parts],
        when=letter.when,
        lexicon=knowledge.lexicon,
        idiom=knowledge.idiom,
        guidelines=knowledge.guidelines,
    )


def _topic(item: Item, knowledge: Knowledge) -> Topic | None:
    """The topic that decides an item, of the part of the body it names."""
    regions = regions_of(item, knowledge.guidelines, knowledge.lexicon)
    return topic_of(item, knowledge.lexicon, knowledge.topics, regions)


def _preamble(determination: Determination, knowledge: Knowledge) -> tuple[Named, ...]:
    """The sentence before the summary that tells where it was taken from, and so when utilization review decided."""
    if determination.summary is None:
        return ()
    start = determination.summary.start
    if not any(c.isdigit() for c in determination.source.raw[max(0, start - _BEFORE) : start]):
        return ()
    before = _read(determination, knowledge, Part.SUMMARY, 0, Span(max(0, start - _BEFORE), start)).named
    return tuple(n for n in before[-2:] if n.marks(_SUMMARY_TOLD_OF))


def _read(determination: Determination, knowledge: Knowledge, part: Part, item: int, span: Span | None) -> _Part:
    if span is None:
        return _Part()
    named = name(tuple(passages(determination, knowledge.idiom, part, item, span)), knowledge.lexicon)
    reading = determination.source.reading
    concepts, one_of = knowledge.idiom.concepts, knowledge.idiom.one_of
    seen = [
        Told(o, n, at, concepts[o.concept].tells_of)
        for at, n in enumerate(named)
        for o in observations(n.passage, knowledge.idiom, reading)
    ]
    pain = tuple(pain_told(named, knowledge.lexicon.measures))
    seen = with_scores(named, seen, pain, one_of.get("relief"))
    seen = with_figures(named, seen, one_of.get("function"), knowledge.lexicon.measures)
    if part is Part.SUMMARY:
        seen = with_gains(named, seen, one_of, knowledge.lexicon)
    tests = test_facts(part, named, seen, knowledge.idiom)
    return _Part(named, of_the_record(seen, knowledge.idiom), tuple(t.observation for t in seen), tests, pain)


def _item_facts(letter: _Letter, knowledge: Knowledge, item: Item, topic: Topic | None, rationale: _Part) -> list[Fact]:
    lexicon, summary, when = knowledge.lexicon, letter.summary, letter.when
    of_summary = relations(summary.named, item, lexicon)
    of_rationale = [about(n, item, lexicon) for n in rationale.named]
    named = list(zip((*summary.named, *rationale.named), (*of_summary, *of_rationale), strict=True))
    had = visits_had(item, lexicon, named, letter.numbers.visits)
    concepts = concept_facts(
        knowledge.idiom.concepts,
        item,
        as_of_the_last(summary.told, rationale.told, summary.named, knowledge.idiom.concepts),
        rationale.told,
        (of_summary, of_rationale),
        lexicon=lexicon,
        regions=knowledge.guidelines.regions,
    )
    use = usage_facts(
        Case(
            item=item,
            lexicon=lexicon,
            summary=summary.named,
            told=summary.told,
            rationale=rationale.named,
            today=when.guideline,
            injury=when.injury.date if when.injury else None,
            of_class=topic is not None and topic.use_of_class,
        )
    )
    quoted = quoted_in(topic, rationale.named)
    new = said_new(item, summary.named, lexicon, when.guideline)
    further = said_continued(item, rationale.named, lexicon)
    course, terms = course_facts(
        item, topic, knowledge.idiom, {f.name: f for f in (*concepts, *use, had)}, new=new, further=further
    )
    dark = unread(rationale.named, rationale.told)
    spoken = said_in(Part.RATIONALE, concepts), said_in(Part.SUMMARY, concepts)
    reasons = reason_facts(
        item,
        rationale.named,
        rationale.told,
        topic,
        knowledge.idiom,
        lexicon=lexicon,
        relations=of_rationale,
        dark=dark,
        course=str(course.value),
    )
    citations = citation_facts(letter.determination, item, knowledge.guidelines, lexicon, when)
    numbers = item_numbers(
        item,
        letter.numbers,
        (summary.named, rationale.named),
        rationale.pain,
        (of_summary, of_rationale),
        lexicon=lexicon,
        when=when,
    )
    return [
        missing_part_of(item),
        *treatment_facts(item, lexicon, topic, rationale.named),
        *amount_facts(item, lexicon, rationale.named, visits_accounted(item, lexicon, summary.named, had)),
        *stated_facts(item, lexicon),
        side_fact((summary.named, summary.told), (rationale.named, rationale.told), knowledge.idiom.concepts, lexicon),
        *use,
        recorded_use(
            use,
            Rationale(list(zip(rationale.named, of_rationale, strict=True)), when, lexicon.measures),
            list(zip(summary.named, of_summary, strict=True)),
        ),
        *reasons,
        *summary.tests,
        *rationale.tests,
        *limit_comparisons(item, had, reasons, rationale.named, lexicon.measures.limits),
        *limit_facts(item, knowledge.idiom, lexicon.measures, rationale.named, _supply(numbers)),
        *concepts,
        course,
        terms,
        *coverage_facts(
            topic,
            *spoken,
            str(course.value),
            quoted,
            dark=lambda ids: may_answer(dark, [knowledge.idiom.concepts[id_] for id_ in ids]),
        ),
        *overlooked_facts(topic, concepts, spoken, str(course.value), quoted),
        lesion_fact(topic, *spoken, rationale.named),
        *citations,
        cited_fact(topic, next(str(f.value) for f in citations if f.name == "cite.documents")),
        had,
        _total(item, had),
        *numbers,
        *visits_compared(item, lexicon, named, letter.numbers.visits),
        visits_in_reasons(item, lexicon, named),
        *courses_compared(item, lexicon, named, letter.numbers.visits),
        *figures_compared((*letter.numbers.facts, *numbers)),
        *relief_lengths_compared(item, named, lexicon.measures),
    ]


def _supply(numbers: Iterable[Fact]) -> Fact:
    """``item.supply_days``, unknown where nothing tells it."""
    name = "item.supply_days"
    return next((f for f in numbers if f.name == name), Fact(name, UNKNOWN))


def _total(item: Item, had: Fact) -> Fact:
    """Visits asked for and visits had, together; without a number of earlier visits those asked for alone."""
    if item.visits is None:
        return Fact("item.visits_total", UNKNOWN, derivation="the request names no number of visits")
    if isinstance(had.value, int):
        total = item.visits + had.value
        return Fact(
            "item.visits_total", total, had.evidence, had.confidence, f"{item.visits} asked for and {had.value} had"
        )
    return Fact("item.visits_total", item.visits, derivation="the visits asked for; none before are recorded")


def _closed(blank: Mapping[str, Fact], item: int, observed: Iterable[Fact]) -> ItemFacts:
    """Every name of the vocabulary: what was observed over the defaults."""
    told = {fact.name: fact for fact in observed}
    if not told.keys() <= blank.keys():
        undeclared = next(fact for fact in told if fact not in blank)
        raise KeyError(f"{undeclared} is observed but not declared in rules/vocabulary.yaml")
    return ItemFacts(item, {**blank, **told}, frozenset(told))


def _criteria(topic: Topic | None, facts: ItemFacts) -> tuple[CriterionRow, ...]:
    return tuple(_row(criterion, facts) for criterion in topic.criteria) if topic else ()


def _row(criterion: Criterion, facts: ItemFacts) -> CriterionRow:
    def status(part: str) -> Assertion:
        return status_of(
            criterion, {criterion.concept_id: Assertion(str(facts.value(f"{part}.{criterion.concept_id}")))}
        )

    return CriterionRow(criterion.id, status("summary"), status("rationale"))
