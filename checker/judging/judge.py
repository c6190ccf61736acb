"""What the rules say of a letter: durable-rules decides, the reference reading explains, and the two must agree."""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from checker.judging import engine as durable
from checker.judging.compile import Plan, conditions_of, plans
from checker.judging.errors import EngineDisagreement, EngineUnavailable, FactsError, JudgingError, RuleCrash
from checker.judging.findings import finding, joined
from checker.judging.forks import Forks, forks_of
from checker.judging.program import Periods, Program, Ready
from checker.judging.reference import Reading, Settled
from checker.judging.told import AppliedRules, Stops, Traces, Unspoken
from checker.knowledge.vocabulary import SCOPES, Scope, Vocabulary
from checker.model.facts import UNKNOWN, Facts, FactValue, ItemFacts
from checker.model.findings import Finding, ItemJudgement, Judgement, Result
from checker.rulebook import Rulebook
from checker.rulebook.book import GUIDELINE_DATE, TOPIC
from checker.rulebook.message import MessageError

REFERENCE = "reference reading"
EngineChoice = Literal["auto", "durable-rules", "reference"]


class _Sets:
    """The rule sets of the engine that decide some rules, made when an item first asks them."""

    def __init__(self, rules: tuple[Ready, ...], name: str, vocabulary: Vocabulary, extension: ModuleType) -> None:
        self._rules, self._name, self._vocabulary, self._extension = rules, name, vocabulary, extension
        self._made: tuple[tuple[Plan, durable.Session], ...] | None = None

    def sessions(self) -> tuple[tuple[Plan, durable.Session], ...]:
        """Each plan with the session that runs it; together they hold the rules."""
        if self._made is None:
            made = enumerate(plans(self._rules, self._vocabulary))
            self._made = tuple((p, durable.Session(f"{self._name}-{n}", p, self._extension)) for n, p in made)
        return self._made

    def close(self) -> None:
        for _, session in self._made or ():
            session.close()


@dataclass(frozen=True, slots=True)
class _Group:
    """Rules that concern the same topics (or any), and what decides them in the engine; None without one."""

    topics: frozenset[str] | None
    rules: tuple[Ready, ...]
    forks: Forks
    sets: _Sets | None

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
            ValueError: No such engine.
        """
        self._book = rulebook
        self._extension = _extension(engine)
        self._periods = Periods(rulebook)
        self._groups: dict[tuple[int, str], tuple[_Group, ...]] = {}
        self._sets: dict[tuple[tuple[str, ...], ...], _Sets] = {}
        self._far: dict[tuple[int, str, FactValue], tuple[tuple[Ready, ...], tuple[str, ...]]] = {}

    @property
    def engine(self) -> str:
        """Name of what decides: ``durable-rules 2.0.28`` or ``reference reading``."""
        return durable.NAME if self._extension else REFERENCE

    def judge(self, facts: Facts) -> Judgement:
        """Reads every rule on the letter and on each of its items.

        Raises:
            EngineDisagreement: The engine and the reference reading came to different results.
            EngineFailure: The engine reported an error or dropped facts.
            EngineRefusal: A rule is beyond what the engine takes, or two names have one hash in it.
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
            for scope in SCOPES:
                for group in self._grouped(program, scope):
                    if group.sets is not None:
                        group.sets.sessions()

    def close(self) -> None:
        """Frees the rule sets in the engine, which Python does not do itself; needed only where judges come and go."""
        for sets in self._sets.values():
            sets.close()

    def considered(self, item: ItemFacts, scope: Scope, doc: str = "") -> Traces:
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
        reading, spoken = Reading(item.facts, program.size), self._spoken(scope, item)
        for group in self._concerned(program, scope, item):
            _settled(group, reading, item, spoken, doc)
        return Traces(program.rules[scope], reading, item.item)

    def _item(
        self, program: Program, scope: Scope, facts: Facts, item: ItemFacts, found: list[Finding]
    ) -> ItemJudgement:
        doc = facts.determination.source.doc
        reading, spoken = Reading(item.facts, program.size), self._spoken(scope, item)
        counts = dict.fromkeys(Result, 0)
        read: list[Settled] = []
        for group in self._concerned(program, scope, item):
            settled = _settled(group, reading, item, spoken, doc)
            read.append(settled)
            for fork in settled.where():
                counts[fork.result] += len(fork.rules)
            for ready, result in settled.open:
                counts[result] += 1
                if result is Result.FLAGGED:
                    found.append(self._finding(program, facts, item, (ready, reading)))
        rules = program.rules[scope]
        counts[Result.NOT_APPLICABLE] += len(rules) - sum(counts.values())
        topic = _topic(item)
        away, elsewhere = self._farness(program, scope, topic)
        named = str(topic) if topic not in {UNKNOWN, "none"} else ""
        return ItemJudgement(
            item=item.item,
            topic=named,
            results=counts,
            traces=Traces(rules, reading, item.item),
            applied=AppliedRules(read),
            stops=Stops(read, away, reading),
            unspoken=Unspoken(read),
            elsewhere=elsewhere,
        )

    def _spoken(self, scope: Scope, item: ItemFacts) -> AbstractSet[str]:
        """The facts that have not the vocabulary's default, or are not there; nothing is said of the others."""
        facts, defaults = item.facts, self._book.vocabulary.defaults(scope)
        names = defaults.keys() if item.spoken is None else item.spoken
        return {name for name in names if name not in facts or facts[name].value != defaults.get(name)}

    def _farness(self, program: Program, scope: Scope, topic: FactValue) -> tuple[tuple[Ready, ...], tuple[str, ...]]:
        """The rules that are not in force, and the ids of those that are about other topics than an item's."""
        key = (program.period, scope, topic)
        if key not in self._far:
            elsewhere = [g for g in self._grouped(program, scope) if not g.concerns(topic)]
            ids = {ready.rule.id for group in elsewhere for ready in group.rules}
            rules = program.rules[scope]
            away = tuple(ready for ready in rules if not ready.in_force)
            self._far[key] = away, tuple(ready.rule.id for ready in rules if ready.rule.id in ids)
        return self._far[key]

    def _concerned(self, program: Program, scope: Scope, item: ItemFacts) -> Iterator[_Group]:
        """The groups of rules that may apply to an item; the others certainly do not."""
        topic = _topic(item)
        return (group for group in self._grouped(program, scope) if group.concerns(topic))

    def _finding(self, program: Program, facts: Facts, item: ItemFacts, read: tuple[Ready, Reading]) -> Finding:
        try:
            return finding(self._book, program, facts, item, read)
        except (MessageError, KeyError) as error:
            raise RuleCrash(read[0].rule.id, facts.determination.source.doc, item.item, error) from error

    def _grouped(self, program: Program, scope: Scope) -> tuple[_Group, ...]:
        """The rules of a period that are in force, by the topics they concern."""
        key = (program.period, scope)
        if key not in self._groups:
            parts: dict[frozenset[str] | None, list[Ready]] = {}
            for ready in program.rules[scope]:
                if ready.in_force:
                    parts.setdefault(ready.topics, []).append(ready)
            defaults = self._book.vocabulary.defaults(scope)
            self._groups[key] = tuple(
                _Group(topics, tuple(rules), forks_of(rules, defaults), self._decide(rules))
                for topics, rules in parts.items()
            )
        return self._groups[key]

    def _decide(self, rules: Sequence[Ready]) -> _Sets | None:
        """What decides some rules; periods in which they read the same have it in common."""
        if self._extension is None:
            return None
        read = tuple((ready.rule.id, *(condition.wanted for condition in conditions_of(ready))) for ready in rules)
        if read not in self._sets:
            name = f"{rules[0].rule.scope}-{len(self._sets)}"
            self._sets[read] = _Sets(tuple(rules), name, self._book.vocabulary, self._extension)
        return self._sets[read]


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


def _settled(group: _Group, reading: Reading, item: ItemFacts, spoken: AbstractSet[str], doc: str) -> Settled:
    """The results of a group of rules on an item, on which both readings agree."""
    try:
        settled = _read(group, reading, spoken, doc, item.item)
        _agree(group, settled, item, spoken, doc)
    except FactsError as error:
        raise error.at(doc, item.item) from None
    return settled


def _read(group: _Group, reading: Reading, spoken: AbstractSet[str], doc: str, item: int) -> Settled:
    try:
        return reading.settled(group.forks, spoken)
    except JudgingError:
        raise
    except Exception as error:
        at = reading.at or group.rules[0]
        raise RuleCrash(at.rule.id, doc, item, error) from error


def _agree(group: _Group, settled: Settled, item: ItemFacts, spoken: AbstractSet[str], doc: str) -> None:
    """Asks the engine for the results of the same rules and refuses any difference."""
    if group.sets is None:
        return
    of = settled.by_rule()
    for plan, session in group.sets.sessions():
        engine = plan.results(session.fired(plan.fact(item.facts, spoken)))
        expected = [of[id_] for id_ in plan.ids]
        if engine == expected:
            continue
        differing = tuple(
            (ready.rule.id, told.value, read.value)
            for ready, told, read in zip(plan.rules, engine, expected, strict=True)
            if told is not read
        )
        raise EngineDisagreement(doc, item.item, differing)
