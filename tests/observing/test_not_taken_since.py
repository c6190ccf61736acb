"""Time since a drug was last taken is no time of use; a stop of another drug, or one that failed, changes nothing."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged

LINE = "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Opioids."
REASONS = (
    "The request is for tramadol. There is no documentation of failed first line drugs. "
    "The request is not medically necessary."
)


@pytest.mark.parametrize(
    ("told", "used"),
    [
        ("He has been off tramadol since 2014.", False),
        ("He has not taken tramadol since June 2014 because of nausea. The provider wishes to resume it.", False),
        ("There has been no use of tramadol since 2013. Naproxen is taken daily.", False),
        ("She has done without tramadol for two years.", False),
        ("Tramadol was last taken in 2014 and stopped for vomiting.", False),
        ("Tramadol, begun in 2013, was stopped in March 2014 and has not been used since.", False),
        ("The worker has been free of tramadol since January 2015.", False),
        ("He took tramadol briefly after the injury and none since 2013.", False),
        ("He has abstained from tramadol since 2014 and is on naproxen.", False),
        ("He no longer takes tramadol since the detoxification of 2014.", False),
        ("Tramadol has been discontinued since February 2014.", False),
        ("Tramadol has not been refilled since 2014.", False),
        ("He has been on tramadol since 2014 without side effects.", True),
        ("She has taken tramadol since 2014 and says that she cannot do without it.", True),
        ("He has been off work and has used tramadol since 2014.", True),
        ("There has been no change in tramadol since 2014, two tablets a day.", True),
        ("Tramadol has been prescribed since 2014 with no early refills.", True),
        ("He has used tramadol since 2014 and was unable to wean off it.", True),
        ("He stopped Norco in 2013 and has taken tramadol since 2014.", True),
        ("Tramadol has been taken since 2014; naproxen was discontinued in 2015 for gastritis.", True),
        ("Tramadol was stopped in 2013 for surgery and restarted, and he has used it since 2014.", True),
        ("He has used tramadol since 2014, last refilled in December 2016.", True),
        ("He has not been without tramadol since 2014.", True),
        ("He has tried to come off tramadol, which he has used since 2014, without success.", True),
        ("Off work since 2013, he has been taking tramadol since 2014.", True),
        ("He was weaned off Norco and placed on tramadol, which he has taken since 2014.", True),
        ("She quit tramadol, used from 2012, on her own in 2014.", False),
        ("The last prescription of tramadol dates from May 2014.", False),
        ("She has not been on tramadol since the detoxification in 2014.", False),
        ("Tramadol made him sick in 2013 and he has never taken it again since 2013.", False),
        ("He was tapered off tramadol in 2014 and has been managed with ibuprofen since 2014.", False),
    ],
)
def test_not_taken_since(checker: Checker, told: str, used: bool) -> None:
    found = judged(checker, [("Tramadol 50mg #60", "Upheld", REASONS)], f"{PLAIN} {told}", LINE)
    assert any(f.code == "SAF001" for f in found.findings) == used
