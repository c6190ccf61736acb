"""Rules that ask the same thing first, asked once.

The conditions of a rule are read in the order written: those of ``applies_to``, then those of ``flag_when``. Of
hundreds of rules many begin alike ("the denial is upheld", "the topic is opioids"), so they stand in a tree that forks
where they part. Where a condition fails, all rules behind it are settled at once.

Most letters say nothing of most facts. A condition that fails where nothing is said of its fact is not even read there.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from checker.judging.program import Condition, Group, Node, Ready
from checker.model.facts import UNKNOWN, FactValue
from checker.model.findings import Result, Stop


@dataclass(frozen=True, slots=True, eq=False)
class Fork:
    """A condition that some rules have next.

    Attributes:
        node: The condition.
        result: Of the rules, where it fails.
        rules: All that are behind it, in order of their ids.
        ids: Their ids.
        next: What they ask next.
        ends: Those that ask nothing more.
        told: What stopped the rules here on earlier items, by the comparison that failed and what it found.
    """

    node: Node
    result: Result
    rules: tuple[Ready, ...]
    ids: tuple[str, ...]
    next: "Forks"
    ends: tuple[Ready, ...]
    told: dict[Hashable, Stop] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Forks:
    """Conditions side by side.

    Attributes:
        read: Those that are read on every item.
        silent: Those that fail where nothing is said of their fact; they have bits in the order of this row.
        facts: The facts of those.
        by_fact: The bits of those that ask for a fact.
        all_silent: All the bits.
        codes: The bits behind which stands a rule of a code, by result and code.
    """

    read: tuple[Fork, ...]
    silent: tuple[Fork, ...]
    facts: frozenset[str]
    by_fact: Mapping[str, int]
    all_silent: int
    codes: tuple[tuple[Result, str, int], ...]

    def unspoken(self, spoken: AbstractSet[str]) -> int:
        """The bits of the conditions that fail because nothing is said of their fact.

        Args:
            spoken: Names of the facts of which something is said.
        """
        left = self.all_silent
        for name in self.facts & spoken:
            left &= ~self.by_fact[name]
        return left

    def of(self, bits: int) -> Iterator[Fork]:
        """The conditions of some bits."""
        silent = self.silent
        while bits:
            lowest = bits & -bits
            yield silent[lowest.bit_length() - 1]
            bits ^= lowest


_Step = tuple[Result, Node]
_Path = tuple[_Step, ...]
_Paths = Sequence[tuple[_Path, Ready]]


def forks_of(rules: Iterable[Ready], defaults: Mapping[str, FactValue]) -> Forks:
    """The tree of some rules.

    Args:
        rules: In order of their ids.
        defaults: The value of each fact where nothing is said of it.
    """
    return _forks([(tuple(_path(ready)), ready) for ready in rules], 0, defaults)


def _path(ready: Ready) -> Iterator[_Step]:
    for result, tree in ((Result.NOT_APPLICABLE, ready.applies), (Result.CLEAR, ready.flag)):
        for node in tree.nodes if isinstance(tree, Group) and tree.every else (tree,):
            yield result, node


def _forks(paths: _Paths, depth: int, defaults: Mapping[str, FactValue]) -> Forks:
    parted: dict[tuple[Result, int], list[tuple[_Path, Ready]]] = {}
    for path, ready in paths:
        result, node = path[depth]
        parted.setdefault((result, node.index), []).append((path, ready))
    forks = [_fork(of, depth, defaults) for of in parted.values()]
    silent = tuple(fork for fork in forks if _fails(fork.node, defaults))
    by_fact: dict[str, int] = {}
    codes: dict[tuple[Result, str], int] = {}
    for place, fork in enumerate(silent):
        if isinstance(fork.node, Condition):
            by_fact[fork.node.fact] = by_fact.get(fork.node.fact, 0) | 1 << place
        for ready in fork.rules:
            key = (fork.result, ready.rule.code)
            codes[key] = codes.get(key, 0) | 1 << place
    return Forks(
        read=tuple(fork for fork in forks if fork not in silent),
        silent=silent,
        facts=frozenset(by_fact),
        by_fact=by_fact,
        all_silent=(1 << len(silent)) - 1,
        codes=tuple((result, code, bits) for (result, code), bits in codes.items()),
    )


def _fails(node: Node, defaults: Mapping[str, FactValue]) -> bool:
    """Whether a comparison is false where nothing is said of its fact."""
    if not isinstance(node, Condition) or node.operand is None or node.fact not in defaults:
        return False
    default = defaults[node.fact]
    return default != UNKNOWN and not node.test(default)


def _fork(paths: _Paths, depth: int, defaults: Mapping[str, FactValue]) -> Fork:
    result, node = paths[0][0][depth]
    rules = tuple(ready for _, ready in paths)
    return Fork(
        node=node,
        result=result,
        rules=rules,
        ids=tuple(ready.rule.id for ready in rules),
        next=_forks([(path, ready) for path, ready in paths if len(path) > depth + 1], depth + 1, defaults),
        ends=tuple(ready for path, ready in paths if len(path) == depth + 1),
    )
