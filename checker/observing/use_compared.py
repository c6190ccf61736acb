"""How long a rationale says that the disputed drug has been taken, against what the case summary records of it."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.knowledge.measures import Measures
from checker.language import dates
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact
from checker.observing.cited_phases import days_since_injury
from checker.observing.letter import LetterDates
from checker.observing.mentions import About, Named
from checker.observing.usage import length_in_days

_NAME = "compare.recorded_use"
_OF_DRUG = (About.ITEM, About.DRUGS)
_PRONOUN = "medication-pronoun"
_FIRST = "first"

_BEHIND = 2
"""A drug so few code points behind a length is what was taken for it: "after three months of zolpidem"."""

_SLACK = 21
"""By so many days a length of time may be rounded up."""

_FAR_LONGER = 45
"""A length told of the worker that is twice the recorded one, and more than so many days longer, contradicts it."""


@dataclass(frozen=True, slots=True)
class Rationale:
    """The sentences of a rationale, each with what it alone is about, and the dates of the letter."""

    sentences: Sequence[tuple[Named, About]]
    when: LetterDates
    measures: Measures

    def of_drug(self) -> Iterator[Named]:
        """The sentences of the case that speak of the drug: by name, as "the medication", or as "it" behind those."""
        last: About | None = None
        for named, relation in self.sentences:
            by_class = relation is About.CLASS and not named.drugs  # "this hypnotic"
            if relation is not About.NOBODY:
                last = About.ITEM if by_class else relation
            if (by_class or relation is About.NOBODY) and not named.marks(_PRONOUN):
                continue
            if (last is None or last in _OF_DRUG) and named.passage.tells_the_case:
                yield named


def claimed_lengths(named: Named, measures: Measures) -> Iterator[tuple[int, Evidence]]:
    """Lengths of time, in days, for which a sentence says that a drug has been taken."""
    if named.marks("use-in-doubt"):  # "whether she has been on it for a year is not told"
        return
    for start, end in named.marks("length-of-drug"):
        if not any(0 <= m.start - end <= _BEHIND for m in named.drugs):
            continue
        yield length_in_days(named.passage.folded[start:end], measures), named.whole
    if not named.marks("taken-so-far") or not (named.drugs or named.marks("medication-word", _PRONOUN)):
        return
    for start, end in named.marks("use-for"):
        yield length_in_days(named.passage.folded[start:end], measures), named.whole
    for mark, days in measures.told_lengths.items():
        if named.marks(mark):
            yield days, named.whole


def recorded_use(use: Sequence[Fact], rationale: Rationale, summary: Sequence[tuple[Named, About]]) -> Fact:
    """``compare.recorded_use``: the length of use that the rationale tells against the one that the summary tells.

    A claim that is longer than the injury is old is told by ``compare.claimed_use``.

    Args:
        use: ``item.use`` and ``item.use_days``; a drug that is given for the first time has been taken for no time.
        rationale: What the reviewer says.
        summary: Sentences of the case summary with what they are about; one that names the drug beside a day far back
            may tell of the longer use.
    """
    known = {f.name: f.value for f in use}
    recorded = known["item.use_days"]
    if known["item.use"] == _FIRST and not isinstance(recorded, int):
        recorded = 0
    claims = [c for named in rationale.of_drug() for c in _claims(named, rationale)]
    if not claims or not isinstance(recorded, int):
        return Fact(_NAME, UNKNOWN, derivation="one of the two parts tells no length of use")
    claimed, evidence = max(claims, key=lambda c: c[0])
    told = f"{claimed} days said, {recorded} recorded"
    age = days_since_injury(rationale.when)
    if age is not None and 0 <= age < claimed - _SLACK:
        return Fact(_NAME, UNKNOWN, derivation=told)
    if _dated_before(summary, rationale.when, recorded):
        return Fact(_NAME, UNKNOWN, derivation="the summary names the drug beside an earlier day")
    if claimed >= 2 * recorded and claimed - recorded > _FAR_LONGER:
        return Fact(_NAME, "longer", (evidence,), Confidence.MEDIUM, told)
    return Fact(_NAME, "same", derivation=told)


def _dated_before(summary: Sequence[tuple[Named, About]], when: LetterDates, recorded: int) -> bool:
    """Whether a sentence of the summary names the drug beside a day that lies far before the recorded use."""
    days = [
        (when.guideline - m.date).days
        for named, relation in summary
        if when.guideline is not None and relation is About.ITEM
        for m in dates.find(named.passage.folded)
        if when.injury is None or m.date != when.injury.date
    ]
    return max(days, default=0) > recorded + _FAR_LONGER


def _claims(named: Named, rationale: Rationale) -> Iterator[tuple[int, Evidence]]:
    """Days that a sentence claims: a length, or at the least since a day, since the injury or since its year."""
    yield from claimed_lengths(named, rationale.measures)
    today, injury = rationale.when.guideline, rationale.when.injury
    if today is None or named.marks("use-in-doubt", "use-ended") or not named.marks("taken-so-far", "use-told"):
        return
    for start, end in named.marks("use-since"):
        for mention in dates.find(named.passage.folded[start:end]):
            yield (today - _last_day(mention)).days, named.whole
    if injury is not None and named.marks("since-injury-year"):
        yield (today - datetime.date(injury.date.year, 12, 31)).days, named.whole
    elif injury is not None and named.marks("since-injury"):
        yield (today - injury.date).days, named.whole


def _last_day(mention: dates.DateMention) -> datetime.date:
    """The last day that a month or a year alone may mean."""
    day = mention.date
    if mention.precision is dates.Precision.YEAR:
        return datetime.date(day.year, 12, 31)
    if mention.precision is dates.Precision.MONTH:
        return (day + datetime.timedelta(days=31)).replace(day=1) - datetime.timedelta(days=1)
    return day
