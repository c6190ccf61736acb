"""Defects that only show beside another letter: a letter, and a second one made of it.

The second letter has another case number, so that it is another case; where it is to be of another worker, also another
date of injury. Beside the first it stands once without the defect and once with it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from checker import Checker
from checker.model.findings import Judgement
from checker.model.source import SourceText
from checker.reading import read
from tests.planted.base import Base, Edit, Flag, Planted, one_of, turned
from tests.planted.reason_defects import TOLD, named, silent

FOLDER = Path(__file__).resolve().parents[2] / "fixtures/across"
_CASE_NUMBER = re.compile(r"(?<=Case Number: )\S+")
_INJURED = re.compile(r"(?<=Date of Injury: )\d{1,2}/\d{1,2}/(?P<year>\d{4})")
_DECIDING = {"documented", "denied", "not_documented"}


@dataclass(frozen=True)
class Pair:
    """A letter and what stands beside it.

    Attributes:
        doc: Name of the first letter.
        first: Its text.
        without: The second letter without the defect.
        planted: The second letter with it.
    """

    doc: str
    first: str
    without: str
    planted: Planted


def letters_of_a_batch(checker: Checker) -> Iterator[Base]:
    """The letters of the folder that is checked as one batch."""
    for source in read([str(path) for path in sorted(FOLDER.glob("*.txt"))]):
        if isinstance(source, SourceText):
            yield Base(source.doc, source.raw, checker)


def _another_case(base: Base) -> list[Edit]:
    """Another case number; none where the letter prints none."""
    number = _CASE_NUMBER.search(base.text)
    return [Edit(*number.span(), f"{number.group()[:-3]}999")] if number else []


def _another_worker(base: Base) -> list[Edit]:
    """The injury a year earlier; none where the header does not date it."""
    injured = _INJURED.search(base.text)
    return [Edit(*injured.span("year"), str(int(injured["year"]) - 1))] if injured else []


def decided_otherwise(base: Base) -> Iterator[Pair]:
    """The same case once more, with the other outcome."""
    case = _another_case(base)
    for item, rows in zip(base.letter.items, base.facts.criteria, strict=True):
        verdict = turned(base, item)
        decides = any(row.rationale.value in _DECIDING for row in rows)
        if case and verdict and decides:
            planted = Planted("BAT001", item.number, "other outcome", base.edited([*case, *verdict]))
            yield Pair(base.doc, base.text, base.edited(case), planted)


_COPIED = (
    "The patient has told of pain on most days and sleeps badly, the examination found guarding and stiffness, and "
    "rest brought little.",
    "The worker walks with a limp, was seen twice within two months, and wishes to be rid of the pain that hinders him "
    "at the sink and on stairs.",
    "This claimant looks tired, the joint is tender to touch, the last visit found no change, and the physician asked "
    "for patience.",
)
"""Reasons enough for two rationales to be the same: two dozen words of a case."""


def reasons_of_another(base: Base) -> Iterator[Pair]:
    """The same reasons for another worker, of whom the record says otherwise."""
    case, worker = _another_case(base), _another_worker(base)
    for item in base.letter.items:
        if not case or not worker or item.rationale is None or base.letter.summary is None:
            continue
        for told in TOLD:
            if (told.drug and item.drug is None) or not silent(base, item, told.concept):
                continue
            reasons = f"{one_of(_COPIED, base.doc, item.number)} {named(told.missing, item, base)}"
            argued = base.argued(item, reasons)
            copied = [*case, *worker, argued]
            recorded = base.told(named(told.recorded, item, base))
            planted = Planted("BAT002", item.number, told.concept, base.edited([*copied, recorded]))
            yield Pair(base.doc, base.edited([argued]), base.edited(copied), planted)


def pairs(letters: Iterable[Base]) -> Iterator[Pair]:
    """Every pair that can be made of some letters."""
    for base in letters:
        yield from decided_otherwise(base)
        yield from reasons_of_another(base)


def flags_beside(checker: Checker, first: str, second: str) -> frozenset[Flag]:
    """What is found in a letter because another lies beside it."""
    across = checker.across()
    assert across is not None
    with across:
        for place, text in enumerate((first, second)):
            judged = checker.check_text(text, f"letter-{place}")
            assert isinstance(judged, Judgement)
            across.add(place, judged)
        return frozenset((f.code, f.item) for found in across.found() if found.letter for f in found.findings)
