"""The sentence of a finding: a small, safe part of jinja2 over the facts of the item.

Allowed are facts by name (``{{ item.visits }}``, ``{{ rationale["adverse-effects"] }}``), ``parameter("name")``,
``because`` (names of the facts that made the rule fire), comparisons, ``if``, and a few filters. No loops, no other
calls: a template cannot run long and cannot reach into the program.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, UndefinedError, nodes
from jinja2.exceptions import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from checker.knowledge.vocabulary import Vocabulary
from checker.model.facts import FactValue

_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.Filter,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Call,
)
_LONGEST = 20_000
"""Code points that a filter may make of a message."""
_MOST_TEXT = 4_000
"""Code points of a template."""
_OWN_NAMES = frozenset({"because", "parameter"})

FactLookup = Callable[[str], FactValue]
ParameterLookup = Callable[[str], int | float | None]


class MessageError(Exception):
    """A message that cannot be built; the text says why."""


def _spoken(text: object) -> str:
    """A value as a person writes it: ``not_documented`` -> ``not documented``."""
    return str(text).replace("_", " ")


def _replaced(text: object, old: str, new: str) -> str:
    """The text with other words in it; chained, the filter of jinja2 could fill the memory."""
    said = str(text)
    if len(said) + said.count(old) * len(new) > _LONGEST:
        raise ValueError("too long")
    return said.replace(old, new)


def _joined(values: Sequence[object], between: str = "") -> str:
    """The values in a row; of a text, which has none, its code points."""
    words = [str(value) for value in values]
    if sum(map(len, words)) + len(words) * len(between) > _LONGEST:
        raise ValueError("too long")
    return between.join(words)


def _environment() -> ImmutableSandboxedEnvironment:
    # The message is plain text; each report escapes it for its own format.
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    known = environment.filters
    environment.filters = {name: known[name] for name in ("lower", "upper", "capitalize", "round")}
    environment.filters |= {"spoken": _spoken, "replace": _replaced, "join": _joined}
    environment.globals.clear()
    return environment


_ENVIRONMENT = _environment()


class _Names:
    """The facts whose names begin alike, looked up when the template asks for one."""

    __slots__ = ("_lookup", "_names", "_prefix")

    def __init__(self, prefix: str, names: frozenset[str], lookup: FactLookup) -> None:
        self._prefix, self._names, self._lookup = prefix, names, lookup

    def __getitem__(self, key: str) -> Any:
        name = f"{self._prefix}.{key}"
        return self._lookup(name) if name in self._names else _Names(name, self._names, self._lookup)


@dataclass(frozen=True, slots=True)
class Message:
    """A message that was found to use only what exists.

    Attributes:
        text: The template, as written.
        facts: Names of the facts it mentions.
    """

    text: str
    facts: frozenset[str]

    def render(self, fact: FactLookup, parameter: ParameterLookup, because: Sequence[str]) -> str:
        """The sentence, on one line.

        Raises:
            MessageError: The template fails on these facts, or gives no text.
        """
        roots = {name.partition(".")[0] for name in self.facts}
        context: dict[str, Any] = {root: _Names(root, self.facts, fact) for root in roots}
        try:
            text = _template(self.text).render(context, parameter=parameter, because=list(because))
        except UndefinedError as error:  # its text holds names, never values
            raise MessageError(f"the message cannot be built: {error}") from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError) as error:
            raise MessageError(f"the message cannot be built ({type(error).__name__})") from error
        folded = " ".join(text.split())
        if not folded:
            raise MessageError("the message is empty")
        return folded


def compiled(text: str, vocabulary: Vocabulary, parameters: Mapping[str, object]) -> Message:
    """Compiles a message.

    Raises:
        MessageError: A syntax error, something that is not allowed, or a fact or parameter that does not exist.
    """
    if len(text) > _MOST_TEXT:
        raise MessageError(f"is longer than {_MOST_TEXT} characters")
    try:
        tree = _ENVIRONMENT.parse(text)
        # Before it is compiled: jinja2 works out constants while it compiles, and some take for ever.
        _check_nodes(tree, parameters)
        _ENVIRONMENT.from_string(tree)
    except (TemplateSyntaxError, UndefinedError, TemplateError) as error:
        raise MessageError(f"is no template: {error}") from error
    except (RecursionError, MemoryError, SyntaxError, ValueError, OverflowError):
        raise MessageError("is nested too deeply, or holds a number that is too large") from None
    calls, mentions = list(tree.find_all(nodes.Call)), [n for n in tree.find_all(nodes.Name) if n.name == "parameter"]
    if len(mentions) > len(calls):
        raise MessageError('parameter is only good for parameter("name")')
    facts = frozenset(_mentioned(tree))
    for name in sorted(facts):
        if name not in vocabulary.facts:
            hint = vocabulary.nearest(name)
            raise MessageError(f"{name} is not in the vocabulary" + (f" ({hint})" if hint else ""))
    return Message(text, facts)


@lru_cache(maxsize=2048)
def _template(text: str) -> Template:
    """The template of a sound message, compiled when it is first told."""
    return _ENVIRONMENT.from_string(text)


def _check_nodes(tree: nodes.Template, parameters: Mapping[str, object]) -> None:
    for node in _below(tree):
        if not isinstance(node, _ALLOWED):
            raise MessageError(f"{type(node).__name__.lower()} is not allowed in a message")
        if isinstance(node, nodes.Call):
            _check_call(node, parameters)


def _check_call(call: nodes.Call, parameters: Mapping[str, object]) -> None:
    names = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
    is_parameter = isinstance(call.node, nodes.Name) and call.node.name == "parameter"
    if not is_parameter or len(names) != 1 or len(call.args) != 1 or call.kwargs or call.dyn_args or call.dyn_kwargs:
        raise MessageError('the only call allowed in a message is parameter("name")')
    if names[0] not in parameters:
        raise MessageError(f"{names[0]} is not in rules/parameters")


def _below(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _below(child)


def _mentioned(node: nodes.Node) -> Iterator[str]:
    """The longest dotted names of a template; a name of the message's own is none."""
    name = _dotted(node)
    if name:
        if name.partition(".")[0] not in _OWN_NAMES:
            yield name
        return
    for child in node.iter_child_nodes():
        yield from _mentioned(child)


def _dotted(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return str(node.name)
    if isinstance(node, nodes.Getattr):
        base = _dotted(node.node)
        return f"{base}.{node.attr}" if base else ""
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
        base = _dotted(node.node)
        return f"{base}.{node.arg.value}" if base else ""
    return ""
