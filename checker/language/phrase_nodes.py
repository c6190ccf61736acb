"""A phrase of the lexicon taken apart into nodes; what may be written is told in ``checker.language.phrases``."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

_GAPS = {"..": 3, "...": 8}
_MOST_GAPS = 3
_TOKEN = re.compile(r"\s*(\.\.\.|\.\.|<n>|<date>|<score>|[()\[\]|]|[^\s()\[\]|<]+)")
CONTRACTED = re.compile(r"\b(is|are|was|were|do|does|did|has|have|had|could|would|should|must|need)n't(?!\w)")


class PhraseError(ValueError):
    """A phrase that cannot be read; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or the beginning of one where it ends in ``*``."""

    text: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to so many words of any kind."""

    words: int


@dataclass(frozen=True, slots=True)
class Number:
    """``<n>``."""


@dataclass(frozen=True, slots=True)
class Date:
    """``<date>``."""


@dataclass(frozen=True, slots=True)
class Score:
    """``<score>``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several wordings; optional where it may be left out."""

    options: tuple[tuple["Node", ...], ...]
    optional: bool


Node = Word | Gap | Number | Date | Score | Choice

_SIGNS: dict[str, Node] = {
    "..": Gap(_GAPS[".."]),
    "...": Gap(_GAPS["..."]),
    "<n>": Number(),
    "<date>": Date(),
    "<score>": Score(),
}
_AUXILIARIES = frozenset({"is", "are", "was", "were", "has", "have", "had", "been", "be", "does", "do", "did", "can"})
_WORDS = 20_000
"""So many words are remembered as nodes; phrases share theirs."""
_NEGATION = Choice(
    ((Word("not"), Word("yet")), (Word("not"), Word("been")), (Word("not"),), (Word("never"),)), optional=True
)


def nodes_of(text: str) -> tuple[Node, ...]:
    """The nodes of a phrase.

    Raises:
        PhraseError: brackets that do not close, an empty wording, one of which every word may be left out, more than
            three gaps, a gap at either end.
    """
    tokens: list[str] = _TOKEN.findall(text)
    nodes, rest = _sequence(tokens, 0, text)
    if rest != len(tokens):
        raise PhraseError(f"'{text}': a bracket closes that never opened")
    if not nodes:
        raise PhraseError("an empty phrase")
    if _may_miss(nodes):
        raise PhraseError(f"'{text}': all of it may be left out, so that it is found anywhere")
    if isinstance(nodes[0], Gap) or isinstance(nodes[-1], Gap):
        raise PhraseError(f"'{text}': a gap at the beginning or the end matches anything; leave it out")
    if _gaps(nodes) > _MOST_GAPS:
        raise PhraseError(f"'{text}': more than {_MOST_GAPS} gaps; write two phrases instead")
    return nodes


def with_negation(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """The nodes with room for a negation behind each verb that takes one."""
    out: list[Node] = []
    for number, node in enumerate(nodes):
        last = number == len(nodes) - 1
        if isinstance(node, Choice):
            options = tuple(with_negation(option) for option in node.options)
            out.append(Choice(options, node.optional))
            ends = {option[-1].text for option in node.options if isinstance(option[-1], Word)}
        else:
            out.append(node)
            ends = {node.text} if isinstance(node, Word) else set()
        if not last and ends & _AUXILIARIES:
            out.append(_NEGATION)
    return tuple(out)


def _sequence(tokens: Sequence[str], at: int, text: str) -> tuple[tuple[Node, ...], int]:
    nodes: list[Node] = []
    while at < len(tokens) and tokens[at] not in (")", "]", "|"):
        token = tokens[at]
        if token in ("(", "["):
            node, at = _choice(tokens, at, text)
            nodes.append(node)
            continue
        nodes.append(_SIGNS.get(token) or _plain_or_contracted(token.lower()))
        at += 1
    return tuple(nodes), at


@lru_cache(maxsize=_WORDS)
def _plain_or_contracted(token: str) -> Node:
    """The phrase's "doesn't" is "does not", and the "doesnt" of a hasty letter."""
    contracted = CONTRACTED.fullmatch(token) if token.endswith("n't") else None
    if contracted is None:
        return Word(token)
    return Choice(((Word(contracted.group(1)), Word("not")), (Word(token.replace("'", "")),)), optional=False)


def _choice(tokens: Sequence[str], at: int, text: str) -> tuple[Choice, int]:
    closing = ")" if tokens[at] == "(" else "]"
    options: list[tuple[Node, ...]] = []
    at += 1
    while True:
        option, at = _sequence(tokens, at, text)
        if not option:
            raise PhraseError(f"'{text}': an empty wording between brackets")
        if _may_miss(option):
            raise PhraseError(
                f"'{text}': all of a wording between brackets may be left out; leave out the brackets in it"
            )
        options.append(option)
        if at >= len(tokens):
            raise PhraseError(f"'{text}': a bracket is never closed")
        if tokens[at] == closing:
            return Choice(tuple(options), closing == "]"), at + 1
        if tokens[at] != "|":
            raise PhraseError(f"'{text}': '{tokens[at]}' where '{closing}' or '|' was expected")
        at += 1


def _may_miss(nodes: Iterable[Node]) -> bool:
    """Whether each of the nodes may be left out."""
    return all(isinstance(node, Choice) and node.optional for node in nodes)


def _gaps(nodes: Iterable[Node]) -> int:
    count = 0
    for node in nodes:
        if isinstance(node, Gap):
            count += 1
        elif isinstance(node, Choice):
            count += max(_gaps(option) for option in node.options)
    return count
