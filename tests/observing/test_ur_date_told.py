"""When a narrative dates the decision of utilization review, in whatever words, and the request before it."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, REPAIR, judged

ITEMS = [(REPAIR, "Upheld", "The request is not medically necessary.")]


@pytest.mark.parametrize(
    "told_so",
    [
        "By a decision of {} the repair was rejected for lack of imaging.",
        "In an adverse determination dated {} the surgery was denied because no film had been made.",
        "The operation was refused in a letter dated {}.",
        "On {} the physician reviewer did not approve the operation.",
        "On {} the reviewer for the claims administrator declined to certify; he withheld approval.",
        "On {} the reviewer engaged by the insurer would not authorize the repair.",
        "On {} the carrier non-certified the repair.",
        "The adjuster did not authorize the surgery on {}.",
        "Certification of the repair was refused by the claims administrator on {}.",
        "The adverse determination was issued on {}.",
        "The repair was found not medically necessary by utilization review on {}.",
        "The reviewer did not certify the repair and the brace on {}.",
    ],
)
def test_a_decision_is_dated_in_many_words(checker: Checker, told_so: str) -> None:
    other = judged(checker, ITEMS, f"{PLAIN} {told_so.format('12/21/2016')}")
    same = judged(checker, ITEMS, f"{PLAIN} {told_so.format('12/20/2016')}")
    assert [j.facts.letter.value("letter.ur_dates") for j in (other, same)] == ["different", "same"]


@pytest.mark.parametrize(
    "told_so",
    [
        "On 11/02/2015 the carrier denied the claim.",
        "In a letter of 11/02/2016 the surgeon appealed; physical therapy was declined by the worker.",
        "On 11/02/2016 the physician did not approve of heavy work.",
        "The claim was denied in 2015.",
        "Liability for the neck was refused by the employer on 11/02/2016.",
        "On 11/02/2016 he declined an injection.",
    ],
)
def test_other_refusals_are_no_decision(checker: Checker, told_so: str) -> None:
    assert judged(checker, ITEMS, f"{PLAIN} {told_so}").facts.letter.value("letter.ur_dates") == "unknown"


@pytest.mark.parametrize(
    ("sentences", "value"),
    [
        (
            "The Request for Authorization bears the date 12/12/2016. UR of 12/08/2016 denied it.",
            "reversed_in_narrative",
        ),
        ("The RFA was signed on 12/12/2016. On 12/08/2016 utilization review refused it.", "reversed_in_narrative"),
        ("The request form was completed on 12/12/2016. UR of 12/20/2016 denied it.", "in_order"),
        ("The request for authorization carries a signature of 12/12/2016. UR of 12/16/2016 denied it.", "in_order"),
        ("The request for authorization is dated 12/28/2016. UR of 12/20/2016 denied it.", "reversed"),
        (
            "The RFA was signed on 12/01/2016, another RFA dated 12/12/2016 followed. UR of 12/08/2016 denied it.",
            "in_order",
        ),
    ],
)
def test_the_narrative_dates_the_decision_before_the_request(checker: Checker, sentences: str, value: str) -> None:
    found = judged(checker, ITEMS, f"{PLAIN} {sentences}")
    assert found.facts.letter.value("letter.request_order") == value
    flagged = {f.rule for f in found.findings if f.rule == "DOC005.request-told"}
    wanted = {"reversed_in_narrative": {"DOC005.request-told"}}
    assert flagged == wanted.get(value, set())


@pytest.mark.parametrize(
    ("sentences", "value"),
    [
        ("UR of 5/2/2016 denied therapy, and on 12/20/2016 the repair was denied.", "same"),
        ("UR of 12/2/2016 denied the repair.", "different"),
    ],
)
def test_an_earlier_review_is_no_other_date(checker: Checker, sentences: str, value: str) -> None:
    summary = f"The injured worker is a 50 year old male with pain of the left shoulder. {sentences}"
    found = judged(
        checker, [("Left shoulder arthroscopy", "Upheld", "The request is not medically necessary.")], summary
    )
    assert found.facts.letter.value("letter.ur_dates") == value
