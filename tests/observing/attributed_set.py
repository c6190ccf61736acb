"""Sentences of our own with what each says of time, speaker and experiencer, and of tests.

``attribution/*.yaml`` hold rows of two kinds. A row with ``concept`` gives any of time, speaker and experiencer; ``of:
last`` asks of the last assertion of the concept, else of the first. A row with ``test`` gives performed, result and
agreement of that test; what it leaves out must be silent. Optional ``open`` says why a row is known to be misread; it
counts as wrong like any other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from checker.knowledge.attributions import VALUES
from checker.model.facts import Observation, Part
from checker.observing.assertions import observations
from checker.observing.frames import test_facts as facts_of_tests
from checker.observing.mentions import name
from checker.observing.passages import Discourse
from checker.observing.statuses import Told
from tests.observing.regression_set import passages_of
from tests.shipped import the_idiom, the_lexicon

HERE = Path(__file__).parent / "attribution"
SLOTS = ("performed", "result", "agreement")


@dataclass(frozen=True, slots=True)
class Row:
    """One question: what the program reads of ``about`` (a concept or a test) in ``text`` on ``axis``."""

    file: str
    part: Part
    about: str
    axis: str
    value: str
    text: str
    last: bool = False
    open: str = ""


def load(folder: Path = HERE) -> tuple[Row, ...]:
    """Every row of every file, one for each axis it gives.

    Raises:
        ValueError: A row of another shape, or a name that the lexicon does not have.
    """
    return tuple(
        row
        for path in sorted(folder.glob("*.yaml"))
        for number, held in enumerate(yaml.safe_load(path.read_text("utf-8"))["sentences"], 1)
        for row in _rows(path.name, number, held)
    )


def _rows(file: str, number: int, held: Mapping[str, Any]) -> Iterator[Row]:
    where = f"{file}, sentence {number}"
    rest = set(held) - {"part", "text", "open", "of"}
    common = {"file": file, "part": Part(held["part"]), "text": held["text"], "open": held.get("open", "")}
    idiom = the_idiom()
    if "concept" in rest:
        if held["concept"] not in idiom.concepts or not rest - {"concept"} <= set(VALUES):
            raise ValueError(f"{where}: {held['concept']} is no concept, or {sorted(rest)} are no axes")
        for axis in sorted(rest - {"concept"}):
            if held[axis] not in VALUES[axis]:
                raise ValueError(f"{where}: {held[axis]} is no {axis}")
            last = held.get("of") == "last"
            yield Row(about=held["concept"], axis=axis, value=held[axis], last=last, **common)
        return
    if held.get("test") not in idiom.frames.by_id or not rest - {"test"} <= set(SLOTS):
        raise ValueError(f"{where}: {held.get('test')} is no test, or {sorted(rest)} are no facts of one")
    for slot in SLOTS:
        yield Row(about=held["test"], axis=slot, value=held.get(slot, "silent"), **common)


@cache
def _told(part: Part, text: str) -> tuple[tuple[Observation, ...], Mapping[str, str]]:
    """What a text asserts, and its facts of tests by name."""
    idiom = the_idiom()
    passages = [p for p, _ in passages_of(text, part, Discourse(part, idiom.grammar), idiom)]
    named = name(passages, the_lexicon())
    told = [
        Told(o, n, at, idiom.concepts[o.concept].tells_of)
        for at, n in enumerate(named)
        for o in observations(n.passage, idiom, n.passage.reading)
    ]
    facts = facts_of_tests(part, named, told, idiom)
    return tuple(t.observation for t in told), {fact.name: str(fact.value) for fact in facts}


def read(row: Row) -> str:
    """What the program reads; ``silent`` where it reads nothing."""
    seen, facts = _told(row.part, row.text)
    if row.axis in SLOTS:
        return facts.get(f"{row.part.value}.test.{row.about}.{row.axis}", "silent")
    of_concept = [o for o in seen if o.concept == row.about]
    return str(getattr(of_concept[-1 if row.last else 0], row.axis)) if of_concept else "silent"
