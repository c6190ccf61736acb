"""How long the relief from an earlier injection lasted: by the rationale and by the case summary."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from checker.knowledge.measures import Measures
from checker.language.measuring import NUMBER
from checker.model.determination import Item
from checker.model.facts import Confidence, Evidence, Fact
from checker.observing.mentions import About, Named
from checker.observing.usage import length_in_days

_NAME = "compare.relief_length"
_CATEGORY = "injection"
_LASTED, _DOUBT = "relief-lasted", "relief-length-asked"

_TIME = frozenset({"time"})
_COMMA = ","
_TIMES = 2
"""A length so many times another one is no other way of rounding it ..."""

_DAYS = 10
"""... where they differ by more than so many days."""


def relief_lengths_compared(item: Item, sentences: Sequence[tuple[Named, About]], measures: Measures) -> list[Fact]:
    """``compare.relief_length`` of one injection; nothing where no length is told in both parts.

    Of several injections each may have helped for its own time, so that a length that the summary tells of any is no
    other one.

    Args:
        item: The disputed item.
        sentences: Those of case summary and rationale with how each relates to the item.
        measures: The words around numbers.
    """
    if item.category != _CATEGORY:
        return []
    near = [n for n, relation in sentences if relation is not About.ANOTHER and n.passage.tells_the_case]
    of_summary = list(_lengths((n for n in near if not n.passage.sentence.item), measures))
    others = [d for n in near if not n.passage.sentence.item and n.marks(_LASTED) for d in _all_lengths(n, measures)]
    of_rationale = list(_lengths((n for n in near if n.passage.sentence.item), measures))
    if not of_summary or not of_rationale:
        return []
    for claimed, evidence in of_rationale:
        if not any(_alike(claimed, days) for days in (*others, *(d for d, _ in of_summary))):
            words = f"{claimed} days in the rationale, {of_summary[0][0]} in the case summary"
            return [Fact(_NAME, "different", (evidence, of_summary[0][1]), Confidence.MEDIUM, words)]
    return [Fact(_NAME, "same", (of_rationale[0][1],), derivation="both parts tell the same length")]


def _lengths(sentences: Iterable[Named], measures: Measures) -> Iterator[tuple[int, Evidence]]:
    for named in sentences:
        for start, end in named.marks(_LASTED):
            if _asked_for(named, start, end):
                continue
            days = length_in_days(named.passage.folded[start:end], measures)
            if days:
                yield days, named.whole


def _asked_for(named: Named, start: int, end: int) -> bool:
    """Whether the part of the sentence between two commas tells what ought to be, or what is missing."""
    folded = named.passage.folded
    first, last = folded.rfind(_COMMA, 0, start), folded.find(_COMMA, end)
    return any(first < at and (last < 0 or at < last) for at, _ in named.marks(_DOUBT))


def _all_lengths(named: Named, measures: Measures) -> Iterator[int]:
    """Every length of a sentence: "the first gave 12 weeks of relief, the second two weeks"."""
    tokens = measures.table.read(named.passage.folded, 0, len(named.passage.folded), _TIME)
    for number, unit in pairwise(tokens):
        if number.kind == NUMBER and unit.kind == "time":
            yield int(number.high * unit.low)


def _alike(one: int, other: int) -> bool:
    less, more = sorted((one, other))
    return more < _TIMES * less or more - less <= _DAYS
