"""Sums of visits, steps that come first, and rationales of one letter that say the opposite of each other."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

LINE = "Decision based on MTUS Chronic Pain Medical Treatment 2009, Section(s): {0}."
PHYSICAL, MANUAL, STIMULATION = "Physical Medicine", "Manual therapy & manipulation", "TENS, chronic pain"
VISITS = "Physical therapy, 8 visits, lumbar spine"
NO, YES = "The request is not medically necessary.", "The request is medically necessary."


@pytest.mark.parametrize(
    ("summary", "had"),
    [
        ("He had four visits of therapy in May and another five in the fall.", 9),
        ("Physical therapy: 7 visits in March 2016, 3 visits in June 2016.", 10),
        ("She attended six sessions of therapy, then four more.", 10),
        ("He completed six visits in May, and another six, approved in July, were finished by August.", 12),
        ("He had six visits of therapy and another six were requested.", 6),
        ("He had six visits of therapy and another four of acupuncture in June 2016.", 6),
        ("She completed 8 visits of therapy, of which 5 were in May.", 8),
    ],
)
def test_courses_of_one_sentence_are_added_up(checker: Checker, summary: str, had: int) -> None:
    found = judged(checker, [(VISITS, "Upheld", f"No gain is recorded. {NO}")], summary, LINE.format(PHYSICAL))
    assert told(found, "item.visits_had") == had


@pytest.mark.parametrize(
    ("reasons", "trial"),
    [
        ("The schedule has twenty-four visits over fourteen weeks. One half is given first.", 12),
        ("The guideline allows 24 visits, of which the initial course is one half.", 12),
        ("The guideline allows 24 visits over 14 weeks.", "unknown"),
    ],
)
def test_half_of_a_total_is_the_first_course(checker: Checker, reasons: str, trial: object) -> None:
    found = judged(checker, [(VISITS, "Upheld", f"{reasons} {NO}")], line=LINE.format(PHYSICAL))
    assert told(found, "reason.stated_trial") == trial


@pytest.mark.parametrize(
    ("reasons", "flagged"),
    [
        ("The guideline allows 9 to 10 visits. The eight visits applied for go past what the guideline allows.", True),
        ("The guideline allows 9 to 10 visits over 8 weeks. These eight overshoot the guideline.", True),
        ("The guideline allows 6 visits. The eight visits applied for go past what the guideline allows.", False),
    ],
)
def test_refused_as_too_many(checker: Checker, reasons: str, flagged: bool) -> None:
    summary = "He has low back pain. He has had no physical therapy."
    found = judged(checker, [(VISITS, "Upheld", f"{reasons} {NO}")], summary, LINE.format(PHYSICAL))
    assert any(f.code == "DEC005" for f in found.findings) == flagged


@pytest.mark.parametrize(
    ("reasons", "owed"),
    [
        ("A psychological evaluation must precede a trial. The evaluation has not yet been performed.", True),
        ("Plain films are required first. No films have been obtained.", True),
        ("A month at home is to precede purchase. She has not gone through it.", True),
        ("An evaluation must precede a trial. It was done in May. The trial has not been done.", False),
        ("An evaluation must precede a trial. Although the evaluation has not been done, it would add nothing.", False),
        ("Imaging or nerve tests must come first. Nerve tests were not done.", False),
    ],
)
def test_a_step_that_comes_first_is_outstanding(checker: Checker, reasons: str, owed: bool) -> None:
    items = [("Spinal cord stimulator trial", "Overturned", f"{reasons} The leg pain is severe. {YES}")]
    found = judged(checker, items, line=LINE.format("Spinal cord stimulators (SCS)"))
    assert (told(found, "reason.owed") == "owed") == owed


@pytest.mark.parametrize(
    ("first", "second", "opposed"),
    [
        ("In this case an operation is being considered.", "No operation is planned for this shoulder.", True),
        ("The patient is a candidate for surgery.", "Surgery is not under consideration in this case.", True),
        ("No surgery of the knee is planned.", "The patient is a candidate for surgery of the left shoulder.", False),
        ("Surgery was considered in 2012.", "Surgery is under consideration in this case.", False),
        ("The patient has had no physical therapy.", "Physical therapy of 12 visits has failed.", True),
        ("The patient has had no occupational therapy.", "Physical therapy of 12 visits has failed.", False),
    ],
)
def test_the_later_of_two_rationales_goes_back_on_the_first(
    checker: Checker, first: str, second: str, opposed: bool
) -> None:
    items = [
        ("MRI of the left shoulder", "Upheld", f"{first} {NO}"),
        ("Orthopedic consultation", "Upheld", f"{second} {NO}"),
    ]
    found = judged(checker, items)
    assert told(found, "compare.opposed_reasons") == "none"
    assert (told(found, "compare.opposed_reasons", 2) == "opposed") == opposed


@pytest.mark.parametrize(
    ("reasons", "flagged"),
    [
        ("The patient has had no physical therapy. He attended eight visits of physical therapy.", True),
        ("The patient has had no physical therapy since 2012. He attended eight visits of physical therapy.", False),
        ("No physical therapy was had for the knee. He attended eight visits of physical therapy for the back.", False),
    ],
)
def test_visits_counted_and_said_not_to_be(checker: Checker, reasons: str, flagged: bool) -> None:
    found = judged(checker, [(VISITS, "Upheld", f"{reasons} {NO}")], line=LINE.format(PHYSICAL))
    assert (told(found, "compare.visits_in_reasons") == "had_and_none") == flagged
