"""What holds at the last visit where the findings of several visits differ."""

import datetime
from collections.abc import Mapping, Sequence

from checker.knowledge.concepts import ConceptModel
from checker.language import dates
from checker.model.facts import Assertion
from checker.observing.mentions import Named
from checker.observing.statuses import MISSED, Told

_VISIT = "visit-dated"


def as_of_the_last(
    summary: Sequence[Told], rationale: Sequence[Told], sentences: Sequence[Named], concepts: Mapping[str, ConceptModel]
) -> list[Told]:
    """What a summary tells, without what one of its later visits took back and the rationale misses.

    "Spasm on 3/10; no spasm on 6/22" does not contradict that no spasm is documented. What is not dated, what was
    merely not told again, and what stays had once it was had is kept.

    Args:
        summary: Assertions of the case summary.
        rationale: Assertions of the item's rationale.
        sentences: The sentences of the case summary.
        concepts: The concepts of the lexicon.
    """
    said = {t.observation.concept for t in rationale if t.observation.status not in MISSED}
    missed = {t.observation.concept for t in rationale} - said
    gone = {t.observation.concept for t in summary if t.observation.status is Assertion.DENIED} & missed
    gone = {id_ for id_ in gone if not concepts[id_].lasting}
    if not gone:
        return list(summary)
    days = _days_of(sentences)
    taken_back = {id_ for id_ in gone if _taken_back([t for t in summary if t.observation.concept == id_], days)}
    return [
        t
        for t in summary
        if t.observation.status is not Assertion.DOCUMENTED or t.observation.concept not in taken_back
    ]


def _days_of(sentences: Sequence[Named]) -> list[datetime.date | None]:
    """Of which day each sentence tells: the one that it names, else that of the visit told of before it."""
    found: list[datetime.date | None] = []
    visit: datetime.date | None = None
    for named in sentences:
        own = {d.date for d in dates.find(named.passage.folded) if d.precision is dates.Precision.DAY}
        if len(own) > 1:  # which of them the words are of is not told
            visit = None
        elif own and named.marks(_VISIT):
            visit = next(iter(own))
        found.append(next(iter(own)) if len(own) == 1 else visit)
    return found


def _taken_back(told: Sequence[Told], days: Sequence[datetime.date | None]) -> bool:
    """Whether one concept is denied on a later day, and further on in the text, than where it is documented."""
    there = [(days[t.place], t.place) for t in told if t.observation.status is Assertion.DOCUMENTED]
    gone = [(days[t.place], t.place) for t in told if t.observation.status is Assertion.DENIED]
    return bool(there) and any(
        all(day is not None and last is not None and day < last and place < behind for day, place in there)
        for last, behind in gone
    )
