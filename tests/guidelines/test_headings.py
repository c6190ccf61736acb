"""Headings are found by their words, whatever the order, case, plural, hyphen or small typo."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge.headings import Heading, HeadingIndex, tokens, words

INDEX = HeadingIndex(
    [
        Heading("relaxers", "Muscle relaxants (for pain)"),
        Heading("criteria", "Opioids, criteria for use"),
        Heading("opioids", "Opioids"),
        Heading("dosing", "Opioids, dosing"),
        Heading("risk", "NSAIDs, GI symptoms & cardiovascular risk"),
        Heading("nsaids", "NSAIDs (non-steroidal anti-inflammatory drugs)"),
        Heading("soma", "Carisoprodol (Soma)"),
        Heading("weaning", "Weaning of medications"),
        Heading("dependence", "Benzodiazepine dependence, maintenance"),
        Heading("benzos", "Benzodiazepines"),
        Heading("depression", "Anti-depressants for chronic pain"),
        Heading("evaluations", "Psychological evaluations"),
        Heading("treatment", "Psychological treatment"),
    ],
    {"criteria": "opioids", "dosing": "opioids", "risk": "nsaids"},
)


@pytest.mark.parametrize(
    ("sections", "entries"),
    [
        (["Muscle relaxants (for pain)"], ["relaxers"]),
        (["MUSCLE RELAXANT"], ["relaxers"]),
        (["Criteria for use of opioids"], ["criteria"]),
        (["opioids", "criteria for use"], ["criteria"]),
        (["Opioids, Weaning of Medications"], ["opioids", "weaning"]),
        (["Weaning Medications"], ["weaning"]),
        (["NSAIDs", "GI symptoms & cardiovascular risk"], ["risk"]),
        (["NSAIDs; Opioids, dosing"], ["nsaids", "dosing"]),
        (["Soma"], ["soma"]),
        (["Benzodiazepines, Benzodiazepine dependence, maintenance"], ["benzos", "dependence"]),
        (["antidepressants for chronic pain"], ["depression"]),
        (["Anti- depressants for chronic pain"], ["depression"]),
        (["Muscel relaxants"], ["relaxers"]),
        (["Carisoprodal (Soma)"], ["soma"]),
        (["Psychological evaluations", "Psychological treatment"], ["evaluations", "treatment"]),
        (["non-sedating muscle relaxants"], ["relaxers"]),
        (["low back pain"], [""]),
        (["Something else entirely"], [""]),
        (["pain"], [""]),
        ([], []),
    ],
)
def test_found_by_words(sections: list[str], entries: list[str]) -> None:
    assert [cited.entry for cited in INDEX.find(sections)] == entries


def test_a_heading_found_word_for_word_is_exact() -> None:
    assert INDEX.find(["Criteria for use of opioids"])[0].exact
    assert not INDEX.find(["sedating muscle relaxants in general"])[0].exact


def test_short_words_are_not_corrected() -> None:
    index = HeadingIndex([Heading("tens", "TENS"), Heading("pens", "PENS")], {})
    assert [cited.entry for cited in index.find(["TENS", "PENS", "LENS"])] == ["tens", "pens", ""]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Office Visits", ["office", "visit"]),
        ("Patches and studies", ["patch", "study"]),
        ("On-going management", ["ongoing", "management"]),
        ("Diagnosis", ["diagnosis"]),
        ("3.3.6 Use of CURES", ["3.3.6", "use", "cure"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected
    assert tokens(text) == frozenset(expected)


@given(st.lists(st.text(max_size=200), max_size=5))
def test_any_text_is_looked_up(sections: list[str]) -> None:
    known = {"", "relaxers", "criteria", "opioids", "dosing", "risk", "nsaids", "soma", "weaning", "dependence"}
    known |= {"benzos", "depression", "evaluations", "treatment"}
    assert {cited.entry for cited in INDEX.find(sections)} <= known


def test_a_very_long_section_is_looked_up_in_linear_time() -> None:
    assert len(INDEX.find([", ".join(["opioids"] * 20_000)])) == 20_000
