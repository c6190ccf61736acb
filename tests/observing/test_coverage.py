"""How far a rationale goes through the criteria of a topic, on topics made up here."""

from checker.knowledge.topics import Criterion, Topic
from checker.model.facts import Assertion
from checker.observing.coverage import coverage_facts

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


def test_what_the_summary_records_fills_what_the_rationale_leaves_out():
    assert covered({"lesion": SAID}, {"care-failed": SAID})["recorded"] == "yes"
    assert covered({}, {"red-flag": SAID})["recorded"] == "yes"


def test_what_the_rationale_denies_is_not_filled():
    assert covered({"lesion": SAID, "care-failed": DENIED}, {"care-failed": SAID})["recorded"] == "no"


def test_a_record_that_fills_a_part_of_a_way_fills_none():
    assert covered({}, {"lesion": SAID})["recorded"] == "no"
