"""Whether facts exist under which condition trees are worth what is asked: a small bounded search.

A formula says of one fact that it lies in certain cases (``Within``), or that every or any of some formulas holds.
Facts are taken as independent of each other, so ``no facts do this`` is certain, and ``some facts do`` may be a thing
that no letter says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from checker.authoring.domains import Cases, Condition, Domains, Node
from checker.model.facts import FactValue

MAX_STEPS = 20_000
"""Alternatives tried before a question is given up; rules of at most 64 alternatives stay far below."""


class Worth(Enum):
    """What a tree is to be worth, in three values."""

    TRUE = "true"
    FALSE = "false"
    NOT_TRUE = "false or unknown"
    NOT_FALSE = "true or unknown"


_FOR_EVERY = {Worth.TRUE, Worth.NOT_FALSE}
"""What ``all`` is worth where each node below is."""


@dataclass(frozen=True, slots=True)
class Within:
    """One fact lies in certain cases."""

    fact: str
    cases: int
    all: int


@dataclass(frozen=True, slots=True)
class Every:
    """Each of these holds; of none, it does."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """One of these holds; of none, it does not."""

    parts: tuple["Formula", ...]


Formula = Within | Every | Some
Known = dict[str, int]
"""Fact -> the cases that are left of it."""


class TooManyCasesError(Exception):
    """The search was given up; nothing is known."""


def worth(node: Node, wanted: Worth, domains: Domains) -> Formula:
    """The facts under which a tree is worth what is wanted."""
    if isinstance(node, Condition):
        return Within(node.fact, _cases(domains.cases(node), wanted), domains.cases(node).all)
    parts = tuple(worth(below, wanted, domains) for below in node.nodes)
    return Every(parts) if node.every == (wanted in _FOR_EVERY) else Some(parts)


def _cases(cases: Cases, wanted: Worth) -> int:
    if wanted is Worth.TRUE:
        return cases.true
    if wanted is Worth.FALSE:
        return cases.false
    return cases.all & ~(cases.true if wanted is Worth.NOT_TRUE else cases.false)


def world(formulas: Sequence[Formula], domains: Domains) -> Mapping[str, FactValue] | None:
    """Facts under which all formulas hold, None where there are none.

    Raises:
        TooManyCasesError: After ``MAX_STEPS`` alternatives.
    """
    found = _Search().solve({}, list(formulas))
    if found is None:
        return None
    return {name: domains.value(name, cases) for name, cases in sorted(found.items())}


class _Search:
    def __init__(self) -> None:
        self.steps = 0

    def solve(self, known: Known, formulas: list[Formula]) -> Known | None:
        known = dict(known)
        open_ = _settled(known, formulas)
        if open_ is None:
            return None
        if not open_:
            return known
        chosen = min(open_, key=lambda some: len(some.parts))
        others = [some for some in open_ if some is not chosen]
        for part in chosen.parts:
            self.steps += 1
            if self.steps > MAX_STEPS:
                raise TooManyCasesError
            found = self.solve(known, [part, *others])
            if found is not None:
                return found
        return None


def _settled(known: Known, formulas: list[Formula]) -> list[Some] | None:
    """Narrows ``known`` by all that is certain; what is left open, None where the formulas contradict each other."""
    left = list(formulas)
    open_: list[Some] = []
    while True:
        if not _narrowed(known, left, open_):
            return None
        simpler: list[Some] = []
        for some in open_:
            parts = _alive(some, known)
            if parts is None:
                continue
            if not parts:
                return None
            if len(parts) == 1:
                left.append(parts[0])
            else:
                simpler.append(Some(parts))
        open_ = simpler
        if not left:
            return open_


def _narrowed(known: Known, left: list[Formula], open_: list[Some]) -> bool:
    """Works off what is certain, moving alternatives to ``open_``; false where a fact has no case left."""
    while left:
        formula = left.pop()
        if isinstance(formula, Within):
            cases = known.get(formula.fact, formula.all) & formula.cases
            if not cases:
                return False
            known[formula.fact] = cases
        elif isinstance(formula, Every):
            left.extend(formula.parts)
        else:
            open_.append(formula)
    return True


def _alive(some: Some, known: Known) -> tuple[Formula, ...] | None:
    """The parts that may still hold; None where one certainly does."""
    alive: list[Formula] = []
    for part in some.parts:
        state = _state(part, known)
        if state is True:
            return None
        if state is None:
            alive.append(part)
    return tuple(alive)


def _state(formula: Formula, known: Known) -> bool | None:
    """True or false where that is certain, None where it is open."""
    if isinstance(formula, Within):
        left = known.get(formula.fact, formula.all)
        return False if not left & formula.cases else True if not left & ~formula.cases else None
    states = [_state(part, known) for part in formula.parts]
    decisive = isinstance(formula, Some)
    if decisive in states:
        return decisive
    return None if None in states else not decisive
