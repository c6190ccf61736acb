"""Rules that were considered and did not fire: what stopped each, and rules that were stopped alike told together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from checker.model.facts import UNKNOWN
from checker.model.findings import ItemJudgement, Result, Step, Stop
from checker.reporting.glossary import Glossary
from checker.reporting.traces import RELATIONS, words
from checker.reporting.visible import markup
from checker.rulebook.book import TOPIC


class Reason(NamedTuple):
    """Why some rules did not fire; all of them for the same first reason. Its words are escaped.

    Attributes:
        head: Of rules that are clear or do not concern an item what stopped them, of others the rules.
        rest: The rules with the facts they asked for, or what stopped them.
    """

    head: Markup
    rest: Markup


class Alike(NamedTuple):
    """Reasons that hold on the same items.

    Attributes:
        items: Numbers of the items, 0 for the whole letter.
        reasons: In the order of the rules.
    """

    items: tuple[int, ...]
    reasons: tuple[Reason, ...]

    @property
    def on(self) -> str:
        """The items in words."""
        if self.items == (0,):
            return "The letter as a whole"
        return f"{'Item' if len(self.items) == 1 else 'Items'} {', '.join(map(str, self.items))}"


@dataclass(frozen=True, slots=True)
class Quiet:
    """The rules that had one result on some item.

    Attributes:
        result: clear, excepted, undecided or not_applicable.
        count: How many times, over all items.
        groups: Why, by the items on which it is so.
    """

    result: str
    count: int
    groups: tuple[Alike, ...]


_ORDER = (Result.UNDECIDED, Result.EXCEPTED, Result.CLEAR, Result.NOT_APPLICABLE)
_UNSPOKEN = "nothing is said of what they ask for"
_FEW = 6
"""Up to so many rules that do not concern an item are named one by one."""
_REMEMBERED = 20_000


class _Told:
    """What stopped some rules, in words; the same object for the same words, so that it is compared as fast as can be.

    Attributes:
        result: Of the rules.
        rules: Their ids.
        head: As in ``Reason``; "" where the rules themselves are it.
        fact: What the rules asked for, or what stopped them.
        members: The rules with the fact, by the name under which they stand together: "rationale.* (FAC005.*)" with
            the last parts that fact and rule share, or the fact with the rules.
    """

    __slots__ = ("fact", "head", "members", "result", "rules")

    def __init__(self, stop: Stop, glossary: Glossary) -> None:
        self.result, self.rules, leaf = stop.result, stop.rules, stop.leaf
        self.head = ""
        if leaf is None:
            self.fact = _why(stop, glossary)
            self.head = "it does not concern them" if stop.result is Result.NOT_APPLICABLE else ""
        elif stop.result is Result.NOT_APPLICABLE:  # of hundreds, each of which may want something else
            self.head, self.fact = f"{leaf.fact} is {_here(leaf, 'not given')}", leaf.fact
        else:
            others = f", nor {stop.others} other{'' if stop.others == 1 else 's'}" if stop.others else ""
            wanted = f"{RELATIONS.get(leaf.kind, leaf.kind)} {words(leaf.wanted)}"
            self.head, self.fact = f"{wanted}; here {_here(leaf)}{others}", leaf.fact
        asked = self.fact if leaf is not None and stop.result is Result.CLEAR else ""
        self.members = tuple(_member(rule, asked) for rule in self.rules) if asked else ()


def _member(rule: str, fact: str) -> tuple[str, str, bool]:
    """Under what name a rule stands, how it is called there, and whether the name holds a family of facts."""
    above, _, end = fact.rpartition(".")
    family, _, same = rule.rpartition(".")
    if above and family and end == same:
        return f"{above}.* ({family}.*)", end, True
    return fact, rule, False


def _here(leaf: Step, nothing: str = "") -> str:
    return "not known" if leaf.value == UNKNOWN else words(leaf.value) or nothing


def _why(stop: Stop, glossary: Glossary) -> str:
    """What stopped rules where it was no comparison."""
    if stop.result is Result.EXCEPTED:
        why = glossary.rule(stop.rules[0]).exceptions.get(stop.excepted_by, "")
        return f"exception {stop.excepted_by}{f': {why}' if why else ''}"
    if stop.result is Result.UNDECIDED:
        return "; ".join(_named(name, glossary) for name in stop.missing)
    return ""


def _named(fact: str, glossary: Glossary) -> str:
    meaning = glossary.meaning(fact)
    return f"{meaning[0].lower()}{meaning[1:]}" if meaning else fact


_Place = tuple[Result, int, str]
"""Result, items as the bits of a number, and head."""


def quiet_rules(judged: Sequence[ItemJudgement], glossary: Glossary) -> tuple[Quiet, ...]:
    """Every rule that was considered and did not fire, with what stopped it, over all items of a letter.

    Items on which rules were stopped by the same thing stand together, and so do rules.

    Args:
        judged: The letter as a whole and its items.
        glossary: Titles of the rules and words of their exceptions.
    """
    alike: dict[_Place, list[_Told]] = {}
    for told, items in _stopped(judged, glossary).items():
        alike.setdefault((told.result, items, told.head or told.fact), []).append(told)
    away: dict[tuple[int, str], list[tuple[str, ...]]] = {}
    for (topic, of), items in _by_topic(judged).items():
        away.setdefault((items, f"{TOPIC} is {words(topic) or 'none'}"), []).append(of)
    groups: dict[Result, dict[int, list[Reason]]] = {result: {} for result in _ORDER}
    for (result, codes), items in _unspoken(judged).items():
        groups[result].setdefault(items, []).append(_known(_UNSPOKEN, (), (codes,), glossary))
    for (result, items, head), of_head in alike.items():
        more = away.pop((items, head), []) if result is Result.NOT_APPLICABLE else []
        groups[result].setdefault(items, []).append(_known(head, tuple(of_head), tuple(more), glossary))
    for (items, head), more in away.items():
        groups[Result.NOT_APPLICABLE].setdefault(items, []).append(_known(head, (), tuple(more), glossary))
    return tuple(
        Quiet(result.value, sum(of.results.get(result, 0) for of in judged), _in_order(of_result))
        for result, of_result in groups.items()
        if of_result
    )


def _unspoken(judged: Sequence[ItemJudgement]) -> dict[tuple[Result, tuple[str, ...]], int]:
    """The items of which nothing is said of what the rules of some codes ask for."""
    items: dict[tuple[Result, tuple[str, ...]], int] = {}
    for of_item in judged:
        codes: dict[Result, list[str]] = {}
        for result, code in of_item.unspoken:
            codes.setdefault(result, []).append(code)
        for result, of_result in codes.items():
            key = (result, tuple(of_result))
            items[key] = items.get(key, 0) | 1 << of_item.item
    return items


def _stopped(judged: Sequence[ItemJudgement], glossary: Glossary) -> dict[_Told, int]:
    """The items on which rules were stopped by the same thing."""
    items: dict[_Told, int] = {}
    for of_item in judged:
        bit = 1 << of_item.item
        for stop in of_item.stops:
            told = _told(stop, glossary)
            items[told] = items.get(told, 0) | bit
    return items


def _told(stop: Stop, glossary: Glossary) -> _Told:
    """The words for a stop: most are the same object as that of an earlier letter, and found at once.

    Of a million letters few are stopped by something that no other was, so the words for it are remembered.
    """
    memory = glossary.memory
    known: tuple[Stop, _Told] | None = memory.get(id(stop))
    if known is not None and known[0] is stop:
        return known[1]
    if len(memory) > _REMEMBERED:
        memory.clear()
    made = _Told(stop, glossary)
    told: _Told = memory.setdefault((made.result, made.rules, made.head, made.fact), made)
    memory[id(stop)] = stop, told
    return told


def _by_topic(judged: Sequence[ItemJudgement]) -> dict[tuple[str, tuple[str, ...]], int]:
    """The items of one topic and one list of rules that are about others."""
    items: dict[tuple[str, tuple[str, ...]], int] = {}
    for of_item in judged:
        if of_item.elsewhere:
            key = (of_item.topic, of_item.elsewhere)
            items[key] = items.get(key, 0) | 1 << of_item.item
    return items


def _in_order(groups: dict[int, list[Reason]]) -> tuple[Alike, ...]:
    alike = [Alike(_numbers(items), tuple(reasons)) for items, reasons in groups.items()]
    return tuple(sorted(alike, key=lambda of: (of.items != (0,), -len(of.items), of.items)))


def _numbers(items: int) -> tuple[int, ...]:
    return tuple(number for number in range(items.bit_length()) if items >> number & 1)


def _known(head: str, told: tuple[_Told, ...], away: tuple[tuple[str, ...], ...], glossary: Glossary) -> Reason:
    """One line for rules that were stopped alike; remembered, since most letters have most of their lines in common."""
    key = (head, told, away)
    reason: Reason | None = glossary.memory.get(key)
    if reason is None:
        reason = glossary.memory[key] = Reason(*map(markup, _reason(head, told, away, glossary)))
    return reason


def _reason(head: str, told: Sequence[_Told], away: Sequence[tuple[str, ...]], glossary: Glossary) -> tuple[str, str]:
    """Head and rest of a line."""
    if head is _UNSPOKEN:
        return head, glossary.families(away[0])
    if told and not told[0].head:
        return ", ".join(rule for of in told for rule in of.rules), head
    if away or told[0].result is Result.NOT_APPLICABLE:
        rules = (*(rule for of in told for rule in of.rules), *(rule for rules in away for rule in rules))
        named = ", ".join(rules) if len(rules) <= _FEW else f"{len(rules)} rules: {glossary.families(rules)}"
        return head, named
    return head, ", ".join(_with_facts(told))


def _with_facts(told: Sequence[_Told]) -> Iterator[str]:
    """Rules with the facts they asked for; those that are called like their facts together."""
    named: dict[tuple[str, bool], list[str]] = {}
    for of in told:
        for name, called, family in of.members:
            named.setdefault((name, family), []).append(called)
    for (name, family), called_so in named.items():
        yield f"{name}: {' '.join(called_so)}" if family else f"{name} ({', '.join(called_so)})"
