"""Defects written by hand for one letter each: ``edits/LETTER.yaml``.

An entry names what must be found (``code``, ``item``, ``kind``; ``like``: codes that say the same of the same words)
and what to change. ``change`` holds the first words of one sentence of the item's reasons, ``into`` the wordings that
take its place, each a letter of its own (an empty one: the sentence is left out). ``in: summary`` looks for the
sentence in the case summary. ``in: heading`` changes words of the request, there and wherever the letter repeats it.
``also`` changes further sentences in the same way, ``tell`` adds a sentence to the case summary, ``outcome: turned``
turns outcome and verdict of the item.

The wordings come from the catalogue of findings and from what the guideline says, not from what the lexicon knows.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from checker.model.determination import Item
from tests.planted.base import Base, Edit, Planted, turned

EDITS = Path(__file__).parent / "edits"
_END = re.compile(r"[.;?!](?=\s|$)")


class Change(BaseModel):
    """One sentence, or words of the request, and what takes its place."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    change: str
    where: Literal["reasons", "summary", "heading"] = Field(default="reasons", alias="in")
    into: str


class Entry(BaseModel):
    """One defect in one or several wordings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    code: str = Field(pattern=r"^([A-Z]{3}\d{3}|CRI-[A-Z]{3}-(coverage|misstated|misapplied))$")
    item: int
    kind: str
    change: str
    where: Literal["reasons", "summary", "heading"] = Field(default="reasons", alias="in")
    into: tuple[str, ...] = Field(min_length=1)
    also: tuple[Change, ...] = ()
    tell: str = ""
    outcome: Literal["turned"] | None = None
    like: tuple[str, ...] = ()


@cache
def entries() -> Mapping[str, tuple[Entry, ...]]:
    """Every entry, by letter."""
    return {
        path.stem: tuple(Entry.model_validate(each) for each in yaml.safe_load(path.read_text(encoding="utf-8")))
        for path in sorted(EDITS.glob("*.yaml"))
    }


def _words(text: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, text.split())), re.IGNORECASE)


def _one(pattern: re.Pattern[str], base: Base, start: int, end: int) -> re.Match[str]:
    found = list(pattern.finditer(base.text, start, end))
    assert len(found) == 1, f"{base.doc}: {pattern.pattern} stands {len(found)} times"
    return found[0]


def _sentence(base: Base, item: Item, change: str, where: str) -> tuple[int, int]:
    """Start and end of the sentence that begins with these words."""
    span = base.letter.summary if where == "summary" else item.rationale
    assert span is not None
    begins = _one(_words(change), base, span.start, span.end)
    ends = _END.search(base.text, begins.end(), span.end)
    assert ends is not None, f"{base.doc}: {change} has no end"
    return begins.start(), ends.end()


def _edits(base: Base, item: Item, change: Change) -> list[Edit]:
    if change.where != "heading":
        return [Edit(*_sentence(base, item, change.change, change.where), change.into)]
    assert change.change in item.request, f"{base.doc}: {change.change} is no part of {item.request}"
    at = item.request.index(change.change)
    before = _words(item.request[:at]).pattern
    same = re.compile(rf"(?P<before>{before}\s*){_words(change.change).pattern}\b", re.IGNORECASE)
    return [Edit(m.end("before"), m.end(), change.into) for m in same.finditer(base.text)]


def _turning(base: Base, entry: Entry, item: Item) -> list[Edit]:
    edits = turned(base, item) if entry.outcome else []
    assert edits is not None, f"{base.doc}: item {item.number} can not be turned"
    return edits


def by_hand(base: Base) -> Iterator[Planted]:
    """What was written for this letter."""
    for entry in entries().get(base.doc, ()):
        item = base.letter.items[entry.item - 1]
        rest = [edit for also in entry.also for edit in _edits(base, item, also)] + _turning(base, entry, item)
        if entry.tell:
            rest.append(base.told(entry.tell))
        for number, wording in enumerate(entry.into, 1):
            main = Change.model_validate({"change": entry.change, "in": entry.where, "into": wording})
            text = base.edited([*_edits(base, item, main), *rest])
            yield Planted(entry.code, entry.item, f"{entry.kind}, wording {number}", text, entry.like)
