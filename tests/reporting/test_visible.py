import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.reporting.visible import as_log, folded, markup, plain, shortened

SHOWN_SIGNS = frozenset(
    map(chr, (*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD, *range(0x13430, 0x13440)))
)
"""Format characters that are drawn: number signs of Arabic and Syriac, joiners of hieroglyphs."""

ANY = st.text(st.characters(codec=None), max_size=80)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202eb", "a[RLO]b"),
        ("a\x1b[31mb", "a[ESC][31mb"),
        ("a\x00b", "a[NUL]b"),
        ("a\u200bb\u2066c\ufeff", "a[ZWSP]b[LRI]c[BOM]"),
        ("a\ud800b", "a[U+D800]b"),
        ("a\U000e0041b", "a[U+E0041]b"),
        ("tab\tline\nfeed\x0c", "tab\tline\nfeed\x0c"),
        ("caf\u00e9 \u2013 \ufffd", "caf\u00e9 \u2013 \ufffd"),
    ],
)
def test_hidden_characters_show_their_names(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(ANY)
def test_nothing_that_steers_a_terminal_or_breaks_utf8_is_left(text: str) -> None:
    shown = plain(text)
    shown.encode("utf-8")
    for character in shown:
        category = unicodedata.category(character)
        assert category != "Cs"
        assert category != "Cc" or character in "\t\n\x0b\x0c\r"
        assert category != "Cf" or character in SHOWN_SIGNS


@given(ANY)
def test_markup_escapes_everything(text: str) -> None:
    html = str(markup(text))
    for piece in html.replace('<b class="hidden-character" title="', "\0").replace("</b>", "\0").split("\0"):
        bare = piece.split('">', 1)[-1]
        assert "<" not in bare
        assert '"' not in bare


def test_markup_labels_a_hidden_character() -> None:
    assert markup("<\u202e>") == '&lt;<b class="hidden-character" title="right-to-left override">[RLO]</b>&gt;'


def test_folding_and_shortening() -> None:
    assert folded(" a \n\n b\u202e ") == "a b[RLO]"
    assert shortened("one two three", 20) == "one two three"
    assert shortened("one two, three four", 10) == "one two…"
    assert len(shortened("x" * 500, 100)) == 100


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("::stop-commands::x.txt: cannot be read", "- ::stop-commands::x.txt: cannot be read"),
        ("  ::error::x", "-   ::error::x"),
        ("a ##[error]x ##VSO[task.x]y ##teamcity[z", "a ## [error]x ## VSO[task.x]y ## teamcity[z"),
        ("a::b # 1 ## two", "a::b # 1 ## two"),
    ],
)
def test_no_line_of_a_log_is_a_command(line: str, told: str) -> None:
    assert as_log(line) == told
