"""How far the review of a run has come, counted finding by finding."""

from collections.abc import Mapping

from checker.review.measures import Precision
from checker.review.standing import State

Counts = dict[State, int]


class Progress:
    """Counts the findings of a run by where they stand; memory grows with the rules, not with the findings."""

    def __init__(self) -> None:
        self.all: Counts = {}
        self._codes: dict[str, Counts] = {}
        self._rules: dict[str, Counts] = {}

    def add(self, code: str, rule: str, state: State, number: int = 1) -> None:
        """Count findings.

        Args:
            code: Code of the catalogue.
            rule: Id of their rule.
            state: Where they stand.
            number: How many.
        """
        for counts in (self.all, self._codes.setdefault(code, {}), self._rules.setdefault(rule, {})):
            counts[state] = counts.get(state, 0) + number

    def take(self, other: "Progress") -> None:
        """Count what was counted elsewhere."""
        _sum(self.all, other.all)
        for name, counts in other._codes.items():
            _sum(self._codes.setdefault(name, {}), counts)
        for name, counts in other._rules.items():
            _sum(self._rules.setdefault(name, {}), counts)

    @property
    def findings(self) -> int:
        """How many there are."""
        return sum(self.all.values())

    @property
    def reviewed(self) -> int:
        """How many a verdict that still holds was given on."""
        return self.findings - self.of(State.OPEN) - self.of(State.STALE)

    def of(self, state: State) -> int:
        """How many stand so."""
        return self.all.get(state, 0)

    def code(self, code: str) -> Precision | None:
        """Precision of a code; None where no verdict was given on it."""
        return _precision(self._codes.get(code, {}))

    def rule(self, rule: str) -> Precision | None:
        """Precision of a rule; None where no verdict was given on it."""
        return _precision(self._rules.get(rule, {}))


def _sum(counts: Counts, more: Counts) -> None:
    for state, count in more.items():
        counts[state] = counts.get(state, 0) + count


def _precision(counts: Mapping[State, int]) -> Precision | None:
    precision = Precision(
        confirmed=counts.get(State.CONFIRMED, 0),
        dismissed=counts.get(State.DISMISSED, 0),
        undecided=counts.get(State.UNSURE, 0) + counts.get(State.DISPUTED, 0),
    )
    return precision if precision.confirmed + precision.dismissed + precision.undecided else None
