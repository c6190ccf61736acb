"""A requirement that the section does not have, as the one thing held against a request."""

import pytest

from checker import Checker
from tests.observing.test_comparisons import PLAIN, judged, told

VERDICT = "Therefore, the request is not medically necessary."
ACUPUNCTURE = "The guideline has acupuncture for those whose pain medication was lowered or is not tolerated."
CHIRO = "Low back: a trial of 6 visits within two weeks, and more if function improves."


@pytest.mark.parametrize(
    ("request_", "reasons", "foreign"),
    [
        ("Acupuncture 6 sessions", f"{ACUPUNCTURE} Surgery is not planned for this patient.", "surgery"),
        ("Acupuncture 6 sessions", f"{ACUPUNCTURE} The worker has not failed physical therapy.", "earlier-care"),
        (
            "Acupuncture 6 sessions",
            f"{ACUPUNCTURE} Neither radiculopathy nor a neurological deficit was found on examination of this worker.",
            "nerve-findings",
        ),
        # a criterion of the section is missing as well
        (
            "Acupuncture 6 sessions",
            "In this case no surgery is planned. It is not documented that medication is reduced or not tolerated.",
            "none",
        ),
        # the guideline, as the rationale tells it, asks for it
        (
            "Acupuncture 6 sessions",
            "The guideline supports acupuncture after failed physical therapy. He has not failed physical therapy.",
            "none",
        ),
        (
            "Chiropractic treatment 6 visits",
            f"{CHIRO} An MRI showing a treatable lesion has not been supplied.",
            "imaging",
        ),
        (
            "Chiropractic treatment 6 visits",
            f"{CHIRO} The patient has no neurological deficit that would warrant manipulation.",
            "nerve-findings",
        ),
        # twelve visits had may be what decides
        (
            "Chiropractic treatment 6 visits",
            f"{CHIRO} The worker has had 40 visits, which exceeds the guideline. No surgery is planned.",
            "none",
        ),
        ("MRI of the left knee", "In this case unequivocal signs of nerve compromise are absent.", "nerve-findings"),
        ("MRI of the lumbar spine", "In this case unequivocal signs of nerve compromise are absent.", "none"),
        ("Cervical pillow", "The worker has had no neck surgery and thus does not need the pillow.", "surgery"),
        # found to be normal is not demanded
        ("Cervical pillow", "The x-rays of this patient were read as normal.", "none"),
        # "the operation is refused" demands no operation
        ("Left knee arthroscopy", "The worker is under 50 years of age, so the operation is refused.", "none"),
        (
            "Home health care 4 hours a day for 4 weeks",
            "There is no neurological deficit in this worker, so home care is not called for.",
            "nerve-findings",
        ),
    ],
)
def test_what_is_demanded(checker: Checker, request_: str, reasons: str, foreign: str) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} {VERDICT}")], PLAIN)
    assert told(found, "reason.foreign") == foreign


@pytest.mark.parametrize(
    ("reasons", "foreign"),
    [
        (
            "Chronic use of muscle relaxants is not endorsed. The request for this patient is thus not supported.",
            "long-use",
        ),
        ("Chronic use of muscle relaxants is not endorsed. No spasm was found on examination of this patient.", "none"),
    ],
)
def test_nothing_but_the_limit_on_long_use(checker: Checker, reasons: str, foreign: str) -> None:
    found = judged(checker, [("Cyclobenzaprine 7.5mg #20", "Upheld", f"{reasons} {VERDICT}")], PLAIN)
    assert told(found, "reason.foreign") == foreign


@pytest.mark.parametrize(
    ("request_", "reasons", "foreign"),
    [
        # made the condition of the treatment, whatever the verb
        (
            "EMG of the right arm",
            "The guideline reserves nerve tests for patients who would consider surgery. No operation is planned.",
            "surgery",
        ),
        ("Acupuncture 6 sessions", "The MTUS ties acupuncture to a planned operation, and none is planned.", "surgery"),
        (
            "Massage therapy 6 visits",
            "The guideline requires an MRI that shows a herniation before massage.",
            "imaging",
        ),
        ("Acupuncture 6 sessions", "The guideline insists on failed conservative care first.", "earlier-care"),
        # told as one way among others, or as what may go before
        ("Acupuncture 6 sessions", "The guideline recommends acupuncture before or after surgery.", "none"),
        # told of another treatment
        (
            "Acupuncture 6 sessions",
            "The guideline reserves a lumbar fusion for those who failed conservative care.",
            "none",
        ),
        # a criterion of the section is named beside it
        ("MRI of the lumbar spine", "The guideline reserves imaging for those who would consider surgery.", "none"),
        # what is demanded of this worker is no rule of the guideline
        ("Acupuncture 6 sessions", "This patient requires surgery and is waiting for it.", "none"),
    ],
)
def test_what_a_guideline_is_said_to_make_a_condition(
    checker: Checker, request_: str, reasons: str, foreign: str
) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} {VERDICT}")], PLAIN)
    assert told(found, "reason.foreign") == foreign
