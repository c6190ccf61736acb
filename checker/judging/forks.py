"""Rules that ask the same thing first, asked once.

The conditions of a rule are read in the order written: those of ``applies_to``, then those of ``flag_when``. Of hundreds
of rules many begin alike ("the denial is upheld", "the topic is opioids"), so they stand in a tree that forks where they
part. Where a condition fails, all rules behind it are settled at once.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field

from checker.judging.program import Group, Node, Ready
from checker.model.findings import Result, Stop


@dataclass(frozen=True, slots=True, eq=False)
class Fork:
    """A condition that some rules have next.

    Attributes:
        node: The condition.
        result: Of the rules, where it fails.
        rules: All that are behind it, in order of their ids.
        ids: Their ids.
        forks: What they ask next.
        ends: Those that ask nothing more.
        told: What stopped the rules here on earlier items, by the comparison that failed and what it found.
    """

    node: Node
    result: Result
    rules: tuple[Ready, ...]
    ids: tuple[str, ...]
    forks: tuple["Fork", ...]
    ends: tuple[Ready, ...]
    told: dict[Hashable, Stop] = field(default_factory=dict)


_Step = tuple[Result, Node]
_Path = tuple[_Step, ...]


def forks_of(rules: Sequence[Ready]) -> tuple[Fork, ...]:
    """The tree of some rules."""
    return _forks([(tuple(_path(ready)), ready) for ready in rules], 0)


def _path(ready: Ready) -> Iterator[_Step]:
    for result, tree in ((Result.NOT_APPLICABLE, ready.applies), (Result.CLEAR, ready.flag)):
        for node in tree.nodes if isinstance(tree, Group) and tree.every else (tree,):
            yield result, node


def _forks(paths: Sequence[tuple[_Path, Ready]], depth: int) -> tuple[Fork, ...]:
    parted: dict[tuple[Result, int], list[tuple[_Path, Ready]]] = {}
    for path, ready in paths:
        result, node = path[depth]
        parted.setdefault((result, node.index), []).append((path, ready))
    return tuple(_fork(of, depth) for of in parted.values())


def _fork(paths: Sequence[tuple[_Path, Ready]], depth: int) -> Fork:
    result, node = paths[0][0][depth]
    rules = tuple(ready for _, ready in paths)
    return Fork(
        node=node,
        result=result,
        rules=rules,
        ids=tuple(ready.rule.id for ready in rules),
        forks=_forks([(path, ready) for path, ready in paths if len(path) > depth + 1], depth + 1),
        ends=tuple(ready for path, ready in paths if len(path) == depth + 1),
    )
