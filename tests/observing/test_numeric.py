"""How well numbers are read: a gate over the expressions of ``numbers/``, and what holds of any number."""

import datetime
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge.lexicon import Lexicon
from checker.language import dates
from checker.language.measuring import NUMBER, SCORE, WordTable
from checker.language.phrases import fold
from checker.observing.doses import Dose, doses_in
from checker.observing.morphine import factor_on, morphine_of
from checker.observing.pain_scores import scores_in
from checker.observing.relief import relief_in
from checker.observing.usage import length_in_days
from checker.observing.visits_told import visits_in
from tests.observing import numeric
from tests.shipped import the_lexicon

LEXICON = the_lexicon()
RIGHT, FEWEST = 0.95, 200
ONES = "one two three four five six seven eight nine".split()
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
POINTS = st.integers(0, 10)
FREQUENCIES = {
    "daily": 1, "twice a day": 2, "bid": 2, "b.i.d.": 2, "tid": 3, "three times a day": 3, "qid": 4, "q6h": 4,
    "every 8 hours": 3,
    "4 times daily": 4, "every other day": 0.5, "at bedtime": 1, "2x/day": 2, "every 12 hrs as needed": 2,
}  # fmt: skip


def _words(number: int) -> str:
    """A number below a hundred as prose writes it."""
    if number < 10:
        return ONES[number - 1]
    if number < 20:
        return TEENS[number - 10]
    ten = TENS[number // 10 - 2]
    return f"{ten}-{ONES[number % 10 - 1]}" if number % 10 else ten


def test_the_expressions_are_read_as_a_person_reads_them(lexicon: Lexicon) -> None:
    answers = list(numeric.answers(lexicon))
    assert len(answers) >= FEWEST
    assert {a.kind for a in answers} == {"pain", "doses", "visits", "relief", "lengths", "dates", "morphine"}
    wrong = "\n".join(f"{a.text}: {a.expected}, read {a.read}" for a in answers if not a.right)
    assert numeric.share(answers) >= RIGHT, wrong


def test_an_empty_table_passes_no_gate() -> None:
    assert numeric.share([]) == 0


@given(st.integers(1, 99))
def test_a_numeral_in_words_is_the_number(number: int) -> None:
    text = _words(number)
    (token,) = LEXICON.measures.table.read(text, 0, len(text), frozenset())
    assert (token.kind, token.low, token.high, token.start, token.end) == (NUMBER, number, number, 0, len(text))


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(["-", " to ", " - ", " or "]))
def test_a_range_rises(low: int, more: int, between: str) -> None:
    text = f"{low}{between}{low + more}"
    (token,) = LEXICON.measures.table.read(text, 0, len(text), frozenset())
    assert (token.low, token.high) == (low, low + more)
    falling = f"{low + more}{between}{low}"
    assert len(LEXICON.measures.table.read(falling, 0, len(falling), frozenset())) == 3


@given(POINTS, POINTS, st.sampled_from(["/10", " / 10", " out of 10", "/ 10"]), st.booleans())
def test_scores_come_back_with_their_side(high: int, low: int, scale: str, first: bool) -> None:
    with_, without = f"{low}{scale} with medication", f"{high}{scale} without medication"
    text = f"pain is {without} and {with_}" if first else f"pain is {with_} and {without}"
    scores = {s.kind: s for s in scores_in(text, LEXICON.measures)}
    assert {k: (s.low, s.high) for k, s in scores.items()} == {"with": (low, low), "without": (high, high)}
    assert all(text[s.start : s.end].endswith(scale) for s in scores.values())


@given(st.integers(1, 4), st.sampled_from(sorted(FREQUENCIES)), st.booleans())
def test_units_times_frequency_is_the_daily_use(units: int, often: str, in_words: bool) -> None:
    number = _words(units) if in_words else str(units)
    text = f"he takes norco 10/325 mg {number} tablets {often}"
    (dose,) = doses_in(text, LEXICON.drugs_in(text), LEXICON.measures)
    assert dose.strength == 10
    assert dose.per_day == pytest.approx((units * FREQUENCIES[often],) * 2)
    assert dose.mg_per_day == pytest.approx((10 * units * FREQUENCIES[often],) * 2)
    assert text[dose.start : dose.end].startswith("norco")


@given(st.integers(1, 40), st.sampled_from(["attended", "has completed", "underwent"]), st.booleans())
def test_visits_come_back(number: int, verb: str, in_words: bool) -> None:
    text = f"she {verb} {_words(number) if in_words else number} sessions of physical therapy"
    (visits,) = visits_in(text, LEXICON.measures)
    assert (visits.kind, visits.low, visits.high) == ("had", number, number)
    assert text[visits.start : visits.end].endswith("sessions")


@given(st.integers(1, 100), st.integers(1, 24), st.sampled_from([("day", 1), ("week", 7), ("month", 30)]))
def test_relief_and_its_length_come_back(percent: int, number: int, unit: tuple[str, int]) -> None:
    text = f"the block gave {percent}% relief for {number} {unit[0]}s"
    (relief,) = relief_in(text, LEXICON.measures)
    assert (relief.low, relief.high, relief.bounded) == (percent, percent, False)
    assert relief.days == pytest.approx(number * unit[1])


@given(st.integers(1, 90), st.sampled_from([("days", 1), ("weeks", 7), ("months", 30), ("years", 365)]), st.booleans())
def test_a_length_of_time_comes_back(number: int, unit: tuple[str, int], in_words: bool) -> None:
    text = f"for the last {_words(number) if in_words else number} {unit[0]}"
    assert length_in_days(text, LEXICON.measures) == number * unit[1]


@given(
    st.dates(datetime.date(1960, 1, 1), datetime.date(2049, 12, 31)),
    st.sampled_from(["%m/%d/%Y", "%m-%d-%Y", "%Y-%m-%d", "%B %d, %Y", "%b %d, %Y", "%b. %d, %Y"]),
)
def test_a_date_comes_back_in_every_form(day: datetime.date, form: str) -> None:
    text = fold(f"seen on {day.strftime(form)} for pain")
    (found,) = dates.find(text)
    assert found.date == day
    tokens = LEXICON.measures.table.read(text, 0, len(text), frozenset())
    assert not [t for t in tokens if t.kind in (NUMBER, SCORE)]


@given(st.text(alphabet="0123456789/- .,()#x%abtovermgq\u0130", max_size=120))
def test_whatever_is_read_lies_in_the_text_in_order(text: str) -> None:
    folded = fold(text)
    tokens = LEXICON.measures.table.read(folded, 0, len(folded), frozenset({"time", "times", "mass", "forms", "every"}))
    assert all(0 <= t.start < t.end <= len(folded) for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert all(t.low <= t.high for t in tokens if t.kind in (NUMBER, SCORE))


def test_a_row_of_too_many_words_is_refused() -> None:
    with pytest.raises(ValueError, match="one to 5 words"):
        WordTable({}, (), {"kind": {"a b c d e f": 0.0}})


def _dose(drug: str, strength: float, per_day: tuple[float, float] | None, hourly: bool = False) -> Dose:
    return Dose(drug, 0, 1, strength, hourly, None, None, per_day, None, None, False)


NEW_TABLE, OLD = datetime.date(2016, 6, 1), datetime.date(2014, 1, 1)


@pytest.mark.parametrize(
    ("dose", "day", "expected"),
    [
        (_dose("hydrocodone-apap", 10, (4, 6)), NEW_TABLE, (40, 60)),
        (_dose("oxycodone", 20, (2, 2)), NEW_TABLE, (60, 60)),
        (_dose("hydromorphone", 4, (3, 3)), NEW_TABLE, (48, 48)),
        (_dose("hydromorphone", 4, (3, 3)), datetime.date(2023, 1, 1), (60, 60)),
        (_dose("tramadol", 50, (4, 4)), NEW_TABLE, (20, 20)),
        (_dose("tramadol", 50, (4, 4)), datetime.date(2023, 1, 1), (40, 40)),
        (_dose("methadone", 10, (2, 2)), NEW_TABLE, (80, 80)),
        (_dose("methadone", 10, (3, 3)), NEW_TABLE, (240, 240)),
        (_dose("methadone", 10, (12, 12)), NEW_TABLE, (1440, 1440)),
        (_dose("methadone", 10, (3, 3)), datetime.date(2019, 1, 1), (90, 90)),
        (_dose("fentanyl-patch", 25, None, hourly=True), NEW_TABLE, (60, 60)),
    ],
)
def test_morphine_equivalents_by_drug_dose_and_day(
    dose: Dose, day: datetime.date, expected: tuple[float, float]
) -> None:
    counted = morphine_of(dose, LEXICON, day)
    assert counted is not None
    assert (counted.low, counted.high) == pytest.approx(expected)


@pytest.mark.parametrize(
    "dose",
    [
        _dose("ibuprofen", 800, (3, 3)),
        _dose("hydrocodone-apap", 10, None),
        _dose("buprenorphine-patch", 10, None, hourly=True),
        _dose("oxycodone", 20, (2, 2), hourly=True),
    ],
)
def test_what_has_no_equivalent_is_not_guessed(dose: Dose) -> None:
    assert morphine_of(dose, LEXICON, NEW_TABLE) is None


def test_a_table_that_was_not_in_use_makes_the_factor_less_sure() -> None:
    assert factor_on(LEXICON.drug("oxycodone"), LEXICON, NEW_TABLE) == ("clinical_2016", True)
    assert factor_on(LEXICON.drug("oxycodone"), LEXICON, OLD) == ("clinical_2016", False)
    assert factor_on(LEXICON.drug("oxycodone"), LEXICON, None) == ("clinical_2016", False)
    assert factor_on(LEXICON.drug("tramadol"), LEXICON, NEW_TABLE) == ("file_2018", False)
    assert factor_on(LEXICON.drug("naproxen"), LEXICON, NEW_TABLE) is None


@pytest.mark.parametrize(
    "piece",
    [
        "8/10 without and 4/10 with ",
        "1-2 tabs q4-6h ",
        "6 of 12 sessions ",
        "50% relief for ",
        "1/",
        "one hundred ",
        "(",
    ],
)
def test_reading_takes_time_in_proportion_to_the_length(piece: str) -> None:
    def seconds(times: int) -> float:
        text = "norco " + piece * times
        began = time.process_time()
        list(scores_in(text, LEXICON.measures))
        list(relief_in(text, LEXICON.measures))
        visits_in(text, LEXICON.measures)
        doses_in(text, LEXICON.drugs_in(text), LEXICON.measures)
        return time.process_time() - began

    seconds(10)
    assert min(seconds(2000) for _ in range(2)) < 8 * max(min(seconds(500) for _ in range(2)), 0.005)


@pytest.mark.parametrize(
    ("text", "days"),
    [("for half a year", 182), ("two and a half years", 912), ("a year and a half", 547), ("for six weeks", 42)],
)
def test_halves_of_a_length_are_counted(text: str, days: int) -> None:
    assert length_in_days(text, LEXICON.measures) == days
