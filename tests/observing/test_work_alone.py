"""Work status alone against an opioid whose relief and activities are recorded, and what is a ground beside it."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged

LINE = (
    "Decision based on MTUS Opioid Treatment 2016, Section(s): 3.3.7 Opioids for Chronic Pain and Chronic Opioid "
    "Treatment: Monitoring Effectiveness of Chronic Opioid Treatment."
)
SUMMARY = f"{PLAIN} Pain is 8/10 without and 4/10 with Norco, with which he cooks and drives. He has not worked."


@pytest.mark.parametrize(
    ("reasons", "flagged"),
    [
        ("His failure to return to work outweighs any reports of analgesia, cooking and driving.", True),
        ("The reports of analgesia and walking are trumped by the fact that he remains on total disability.", True),
        ("He is off of work. Such failure to work overshadows whatever relief and activities were reported.", True),
        ("Pain and function are improved. But without a return to work, which he has not made, it must end.", True),
        ("He is off of work. The provider failed to outline improvements in function with Norco.", False),
        ("He is not working. The screens showed cocaine, and these findings outweigh the reported relief.", False),
        ("He is retired and not working. The risks outweigh any reported benefits, as he has sedation.", False),
        ("He is working. His inactivity outweighs the reported relief.", False),
    ],
)
def test_work_status_alone(checker: Checker, reasons: str, flagged: bool) -> None:
    rule, verdict = (
        "MTUS states that opioids rest on improved pain and function.",
        "The request is not medically necessary.",
    )
    found = judged(checker, [("Norco 10/325mg #90", "Upheld", f"{rule} {reasons} {verdict}")], SUMMARY, LINE)
    assert any(f.code == "DEC004" for f in found.findings) == flagged
