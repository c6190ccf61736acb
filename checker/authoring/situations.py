"""Rules as questions to the search: under which facts does a rule flag, pass, or meet an exception."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from checker.authoring.domains import Domains
from checker.authoring.formulas import Every, Formula, Some, Worth, world, worth
from checker.authoring.material import awake
from checker.judging.program import Condition, Node, Periods, Program, Ready
from checker.knowledge.vocabulary import Vocabulary
from checker.model.facts import UNKNOWN, FactValue
from checker.rulebook import Rulebook

EARLIEST = "0001-01-01"

World = Mapping[str, FactValue]
Route = tuple[int, ...]
"""Which node below, from the top of a tree down."""


@dataclass(frozen=True, slots=True)
class Situation:
    """Every rule as it reads in one period, with the cases of all facts."""

    program: Program
    domains: Domains

    @property
    def dated(self) -> bool:
        """Whether letters of a known day are judged so; without one every rule is in force."""
        return self.program.period >= 0

    @property
    def ready(self) -> tuple[Ready, ...]:
        """The rules in force, of both scopes."""
        return tuple(ready for rules in self.program.rules.values() for ready in rules if ready.in_force)

    def find(self, *formulas: Formula) -> World | None:
        """Facts under which all formulas hold.

        Raises:
            TooManyCasesError: The search was given up.
        """
        return world(formulas, self.domains)

    def is_(self, node: Node, wanted: Worth = Worth.TRUE) -> Formula:
        """The facts under which a tree is worth what is wanted."""
        return worth(node, wanted, self.domains)

    def flags(self, ready: Ready) -> Formula:
        """The rule flags."""
        excuses = tuple(self.is_(tree, Worth.FALSE) for _, tree in ready.exceptions)
        return Every((self.is_(ready.applies), self.is_(ready.flag), *excuses))

    def does_not_flag(self, ready: Ready) -> Formula:
        """The rule does not flag, for whatever reason."""
        excuses = tuple(self.is_(tree, Worth.NOT_FALSE) for _, tree in ready.exceptions)
        return Some((self.is_(ready.applies, Worth.NOT_TRUE), self.is_(ready.flag, Worth.NOT_TRUE), *excuses))

    def passes(self, ready: Ready) -> Formula:
        """The rule applies, all that it asks for is known, and it does not flag."""
        excuses = tuple(self.is_(tree) for _, tree in ready.exceptions)
        return Every((self.is_(ready.applies), Some((self.is_(ready.flag, Worth.FALSE), *excuses))))

    def through(self, node: Node, route: Route) -> Formula:
        """The tree holds by way of one node: of each ``any`` on the way only the branch that leads there counts."""
        if not route or isinstance(node, Condition):
            return self.is_(node)
        on_the_way = self.through(node.nodes[route[0]], route[1:])
        if not node.every:
            return on_the_way
        others = (self.is_(below) for n, below in enumerate(node.nodes) if n != route[0])
        return Every((on_the_way, *others))


def situations(rulebook: Rulebook) -> tuple[Situation, ...]:
    """The rules, drafts too, in each period in which they read differently; the last one is today's.

    Where they read differently for letters without a date, that comes first.
    """
    book = awake(rulebook)
    periods = Periods(book)
    programs: dict[int, Program] = {}
    for day in (EARLIEST, *periods.days, UNKNOWN):
        program = periods.program(day)
        programs.setdefault(program.period, program)
    ordered = sorted(programs)
    return tuple(Situation(program, _domains(book.vocabulary, program)) for program in (programs[n] for n in ordered))


def _domains(vocabulary: Vocabulary, program: Program) -> Domains:
    return Domains(vocabulary, (tree for rules in program.rules.values() for ready in rules for tree in trees(ready)))


def trees(ready: Ready) -> tuple[Node, ...]:
    """The condition trees of a rule."""
    return (ready.applies, ready.flag, *(tree for _, tree in ready.exceptions))


def routes(node: Node, route: Route = ()) -> Iterator[tuple[Route, Node]]:
    """Every node of a tree with the way to it, the upper before the lower."""
    yield route, node
    if not isinstance(node, Condition):
        for n, below in enumerate(node.nodes):
            yield from routes(below, (*route, n))


def chosen(node: Node, route: Route) -> bool:
    """Whether the way to a node leads through an ``any`` of several."""
    for n in route:
        if isinstance(node, Condition):
            return False
        if not node.every and len(node.nodes) > 1:
            return True
        node = node.nodes[n]
    return False


def keys(node: Node, route: Route) -> tuple[str | int, ...]:
    """The way to a node as keys of the file."""
    found: list[str | int] = []
    for n in route:
        if isinstance(node, Condition):
            break
        found += ["all" if node.every else "any", n]
        node = node.nodes[n]
    return tuple(found)


def siblings(node: Node, route: Route) -> Sequence[Node]:
    """What stands beside a node in every ``all`` on the way to it."""
    found: list[Node] = []
    for n in route:
        if isinstance(node, Condition):
            break
        if node.every:
            found += [below for m, below in enumerate(node.nodes) if m != n]
        node = node.nodes[n]
    return found
