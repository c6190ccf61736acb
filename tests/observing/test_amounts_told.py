"""Amounts of small letters: what is decided against what was asked for, what was had, what the guideline gives."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from checker import Checker
from checker.model.findings import Judgement
from tests.parsing.letters import item, letter

CASES = yaml.safe_load(Path(__file__).with_name("amounts-told.yaml").read_text(encoding="utf-8"))
HEAD = (
    "Case Number: CM00-0000000\nDate of Injury: 03/02/2016\nUR Denial Date: 01/05/2017\nDate Assigned: 01/20/2017\n"
    "Decision Date: 02/10/2017"
)
NO = "The request is not medically necessary."
CHRONIC = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): "
LINES = {
    "acupuncture": "Decision based on MTUS Acupuncture Treatment 2007.",
    "tens": f"{CHRONIC}TENS, chronic pain (transcutaneous electrical nerve stimulation).",
    "therapy": f"{CHRONIC}Physical medicine treatment.",
    "massage": f"{CHRONIC}Massage therapy.",
    "home": f"{CHRONIC}Home health services.",
    "drug": f"{CHRONIC}Muscle relaxants (for pain).",
}


def _codes(checker: Checker, request: str, line: str, reasons: str, summary: str = "") -> set[str]:
    told = f"A roofer of 40 fell from a ladder and hurt his low back. {summary}"
    found = checker.check_text(letter([item(request, "Upheld", LINES[line], LINES[line], reasons)], told, HEAD))
    assert isinstance(found, Judgement)
    return {f.code for f in found.findings if f.severity.value != "note"}


@pytest.mark.parametrize("case", CASES["decided"])
def test_another_amount_is_decided(checker: Checker, case: dict[str, Any]) -> None:
    reasons = f"{case['reasons']} He walks without help and has no spasm. {NO}"
    assert ("FAC003" in _codes(checker, case["request"], case["line"], reasons)) is case["flagged"]


@pytest.mark.parametrize("case", CASES["had"])
def test_visits_had_in_reasons_and_summary(checker: Checker, case: dict[str, Any]) -> None:
    reasons = f"The MTUS recommends active therapy. {case['reasons']} He can exercise at home. {NO}"
    found = _codes(checker, "Physical therapy 2 times a week for 3 weeks", "therapy", reasons, case["summary"])
    assert ("FAC001" in found) is case["flagged"]


@pytest.mark.parametrize("case", CASES["limits"])
def test_limits_told_wrongly(checker: Checker, case: dict[str, Any]) -> None:
    reasons = f"{case['reasons']} In this case the worker has pain and works full duty. {NO}"
    assert (case["code"] in _codes(checker, case["request"], case["line"], reasons)) is case["flagged"]
