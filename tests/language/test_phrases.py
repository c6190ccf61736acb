"""The pattern language of the lexicon."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.language.dates import MONTHS
from checker.language.phrase_index import PhraseIndex
from checker.language.phrase_nodes import PhraseError
from checker.language.phrase_walk import NO_WORD, Positions, Walk
from checker.language.phrases import compile_phrase, fold, number_value, sure_words


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("side effects", "no side effects were seen", "side effects"),
        ("side-effects", "no side effects were seen", "side effects"),
        ("side-effects", "no side-effects", "side-effects"),
        ("5-/5", "strength was 5-/5", "5-/5"),
        ("5-/5", "strength was 5/5", None),
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
        ("[a] [b c]", "all of it may be left out"),
        ("a (b|[c])", "all of a wording"),
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
    (
        "pain relief improved improves improve's no not nt record side-effects sideeffects side effects it 12 (2015) "
        "2015 may 7/10 two thirty 50% on , improv-e improv_e b a can can't cannot t patient's patients patient s - ( _ "
        "emg/ncv "
        'emg ncv re-injury reinjury injury re jan 3, 2014 ; "no pain" 4-/5 4/5 '
        "1 200 7.5 1,200 30% 3/12 10-12 1/2/2015 20th march"
    ).split()
)
_BLANKS = st.sampled_from(
    [" ", " ", " ", " ", " ", "-", ", ", "'", "/", "_", "  ", ' "', ". ", " (", "; ", ".", ",", "% "]
)
_TEXTS = (
    "improv*", "no .. relief", "(pain|record) [no] relief", "side-effects", "<n>", "[no] it", "no record",
    "improv* pain", "(a b|a|not) (pain|it)", "not [so] it", "no [relief|a .. b] it",
    "<date> it", "[on] <date>", "<score>", "<n> (percent|%) relief", "pain [relief [improv*]]",
    "(pain|pain relief) [it]",
    "patient's pain", "(cannot|not) it", "emg/ncv", "re-injury [pain]", "(re|re-injur*) it", "no pain [.. relief]",
    "on <date>", "(a|[b] it)", "4-/5", "[-] no", "(it|no) ... pain .. relief", "it improv* no",
    "[<n>] pain", "(a|b) (a|b) (a|b)", "a .. (b|<date>)", "(no|a) (pain .. a|it)",
    "<n> (pain|<n> it)", "it <n>", "a <date> (pain|it)", "<n> % it",
)  # fmt: skip
_PHRASES = [*map(compile_phrase, _TEXTS), *(compile_phrase(p, over_no=False) for p in _TEXTS)]
_PHRASES += [compile_phrase(p, negatable=True) for p in ("(was|can) it", "it is pain", "has a [no] b")]


@given(st.lists(st.tuples(_WORDS, _BLANKS), max_size=14).map(lambda row: "".join(w + b for w, b in row)))
@settings(max_examples=500, deadline=None)
def test_the_index_finds_what_each_phrase_finds(text: str) -> None:
    text = fold(text)
    expected = [(n, *m.span()) for n, p in enumerate(_PHRASES) for m in p.pattern.finditer(text)]
    assert _INDEX.find(text) == expected


_INDEX = PhraseIndex(_PHRASES)


def test_the_index_forgets_steps_before_they_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.language.phrase_walk._MOST_STEPS", 3)
    index = PhraseIndex(_PHRASES)
    text = "no pain relief, a b a improves it on 3/4/2015 and no record of emg/ncv"
    assert index.find(text) == index.find(text) == _INDEX.find(text)


def test_words_that_count_as_the_same_have_one_number() -> None:
    walk = Walk(Positions([compile_phrase("improv* pain"), compile_phrase("<n> days")]), {0: 1, 1: 2})
    assert walk.number("improves") == walk.number("improving") != walk.number("pain")
    assert walk.number("other") == NO_WORD
    assert walk.number("seven") != walk.number("7")


def test_sure_words() -> None:
    def sure(text: str) -> tuple[tuple[str, ...], ...]:
        return sure_words(compile_phrase(text).nodes)

    assert sure("(no|without) .. documentation") == (("documentation",), ("no", "without"))
    assert sure("side-effects") == (("side*",),)
    assert sure("[any] (a b|c)") == (("a", "c"),)
    assert sure("for <score>") == (("for",), ("10",))
    months = tuple(f"{month[:3]}*" for month in MONTHS)
    assert sure("<date> note") == (("note",), ("#", *months))


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
