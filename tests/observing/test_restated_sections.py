"""The section whose text a rationale restates, beside the sections that the guideline line cites."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

ARGUED = {
    "good response": "A reduction of pain by 50% is a good response to these agents and one of 30% a moderate one.",
    "home trial": "TENS is not recommended as a primary treatment modality; a one-month home trial may be had.",
    "fading": "The guideline allows for fading of treatment frequency plus an active home program.",
    "two levels": "The guideline says that no more than two nerve root levels should be injected.",
}
CHRONIC = "MTUS Chronic Pain Medical Treatment 2009, Section(s): "


@pytest.mark.parametrize(
    ("item", "line", "argued", "value"),
    [
        ("Gabapentin 300mg #90", CHRONIC + "Medications for chronic pain", "good response", "uncited"),
        ("Gabapentin 300mg #90", CHRONIC + "Anti-epilepsy drugs (AEDs)", "good response", "cited"),
        ("Gabapentin 300mg #90", CHRONIC + "Gabapentin (Neurontin)", "good response", "cited"),
        (
            "Gabapentin 300mg #90",
            "MTUS Chronic Pain Medical Treatment Guidelines, pages 16-19",
            "good response",
            "unknown",
        ),
        ("Elavil 25mg #30", CHRONIC + "Anti-depressants for chronic pain", "good response", "uncited"),
        ("TENS unit, purchase", "MTUS Low Back Complaints 2004, Section(s): Physical Methods", "home trial", "uncited"),
        ("TENS unit, purchase", CHRONIC + "TENS, chronic pain", "home trial", "cited"),
        ("TENS unit, purchase", CHRONIC.replace("2009", "2016") + "TENS, chronic pain", "home trial", "cited"),
        ("TENS unit, purchase", "Non-MTUS Official Disability Guidelines (ODG), Pain, TENS", "home trial", "unknown"),
        ("Physical therapy 6 visits", CHRONIC + "Physical Medicine", "fading", "cited"),
        ("Physical therapy 6 visits", CHRONIC + "Manual therapy & manipulation", "fading", "uncited"),
        ("Epidural injection at L5", "MTUS Low Back Complaints 2004, Section(s): Summary", "two levels", "uncited"),
        ("Epidural injection at L5", CHRONIC + "Epidural steroid injections (ESIs)", "two levels", "cited"),
    ],
)
def test_the_text_restated_stands_in_a_section_that_is_cited(
    checker: Checker, item: str, line: str, argued: str, value: str
) -> None:
    reasons = f"{ARGUED[argued]} The patient has had pain for two years. The request is not medically necessary."
    assert told(judged(checker, [(item, "Upheld", reasons)], line=line), "compare.section") == value


def test_a_sentence_on_the_case_restates_no_section(checker: Checker) -> None:
    reasons = (
        "The patient had a one-month home trial with the TENS unit in May. The request is not medically necessary."
    )
    line = "MTUS Low Back Complaints 2004, Section(s): Physical Methods"
    assert (
        told(judged(checker, [("TENS unit, purchase", "Upheld", reasons)], line=line), "compare.section") == "unknown"
    )
