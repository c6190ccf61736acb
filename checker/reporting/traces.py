"""Why a rule fired: its conditions as a tree."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from checker.model.facts import Fact
from checker.model.findings import Step, Truth

RELATIONS = {
    "is": "is",
    "is_not": "is not",
    "in": "is one of",
    "not_in": "is none of",
    "above": "is above",
    "at_least": "is at least",
    "below": "is below",
    "at_most": "is at most",
}
"""Words for the comparisons of rules."""
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
        RELATIONS.get(step.kind, step.kind),
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
