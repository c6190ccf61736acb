"""The rule tree becomes native rules for durable-rules.

A native rule is a plain conjunction of terms over one flat fact; ``any`` becomes one native rule an alternative. One
set of native rules tells whether a rule is *surely* met. A second one tells whether it is *possibly* met; that differs
only where one of its facts is unknown, so each of them holds the term that such a fact is, and costs nothing elsewhere.

The engine keeps at most 64 matched terms waiting (error 303). The worst case is counted here, and native rules that
would exceed it together are put behind guards: terms that always hold and part them into bins.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from checker.judging.errors import EngineRefusal, FactsError
from checker.judging.program import Condition, Node, Ready
from checker.judging.terms import Encoding, Marks, Teller, Term, Terms, conflict, encoding, tidy
from checker.knowledge.vocabulary import Vocabulary
from checker.model.facts import Fact
from checker.model.findings import Result

MAX_NAMES = 240
"""The engine takes 252 properties; some are its own, some are guards."""
MAX_WAITING = 48
MAX_BINS = 15
"""``MAX_WAITING + MAX_BINS`` stays below the 64 terms that may wait."""
MAX_NATIVE = 2000
"""Of 4,096."""
MAX_TERMS = 400
"""Distinct terms under one parent; at 511 the engine hangs."""
MAX_ALTERNATIVES = 1024

Literal = tuple[Condition, bool]
"""A comparison, and whether it must surely hold (or only possibly)."""

APPLIES, SURE, POSSIBLE, EXCEPTED, PERHAPS_EXCEPTED = range(5)
Tag = tuple[int, int, int]
"""One of the five above, the place of the rule, the place of the exception."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One rule set of the engine.

    Attributes:
        rules: The rules it decides.
        ids: Their ids.
        told: The facts that they mention, and how the value of each is told.
        native: Terms of each native rule, by its name.
        tags: What each native rule tells of a rule when it fires, but that it applies.
        applying: Places of the rules that apply where a native rule fires.
        silent: The result of each rule where no native rule fires.
        always: What holds whatever the facts are, but that a rule applies.
        guards: Names that are 1 in every fact.
    """

    rules: tuple[Ready, ...]
    ids: tuple[str, ...]
    told: Mapping[str, Teller]
    native: Mapping[str, Terms]
    tags: Mapping[str, tuple[Tag, ...]]
    applying: Mapping[str, tuple[int, ...]]
    silent: tuple[Result, ...]
    always: frozenset[Tag]
    guards: tuple[str, ...]

    def fact(self, facts: Mapping[str, Fact], spoken: AbstractSet[str]) -> str:
        """The facts of an item as the engine gets them: JSON, without the braces.

        Args:
            facts: The facts.
            spoken: Names of those of which something is said; the others have the vocabulary's default.

        Raises:
            FactsError: A value that the vocabulary does not know.
        """
        try:
            told = [self.told[name](facts[name].value) for name in sorted(self.told.keys() & spoken)]
        except KeyError as error:
            raise FactsError(str(error.args[0]), "is not among the facts of the item") from None
        return ",".join([*filter(None, told), *(f'"{guard}":1' for guard in self.guards)])

    def results(self, fired: Iterable[str]) -> list[Result]:
        """The result of each rule, in the order of ``rules``, from the names of the native rules that fired."""
        results = list(self.silent)
        told = set(self.always)
        for name in fired:
            told.update(self.tags[name])
            for place in self.applying[name]:
                results[place] = Result.CLEAR
        for place in {place for _, place, _ in told}:
            results[place] = self._result(place, told, results[place])
        return results

    def _result(self, place: int, told: set[Tag], otherwise: Result) -> Result:
        sure = (SURE, place, 0) in told
        if not sure and (POSSIBLE, place, 0) not in told:
            return otherwise
        exceptions = range(len(self.rules[place].exceptions))
        if any((EXCEPTED, place, n) in told for n in exceptions):
            return Result.EXCEPTED
        excused = any((PERHAPS_EXCEPTED, place, n) in told for n in exceptions)
        return Result.FLAGGED if sure and not excused else Result.UNDECIDED


def plans(rules: Sequence[Ready], vocabulary: Vocabulary) -> Iterator[Plan]:
    """Rule sets that the engine takes, together deciding all of the rules; parted, rules about one thing stay together.

    Raises:
        EngineRefusal: A single rule is beyond what the engine takes, or two names have one hash in it.
    """
    if not rules:
        return
    plan = _Planner(rules, vocabulary).plan()
    if plan is not None:
        yield plan
        return
    if len(rules) == 1:
        raise EngineRefusal(f"{rules[0].rule.id}: the rule is too large for the engine; split it")
    middle, by_subject = len(rules) // 2, sorted(rules, key=_subject)
    yield from plans(by_subject[:middle], vocabulary)
    yield from plans(by_subject[middle:], vocabulary)


def _subject(ready: Ready) -> tuple[str, str]:
    """What a rule is about: rules on ``summary.spasm`` and ``rationale.spasm`` told together need each fact once."""
    asked = next(_conditions(ready.flag)).fact
    return asked.partition(".")[2], ready.rule.id


class _Planner:
    def __init__(self, rules: Sequence[Ready], vocabulary: Vocabulary) -> None:
        self._rules, self._vocabulary = tuple(rules), vocabulary
        self._encodings = self._told()
        self._uses: Counter[str] = Counter()

    def plan(self) -> Plan | None:
        """The rule set, or None where the rules must be parted."""
        if len(self._encodings) > MAX_NAMES:
            return None
        found: dict[frozenset[Term], set[Tag]] = {}
        for place, ready in enumerate(self._rules):
            for terms, tag in self._natives(place, ready):
                if not conflict(terms):
                    found.setdefault(frozenset(tidy(terms, repr)), set()).add(tag)
        marks = _marks(found)
        found = {frozenset(_marked(terms, marks)): tags for terms, tags in found.items()}
        self._uses.update(name for terms in found for _, name, _ in terms)
        always = frozenset(found.pop(frozenset(), set()))
        ordered = sorted((tidy(tuple(terms), self._rank), tuple(sorted(tags))) for terms, tags in found.items())
        bins = list(_bins(ordered)) if ordered else []
        most = sum(e.most(self._uses.keys(), marks.get(e.name, {})) for e in self._encodings.values())
        if len(ordered) > MAX_NATIVE or len(bins) > MAX_BINS or most > MAX_NAMES:
            return None
        refuse_collisions(
            [name for e in self._encodings.values() for name in {e.name, e.upper, *marks.get(e.name, {})}]
        )
        return self._finished(bins, always, marks)

    def _finished(self, bins: "list[list[Native]]", always: frozenset[Tag], marks: Mapping[str, Marks]) -> Plan:
        native: dict[str, Terms] = {}
        tags: dict[str, tuple[Tag, ...]] = {}
        applying: dict[str, tuple[int, ...]] = {}
        guards = tuple(f"g{n}" for n in range(len(bins)))
        for guard, rules in zip(guards, bins, strict=True):
            for terms, told in rules:
                name = str(len(native))
                native[name] = (("==", guard, 1), *terms)
                tags[name] = tuple(tag for tag in told if tag[0] != APPLIES)
                applying[name] = tuple(place for kind, place, _ in told if kind == APPLIES)
        applies = {place for kind, place, _ in always if kind == APPLIES}
        silent = tuple(
            Result.CLEAR if _always(ready.applies) or place in applies else Result.NOT_APPLICABLE
            for place, ready in enumerate(self._rules)
        )
        rest = frozenset(tag for tag in always if tag[0] != APPLIES)
        return Plan(
            rules=self._rules,
            ids=tuple(ready.rule.id for ready in self._rules),
            told={fact: e.teller(self._uses.keys(), marks.get(e.name, {})) for fact, e in self._encodings.items()},
            native=native,
            tags=tags,
            applying=applying,
            silent=silent,
            always=rest,
            guards=guards,
        )

    def _told(self) -> dict[str, Encoding]:
        """How each fact that the rules mention is told."""
        words: dict[str, set[str]] = {}
        for ready in self._rules:
            for condition in conditions_of(ready):
                operand = condition.operand
                mentioned = operand if isinstance(operand, tuple) else (operand,)
                words.setdefault(condition.fact, set()).update(w for w in mentioned if isinstance(w, str))
        facts = self._vocabulary.facts
        return {name: encoding(name, facts[name], words[name]) for name in sorted(words)}

    def _natives(self, place: int, ready: Ready) -> Iterator[tuple[Terms, Tag]]:
        applies = _alternatives(ready.applies)
        flag = _joined(applies, _alternatives(ready.flag))
        if not _always(ready.applies):
            tag = (APPLIES, place, 0)
            yield from ((terms, tag) for terms in self._met(applies))
            yield from ((terms, tag) for terms in self._met_if_unknown(applies, ()))
        yield from ((terms, (SURE, place, 0)) for terms in self._met(flag))
        yield from ((terms, (POSSIBLE, place, 0)) for terms in self._met_if_unknown(flag, ()))
        for n, (_, tree) in enumerate(ready.exceptions):
            excuse = _alternatives(tree)
            for one, other in itertools.product(flag, excuse):
                literals = [*((c, False) for c in one), *((c, True) for c in other)]
                yield from ((terms, (EXCEPTED, place, n)) for terms in self._spelled(literals))
            for one in flag:
                tag = (PERHAPS_EXCEPTED, place, n)
                yield from ((terms, tag) for terms in self._met_if_unknown(excuse, one))

    def _met(self, alternatives: "Alternatives") -> Iterator[Terms]:
        """Terms of each alternative, all surely."""
        for conjunction in alternatives:
            yield from self._spelled([(condition, True) for condition in conjunction])

    def _met_if_unknown(self, alternatives: "Alternatives", surely: "Conjunction") -> Iterator[Terms]:
        """Terms that hold where an alternative holds only possibly because one of its facts is unknown."""
        for conjunction in alternatives:
            rest: list[Literal] = [(condition, True) for condition in surely]
            possibly: list[Literal] = [(condition, False) for condition in conjunction]
            if any(condition.operand is None for condition in conjunction):
                yield from self._spelled(rest + possibly)
                continue
            for fact in sorted({condition.fact for condition in conjunction}):
                others = [literal for literal in possibly if literal[0].fact != fact]
                unknown = self._encodings[fact].is_unknown
                yield from ((unknown, *terms) for terms in self._spelled(rest + others))

    def _spelled(self, literals: Sequence[Literal]) -> Iterator[Terms]:
        """The terms of a conjunction; more than one where a comparison itself has alternatives."""
        choices: list[tuple[Terms, ...]] = []
        for condition, surely in literals:
            told = self._encodings[condition.fact]
            choices.append(told.surely(condition) if surely else told.possibly(condition))
        for chosen in _bounded(itertools.product(*choices)):
            yield tuple(itertools.chain.from_iterable(chosen))

    def _rank(self, term: Term) -> Any:
        """Equalities first, rare names before common ones: the engine goes on only below terms that hold."""
        operator, name, operand = term
        kind = _KINDS.get(operator, 1)
        return kind, self._uses[name], name, operator, isinstance(operand, str), str(operand)


_KINDS = {"==": 0, "!=": 2, "told": 2, "unlike": 3, "missing": 3}
"""Of two terms that one with the smaller number fails more often; comparisons of numbers have 1."""


def _marks(natives: Iterable[Iterable[Term]]) -> Mapping[str, Marks]:
    """The marks that native rules need, by the name of their fact."""
    lists = sorted({(name, words) for terms in natives for _, name, words in terms if isinstance(words, tuple)})
    marks: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, words in lists:
        of = marks.setdefault(name, {})
        of[f"{name}!{len(of)}"] = words
    return marks


def _marked(terms: Iterable[Term], marks: Mapping[str, Marks]) -> Iterator[Term]:
    """The terms as the engine gets them: a fact is unlike some words where the mark of those is missing."""
    for operator, name, operand in terms:
        if operator == "unlike":
            yield ("missing", next(mark for mark, words in marks[name].items() if words == operand), 1)
        else:
            yield operator, name, operand


Conjunction = tuple[Condition, ...]
Alternatives = list[Conjunction]


def _alternatives(node: Node) -> Alternatives:
    """A tree as a list of conjunctions, one of which must hold."""
    if isinstance(node, Condition):
        return [(node,)]
    below = [_alternatives(child) for child in node.nodes]
    if not node.every:
        return [conjunction for alternatives in below for conjunction in alternatives]
    joined: Alternatives = [()]
    for alternatives in below:
        joined = _joined(joined, alternatives)
    return joined


def _joined(one: Alternatives, other: Alternatives) -> Alternatives:
    return [tuple(dict.fromkeys(left + right)) for left, right in _bounded(itertools.product(one, other))]


def _bounded(pairs: Iterable[Any]) -> Iterator[Any]:
    for n, pair in enumerate(pairs):
        if n == MAX_ALTERNATIVES:
            raise EngineRefusal(f"a rule spells out to more than {MAX_ALTERNATIVES} alternatives; split it")
        yield pair


def _always(node: Node) -> bool:
    """Whether a tree holds whatever the facts are."""
    return not isinstance(node, Condition) and node.every and not node.nodes


def conditions_of(ready: Ready) -> Iterator[Condition]:
    """Every comparison of a rule, in the order of its trees."""
    for tree in (ready.applies, ready.flag, *(tree for _, tree in ready.exceptions)):
        yield from _conditions(tree)


def _conditions(node: Node) -> Iterator[Condition]:
    if isinstance(node, Condition):
        yield node
        return
    for below in node.nodes:
        yield from _conditions(below)


Native = tuple[Terms, tuple[Tag, ...]]


def _bins(ordered: list[Native]) -> Iterator[list[Native]]:
    """The native rules in parts of which none can make the engine keep too many terms waiting."""
    waiting, widest = _worst([terms for terms, _ in ordered])
    if len(ordered) == 1 or (waiting <= MAX_WAITING and widest <= MAX_TERMS):
        yield ordered
        return
    middle = len(ordered) // 2
    yield from _bins(ordered[:middle])
    yield from _bins(ordered[middle:])


def _worst(natives: Sequence[Terms]) -> tuple[int, int]:
    """Most terms that may wait at once, and most distinct terms below one node, for sorted native rules."""
    if len(natives) == 1:  # one term after the other
        return (1, 1) if natives[0] else (0, 0)
    heads = [(head, [terms[1:] for terms in group]) for head, group in itertools.groupby(filter(None, natives), _head)]
    matched = _matched([head for head, _ in heads])
    deepest, widest = 0, len(heads)
    for _, tails in heads:
        waiting, wide = _worst(tails)
        deepest, widest = max(deepest, waiting), max(widest, wide)
    return max(matched, matched - 1 + deepest), widest


def _head(terms: Terms) -> Term:
    return terms[0]


def _matched(heads: Sequence[Term]) -> int:
    """Most of the terms that one fact can satisfy: of several equalities on one name at most one holds."""
    names = {name for operator, name, _ in heads if operator == "=="}
    return len(names) + sum(operator != "==" for operator, _, _ in heads)


def refuse_collisions(names: Iterable[str]) -> None:
    """Refuses two names that are one to the engine, which compares 32-bit FNV-1a hashes and nothing else.

    Raises:
        EngineRefusal: Two such names, or a name that the engine keeps for itself.
    """
    seen: dict[int, str] = {}
    for name in names:
        if name in {"id", "sid", "session"} or name.startswith("$"):
            raise EngineRefusal(f"{name}: the engine keeps this name for itself; rename the fact")
        other = seen.setdefault(fnv1a(name), name)
        if other != name:
            raise EngineRefusal(f"{other} and {name} are one name to the engine (same hash); rename one of the facts")


def fnv1a(text: str) -> int:
    """The 32-bit FNV-1a hash by which the engine knows names."""
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value
