"""What may be said of a finding, and how it is written down."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from checker.batch.jsonlines import json_line
from checker.review.statements import REASONS, Reason, Statement, fingerprint_of
from tests.review.statements import statement

WORDS = {"exact": "no pain relief", "start": 4, "end": 18}


def test_a_statement_comes_back_from_its_line() -> None:
    said = statement(verdict="dismissed", reason="duplicate", note="as F2")
    assert Statement.model_validate_json(json_line(said.record())) == said


def test_what_is_empty_is_not_written() -> None:
    record = statement().record()
    assert not {"note", "words", "reason", "blind", "role"} & record.keys()
    assert statement(item=0).record()["item"] == 0
    assert record["at"] == "2026-03-02T12:00:00Z"


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"verdict": "dismissed"}, "needs a reason"),
        ({"verdict": "confirmed", "reason": "duplicate"}, "needs a reason"),
        ({"verdict": "missed"}, "its words"),
        ({"verdict": "missed", "words": WORDS, "code": ""}, "a code"),
        ({"at": "2026-03-02T12:00:00"}, "zone"),
        ({"reviewer": "   "}, "reviewer"),
        ({"reviewer": "A\u202eR"}, "control"),
        ({"fingerprint": "../../x"}, "pattern"),
        ({"rule_hash": "<b>"}, "pattern"),
        ({"note": "x" * 4001}, "4000"),
        ({"item": -1}, "greater"),
        ({"path": "/etc"}, "not permitted"),
        ({"verdict": "certain"}, "Input should be"),
    ],
)
def test_what_is_refused(told: dict[str, object], word: str) -> None:
    with pytest.raises(ValidationError, match=word):
        statement(**told)


def test_names_are_folded() -> None:
    assert statement(reviewer="  Ana \t Ruiz ").reviewer == "Ana Ruiz"


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(Reason)


@given(st.text(min_size=1), st.sampled_from([" ", "\n", "\t  "]))
def test_white_space_does_not_change_a_fingerprint(exact: str, blank: str) -> None:
    spread = blank.join(exact.split())
    assert fingerprint_of("FAC001", "A", 1, spread) == fingerprint_of("FAC001", "A", 1, exact)


def test_a_fingerprint_tells_letters_items_and_codes_apart() -> None:
    made = {fingerprint_of(c, d, i, "x") for c in ("FAC001", "FAC005") for d in "AB" for i in (1, 2)}
    assert len(made) == 8


def test_a_record_is_plain_json() -> None:
    said = statement(verdict="missed", words=WORDS)
    assert json.loads(json.dumps(said.record()))["words"]["exact"] == "no pain relief"
