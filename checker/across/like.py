"""Like cases: the same key, and what is known of the criteria; how often each outcome occurs among them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from checker.across.case import Case
from checker.across.store import Row, Store
from checker.knowledge.across import Like
from checker.model.facts import Assertion

_UNCLEAR = Assertion.UNCLEAR.value


class Pattern(NamedTuple):
    """What is known of the criteria of a topic, as sets of bits: two lists of masks, one bit a criterion.

    Attributes:
        deciding: For each status that decides, the criteria of which the rationale says so.
        known: The same of rationale or, where that is silent, case summary.
        unclear: Criteria of which the rationale says nothing definite.
    """

    deciding: tuple[int, ...]
    known: tuple[int, ...]
    unclear: int


class Patterns:
    """Reads the patterns of cases and compares them."""

    def __init__(self, settings: Like) -> None:
        self._statuses: dict[str, int] = {status: n for n, status in enumerate(settings.deciding)}
        pairs = settings.against
        self._against = tuple(
            (self._statuses[a], self._statuses[b]) for a, b in pairs if {a, b} <= self._statuses.keys()
        )
        self._bits: dict[str, int] = {}

    def of(self, case: Case) -> Pattern:
        """The pattern of a case."""
        deciding, known, unclear = [0] * len(self._statuses), [0] * len(self._statuses), 0
        for statement in case.statements:
            bit = 1 << self._bits.setdefault(statement.criterion, len(self._bits))
            place = self._statuses.get(statement.status)
            if place is None:
                unclear |= bit
                continue
            known[place] |= bit
            if statement.decides:
                deciding[place] |= bit
        return Pattern(tuple(deciding), tuple(known), unclear)

    def distance(self, a: Pattern, b: Pattern) -> float | None:
        """Share of the deciding criteria of both that only one has, None where they stand against each other.

        A criterion of which one rationale says nothing definite stands against any that decides in the other.
        """
        all_a, all_b = _union(a.deciding), _union(b.deciding)
        if a.unclear & all_b or b.unclear & all_a:
            return None
        for n, m in self._against:
            if a.known[n] & b.known[m] or a.known[m] & b.known[n]:
                return None
        common = sum((x & y).bit_count() for x, y in zip(a.deciding, b.deciding, strict=True))
        whole = all_a.bit_count() + all_b.bit_count() - common
        return 1 - common / whole if common else None


def _union(masks: Iterable[int]) -> int:
    whole = 0
    for mask in masks:
        whole |= mask
    return whole


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
        self._groups: dict[Row, _Group] = {}
        self._words: dict[Row, str] = {}
        self._mixed: dict[int, list[_Group]] = {}
        self._of_case: dict[tuple[int, int], list[Row]] = {}
        self._outcomes: dict[str, str] = {str(name): word for name, word in settings.outcomes.items()}
        by_key = sorted((row for row in ordered if store.keys[row]), key=lambda row: store.keys[row])
        for key, rows in groupby(by_key, key=lambda row: store.keys[row]):
            self._add(key, list(rows))

    def _add(self, key: int, rows: list[Row]) -> None:
        if len({self._outcomes.get(self._store.outcome(row)) for row in rows} - {None}) < 2:
            return
        groups: dict[Pattern, _Group] = {}
        words: dict[Row, str] = {}
        of: dict[Row, _Group] = {}
        counted: set[tuple[int, int, str]] = set()
        for row in rows:
            case = self._store.case(row)
            word = self._outcomes.get(case.outcome)
            pattern = self._patterns.of(case)
            if word is None or not _union(pattern.deciding):
                continue
            group = of[row] = groups.setdefault(pattern, _Group(pattern))
            words[row] = word
            once = (self._store.numbers[row], id(group), word)
            if once not in counted:
                counted.add(once)
                group.cases[word] += 1
            self._offer(group.shown.setdefault(word, []), row)
        if len(set(words.values())) > 1:
            self._groups |= of
            self._words |= words
            for row in of:
                self._of_case.setdefault((key, self._store.numbers[row]), []).append(row)
            # The commonest first; where as many have two patterns, the bits decide, whose order is that of the rows.
            self._mixed[key] = sorted(groups.values(), key=lambda g: (-g.size, g.pattern))[: self._settings.patterns]

    def _offer(self, shown: list[Row], row: Row) -> None:
        """One row a letter, and a few more than are shown: one may be of the letter at hand."""
        same = any(self._store.texts[row] == self._store.texts[other] for other in shown)
        if len(shown) <= self._settings.shown and not same:
            shown.append(row)

    def of(self, row: Row) -> tuple[Among, Among] | None:
        """A case among those at distance 0, and among the near ones; None where all were decided alike."""
        group = self._groups.get(row)
        if group is None:
            return None
        near = self._near(group, self._store.keys[row])
        same = [(d, g) for d, g in near if d == 0]
        farther = [(d, g) for d, g in near if d > 0]
        return self._among(row, same), self._among(row, farther)

    def pattern(self, row: Row) -> Pattern:
        """What is known of the criteria of a row that ``of`` answered for."""
        return self._groups[row].pattern

    def _near(self, group: _Group, key: int) -> list[tuple[float, _Group]]:
        if group.near is None:
            found = [] if group in self._mixed[key] else [(0.0, group)]
            for other in self._mixed[key]:
                distance = self._patterns.distance(group.pattern, other.pattern)
                if distance is not None and distance <= self._settings.farthest:
                    found.append((distance, other))
            group.near = sorted(found, key=lambda pair: pair[0])
        return group.near

    def _among(self, row: Row, near: Sequence[tuple[float, _Group]]) -> Among:
        own = self._words[row]
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
            (id(group), self._words[other])
            for other in self._of_case[self._store.keys[row], self._store.numbers[row]]
            if (group := self._groups[other]) in groups and not self._store.apart(row, other)
        }
        return Counter(word for _, word in own)

    def _candidates(self, near: Sequence[tuple[float, _Group]], own: str) -> Iterator[tuple[float, Row]]:
        for distance, group in near:
            for word in sorted(group.shown):
                if word != own:
                    yield from ((distance, other) for other in group.shown[word])
