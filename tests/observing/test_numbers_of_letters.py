"""The numbers of whole letters as facts: what they rest on, and what stays unknown."""

from collections.abc import Sequence

import pytest

from checker import Checker
from checker.model.facts import UNKNOWN, Fact, FactValue
from checker.model.findings import Judgement
from tests.parsing.letters import REASONS, item, letter

HEAD = (
    "Case Number: CM00-0000000\nDate of Injury: {injury}\nUR Denial Date: {ur}\nDate Assigned: 03/01/2017\n"
    "Decision Date: 03/20/2017"
)


def _facts(
    checker: Checker,
    summary: str,
    *,
    heading: str = "Norco 10/325mg #120",
    reasons: str = REASONS,
    injury: str = "01/05/2014",
    ur: str = "02/01/2017",
) -> dict[str, Fact]:
    text = letter([item(heading, reasons=reasons)], summary, HEAD.format(injury=injury, ur=ur))
    judged = checker.check_text(text)
    assert isinstance(judged, Judgement)
    raw = judged.facts.determination.source.raw
    facts = dict(judged.facts.items[0].facts)
    assert all(raw[e.span.start : e.span.end].strip() for f in facts.values() for e in f.evidence)
    return facts


def _values(facts: dict[str, Fact], names: Sequence[str]) -> list[FactValue]:
    return [facts[name].value for name in names]


def test_scores_of_both_parts_and_of_the_drug(checker: Checker) -> None:
    facts = _facts(
        checker,
        "A roofer of 40 fell. He takes Norco. His pain is 8/10 without and 5/10 with medication. At worst it is 9/10.",
        reasons="In this case his pain is 8/10 without and 5/10 with Norco. The request is not medically necessary.",
    )
    names = ("pain.summary_without", "pain.summary_with", "pain.summary_worst", "pain.summary_drop")
    assert _values(facts, names) == [8, 5, 9, 3]
    assert _values(facts, ("pain.rationale_drop", "item.pain_drop_rationale", "item.pain_drop_summary")) == [3, 3, 3]
    assert facts["pain.summary_average"].value == UNKNOWN


def test_two_values_of_one_kind_are_unknown_and_the_smallest_fall_counts(checker: Checker) -> None:
    facts = _facts(
        checker,
        "In May his pain was 8/10 without and 4/10 with medication. In June his pain was 8/10 without and 6/10 with "
        "medication.",
    )
    assert facts["pain.summary_without"].value == 8
    assert facts["pain.summary_with"].value == UNKNOWN
    assert len(facts["pain.summary_with"].evidence) > 1
    assert facts["pain.summary_with"].derivation == "several values are told"
    assert facts["pain.summary_drop"].value == 2


def test_a_fall_beside_a_day_without_one_is_unknown(checker: Checker) -> None:
    facts = _facts(
        checker,
        "In May his pain was 8/10 without and 8/10 with medication. In June his pain was 8/10 without and 4/10 with "
        "medication.",
    )
    assert _values(facts, ("pain.summary_drop", "item.pain_drop_summary")) == [UNKNOWN, UNKNOWN]
    assert facts["pain.summary_drop"].derivation == "pain is told to fall, and not to fall"


def test_what_the_guideline_asks_for_is_no_score_of_the_worker(checker: Checker) -> None:
    facts = _facts(
        checker,
        "A roofer of 40 fell from a ladder.",
        reasons="The guideline recommends opioids where pain falls from 8/10 to 4/10 with medication. " + REASONS,
    )
    assert facts["pain.rationale_drop"].value == UNKNOWN


def test_dose_supply_and_morphine_of_the_drug(checker: Checker) -> None:
    facts = _facts(checker, "He takes Norco 10/325 mg 1 tablet every 6 hours. He also takes OxyContin 20 mg bid.")
    names = ("item.strength", "item.units_per_day", "item.mg_per_day", "item.supply_days", "item.mme_per_day")
    assert _values(facts, names) == [10, 4, 40, 30, 40]
    assert facts["item.label_dose"].value == "within"
    assert facts["letter.opioid_mme"].value == facts["letter.opioid_mme_least"].value == 100
    assert len(facts["letter.opioid_mme"].evidence) == 2


def test_one_opioid_without_a_dose_leaves_the_total_unknown(checker: Checker) -> None:
    facts = _facts(checker, "He takes Norco 10/325 mg 1 tablet every 6 hours. He also takes OxyContin.")
    assert facts["letter.opioid_mme"].value == UNKNOWN
    assert "oxycodone" in facts["letter.opioid_mme"].derivation
    assert facts["item.mme_per_day"].value == 40


def test_a_drug_that_was_stopped_does_not_count(checker: Checker) -> None:
    facts = _facts(checker, "He takes Norco 10/325 mg tid. OxyContin 20 mg bid was discontinued.")
    assert facts["letter.opioid_mme"].value == 30


def test_two_daily_doses_are_unknown(checker: Checker) -> None:
    facts = _facts(checker, "In May he took Norco 10/325 mg bid. In June he took Norco 10/325 mg qid.")
    assert _values(facts, ("item.units_per_day", "letter.opioid_mme", "item.supply_days")) == [UNKNOWN] * 3


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("His MED is 40.", "same"), ("His MED is 42.", "same"), ("His MED is 90.", "different"), ("", UNKNOWN)],
)
def test_the_printed_dose_against_the_counted_one(checker: Checker, printed: str, expected: str) -> None:
    facts = _facts(checker, f"He takes Norco 10/325 mg qid. {printed}")
    assert facts["compare.mme"].value == expected


def test_a_range_of_doses_agrees_with_any_printed_dose_inside_it(checker: Checker) -> None:
    facts = _facts(checker, "He takes Norco 10/325 mg every 4 to 6 hours as needed. His MED is 50.")
    assert _values(facts, ("compare.mme", "letter.opioid_mme_least", "letter.opioid_mme")) == ["same", 40, 60]


@pytest.mark.parametrize(
    ("summary", "name", "expected"),
    [
        ("He takes Ultram 50 gm one tablet a day.", "letter.strengths", "wrong"),
        ("He takes Ultram 50 mg one tablet a day.", "letter.strengths", "plausible"),
        ("He takes gabapentin 1800 mg a day.", "letter.strengths", "plausible"),
        ("He takes Norco 10/325 mg one tablet q6h #120 for 30 days.", "letter.supplies", "plausible"),
        ("He takes Norco 10/325 mg one tablet q6h #180 for 30 days.", "letter.supplies", "wrong"),
        ("He takes Norco 10/325 mg one tablet q6h prn #60 for 30 days.", "letter.supplies", "plausible"),
        ("He takes Norco 10/325 mg.", "letter.supplies", UNKNOWN),
        (
            "Asked for were Norco 10/325 mg #60, and an aquatic therapy program 3 times a week for 6 weeks.",
            "letter.supplies",
            UNKNOWN,
        ),
    ],
)
def test_amounts_that_cannot_be_right(checker: Checker, summary: str, name: str, expected: str) -> None:
    assert _facts(checker, summary)[name].value == expected


@pytest.mark.parametrize(
    ("injury", "ur", "expected"),
    [
        ("01/10/2017", "02/01/2017", "acute"),
        ("12/01/2016", "02/01/2017", "subacute"),
        ("01/05/2014", "02/01/2017", "chronic"),
        ("01/05/2016", "02/01/2016", UNKNOWN),
        ("01/05/2015", "02/01/2016", "chronic"),
        ("01/05/2013", "02/01/2014", UNKNOWN),
    ],
)
def test_the_stage_of_the_injury_by_the_guideline_of_the_day(
    checker: Checker, injury: str, ur: str, expected: str
) -> None:
    facts = _facts(checker, "A roofer fell from a ladder.", injury=injury, ur=ur)
    assert facts["letter.injury_phase"].value == expected


def test_an_injury_that_built_up_has_no_stage(checker: Checker) -> None:
    facts = _facts(checker, "The worker has a cumulative trauma injury of the neck.", injury="01/10/2017")
    assert facts["letter.injury_phase"].value == UNKNOWN


def test_age_then_and_now(checker: Checker) -> None:
    facts = _facts(checker, "The patient is a 45-year-old woman who fell.")
    assert _values(facts, ("letter.age", "letter.age_at_injury")) == [45, 42]
    assert facts["letter.injury_date"].value == "2014-01-05"


@pytest.mark.parametrize(
    ("summary", "days"),
    [
        ("The worker is 6 weeks post-op.", 42),
        ("She underwent left knee arthroscopy on 1/2/2017.", 30),
        ("A left knee arthroscopy is scheduled for 1/2/2017.", UNKNOWN),
        ("She was seen on 1/2/2017.", UNKNOWN),
    ],
)
def test_how_long_ago_the_operation_was(checker: Checker, summary: str, days: FactValue) -> None:
    assert _facts(checker, summary)["letter.days_since_surgery"].value == days


def test_visits_by_who_had_and_who_authorized_them(checker: Checker) -> None:
    facts = _facts(
        checker,
        "She completed eight (8) sessions of physical therapy. She was authorized 12 sessions of physical therapy. She "
        "had 20 sessions of acupuncture.",
        heading="Six sessions of physical therapy for the left knee",
    )
    assert _values(facts, ("item.visits", "item.visits_authorized", "item.visits_had", "item.visits_total")) == [
        6,
        12,
        12,
        18,
    ]


def test_visits_of_another_treatment_are_not_counted(checker: Checker) -> None:
    facts = _facts(
        checker,
        "She had 20 sessions of acupuncture.",
        heading="Six sessions of physical therapy for the left knee",
    )
    assert facts["item.visits_had"].value == UNKNOWN


def test_relief_of_the_disputed_injection(checker: Checker) -> None:
    facts = _facts(
        checker,
        "The first lumbar epidural steroid injection gave 60% relief for 8 weeks. Norco gives 30% relief.",
        heading="Lumbar epidural steroid injection L4-5",
    )
    assert _values(facts, ("item.relief_percent_summary", "item.relief_days_summary")) == [60, 56]
