"""All that is read by holding two places of a letter against each other."""

from collections.abc import Sequence
from dataclasses import dataclass

from checker.knowledge.guidelines import Guidelines
from checker.knowledge.idiom import Idiom
from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Determination, Item
from checker.model.facts import Fact
from checker.observing.care_lengths import claimed_care
from checker.observing.cited_argument import argument_facts
from checker.observing.corroborated import corroboration_fact
from checker.observing.dates_compared import date_facts, duration_facts, injury_date_fact
from checker.observing.device_trials import trial_facts
from checker.observing.heading_compared import heading_facts
from checker.observing.heading_marks import mark_facts
from checker.observing.hours import hour_facts
from checker.observing.items_compared import Dependence, Reasoned, item_comparisons
from checker.observing.items_opposed import opposed_facts
from checker.observing.letter import REQUEST_DATED, LetterDates
from checker.observing.listed import listed_fact, quoted_conditions_fact
from checker.observing.mentions import About, Named, about
from checker.observing.operations import operation_facts
from checker.observing.people import people_facts, worker_in
from checker.observing.places_compared import asked_regions, other_item_fact, place_facts, places
from checker.observing.record_compared import Near, record_facts
from checker.observing.statuses import Told
from checker.observing.studies_compared import clean_study, later_study, other_test
from checker.observing.study_findings import denied_finding
from checker.observing.summary_compared import summary_facts
from checker.observing.tests_compared import TestsOfSummary


@dataclass(frozen=True, slots=True)
class Compared:
    """A letter, read, and what it is compared by.

    Attributes:
        determination: The letter.
        summary: Sentences of the case summary.
        told: Assertions of the case summary.
        items: The items with their rationales.
        when: The dates of the letter.
        lexicon: Names of drugs, treatments and parts of the body.
        idiom: Concepts and marks.
        guidelines: Editions, regions of the body, and what accompanies an operation.
    """

    determination: Determination
    summary: Sequence[Named]
    told: Sequence[Told]
    items: Sequence[Reasoned]
    when: LetterDates
    lexicon: Lexicon
    idiom: Idiom
    guidelines: Guidelines


def letter_comparisons(letter: Compared) -> list[Fact]:
    """Facts of the whole letter."""
    items = [reasoned.item for reasoned in letter.items]
    asked = [n for n in letter.summary if not _asks_for_another(n, items, letter.lexicon)]
    return [
        *date_facts(letter.when, letter.summary, asked),
        *summary_facts(letter.summary, letter.told, letter.lexicon, letter.idiom.concepts),
    ]


def _asks_for_another(named: Named, items: Sequence[Item], lexicon: Lexicon) -> bool:
    """Whether a dated request names treatment, and none that is disputed: a later request for something else."""
    if not named.marks(REQUEST_DATED):
        return False
    # "six sessions of therapy" may be of any kind, and are no nerve study
    other = (About.ANOTHER, About.NOBODY) if named.treatments else (About.ANOTHER,)
    return all(about(named, item, lexicon) in other for item in items)


def comparisons_by_item(letter: Compared) -> list[list[Fact]]:
    """Facts of each item, in the order of the items."""
    spec = letter.guidelines.framework.accompanies
    dependence = Dependence(letter.idiom, letter.lexicon, frozenset(spec.categories), tuple(spec.operations))
    between = item_comparisons(letter.items, dependence)
    opposed = opposed_facts(letter.items, letter.idiom.concepts, letter.lexicon, letter.guidelines.regions)
    of_summary = places(letter.summary, letter.lexicon)
    sided = any(place.mention.side for place in of_summary)
    days = _days_since_injury(letter.when)
    worker = worker_in(letter.summary, letter.lexicon.measures)
    items = [reasoned.item for reasoned in letter.items]
    # of a drug only the side is compared
    of_items = [places(r.named, letter.lexicon) if sided or r.item.drug is None else () for r in letter.items]
    asked = [asked_regions(item, letter.lexicon, letter.guidelines) for item in items] if len(items) > 1 else []
    tests = TestsOfSummary(letter.told, letter.lexicon)
    regions = letter.guidelines.regions
    nears = [Near(letter.lexicon, regions, tuple(letter.lexicon.body_parts_in(item.request))) for item in items]
    operations = operation_facts(items, letter.idiom, [reasoned.named for reasoned in letter.items], letter.summary)
    return [
        [
            *between[number],
            opposed[number],
            operations[number],
            corroboration_fact(reasoned.item, letter.told, reasoned.told, letter.lexicon),
            tests.fact(reasoned.item.request, reasoned.told, letter.idiom),
            *([other_item_fact(number, items, asked, letter.guidelines, of_items[number])] if asked else ()),
            *people_facts(worker, reasoned.named, letter.lexicon.measures),
            *record_facts(reasoned.item, letter.summary, reasoned.named, nears[number]),
            clean_study(letter.summary, reasoned.named, nears[number]),
            denied_finding(letter.summary, reasoned.named, nears[number]),
            later_study(reasoned.item, letter.when.requests, reasoned.named, letter.lexicon),
            other_test(reasoned.item.request, reasoned.named, letter.idiom, nears[number]),
            listed_fact(letter.summary, reasoned.named, nears[number]),
            quoted_conditions_fact(letter.summary, reasoned.named),
            *place_facts(
                reasoned.item,
                letter.lexicon,
                letter.guidelines,
                of_summary,
                of_items[number],
            ),
            *heading_facts(reasoned.item, letter.lexicon, reasoned.named),
            *mark_facts(reasoned.item, letter.idiom, letter.lexicon.measures, reasoned.named),
            *hour_facts(reasoned.item, letter.lexicon.measures, reasoned.named),
            injury_date_fact(letter.when, reasoned.named),
            *duration_facts(days, reasoned.named, letter.lexicon.measures),
            *trial_facts((letter.summary, letter.told), reasoned.told, letter.when, letter.lexicon.measures),
            claimed_care(letter.when, letter.summary, reasoned.told, letter.lexicon.measures),
            *argument_facts(
                letter.determination,
                reasoned.item,
                reasoned.named,
                guidelines=letter.guidelines,
                lexicon=letter.lexicon,
                dates=letter.when,
            ),
        ]
        for number, reasoned in enumerate(letter.items)
    ]


def _days_since_injury(when: LetterDates) -> int | None:
    """Days from the injury to the request; None where one of the two is not told."""
    if when.injury is None or when.guideline is None or when.basis == "summary":
        return None
    return (when.guideline - when.injury.date).days
