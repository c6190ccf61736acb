"""The operation after which therapy is asked for, and the visits that the postsurgical schedule has for it."""

import pytest

from checker import Checker
from checker.observing.operations import KIND
from tests.observing.compared import judged, told

NECESSARY = "The request is medically necessary."
REFUSED = "The request is not medically necessary."
THERAPY = "Post-operative physical therapy 3 times a week for 8 weeks"
LINE = "Decision based on MTUS Postsurgical Treatment 2009"


@pytest.mark.parametrize(
    ("request_", "operation"),
    [
        ("Right knee arthroscopy with partial medial meniscectomy", "meniscectomy"),
        ("Left shoulder arthroscopic rotator cuff repair", "shoulder-arthroscopy"),
        ("Right carpal tunnel release", "carpal-tunnel-release"),
        ("L4-5 microdiscectomy", "lumbar-decompression"),
        ("L4-S1 transforaminal lumbar interbody fusion", "lumbar-fusion"),
        ("Anterior cervical discectomy and fusion C5-6", "cervical-fusion"),
        ("Left knee ACL reconstruction with partial meniscectomy", "several"),
        ("Norco 10/325mg #60", "none"),
    ],
)
def test_the_operation_of_the_letter_s_other_request(checker: Checker, request_: str, operation: str) -> None:
    letter = judged(checker, [(request_, "Overturned", NECESSARY), (THERAPY, "Overturned", NECESSARY)])
    assert told(letter, "item.operation", 2) == operation


def test_the_request_goes_before_the_rationale_and_that_before_the_summary(checker: Checker) -> None:
    summary = "The patient had a right carpal tunnel release on 1/5/2017."
    reasons = "He is six weeks after an achilles tendon repair."
    named = f"{THERAPY} after total knee replacement"
    for request_, why, operation in (
        (named, reasons, "knee-arthroplasty"),
        (THERAPY, reasons, "achilles-repair"),
        (THERAPY, "", "carpal-tunnel-release"),
    ):
        letter = judged(checker, [(request_, "Overturned", f"{why} {NECESSARY}")], summary=summary)
        assert told(letter, "item.operation") == operation


@pytest.mark.parametrize(
    ("visits", "outcome", "reasons", "rules"),
    [
        (24, "Overturned", f"The knee is recovering. {NECESSARY}", ["DEC005.postsurgical-meniscectomy"]),
        (12, "Overturned", f"The knee is recovering. {NECESSARY}", []),
        (
            24,
            "Overturned",
            f"In this case there are exceptional factors, since the repair failed once. {NECESSARY}",
            [],
        ),
        (24, "Upheld", f"The visits exceed the guideline. {REFUSED}", []),
        (
            6,
            "Upheld",
            f"In this case the visits asked for exceed the guideline. {REFUSED}",
            ["DEC005.postsurgical-inside-meniscectomy"],
        ),
        (12, "Upheld", f"In this case the visits asked for exceed the guideline. {REFUSED}", []),
        (6, "Upheld", f"The knee has recovered. {REFUSED}", []),
    ],
)
def test_visits_after_a_meniscectomy(
    checker: Checker, visits: int, outcome: str, reasons: str, rules: list[str]
) -> None:
    request_ = f"Post-operative physical therapy {visits} visits for the right knee"
    summary = "The patient had a right knee arthroscopy with partial medial meniscectomy on 3/1/2017."
    letter = judged(checker, [(request_, outcome, reasons)], summary=summary, line=LINE)
    assert [f.rule for f in letter.findings if f.rule.startswith("DEC005")] == rules


def test_every_mark_called_like_an_operation_is_a_value_of_the_fact(checker: Checker) -> None:
    marks = {e.id for e in checker.knowledge.idiom.entries if e.kind == "mark" and e.id.startswith(KIND)}
    values = checker.rulebook.vocabulary.facts["item.operation"].values
    assert {mark.removeprefix(KIND) for mark in marks} == set(values) - {"none", "several"}
