"""A thing that the record is said to lack, and in a relative clause to hold."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

LINE = "Decision based on MTUS Chronic Pain Treatment Guidelines Opioids for chronic pain Page(s): 80-82."


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("The chart lacks an assessment of the risk of misuse, which the physician reports was done.", "yes"),
        ("There is no opioid risk assessment, which the provider says has been carried out.", "yes"),
        ("The record holds no screening for risk of abuse, which the same note states was completed on intake.", "yes"),
        ("No risk evaluation was recorded, which his physician indicates had been made.", "yes"),
        ("The notes lack a discussion of side effects, which the provider documents was held at the visit.", "yes"),
        ("The file lacks an assessment of the risk of misuse, which was in fact performed in May.", "yes"),
        ("No individual risk assessment was given (the notes mention that such an assessment had taken place).", "yes"),
        ("There is no opioid agreement in the file, although the doctor writes that one was signed.", "yes"),
        ("A urine drug screen is not documented, though the note states that it was obtained last spring.", "yes"),
        ("Functional goals are not documented (they are said to have been discussed in an earlier report).", "yes"),
        ("A trial of the unit is not recorded (it is noted elsewhere that a trial took place).", "yes"),
        ("There is no copy of the agreement, although the doctor writes that one was signed.", "no"),
        ("No report of the MRI was included (the note mentions that it was done).", "no"),
        ("A pain contract is not documented, although the note says that one will be signed.", "no"),
        ("No risk assessment is documented, although the doctor writes that it is not needed.", "no"),
        ("A drug screen is not documented, and the records do not say that one was done.", "no"),
        ("There is no report of the risk assessment, which the provider says was carried out.", "no"),
        ("The file lacks the results of the opioid risk screening, which the physician states was done.", "no"),
        ("The chart lacks an assessment of the risk of misuse, which should have been done.", "no"),
        ("The chart lacks an assessment of the risk of misuse, which the guideline says is to be done.", "no"),
        ("The chart lacks an assessment of the risk of misuse, which the guideline requires.", "no"),
        ("No risk evaluation was recorded, which the provider states was not carried out.", "no"),
    ],
)
def test_missing_and_done_in_one_sentence(checker: Checker, sentence: str, value: str) -> None:
    reasons = f"The worker takes the drug daily. {sentence} The request is not medically necessary."
    found = judged(checker, [("Norco 10/325mg #60", "Upheld", reasons)], line=LINE)
    assert told(found, "reason.contradiction") == value
