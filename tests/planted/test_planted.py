"""The rates of tests/planted/measure.py, held."""

import pytest

from checker import Checker
from tests.planted.base import Base, bases
from tests.planted.measure import Tried, detection, planted, report, stability

LEAST_FOUND = 0.95
LEAST_UNCHANGED = 0.99
AT_LEAST = 20
"""A code with fewer planted defects has no rate of its own."""

_BELOW = {"CIT003", "CIT006", "DOC003", "DOC006", "FAC004"}
"""Codes that are still found less often; take one out as soon as it is."""


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker(engine="reference")


@pytest.fixture(scope="module")
def letters(checker: Checker) -> tuple[Base, ...]:
    return bases(checker)


@pytest.fixture(scope="module")
def tried(checker: Checker, letters: tuple[Base, ...]) -> list[Tried]:
    return detection(checker, letters)


def test_planted_defects_are_found(tried: list[Tried]) -> None:
    counted = [t for t in tried if t.planted.code not in _BELOW]
    missed = [f"{t.planted.code} {t.planted.kind}, {t.doc} item {t.planted.item}" for t in counted if not t.found]
    assert len(counted) >= 1000
    assert len(missed) <= (1 - LEAST_FOUND) * len(counted), missed


def test_no_code_falls_far_behind(tried: list[Tried]) -> None:
    for code in sorted({t.planted.code for t in tried} - _BELOW):
        of_code = [t.found for t in tried if t.planted.code == code]
        assert len(of_code) < AT_LEAST or sum(of_code) >= 0.85 * len(of_code), code


def test_neutral_edits_change_nothing(checker: Checker, letters: tuple[Base, ...]) -> None:
    edits, changed = stability(checker, letters)
    assert edits >= 150
    assert len(changed) <= (1 - LEAST_UNCHANGED) * edits, changed


def test_a_letter_without_the_defect_is_no_detection(checker: Checker, letters: tuple[Base, ...]) -> None:
    """The measure can fail: the unchanged letter counts as missed."""
    base, defect = next(planted(letters[:3]))
    assert (defect.code, defect.item) not in base.flags
    assert not Tried(base.doc, defect, frozenset()).found
    assert "missed: " in report([Tried(base.doc, defect, frozenset())], (1, []))
