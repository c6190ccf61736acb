"""Which names of facts, marks and concepts the program itself mentions, read from its own source.

The observer names the facts that it gives and the marks that it looks for; nothing else knows which of them are in use.
A name put together at run time (``f"class-{drug_class}"``) counts for every name that fits it.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

PACKAGES = ("knowledge", "observing", "parsing", "rulebook", "judging", "across")
_NAME_PART = re.compile(r"[a-z0-9_.-]*")
_PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Mentions:
    """Names in the source of the program.

    Attributes:
        words: Every text constant.
        read: Text constants that are looked up or compared rather than given: ``facts["item.visits"]``.
        patterns: One pattern for each text put together at run time that may be a name.
    """

    words: frozenset[str]
    read: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]

    def mentioned(self, name: str) -> bool:
        """Whether the program mentions a name, or puts one together that may be it."""
        if name in self.words or any(pattern.fullmatch(name) for pattern in self.patterns):
            return True
        # A text that ends like the beginning of a name is one: "argues-from-".
        beginnings = (name[: at + 1] for at, sign in enumerate(name) if sign in "-." and at > 2)
        return any(beginning in self.words for beginning in beginnings)


@cache
def of_the_program() -> Mentions:
    """What the packages mention that read letters and judge them."""
    paths = sorted(path for package in PACKAGES for path in (_PACKAGE / package).glob("*.py"))
    return mentions(path.read_text("utf-8") for path in paths)


def mentions(sources: Iterator[str]) -> Mentions:
    """What Python sources mention."""
    words: set[str] = set()
    read: set[str] = set()
    patterns: set[str] = set()
    for source in sources:
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.update(_pattern(node))
            read.update(_read(node))
    return Mentions(frozenset(words), frozenset(read), tuple(re.compile(text) for text in sorted(patterns)))


def _read(node: ast.AST) -> Iterator[str]:
    """Constants that a node looks up or compares with."""
    found: list[ast.expr] = []
    if isinstance(node, ast.Subscript):
        found = [node.slice]
    elif isinstance(node, ast.Compare):
        found = [node.left, *node.comparators]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("get", "value"):
        found = node.args
    elif isinstance(node, ast.Assign) and all(isinstance(t, ast.Name) and t.id.isupper() for t in node.targets):
        found = [node.value]  # a name that the module keeps: GUIDELINE_DATE
    yield from (one.value for one in found if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _pattern(node: ast.JoinedStr) -> Iterator[str]:
    fixed = [part.value for part in node.values if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if not all(_NAME_PART.fullmatch(text) for text in fixed) or len("".join(fixed)) < 3:
        return
    parts = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_.-]{1,80}" for part in node.values
    ]
    yield "".join(parts)
