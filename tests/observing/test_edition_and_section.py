"""The edition that a dated request asks for, and sections cited by a chain of headings."""

import pytest

from checker import Checker
from tests.observing.compared import judged, told

NOT = "is not medically necessary."


@pytest.mark.parametrize(
    ("asked", "value"),
    [
        ("The request for authorization was dated 8/15/2016.", "not_in_force"),
        ("The request for authorization was dated 7/27/2016.", "in_force"),
        ("The therapist saw him on 8/15/2016.", "unknown"),
    ],
)
def test_a_dated_request_tells_the_edition(checker: Checker, asked: str, value: str) -> None:
    line = "Decision based on MTUS Chronic Pain Medical Treatment 2009, Section(s): Home health services."
    summary = f"The injured worker is a 50 year old male with back pain. {asked} UR of 8/23/2016 denied it."
    found = judged(checker, [("Home health aide", "Upheld", f"The request {NOT}")], summary, line, ur="08/23/2016")
    assert told(found, "cite.edition") == value


@pytest.mark.parametrize(
    ("section", "value"),
    [
        ("3.3.3 Opioids for Chronic Pain and Chronic Opioid Treatment", "yes"),
        ("3.3.3 Patient Treatment Agreement and Informed Consent", "no"),
    ],
)
def test_a_chain_of_headings_may_be_cut_short(checker: Checker, section: str, value: str) -> None:
    line = f"Decision based on MTUS Opioid Treatment 2016, Section(s): {section}."
    found = judged(checker, [("Norco 10/325mg #60", "Upheld", f"The request {NOT}")], line=line)
    assert told(found, "cite.section_exists") == value
