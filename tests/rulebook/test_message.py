"""The sentence of a finding."""

from pathlib import Path

import pytest

from checker.rulebook import Rulebook
from checker.rulebook.message import MessageError, compiled
from tests.rulebook.folder import loaded

FACTS = {
    "item.label": "Walks <b>&</b>",
    "item.visits": 6,
    "rationale.pain-relief": "not_documented",
    "decision.outcome": "upheld",
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Rulebook:
    return loaded(tmp_path_factory.mktemp("rules"))


def rendered(book: Rulebook, text: str) -> str:
    message = compiled(text, book.vocabulary, book.parameters)
    return message.render(FACTS.__getitem__, {"walks.total_max": 10}.__getitem__, ["item.visits", "decision.outcome"])


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Plain.", "Plain."),
        ("{{ item.label }} of {{ item.visits }}", "Walks <b>&</b> of 6"),
        ('{{ rationale["pain-relief"] | spoken }}', "not documented"),
        ("{{ because | join(', ') }}", "item.visits, decision.outcome"),
        ("{{ because[0] }}", "item.visits"),
        ('at most {{ parameter("walks.total_max") }}', "at most 10"),
        ("{% if item.visits > 5 %}many{% else %}few{% endif %}", "many"),
        ("{{ 'a' if item.visits == 5 or not decision.outcome == 'upheld' else 'b' }}", "b"),
        ("a\n   b\t c", "a b c"),
        ("{{ decision.outcome | capitalize }}{{ decision.outcome | upper | lower | replace('held', '') }}", "Upheldup"),
    ],
)
def test_what_is_allowed(book: Rulebook, text: str, sentence: str) -> None:
    assert rendered(book, text) == sentence


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{{ item }}", "item is not in the vocabulary"),
        ("{{ item.x.y }}", "item.x.y is not in the vocabulary"),
        ("{{ item.visits.__class__ }}", "item.visits.__class__ is not in the vocabulary"),
        ("{{ ''.__class__.__mro__ }}", "the message cannot be built"),
        ("{{ range(9) }}", "the only call allowed"),
        ("{{ parameter }}", "parameter is only good for"),
        ("{{ parameter('walks.total_max') }} {{ parameter }}", "parameter is only good for"),
        ("{{ parameter | upper }}", "parameter is only good for"),
        ("{{ parameter('walks.total_max', 1) }}", "the only call allowed"),
        ("{{ parameter(item.label) }}", "the only call allowed"),
        ("{{ parameter(name='walks.total_max') }}", "the only call allowed"),
        ("{{ 'a' * 99999999 }}", "mul is not allowed"),
        ("{{ 9 ** 9 ** 9 }}", "pow is not allowed"),
        ("{% for a in because %}{% endfor %}", "for is not allowed"),
        ("{% set a = 1 %}", "assign is not allowed"),
        ("{% include 'x' %}", "include is not allowed"),
        ("{% macro a() %}{% endmacro %}", "macro is not allowed"),
        ("{{ item.visits is defined }}", "test is not allowed"),
        ("{{ item.label | attr('upper') }}", "is no template"),
        ("{% if item.visits > 7 %}x{% endif %}", "the message is empty"),
        ("{{ item.visits < item.label }}", "the message cannot be built"),
        ("{{ because[9] }}", "the message cannot be built"),
        # What would take for ever or fill the memory, at the latest when the rules are loaded.
        ("{{ 9 ** (9 ** 9) }}", "pow is not allowed"),
        ('{{ "aaaaaaaaaa"' + '|replace("a", "aaaaaaaaaa")' * 12 + " }}", "the message cannot be built"),
        ("{{ item.label" + "|join('abababab')" * 12 + " }}", "the message cannot be built"),
        ("{{ " + "(" * 1900 + "1" + ")" * 1900 + " }}", "nested too deeply"),
        ("{{ " + "not " * 900 + "1 }}", "nested too deeply"),
        ("x" * 5000, "is longer than"),
        # What would reach into the program, by every road that has led out of a sandbox before.
        ("{{ because.__class__ }}", "the message cannot be built"),
        ("{{ because['__class__'] }}", "the message cannot be built"),
        ("{{ parameter.__globals__ }}", "the message cannot be built|is only good for"),
        ("{{ self.__init__ }}", "self.__init__ is not in the vocabulary"),
        ("{{ cycler }}", "cycler is not in the vocabulary"),
        ("{{ lipsum.__globals__['os'].popen('id') }}", "the only call allowed"),
        ("{{ ''.format(because) }}", "the only call allowed"),
        ("{{ item.label|format(because) }}", "is no template"),
        ("{{ item.label|map('upper') }}", "is no template"),
        ("{% import 'os' as os %}x", "is not allowed"),
        ("{% extends 'x' %}", "is not allowed"),
        ("{{ item.label", "is no template"),
        ("   ", "the message is empty"),
    ],
)
def test_what_is_not(book: Rulebook, text: str, problem: str) -> None:
    with pytest.raises(MessageError, match=problem):
        rendered(book, text)


def test_an_error_does_not_quote_a_fact(book: Rulebook) -> None:
    with pytest.raises(MessageError) as caught:
        rendered(book, "{{ item.visits < item.label }}")
    assert "Walks" not in str(caught.value)


def test_every_rule_has_its_message(tmp_path: Path) -> None:
    book = loaded(tmp_path)
    assert set(book.messages) == {rule.id for rule in book.rules}
