"""Criteria that a rationale grants or holds against a request, and what follows for the decision."""

from checker import Checker
from checker.knowledge.topics import Criterion, Topic
from checker.model.facts import Assertion
from checker.observing.coverage import coverage_facts
from tests.observing.compared import judged, told

INJECTION = "L5-S1 transforaminal epidural steroid injection"
RULE = (
    "The MTUS recommends epidural injections where radiculopathy is documented on examination and corroborated by "
    "imaging, and conservative treatment has failed. "
)
GRANTED = (
    "In this case the left ankle reflex is diminished and straight leg raise is positive. The MRI confirms a "
    "herniation at L5-S1. Twelve visits of therapy were tried without lasting relief. "
)
UPHELD = "The request is not medically necessary."
SAID, DENIED = Assertion.DOCUMENTED, Assertion.DENIED


def rules_of(checker: Checker, request: str, outcome: str, reasons: str, **parts: str) -> set[str]:
    return {f.rule for f in judged(checker, [(request, outcome, reasons)], **parts).findings}


def alternative(rationale):
    topic = Topic(
        id="backs",
        code="BAC",
        title="Backs",
        document="law-one",
        ways=(("signs", "image"), ("signs", "nerve-test")),
        criteria=tuple(Criterion(id=id_, title=id_, mark="verified") for id_ in ("signs", "image", "nerve-test")),
    )
    return {f.name: f.value for f in coverage_facts(topic, rationale, {}, "untold")}["criteria.alternative"]


def test_what_takes_the_place_of_a_criterion_that_fails_is_an_alternative():
    assert alternative({"image": DENIED, "nerve-test": SAID}) == "met"
    assert alternative({"image": DENIED}) == "none"
    assert alternative({"image": DENIED, "nerve-test": DENIED}) == "none"
    assert alternative({"signs": DENIED, "image": SAID, "nerve-test": SAID}) == "none"
    assert alternative({"image": SAID, "nerve-test": SAID}) == "none"


def test_a_denial_that_grants_each_criterion_is_flagged(checker: Checker):
    assert "DEC002.conceded" in rules_of(checker, INJECTION, "Upheld", RULE + GRANTED + UPHELD)


def test_what_else_is_told_of_the_case_makes_it_a_note(checker: Checker):
    found = rules_of(checker, INJECTION, "Upheld", f"{RULE}{GRANTED}He takes warfarin and his INR is 3. {UPHELD}")
    assert "DEC002.conceded" not in found
    assert "DEC002.conceded-note" in found


def test_what_is_held_against_it_leaves_nothing_to_flag(checker: Checker):
    for ground in ("However, an operation is planned for next week.", "The MRI is not on file."):
        found = rules_of(checker, INJECTION, "Upheld", f"{RULE}{GRANTED}{ground} {UPHELD}")
        assert not any(rule.startswith("DEC002") for rule in found)


def test_a_criterion_whose_alternative_is_met_gives_no_ground_to_deny(checker: Checker):
    lacking = (
        f"{RULE}In this case therapy failed and straight leg raise is positive. The MRI report was not submitted. "
    )
    shown = "The EMG of May 3, 2016 showed S1 radiculopathy. "
    overturned = "The request is medically necessary."
    assert "DEC003" in rules_of(checker, INJECTION, "Overturned", lacking + overturned)
    assert "DEC003" not in rules_of(checker, INJECTION, "Overturned", lacking + shown + overturned)


def test_visits_of_another_treatment_are_none_of_massage(checker: Checker):
    summary = "The patient had 10 visits of physical therapy in 2015. He has not had massage{}."
    reasons = f"Massage is kept to 4-6 visits as a rule. The visits requested exceed the guideline. {UPHELD}"
    for since, had in (("", 0), (" since 2014", "unknown")):
        found = judged(checker, [("Massage, 6 visits", "Upheld", reasons)], summary=summary.format(since))
        assert str(told(found, "item.visits_had")).lower() == str(had)


def test_a_section_named_behind_a_guideline_is_argued_from(checker: Checker):
    line = "Decision based on MTUS Shoulder Complaints 2004, Section(s): Initial Care."
    reasons = (
        "The {} Guidelines, Muscle relaxants (for pain), recommend them for short-term use. "
        f"He has no spasm in this case. {UPHELD}"
    )
    for name, flagged in (("MTUS Chronic Pain Medical Treatment", True), ("ACOEM Shoulder Complaints", False)):
        found = rules_of(checker, "Cyclobenzaprine 7.5mg #60", "Upheld", reasons.format(name), line=line)
        assert ("CIT007" in found) is flagged
