"""One letter out of the material: who was hurt, what was asked for, what was decided and why.

Every letter has a random generator of its own, seeded with the seed of the batch and the number of the letter, so that
any part of a batch can be made by itself.
"""

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from benchmarks import letters as written
from benchmarks.material import ERAS, Material, Pieces, Request, template
from checker.model.facts import Role

MEAN, SHORTEST, LONGEST = 5_900, 2_800, 12_500
"""Code points of a letter: the mean that is aimed at, the least and the most that one aims at."""
_SIGMA = 0.32
"""Spread of the logarithm of the size, as wide as that of published letters."""
_ITEMS = (1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4)
_FIRST_DAY = date(2000, 1, 1)
_DAYS = tuple(_FIRST_DAY + timedelta(days=n) for n in range(7_000))
_PRINTED = tuple((f"{d.month}/{d.day}/{d.year}", f"{d:%m/%d/%Y}", f"{d.month}-{d.day}-{d.year}") for d in _DAYS)
_MONTH = tuple(f"{d:%B %Y}" for d in _DAYS)
_ERAS = tuple((date.fromisoformat(day) - _FIRST_DAY).days for day in ERAS)
_OWN_SUMMARY = 0.9
"""How often a sentence of a summary comes along with an item of its letter."""
_INTO_SUMMARY = 0.35
"""How much of what fills a letter goes into its summary."""
_JOINED = 0.2
"""How often a sentence is joined to the one before it."""
_SWAPPED = {Role.GUIDELINE: 0.5, Role.CASE: 0.15, Role.APPLICATION: 0.15}
"""How often a sentence of a rationale gives way to one of another item of the same kind."""
_READ = tuple(
    template(f"{text}.")
    for text in (
        "The file holds {n} reports, the latest of {date}",
        "The report of {date} and the letter of appeal of {date} have been read",
        "The reviewer has weighed the note of {date} against the request of {date}",
        "What the physician wrote on {date} is typed, {k} pages long and in part repeated from earlier reports",
        "The request reached the claims administrator {k} days after the visit of {date}",
        "The claim is {m} months older than the first report in this file",
        "A letter of {date} asks that the decision be reconsidered and adds nothing to the file",
        "The physician has treated {him} since {month} {year}",
        "The form of {date} lists {k} requests, of which some are not in dispute",
        "This item was part of a request of {date} that named {k} others",
        "The determination of utilization review was signed on {date} after one call to the office",
        "The records sent in by the parties run from {month} {year} to {month} {year}",
        "Records of an earlier claim for the {part} were enclosed and are not at issue",
        "The plan of {date} was repeated without a change on {date}",
        "The visit of {date} took {n} minutes and was followed by a report of {k} pages",
        "The office wrote on {date} that {drug} had been renewed for {k} weeks",
    )
)
_OTHER_SIDE = {"left": "right", "right": "left"}
_SEXES = (("male", "female"), ("man", "woman"))
_CAUSES = tuple(map(template, written.CAUSES))
_WORKERS = ("injured worker", "patient", "employee", "claimant")


_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Asked:
    """A disputed item of the letter: its heading, what both sides cited, its reasons."""

    heading: str
    overturned: bool
    claims: str
    reviewer: str
    reasons: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What a letter says, before a layout gives it its form.

    Attributes:
        number: Of the letter in its batch.
        dates: Of injury, denial, application, assignment and decision, as printed.
        specialty: Of the reviewer.
        states: Of the reviewer's licence.
        summary: The clinical case summary.
        items: What was in dispute.
        expedited: The priority is not the standard one.
        era: Which edition of the guidelines governed it, by place in ``ERAS``.
    """

    number: int
    dates: tuple[str, str, str, str, str]
    specialty: str
    states: str
    summary: str
    items: tuple[Asked, ...]
    expedited: bool
    era: int


@dataclass(slots=True)
class _Worker:
    """Who a letter is about, and when what happened."""

    woman: bool
    age: int
    swapped: bool
    injured: int
    denied: int
    era: int
    style: int


class Composer:
    """Makes letters out of the material.

    Args:
        material: The sentences and items.
        seed: Any number; the same one makes the same letters.
    """

    def __init__(self, material: Material, seed: int = 1) -> None:
        self._material, self._seed = material, seed

    def draft(self, number: int) -> tuple[Draft, random.Random]:
        """What the letter of a number says, and the generator for its form."""
        chance = random.Random(f"{self._seed}-{number}")  # noqa: S311
        worker = self._worker(chance)
        one = _One(self._material, worker, chance)
        requests = list(one.requests())
        items = [one.asked(request) for request in requests]
        size = chance.lognormvariate(math.log(MEAN - 700) - _SIGMA**2 / 2, _SIGMA)
        spare = min(max(size, SHORTEST), LONGEST) - 1_700 - sum(300 + sum(map(len, item.reasons)) for item in items)
        summary = one.summary()
        while spare > 0:
            place, text = one.filler()
            into = summary if place < _INTO_SUMMARY else items[int(chance.random() * len(items))].reasons
            spare -= len(text) + 1
            if len(into) > 2 and chance.random() < _JOINED:
                # Real sentences are longer than those that say one thing.
                text = f"{into.pop(-2)[:-1]}; {text[0].lower()}{text[1:]}"
            into.insert(len(into) - 1, text)
        return self._draft(number, worker, chance, summary, items), chance

    def _draft(
        self, number: int, worker: _Worker, chance: random.Random, summary: list[str], items: "Sequence[_Item]"
    ) -> Draft:
        applied = worker.denied + chance.randint(1, 30)
        assigned = applied + chance.randint(2, 40)
        decided = assigned + chance.randint(20, 80)
        printed = tuple(_PRINTED[day][1] for day in (worker.injured, worker.denied, applied, assigned, decided))
        return Draft(
            number,
            printed,  # type: ignore[arg-type]
            ", ".join(chance.sample(written.SPECIALTIES, 1 + (chance.random() < 0.3))),
            ", ".join(chance.sample(written.STATES, 1 + (chance.random() < 0.4))),
            " ".join(summary),
            tuple(Asked(i.heading, i.overturned, i.claims, i.reviewer, " ".join(i.reasons)) for i in items),
            chance.random() < 0.01,
            worker.era,
        )

    def _worker(self, chance: random.Random) -> _Worker:
        era = int(chance.random() * (len(_ERAS) - 1))
        denied = _ERAS[era] + 40 + int(chance.random() * (_ERAS[era + 1] - _ERAS[era] - 40))
        injured = max(30, denied - 60 - int(chance.expovariate(1 / 1_100)))
        woman, swapped = chance.random() < 0.45, chance.random() < 0.5
        style = chance.randint(0, 2)
        return _Worker(woman, chance.randint(20, 67), swapped, injured, denied, era, style)


@dataclass(slots=True)
class _Item:
    heading: str
    overturned: bool
    claims: str
    reviewer: str
    reasons: list[str]


class _One:
    """Fills the gaps of one letter."""

    def __init__(self, material: Material, worker: _Worker, chance: random.Random) -> None:
        self._material, self._worker, self._chance = material, worker, chance
        self._drawn = chance.random
        self._quantity = ""
        self._told: list[Pieces] = []
        self._used: set[Pieces] = set()
        self._into_summary = ((0.5, material.told), (0.55, material.telling), (1.0, material.plain))
        self._into_reasons = ((0.04, material.arguing), (0.4, material.ruling), (1.0, _READ))
        self._dates: dict[str, str] = {}
        self._factor = 0.7 + 0.7 * chance.random()

    def requests(self) -> Iterator[Request]:
        """Disputed items: those of one fixture in their order, or single ones of several."""
        count = self._one_of(_ITEMS)
        if count > 1 and self._drawn() < 0.4:
            case = self._one_of(self._material.whole[self._worker.era])
            self._told += case.summary
            yield from case.requests[:count]
            return
        headings: set[Pieces] = set()
        for _ in range(count):
            request, case = self._one_of(self._material.single[self._worker.era])
            if request.heading not in headings:
                headings.add(request.heading)
                self._told += case.summary
                yield request

    def asked(self, request: Request) -> _Item:
        """An item with its gaps filled and some of its sentences swapped."""
        self._quantity = str(self._one_of((20, 30, 30, 60, 60, 60, 90, 90, 120, 120, 150, 180, 240)))
        heading = self.filled(request.heading)
        reasons = []
        for line in request.lines:
            pieces = line.pieces
            others = self._material.by_kind[request.kind, line.role]
            if self._drawn() < _SWAPPED.get(line.role, 0):
                pieces = self._one_of(others)
            reasons.append(self.filled(pieces))
        return _Item(heading, request.overturned, request.claims, request.reviewer, list(dict.fromkeys(reasons)))

    def summary(self) -> list[str]:
        """The first sentences of the case summary and its last."""
        worker = self._worker
        told = f"The injured worker is a {worker.age} year old {'female' if worker.woman else 'male'}"
        cause = self.filled(self._one_of(_CAUSES))
        injured = _PRINTED[worker.injured][worker.style]
        body = self._one_of(written.PARTS)
        first = f"{told} {self._one_of(written.JOBS)} who {cause} on {injured} and hurt the {body}."
        diagnoses = ", ".join(self._chance.sample(written.DIAGNOSES, 2))
        last = f"On {_PRINTED[worker.denied][worker.style]} Utilization Review non-certified the request."
        kept = [pieces for pieces in self._told if self._drawn() < _OWN_SUMMARY]
        return [first, f"Diagnoses include {diagnoses}.", *map(self.filled, dict.fromkeys(kept)), last]

    def filler(self) -> tuple[float, str]:
        """A sentence that makes a letter longer, and a number that says where it goes."""
        place, kind = self._drawn(), self._drawn()
        pools = self._into_summary if place < _INTO_SUMMARY else self._into_reasons
        pool = next(pool for least, pool in pools if kind < least)
        pieces = self._one_of(pool)
        if pieces in self._used:
            # Once more: few letters say the same twice, and none often.
            pieces = self._one_of(pool)
        self._used.add(pieces)
        return place, self.filled(pieces)

    def filled(self, pieces: Pieces) -> str:
        """A sentence with its gaps filled."""
        out: list[str] = []
        for words, gap, stood in pieces:
            out.append(words)
            if gap:
                out.append(_FILLS[gap](self, stood))
        return "".join(out)

    def _one_of(self, several: Sequence[_T]) -> _T:
        return several[int(self._drawn() * len(several))]

    # How each gap is filled; ``stood`` is what stood in it, or its name.

    def date(self, stood: str) -> str:
        """A day between accident and denial, printed as the letter prints them; the same one where the same stood."""
        if stood == "date":
            return _PRINTED[self._day()][self._worker.style]
        return self._dates.setdefault(stood, _PRINTED[self._day()][self._worker.style])

    def when(self, stood: str) -> str:
        """A month and its year, the same one where the same stood."""
        return self._dates.setdefault(stood, _MONTH[self._day()])

    def year(self, _: str) -> str:
        """A year."""
        return str(_DAYS[self._day()].year)

    def quantity(self, _: str) -> str:
        """How many are asked for, the same all through an item."""
        return self._quantity

    def age(self, _: str) -> str:
        """The worker's age."""
        return str(self._worker.age)

    def measure(self, stood: str) -> str:
        """A number near the one that stood there, all through the letter by the same factor."""
        return str(max(1, int(int(stood) * self._factor)))

    def worker(self, _: str) -> str:
        """A word for the worker."""
        return self._one_of(_WORKERS)

    def side(self, stood: str) -> str:
        """Left or right, all through the letter as in the fixture or all the other way round."""
        if stood not in _OTHER_SIDE:
            return self.word("side")
        return _OTHER_SIDE[stood] if self._worker.swapped else stood

    def he(self, stood: str) -> str:
        """The worker's pronoun."""
        pronoun = "she" if self._worker.woman else "he"
        return pronoun.capitalize() if stood[0].isupper() else pronoun

    def his(self, stood: str) -> str:
        """The same as a possessive."""
        pronoun = "her" if self._worker.woman else "his"
        return pronoun.capitalize() if stood[0].isupper() else pronoun

    def him(self, _: str) -> str:
        """The same as an object."""
        return "her" if self._worker.woman else "him"

    def man(self, stood: str) -> str:
        """Man or woman, male or female."""
        return _SEXES[stood[-3:] == "man"][self._worker.woman]

    def word(self, name: str) -> str:
        """One of the words that the written sentences have for a gap."""
        return self._one_of(_WORDS[name])

    def _day(self) -> int:
        injured, denied = self._worker.injured, self._worker.denied
        return max(injured, denied - int(self._drawn() * 500))


def _numbers(first: int, last: int, step: int = 1) -> tuple[str, ...]:
    return tuple(str(number) for number in range(first, last + 1, step))


_WORDS: dict[str, Sequence[str]] = {
    **written.WORDS,
    "a": _numbers(1, 6), "b": _numbers(5, 10), "n": _numbers(10, 90), "m": _numbers(2, 24), "k": _numbers(2, 9),
    "deg": _numbers(10, 170), "deg2": _numbers(10, 170), "count": _numbers(20, 240, 10),
    "score": tuple(f"{score}/10" for score in range(1, 11)),
    "level": ("2-3", "3-4", "4-5", "5-S1"), "part": written.PARTS, "diag": written.DIAGNOSES, "job": written.JOBS,
    "drug": written.DRUGS, "drug2": written.OPIOIDS, "drug3": written.DRUGS, "missing2": written.WORDS["missing"],
    "therapy": [therapy.lower() for therapy in written.THERAPIES],
    "month": ("March", "June", "August", "November", "May", "January", "September"),
    "Sign_cap": [word[0].upper() + word[1:] for word in written.WORDS["sign"]],
    "Class_cap": [word[0].upper() + word[1:] for word in written.WORDS["class_"]],
}  # fmt: skip

Fill = Callable[[_One, str], str]
_FILLS: dict[str, Fill] = {
    **{name: lambda one, _, name=name: one.word(name) for name in _WORDS},
    **{name: getattr(_One, name) for name in "date when year quantity age measure worker side he his him man".split()},
    "He": _One.he,
}
