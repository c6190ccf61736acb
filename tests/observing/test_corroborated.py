"""A study that bears a radiculopathy out, missed by the rationale and told by the case summary."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

LEVEL = "Left L4-5 transforaminal epidural steroid injection"
NECK = "Cervical epidural steroid injection"
DISC = "MRI showed a disc displacing the L5 nerve root."
PLAIN = "Lumbar epidural steroid injection"
VERDICT = "The request is not medically necessary."
NONE = "In this case the radiculopathy is not corroborated by imaging or electrodiagnostic testing."
NO_IMAGE = "The provider has not submitted any imaging study confirming a pinched nerve."
NO_STUDY = "There is no corroborating study in the record of this patient."


@pytest.mark.parametrize(
    ("request_", "reasons", "summary", "value"),
    [
        (LEVEL, NONE, "MRI of May showed a disc extrusion at L4-5 displacing the left L5 nerve root.", "told"),
        (LEVEL, NO_STUDY, "MRI of May showed a protrusion with compression of the left L4 nerve root.", "told"),
        (LEVEL, NO_IMAGE, "The L5 nerve root is flattened by the disc on the MRI of May.", "told"),
        (PLAIN, NONE, "EMG of the legs in May showed a left L5 radiculopathy.", "told"),
        (PLAIN, NO_STUDY, "MRI of May showed an L5-S1 protrusion in contact with the right S1 nerve root.", "told"),
        (NECK, NONE, "MRI of the neck showed a C5-6 protrusion abutting the right C6 nerve root.", "told"),
        # another level, side, region or kind of study
        (LEVEL, NONE, "MRI of May showed a disc at L5-S1 touching the S1 nerve root.", "missing"),
        (LEVEL, NONE, "MRI of May showed a disc at L4-5 displacing the right L5 nerve root.", "missing"),
        (NECK, NONE, "MRI of the low back showed an L4-5 protrusion abutting the L5 nerve root.", "missing"),
        (PLAIN, NO_IMAGE, "EMG of the legs in May showed a left L5 radiculopathy.", "missing"),
        # the summary records none
        (LEVEL, NONE, "MRI of May showed a bulge at L4-5 without nerve root contact.", "missing"),
        (LEVEL, NONE, "EMG of the legs was normal.", "missing"),
        (LEVEL, NONE, "The provider requests an MRI to rule out nerve root compression.", "missing"),
        # the rationale has weighed what a study showed, or misses none
        (
            LEVEL,
            f"The MRI showed only a disc bulge. {NONE}",
            "MRI showed a disc displacing the L5 nerve root.",
            "weighed",
        ),
        (
            LEVEL,
            "There has been no trial of conservative care.",
            "MRI showed a disc displacing the L5 root.",
            "unspoken",
        ),
    ],
)
def test_study_that_bears_a_radiculopathy_out(
    checker: Checker, request_: str, reasons: str, summary: str, value: str
) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} {VERDICT}")], summary)
    assert told(found, "compare.corroboration") == value
