"""Of two drugs of one sentence an effect belongs to the one that its words stand with."""

import pytest

from checker import Checker
from tests.observing.test_comparisons import PLAIN, judged, told


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Tylenol gave no relief, and Norco has lowered the pain.", "documented"),
        ("Norco lowered the pain, and Tylenol gave no relief.", "documented"),
        ("Norco and Tylenol gave no relief.", "denied"),
        ("Gabapentin relieves the pain, and Norco was added.", "silent"),
        ("Norco 10/325 mg and gabapentin 300 mg relieve the pain.", "documented"),
        (
            "He had naproxen, Norco since 2014 and an epidural injection on 3/2/2015, which gave 50 percent relief.",
            "silent",
        ),
        ("He takes Norco and had an epidural injection with 60% relief of pain.", "silent"),
        ("He had an epidural injection, and Norco lowered the pain.", "documented"),
        ("He had an injection, and he reports 40 percent relief of pain with Norco.", "documented"),
        ("Care has included therapy, a hip injection with good relief, Norco since 2014 and a brace.", "silent"),
        ("He takes Norco, and had an epidural injection with 70 percent pain relief.", "silent"),
        ("He has had acupuncture with good relief, and Norco was refilled.", "silent"),
        ("He has had acupuncture, with half of the pain relieved, and takes Norco.", "silent"),
        ("He uses a TENS unit and Norco, which give him good relief.", "documented"),
        ("He has had two injections, and takes Norco with good relief.", "documented"),
        ("The injection and Norco gave good relief.", "documented"),
        ("After surgery Norco gave good relief.", "documented"),
        ("The vendor survey tells of 50 percent pain relief and no change of medication.", "silent"),
        ("A trial of the unit gave good pain relief.", "silent"),
    ],
)
def test_relief_is_of_the_drug_that_gave_it(checker: Checker, sentence: str, value: str) -> None:
    found = judged(checker, [("Norco 10/325mg #60", "Upheld", "It is not medically necessary.")], f"{PLAIN} {sentence}")
    assert told(found, "summary.analgesia") == value


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The medications relieve the pain.", "silent"),
        ("Acupuncture relieves the pain.", "documented"),
        ("The pain is better controlled.", "documented"),
    ],
)
def test_relief_from_the_medications_is_none_from_needles(checker: Checker, sentence: str, value: str) -> None:
    found = judged(checker, [("Acupuncture x 6", "Upheld", "It is not medically necessary.")], f"{PLAIN} {sentence}")
    assert told(found, "summary.analgesia") == value
