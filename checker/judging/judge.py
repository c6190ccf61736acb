"""What the rules say of a letter: durable-rules decides, the reference reading explains, and the two must agree."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from checker.judging import engine as durable
from checker.judging.compile import Plan, plans
from checker.judging.errors import EngineDisagreement, EngineUnavailable, FactsError, JudgingError, RuleCrash
from checker.judging.findings import finding, joined
from checker.judging.program import Periods, Program, Ready
from checker.judging.reference import Reading
from checker.judging.told import AppliedRules, Stops, Traces
from checker.model.facts import UNKNOWN, Facts, FactValue, ItemFacts
from checker.model.findings import Finding, ItemJudgement, Judgement, Result
from checker.rulebook import Rulebook
from checker.rulebook.book import GUIDELINE_DATE, TOPIC
from checker.rulebook.message import MessageError

REFERENCE = "reference reading"
EngineChoice = Literal["auto", "durable-rules", "reference"]


@dataclass(frozen=True, slots=True)
class _Group:
    """Rules that concern the same topics (or any), and the rule sets of the engine that decide them."""

    topics: frozenset[str] | None
    rules: tuple[Ready, ...]
    sessions: tuple[tuple[Plan, durable.Session], ...]

    def concerns(self, topic: FactValue) -> bool:
        return self.topics is None or topic == UNKNOWN or topic in self.topics


class Judge:
    """Judges letters by a rulebook. Not for several threads at once; several processes are fine."""

    def __init__(self, rulebook: Rulebook, engine: EngineChoice | str = "auto") -> None:
        """Makes the rules ready.

        Args:
            rulebook: The rules.
            engine: ``durable-rules`` (with the reference reading beside it), ``reference`` (that alone), or ``auto``:
                durable-rules where it can be loaded.

        Raises:
            EngineUnavailable: durable-rules was asked for and cannot be loaded.
            EngineRefusal: A rule is beyond what durable-rules takes; so are later two names with one hash.
            ValueError: No such engine.
        """
        self._book = rulebook
        self._extension = _extension(engine)
        self._periods = Periods(rulebook)
        self._groups: dict[tuple[int, str], tuple[_Group, ...]] = {}
        self._near: dict[tuple[int, str, FactValue], tuple[tuple[Ready, ...], tuple[str, ...]]] = {}
        program = self._periods.program(UNKNOWN)
        for scope in program.rules:
            self._grouped(program, scope)

    @property
    def engine(self) -> str:
        """Name of what decides: ``durable-rules 2.0.28`` or ``reference reading``."""
        return durable.NAME if self._extension else REFERENCE

    def judge(self, facts: Facts) -> Judgement:
        """Reads every rule on the letter and on each of its items.

        Raises:
            EngineDisagreement: The engine and the reference reading came to different results.
            EngineFailure: The engine reported an error or dropped facts.
            FactsError: A fact is missing, or has a value that the vocabulary does not know.
            RuleCrash: A rule failed.
        """
        date = facts.letter.facts.get(GUIDELINE_DATE)
        program = self._periods.program(date.value if date else UNKNOWN)
        found: list[Finding] = []
        letter = self._item(program, "letter", facts, facts.letter, found)
        items = tuple(self._item(program, "item", facts, item, found) for item in facts.items)
        return Judgement(facts, letter, items, tuple(joined(found)), self._book.digest, self.engine)

    def warm(self, days: Iterable[FactValue]) -> None:
        """Makes the rules ready for letters under the guidelines of certain days, before the first of them comes.

        Args:
            days: ISO days, or "unknown".
        """
        for day in days:
            program = self._periods.program(day)
            for scope in program.rules:
                self._grouped(program, scope)

    def close(self) -> None:
        """Frees the rule sets in the engine, which Python does not do itself; needed only where judges come and go."""
        for groups in self._groups.values():
            for group in groups:
                for _, session in group.sessions:
                    session.close()

    def considered(self, item: ItemFacts, scope: str, doc: str = "") -> Traces:
        """Reads every rule of a scope on one set of facts, without a letter: the tests inside rules are run so.

        Args:
            item: The facts; those of an item hold those of its letter.
            scope: ``item`` or ``letter``.
            doc: What errors call the letter.

        Raises:
            JudgingError: As ``judge``.
        """
        date = item.facts.get(GUIDELINE_DATE)
        program = self._periods.program(date.value if date else UNKNOWN)
        reading = Reading(item.facts, program.size)
        for group in self._concerned(program, scope, item):
            _results(group, reading, item, doc)
        return Traces(program.rules[scope], reading, item.item)

    def _item(self, program: Program, scope: str, facts: Facts, item: ItemFacts, found: list[Finding]) -> ItemJudgement:
        doc = facts.determination.source.doc
        reading = Reading(item.facts, program.size)
        counts = dict.fromkeys(Result, 0)
        read: list[tuple[tuple[Ready, ...], list[Result]]] = []
        for group in self._concerned(program, scope, item):
            results = _results(group, reading, item, doc)
            read.append((group.rules, results))
            for ready, result in zip(group.rules, results, strict=True):
                counts[result] += 1
                if result is Result.FLAGGED:
                    found.append(self._finding(program, facts, item, (ready, reading)))
        rules = program.rules[scope]
        counts[Result.NOT_APPLICABLE] += len(rules) - sum(counts.values())
        topic = _topic(item)
        near, elsewhere = self._nearness(program, scope, topic)
        named = str(topic) if topic not in {UNKNOWN, "none"} else ""
        return ItemJudgement(
            item=item.item,
            topic=named,
            results=counts,
            traces=Traces(rules, reading, item.item),
            applied=AppliedRules(read),
            stops=Stops(near, reading, item.item),
            elsewhere=elsewhere,
        )

    def _nearness(self, program: Program, scope: str, topic: FactValue) -> tuple[tuple[Ready, ...], tuple[str, ...]]:
        """The rules that may apply to items of a topic or are not in force, and the ids of the others."""
        key = (program.period, scope, topic)
        if key not in self._near:
            away = [g for g in self._grouped(program, scope) if not g.concerns(topic)]
            ids = {ready.rule.id for group in away for ready in group.rules}
            rules = program.rules[scope]
            near = tuple(ready for ready in rules if ready.rule.id not in ids)
            self._near[key] = near, tuple(ready.rule.id for ready in rules if ready.rule.id in ids)
        return self._near[key]

    def _concerned(self, program: Program, scope: str, item: ItemFacts) -> Iterator[_Group]:
        """The groups of rules that may apply to an item; the others certainly do not."""
        topic = _topic(item)
        return (group for group in self._grouped(program, scope) if group.concerns(topic))

    def _finding(self, program: Program, facts: Facts, item: ItemFacts, read: tuple[Ready, Reading]) -> Finding:
        try:
            return finding(self._book, program, facts, item, read)
        except (MessageError, KeyError) as error:
            raise RuleCrash(read[0].rule.id, facts.determination.source.doc, item.item, error) from error

    def _grouped(self, program: Program, scope: str) -> tuple[_Group, ...]:
        """The rules of a period that are in force, by the topics they concern."""
        key = (program.period, scope)
        if key not in self._groups:
            parts: dict[frozenset[str] | None, list[Ready]] = {}
            for ready in program.rules[scope]:
                if ready.in_force:
                    parts.setdefault(ready.topics, []).append(ready)
            named = [
                (topics, tuple(rules), f"{scope}-{program.period}-{n}")
                for n, (topics, rules) in enumerate(parts.items())
            ]
            self._groups[key] = tuple(
                _Group(topics, rules, self._sessions(rules, name)) for topics, rules, name in named
            )
        return self._groups[key]

    def _sessions(self, rules: Sequence[Ready], name: str) -> tuple[tuple[Plan, durable.Session], ...]:
        if self._extension is None:
            return ()
        made = enumerate(plans(rules, self._book.vocabulary))
        return tuple((plan, durable.Session(f"{name}-{n}", plan, self._extension)) for n, plan in made)


def _topic(item: ItemFacts) -> FactValue:
    fact = item.facts.get(TOPIC)
    return fact.value if fact else ""


def _extension(choice: str) -> ModuleType | None:
    if choice == "reference":
        return None
    if choice not in {"auto", "durable-rules"}:
        raise ValueError(f"no engine {choice!r}: auto, durable-rules or reference")
    try:
        return durable.extension()
    except EngineUnavailable:
        if choice == "durable-rules":
            raise
        return None


def _results(group: _Group, reading: Reading, item: ItemFacts, doc: str) -> list[Result]:
    """The results of a group of rules on an item, on which both readings agree."""
    try:
        results = _read(group.rules, reading, doc, item.item)
        _agree(group, results, item, doc)
    except FactsError as error:
        raise error.at(doc, item.item) from None
    return results


def _read(rules: Sequence[Ready], reading: Reading, doc: str, item: int) -> list[Result]:
    results: list[Result] = []
    try:
        for ready in rules:  # no comprehension: the rule that fails is the one after those that did not
            results.append(reading.result(ready))
    except JudgingError:
        raise
    except Exception as error:
        raise RuleCrash(rules[len(results)].rule.id, doc, item, error) from error
    return results


def _agree(group: _Group, results: Sequence[Result], item: ItemFacts, doc: str) -> None:
    """Asks the engine for the results of the same rules and refuses any difference."""
    expected: Iterator[Result] = iter(results)
    for plan, session in group.sessions:
        engine = plan.results(session.fired(plan.fact(item.facts)))
        differing = tuple(
            (ready.rule.id, told.value, read.value)
            for ready, told, read in zip(plan.rules, engine, expected, strict=False)
            if told is not read
        )
        if differing:
            raise EngineDisagreement(doc, item.item, differing)
