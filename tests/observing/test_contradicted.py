"""What a rationale reports in one sentence and misses in another, and what only seems to contradict."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged

LINE = "Decision based on MTUS Chronic Pain Medical Treatment 2009, Section(s): {0}."
OPIOIDS, PHYSICAL, RELAXANTS = "Opioids, criteria for use", "Physical Medicine", "Muscle relaxants (for pain)"
NORCO, VISITS, SOMA = "Norco 10/325mg #90", "Physical therapy, 6 visits, lumbar spine", "Cyclobenzaprine 7.5mg #60"


@pytest.mark.parametrize(
    ("request_", "section", "reasons", "flagged"),
    [
        (NORCO, OPIOIDS, "The patient has signed a pain agreement. No pain agreement is on file.", True),
        (NORCO, OPIOIDS, "An opioid contract was signed. There is no record of an opioid contract.", True),
        (
            VISITS,
            PHYSICAL,
            "He completed twelve visits of physical therapy. He has not had any physical therapy.",
            True,
        ),
        (NORCO, OPIOIDS, "Pain fell to 4 in the first month. There was no relief in the last six months.", False),
        (NORCO, OPIOIDS, "She has a signed pain agreement. No urine drug screen is on file.", False),
        (SOMA, RELAXANTS, "There is spasm of the neck. No spasm of the low back is found.", False),
        (VISITS, PHYSICAL, "Twelve visits were had for the knee. No therapy has been had for the low back.", False),
        (NORCO, OPIOIDS, "Gabapentin was tried and failed. No tricyclic was tried.", False),
        (NORCO, OPIOIDS, "The patient reports relief. However, there is no objective record of relief.", False),
    ],
)
def test_said_and_unsaid(checker: Checker, request_: str, section: str, reasons: str, flagged: bool) -> None:
    rationale = f"{reasons} The request is not medically necessary."
    found = judged(checker, [(request_, "Upheld", rationale)], PLAIN, LINE.format(section))
    assert any(f.code == "FAC007" and f.severity.value != "note" for f in found.findings) == flagged


@pytest.mark.parametrize(
    ("reasons", "flagged"),
    [
        ("There is no record of relief from a prior injection because none has been given.", False),
        ("No relief from a prior injection is documented, as this is the first request.", False),
        ("There is no record of radiculopathy on examination.", True),
        ("No radiculopathy was found on examination.", True),
    ],
)
def test_what_could_not_be_there_yet(checker: Checker, reasons: str, flagged: bool) -> None:
    rationale = f"{reasons} Therapy and NSAIDs failed. The request is medically necessary."
    line = LINE.format("Epidural steroid injections (ESIs)")
    found = judged(checker, [("Lumbar epidural steroid injection at L4-5", "Overturned", rationale)], PLAIN, line)
    assert any(f.code == "DEC003" for f in found.findings) == flagged
