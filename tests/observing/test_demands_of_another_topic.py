"""Papers that opioid treatment asks for: missing, they contradict nothing, and they are no argument on another drug."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

NOT = "is not medically necessary."


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        ("There is no opioid agreement in the record. There is no urine drug test result.", "no"),
        ("Without a CURES report and a drug test, and as no pain contract is documented, this is not supported.", "no"),
        ("Aberrant behavior is not documented. The drug screen was inconsistent, with cocaine.", "yes"),
    ],
)
def test_papers_that_are_missing_contradict_nothing(checker: Checker, reasons: str, value: str) -> None:
    found = judged(checker, [("Norco 10/325mg #60", "Upheld", f"{reasons} The request {NOT}")])
    assert told(found, "conflict.aberrant-behavior") == value


def test_the_demands_of_opioids_are_no_argument_on_a_stomach_drug(checker: Checker) -> None:
    copied = (
        f"The notes do not quantify relief, there is no urine drug screen, and no pain contract is on file. It {NOT}"
    )
    items = [("Norco 10/325mg #60", "Upheld", copied), ("Omeprazole 20mg #60", "Upheld", copied)]
    found = judged(checker, items)
    assert [told(found, "compare.argument", n) for n in (1, 2)] == ["shared", "copied"]
