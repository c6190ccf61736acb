"""Section names of a citation: split at commas, but not inside a name that holds one."""

import re
from collections.abc import Iterable
from functools import lru_cache

_LEAD = re.compile(r"^(?:\s|[,;:.-]|Sections?(?:\(s\))?\s*:|\band\b)+", re.IGNORECASE)
_TAIL = re.compile(r"(?:[,;]|\s)+and$", re.IGNORECASE)
_NOISE = re.compile(
    r"^(?:Chapter\s+\d{1,2}|\d(?:st|nd|rd|th)\s+Edition(?:\s*\(\d{4}\))?|ACOEM(?:\s+Practice)?(?:\s+Guidelines?)?|\(?\d{4}\)?|"
    r"Chapter|Guidelines?|the|Medical Treatment Guidelines?|MTUS|Section)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\d+(?:\.\d+)*\.?\s+\S")
_REGULATION = re.compile(r"\bC\.?\s?C\.?\s?R\b", re.IGNORECASE)
_REMEMBERED = 4096
_LONGEST_NAME = 5
"""The most commas plus one that a name holds."""


class SectionNames:
    """The names that hold a comma, a semicolon or "and"."""

    __slots__ = ("_names", "split")

    def __init__(self, names: Iterable[str]) -> None:
        """Take the names."""
        self._names = frozenset(_key(name) for name in names)
        self.split = lru_cache(maxsize=_REMEMBERED)(self._split)
        """The section names in the words that follow a chapter, pages cut out; letters repeat each other."""

    def _split(self, text: str) -> tuple[str, ...]:
        text = _LEAD.sub("", " ".join(text.split())).strip(" .,;:")
        if not text:
            return ()
        if _REGULATION.search(text):
            return (text,)
        pieces = _pieces(text)
        numbered = bool(_NUMBERED.match(pieces[0]))
        found: list[str] = []
        at = 0
        while at < len(pieces):
            count = self._length(pieces[at : at + _LONGEST_NAME], numbered)
            name = _join(pieces[at : at + count])
            name = _TAIL.sub("", _LEAD.sub("", name).strip(" .,;:"))
            if name and not _NOISE.match(name):
                found.append(name)
            at += count
        return tuple(found)

    def _length(self, pieces: list[str], numbered: bool) -> int:
        """How many pieces make the next name."""
        for count in range(len(pieces), 1, -1):
            if _key(_join(pieces[:count])) in self._names:
                return count
        count = 1
        while count < len(pieces) and _continues(pieces[count - 1], pieces[count], numbered):
            count += 1
        return count


def _continues(before: str, piece: str, numbered: bool) -> bool:
    """Whether a piece goes on with the name before it: a small letter, or no number where names are numbered."""
    if before.endswith(";"):
        return False
    bare = piece.strip(" ;")
    if not bare or bare.lower().startswith("and "):
        return False
    return bare[0].islower() or (numbered and not _NUMBERED.match(bare))


def _pieces(text: str) -> list[str]:
    """The text cut after commas and semicolons outside brackets; a semicolon stays with the piece before it."""
    if "," not in text and ";" not in text:
        return [text]
    pieces: list[str] = []
    depth = 0
    start = 0
    for at, char in enumerate(text):
        depth = max(depth + (char in "([") - (char in ")]"), 0)
        if depth == 0 and (char == ";" or (char == "," and not text[at + 1 : at + 2].isdigit())):
            pieces.append(text[start : at + (char == ";")].strip())
            start = at + 1
    pieces.append(text[start:].strip())
    return [piece for piece in pieces if piece] or [text]


def _join(pieces: list[str]) -> str:
    return ", ".join(piece.rstrip(";").strip() for piece in pieces)


def _key(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9 ]+", " ", name.lower()).split())
