"""Figures of the rationale against those of the case summary."""

import pytest

from checker.model.facts import UNKNOWN, Fact, FactValue
from checker.observing.figures_compared import figures_compared


def facts(**told: FactValue) -> list[Fact]:
    return [Fact(name.replace("__", "."), value) for name, value in told.items()]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"pain__summary_with": 4.0, "pain__rationale_with": 7.0}, {"compare.pain": "different"}),
        ({"pain__summary_with": 4.0, "pain__rationale_with": 4.0}, {"compare.pain": "same"}),
        ({"pain__summary_with": 4.0, "pain__rationale_without": 7.0}, {}),
        ({"pain__summary_with": UNKNOWN, "pain__rationale_with": 7.0}, {}),
        ({"pain__summary_current": 4.0, "pain__rationale_current": 7.0}, {}),
        ({"item__relief_days_summary": 42, "item__relief_days_rationale": 14}, {"compare.relief": "different"}),
        (
            {"item__relief_percent_summary": 60.0, "item__relief_percent_rationale": 60.0, "pain__summary_worst": 9.0},
            {"compare.relief": "same"},
        ),
    ],
)
def test_single_figures_of_one_kind_are_compared(told: dict[str, FactValue], expected: dict[str, str]) -> None:
    assert {fact.name: fact.value for fact in figures_compared(facts(**told))} == expected


def test_the_difference_tells_both_figures() -> None:
    [found] = figures_compared(facts(pain__summary_least=2.0, pain__rationale_least=5.0))
    assert found.derivation == "5 in the rationale, 2 in the case summary"
