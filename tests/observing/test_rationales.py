"""Short rationales in several voices: which finding they must raise and which they must not."""

import pytest

from checker import Checker
from checker.model.findings import Judgement
from tests.parsing.letters import item, letter

NORCO = "Norco 10/325mg #90"
HELPED = (
    "The injured worker is a 50 year old male. Norco lowers his pain from 8/10 to 4/10 and lets him walk for 30 "
    "minutes. He has no side effects. A urine drug screen of 1/5/2015 was consistent."
)
PLAIN = "The injured worker is a 50 year old male with low back pain."
HEAD = "Decision Date: 05/07/2015 UR Denial Date: 02/19/2015"


def codes(checker: Checker, summary: str, reasons: str, request: str = NORCO, outcome: str = "Upheld") -> set[str]:
    verdict = "not medically necessary" if outcome == "Upheld" else "medically necessary"
    own = item(request, outcome, reasons=f"{reasons} The request is {verdict}.")
    judged = checker.check_text(letter([own], summary=summary, head=HEAD))
    assert isinstance(judged, Judgement)
    return {finding.code for finding in judged.findings}


@pytest.mark.parametrize(
    ("code", "summary", "reasons"),
    [
        ("DEC002", PLAIN, "The patient meets all of the criteria for ongoing use."),
        ("DEC002", PLAIN, "The worker's course conforms to the guideline's recommendations."),
        ("DEC004", PLAIN, "The applicant has failed to return to work despite the medication."),
        ("DEC004", PLAIN, "She has not resumed work of any kind."),
        ("DEC006", PLAIN, "The MTUS allows opioids where pain and function improve under treatment."),
        ("FAC001", HELPED, "Norco has given no pain relief."),
        ("FAC001", HELPED, "There has been no functional improvement with Norco."),
        ("FAC005", HELPED, "There is no documentation of a urine drug screen or of a pain contract."),
        ("SAF001", PLAIN + " He started Norco in 2011 and continues it.", "Function is not documented."),
        ("SAF001", PLAIN + " Norco was first prescribed on 3/5/2012.", "Function is not documented."),
    ],
)
def test_flagged(code: str, summary: str, reasons: str, checker: Checker) -> None:
    assert code in codes(checker, summary, reasons)


@pytest.mark.parametrize(
    ("code", "summary", "reasons", "request_"),
    [
        ("DEC002", PLAIN, "None of the guideline criteria are met in this case.", NORCO),
        ("DEC004", PLAIN, "He remains off work. No relief has been documented.", NORCO),
        ("DEC006", PLAIN, "The guideline asks for failure of other drugs. Gabapentin had not been tried.", NORCO),
        ("DEC006", PLAIN, "Opioids require monitoring. Relief was 20 percent at best.", NORCO),
        ("FAC001", HELPED, "Gabapentin gave no relief. He takes Norco.", NORCO),
        ("FAC004", PLAIN, "Controlled substances need an agreement. Naproxen was not tried.", NORCO),
        ("FAC004", PLAIN, "Opioids and Lyrica are compared. Lyrica and again Lyrica is safer.", NORCO),
        ("FAC004", PLAIN, "Hypnotics are for short use. Melatonin was used.", "Ambien 10mg #30"),
        ("FAC005", HELPED, "There is no documentation of a signed pain contract.", NORCO),
        ("FAC007", HELPED, "The urine drug screen was consistent. There is no opioid agreement on file.", NORCO),
        ("SAF001", PLAIN + " He took Norco from 2011 to 2012 and stopped.", "Function is not documented.", NORCO),
    ],
)
def test_not_flagged(code: str, summary: str, reasons: str, request_: str, checker: Checker) -> None:
    assert code not in codes(checker, summary, reasons, request_)


def test_the_administrators_reasons_are_not_the_reviewers(checker: Checker) -> None:
    reasons = (
        "The denial stated that no functional improvement was documented. He now works half days and has less pain."
    )
    assert "DEC003" not in codes(checker, PLAIN, reasons, outcome="Overturned")
    assert "DEC003" in codes(
        checker, PLAIN, "The criteria for continued use are not met in this case.", outcome="Overturned"
    )
