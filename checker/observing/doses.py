"""How much of a drug is taken: strength, units at a time, how often, how many are dispensed and for how long."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from checker.knowledge.measures import DirectionWords, Measures
from checker.knowledge.names import Mention
from checker.language.measuring import NUMBER, Token
from checker.model.facts import Evidence
from checker.observing.directions import MOST_UNITS, Sig, dispense, read_directions
from checker.observing.mentions import Named

_KINDS = frozenset(
    "time mass other_units percent forms quantity refills supply rate moments times every per at_most as_needed take "
    "visit relief".split()
)
_REACH = 160
"""Directions stand at most so many code points behind a drug's name."""

_BACK = 40
"""Units stand at most so many code points before it: "two tablets of"."""


_TOLERANCE = 0.1
"""By such a share what is dispensed may differ from days times use: 30 days or 28 a month."""


@dataclass(frozen=True, slots=True)
class Dose:
    """What one mention of a drug says of its amount; None for what is not told. Pairs are lower and upper end.

    Attributes:
        drug: Id in rules/lexicon/drugs.yaml.
        start: Where it begins in the folded sentence, the drug's name included.
        end: Where it ends.
        strength: Milligrams of a unit, of a combination of its first part; of a patch micrograms an hour.
        hourly: The strength is one of micrograms an hour.
        units: Units at a time.
        rate: Times a day.
        per_day: Units a day.
        dispensed: Units dispensed.
        days: Days for which they are to last.
        as_needed: It is taken when needed, so that the amounts are the most that may be taken.
    """

    drug: str
    start: int
    end: int
    strength: float | None
    hourly: bool
    units: tuple[float, float] | None
    rate: tuple[float, float] | None
    per_day: tuple[float, float] | None
    dispensed: float | None
    days: float | None
    as_needed: bool

    @property
    def mg_per_day(self) -> tuple[float, float] | None:
        """Milligrams a day, lower and upper end; None for patches and where strength or units a day are not told."""
        if self.strength is None or self.hourly or self.per_day is None:
            return None
        return self.strength * self.per_day[0], self.strength * self.per_day[1]

    @property
    def supply_days(self) -> float | None:
        """For how many days what is dispensed lasts at the highest daily use."""
        return self.dispensed / self.per_day[1] if self.dispensed and self.per_day else None

    @property
    def agrees(self) -> bool | None:
        """Whether what is dispensed for some days agrees with the directions; None where one of them is not told."""
        if not self.dispensed or not self.days or self.rate is None or self.per_day is None:
            return None
        low, high = (self.days * units for units in self.per_day)
        few = self.dispensed < low * (1 - _TOLERANCE)  # what is taken when needed may last longer
        return self.dispensed <= high * (1 + _TOLERANCE) and (self.as_needed or not few)

    @property
    def as_dispensed(self) -> str:
        """What is dispensed against the directions, in words."""
        by_directions = (self.days or 0) * (self.per_day or (0.0, 0.0))[1]
        return f"{self.dispensed or 0:g} for {self.days or 0:g} days, {by_directions:g} by the directions"


_BESIDE = 8


@dataclass(frozen=True, slots=True)
class DoseTold:
    """A dose with the sentence that tells it."""

    named: Named
    dose: Dose

    @property
    def evidence(self) -> Evidence:
        """The words from the name to the last direction."""
        return self.named.evidence(self.dose.start, self.dose.end)


def doses(sentences: Iterable[Named], measures: Measures) -> list[DoseTold]:
    """The amounts that stand behind the names of drugs in sentences about the case, but of drugs that were stopped."""
    found: list[DoseTold] = []
    for named in sentences:
        if named.drugs and named.passage.tells_the_case and not named.marks("drug-stopped"):
            folded = named.passage.folded
            adds = named.passage.grammar.adds_a_thing
            listed = [m.start for m in named.treatments if adds.search(folded, max(0, m.start - _BESIDE), m.start)]
            found += [DoseTold(named, dose) for dose in doses_in(folded, named.drugs, measures, listed)]
    return found


def doses_in(folded: str, drugs: Sequence[Mention], measures: Measures, listed: Sequence[int] = ()) -> list[Dose]:
    """The amounts of one folded sentence, one entry for each drug that has any.

    Args:
        folded: The sentence.
        drugs: The drugs that it names.
        measures: The words around numbers.
        listed: Where another treatment of the same list begins: "Valium #60, and therapy three times a week".
    """
    found: list[Dose] = []
    before = 0
    for number, mention in enumerate(drugs):
        following = drugs[number + 1].start if number + 1 < len(drugs) else len(folded)
        at = bisect_left(listed, mention.end)
        stop = min(following, mention.end + _REACH, *listed[at : at + 1])
        sig = Sig(measures.directions, end=mention.end)
        start = _units_before(folded, max(before, mention.start - _BACK), mention.start, measures, sig)
        before = mention.end
        tokens = measures.table.read(folded, mention.end, stop, _KINDS)
        if following < len(folded):
            tokens = _own(tokens, measures.directions)
        read_directions(tokens, sig)
        if sig.end > mention.end or start < mention.start:
            before = sig.end
            found.append(_dose(mention.entry, start, sig))
    return found


def _dose(drug: str, start: int, sig: Sig) -> Dose:
    rates = list(dict.fromkeys(sig.rates))
    return Dose(
        drug=drug,
        start=start,
        end=sig.end,
        strength=sig.strength,
        hourly=sig.hourly,
        units=sig.units,
        rate=rates[0] if len(rates) == 1 and not sig.clash else None,
        per_day=sig.per_day(),
        dispensed=sig.dispensed,
        days=sig.days,
        as_needed=sig.as_needed,
    )


def _own(tokens: list[Token], words: DirectionWords) -> list[Token]:
    """The tokens before another drug's name, less the units that belong to it ("and two tablets of")."""
    end = len(tokens)
    while end and tokens[end - 1].kind in ("take", "forms") and tokens[end - 1].text not in words.not_counted:
        end -= 1
    if end < len(tokens) and end and tokens[end - 1].kind == NUMBER:
        return tokens[: end - 1]
    return tokens


def _units_before(folded: str, start: int, end: int, measures: Measures, sig: Sig) -> int:
    """Units right before a drug's name; returns where the amount begins."""
    if not any(c.isdigit() or c.isalpha() for c in folded[start:end]):
        return end
    tokens = measures.table.read(folded, start, end, _KINDS)
    at = len(tokens) - 1
    while at >= 0 and tokens[at].kind in ("take", "forms"):
        at -= 1
    if at < 0 or tokens[at].kind != NUMBER:
        return end
    if tokens[at].high > MOST_UNITS:  # "120 tablets of"
        formed = at + 1 < len(tokens) and tokens[at + 1].kind == "forms"
        return tokens[at].start if formed and dispense(tokens[at], sig) else end
    if at and tokens[at - 1].text in ("/", "#", "-", "."):
        return end
    if at == len(tokens) - 1 and not (at and tokens[at - 1].kind == "take"):
        return end  # "level 2 Norco": a bare number is only a dose where something is taken
    sig.units = tokens[at].low, tokens[at].high
    return tokens[at].start
