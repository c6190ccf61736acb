"""The folder of letters among which exactly known findings lie, and cases made without any letter."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from checker.across.case import Case, Misfit, Statement, Words
from checker.knowledge.across import Across as Settings
from checker.knowledge.across import AcrossFile
from checker.knowledge.resources import rules_folder
from checker.knowledge.schema import load_model
from checker.model.findings import Finding, Judgement
from checker.pipeline import Checker

FOLDER = Path(__file__).resolve().parents[2] / "fixtures" / "across"
EXPECTED: dict[str, Any] = yaml.safe_load((FOLDER / "expected.yaml").read_text("utf-8"))


def settings() -> Settings:
    model, _ = load_model(rules_folder() / "across.yaml", AcrossFile)
    return model.across


def found_among(checker: Checker, letters: Iterable[Judgement]) -> dict[str, tuple[Finding, ...]]:
    """The findings across some letters, by the name of the letter; of two with one name, the last."""
    across = checker.across()
    assert across is not None
    with across:
        for place, letter in enumerate(letters):
            across.add(place, letter)
        return {found.doc: found.findings for found in across.found()}


def told(found: dict[str, tuple[Finding, ...]]) -> list[tuple[Any, ...]]:
    """The findings as expected.yaml tells them."""
    rows = [
        (doc, f.item, f.rule, f.severity.value, tuple(b.doc for b in f.beside))
        for doc, findings in found.items()
        for f in findings
    ]
    return sorted(rows)


def expected() -> list[tuple[Any, ...]]:
    """What expected.yaml tells."""
    rows = EXPECTED["findings"]
    return sorted((r["doc"], r["item"], r["rule"], r["severity"], tuple(r["beside"])) for r in rows)


def case(
    name: str,
    outcome: str = "upheld",
    statuses: dict[str, str] | None = None,
    *,
    letter: int = 0,
    item: int = 1,
    number: str = "",
    text: str = "",
    key: str = "k",
    known: dict[str, str] | None = None,
    said: Sequence[str] = (),
    injured: str = "",
    misfits: tuple[Misfit, ...] = (),
) -> Case:
    """A case with its own name, number and text unless others are given."""
    here = Words("rationale", 0, 1, "words")
    decided = [Statement(c, c, s, True, "high", (here,)) for c, s in (statuses or {}).items()]
    recorded = [Statement(c, c, s, False, "high", ()) for c, s in (known or {}).items()]
    return Case(
        letter=letter,
        doc=name,
        source=f"{name}.txt",
        sha256=name,
        number=number or name,
        text=text or name,
        injured=injured or f"date of {number or name}",
        item=item,
        label="an MRI",
        request="MRI",
        outcome=outcome,
        decision=Words("heading", 0, 6, outcome),
        key=key,
        statements=(*decided, *recorded),
        sentences=tuple(Words("rationale", n, n + 1, sentence) for n, sentence in enumerate(said)),
        misfits=misfits,
        affirmed=(),
        recorded=frozenset(),
    )
