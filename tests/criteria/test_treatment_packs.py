"""Short letters of our own on treatments: each rule of the packs on a letter that it flags and one that it spares."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker import Checker
from checker.model.findings import Judgement, Result
from tests.parsing.letters import item, letter
from tests.shipped import the_checker

HERE = Path(__file__).parent / "treatments"
LINE = "MTUS Chronic Pain Medical Treatment 2016"
HEAD = "Date of Injury: {injury} UR Denial Date: {decided}"
PLAIN = "The injured worker is a 46 year old roofer."
Written = dict[str, Any]


def cases() -> list[Any]:
    """Each rule of the files twice: the letter that it flags and the one that it spares."""
    found = []
    for path in sorted(HERE.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text("utf-8"))["cases"]:
            for side in ("flagged", "spared"):
                for n, one in enumerate(case[side]):
                    merged = {**{k: v for k, v in case.items() if k not in ("flagged", "spared")}, **one}
                    marks = [pytest.mark.xfail(reason=one["open"], strict=True)] if "open" in one else []
                    found.append(pytest.param(merged, side, id=f"{case['rule']}-{side}-{n}", marks=marks))
    return found


@pytest.fixture(scope="module")
def checker() -> Checker:
    return the_checker()


def judged(checker: Checker, case: Written) -> Judgement:
    line = f"Decision based on {case.get('guideline', LINE)}."
    own = item(case["request"], case["outcome"], reviewer=line, reasons=case["rationale"])
    head = HEAD.format(injury=case.get("injury", "05/07/2016"), decided=case.get("decided", "01/11/2017"))
    found = checker.check_text(letter([own], summary=f"{PLAIN} {case.get('summary', '')}", head=head))
    assert isinstance(found, Judgement)
    return found


@pytest.mark.parametrize(("case", "side"), cases())
def test_a_rule_flags_one_letter_and_spares_the_other(case: Written, side: str, checker: Checker) -> None:
    traces = {trace.rule: trace for one in judged(checker, case).items for trace in one.traces}
    flagged = traces[case["rule"]].result is Result.FLAGGED
    assert flagged is (side == "flagged"), traces[case["rule"]]
