"""A rationale that discusses and decides a class of drugs, or a treatment, of another kind than the disputed one."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

NOT = "is not medically necessary."


@pytest.mark.parametrize(
    ("request_", "reasons", "value"),
    [
        (
            "Tizanidine 4mg #60",
            "Opioids need review of relief and function. Ongoing opioid treatment is not supported. The request {}",
            "different",
        ),
        (
            "Naproxen 550mg #60",
            "Muscle relaxants are for short courses. Further muscle relaxants are not medically necessary.",
            "different",
        ),
        (
            "Lyrica 75mg #60",
            "Proton pump inhibitors are for patients at risk. A proton pump inhibitor {}",
            "different",
        ),
        (
            "Tizanidine 4mg #60",
            "Opioids need review. Ongoing opioid treatment is not supported. Tizanidine {}",
            "same",
        ),
        (
            "Naproxen 550mg #60",
            "MTUS advises muscle relaxants for short courses. Here Flexeril was taken daily. Naproxen {}",
            "in_verdict",
        ),
        (
            "Menthoderm gel 120gm",
            "Terocin is a lotion of lidocaine, capsaicin and menthol. Since Terocin holds lidocaine, Terocin is out. "
            "Menthoderm gel {}",
            "different",
        ),
        (
            "Relafen 750mg #60",
            "NSAIDs are for short courses. Diclofenac carries a risk to the heart. Here no safer drug came before "
            "diclofenac. Relafen {}",
            "different",
        ),
        (
            "Relafen 750mg #60",
            "NSAIDs are for short courses. Here the patient already takes one, Mobic. Mobic is enough. Relafen {}",
            "same",
        ),
        (
            "Colace 100mg #60",
            "Stool softeners go with opioids. Opioids are not supported, so that this request {}",
            "same",
        ),
        (
            "Tizanidine 4mg #60",
            "Opioids are taken daily. Muscle relaxants are for short courses. The muscle relaxant {}",
            "same",
        ),
        (
            "MRI of the lumbar spine",
            "An epidural steroid injection is for radicular pain on examination. The epidural injection {}",
            "different",
        ),
        (
            "Aquatic therapy 12 visits",
            "Gym memberships are not recommended unless a home program has failed. A gym membership {}",
            "different",
        ),
        (
            "Knee brace",
            "Acupuncture shows its effect within six visits. No gain is recorded. Acupuncture {}",
            "different",
        ),
        (
            "MRI of the lumbar spine",
            "The epidural injection gave no relief. Imaging is for red flags. An MRI {}",
            "same",
        ),
        (
            "Post-operative brace",
            "The arthroscopy has no indication. The arthroscopy {}",
            "unknown",
        ),
        (
            "Post-operative physical therapy 12 visits",
            "The arthroscopy is not supported. As the arthroscopy is not medically necessary, the request {}",
            "unknown",
        ),
    ],
)
def test_what_the_verdict_is_on(checker: Checker, request_: str, reasons: str, value: str) -> None:
    assert told(judged(checker, [(request_, "Upheld", reasons.format(NOT))]), "compare.treatment") == value
