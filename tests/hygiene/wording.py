"""Words of English in Python: string literals that are held against the text of a letter."""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

_NO_WORD = re.compile(
    r"\(\?P[<=]\w+[>)]"  # the name of a group
    r"|\(\?[imsx]+[:)]"  # flags
    r"|\\[a-zA-Z]"  # \b, \d
    r"|\[[^\]]*\]"  # a class of signs
)
_WORD = re.compile(r"[a-z]{2,}", re.IGNORECASE)
_OF_A_PATTERN = re.compile(r"\\[bBdDsSwW]|\(\?|\[[^\]]*[a-z0-9]-[a-z0-9][^\]]*\]")
_METHODS = frozenset(
    "startswith endswith find rfind index rindex count partition rpartition split rsplit replace removeprefix "
    "removesuffix strip lstrip rstrip".split()
)
_TEXTS = frozenset("text folded words word between clause raw".split())
"""What the text of a letter is called where it is held against something."""
_NO_TEXT = frozenset({"kinds", "names", "category"})
"""What holds names of the program and no text, though one asks of it how often something stands in it."""
_ID = re.compile(r"[\w.:<>-]*[.:_<-][\w.:<>-]*")
"""Names of facts, marks and the like."""


class Wording(NamedTuple):
    """A literal that holds a word of English where a letter is read.

    Attributes:
        file: Where it stands.
        line: In which line.
        text: The literal.
    """

    file: Path
    line: int
    text: str


def wordings(files: Sequence[Path]) -> Iterator[Wording]:
    """Each such literal."""
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found = {(node.lineno, node.value) for node in _held_against_text(tree) if _is_wording(node.value)}
        yield from (Wording(file, line, text) for line, text in sorted(found))


def _is_wording(text: str) -> bool:
    return bool(_WORD.search(_NO_WORD.sub(" ", text))) and not _ID.fullmatch(text)


def _held_against_text(tree: ast.Module) -> Iterator[ast.Constant]:
    constants = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _OF_A_PATTERN.search(node.value):
            yield node
        elif isinstance(node, ast.Call):
            yield from _of_call(node, constants)
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            if any(map(_is_text, sides)):
                for side in sides:
                    yield from _literals(side, constants)


def _of_call(call: ast.Call, constants: dict[str, ast.expr]) -> Iterator[ast.Constant]:
    if not isinstance(call.func, ast.Attribute):
        return
    on = call.func.value
    of_text = call.func.attr in _METHODS and not isinstance(on, ast.Constant) and _name(on) not in _NO_TEXT
    if of_text or _name(on) == "re":
        for argument in call.args:
            yield from _literals(argument, constants)


def _is_text(node: ast.expr) -> bool:
    """Whether an expression is text of a letter, by its name."""
    if isinstance(node, ast.Subscript):
        return _is_text(node.value)
    if isinstance(node, ast.Call):
        return _is_text(node.func)
    return _name(node) in _TEXTS


def _name(node: ast.expr) -> str:
    """The last name of an expression: "text" of ``token.text`` and of ``_text``."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name.strip("_")


def _literals(node: ast.expr, constants: dict[str, ast.expr]) -> Iterator[ast.Constant]:
    """The strings of an expression, also of a constant of the module that it names."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part
        elif isinstance(part, ast.Name) and part.id in constants:
            yield from (
                c for c in ast.walk(constants[part.id]) if isinstance(c, ast.Constant) and isinstance(c.value, str)
            )
