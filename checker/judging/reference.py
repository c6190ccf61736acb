"""The reference reading: the rule tree read in plain Python, in Kleene's three values, with every step kept.

It explains what the engine decided, and it must agree with the engine on every rule and item. Truth is a number here:
0 false, 1 unknown, 2 true; so ``all`` is the least of its nodes and ``any`` the greatest.
"""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from checker.judging.errors import FactsError
from checker.judging.forks import Fork, Forks
from checker.judging.program import Condition, Group, Node, Ready
from checker.model.facts import UNKNOWN, Fact
from checker.model.findings import Result, Step, Stop, Trace, Truth
from checker.rulebook.book import GUIDELINE_DATE

FALSE, POSSIBLE, TRUE = 0, 1, 2
_TRUTHS = (Truth.FALSE, Truth.UNKNOWN, Truth.TRUE)
_UNREAD = -1
_REMEMBERED = 8_192
_TOLD = 200
"""So many different values are remembered where rules fail."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The results of some rules on one item.

    Attributes:
        failed: Where rules failed: all those behind each of these are settled by it.
        open: The rules of which no condition failed, with their results.
        silent: Where rules failed because nothing is said of a fact: conditions side by side, and the bits of those.
    """

    failed: tuple[Fork, ...]
    open: tuple[tuple[Ready, Result], ...]
    silent: tuple[tuple[Forks, int], ...]

    def where(self) -> Iterator[Fork]:
        """Every condition that failed."""
        yield from self.failed
        for forks, bits in self.silent:
            yield from forks.of(bits)

    def by_rule(self) -> dict[str, Result]:
        """The result of every rule, by its id."""
        results = {ready.rule.id: result for ready, result in self.open}
        for fork in self.where():
            results.update(dict.fromkeys(fork.ids, fork.result))
        return results


@lru_cache(maxsize=_REMEMBERED)
def _undecided(rule: str, missing: tuple[str, ...]) -> Stop:
    """What keeps a rule undecided: few facts, the same in many letters."""
    return Stop((rule,), Result.UNDECIDED, missing=missing)


class Reading:
    """What the conditions of one program are worth on one item; each is read once, when it is first asked for.

    Attributes:
        at: The rule that ``settled`` read last: should it fail, the one that failed.
    """

    __slots__ = ("_facts", "_memory", "at")

    def __init__(self, facts: Mapping[str, Fact], size: int) -> None:
        self.at: Ready | None = None
        self._facts = facts
        self._memory = [_UNREAD] * size

    def truth(self, node: Node) -> int:
        """0 false, 1 unknown, 2 true."""
        known = self._memory[node.index]
        if known >= 0:
            return known
        worth = self._condition(node) if isinstance(node, Condition) else self._group(node)
        self._memory[node.index] = worth
        return worth

    def _condition(self, node: Condition) -> int:
        try:
            value = self._facts[node.fact].value
        except KeyError:
            raise FactsError(node.fact, "is not among the facts of the item") from None
        if value == UNKNOWN or node.operand is None:
            return POSSIBLE
        return TRUE if node.test(value) else FALSE

    def _group(self, node: Group) -> int:
        # The least of the nodes for ``all``, the greatest for ``any``; it is known at the first one at the end of the
        # scale. A node that was read before is looked up here rather than asked: rules share most of theirs.
        decisive = FALSE if node.every else TRUE
        worth = TRUE - decisive
        memory = self._memory
        for below in node.nodes:
            known = memory[below.index]
            read = known if known >= 0 else self.truth(below)
            if read == decisive:
                return decisive
            if read == POSSIBLE:
                worth = POSSIBLE
        return worth

    def settled(self, forks: Forks, spoken: AbstractSet[str]) -> Settled:
        """Reads rules that are in force, those that begin alike together.

        Args:
            forks: Their tree.
            spoken: Names of the facts that may differ from the vocabulary's default.
        """
        failed: list[Fork] = []
        ended: list[tuple[Ready, Result]] = []
        silent: list[tuple[Forks, int]] = []
        memory = self._memory
        ahead = [forks]
        while ahead:
            beside = ahead.pop()
            bits = beside.unspoken(spoken)
            if bits:
                silent.append((beside, bits))
            for fork in (*beside.read, *beside.of(beside.all_silent & ~bits)):
                self.at = fork.rules[0]
                known = memory[fork.node.index]
                if (known if known >= 0 else self.truth(fork.node)) == FALSE:
                    failed.append(fork)
                    continue
                ahead.append(fork.next)
                for ready in fork.ends:
                    self.at = ready
                    ended.append((ready, self.result(ready)))
        return Settled(tuple(failed), tuple(ended), tuple(silent))

    def result(self, ready: Ready) -> Result:
        """The result of a rule on the item."""
        if not ready.in_force:
            return Result.NOT_APPLICABLE
        applies = self.truth(ready.applies)
        if applies == FALSE:
            return Result.NOT_APPLICABLE
        flag = self.truth(ready.flag)
        if flag == FALSE:
            return Result.CLEAR
        excuses = FALSE
        for _, tree in ready.exceptions:
            excuses = max(excuses, self.truth(tree))
        if excuses == TRUE:
            return Result.EXCEPTED
        sure = applies == TRUE and flag == TRUE and excuses == FALSE
        return Result.FLAGGED if sure else Result.UNDECIDED

    def excepted_by(self, ready: Ready) -> str:
        """Id of the first exception that holds, "" where none does."""
        return next((id_ for id_, tree in ready.exceptions if self.truth(tree) == TRUE), "")

    def held(self, node: Node) -> Iterator[Condition]:
        """The comparisons that made a tree hold, in the order written; those of a branch that failed did not."""
        if self.truth(node) != TRUE:
            return
        if isinstance(node, Condition):
            yield node
            return
        for below in node.nodes:
            yield from self.held(below)

    def missing(self, ready: Ready) -> tuple[str, ...]:
        """Names of the facts that leave an undecided rule undecided, in the order written."""
        names: dict[str, None] = {}
        self._unknown(ready.applies, names)
        self._unknown(ready.flag, names)
        for _, tree in ready.exceptions:
            self._unknown(tree, names)
        return tuple(names)

    def _unknown(self, node: Node, names: dict[str, None]) -> None:
        """Adds the names of the facts that leave a tree undecided."""
        known = self._memory[node.index]
        if (known if known >= 0 else self.truth(node)) != POSSIBLE:
            return
        if isinstance(node, Condition):
            names[node.fact if self._facts[node.fact].value == UNKNOWN else node.missing] = None
            return
        for below in node.nodes:
            self._unknown(below, names)

    def stops(self, settled: Settled) -> Iterator[Stop]:
        """What kept rules from a finding on the item."""
        facts = self._facts
        for fork in settled.failed:
            node = fork.node
            if isinstance(node, Condition):  # most are, and then the value says all
                condition, others = node, 0
                value = facts[node.fact].value
                key: object = value if value.__class__ is str else (value.__class__, value)
            else:
                condition, others = self._failing(node)
                value = facts[condition.fact].value
                key = (condition.index, others, value.__class__, value)
            stop = fork.told.get(key)  # the class, since 30 and 30.0 are equal, and are written otherwise
            if stop is None:
                stop = Stop(fork.ids, fork.result, self.step(condition), others)
                if len(fork.told) < _TOLD:
                    fork.told[key] = stop
            yield stop
        for ready, result in settled.open:
            if result is Result.EXCEPTED:
                yield Stop((ready.rule.id,), result, excepted_by=self.excepted_by(ready))
            elif result is Result.UNDECIDED:
                yield _undecided(ready.rule.id, self.missing(ready))

    def out_of_force(self, rules: Iterable[Ready]) -> Iterator[Stop]:
        """What kept rules from a finding that are not in force."""
        alike: dict[Step, list[str]] = {}
        for ready in rules:
            leaf = next(step for step in self._dates(ready) if step.truth is Truth.FALSE)
            alike.setdefault(leaf, []).append(ready.rule.id)
        for leaf, ids in alike.items():
            yield Stop(tuple(ids), Result.NOT_APPLICABLE, leaf)

    def _failing(self, node: Node) -> tuple[Condition, int]:
        """The first comparison that made a tree fail, and how many alternatives failed beside it."""
        others = 0
        while isinstance(node, Group):
            if not node.every:
                others += len(node.nodes) - 1
            node = next(below for below in node.nodes if self.truth(below) == FALSE)
        return node, others

    def step(self, node: Node) -> Step:
        """A tree as it was read, every condition with its value."""
        truth = _TRUTHS[self.truth(node)]
        if isinstance(node, Condition):
            return Step(node.operator, truth, node.fact, self._facts[node.fact].value, node.wanted)
        return Step("all" if node.every else "any", truth, steps=tuple(self.step(below) for below in node.nodes))

    def trace(self, ready: Ready, item: int) -> Trace:
        """How a rule came to its result on the item."""
        result = self.result(ready)
        applies = self._with_dates(ready)
        if result is Result.NOT_APPLICABLE:
            return Trace(ready.rule.id, ready.rule.code, item, result, applies)
        exceptions: tuple[tuple[str, Step], ...] = ()
        if result is not Result.CLEAR:
            exceptions = tuple((id_, self.step(tree)) for id_, tree in ready.exceptions)
        return Trace(
            rule=ready.rule.id,
            code=ready.rule.code,
            item=item,
            result=result,
            applies=applies,
            flag=self.step(ready.flag),
            exceptions=exceptions,
            excepted_by=self.excepted_by(ready) if result is Result.EXCEPTED else "",
            missing=self.missing(ready) if result is Result.UNDECIDED else (),
        )

    def _with_dates(self, ready: Ready) -> Step:
        """The tree of ``applies_to`` with the days between which the rule holds as conditions of their own."""
        step = self.step(ready.applies)
        dates = self._dates(ready)
        if not dates:
            return step
        below = step.steps if step.kind == "all" else (step,)
        truth = Truth.FALSE if any(date.truth is Truth.FALSE for date in dates) else step.truth
        return Step("all", truth, steps=(*dates, *below))

    def _dates(self, ready: Ready) -> list[Step]:
        """The days between which a rule holds, as conditions."""
        days = ready.rule.effective
        dates: list[Step] = []
        fact = self._facts.get(GUIDELINE_DATE)
        value = fact.value if fact else UNKNOWN
        for kind, day in (("at_least", days.from_), ("at_most", days.to)):
            if day is not None:
                text = day.isoformat()
                holds = value == UNKNOWN or (str(value) >= text if kind == "at_least" else str(value) <= text)
                wanted = f"{text}, or no date known"
                dates.append(Step(kind, _TRUTHS[TRUE if holds else FALSE], GUIDELINE_DATE, value, wanted))
        return dates
