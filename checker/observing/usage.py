"""How long the disputed drug, or another of its class, has been taken."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.knowledge.lexicon import Lexicon
from checker.language import dates
from checker.language.phrases import number_value
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Assertion, Confidence, Evidence, Fact
from checker.observing.mentions import About, Named, about
from checker.observing.statuses import Told

_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_CLOSE = (About.ITEM, About.CLASS)


@dataclass(frozen=True, slots=True)
class _Use:
    days: int
    evidence: Evidence
    confidence: Confidence
    derivation: str


def usage_facts(
    item: Item,
    lexicon: Lexicon,
    summary: Sequence[Named],
    told: Sequence[Told],
    today: datetime.date | None,
) -> list[Fact]:
    """``item.use`` (long_term, first, untold) and ``item.use_days``, out of the case summary.

    Args:
        item: The disputed item; of anything but a drug nothing is told.
        lexicon: Names of drugs.
        summary: Sentences of the case summary.
        told: Assertions of the case summary.
        today: The date up to which use is counted; None where the letter gives none.
    """
    if item.drug is None:
        return [Fact("item.use", "untold"), Fact("item.use_days", UNKNOWN)]
    uses = sorted(_uses(item, lexicon, summary, today), key=lambda u: -u.days)
    days = (
        Fact("item.use_days", uses[0].days, (uses[0].evidence,), uses[0].confidence, uses[0].derivation)
        if uses
        else Fact("item.use_days", UNKNOWN, derivation="no date or duration of use is recorded")
    )
    return [_worded(item, lexicon, summary, told), days]


def _worded(item: Item, lexicon: Lexicon, summary: Sequence[Named], told: Sequence[Told]) -> Fact:
    """Long or first use said in words, without a number."""
    for t in told:
        seen = t.observation
        if seen.concept != "long-term-use" or about(t.named, item, lexicon) is About.ANOTHER:
            continue
        if seen.status is Assertion.DOCUMENTED and not list(dates.find(t.named.passage.folded)):
            evidence = (Evidence(seen.part, seen.span),)
            return Fact("item.use", "long_term", evidence, seen.confidence, "said in words")
    for named in summary:
        if about(named, item, lexicon) in _CLOSE:
            for start, end in named.marks("first-use"):
                return Fact("item.use", "first", (named.evidence(start, end),), Confidence.MEDIUM)
    return Fact("item.use", "untold", derivation="neither long nor first use is said in words")


def _uses(
    item: Item,
    lexicon: Lexicon,
    summary: Sequence[Named],
    today: datetime.date | None,
) -> Iterator[_Use]:
    for named in summary:
        for start, end in named.marks("use-since"):
            if today is None or not _of_item(named, start, item, lexicon):
                continue
            for mention in dates.find(named.passage.folded[start:end]):
                days = (today - mention.date).days
                if 0 < days < 60 * 365:
                    evidence = named.whole
                    sure = Confidence.HIGH if mention.precision is not dates.Precision.YEAR else Confidence.MEDIUM
                    yield _Use(days, evidence, sure, f"since {mention.date.isoformat()}")
        for start, end in named.marks("use-for"):
            days = _duration(named.passage.folded[start:end])
            if days and _of_item(named, start, item, lexicon):
                evidence = named.whole
                yield _Use(days, evidence, Confidence.MEDIUM, named.passage.folded[start:end])


def _of_item(named: Named, at: int, item: Item, lexicon: Lexicon) -> bool:
    """Whether the drug named last before a duration is the item's or of its class."""
    before = [m for m in named.drugs if m.start < at]
    if not before:
        return False
    last = Named(named.passage, (before[-1],), ())
    return about(last, item, lexicon) in _CLOSE


def _duration(words: str) -> int:
    """Days of "for the past three years"; 0 where no number is read."""
    number, unit = 0.0, ""
    for word in words.replace(",", " ").split():
        value = number_value(word)
        if value is not None and not number:
            number = value
        unit = unit or next((u for u in _DAYS if word.startswith(u)), "")
    if unit and not number and " a " in f" {words} ":
        number = 1
    return int(number * _DAYS[unit]) if unit else 0
