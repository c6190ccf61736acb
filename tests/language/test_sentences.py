"""Sentences of medical prose."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge.grammar import load_grammar
from checker.knowledge.resources import rules_folder
from checker.language.sentences import LONGEST, split

STOPS = load_grammar(rules_folder() / "lexicon").stops


def _sentences(text: str) -> list[str]:
    return [text[a:b] for a, b in split(text, 0, len(text), STOPS)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["He takes 7.5 mg.", "She does not."],
        ["Dr. Moss saw him.", "He was well."],
        ["It helps (Ames, 2007).", "It does not harm. (Brand, 2011) (Cole, 2012)", "So it goes."],
        ["See p. 78 and pp. 80-82 of the text.", "Then stop."],
        ["He takes it t.i.d. and sleeps.", "He wakes."],
        ["Pain fell from 8/10 to 3/10.", "On 10-28-2016 it rose."],
        ['The text says "stop it."', "He did not."],
        ["Use drugs (e.g. ibuprofen) first.", "Then others."],
        ["Strength is 5/5.", "L4-5 was tender!", "Was it?"],
        ["Relief lasted 4 hrs.", "Then it was gone."],
        ["The level is L4.", "No surgery is planned."],
    ],
)
def test_sentences(sentences: list[str]) -> None:
    assert _sentences(" ".join(sentences)) == sentences


def test_a_paragraph_ends_a_sentence() -> None:
    assert _sentences("No full stop here\nA new paragraph.") == ["No full stop here", "A new paragraph."]


def test_an_endless_sentence_is_cut() -> None:
    assert all(len(s) <= LONGEST for s in _sentences("word " * 2_000))


@given(st.text(alphabet='ab A.!?"()\n1,', max_size=300))
def test_nothing_is_lost_and_nothing_overlaps(text: str) -> None:
    spans = list(split(text, 0, len(text), STOPS))
    assert all(a < b for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))
    kept = "".join(text[a:b] for a, b in spans)
    assert "".join(kept.split()) == "".join(text.split())


def test_sentences_run_together_are_told_apart() -> None:
    text = "He appealed.On May 3, he fell.The knee hurts. See www.pages.Com too, or vs.Other texts.A wall."
    assert _sentences(text) == [
        "He appealed.",
        "On May 3, he fell.",
        "The knee hurts.",
        "See www.pages.Com too, or vs.Other texts.",
        "A wall.",
    ]
