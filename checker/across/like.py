"""Like cases: the same key, and what is known of the criteria; how often each outcome occurs among them."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from checker.across.case import Case
from checker.across.order import order_of
from checker.across.store import Row, Store
from checker.knowledge.across import Like


class Pattern(NamedTuple):
    """What is known of the criteria of a topic, as sets of bits; a criterion has one bit for each status, and one more.

    Attributes:
        deciding: What the rationale says.
        known: What rationale or, where that is silent, case summary says; the last bit of a criterion of which the
            rationale says nothing definite.
        against: What in another case would stand against this one.
        criteria: Number of deciding criteria.
    """

    deciding: int
    known: int
    against: int
    criteria: int


class Patterns:
    """Reads the patterns of cases and compares them."""

    def __init__(self, settings: Like) -> None:
        places = {str(status): n for n, status in enumerate(settings.deciding)}
        pairs = [(places[a], places[b]) for a, b in settings.against if {a, b} <= places.keys()]
        self._opposite = [0] * len(places)
        for a, b in pairs:
            self._opposite[a] |= 1 << b
            self._opposite[b] |= 1 << a
        self._places = places
        self._unclear = 1 << len(places)
        self._shifts: dict[str, int] = {}

    def of(self, case: Case) -> Pattern:
        """The pattern of a case."""
        deciding = known = against = criteria = 0
        for statement in case.statements:
            shift = self._shifts.setdefault(statement.criterion, len(self._shifts) * (len(self._places) + 1))
            place = self._places.get(statement.status)
            if place is None:
                known |= self._unclear << shift
                continue
            known |= 1 << place << shift
            against |= self._opposite[place] << shift
            if statement.decides:
                deciding |= 1 << place << shift
                against |= self._unclear << shift
                criteria += 1
        return Pattern(deciding, known, against, criteria)


def distance(a: Pattern, b: Pattern) -> float | None:
    """Share of the deciding criteria of both that only one has, None where they stand against each other.

    A criterion of which one rationale says nothing definite stands against any that decides in the other. Cases that
    have no deciding criterion in common have no distance either.
    """
    if a.known & b.against or b.known & a.against:
        return None
    common = (a.deciding & b.deciding).bit_count()
    return 1 - common / (a.criteria + b.criteria - common) if common else None


@dataclass(slots=True, eq=False)
class _Group:
    """The rows of one key with one pattern.

    Attributes:
        cases: By outcome word, how many cases (copies of a letter and items of one case count once).
        shown: By outcome word, the first rows in the order of the store that may be shown.
        near: The groups of the key within reach, nearest first, with their distances; itself among them.
    """

    pattern: Pattern
    cases: Counter[str] = field(default_factory=Counter)
    shown: dict[str, list[Row]] = field(default_factory=dict)
    near: list[tuple[float, "_Group"]] | None = None

    @property
    def size(self) -> int:
        return self.cases.total()


@dataclass(frozen=True, slots=True)
class Among:
    """One case among the others that are alike.

    Attributes:
        cases: How many others.
        otherwise: How many of them were decided otherwise.
        tally: How many of each outcome word, this case included, the commonest first.
        beside: Rows decided otherwise that may be shown, the nearest first, each with its distance.
    """

    cases: int
    otherwise: int
    tally: tuple[tuple[str, int], ...]
    beside: tuple[tuple[float, Row], ...]


class LikeCases:
    """Every key under which items were decided in more than one way.

    Args:
        store: The cases.
        ordered: Its rows in an order that does not depend on the input's.
        settings: What is compared.
    """

    def __init__(self, store: Store, ordered: Sequence[Row], settings: Like) -> None:
        self._store, self._settings = store, settings
        self._patterns = Patterns(settings)
        self._groups: list[_Group] = []
        self._group_of = array("L", [0]) * len(store)
        """One more than the place of the row's group, 0 for a row that is compared with nothing."""
        self._mixed: dict[int, list[_Group]] = {}
        self._of_case: dict[tuple[int, int], list[Row]] = {}
        self._outcomes: dict[str, str] = {str(name): word for name, word in settings.outcomes.items()}
        keys = array("Q", (store.keys[row] for row in ordered))
        for key, places in groupby(order_of(keys), key=keys.__getitem__):
            if key:
                self._add(key, [ordered[place] for place in places])

    def _add(self, key: int, rows: list[Row]) -> None:
        if len({self._outcomes.get(self._store.outcome(row)) for row in rows} - {None}) < 2:
            return
        groups: dict[Pattern, _Group] = {}
        of: dict[Row, _Group] = {}
        counted: set[tuple[int, int, str]] = set()
        for row in rows:
            case = self._store.case(row)
            word = self._outcomes.get(case.outcome)
            pattern = self._patterns.of(case)
            if word is None or not pattern.deciding:
                continue
            group = of[row] = groups.setdefault(pattern, _Group(pattern))
            once = (self._store.numbers[row], id(group), word)
            if once not in counted:
                counted.add(once)
                group.cases[word] += 1
            self._offer(group.shown.setdefault(word, []), row)
        if len({word for group in groups.values() for word in group.cases}) > 1:
            self._keep(key, of)
            # The commonest first; where as many have two patterns, the bits decide, whose order is that of the rows.
            self._mixed[key] = sorted(groups.values(), key=lambda g: (-g.size, g.pattern))[: self._settings.patterns]

    def _keep(self, key: int, of: dict[Row, _Group]) -> None:
        """A few bytes a row: the number of its group; of a case with several rows under the key, which they are."""
        places = {id(group): n for n, group in enumerate(dict.fromkeys(of.values()), len(self._groups) + 1)}
        self._groups += dict.fromkeys(of.values())
        cases: dict[int, list[Row]] = {}
        for row, group in of.items():
            self._group_of[row] = places[id(group)]
            cases.setdefault(self._store.numbers[row], []).append(row)
        self._of_case |= {(key, number): rows for number, rows in cases.items() if len(rows) > 1}

    def _word(self, row: Row) -> str:
        return self._outcomes[self._store.outcome(row)]

    def _group(self, row: Row) -> _Group | None:
        place = self._group_of[row]
        return self._groups[place - 1] if place else None

    def _offer(self, shown: list[Row], row: Row) -> None:
        """One row a letter, and a few more than are shown: one may be of the letter at hand."""
        same = any(self._store.texts[row] == self._store.texts[other] for other in shown)
        if len(shown) <= self._settings.shown and not same:
            shown.append(row)

    def of(self, row: Row) -> tuple[Among, Among] | None:
        """A case among those at distance 0, and among the near ones; None where all were decided alike."""
        group = self._group(row)
        if group is None:
            return None
        near = self._near(group, self._store.keys[row])
        same = [(d, g) for d, g in near if d == 0]
        farther = [(d, g) for d, g in near if d > 0]
        return self._among(row, same), self._among(row, farther)

    def _near(self, group: _Group, key: int) -> list[tuple[float, _Group]]:
        if group.near is None:
            found = [] if group in self._mixed[key] else [(0.0, group)]
            for other in self._mixed[key]:
                apart = distance(group.pattern, other.pattern)
                if apart is not None and apart <= self._settings.farthest:
                    found.append((apart, other))
            group.near = sorted(found, key=lambda pair: pair[0])
        return group.near

    def _among(self, row: Row, near: Sequence[tuple[float, _Group]]) -> Among:
        own = self._word(row)
        counts: Counter[str] = Counter()
        for _, group in near:
            counts += group.cases
        counts -= self._of_own_letter(row, [group for _, group in near])
        beside = [(d, r) for d, r in self._candidates(near, own) if self._store.apart(row, r)]
        otherwise = counts.total() - counts[own]
        whole = counts + Counter({own: 1})
        tally = sorted(whole.items(), key=lambda pair: (-pair[1], pair[0]))
        return Among(counts.total(), otherwise, tuple(tally), tuple(beside[: self._settings.shown]))

    def _of_own_letter(self, row: Row, groups: Sequence[_Group]) -> Counter[str]:
        """What the row's own case has counted for in these groups, other than in a letter that replaces this one."""
        own = {
            (id(group), self._word(other))
            for other in self._of_case.get((self._store.keys[row], self._store.numbers[row]), (row,))
            if (group := self._group(other)) in groups and not self._store.apart(row, other)
        }
        return Counter(word for _, word in own)

    def _candidates(self, near: Sequence[tuple[float, _Group]], own: str) -> Iterator[tuple[float, Row]]:
        for apart, group in near:
            for word in sorted(group.shown):
                if word != own:
                    yield from ((apart, other) for other in group.shown[word])
