"""Numbers of visits; ranges take the upper end."""

import pytest

from checker.knowledge.lexicon import Lexicon
from checker.parsing.visits import AmountWords, visits
from tests.parsing.letters import parsed_item

COUNTED = [
    ("Gait training 3x4", 12),
    ("Gait training 2 x 6 weeks", 12),
    ("aquatic therapy two times a week for six weeks", 12),
    ("12 sessions of aquatic therapy", 12),
    ("eleven visits", 11),
    ("Aquatic therapy 2-3 times a week for 4-6 weeks", 18),
    ("Aquatic therapy two to three times a week for four to six weeks", 18),
    ("Acupuncture 1 to 2 times per week for 5 weeks", 10),
    ("Chiropractic 2x/wk x 4wks", 8),
    ("Chiropractic 2 x week x 3 weeks", 6),
    ("Acupuncture 2xwk x 3wks", 6),
    ("Chiropractic 1-2x/week x 4-6 weeks", 12),
    ("Hand therapy, 8 visits", 8),
    ("9 hand therapy sessions for the thumb", 9),
    ("Hand therapy 2 times a week for 6 weeks (12 sessions)", 12),
    ("Hand therapy three to four times a week for five to six weeks (20 sessions)", 20),
    ("therapy two times five visits (10)", 10),
    ("massage sessions x 12", 12),
    ("Acupuncture visits: 6", 6),
    ("acupuncture sessions for the wrist #7", 7),
    ("therapy, times 14", 14),
    ("Massage x12", 12),
    ("Massage #4", 4),
    ("home care daily for 3 weeks", 21),
    ("therapy once a week for 8 weeks", 8),
    ("therapy twice a month for 3 months", 6),
    ("weekly psychotherapy for 10 weeks", 10),
    ("psychotherapy, weekly x 6 weeks", 6),
    ("psychotherapy 20 sessions over 10 weeks", 20),
    ("Six one-hour sessions of biofeedback", 6),
    ("CBT x 5 50-minute sessions", 5),
    ("Aide 4 hours a day, 5 days a week for 6 weeks", 30),
    ("three aquatic sessions for the knee and four aquatic sessions for the wrist", 7),
    ("Massage qty: 12.00", 12),
    ("Massage (quantity 8)", 8),
    ("5 sessions, two times a week times 2 weeks", 5),
    ("therapy three times a week over two weeks", 6),
    ("aquatic therapy for 6 weeks, 2 times per week", 12),
    ("aquatic therapy 2 visits per week for 4 weeks", 8),
    ("aquatic therapy; eight (8) sessions", 8),
    ("aquatic therapy 3 times weekly for 4 weeks", 12),
    ("visits every other week for 8 weeks", 4),
    ("Massage 2 times 9", 18),
    ("Twelve massage therapy", 12),
    ("Massage 12", 12),
    ("Additional 6 massage visits", 6),
]
NOT_A_NUMBER_OF_VISITS = [
    "massage",
    "massage for 3 weeks",
    "CT 1.5 Tesla",
    "manual therapy at L4-5",
    "manual therapy L5",
    "follow-up visit in 4 weeks",
    "program of 160 hours",
    "rental for 30 days",
    "facet of C5-6",
]


@pytest.fixture(scope="module")
def words(lexicon: Lexicon) -> AmountWords:
    return AmountWords(lexicon.forms)


@pytest.mark.parametrize(("text", "number"), COUNTED)
def test_visits(text: str, number: int, words: AmountWords) -> None:
    assert visits(text, words, counted=True) == number


@pytest.mark.parametrize("text", NOT_A_NUMBER_OF_VISITS)
def test_no_visits(text: str, words: AmountWords) -> None:
    assert visits(text, words, counted=True) is None


@pytest.mark.parametrize(
    ("heading", "number"),
    [
        ("Trigger point injections x 4", None),
        ("Walker rental for 6 weeks", None),
        ("CT of the foot x 2", None),
        ("Urine drug screen 2 times a year", None),
        ("Overnight stay, 3 days", None),
        ("Norco 5/325mg #60", None),
        ("Home health nurse, 3 visits", 3),
        ("Associated surgical service: Hand therapy, times 9", 9),
    ],
)
def test_only_what_is_asked_for_in_visits_is_counted(heading: str, number: int | None, lexicon: Lexicon) -> None:
    assert parsed_item(heading, lexicon).visits == number
