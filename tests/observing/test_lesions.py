"""Which lesion of the region a clause is for, and which one the worker complains of."""

import pytest

from checker import Checker
from tests.observing.test_comparisons import judged, told

VERDICT = "The request is not medically necessary."
GAP = "Per ACOEM, MRI of the hand is supported when films show a scapholunate gap of more than 3 mm."
SNUFFBOX = "The guideline supports imaging of the wrist when the anatomic snuffbox is tender and films are negative."
EFFUSION = "According to ACOEM, MRI of the foot is advised where a film shows an ankle effusion above 13 mm."
HAND, WRIST, FOOT = "MRI of the right hand", "MRI of the left wrist", "MRI of the left foot"


@pytest.mark.parametrize(
    ("request_", "summary", "reasons", "lesion"),
    [
        (
            HAND,
            "The right thumb MCP joint is tender and lax.",
            f"{GAP} The films of this worker were normal.",
            "another",
        ),
        (HAND, "The fifth metacarpal is tender.", f"{GAP} Swelling is slight in this patient.", "another"),
        (HAND, "There is ulnar-sided wrist pain with a positive fovea sign.", f"{GAP} He has pain.", "another"),
        (WRIST, "He has ulnar sided wrist pain.", f"{SNUFFBOX} The films of this worker were normal.", "another"),
        (WRIST, "She has ulnar sided wrist pain.", "In this case the snuffbox is not tender.", "another"),
        (FOOT, "Squeezing the left heel is painful.", f"{EFFUSION} Swelling is slight in this patient.", "another"),
        (FOOT, "The second metatarsal is tender.", f"{EFFUSION} The claimant has pain.", "another"),
        # the lesion tested for is complained of, beside another or alone
        (HAND, "The Watson shift test was positive.", f"{GAP} The films of this worker were normal.", "own"),
        (WRIST, "There is snuffbox tenderness and ulnar sided wrist pain.", f"{SNUFFBOX} He has pain.", "own"),
        (FOOT, "He sprained the left ankle, and the heel is tender.", f"{EFFUSION} The claimant has pain.", "own"),
        # nobody tells which lesion it is
        (HAND, "The right hand is painful.", f"{GAP} The films of this worker were normal.", "none"),
        (FOOT, "The left foot is sore on standing.", f"{EFFUSION} The claimant has pain.", "none"),
        # no clause for one lesion is told
        (HAND, "The right thumb MCP joint is tender.", "In this case films were not taken.", "none"),
        # what is asked of every lesion is restated beside it
        (
            FOOT,
            "The left heel is tender.",
            "ACOEM advises MRI after failed conservative care. A metatarsal fracture is one reason. He has pain.",
            "none",
        ),
        # no topic with lesions
        ("MRI of the lumbar spine", "The left heel is tender.", f"{EFFUSION} The claimant has pain.", "none"),
    ],
)
def test_the_clause_is_for_the_lesion_or_for_another(
    checker: Checker, request_: str, summary: str, reasons: str, lesion: str
) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} {VERDICT}")], summary)
    assert told(found, "criteria.lesion") == lesion
