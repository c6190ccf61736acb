"""What templates print is escaped, whatever was printed before it."""

from pathlib import Path
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from checker.reporting.environment import environment

SOURCE = "{% for value in values %}{{ value }}|{% endfor %}"
ENGINE = environment(Path())
WORDS = st.one_of(st.text(max_size=8), st.sampled_from(["<b>", "&amp;", "'\"", "", "1"]))


class Words(str):
    """A string of another class."""

    __slots__ = ()


@given(st.lists(WORDS, max_size=6), st.randoms())
def test_words_are_escaped_once_and_markup_not_at_all_in_any_order(words: list[str], chance: Random) -> None:
    values: list[object] = [*words, *map(Markup, words), *map(Words, words), 1, 1.0, True, None]
    chance.shuffle(values)
    printed = ENGINE.from_string(SOURCE).render(values=values)
    assert printed == "".join(f"{escape(value)}|" for value in values)


def test_a_macro_prints_markup_and_its_words_escaped() -> None:
    template = ENGINE.from_string("{% macro one(word) %}<i>{{ word }}</i>{% endmacro %}{{ one('<') }}{{ one('<'|e) }}")
    assert template.render() == "<i>&lt;</i><i>&lt;</i>"


def test_escaping_can_be_switched_off_for_a_stretch_by_jinja_itself() -> None:
    template = ENGINE.from_string("{% autoescape off %}{{ word }}{% endautoescape %}{{ word }}")
    assert template.render(off=False, word="<") == "<&lt;"
    assert template.render(off=True, word="<") == "&lt;&lt;"


def test_the_templates_escape_with_what_is_remembered() -> None:
    assert "environment.escaped(" in str(ENGINE.compile(SOURCE, raw=True))
