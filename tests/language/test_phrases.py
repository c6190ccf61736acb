"""The pattern language of the lexicon."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.language.dates import MONTHS
from checker.language.phrase_index import PhraseIndex
from checker.language.phrases import PhraseError, compile_phrase, fold, number_value


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("side effects", "no side effects were seen", "side effects"),
        ("side-effects", "no side effects were seen", "side effects"),
        ("side-effects", "no side-effects", "side-effects"),
        ("improv*", "function improved", "improved"),
        ("improv*", "unimproved", None),
        ("(no|without) [any] mention of", "without any mention of it", "without any mention of"),
        ("(no|without) [any] mention of", "no mention of it", "no mention of"),
        ("pain .. better", "pain was a bit better", "pain was a bit better"),
        ("pain .. better", "pain was not so very much better", None),
        ("pain ... better", "pain was not so very much better", "pain was not so very much better"),
        ("pain .. better", "pain; he is better", None),
        ("pain .. better", "pain (he is better", None),
        ("for <n> weeks", "for six weeks", "for six weeks"),
        ("for <n> weeks", "for 3-4 weeks", "for 3-4 weeks"),
        ("up to .. [<n> (to|or)] <n> weeks", "up to twelve weeks", "up to twelve weeks"),
        ("up to .. [<n> (to|or)] <n> weeks", "up to about two to three weeks", "up to about two to three weeks"),
        ("pain <score>", "pain 7/10", "pain 7/10"),
        ("since <date>", "taken since march 2010.", "since march 2010"),
        ("side effects, none", "side effects none", None),
        ("side effects none", "side effects: none", "side effects: none"),
        ("the patient's pain", "the patient’s pain", "the patient’s pain"),
        ("[not] seen", "seen", "seen"),
        ("he", "the", None),
        ("he", "she", None),
    ],
)
def test_matches(phrase: str, text: str, found: str | None) -> None:
    match = compile_phrase(phrase).pattern.search(fold(text))
    assert (match and text[match.start() : match.end()]) == found


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("(a|b", "never closed"),
        ("a)", "closes that never opened"),
        ("a || b", "closes"),
        ("(a|)", "empty wording"),
        (".. a", "gap at the beginning"),
        ("a ...", "gap at the beginning or the end"),
        ("a .. b .. c .. d .. e", "more than 3 gaps"),
        ("", "empty phrase"),
    ],
)
def test_says_what_is_wrong(phrase: str, words: str) -> None:
    with pytest.raises(PhraseError, match=re.escape(words)):
        compile_phrase(phrase)


@pytest.mark.parametrize(
    ("word", "value"),
    [("six", 6), ("3-4", 4), ("12", 12), ("1,200", 1200), ("2.5", 2.5), ("many", None), ("", None), ("10/325", None)],
)
def test_number_value(word: str, value: float | None) -> None:
    assert number_value(word) == value


_WORDS = st.sampled_from(
    [
        "pain",
        "relief",
        "improved",
        "improves",
        "no",
        "not",
        "record",
        "side-effects",
        "it",
        "12",
        "(2015)",
        "may",
        "7/10",
        "two",
        "50%",
        "on",
        ",",
        "improv-e",
        "b",
        "a",
    ]
)
_TEXTS = (
    "improv*", "no .. relief", "(pain|record) [no] relief", "side-effects", "<n>", "[no] it", "no record",
    "improv* pain", "(a b|a|not) (pain|it)", "not [so] it", "no [relief|a .. b] it",
    "<date> it", "[on] <date>", "<score>", "<n> (percent|%) relief",
)  # fmt: skip
_MONTHS = tuple(f"{month[:3]}*" for month in MONTHS)
_PHRASES = [compile_phrase(p) for p in _TEXTS]


@given(st.lists(_WORDS, max_size=12).map(" ".join))
def test_the_index_finds_what_each_phrase_finds(text: str) -> None:
    expected = [(n, m.start(), m.end()) for n, p in enumerate(_PHRASES) for m in p.pattern.finditer(text)]
    assert list(PhraseIndex(_PHRASES).find(text)) == expected


def test_sure_words() -> None:
    assert compile_phrase("(no|without) .. documentation").groups == (("documentation",), ("no", "without"))
    assert compile_phrase("side-effects").groups == (("side*",),)
    assert compile_phrase("[any] (a b|c)").groups == (("a", "c"),)
    assert compile_phrase("<n>").groups == ()


@pytest.mark.parametrize(
    ("phrase", "openings"),
    [
        ("no record", {("no", "record")}),
        ("no .. record", {("no", "")}),
        ("no [a|b c] record", {("no", "a"), ("no", "b"), ("no", "record")}),
        ("(a|b c) d", {("a", "d"), ("b", "c")}),
        ("improv* pain", {("improv*", "")}),
        ("side-effects seen", {("side*", "")}),
        ("not seen", {("not", "seen"), ("nt", "seen")}),
        ("no", {("no", "")}),
        ("[no] <score>", {("no", "#"), ("#", "")}),
        ("(in|on) <date>", {(first, second) for first in ("in", "on") for second in ("#", *_MONTHS)}),
        ("[-] no", set()),
    ],
)
def test_openings(phrase: str, openings: set[tuple[str, str]]) -> None:
    assert set(compile_phrase(phrase).openings) == openings


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("was not seen", "It wasn't seen.", "was nt seen"),
        ("was not seen", "It wasn’t seen.", "was nt seen"),
        ("not seen", "They haven't seen it.", "nt seen"),
        ("not", "He DIDN'T.", "nt"),
        ("(doesn't|don't) help", "It does not help.", "does not help"),
        ("(doesn't|don't) help", "They don't help.", "do nt help"),
        ("(doesn't|don't) help", "It doesnt help.", "doesnt help"),
        ("can't", "He can't.", "can't"),
        ("cannot walk", "He can’t walk.", "can't walk"),
        ("he (cannot|will not) walk", "He cannot walk.", "he cannot walk"),
        ("cannot walk", "He can walk.", None),
        ("was not", "Mr. Wasn'ta and the wasn'ts.", None),
        ("notable", "It was ntable.", None),
    ],
)
def test_contractions(phrase: str, text: str, found: str | None) -> None:
    compiled = compile_phrase(phrase)
    folded = fold(text)
    assert [folded[a:b] for _, a, b in PhraseIndex([compiled]).find(folded)] == ([found] if found else [])


@given(st.text(max_size=200) | st.text(alphabet="isn't don’t", max_size=40))
def test_folding_keeps_offsets(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_a_date_may_stand_in_brackets() -> None:
    pattern = compile_phrase("review [of] <date>").pattern
    assert pattern.search("the review (12-22-2016) denied it").group() == "review (12-22-2016)"  # type: ignore[union-attr]
    assert pattern.search("the review of 12-22-2016, denied") is not None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Guidelines of Odd Devices (GOD) state that", True),
        ("The odd drug screens (ODS) state that", True),
        ("The odd guidelines (ODG), state that", True),
        ("The odd guidelines (see page) state that", False),
        ("The odd guidelines (1) state that", False),
    ],
)
def test_a_short_form_behind_its_words_is_read_without_its_brackets(text: str, found: bool) -> None:
    pattern = compile_phrase("(devices|screens|guidelines) [god|ods|odg] state").pattern
    folded = fold(text)
    assert len(folded) == len(text)
    assert bool(pattern.search(folded)) is found
