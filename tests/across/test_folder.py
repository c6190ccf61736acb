"""The letters of fixtures/across: each known pair is found, nothing else is, and no order or copy changes it."""

import io
from collections.abc import Sequence

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from checker.batch.selection import Policy
from checker.batch.versions import Versions
from checker.model.findings import Judgement
from checker.pipeline import Checker
from checker.reporting.document import Format, Output, Run, write_checks
from tests.across.letters import EXPECTED, expected, found_among, told

VERSIONS = Versions("1.2.3", "ab" * 32, "reference reading", "for the test")


def written(checker: Checker, letters: Sequence[Judgement]) -> dict[str, str]:
    """The lines of ``check --format jsonl`` by letter."""
    out = io.StringIO()
    with checker.across() as across:  # type: ignore[union-attr]
        write_checks(letters, [Output(Format.JSONL, out)], Run(Policy(), VERSIONS, across))
    lines = out.getvalue().splitlines()
    assert len(lines) == len(letters)
    return {letter.facts.determination.source.doc: line for letter, line in zip(letters, lines, strict=True)}


def test_exactly_the_known_pairs_are_found(checker: Checker, judged: Sequence[Judgement]) -> None:
    assert told(found_among(checker, judged)) == expected()


def test_every_other_letter_is_a_trap_that_was_not_stepped_into(judged: Sequence[Judgement]) -> None:
    docs = {letter.facts.determination.source.doc for letter in judged}
    assert docs == {row[0] for row in expected()} | EXPECTED["traps"].keys()


def test_a_letter_alone_has_no_finding_across_letters(checker: Checker, judged: Sequence[Judgement]) -> None:
    assert [found_among(checker, [letter]) for letter in judged] == [{}] * len(judged)


@settings(max_examples=12, phases=(Phase.generate,), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_order_of_the_letters_changes_a_byte(
    checker: Checker, judged: Sequence[Judgement], data: st.DataObject
) -> None:
    shuffled = data.draw(st.permutations(judged))
    assert written(checker, shuffled) == written(checker, judged)


def test_letters_given_twice_change_nothing(checker: Checker, judged: Sequence[Judgement]) -> None:
    once, twice = found_among(checker, judged), found_among(checker, [*judged, *judged])
    assert {d: [f.message for f in fs] for d, fs in once.items()} == {
        d: [f.message for f in fs] for d, fs in twice.items()
    }


def test_how_often_each_outcome_occurs_is_told(checker: Checker, judged: Sequence[Judgement]) -> None:
    (finding,) = found_among(checker, judged)["back-mri-refused"]
    assert "1 of 1 like case was decided otherwise (1 approved, 1 refused;" in finding.message
    assert "distance 0): back-mri-approved, item 1 (overturned, distance 0)" in finding.message


def test_the_distance_of_near_neighbours_is_told(checker: Checker, judged: Sequence[Judgement]) -> None:
    (finding,) = found_among(checker, judged)["shoulder-mri-refused"]
    assert "distance 0.333" in finding.message
    assert "A red flag" in finding.message
    assert finding.beside[0].why == "distance 0.333"


def test_both_letters_are_quoted(checker: Checker, judged: Sequence[Judgement]) -> None:
    texts = {letter.facts.determination.source.doc: letter.facts.determination.source.raw for letter in judged}
    for doc, findings in found_among(checker, judged).items():
        for finding in findings:
            assert all(texts[doc][e.span.start : e.span.end].strip() for e in finding.evidence)
            for beside in finding.beside:
                assert beside.doc != doc
                assert len(beside.quotes) >= 2
                for words in beside.quotes:
                    assert " ".join(texts[beside.doc][words.start : words.end].split()) == words.text


def test_what_does_not_fit_is_named_with_the_words_of_the_summary(
    checker: Checker, judged: Sequence[Judgement]
) -> None:
    (finding,) = found_among(checker, judged)["norco-borrowed-reasons"]
    assert "do not fit this case (FAC001, FAC005), though they fit the other" in finding.message
    assert {e.part.value for e in finding.evidence} == {"rationale", "summary"}


def test_a_fingerprint_outlasts_the_letters_beside_it(checker: Checker, judged: Sequence[Judgement]) -> None:
    docs = {"norco-borrowed-reasons", "norco-own-reasons-again"}
    few = [letter for letter in judged if letter.facts.determination.source.doc in docs]
    (all_,) = found_among(checker, judged)["norco-borrowed-reasons"]
    (alone,) = found_among(checker, few)["norco-borrowed-reasons"]
    assert all_.beside[0].doc != alone.beside[0].doc
    assert all_.fingerprint == alone.fingerprint
