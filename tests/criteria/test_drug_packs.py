"""Short letters on drugs, approved and refused: the findings of the packs at warning or error, and no others."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker import Checker
from checker.model.findings import Judgement, Severity
from tests.parsing.letters import item, letter
from tests.shipped import the_checker

HERE = Path(__file__).parent / "drugs"
EDITION = {
    2014: ("MTUS Chronic Pain Treatment Guidelines {cites}.", "05/07/2009", "02/19/2014"),
    2017: ("MTUS Chronic Pain Medical Treatment 2016, Section(s): {cites}.", "05/07/2016", "01/11/2017"),
}
"""How the reviewer's line reads, date of injury and date of the utilization review decision."""

OTHERS = ("CIT", "DOC")
"""Citations and the form of the letter have tests of their own."""

Written = dict[str, Any]


def cases() -> list[Written]:
    return [case for path in sorted(HERE.glob("*.yaml")) for case in yaml.safe_load(path.read_text("utf-8"))["cases"]]


@pytest.fixture(scope="module")
def checker() -> Checker:
    return the_checker()


def judged(checker: Checker, case: Written) -> Judgement:
    line, injury, decided = EDITION[case["year"]]
    cited = f"{case['guideline']}." if "guideline" in case else line.format(cites=case.get("cites", ""))
    head = f"Date of Injury: {case.get('injury', injury)} UR Denial Date: {case.get('decided', decided)}"
    own = item(case["request"], case["outcome"], reviewer=f"Decision based on {cited}", reasons=case["rationale"])
    found = checker.check_text(letter([own], summary=case["summary"], head=head))
    assert isinstance(found, Judgement)
    return found


def _param(case: Written) -> Any:
    """A case; one that is known to be misread (``open``) must go on failing, or the note goes."""
    marks = [pytest.mark.xfail(reason=case["open"], strict=True)] if "open" in case else []
    return pytest.param(case, id=case["name"], marks=marks)


@pytest.mark.parametrize("case", [_param(case) for case in cases()])
def test_findings(case: Written, checker: Checker) -> None:
    strong = {f.code for f in judged(checker, case).findings if f.severity is not Severity.NOTE}
    assert {code for code in strong if not code.startswith(OTHERS)} == set(case["flags"])
