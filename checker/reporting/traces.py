"""Why a rule fired, as a tree; and for every rule that did not, the first condition that stopped it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from checker.model.facts import UNKNOWN, Fact
from checker.model.findings import Result, Step, Stop, Truth
from checker.reporting.glossary import Glossary
from checker.rulebook.book import TOPIC

_RELATIONS = {
    "is": "is",
    "is_not": "is not",
    "in": "is one of",
    "not_in": "is none of",
    "above": "is above",
    "at_least": "is at least",
    "below": "is below",
    "at_most": "is at most",
}
_GROUPS = {"all": "all of these hold", "any": "at least one of these holds"}

Label = str
"""Of a quote on the page: "F2.1"."""


class Node(NamedTuple):
    """A condition as it was read.

    Attributes:
        truth: true, false or unknown.
        text: "all of these hold", or the relation of a comparison ("is one of").
        fact: Name compared, "" for a group.
        wanted: What the rule compares with.
        here: What the letter has.
        quotes: Labels of the quotes that carry the fact.
        derivation: How the value was read from the letter.
        below: The conditions of a group.
    """

    truth: str
    text: str
    fact: str = ""
    wanted: str = ""
    here: str = ""
    quotes: tuple[Label, ...] = ()
    derivation: str = ""
    below: tuple["Node", ...] = ()


Known = Callable[[str], Fact | None]
"""The fact of a name on the item at hand."""

Quotes = Callable[[Fact], tuple[Label, ...]]
"""The labels of a fact's evidence among the quotes of the finding at hand."""


def words(value: object) -> str:
    """A value as people read it."""
    return str(value).replace("_", " ")


def node(step: Step, known: Known, quotes: Quotes) -> Node:
    """A condition tree for the page.

    Args:
        step: The tree as it was read.
        known: Finds a fact by its name.
        quotes: Finds the labels of a fact's words.
    """
    if step.kind in _GROUPS:
        return Node(step.truth.value, _GROUPS[step.kind], below=tuple(node(s, known, quotes) for s in step.steps))
    fact = known(step.fact)
    return Node(
        step.truth.value,
        _RELATIONS.get(step.kind, step.kind),
        step.fact,
        words(step.wanted),
        words(step.value),
        quotes(fact) if fact else (),
        fact.derivation if fact else "",
    )


def held(step: Step | None) -> Iterator[Step]:
    """The comparisons that made a tree hold, each fact once."""
    seen: set[str] = set()
    for leaf in _held(step):
        if leaf.fact not in seen:
            seen.add(leaf.fact)
            yield leaf


def _held(step: Step | None) -> Iterator[Step]:
    if step is None or step.truth is not Truth.TRUE:
        return
    if step.kind not in _GROUPS:
        yield step
    for below in step.steps:
        yield from _held(below)


class Reason(NamedTuple):
    """Why some rules did not fire on some items; all of them for the same first reason.

    Attributes:
        items: Numbers of the items, 0 for the whole letter.
        ids: Ids of the rules as one text; of many rules that do not concern an item, their codes. Where rules were
            stopped alike by several facts, what was wanted and what is here.
        text: What stopped them; where several facts did, these, each with its rules.
    """

    items: tuple[int, ...]
    ids: str
    text: str = ""

    @property
    def on(self) -> str:
        """The items in words."""
        return "letter" if self.items == (0,) else f"item {', '.join(map(str, self.items))}"


@dataclass(frozen=True, slots=True)
class Quiet:
    """The rules that had one result on some item.

    Attributes:
        result: clear, excepted, undecided or not_applicable.
        count: How many rules.
        reasons: Rules with the same reason together, in the order of the rules.
    """

    result: str
    count: int
    reasons: tuple[Reason, ...]


_ORDER = (Result.UNDECIDED, Result.EXCEPTED, Result.CLEAR, Result.NOT_APPLICABLE)

_Key = tuple[object, ...]
"""What stopped a rule: a comparison and how many alternatives failed beside it, a fact and its value, or words."""


Elsewhere = tuple[int, str, tuple[str, ...]]
"""Number and topic of an item, and the rules that are about other topics only."""


def quiet_rules(stops: Iterable[Stop], glossary: Glossary, elsewhere: Sequence[Elsewhere] = ()) -> tuple[Quiet, ...]:
    """Every rule that was considered and did not fire, with what stopped it, over all items of a letter.

    Items on which a rule was stopped by the same thing stand together, and so do rules.

    Args:
        stops: What stopped each of them, of all items.
        glossary: Titles of the rules and words of their exceptions.
        elsewhere: Rules that are about other topics, by item.
    """
    by_result: dict[Result, list[Stop]] = {result: [] for result in _ORDER}
    for stop in stops:
        by_result[stop.result].append(stop)
    away = {Result.NOT_APPLICABLE: elsewhere}
    told = ((result, by_result[result], away.get(result, ())) for result in _ORDER)
    return tuple(_quiet(*each, glossary) for each in told if each[1] or each[2])


_FEW = 6
"""Up to so many rules that do not concern an item are named one by one."""


def _quiet(result: Result, stops: Sequence[Stop], elsewhere: Sequence[Elsewhere], glossary: Glossary) -> Quiet:
    away_from = result is Result.NOT_APPLICABLE
    items: dict[tuple[_Key, str], list[int]] = {}
    seen: dict[str, None] = {}
    for stop in stops:
        rule, _, item, _, leaf, others, _, _ = stop
        if leaf is None:
            key: _Key = (_why(stop, glossary),)
        elif away_from:  # hundreds of them, all for another topic
            key = leaf.fact, leaf.value
        else:
            key = leaf.kind, leaf.wanted, leaf.value, others, leaf.fact
        seen[rule] = None
        items.setdefault((key, rule), []).append(item)
    rules: dict[tuple[_Key, tuple[int, ...]], list[str]] = {}
    for (key, rule), numbers in items.items():
        rules.setdefault((key, tuple(numbers)), []).append(rule)
    for (topic, away), numbers in _by_topic(elsewhere).items():
        rules.setdefault(((TOPIC, topic), tuple(numbers)), []).extend(away)
        seen.update(dict.fromkeys(away))
    told = _elsewhere(rules, glossary) if away_from else _alike(rules)
    return Quiet(result.value, len(seen), tuple(told))


def _by_topic(elsewhere: Sequence[Elsewhere]) -> dict[tuple[str, tuple[str, ...]], list[int]]:
    """Numbers of the items by their topic and the rules about others."""
    items: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for item, topic, rules in elsewhere:
        items.setdefault((topic or "none", rules), []).append(item)
    return items


def _alike(rules: Mapping[tuple[_Key, tuple[int, ...]], list[str]]) -> Iterator[Reason]:
    """A reason for all facts of which the same was wanted and the same is here."""
    facts: dict[tuple[_Key, tuple[int, ...]], list[tuple[str, list[str]]]] = {}
    for (key, items), of in rules.items():
        facts.setdefault((key[:4], items), []).append((str(key[-1]), of))
    for (key, items), of_facts in facts.items():
        if len(key) == 1:
            yield from (Reason(items, ", ".join(of), text) for text, of in of_facts)
            continue
        kind, wanted, value, others = key
        here = "not known" if value == UNKNOWN else words(value)
        more = f", nor {others} other{'' if others == 1 else 's'}" if others else ""
        told = f"{_RELATIONS.get(str(kind), kind)} {words(wanted)}; here {here}{more}"
        if len(of_facts) == 1:
            ((fact, of),) = of_facts
            yield Reason(items, ", ".join(of), f"{fact} {told}")
        else:
            yield Reason(items, told, ", ".join(f"{fact} ({', '.join(of)})" for fact, of in of_facts))


def _elsewhere(rules: Mapping[tuple[_Key, tuple[int, ...]], list[str]], glossary: Glossary) -> Iterator[Reason]:
    """Rules that want another value of one fact, whichever each of them wants."""
    for (key, items), of in rules.items():
        if len(key) == 1:
            yield Reason(items, _names(of, glossary), str(key[0]))
            continue
        fact, value = key
        here = "not known" if value == UNKNOWN else words(value) or "not given"
        many = "1 rule wants" if len(of) == 1 else f"{len(of)} rules want"
        yield Reason(items, _names(of, glossary), f"{fact} is {here} here; {many} something else")


def _names(rules: Sequence[str], glossary: Glossary) -> str:
    """The ids of rules; of many their codes, of several codes of one family its name."""
    if len(rules) <= _FEW:
        return ", ".join(rules)
    return glossary.families(tuple(rules))


def _why(stop: Stop, glossary: Glossary) -> str:
    """What stopped a rule where it was no comparison."""
    if stop.result is Result.EXCEPTED:
        return f"exception {stop.excepted_by}{_excuse(stop, glossary)}"
    if stop.result is Result.UNDECIDED:
        wanted = "; ".join(_named(name, glossary) for name in stop.missing)
        return f"for want of {wanted or 'a fact that the letter does not hold'}"
    return "the rule does not concern it" if stop.result is Result.NOT_APPLICABLE else ""


def _named(fact: str, glossary: Glossary) -> str:
    meaning = glossary.meaning(fact)
    return f"{fact} ({meaning[0].lower()}{meaning[1:]})" if meaning else fact


def _excuse(stop: Stop, glossary: Glossary) -> str:
    why = glossary.rule(stop.rule).exceptions.get(stop.excepted_by, "")
    return f": {why}" if why else ""
