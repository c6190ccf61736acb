"""The regression set of sentences: statuses and roles."""

from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from tests.observing.regression_set import (
    Rationale,
    Statement,
    load,
    read_roles,
    read_statement,
    the_set,
)
from tests.shipped import the_idiom

IDIOM = the_idiom()
SET = the_set()


def case_of(entry: Statement | Rationale) -> ParameterSet:
    """What is known to be misread must be misread: once it is not, its mark has to go."""
    name = f"{entry.concept}: {entry.text}" if isinstance(entry, Statement) else entry.name
    marks = [pytest.mark.xfail(reason=entry.open, strict=True)] if entry.open else []
    return pytest.param(entry, id=name, marks=marks)


@pytest.mark.parametrize("case", [case_of(s) for s in SET.statements])
def test_status(case: Statement) -> None:
    read = read_statement(case, IDIOM)
    assert read.status == case.status, read.cues
    for quote in read.quotes:
        assert quote.strip() == quote != ""


@pytest.mark.parametrize("rationale", [case_of(r) for r in SET.rationales])
def test_roles(rationale: Rationale) -> None:
    assert [role for role, _ in read_roles(rationale, IDIOM)] == [role for role, _ in rationale.sentences]


def test_every_phrase_of_the_lexicon_compiles() -> None:
    IDIOM.index.warm()


GOOD = "{part: summary, concept: spasm, status: denied, text: There is no spasm.}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sentence: []", "it holds sentences"),
        ("[]", "it holds sentences"),
        (f"sentences: [{GOOD}, {GOOD.replace('denied', 'unclear')}]", "unclear, in a.yaml denied"),
        (f"sentences: [{GOOD.replace('denied', 'refused')}]", "no status is called refused"),
        (f"sentences: [{GOOD.replace('spasm,', 'spams,')}]", "no concept is called spams"),
        (f"sentences: [{GOOD.replace('summary', 'header')}]", "summary or rationale, not header"),
        (f"sentences: [{GOOD.replace('text', 'words')}]", "it has part, concept, status and text"),
        (f"sentences: [{GOOD}]\nfirst_try: {{statuses: 1 of 1}}", "first_try has statuses and roles"),
        (f"sentences: [{GOOD}]\nfirst_try: {{statuses: 1 of 1, roles: most}}", "written as in '69 of 98', not most"),
        ("rationales: [{name: a}]", "it has name and sentences"),
        ("rationales: [{name: a, sentences: [[verdict, So be it.]]}]", "no role is called verdict"),
    ],
)
def test_a_mistake_in_the_set_is_named(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "a.yaml").write_text(text, "utf-8")
    with pytest.raises(ValueError, match=said):
        load(tmp_path, {"spasm": None})


def test_files_are_joined_in_the_order_of_their_names_each_sentence_once(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(f"sentences: [{GOOD}]\nrationales: [{{name: x, sentences: [[case, He sat.]]}}]")
    (tmp_path / "a.yaml").write_text(f"sentences: [{GOOD.replace('no spasm', 'spasm').replace('denied', 'unclear')}]")
    (tmp_path / "c.yaml").write_text(f"sentences: [{GOOD}]")
    held = load(tmp_path, {"spasm": None})
    assert [(s.file, s.status) for s in held.statements] == [("a.yaml", "unclear"), ("b.yaml", "denied")]
    assert held.rationales == (Rationale("b.yaml", "x", (("case", "He sat."),)),)
