"""The opening table and the reviewer."""

import datetime

import pytest

from checker.knowledge.lexicon import Lexicon
from checker.parsing.header import read_date, read_header
from checker.parsing.reviewer import read_reviewer
from tests.parsing.letters import item, letter, parsed, view

FULL = {
    "case_number": "CM15-0990009",
    "date_assigned": datetime.date(2015, 3, 9),
    "date_of_injury": datetime.date(2012, 1, 30),
    "decision_date": datetime.date(2015, 4, 21),
    "ur_denial_date": datetime.date(2015, 1, 5),
    "application_received": datetime.date(2015, 1, 19),
    "priority": "Standard",
}
TABLES = {
    "side by side": "Case Number: CM15-0990009 Date Assigned: 03/09/2015\nDate of Injury: 01/30/2012 Decision Date: "
    "04/21/2015\nUR Denial Date: 01/05/2015 Priority: Standard\nApplication Received: 01/19/2015",
    "label cut": "Case Number: CM15-0990009\nDate Assigned: 03/09/2015 Date of Injury: 01/30/2012\nDecision Date: "
    "04/21/2015 UR Denial Date: 01/05/2015\nPriority: Standard Application\nReceived:\n01/19/2015",
    "in columns": "Case Number:\nDate Assigned:\nDate of Injury:\nDecision Date:\nUR Denial "
    "Date:\nPriority:\nApplication "
    "Received:\nCM15-0990009\n03/09/2015\n01/30/2012\n04/21/2015\n01/05/2015\nStandard\n01/19/2015",
    "rows of labels and of values": "Case Number: Date Assigned:\nCM15-0990009 03/09/2015\nDate of Injury: Decision "
    "Date:\n01/30/2012 04/21/2015\nUR Denial Date: Priority: Application Received:\n01/05/2015 Standard 01/19/2015",
    "other labels": "MAXIMUS Case Number: CM15-0990009\nEmployee:\nClaim Number: 55\nDate Assigned: 3/9/15\nDate of UR "
    "Decision: January 5, 2015\nDate of Injury: 1/30/2012\nIMR Application Received: 2015-01-19\nDated: 4/21/2015\n"
    "Priority: Standard",
}


@pytest.mark.parametrize("table", TABLES)
def test_table(table: str, lexicon: Lexicon) -> None:
    determination = parsed(letter([item("Cane")], head=TABLES[table]), lexicon)
    assert {name: getattr(determination.header, name) for name in FULL} == FULL
    assert set(determination.header.spans) == set(FULL)
    assert determination.quote(determination.header.spans["case_number"]) == "CM15-0990009"
    assert not determination.header.malformed


def test_a_letter_without_table(lexicon: Lexicon) -> None:
    header = parsed(letter([item("Cane")]), lexicon).header
    assert {getattr(header, name) for name in FULL} == {None}
    assert header.spans == {}


def test_an_empty_value_leaves_the_others_alone() -> None:
    text = "Case Number: CM15-0990009\nDate Assigned:\nDate of Injury: 1/30/2012\nDecision Date: 4/21/2015\n"
    header = read_header(view(text), len(text))
    assert header.date_assigned is None
    assert (header.date_of_injury, header.decision_date) == (FULL["date_of_injury"], FULL["decision_date"])


def test_a_day_that_does_not_exist_is_kept_as_malformed() -> None:
    text = "Date of Injury: 02/30/2014 Decision Date: 00/12/2015 UR Denial Date: 01/05/3015"
    header = read_header(view(text), len(text))
    assert header.malformed == {"date_of_injury": "02/30/2014", "decision_date": "00/12/2015"}
    assert header.ur_denial_date == datetime.date(3015, 1, 5)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("7/1/14", datetime.date(2014, 7, 1)),
        ("3/9/98", datetime.date(1998, 3, 9)),
        ("10-28-2016", datetime.date(2016, 10, 28)),
        ("2016-10-28", datetime.date(2016, 10, 28)),
        ("October 7, 1993", datetime.date(1993, 10, 7)),
        ("Sept. 7 1993", datetime.date(1993, 9, 7)),
        ("31/31/2016", None),
        ("soon", None),
        ("1/2", None),
    ],
)
def test_dates(text: str, date: datetime.date | None) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("text", "licensure", "specialties"),
    [
        (
            "State(s) of Licensure: Ohio, New Mexico,Utah\nCertification(s)/Specialty: Physical Medicine & "
            "Rehabilitation, "
            "Pain Management\n\nCLINICAL CASE SUMMARY",
            ("Ohio", "New Mexico", "Utah"),
            ("Physical Medicine & Rehabilitation", "Pain Management"),
        ),
        (
            "The expert reviewer is Board Certified in Neurology and is licensed to practice in Iowa. He/she has been.",
            ("Iowa",),
            ("Neurology",),
        ),
        (
            "is Board Certified in Orthopedic Surgery, has a subspecialty in Hand Surgery and is licensed to "
            "practice in "
            "Iowa and Ohio. He/she",
            ("Iowa", "Ohio"),
            ("Orthopedic Surgery", "Hand Surgery"),
        ),
        (
            "The expert reviewer is a licensed Psychologist and is licensed to practice in Maine.",
            ("Maine",),
            ("Psychologist",),
        ),
        (
            "is Board Certified in Neurology with added qualifications in Headache Medicine, is licensed to "
            "practice in "
            "Utah, and is in active practice.",
            ("Utah",),
            ("Neurology", "Headache Medicine"),
        ),
        ("Nothing is said.", (), ()),
    ],
)
def test_reviewer(text: str, licensure: tuple[str, ...], specialties: tuple[str, ...]) -> None:
    reviewer = read_reviewer(view(text))
    assert (reviewer.licensure, reviewer.specialties) == (licensure, specialties)
