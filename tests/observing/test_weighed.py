"""What the reasons weigh, whom an operation belongs to, and what is said of a schedule: near misses beside each."""

import pytest

from checker import Checker
from checker.model.findings import Judgement
from tests.observing.compared import ASSISTANT, ODG, PLAIN, REPAIR, judged, told
from tests.parsing.letters import item, letter


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The left arm is without symptoms.", "unknown"),
        ("The left shoulder has no symptoms.", "unknown"),
        (
            "In this case the left shoulder shows neither weakness nor pain.",
            "same",
        ),
        ("The left shoulder has crepitus.", "different"),
        ("The left shoulder shows weakness without numbness.", "different"),
    ],
)
def test_a_side_that_the_reasons_find_sound_is_not_the_side_concerned(
    checker: Checker, sentence: str, value: str
) -> None:
    summary = "The injured worker is a 50 year old male with pain of the right shoulder."
    found = judged(
        checker, [("X-ray of the chest", "Upheld", f"In this case there is no deficit. {sentence}")], summary
    )
    assert (told(found, "compare.side") == "different") is (value == "different")


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        (
            "The patient has no risk of the stomach that would justify Celebrex.",
            "different",
        ),
        (
            "In this case there is no indication for the use of Celebrex.",
            "different",
        ),
        ("Nothing in this case would favor Celebrex over naproxen.", "same"),
        (
            "In this case this medication gave no relief, nor is there a need for Celebrex.",
            "same",
        ),
        ("The patient has not failed ibuprofen.", "same"),
        (
            "The guideline calls for a trial of ibuprofen, and the patient had none.",
            "same",
        ),
        ("In this case nothing would justify Norco.", "same"),
    ],
)
def test_reasons_that_weigh_another_drug_of_the_topic(checker: Checker, reasons: str, value: str) -> None:
    found = judged(checker, [("Naproxen 500mg #60", "Upheld", f"{reasons} Naproxen is not medically necessary.")])
    assert told(found, "compare.treatment") == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        (
            "The guideline allows 24 visits. This worker is two months out from a rotator cuff repair.",
            "unknown",
        ),
        ("The guideline allows 10 visits of massage. This worker has had 12 sessions of massage.", "different"),
    ],
)
def test_an_operation_that_was_had_is_not_what_is_discussed(checker: Checker, reasons: str, value: str) -> None:
    found = judged(
        checker, [("Occupational therapy 2x6, right wrist", "Upheld", f"{reasons} Not medically necessary.")]
    )
    assert told(found, "compare.treatment") == value


@pytest.mark.parametrize(
    ("reasons", "value"),
    [
        (
            "Because the proposed repair of the left shoulder was not found warranted, no aide is needed.",
            "refused_despite",
        ),
        (
            "Given that the surgery for his shoulder has been refused, no aide is needed.",
            "refused_despite",
        ),
        ("As the arthroscopy of the shoulder is short, no aide is needed.", "consistent"),
        ("As the repair was approved, a second pair of hands is not supported by its complexity.", "consistent"),
    ],
)
def test_an_operation_named_with_its_part_is_said_to_be_refused(checker: Checker, reasons: str, value: str) -> None:
    items = [
        (REPAIR, "Overturned", "The request is medically necessary."),
        (ASSISTANT, "Upheld", f"{reasons} The request is not medically necessary."),
    ]
    assert told(judged(checker, items), "compare.operation", 2) == value


@pytest.mark.parametrize(
    ("reasons", "request_", "codes"),
    [
        ("The MTUS does not speak to butalbital.", "Fioricet 50/325/40mg #30", {"CIT006"}),
        ("The MTUS says nothing on this drug.", "Fioricet 50/325/40mg #30", {"CIT006"}),
        ("The MTUS does not go into this use of it, which the ODG does.", "Fioricet 50/325/40mg #30", set[str]()),
        ("The MTUS does not speak to this drug.", "Modafinil 100mg #30", set[str]()),
    ],
)
def test_the_schedule_is_said_to_be_silent_on_a_drug(
    checker: Checker, reasons: str, request_: str, codes: set[str]
) -> None:
    own = [item(request_, "Upheld", reviewer=ODG, reasons=f"{reasons} The drug is not medically necessary.")]
    head = "Date of Injury: 09/12/2013 Decision Date: 02/20/2016 UR Denial Date: 12/20/2015"
    found = checker.check_text(letter(own, summary=PLAIN, head=head))
    assert isinstance(found, Judgement)
    assert {f.code for f in found.findings} & {"CIT006"} == codes


@pytest.mark.parametrize(
    ("request_", "reasons", "value"),
    [
        (
            "Physical therapy 8 visits",
            "ACOEM supports a few visits with a therapist for home exercise teaching.",
            "same",
        ),
        ("Aquatic therapy 6 visits", "The pool spares the joints. A program of exercise on land was done.", "same"),
        ("MRI of the knee", "The guideline has imaging studies after six weeks. This imaging study is early.", "same"),
        ("CT of the lumbar spine", "The guideline has imaging only for red flags. No imaging is called for.", "same"),
        (
            "Chiropractic care 6 visits",
            "The guideline allows manipulation for 18 visits. There is no gain from manipulation.",
            "same",
        ),
        ("Paraffin bath unit", "The ODG recommends paraffin wax baths for arthritic hands with exercise.", "same"),
        ("Cervical traction unit", "The guideline has traction on trial. None was had beside acupuncture.", "same"),
        ("Wrist brace", "The guideline advises splinting in neutral before an injection.", "same"),
        ("EMG/NCS of the legs", "The guideline has nerve studies for doubt before an MRI.", "same"),
        (
            "Chiropractic care 6 visits",
            "The guideline allows acupuncture for 6 visits. This worker has had 12 visits of acupuncture.",
            "different",
        ),
        (
            "TENS unit",
            "The guideline supports massage for 6 visits. This worker has had 12 visits of massage.",
            "different",
        ),
        (
            "MRI of the knee",
            "The guideline allows acupuncture for 6 visits. This worker has had 12 visits of acupuncture.",
            "different",
        ),
    ],
)
def test_a_treatment_is_spoken_of_by_a_word_of_its_kind(
    checker: Checker, request_: str, reasons: str, value: str
) -> None:
    found = judged(checker, [(request_, "Upheld", f"{reasons} Not medically necessary.")])
    assert (told(found, "compare.treatment") == "different") is (value == "different")
