"""The rates of tests/planted/measure.py, held on a sample; the whole is measured by command."""

from collections.abc import Mapping

import pytest

from checker import Checker
from tests.planted import by_hand
from tests.planted.base import Base, bases
from tests.planted.measure import (
    BEGIN,
    END,
    PAGE,
    Host,
    Tried,
    beside,
    detection,
    planted,
    rates,
    report,
    sampled,
    stability,
)
from tests.planted.neutral import NEUTRAL
from tests.planted.pair_defects import letters_of_a_batch, pairs
from tests.shipped import the_checker

LEAST_FOUND = 0.95
LEAST_UNCHANGED = 0.99
OF_A_CODE = 8
"""Defects of one code in the sample."""

_BELOW: Mapping[str, float] = {
    "CRI-ACU-misapplied": 0.66,
    "CRI-ACU-misstated": 0.5,
    "CRI-ADP-misapplied": 0.33,
    "CRI-AED-misstated": 0.75,
    "CRI-BZO-misapplied": 0.66,
    "CRI-BZO-misstated": 0.75,
    "CRI-CHI-misapplied": 0.4,
    "CRI-CHI-misstated": 0.33,
    "CRI-CON-misapplied": 0.4,
    "CRI-DME-misapplied": 0.4,
    "CRI-DME-misstated": 0.85,
    "CRI-EDX-misapplied": 0.6,
    "CRI-GIP-misapplied": 0.0,
    "CRI-HOM-misapplied": 0.75,
    "CRI-HOM-misstated": 0.75,
    "CRI-IMG-misapplied": 0.4,
    "CRI-IMG-misstated": 0.8,
    "CRI-INJ-misapplied": 0.75,
    "CRI-MUS-misapplied": 0.5,
    "CRI-MUS-misstated": 0.75,
    "CRI-OPI-misapplied": 0.66,
    "CRI-OPI-misstated": 0.85,
    "CRI-OTH-misapplied": 0.75,
    "CRI-PHY-misapplied": 0.5,
    "CRI-PHY-misstated": 0.8,
    "CRI-PSY-misapplied": 0.0,
    "CRI-SUR-coverage": 0.66,
    "CRI-SUR-misapplied": 0.66,
    "CRI-TOP-misapplied": 0.33,
    "DEC006": 0.75,
    "DEC009": 0.75,
    "FAC002": 0.62,
    "FAC004": 0.75,
    "SAF001": 0.75,
}
"""Codes that are still found less often, with the share of the sample that must be found; to be raised and emptied."""


@pytest.fixture(scope="module")
def checker() -> Checker:
    return the_checker()


@pytest.fixture(scope="module")
def letters(checker: Checker) -> tuple[Base, ...]:
    return bases(checker)


@pytest.fixture(scope="module")
def hosts(letters: tuple[Base, ...]) -> list[Host]:
    return list(planted(letters))


@pytest.fixture(scope="module")
def tried(checker: Checker, hosts: list[Host]) -> list[Tried]:
    return detection(checker, sampled(hosts, OF_A_CODE))


def test_planted_defects_are_found(tried: list[Tried]) -> None:
    counted = [t for t in tried if t.planted.code not in _BELOW]
    missed = [f"{t.planted.code} {t.planted.kind}, {t.doc} item {t.planted.item}" for t in counted if not t.found]
    assert len(counted) >= 150
    assert len(missed) <= (1 - LEAST_FOUND) * len(counted), missed


def test_no_code_falls_behind(tried: list[Tried]) -> None:
    behind = {
        code: f"{hit} of {count}" for code, (hit, count) in rates(tried).items() if hit < _BELOW.get(code, 0.85) * count
    }
    assert not behind


def test_every_judged_code_is_planted(checker: Checker, hosts: list[Host]) -> None:
    judged = {rule.code for rule in checker.rulebook.active}
    codes = {defect.code for _, defect in hosts}
    assert judged - codes == {"BAT001", "BAT002"}  # planted in pairs of letters


def test_what_only_shows_beside_another_letter_is_found(checker: Checker, letters: tuple[Base, ...]) -> None:
    """And a pair without the defect has no such finding, or it would not be counted."""
    tried = beside(checker, pairs((*letters[::3], *letters_of_a_batch(checker))), most=OF_A_CODE)
    shares = rates(tried)
    assert set(shares) == {"BAT001", "BAT002"}
    assert all(count >= OF_A_CODE // 2 for _, count in shares.values())
    assert all(hit >= LEAST_FOUND * count for hit, count in shares.values()), report(tried, stability(checker, ()))


def test_neutral_edits_change_nothing(checker: Checker, letters: tuple[Base, ...]) -> None:
    """A quarter of the letters goes through each edit, the next quarter through the next one."""
    edits, changed = 0, []
    for at, name in enumerate(sorted(NEUTRAL)):
        tried, differing = stability(checker, letters[at % 4 :: 4], (name,))
        edits += tried.total()
        changed += differing
    assert edits >= 100
    assert len(changed) <= (1 - LEAST_UNCHANGED) * edits, changed


def test_a_letter_without_the_defect_is_no_detection(hosts: list[Host]) -> None:
    """The measure can fail: the unchanged letter counts as missed."""
    base, defect = hosts[0]
    assert (defect.code, defect.item) not in base.flags
    assert not Tried(base.doc, defect, frozenset()).found
    assert "missed: " in report([Tried(base.doc, defect, frozenset())], stability(the_checker(), ()))


def test_every_edit_by_hand_belongs_to_a_letter(letters: tuple[Base, ...]) -> None:
    assert set(by_hand.entries()) <= {base.doc for base in letters}


def test_the_page_holds_a_table() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page.count(BEGIN) == page.count(END) == 1
    assert "| CIT001 |" in page
