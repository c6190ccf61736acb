import pytest

from checker.batch.letters import Checked, Failed, identity, judged, problems, status
from checker.model.determination import Status
from checker.model.source import SourceText
from tests.reporting import samples


def source(doc: str) -> SourceText:
    return samples.pain(doc).facts.determination.source


def test_one_bad_letter_is_counted_and_the_others_go_on() -> None:
    told: list[Exception] = []

    def check(letter: SourceText) -> Checked:
        if letter.doc == "bad":
            raise KeyError(letter.raw)
        return samples.clean(letter.doc)

    out = list(judged([source("one"), source("bad"), samples.unreadable(), source("two")], check, told.append))
    assert [identity(letter).doc for letter in out] == ["one", "bad", "scan", "two"]
    assert isinstance(out[1], Failed)
    assert status(out[1]) is Status.UNREADABLE
    assert "KeyError at test_letters.py:" in out[1].problem
    assert len(told) == 1


def test_an_internal_error_quotes_no_words_of_the_letter() -> None:
    def check(letter: SourceText) -> Checked:
        raise ValueError(f"cannot read {letter.raw}")

    (failed,) = judged([source("one")], check)
    assert isinstance(failed, Failed)
    assert "scaffold" not in failed.problem


def test_an_interrupt_is_no_bad_letter() -> None:
    def check(letter: SourceText) -> Checked:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(judged([source("one")], check))


def test_problems_of_reading_and_parsing_stand_together() -> None:
    assert problems(samples.hostile()) == ('no guideline line of <b>"item"</b> 1',)
    assert problems(samples.unreadable()) == ("no text on pages 1-3, needs OCR",)
