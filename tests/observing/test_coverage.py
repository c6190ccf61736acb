"""How far a rationale goes through the criteria of a topic, on topics made up here."""

from checker import Checker
from checker.knowledge.topics import Criterion, Topic
from checker.model.facts import Assertion, Evidence, Part
from checker.model.source import Span
from checker.observing.coverage import coverage_facts
from tests.observing.compared import judged

SAID, DENIED = Assertion.DOCUMENTED, Assertion.DENIED
TOPIC = Topic(
    id="knees",
    code="KNE",
    title="Knees",
    document="law-one",
    ways=(("care-failed", "lesion"), ("red-flag",)),
    criteria=(
        Criterion(id="care-failed", title="Care failed", mark="verified", touched_by=("care-had",)),
        Criterion(id="lesion", title="A lesion", mark="verified"),
        Criterion(id="red-flag", title="A red flag", mark="verified"),
    ),
)


def covered(rationale, summary):
    return {f.name.removeprefix("criteria."): f.value for f in coverage_facts(TOPIC, rationale, summary, "untold")}


def test_care_that_was_had_is_not_silence_on_whether_it_failed():
    facts = covered({"lesion": SAID, "care-had": SAID}, {})
    assert (facts["met"], facts["silent"]) == ("no", 0)


def test_care_that_was_not_had_leaves_it_silent():
    facts = covered({"lesion": SAID, "care-had": DENIED}, {})
    assert facts["silent_told"] == "Care failed"


def test_care_that_was_not_had_shuts_what_it_is_a_ground_of():
    failed = Criterion(id="care-failed", title="Care failed", mark="verified", shut_by=("care-had",))
    topic = Topic(id="k", code="KNE", title="K", document="law-one", ways=(), criteria=(failed,))
    for said, excluded in ((DENIED, "every"), (Assertion.NOT_DOCUMENTED, "every"), (SAID, "none")):
        facts = {f.name: f.value for f in coverage_facts(topic, {"care-had": said}, {}, "untold")}
        assert facts["criteria.excluded"] == excluded
    both = coverage_facts(topic, {"care-had": DENIED, "care-failed": SAID}, {}, "untold")
    assert {f.name: f.value for f in both}["criteria.met"] == "yes"


def test_what_the_summary_records_fills_what_the_rationale_leaves_out():
    assert covered({"lesion": SAID}, {"care-failed": SAID})["recorded"] == "yes"
    assert covered({}, {"red-flag": SAID})["recorded"] == "yes"


def test_what_the_rationale_denies_is_not_filled():
    assert covered({"lesion": SAID, "care-failed": DENIED}, {"care-failed": SAID})["recorded"] == "no"


def test_a_record_that_fills_a_part_of_a_way_fills_none():
    assert covered({}, {"lesion": SAID})["recorded"] == "no"


def test_an_approval_over_care_that_was_not_given_is_flagged(checker: Checker):
    request_ = "L5-S1 transforaminal epidural steroid injection"
    why = "Radiculopathy is documented on examination and by MRI. It is not documented that {} before the injection."
    for care, flagged in (("conservative treatment was tried", True), ("a wheelchair was used", False)):
        reasons = f"{why.format(care)} The request is medically necessary."
        found = judged(checker, [(request_, "Overturned", reasons)])
        assert ("DEC003" in {f.rule for f in found.findings}) is flagged


def test_what_restates_a_criterion_left_out_is_shown():
    quoted = {
        "care-failed": Evidence(Part.RATIONALE, Span(0, 10)),
        "lesion": Evidence(Part.RATIONALE, Span(20, 30)),
        "other": Evidence(Part.RATIONALE, Span(40, 50)),
    }
    facts = {f.name: f for f in coverage_facts(TOPIC, {"lesion": SAID}, {}, "untold", quoted)}
    assert facts["criteria.silent_told"].value == "Care failed"
    assert facts["criteria.silent"].evidence == (quoted["care-failed"],)
