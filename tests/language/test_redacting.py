"""What identifies a person is found, in whatever form; what the findings are about is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge.redaction import load_redaction
from checker.knowledge.resources import rules_folder
from checker.language.redacting import MASK, Finder, masked
from checker.reporting.redaction import shapes_of

FINDER = Finder(shapes_of(load_redaction(rules_folder())))


def told(text: str) -> str:
    return masked(text, FINDER.spans(text, FINDER.surnames(text)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Seen by Dr. Ann B. Roe on 12/20/2016.", "Seen by Dr. ███ █. ███ on ██/██/2016."),
        ("Report of John Quincy Doe, M.D., of 3-4-16.", "Report of ████ ██████ ███, M.D., of █-█-16."),
        ("Dr. Roe saw him. Roe asked for an MRI.", "Dr. ███ saw him. ███ asked for an MRI."),
        ("On October 23, 2016 and in March 2010", "On ███████ ██, 2016 and in █████ 2010"),
        ("since at least 2011", "since at least 2011"),
        ("2016-10-23", "2016-██-██"),
        ("2016/10/23, 03.17.2014 and 3/1/14-3/5/14", "2016/██/██, ██.██.2014 and █/█/14-█/█/14"),
        (
            "seen on March 3rd, on 3 March 2014 and the 4th of April",
            "seen on █████ ███, on █ █████ 2014 and the ███ ██ █████",
        ),
        ("March 3-5, 2014; MARCH 3, 2014; Sept. 9, 2014", "█████ █-█, 2014; █████ █, 2014; ████. █, 2014"),
        ("a note of 8/2012 dated 5/12; it may help", "a note of █/2012 dated █/██; it may help"),
        ("In April he was better; in May 2014 too", "In █████ he was better; in ███ 2014 too"),
        ("Dr. Van der Roe's note; Roe wrote", "Dr. ███ ███ ███'█ note; ███ wrote"),
        (
            "Call (555) 010-0199 or 555-010-0199, jane@roe.example",
            "Call (███) ███-████ or ███-███-████, ████@███.███████",
        ),
        ("SSN 000-12-3456", "SSN ███-██-████"),
        ("CM13-0000012 and ADJ1234567", "████-███████ and ██████████"),
        ("Claim No. 12-34567 was", "Claim No. ██-█████ was"),
        ("Employee: Jane Roe\nMRI of the knee", "Employee: ████ ███\nMRI of the knee"),
        ("a 47 year old man and a 93-year-old woman", "a 47 year old man and a ██-year-old woman"),
        ("Norco 10/325 mg #180, 4 tablets a day", "Norco 10/325 mg #180, 4 tablets a day"),
        ("C5-6 disc, VAS 7/10, 4/5 strength", "C5-6 disc, VAS 7/10, 4/5 strength"),
        ("L4-5-S1, 10/325, 2.0.28, May he come", "L4-5-S1, 10/325, 2.0.28, May he come"),
        ("Page(s): 78-80 of the 2009 guideline", "Page(s): 78-80 of the 2009 guideline"),
        ("He saw the doctor. Physical therapy helped.", "He saw the doctor. Physical therapy helped."),
    ],
)
def test_what_is_masked(text: str, expected: str) -> None:
    assert told(text) == expected


@given(st.text(alphabet="Dr. JaneRoe,MD12/-20 6\nCMclaim#:é█", max_size=200))
def test_length_and_white_space_stay(text: str) -> None:
    hidden = told(text)
    assert len(hidden) == len(text)
    assert all(a == b or (b == MASK and a.isalnum()) for a, b in zip(text, hidden, strict=True))


def test_masking_again_changes_nothing() -> None:
    once = told("Dr. Ann Roe, 12/20/2016, CM13-0000012")
    assert told(once) == once


def test_hostile_text_is_linear() -> None:
    for piece in (
        "Dr. A ",
        "A A A, ",
        "CM1",
        "Employee: ",
        "1/1/",
        "claim # ",
        "de la ",
        "Dr. de ",
        "may 1-",
        "a.",
        "1 of ",
        "555-",
        "claim-",
    ):
        text = piece * 20_000
        assert len(told(text)) == len(text)


def test_a_wide_gap_in_a_form_costs_nothing_and_hides_nothing() -> None:
    gap = " " * 50_000
    assert told(f"Claim No{gap}of the employer") == f"Claim No{gap}of the employer"
    assert told(f"Claim No.{gap}:{gap}#{gap}12-345") == f"Claim No.{gap}:{gap}#{gap}██-███"
