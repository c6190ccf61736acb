"""Why a rule fired, as a tree; and for every rule that did not, the first condition that stopped it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Node:
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


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some rules did not fire on some items; all of them for the same first reason.

    Attributes:
        items: Numbers of the items, 0 for the whole letter.
        ids: Ids of the rules as one text; of many rules that do not concern an item, their codes.
        text: For reasons that are no comparison.
        leaf: The comparison that stopped them.
        others: How many alternatives failed beside it.
    """

    items: tuple[int, ...]
    ids: str
    text: str = ""
    leaf: Node | None = None
    others: int = 0


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

_Why = tuple[str, Step | None, int]
"""Words, or a comparison and how many alternatives failed beside it."""
_Key = tuple[object, ...]


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
    whys: dict[_Key, _Why] = {}
    items: dict[tuple[_Key, str], list[int]] = {}
    for stop in stops:
        text, leaf, others = why = _why(stop, glossary)
        if result is Result.NOT_APPLICABLE and leaf is not None:  # hundreds of them, all for another topic
            key: _Key = (leaf.fact, leaf.value)
        else:
            key = (text, others, leaf.fact, leaf.kind, leaf.wanted, leaf.value) if leaf else (text,)
        whys.setdefault(key, why)
        items.setdefault((key, stop.rule), []).append(stop.item)
    rules: dict[tuple[_Key, tuple[int, ...]], list[str]] = {}
    for (key, rule), numbers in items.items():
        rules.setdefault((key, tuple(numbers)), []).append(rule)
    for (topic, away), numbers in _by_topic(elsewhere).items():
        leaf = Step("is", Truth.FALSE, TOPIC, topic)
        key = (leaf.fact, leaf.value)
        whys.setdefault(key, ("", leaf, 0))
        rules.setdefault((key, tuple(numbers)), []).extend(away)
    tell = _elsewhere if result is Result.NOT_APPLICABLE else _reason
    reasons = tuple(tell(numbers, of, whys[key], glossary) for (key, numbers), of in rules.items())
    count = len({stop.rule for stop in stops}.union(*(away for _, _, away in elsewhere)))
    return Quiet(result.value, count, reasons)


def _by_topic(elsewhere: Sequence[Elsewhere]) -> dict[tuple[str, tuple[str, ...]], list[int]]:
    """Numbers of the items by their topic and the rules about others."""
    items: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for item, topic, rules in elsewhere:
        items.setdefault((topic or "none", rules), []).append(item)
    return items


def _reason(items: tuple[int, ...], rules: Sequence[str], why: _Why, glossary: Glossary) -> Reason:
    text, leaf, others = why
    return Reason(items, ", ".join(rules), text, _bare(leaf) if leaf else None, others)


def _elsewhere(items: tuple[int, ...], rules: Sequence[str], why: _Why, glossary: Glossary) -> Reason:
    """Rules that want another value of one fact, whichever each of them wants."""
    text, leaf, _ = why
    names = rules if len(rules) <= _FEW else sorted({glossary.rule(rule).code or rule for rule in rules})
    if leaf is None:
        return Reason(items, ", ".join(names), text)
    bare = _bare(leaf)
    many = "1 rule wants" if len(rules) == 1 else f"{len(rules)} rules want"
    told = f"{bare.fact} is {bare.here or 'not given'} here; {many} something else"
    return Reason(items, ", ".join(names), told)


def _why(stop: Stop, glossary: Glossary) -> _Why:
    if stop.leaf is not None:
        return "", stop.leaf, stop.others
    if stop.result is Result.EXCEPTED:
        return f"exception {stop.excepted_by}{_excuse(stop, glossary)}", None, 0
    if stop.result is Result.UNDECIDED:
        wanted = "; ".join(_named(name, glossary) for name in stop.missing)
        return f"for want of {wanted or 'a fact that the letter does not hold'}", None, 0
    return "the rule does not concern it" if stop.result is Result.NOT_APPLICABLE else "", None, 0


def _named(fact: str, glossary: Glossary) -> str:
    meaning = glossary.meaning(fact)
    return f"{fact} ({meaning[0].lower()}{meaning[1:]})" if meaning else fact


def _excuse(stop: Stop, glossary: Glossary) -> str:
    why = glossary.rule(stop.rule).exceptions.get(stop.excepted_by, "")
    return f": {why}" if why else ""


def _bare(leaf: Step) -> Node:
    here = "not known" if leaf.value == UNKNOWN else words(leaf.value)
    return Node(leaf.truth.value, _RELATIONS.get(leaf.kind, leaf.kind), leaf.fact, words(leaf.wanted), here)
