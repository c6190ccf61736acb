"""Facts about guideline lines: pages, subject, part of the body, sources outside the MTUS."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge.guidelines import Guidelines
from checker.knowledge.lexicon import Lexicon
from checker.knowledge.resources import rules_folder
from checker.knowledge.vocabulary import load_vocabulary
from checker.model.facts import Part
from checker.observing.citations import citation_facts, citation_letter_facts
from checker.observing.letter import LetterDates
from tests.observing.drafts import NO_DATES, PAIN, Pages, cite, dates, observed, one_item

# --- pages


@pytest.mark.parametrize(
    ("request_", "sections", "pages", "fit", "mark"),
    [
        ("Norco 10/325mg #60", ["Opioids, criteria for use"], [(76, 80)], "inside", "none"),
        ("Norco 10/325mg #60", ["Opioids"], [(74, 96)], "inside", "none"),
        ("Norco 10/325mg #60", ["Opioids, criteria for use"], [(88, 89)], "near", "none"),
        ("Norco 10/325mg #60", ["Opioids, criteria for use"], [(30, 34)], "outside", "verified"),
        ("Norco 10/325mg #60", ["Opioids", "Weaning of medications"], [(74, 95), (124, 124)], "inside", "none"),
        ("Norco 10/325mg #60", ["Opioids"], [(78, 78), (124, 124)], "near", "none"),
        ("Norco 10/325mg #60", ["Opioids, an unheard-of heading"], [(7, 7)], "unknown", "none"),
        ("Flexeril 10mg #30", ["Muscle relaxants (for pain)"], [(91, 93)], "outside", "verified"),
        ("Flexeril 10mg #30", ["Cyclobenzaprine (Flexeril)"], [(64, 64)], "near", "none"),
        ("Topical cream", ["Topical analgesics"], [(63, 66)], "outside", "verified"),
        ("Topical cream", ["Topical analgesics"], [(118, 120)], "outside", "recalled"),
        ("Naproxen 550mg #60", ["NSAIDs"], [(67, 73)], "inside", "none"),
        ("Naproxen 550mg #60", ["NSAIDs"], [(74, 75)], "near", "none"),
        ("Gabapentin 600mg #90", ["Anti-epilepsy drugs (AEDs)"], [(16, 19)], "inside", "none"),
        ("Gabapentin 600mg #90", ["Anti-epilepsy drugs (AEDs)"], [(49, 49)], "near", "none"),
        ("Physical therapy, 8 visits", ["Physical medicine"], [(98, 99)], "inside", "none"),
        ("Physical therapy, 8 visits", ["Physical medicine"], [(58, 60)], "outside", "verified"),
        ("Physical therapy, 8 visits", ["Physical medicine"], [], "none", "none"),
        ("Chiropractic, 6 visits", ["Manual therapy & manipulation"], [(103, 4)], "outside", "verified"),
        ("Lidoderm patch #30", [], [(56, 57)], "inside", "none"),
        ("Lidoderm patch #30", [], [(98, 99)], "unknown", "none"),
    ],
)
def test_pages_against_topics(
    *, guidelines: Guidelines, lexicon: Lexicon, request_: str, sections: list[str], pages: Pages, fit: str, mark: str
) -> None:
    category = "topical" if "cream" in request_ else "physical-medicine" if "visits" in request_ else "medication"
    facts = observed(one_item(lexicon, request_, category, cite(sections=sections, pages=pages)), guidelines)
    assert (facts["cite.page_fit"].value, facts["cite.page_mark"].value) == (fit, mark), facts["cite.page_told"].value


def test_pages_outside_show_the_words_and_where_the_topic_stands(guidelines: Guidelines, lexicon: Lexicon) -> None:
    letter = one_item(lexicon, "Norco 5/325mg", "medication", cite(sections=["Opioids, dosing"], pages=[(12, 13)]))
    fact = observed(letter, guidelines)["cite.page_fit"]
    assert "not at pages 12 to 13" in fact.derivation
    assert "Opioids, dosing" in fact.derivation
    (evidence,) = fact.evidence
    assert "12-13" in letter.raw[evidence.span.start : evidence.span.end]
    assert evidence.part is Part.GUIDELINE


@pytest.mark.parametrize(
    ("chapter", "pages", "fit", "mark"),
    [
        ("Low Back Complaints", [(303, 305)], "inside", "none"),
        ("Low Back Complaints", [(308, 310), (301, 301)], "inside", "none"),
        ("Low Back Complaints", [(178, 179)], "outside_chapter", "verified"),
        ("Knee Complaints", [(303, 305)], "outside_chapter", "recalled"),
        ("Elbow Complaints", [(33, 34)], "inside", "none"),
        ("Elbow Complaints", [(238, 239)], "inside", "none"),
    ],
)
def test_pages_of_a_clinical_chapter(
    *, guidelines: Guidelines, lexicon: Lexicon, chapter: str, pages: Pages, fit: str, mark: str
) -> None:
    for sections in ([], ["Special Studies"]):
        letter = one_item(lexicon, "MRI", "imaging", cite(chapter, sections, pages, 2004))
        facts = observed(letter, guidelines)
        assert (facts["cite.page_fit"].value, facts["cite.page_mark"].value) == (fit, mark)


# --- subject


@pytest.mark.parametrize(
    ("request_", "category", "sections", "fit", "mark", "beside"),
    [
        ("Norco 10/325mg #60", "medication", ["Opioids"], "fits", "none", "yes"),
        ("Norco 10/325mg #60", "medication", ["Weaning of medications"], "fits", "none", "yes"),
        ("Norco 10/325mg #60", "medication", ["Muscle relaxants (for pain)"], "unrelated", "verified", "no"),
        ("Norco 10/325mg #60", "medication", ["Opioids", "Yoga"], "unrelated", "verified", "yes"),
        ("Norco 10/325mg #60", "medication", ["Yoga", "Words of no heading"], "unrelated", "verified", "unknown"),
        ("Norco 10/325mg #60", "medication", ["Pain outcomes and endpoints"], "fits", "none", "yes"),
        ("Soma 350mg #60", "medication", ["Carisoprodol (Soma)"], "fits", "none", "yes"),
        ("Soma 350mg #60", "medication", ["Muscle relaxants"], "fits", "none", "yes"),
        ("Soma 350mg #60", "medication", ["Topical analgesics"], "unrelated", "verified", "no"),
        ("Butrans patch 10mcg/hr", "topical", ["Topical analgesics"], "unrelated", "verified", "no"),
        ("Butrans patch 10mcg/hr", "topical", ["Buprenorphine"], "fits", "none", "yes"),
        ("Lidoderm patch", "topical", ["Topical analgesics"], "fits", "none", "yes"),
        ("Flurbiprofen 20% cream", "compound", ["Topical analgesics"], "fits", "none", "yes"),
        ("Omeprazole 20mg #30", "medication", ["NSAIDs, GI symptoms & cardiovascular risk"], "fits", "none", "yes"),
        ("Omeprazole 20mg #30", "medication", ["NSAIDs"], "fits", "none", "yes"),
        ("Omeprazole 20mg #30", "medication", ["Opioids"], "unrelated", "verified", "no"),
        ("Urine drug screen", "lab-test", ["Drug testing"], "fits", "none", "yes"),
        ("Urine drug screen", "lab-test", ["Opioids, on-going management"], "fits", "none", "yes"),
        ("Complete blood count", "lab-test", ["NSAIDs, specific drug list & adverse effects"], "fits", "none", "yes"),
        ("Follow-up visit", "visit", ["Opioids"], "fits", "none", "yes"),
        ("Physical therapy, 8 visits", "physical-medicine", ["Physical medicine"], "fits", "none", "yes"),
        ("Physical therapy, 8 visits", "physical-medicine", ["Biofeedback"], "fits", "none", "yes"),
        ("Physical therapy, 8 visits", "physical-medicine", ["Botulinum toxin"], "unrelated", "recalled", "no"),
        ("TENS unit", "dme", ["TENS"], "fits", "none", "yes"),
        ("Cervical epidural steroid injection", "injection", ["Epidural steroid injections"], "fits", "none", "yes"),
        ("MRI of the knee", "imaging", ["Epidural steroid injections"], "unrelated", "recalled", "no"),
        ("Psychotherapy, 6 sessions", "psychological", ["Behavioral interventions"], "fits", "none", "yes"),
        ("An unheard-of remedy", "medication", ["Muscle relaxants"], "unknown", "none", "unknown"),
        ("Norco 10/325mg #60", "medication", ["low back pain"], "unknown", "none", "unknown"),
    ],
)
def test_subject_of_sections(
    *,
    guidelines: Guidelines,
    lexicon: Lexicon,
    request_: str,
    category: str,
    sections: list[str],
    fit: str,
    mark: str,
    beside: str,
) -> None:
    letter = one_item(lexicon, request_, category, cite(sections=sections, pages=[(1, 127)]))
    facts = observed(letter, guidelines)
    found = tuple(facts[f"cite.{name}"].value for name in ("topic_fit", "topic_mark", "correct_beside"))
    assert found == (fit, mark, beside), facts["cite.topic_told"].value


def test_an_unrelated_section_shows_its_own_words_only(guidelines: Guidelines, lexicon: Lexicon) -> None:
    letter = one_item(lexicon, "Norco 10/325mg", "medication", cite(sections=["Opioids", "Yoga"], pages=[(74, 96)]))
    (evidence,) = observed(letter, guidelines)["cite.topic_fit"].evidence
    assert letter.raw[evidence.span.start : evidence.span.end] == "Yoga"


def test_a_whole_guideline_may_be_about_something_else(guidelines: Guidelines, lexicon: Lexicon) -> None:
    wrong = one_item(lexicon, "MRI of the knee", "imaging", cite("Acupuncture Treatment", year=2007))
    right = one_item(lexicon, "Acupuncture, 6 visits", "acupuncture", cite("Acupuncture Treatment", year=2007))
    assert observed(wrong, guidelines)["cite.topic_fit"].value == "unrelated"
    assert observed(right, guidelines)["cite.topic_fit"].value == "fits"


def test_a_section_made_for_the_request(guidelines: Guidelines, lexicon: Lexicon) -> None:
    other = cite("Opioid Treatment", ["3.3.7 Monitoring Effectiveness of Chronic Opioid Treatment"], year=2016)
    own = cite("Opioid Treatment", ["3.3.6 Use of Urine Drug Testing (UDT)"], year=2016)
    facts = observed(one_item(lexicon, "Urine drug screen", "lab-test", other), guidelines)
    assert facts["cite.better_home"].value == "yes"
    assert "Urine Drug Testing" in str(facts["cite.better_home_told"].value)
    assert (
        observed(one_item(lexicon, "Urine drug screen", "lab-test", own), guidelines)["cite.better_home"].value == "no"
    )


# --- part of the body


@pytest.mark.parametrize(
    ("chapter", "parts", "fit"),
    [
        ("Knee Complaints", ["left knee"], "fits"),
        ("Shoulder Complaints", ["left knee"], "mismatch"),
        ("Neck and Upper Back Complaints", ["lumbar spine"], "mismatch"),
        ("Neck and Upper Back Complaints", ["thoracic spine"], "fits"),
        ("Neck and Upper Back Complaints", ["right upper extremity"], "fits"),
        ("Low Back Complaints", ["thoracic spine"], "mismatch"),
        ("Low Back Complaints", ["right lower extremity"], "fits"),
        ("Forearm, Wrist, and Hand Complaints", ["bilateral hand"], "fits"),
        ("Forearm, Wrist, and Hand Complaints", ["right forearm"], "fits"),
        ("Forearm, Wrist, and Hand Complaints", ["right elbow"], "mismatch"),
        ("Neck and Upper Back Complaints", ["left shoulder"], "mismatch"),
        ("Low Back Complaints", ["left hip"], "fits"),
        ("Low Back Complaints", ["left knee"], "mismatch"),
        ("Knee Complaints", ["lumbar spine", "left knee"], "fits"),
        ("Knee Complaints", [], "unknown"),
        ("General Approaches", ["left knee"], "none"),
        ("Stress-Related Conditions", ["left knee"], "none"),
    ],
)
def test_part_of_the_body(guidelines: Guidelines, lexicon: Lexicon, chapter: str, parts: list[str], fit: str) -> None:
    letter = one_item(lexicon, "MRI", "imaging", cite(chapter, ["Special Studies"], year=2004), body_parts=parts)
    assert observed(letter, guidelines)["cite.body_part_fit"].value == fit


def test_a_nerve_test_of_a_part_may_go_by_the_chapter_of_a_neighbor(guidelines: Guidelines, lexicon: Lexicon) -> None:
    citation = cite("Forearm, Wrist, and Hand Complaints", ["Special Studies"], year=2004)
    letter = one_item(lexicon, "Nerve conduction study", "electrodiagnostic", citation, body_parts=["right elbow"])
    assert observed(letter, guidelines)["cite.body_part_fit"].value == "fits"


def test_what_accompanies_an_operation_is_decided_under_the_operation(guidelines: Guidelines, lexicon: Lexicon) -> None:
    citation = cite("Knee Complaints", ["Surgical Considerations"], year=2004)
    letter = one_item(lexicon, "Pre-operative film", "surgical-adjunct", citation, body_parts=["chest"])
    assert observed(letter, guidelines)["cite.body_part_fit"].value == "unknown"


@pytest.mark.parametrize(
    ("request_", "category", "parts", "outside", "topic", "body"),
    [
        (
            "Commode",
            "dme",
            [],
            "Official Disability Guidelines (ODG) Knee & Leg, Durable medical equipment",
            "unlikely_but_right",
            "none",
        ),
        (
            "Pre-operative blood count",
            "surgical-adjunct",
            ["right shoulder"],
            "ODG, Low Back, Preoperative lab testing",
            "unlikely_but_right",
            "none",
        ),
        ("MRI", "imaging", ["right shoulder"], "Official Disability Guidelines (ODG) Shoulder, MRI", "fits", "fits"),
        (
            "MRI",
            "imaging",
            ["right shoulder"],
            "Official Disability Guidelines (ODG) Knee & Leg, MRI",
            "unknown",
            "mismatch",
        ),
        ("MRI", "imaging", ["right shoulder"], "Official Disability Guidelines (ODG) Pain", "unrelated", "none"),
        (
            "MRI",
            "imaging",
            ["cervical spine"],
            "Official Disability Guidelines (ODG) Low Back, MRIs",
            "unknown",
            "mismatch",
        ),
        ("Wedge pillow", "dme", [], "ODG Neck & Upper Back, Cervical pillow", "unrelated", "none"),
        ("Cervical pillow", "dme", ["cervical spine"], "ODG Neck & Upper Back, Cervical pillow", "fits", "fits"),
        ("Ultrasound, 6 visits", "physical-medicine", [], "ODG Shoulder, Ultrasound, diagnostic", "unrelated", "none"),
        ("Diagnostic ultrasound", "imaging", [], "ODG Shoulder, Ultrasound, therapeutic", "unrelated", "none"),
        ("Diagnostic ultrasound", "imaging", ["shoulder"], "ODG Shoulder, Ultrasound, diagnostic", "fits", "fits"),
        ("MRI", "imaging", ["hip"], "ACOEM Practice Guidelines, 3rd edition, Hip and Groin Disorders", "fits", "fits"),
        ("MRI", "imaging", ["hip"], "A textbook of surgery", "unknown", "unknown"),
    ],
)
def test_sources_outside_the_mtus(
    *,
    guidelines: Guidelines,
    lexicon: Lexicon,
    request_: str,
    category: str,
    parts: list[str],
    outside: str,
    topic: str,
    body: str,
) -> None:
    letter = one_item(lexicon, request_, category, outside=[outside], body_parts=parts)
    facts = observed(letter, guidelines)
    assert (facts["cite.topic_fit"].value, facts["cite.body_part_fit"].value) == (topic, body)
    assert facts["cite.nonmtus_alone"].value == "yes"


# --- outside the MTUS


@pytest.mark.parametrize(
    ("request_", "category", "parts", "rationale", "addressed", "leaves"),
    [
        ("MRI", "imaging", ["left knee"], "It is not indicated.", "yes", "no"),
        ("MRI", "imaging", ["left knee"], "The MTUS does not address this test.", "yes", "yes"),
        ("MRI", "imaging", ["hip"], "It is not indicated.", "no", "no"),
        ("Commode", "dme", [], "It is not indicated.", "unknown", "no"),
        ("Acupuncture", "acupuncture", ["cervical spine"], "It is not indicated.", "yes", "no"),
        ("Hyperbaric oxygen", "other", [], "It is not indicated.", "unknown", "no"),
    ],
)
def test_what_the_mtus_addresses(
    *,
    guidelines: Guidelines,
    lexicon: Lexicon,
    request_: str,
    category: str,
    parts: list[str],
    rationale: str,
    addressed: str,
    leaves: str,
) -> None:
    outside = ["Official Disability Guidelines (ODG) Pain"]
    letter = one_item(lexicon, request_, category, outside=outside, body_parts=parts, rationale=rationale)
    facts = observed(letter, guidelines, dates("2014-05-02"))
    assert (facts["cite.mtus_addresses"].value, facts["cite.leaves_mtus"].value) == (addressed, leaves)


# --- the contract


def test_every_name_of_the_vocabulary_is_given_once(guidelines: Guidelines, lexicon: Lexicon) -> None:
    letter = one_item(lexicon, "Norco 10/325mg", "medication", cite(sections=["Opioids"], pages=[(78, 80)]))
    determination = letter.determination()
    facts = citation_facts(determination, determination.items[0], guidelines, lexicon, NO_DATES)
    facts += citation_letter_facts(determination, guidelines, NO_DATES)
    vocabulary = load_vocabulary(rules_folder())
    wanted = {name for name in vocabulary.facts if name.startswith(("cite.", "claims.", "letter.citation"))}
    assert sorted(fact.name for fact in facts) == sorted(wanted)
    assert [fact.name for fact in facts if vocabulary.refuses(fact.name, fact.value)[0]] == []


TEXT = st.text(max_size=80)
PAGES = st.lists(st.tuples(st.integers(0, 3_000), st.integers(0, 3_000)), max_size=3)
CITED = st.builds(
    cite,
    st.sampled_from([PAIN, "Opioid Treatment", "Knee Complaints", "Acupuncture", ""]) | TEXT,
    st.lists(st.sampled_from(["Opioids", "Yoga", "3.3.6 Use of CURES", "412"]) | TEXT, max_size=3),
    PAGES,
    st.sampled_from([None, 2004, 2009, 2016]),
)
CATEGORIES = st.sampled_from(["medication", "topical", "imaging", "dme", "surgical-adjunct", "other", "visit"])
WHEN = st.builds(
    lambda injury, asked, basis: dates(asked.isoformat(), injury.isoformat(), basis),
    st.dates(),
    st.dates(),
    st.sampled_from(["utilization-review", "application", "summary", "something"]),
)


@given(
    request_=TEXT,
    category=CATEGORIES,
    citations=st.lists(CITED, max_size=3),
    outside=st.lists(TEXT, max_size=2),
    when=WHEN | st.just(NO_DATES),
)
def test_any_line_is_observed(
    *,
    guidelines: Guidelines,
    lexicon: Lexicon,
    request_: str,
    category: str,
    citations: list[dict[str, Any]],
    outside: list[str],
    when: LetterDates,
) -> None:
    letter = one_item(lexicon, request_, category, *citations, outside=outside, body_parts=[request_[:20]])
    determination = letter.determination()
    once = citation_facts(determination, determination.items[0], guidelines, lexicon, when)
    assert once == citation_facts(determination, determination.items[0], guidelines, lexicon, when)
    assert len({fact.name for fact in once}) == len(once)
    for fact in [*once, *citation_letter_facts(determination, guidelines, when)]:
        assert all(evidence.span.end <= len(letter.raw) for evidence in fact.evidence)
