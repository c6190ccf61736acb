"""What holds of the facts of any letter: spans, evidence, names, and time in proportion to the length."""

import re
import time
from collections.abc import Mapping, Sequence
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import Checker
from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Determination
from checker.model.facts import Evidence, Facts, Part
from checker.model.source import Span
from tests.parsing.letters import item, letter, parsed

REQUESTS = (
    "Norco 10/325mg #90", "Soma 350mg #60 with 2 refills", "Twelve sessions of physical therapy for the left knee",
    "MRI of the lumbar spine", "Psychotherapy, 6 visits", "Baclofen 10mg", "Walker", "A thing that nobody has heard of",
)  # fmt: skip
WORDS = (
    "no not documented without pain relief function norco soma opioids the patient she he left right knee 50 year old "
    "since for in 2012 3/4/2014 10/325 mg #60 twelve sessions guideline recommends if however ; ( ) \" ' . , : / 7/10 "
    "from to with taper weaned long-term use record shows there is 0 1/1/1 İ ß \u00a0 — … \u2028 \U0001f600 \n"
).split(" ")
PROSE = st.one_of(
    st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join),
    st.text(st.characters(codec="utf-8", exclude_characters="\r"), max_size=200),
)
HOSTILE = (
    "no ", ";;;; ", ";", "no pain relief; ", ".", ". . . ", "He takes Norco. ", "norco, soma, ", "(a 2010) ", "(", "1/",
    "Morphine equivalent is 5 here. ", "She is a 50 year old woman. ", "He was 20 years old. ", "1,111", "since 2010 ",
    "He has taken Norco since the surgery of 2010. ", '"', "there is no documentation of ", "exceeds 6 visits over 2 ",
)  # fmt: skip

_LIGATURE = re.compile("[\ufb00-\ufb06]")
"""Read as the letters that they join."""


def _inside(span: Span, whole: Span) -> bool:
    return whole.start <= span.start <= span.end <= whole.end


def _place(determination: Determination, number: int, evidence: Evidence) -> Sequence[Span | None]:
    """Where words of that part may stand; the whole letter's facts may quote any item."""
    items = [one for one in determination.items if number in (0, one.number)]
    places: Mapping[Part, Sequence[Span | None]] = {
        Part.SUMMARY: [determination.summary],
        Part.RATIONALE: [one.rationale for one in items],
        Part.HEADING: [one.heading_span for one in items],
        Part.GUIDELINE: [line.span for one in items for line in (one.claims_guideline, one.reviewer_guideline)],
        Part.HEADER: [Span(0, len(determination.source.raw))],
    }
    return places[evidence.part]


def _hold_together(facts: Facts, checker: Checker) -> None:
    letter, raw = facts.determination, facts.determination.source.raw
    assert set(facts.letter.facts) == set(checker.knowledge.blank["letter"])
    for of_item in (facts.letter, *facts.items):
        if of_item.item:
            assert set(of_item.facts) == set(checker.knowledge.blank["item"])
        for fact in of_item.facts.values():
            for evidence in fact.evidence:
                number = 0 if fact.name.startswith("letter.") else of_item.item
                places = [place for place in _place(letter, number, evidence) if place is not None]
                assert any(_inside(evidence.span, place) for place in places), (fact.name, evidence)
            blank = checker.knowledge.blank["item" if of_item.item else "letter"][fact.name]
            assert fact.value == blank.value or fact.evidence or fact.derivation, fact
    for sentence in facts.sentences:
        quoted = _LIGATURE.sub(lambda m: normalize("NFKC", m[0]), raw[sentence.span.start : sentence.span.end])
        assert "".join(sentence.text.split()) in "".join(quoted.split())
    sentences = {sentence.span for sentence in facts.sentences}
    for seen in facts.observations:
        assert seen.sentence in sentences
        assert _inside(seen.span, seen.sentence)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(summary=PROSE, asked=st.lists(st.tuples(st.sampled_from(REQUESTS), PROSE), min_size=1, max_size=3))
def test_any_letter_is_observed_and_its_words_stand_where_the_facts_say(
    summary: str, asked: list[tuple[str, str]], checker: Checker, lexicon: Lexicon
) -> None:
    text = letter([item(request, reasons=reasons) for request, reasons in asked], summary=summary)
    determination = parsed(text, lexicon)
    facts = checker.observe(determination)
    assert len(facts.items) == len(determination.items)
    _hold_together(facts, checker)
    assert checker.observe(determination) == facts


@pytest.mark.parametrize("unit", HOSTILE)
@pytest.mark.parametrize("part", ["summary", "rationale"])
def test_four_times_the_text_takes_about_four_times_as_long(
    unit: str, part: str, checker: Checker, lexicon: Lexicon
) -> None:
    def seconds(length: int) -> float:
        text = (unit * (length // len(unit) + 1))[:length] + "x. "
        own = item("Norco 10/325mg #90", reasons=(text if part == "rationale" else "") + "It is not necessary.")
        determination = parsed(letter([own], summary=text if part == "summary" else "A roofer fell."), lexicon)
        assert determination.items
        start = time.process_time()
        checker.observe(determination)
        return time.process_time() - start

    seconds(1_000)
    short, long = min(seconds(5_000) for _ in range(2)), min(seconds(20_000) for _ in range(2))
    assert long < 0.1 + 8 * short, f"{short:.3f} s, then {long:.3f} s"
