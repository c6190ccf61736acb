"""The words of an MTUS citation lead to its edition and topics; what they leave open stays open."""

import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge.citing import Window, resolve
from checker.knowledge.guidelines import Guidelines

PAIN_2009, PAIN_2016, OPIOIDS = "mtus-chronic-pain-2009", "mtus-chronic-pain-2016", "mtus-opioids-2016"


def day(year: int, month: int = 6, of_month: int = 1) -> datetime.date:
    return datetime.date(year, month, of_month)


@pytest.mark.parametrize(
    ("chapter", "year", "edition"),
    [
        ("Chronic Pain Medical Treatment", 2009, PAIN_2009),
        ("Chronic Pain Medical Treatment", 2016, PAIN_2016),
        ("Chronic Pain Treatment Guidelines", 2016, PAIN_2016),
        ("CHRONIC PAIN MEDICAL TREATMENT GUIDELINES", 2009, PAIN_2009),
        ("Opioid Treatment", 2016, OPIOIDS),
        ("Opioids Treatment Guidelines", None, OPIOIDS),
        ("Acupuncture Treatment", 2007, "mtus-acupuncture-2007"),
        ("Postsurgical Treatment Guidelines", None, "mtus-postsurgical-2009"),
        ("Post-surgical Treatment", 2009, "mtus-postsurgical-2009"),
        ("Neck and Upper Back Complaints", 2004, "mtus-neck-2004"),
        ("Low Back Complaints", 2004, "mtus-low-back-2004"),
        ("Shoulder Complaints", None, "mtus-shoulder-2004"),
        ("Sholder Complaints", None, "mtus-shoulder-2004"),
        ("Elbow Complaints", 2007, "mtus-elbow-2007"),
        ("Elbow Complaints", 2004, "mtus-elbow-2007"),
        ("Forearm, Wrist, and Hand Complaints", 2004, "mtus-hand-2004"),
        ("Ankle and Foot Complaints", 2004, "mtus-ankle-foot-2004"),
        ("Knee Complaints", 2004, "mtus-knee-2004"),
        ("Stress-Related Conditions", 2004, "mtus-stress-2004"),
        ("Stress Related Conditions", 2004, "mtus-stress-2004"),
        ("General Approaches", 2004, "mtus-general-approaches-2004"),
        ("ACOEM Practice Guidelines, 2nd Edition (2004), Chapter 12", 2004, "mtus-low-back-2004"),
        ("ACOEM Guidelines, Chapter 8", None, "mtus-neck-2004"),
    ],
)
def test_edition_by_name_and_year(guidelines: Guidelines, chapter: str, year: int | None, edition: str) -> None:
    found = resolve(guidelines, chapter=chapter, year=year).edition
    assert found is not None
    assert found.id == edition


def test_an_edition_without_a_year_is_told_by_its_pages(guidelines: Guidelines) -> None:
    found = resolve(guidelines, chapter="Chronic Pain Treatment Guidelines", sections=["Opioids"], pages=[(78, 80)])
    assert found.edition is not None
    assert (found.edition.id, found.basis) == (PAIN_2009, "pages")


def test_pages_do_not_tell_an_edition_that_the_date_rules_out(guidelines: Guidelines) -> None:
    window = Window(day(2017), day(2017))
    found = resolve(guidelines, chapter="Chronic Pain Treatment Guidelines", pages=[(78, 80)], window=window)
    assert (found.edition and found.edition.id, found.basis) == (PAIN_2016, "date")


def test_an_edition_without_a_year_is_told_by_a_date_inside_the_citation(guidelines: Guidelines) -> None:
    raw = "MTUS (Effective July 18, 2009)"
    found = resolve(guidelines, chapter="Chronic Pain Medical Treatment Guidelines", raw=raw)
    assert (found.edition and found.edition.id, found.basis) == (PAIN_2009, "sign")


@pytest.mark.parametrize(
    ("window", "editions"),
    [
        (Window(day(2014), day(2014)), [PAIN_2009]),
        (Window(day(2016, 12), day(2016, 12)), [PAIN_2016]),
        (Window(day(2016, 7, 1), day(2016, 8, 30)), [PAIN_2009, PAIN_2016]),
        (Window(), [PAIN_2009, PAIN_2016]),
        (Window(day(2014), None), [PAIN_2009, PAIN_2016]),
        (Window(None, day(2014)), [PAIN_2009]),
    ],
)
def test_an_edition_without_a_year_is_told_by_the_request(
    guidelines: Guidelines, window: Window, editions: list[str]
) -> None:
    found = resolve(guidelines, chapter="Chronic Pain Treatment Guidelines", sections=["Biofeedback"], window=window)
    assert [edition.id for edition in found.editions] == editions
    assert (found.edition is None) == (len(editions) > 1)


def test_a_year_that_no_edition_has_decides_nothing(guidelines: Guidelines) -> None:
    found = resolve(guidelines, chapter="Chronic Pain Medical Treatment", year=2011)
    assert found.edition is None
    assert not found.year_known


@pytest.mark.parametrize(
    ("chapter", "year", "sections", "topics"),
    [
        ("Chronic Pain Treatment", 2009, ["Criteria for use of opioids"], ["opioids-criteria"]),
        ("Chronic Pain Treatment", 2009, ["Opioids", "criteria for use"], ["opioids-criteria"]),
        ("Chronic Pain Treatment", 2009, ["Opioids, Weaning of Medications"], ["opioids", "weaning"]),
        ("Chronic Pain Treatment", 2009, ["Muscle relaxants"], ["muscle-relaxants"]),
        ("Chronic Pain Treatment", 2009, ["Antiepilepsy drugs"], ["aeds"]),
        ("Chronic Pain Treatment", 2009, ["Physical Medicine Guidelines"], ["physical-medicine"]),
        ("Chronic Pain Treatment", 2009, ["Proton pump inhibitors"], ["nsaids-gi-cv"]),
        ("Chronic Pain Treatment", 2009, ["Topical Analgesics, Compounded"], ["topical-analgesics"]),
        ("Chronic Pain Treatment", 2009, ["TENS"], ["tens"]),
        ("Chronic Pain Treatment", 2016, ["Electro-diagnostic testing (EMG/NCS)"], ["electrodiagnostic"]),
        ("Chronic Pain Treatment", 2016, ["Physical medicine"], ["physical-medicine"]),
        ("Low Back Complaints", 2004, ["Inital Care", "Physical Methods"], ["initial-care", "physical-methods"]),
        (
            "Opioid Treatment",
            2016,
            ["3.3.6 Opioids for Chronic Pain: Use of Urine Drug Testing (UDT)"],
            ["opioid-3-3-6"],
        ),
        ("Opioid Treatment", 2016, ["1.4 Opioids for Acute Pain: Opioids for Post-operative Pain"], ["opioid-1-4"]),
        ("Opioid Treatment", 2016, ["Tapering Opioids"], ["opioid-4"]),
        ("Opioid Treatment", 2016, ["4.2"], ["opioid-4-2"]),
        ("Postsurgical Treatment", 2009, ["Forearm, Wrist, & Hand", "Knee"], ["forearm-wrist-hand", "knee"]),
    ],
)
def test_topics(guidelines: Guidelines, chapter: str, year: int, sections: list[str], topics: list[str]) -> None:
    found = resolve(guidelines, chapter=chapter, year=year, sections=sections)
    assert [topic.id for topic in found.topics] == topics
    assert found.complete


def test_a_topic_where_the_chapter_is_expected(guidelines: Guidelines) -> None:
    found = resolve(guidelines, chapter="California MTUS Guidelines, Carisoprodol", pages=[(29, 29)])
    assert found.family == "chronic-pain"
    assert [topic.id for topic in found.topics] == ["carisoprodol"]


def test_numbers_of_regulations_are_no_section(guidelines: Guidelines) -> None:
    sections = ["8 C.C.R. 9792.20 - 9792.26", "MTUS (Effective July 18, 2009)"]
    found = resolve(guidelines, chapter="Chronic Pain Treatment Guidelines", sections=sections, raw=" ".join(sections))
    assert found.cited == ()
    assert found.complete


@pytest.mark.parametrize(
    ("section", "wrong"),
    [
        ("3.3.6 Opioids for Chronic Pain: Use of Urine Drug Testing (UDT)", ""),
        ("3.3.4 Opioids for Chronic Pain: Use of Urine Drug Testing (UDT)", "3.3.4"),
        ("3.9 Opioids for Chronic Pain: Use of Urine Drug Testing (UDT)", "3.9"),
        ("3.3.1.7 Opioids for Chronic Pain: Something finer", ""),
        ("4 Tapering Opioids: Methods for Tapering Opioids", ""),
    ],
)
def test_section_numbers(guidelines: Guidelines, section: str, wrong: str) -> None:
    (cited,) = resolve(guidelines, chapter="Opioid Treatment", year=2016, sections=[section]).cited
    assert cited.wrong_number == wrong


def test_a_heading_of_the_other_edition_is_absent(guidelines: Guidelines) -> None:
    (cited,) = resolve(guidelines, chapter="Chronic Pain", year=2016, sections=["Opioids, criteria for use"]).cited
    assert cited.topic is None
    assert cited.absent is not None
    assert cited.absent.mark == "recalled"


def test_a_bare_number_is_no_section(guidelines: Guidelines) -> None:
    found = resolve(guidelines, chapter="Knee Complaints", year=2004, sections=["412"])
    assert found.bare_numbers == ("412",)
    assert not found.complete


@pytest.mark.parametrize("chapter", ["", "Journal of Hand Therapy", "Cooking for two", "§§"])
def test_words_that_fit_nothing(guidelines: Guidelines, chapter: str) -> None:
    found = resolve(guidelines, chapter=chapter, sections=["Anything"])
    assert all(cited.topic is None for cited in found.cited)


CITATIONS = st.fixed_dictionaries(
    {
        "chapter": st.text(max_size=300),
        "year": st.none() | st.integers(),
        "sections": st.lists(st.text(max_size=120), max_size=4),
        "pages": st.lists(st.tuples(st.integers(-5, 10_000), st.integers(-5, 10_000)), max_size=4),
        "raw": st.text(max_size=300),
        "window": st.builds(Window, st.dates() | st.none(), st.dates() | st.none()),
    }
)


@given(CITATIONS)
def test_any_citation_is_resolved(guidelines: Guidelines, citation: dict[str, Any]) -> None:
    once = resolve(guidelines, **citation)
    again = resolve(guidelines, **citation)
    assert once == again
    assert all(edition.family == once.family for edition in once.editions)
