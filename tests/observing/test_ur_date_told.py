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
        "The utilization review physician, in his letter of {}, found the request not medically necessary.",
        "The RFA of 12/05/2016 was denied by the carrier on {}.",
        "Previous determination ({}): not certified.",
        "A peer review of {} recommended denial.",
        "The repair has been in dispute since the notice of non-certification dated {}.",
        "The case went to utilization review on {} with a decision to deny.",
        "UR date: {}.",
        "The repair was denied {}.",
        "A letter of the utilization reviewer, which came on {}, modified the request.",
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
        "Utilization review on 11/02/2016 denied acupuncture.",
        "The request dated 11/02/2016 was denied by utilization review.",
        "The visit of 11/02/2016 was before the denial.",
        "Utilization review denied the repair as the film of 11/02/2016 was poor and that of 09/02/2016 old.",
        "At the visit on 11/02/2016 the patient denied numbness and spoke of the insurer.",
    ],
)
def test_other_refusals_are_no_decision(checker: Checker, told_so: str) -> None:
    assert judged(checker, ITEMS, f"{PLAIN} {told_so}").facts.letter.value("letter.ur_dates") == "unknown"


def test_a_rationale_may_date_the_decision_too(checker: Checker) -> None:
    for day, value in (("12/21/2016", "different"), ("12/20/2016", "same")):
        reasons = f"Utilization review denied this on {day} for want of a film. The request is not medically necessary."
        found = judged(checker, [(REPAIR, "Upheld", reasons)])
        assert found.facts.letter.value("letter.ur_dates") == value


def test_an_injury_of_another_claim_is_not_dated_for_this_one(checker: Checker) -> None:
    told = "He also has an injury of 03/01/2009 to the other shoulder."
    assert judged(checker, ITEMS, told).facts.letter.value("letter.injury_dates") == "unknown"


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
