"""Mutations keep what they claim: each edit on examples of its own, and what all have in common on the whole set."""

import re

import pytest

from checker.language.phrases import fold
from tests.observing.mutations import MUTATIONS, mutated, mutations
from tests.observing.regression_set import the_set

TEXTS = [s.text for s in the_set().statements]

EXAMPLES = [
    ("another noun for the worker", "The patient sleeps well.", "The injured worker sleeps well."),
    ("another noun for the worker", "This is a claimant of 40.", "This is an applicant of 40."),
    ("another noun for the worker", "An employee limps.", "A patient limps."),
    ("another noun for the worker", "The worker's knee, the worker says.", "The patient's knee, the patient says."),
    ("a noun for the pronoun", "He limps, and he knows.", "The applicant limps, and he knows."),
    ("a pronoun for the noun", "The patient cooks.", "She cooks."),
    ("a pronoun for the noun", "In this case the worker hurt his knee.", "In this case he hurt his knee."),
    ("the other sex", "He hurt his knee; nobody helped him.", "She hurt her knee; nobody helped her."),
    ("another name for the record", "The records do not say.", "The file does not say."),
    ("another name for the record", "The chart lacks scores.", "The documentation lacks scores."),
    ("another name for the record", "It is not in the medical file.", "It is not in the submitted notes."),
    ("another tense", "Relief is not documented.", "Relief was not documented."),
    ("another tense", "Gains have not been described.", "Gains were not described."),
    ("another tense", "The note does not mention sleep.", "The note did not mention sleep."),
    ("another tense", "There is no mention of sleep.", "There was no mention of sleep."),
    ("active to passive", "The notes do not document gains.", "Gains were not documented in the notes."),
    ("active to passive", "The provider failed to mention sleep.", "Sleep was not mentioned by the provider."),
    ("active to passive", "There is no description of a trial of it.", "Trial of it was not described."),
    ("active to passive", "The file does not state pain, or mood.", "Pain and mood were not stated in the file."),
    ("active to passive", "Here the file did not note weight.", "Here weight was not noted in the file."),
    ("passive to active", "Gains were not documented.", "The records do not document gains."),
    ("passive to active", "MRI results have not been described.", "The records do not describe MRI results."),
    ("passive to active", "Sleep was not noted by the treating doctor.", "The treating doctor does not note sleep."),
    ("another order", "In this case, sleep is poor.", "Sleep is poor in this case."),
    ("another order", "Sleep is poor in this case.", "In this case, sleep is poor."),
    ("contraction", "It does not help and cannot.", "It doesn't help and can't."),
    ("contraction", "It wasn't tried.", "It was not tried."),
    ("typographic quotes", "The worker's \"bad\" knee.", "The worker’s “bad” knee."),
    ("drug in capitals", "He takes Norco daily.", "He takes NORCO daily."),
    ("another word for the drug", "The drug helps.", "The medication helps."),
    ("but and however", "It hurts, but he works.", "It hurts; however, he works."),
    ("but and however", "It hurts; however, he works.", "It hurts, but he works."),
]  # fmt: skip

LEFT_ALONE = [
    ("another noun for the worker", "Patients and patient education matter."),
    ("a noun for the pronoun", "The doctor saw the shed."),
    ("a pronoun for the noun", "He told her, and the patient left."),
    ("a pronoun for the noun", "The patient's knee hurts."),
    ("a pronoun for the noun", "The patient told him of her knee."),
    ("the other sex", "He hurt her knee."),
    ("another name for the record", "There is no documentation of sleep."),
    ("another name for the record", "The chart tells it."),
    ("another tense", "Pain was 7 with and 3 without."),
    ("active to passive", "The notes do not document that he slept."),
    ("active to passive", "There is no doubt."),
    ("passive to active", "No gains were not documented."),
    ("passive to active", "What helped was not documented."),
    ("another order", "In these cases rest helps."),
    ("contraction", "No help came."),
    ("typographic quotes", "Nothing to set."),
    ("drug in capitals", "He takes the tablets."),
    ("another word for the drug", "The drug screen was clean."),
    ("but and however", "Mentioned, but not measured."),
]


@pytest.mark.parametrize(("name", "before", "after"), EXAMPLES)
def test_an_edit(name: str, before: str, after: str) -> None:
    assert MUTATIONS[name](before) == after


@pytest.mark.parametrize(("name", "text"), LEFT_ALONE)
def test_what_an_edit_leaves_alone(name: str, text: str) -> None:
    assert MUTATIONS[name](text) in (None, text)


def test_every_edit_has_examples_of_both_kinds() -> None:
    assert {name for name, *_ in EXAMPLES} == set(MUTATIONS)
    assert {name for name, _ in LEFT_ALONE} == set(MUTATIONS)


def test_what_all_edits_keep() -> None:
    """Numbers stay; the sentence stays one, with its end; the same sentence gives the same edits."""
    seen = 0
    for text in TEXTS:
        made = list(mutations(text))
        assert made == list(mutations(text))
        several = mutated(text)
        assert several == mutated(text)
        assert (several is None) == (not made)
        for mutation in [*made, *([several] if several else [])]:
            assert mutation.text != text
            assert re.findall(r"\d+", mutation.text) == re.findall(r"\d+", text)
            assert mutation.text[-1] in (text[-1], "”")
            assert not mutation.text[0].islower() or text[0].islower()
            assert "  " not in mutation.text
            seen += 1
    assert seen > 400


def test_an_edit_and_its_opposite_never_meet() -> None:
    for text in TEXTS:
        done = mutated(text)
        names = set(done.name.split(" + ")) if done else set()
        assert len(names) <= 3
        assert not {"active to passive", "passive to active"} <= names
        assert not {"a noun for the pronoun", "a pronoun for the noun"} <= names


def test_quotes_and_capitals_are_nothing_to_the_matcher() -> None:
    for text in ('The worker\'s "bad" knee.', "He takes Norco daily."):
        for name in ("typographic quotes", "drug in capitals"):
            assert fold(MUTATIONS[name](text) or text) == fold(text)
