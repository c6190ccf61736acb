"""What the rationale says the record lacks or shows, held against what the summary tells of it."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

NO_CARE = "There is no documentation of any treatment rendered to the knee."


@pytest.mark.parametrize(
    ("summary", "own", "values"),
    [
        ("She wears a knee brace.", "", ("told", "missing")),
        ("She has pain.", "A brace was provided and she wears the knee brace.", ("missing", "told")),
        ("She does not wear a knee brace.", "", ("missing", "missing")),
        ("She wears a wrist splint for the wrist.", "", ("missing", "missing")),
        ("She has pain.", "", ("missing", "missing")),
    ],
)
def test_treatment_said_to_be_missing(checker: Checker, summary: str, own: str, values: tuple[str, str]) -> None:
    items = [("MRI of the left knee", "Upheld", f"{own} {NO_CARE} The request is not medically necessary.")]
    found = judged(checker, items, summary)
    assert (told(found, "compare.care"), told(found, "compare.care_in_reasons")) == values


@pytest.mark.parametrize(
    ("summary", "reasons"),
    [
        ("He has had 12 visits of physical therapy and an injection.", "The left knee has not been treated so far."),
        ("He was treated with naproxen and six visits of therapy.", "Nothing has been tried yet for this knee."),
        ("Treatment to date includes naproxen.", "The file does not describe any treatment prior to this request."),
        ("She has worn a knee brace since June.", "To date, the patient has received no treatment for the knee."),
        ("He received therapy for the knee without lasting relief.", "There have been no prior treatments for it."),
        ("She was given a brace; an MRI was requested.", "The patient has yet to receive any form of care."),
        ("She has a soft ankle brace and crutches.", "There is no record of treatment given to the ankle or the knee."),
        ("He was put on crutches; boots were dispensed.", "There is no record of any treatment of the left knee."),
        ("He had 12 visits of therapy.", "The patient has not yet had any form of conservative treatment."),
        ("She wears a left knee brace.", "In this case no care of any kind for the knee is recorded."),
    ],
)
def test_treatment_missing_in_other_words(checker: Checker, summary: str, reasons: str) -> None:
    items = [("MRI of the left knee", "Upheld", f"{reasons} The request is not medically necessary.")]
    assert told(judged(checker, items, summary), "compare.care") == "told"


@pytest.mark.parametrize(
    ("summary", "reasons"),
    [
        ("She wears a knee brace.", "Imaging of the knee before such treatment is not supported."),
        ("A cane and a knee brace were ordered.", "There is no evidence of any treatment of the knee to date."),
        ("He had six visits of therapy for the neck.", "The left knee has not been treated so far."),
        ("He had 12 visits of physical therapy.", "No surgical treatment of the knee has been tried to date."),
        ("He was treated with naproxen.", "No treatment with injections has been tried in this case."),
        ("He was treated with naproxen.", "No new treatment has been tried since the last MRI of this knee."),
        ("She takes lisinopril.", "To date, the patient has received no treatment for the knee."),
        ("Therapy was requested for the knee.", "To date, the patient has received no treatment for the knee."),
    ],
)
def test_care_of_another_kind_place_or_time(checker: Checker, summary: str, reasons: str) -> None:
    items = [("MRI of the left knee", "Upheld", f"{reasons} The request is not medically necessary.")]
    assert told(judged(checker, items, summary), "compare.care") in ("missing", "unknown")


def test_failed_treatment_is_not_missing_treatment(checker: Checker) -> None:
    reasons = "There is no documentation of treatment failure. The request is not medically necessary."
    found = judged(checker, [("MRI of the left knee", "Upheld", reasons)], "She wears a knee brace.")
    assert told(found, "compare.care") == "unknown"


@pytest.mark.parametrize(
    ("summary", "value"),
    [
        ("On examination motion of the knee was restricted.", "more_recorded"),
        ("On examination there was no swelling.", "same"),
        ("On examination there was spasm of the neck.", "same"),
    ],
)
def test_one_sign_said_to_be_all(checker: Checker, summary: str, value: str) -> None:
    reasons = "Only tenderness of the knee was noted on examination. The request is not medically necessary."
    found = judged(checker, [("MRI of the left knee", "Upheld", reasons)], summary)
    assert told(found, "compare.findings") == value


@pytest.mark.parametrize(
    ("summary", "value"),
    [
        ("There was tenderness of the left knee.", "told"),
        ("There was no tenderness of the left knee.", "missing"),
        ("There was tenderness of the right shoulder.", "missing"),
    ],
)
def test_a_part_said_to_have_no_sign(checker: Checker, summary: str, value: str) -> None:
    reasons = "The records failed to provide any examination findings regarding the left knee."
    items = [("MRI of the left knee", "Upheld", f"{reasons} The request is not medically necessary.")]
    assert told(judged(checker, items, summary), "compare.part_findings") == value


@pytest.mark.parametrize(
    ("summary", "reasons", "value"),
    [
        (
            "He broke the left hand and the left wrist.",
            "In this case the right thumb was fixed with wires.",
            "different",
        ),
        (
            "He broke the left hand and the right wrist.",
            "In this case the right thumb was fixed with wires.",
            "unknown",
        ),
        ("He broke the left hand; no finger is hurt.", "In this case the right finger was fixed.", "different"),
        ("He broke the left ankle.", "In this case the right thumb was fixed with wires.", "unknown"),
    ],
)
def test_a_part_the_summary_leaves_out_is_held_against_its_region(
    checker: Checker, summary: str, reasons: str, value: str
) -> None:
    judgement = judged(
        checker, [("Physical therapy 6 visits", "upheld", reasons)], summary=f"A 50 year old man. {summary}"
    )
    assert told(judgement, "compare.side") == value


@pytest.mark.parametrize(("asked", "value"), [("right", "same"), ("left", "different")])
def test_a_part_is_on_the_side_of_what_is_asked_for_around_it(checker: Checker, asked: str, value: str) -> None:
    reasons = "In this case no weakness of the right hand was told. The request is not medically necessary."
    items = [(f"EMG of the {asked} upper extremity", "Upheld", reasons)]
    summary = "A 50 year old man. He had numbness of the left hand and a tender right elbow."
    assert told(judged(checker, items, summary), "compare.side") == value


@pytest.mark.parametrize(
    ("said", "summary", "value"),
    [
        ("The symptoms are limited to pain at the wrist.", "She reported tingling of the fingers.", "more_recorded"),
        ("The presentation is one of wrist pain only.", "She reported numbness of the thumb.", "more_recorded"),
        ("He complains of nothing but wrist pain.", "There was no numbness of the hand.", "same"),
        ("He complains of nothing but wrist pain.", "He reported numbness of the foot.", "same"),
        ("He complains of wrist pain and numbness.", "He reported numbness of the hand.", "unknown"),
    ],
)
def test_pain_said_to_be_all(checker: Checker, said: str, summary: str, value: str) -> None:
    items = [("EMG of the right wrist", "Upheld", f"{said} The request is not medically necessary.")]
    assert told(judged(checker, items, summary), "compare.complaints") == value


@pytest.mark.parametrize(
    "said",
    [
        "In this case the examination offered no more than local tenderness of the knee.",
        "The physician records nothing but tenderness of the knee.",
        "The examination was notable only for tenderness of the knee.",
        "The only abnormality noted was tenderness of the knee.",
    ],
)
def test_other_words_for_one_sign(checker: Checker, said: str) -> None:
    items = [("MRI of the left knee", "Upheld", f"{said} The request is not medically necessary.")]
    assert told(judged(checker, items, "McMurray's test was positive."), "compare.findings") == "more_recorded"


@pytest.mark.parametrize(
    ("said", "summary", "value"),
    [
        ("The examination was unremarkable except for tenderness.", "Flexion was limited.", "more_recorded"),
        ("Other than mild tenderness, no positive findings were noted.", "Grip was weak.", "more_recorded"),
        ("The exam yielded nothing but medial tenderness.", "There was an effusion.", "more_recorded"),
        ("The exam turned up nothing beyond tenderness.", "It flexed to 90 degrees with pain.", "more_recorded"),
        ("Objectively there is just tenderness and nothing else.", "McMurray was positive.", "more_recorded"),
        ("The exam was normal save for tenderness.", "The knee was tender and stable.", "same"),
        ("The exam was normal save for tenderness.", "The right knee had an effusion.", "same"),
        ("Apart from tenderness the knee examination was normal.", "The left shoulder was stiff in flexion.", "same"),
        ("The exam shows nothing beyond tenderness that points to a tear.", "There was an effusion.", "unknown"),
        ("The exam shows nothing but tenderness and limited motion.", "There was an effusion.", "unknown"),
    ],
)
def test_a_sign_excepted_from_a_normal_examination(checker: Checker, said: str, summary: str, value: str) -> None:
    items = [("MRI of the left knee", "Upheld", f"In this case {said} The request is not medically necessary.")]
    assert told(judged(checker, items, summary), "compare.findings") == value


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("In this case there is neither a noteworthy complaint nor an examination finding.", "told"),
        ("This patient has neither abnormal findings nor complaints.", "told"),
        ("This patient has neither complaints nor findings suggestive of a tear.", "unknown"),
        ("This patient has complaints and findings.", "unknown"),
    ],
)
def test_neither_complaint_nor_finding_of_the_part_asked_for(checker: Checker, said: str, value: str) -> None:
    items = [("MRI of the left knee", "Upheld", f"{said} The request is not medically necessary.")]
    assert told(judged(checker, items, "The left knee was tender."), "compare.part_findings") == value
