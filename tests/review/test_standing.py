"""Where a finding stands after what reviewers said of it."""

import pytest

from checker.review.measures import miss_rate, pairs, precision
from checker.review.standing import State, Today, standings
from checker.review.statements import Statement
from tests.review.statements import statement

PRINT = "ab12cd34ef56ab78"
TODAY = Today(PRINT, "DEC001", "A", 1, "aa", "bb")
OTHER = "00000000000000ff"
WORDS = {"exact": "no pain relief"}
DISMISSED = {"reviewer": "B.S.", "verdict": "dismissed", "reason": "duplicate"}


def state(*said: Statement, today: Today = TODAY) -> State:
    return standings(said, [today])[today.fingerprint].state


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], State.OPEN),
        ([{}], State.CONFIRMED),
        ([{}, {"verdict": "withdrawn"}], State.OPEN),
        ([{}, {"verdict": "unsure"}], State.UNSURE),
        ([{}, DISMISSED], State.DISPUTED),
        ([{}, {"reviewer": "B.S."}], State.CONFIRMED),
        ([{"reviewer": "C.T.", "role": "Adjudicator"}, DISMISSED], State.CONFIRMED),
        ([{}, DISMISSED, {"reviewer": "C.T.", "role": "adjudicator", "verdict": "unsure"}], State.UNSURE),
        ([{"rule_hash": "cc"}], State.STALE),
        ([{"evidence_hash": "cc"}], State.STALE),
        ([{"rule_hash": "cc"}, {"reviewer": "B.S.", "verdict": "unsure"}], State.UNSURE),
        ([{"fingerprint": OTHER}], State.STALE),
        ([{"fingerprint": OTHER, "item": 2}], State.OPEN),
        ([{"verdict": "missed", "words": WORDS}], State.OPEN),
        ([{"verdict": "clean", "code": ""}], State.OPEN),
    ],
)
def test_states(said: list[dict[str, object]], expected: State) -> None:
    assert state(*(statement(**one) for one in said)) is expected


def test_the_place_in_the_file_decides_not_the_clock() -> None:
    later = statement(at="2026-01-01T00:00:00Z", verdict="unsure")
    assert state(statement(), later) is State.UNSURE


def test_a_verdict_on_other_words_is_shown_as_stale() -> None:
    held = standings([statement(fingerprint=OTHER)], [TODAY])[PRINT]
    assert [s.fingerprint for s in held.stale] == [OTHER]
    assert held.held == ()


def test_precision_counts_what_was_decided() -> None:
    findings = [Today(f"{n:016x}", "DEC001", "A", n, "aa", "bb") for n in range(5)]
    verdicts = ["confirmed", "confirmed", "dismissed", "unsure"]
    said = [
        statement(fingerprint=f"{n:016x}", item=n, verdict=v, reason="duplicate" if v == "dismissed" else None)
        for n, v in enumerate(verdicts)
    ]
    told = precision({f.fingerprint: f.rule for f in findings}, standings(said, findings))["DEC001"]
    assert (told.confirmed, told.dismissed, told.undecided) == (2, 1, 1)
    assert round(told.rate.value, 3) == 0.667


def test_misses_are_counted_on_sampled_letters_that_were_looked_at() -> None:
    said = [
        statement(doc="A", fingerprint="a" * 16, verdict="clean", code=""),
        statement(doc="B", fingerprint="b" * 16, verdict="missed", words=WORDS),
        statement(doc="C", fingerprint="c" * 16, verdict="missed", words=WORDS),
        statement(doc="D", fingerprint="d" * 16),
    ]
    found = miss_rate(said, ["A", "B", "D", "E"])
    assert (found.value, found.of) == (0.5, 2)


def test_pairs_compare_only_what_both_saw_in_the_same_form() -> None:
    said = [
        statement(fingerprint="a" * 16),
        statement(fingerprint="a" * 16, reviewer="B.S.", verdict="unsure"),
        statement(fingerprint="b" * 16),
        statement(fingerprint="b" * 16, reviewer="B.S.", rule_hash="cc"),
        statement(fingerprint="c" * 16, blind=True),
        statement(fingerprint="c" * 16, reviewer="B.S.", blind=True),
        statement(fingerprint="c" * 16, reviewer="C.T."),
        statement(fingerprint="c" * 16, reviewer="D.V.", role="adjudicator"),
    ]
    told = {(p.first, p.second): p for p in pairs(said)}
    assert told["A.R.", "B.S."].agreement.percent.of == 2
    assert told["A.R.", "B.S."].disagreed == ("a" * 16,)
    assert told["A.R.", "C.T."].agreement.percent.value == 1
    (blind,) = pairs(said, blind=True)
    assert (blind.first, blind.second, blind.agreement.percent.of) == ("A.R.", "B.S.", 1)
