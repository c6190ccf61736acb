"""What the judge tells of the rules on one item, made when it is looked at: traces, results, what stopped a rule."""

from abc import abstractmethod
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar, overload

from checker.judging.program import Ready
from checker.judging.reference import Reading, Settled
from checker.model.findings import Applied, Result, Stop, Trace

_T_co = TypeVar("_T_co", covariant=True)


class Traces(Sequence[Trace]):
    """The trace of every rule on one item, in order of their ids, built when it is looked at."""

    __slots__ = ("_item", "_reading", "_rules")

    def __init__(self, rules: tuple[Ready, ...], reading: Reading, item: int) -> None:
        self._rules, self._reading, self._item = rules, reading, item

    def __len__(self) -> int:
        return len(self._rules)

    @overload
    def __getitem__(self, index: int) -> Trace: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Trace, ...]: ...
    def __getitem__(self, index: int | slice) -> Trace | tuple[Trace, ...]:
        if isinstance(index, slice):
            return tuple(self._reading.trace(ready, self._item) for ready in self._rules[index])
        return self._reading.trace(self._rules[index], self._item)

    def of(self, rule: str) -> Trace:
        """The trace of one rule, without those of the others.

        Args:
            rule: Its id.

        Raises:
            KeyError: No such rule was read.
        """
        for ready in self._rules:
            if ready.rule.id == rule:
                return self._reading.trace(ready, self._item)
        raise KeyError(rule)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type[tuple[Trace, ...]], tuple[tuple[Trace, ...]]]:
        return tuple, (tuple(self),)


class _Lazily(Collection[_T_co]):
    """Made anew whenever it is iterated; equal to anything with the same contents, and pickled as a tuple."""

    __slots__ = ()

    @abstractmethod
    def __iter__(self) -> Iterator[_T_co]: ...

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, told: object) -> bool:
        return any(one == told for one in self)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Collection) and tuple(self) == tuple(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __reduce__(self) -> tuple[type[tuple[_T_co, ...]], tuple[tuple[_T_co, ...]]]:
        return tuple, (tuple(self),)


class AppliedRules(_Lazily[Applied]):
    """The rules that applied to one item with their results, as they were read."""

    __slots__ = ("_read",)

    def __init__(self, read: Sequence[Settled]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[Applied]:
        for settled in self._read:
            for fork in settled.where():
                if fork.result is Result.CLEAR:
                    for ready in fork.rules:
                        yield ready.rule.id, ready.rule.code, Result.CLEAR
            for ready, result in settled.open:
                yield ready.rule.id, ready.rule.code, result


class Unspoken(_Lazily[tuple[Result, str]]):
    """Result and code of the rules that failed because the letter says nothing of a fact, each pair once, ascending."""

    __slots__ = ("_read",)

    def __init__(self, read: Sequence[Settled]) -> None:
        self._read = read

    def __iter__(self) -> Iterator[tuple[Result, str]]:
        told = {
            (result, code)
            for settled in self._read
            for forks, bits in settled.silent
            for result, code, behind in forks.codes
            if behind & bits
        }
        return iter(sorted(told))


class Stops(_Lazily[Stop]):
    """What kept the rules that did not flag one item, but for those of ``Unspoken``; in the order they were read."""

    __slots__ = ("_away", "_read", "_reading")

    def __init__(self, read: Sequence[Settled], away: tuple[Ready, ...], reading: Reading) -> None:
        """Take what was read, the rules that are not in force, and the reading of the item."""
        self._read, self._away, self._reading = read, away, reading

    def __iter__(self) -> Iterator[Stop]:
        yield from self._reading.out_of_force(self._away)
        for settled in self._read:
            yield from self._reading.stops(settled)
