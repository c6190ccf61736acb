"""Facts about guideline lines: edition, sections, form, age of the injury, and lines that cite nothing."""

import datetime

import pytest

from checker.knowledge.guidelines import Guidelines
from checker.knowledge.lexicon import Lexicon
from checker.model.determination import GuidelineLine, Header, Outcome
from checker.model.facts import Part
from checker.observing.citations import citation_letter_facts
from tests.observing.drafts import PAIN, Letter, Pages, cite, dates, observed, one_item

# --- edition


@pytest.mark.parametrize(
    ("year", "asked", "basis", "value"),
    [
        (2009, "2014-05-02", "utilization-review", "in_force"),
        (2009, "2016-12-01", "utilization-review", "not_in_force"),
        (2009, "2016-08-10", "utilization-review", "unknown"),
        (2016, "2016-12-01", "utilization-review", "in_force"),
        (2016, "2014-05-02", "utilization-review", "not_in_force"),
        (2016, "2016-08-10", "utilization-review", "unknown"),
        (2016, "2018-06-01", "utilization-review", "not_in_force"),
        (2009, "2014-05-02", "summary", "in_force"),
        (2009, "2016-05-02", "summary", "unknown"),
        (2016, "2014-05-02", "summary", "not_in_force"),
        (2016, "2016-05-02", "summary", "unknown"),
        (2009, None, "", "unknown"),
        (2012, "2014-05-02", "utilization-review", "unknown"),
        (None, "2014-05-02", "utilization-review", "in_force"),
    ],
)
def test_edition(
    *, guidelines: Guidelines, lexicon: Lexicon, year: int | None, asked: str | None, basis: str, value: str
) -> None:
    letter = one_item(lexicon, "Biofeedback", "psychological", cite(sections=["Biofeedback"], year=year))
    facts = observed(letter, guidelines, dates(asked, basis=basis))
    assert facts["cite.edition"].value == value, facts["cite.edition_told"].value
    assert facts["claims.edition"].value == "none"


def test_the_claims_administrators_edition_is_its_own(guidelines: Guidelines, lexicon: Lexicon) -> None:
    letter = Letter(lexicon)
    mine = letter.line(cite(sections=["Biofeedback"], year=2016))
    theirs = letter.line(cite(sections=["Biofeedback"], year=2009))
    letter.item("Biofeedback", "psychological", mine, theirs)
    facts = observed(letter, guidelines, dates("2016-12-01"))
    assert (facts["cite.edition"].value, facts["claims.edition"].value) == ("in_force", "not_in_force")


@pytest.mark.parametrize(
    ("chapter", "year", "section", "exists", "mark"),
    [
        (PAIN, 2009, "Biofeedback", "yes", "none"),
        (PAIN, 2016, "Criteria for use of opioids", "no", "recalled"),
        (PAIN, 2009, "Office visits", "no", "recalled"),
        (PAIN, 2016, "A heading nobody knows", "unknown", "none"),
        ("Opioid Treatment", 2016, "3.3.2 Use of Urine Drug Testing (UDT)", "no", "verified"),
        ("Opioid Treatment", 2016, "3.3.6 Use of Urine Drug Testing (UDT)", "yes", "none"),
        ("Opioid Treatment", 2016, "2.7 Something", "no", "verified"),
        ("Knee Complaints", 2004, "412", "unknown", "none"),
    ],
)
def test_sections_of_the_edition(
    *, guidelines: Guidelines, lexicon: Lexicon, chapter: str, year: int, section: str, exists: str, mark: str
) -> None:
    letter = one_item(lexicon, "Norco 10/325mg", "medication", cite(chapter, [section], year=year))
    facts = observed(letter, guidelines)
    assert (facts["cite.section_exists"].value, facts["cite.section_mark"].value) == (exists, mark)


def test_a_section_is_not_looked_for_in_an_edition_that_did_not_govern(
    guidelines: Guidelines, lexicon: Lexicon
) -> None:
    letter = one_item(lexicon, "Norco", "medication", cite(sections=["Criteria for use of opioids"], year=2016))
    facts = observed(letter, guidelines, dates("2014-05-02"))
    assert facts["cite.edition"].value == "not_in_force"
    assert facts["cite.section_exists"].value == "unknown"


# --- form


@pytest.mark.parametrize(
    ("raw", "pages", "slip"),
    [
        ("MTUS 8 C.C.R. 9792.20 - 9792.26, Opioids Page(s): 78 of 127", [(78, 78)], "none"),
        ("MTUS 8 C.C.R. 9792.20 - 972.26, Opioids Page(s): 78", [(78, 78)], "ccr_section"),
        ("MTUS 8 CCR 9729.24.2, Opioids Page(s): 78", [(78, 78)], "ccr_section"),
        ("MTUS 8 CCR 9792.42, Opioids Page(s): 78", [(78, 78)], "ccr_section"),
        ("MTUS 8 CCR 9789.20 and 9792.10.6, Opioids Page(s): 78", [(78, 78)], "none"),
        ("MTUS Opioids, dosing 0.025% and 1.5 mg Page(s): 86", [(86, 86)], "none"),
        ("MTUS Opioids Page(s): 78 of 17", [(78, 78)], "page_total"),
        ("MTUS Opioids Page(s): 78 of 97", [(78, 78)], "page_total"),
        ("MTUS Opioids Page(s): 80-78", [(80, 78)], "page_order"),
        ("MTUS Opioids Page(s): 103-4", [(103, 4)], "none"),
        ("MTUS Opioids Page(s): 790", [(790, 790)], "page_beyond_end"),
    ],
)
def test_malformed_references(guidelines: Guidelines, lexicon: Lexicon, raw: str, pages: Pages, slip: str) -> None:
    letter = Letter(lexicon)
    line = letter.line(cite(sections=["Opioids"], pages=pages), raw=raw)
    letter.item("Norco 10/325mg", "medication", line, line)
    facts = observed(letter, guidelines)
    assert facts["cite.slip"].value == slip, facts["cite.slip_told"].value
    assert facts["claims.slip"].value == slip


def test_slips_that_the_parser_marks_are_taken_over(guidelines: Guidelines, lexicon: Lexicon) -> None:
    letter = Letter(lexicon)
    letter.item("Norco", "medication", letter.line(cite(sections=["Opioids"]), slips=["name", "page-order"]))
    assert observed(letter, guidelines)["cite.slip"].value == "page_order"


@pytest.mark.parametrize(
    ("chapter", "sections", "year", "form"),
    [
        (PAIN, ["Opioids"], 2009, "complete"),
        (PAIN, ["Opioids"], None, "no_year"),
        (PAIN, [], 2009, "no_section"),
        ("Acupuncture Treatment", [], 2007, "complete"),
        ("Some other book", ["Opioids"], 2009, "no_chapter"),
    ],
)
def test_form(
    *, guidelines: Guidelines, lexicon: Lexicon, chapter: str, sections: list[str], year: int | None, form: str
) -> None:
    letter = one_item(lexicon, "Norco", "medication", cite(chapter, sections, year=year))
    assert observed(letter, guidelines)["cite.form"].value == form


@pytest.mark.parametrize(
    ("header", "asked", "duty"),
    [
        (Header(decision_date=datetime.date(2015, 4, 20)), None, "yes"),
        (Header(decision_date=datetime.date(2015, 4, 19)), None, "no"),
        (Header(), "2016-01-01", "yes"),
        (Header(), "2014-01-01", "unknown"),
        (Header(), None, "unknown"),
    ],
)
def test_duty_of_form(guidelines: Guidelines, lexicon: Lexicon, header: Header, asked: str | None, duty: str) -> None:
    letter = one_item(lexicon, "Norco", "medication", cite(sections=["Opioids"]))
    assert observed(letter, guidelines, dates(asked), header=header)["cite.form_duty"].value == duty


# --- nothing cited


def test_nothing_cited(guidelines: Guidelines, lexicon: Lexicon) -> None:
    letter = Letter(lexicon)
    letter.item("MRI of the knee", "imaging", letter.line(none_cited=True))
    letter.item("MRI of the hip", "imaging", GuidelineLine())
    letter.item("MRI of the foot", "imaging", letter.line(raw="Decision based on the MTUS."))
    found = [observed(letter, guidelines, number=n) for n in (1, 2, 3)]
    assert [facts["cite.any"].value for facts in found] == ["no", "no", "unknown"]
    assert [facts["cite.line"].value for facts in found] == ["yes", "no", "yes"]
    assert [facts["cite.none_statement"].value for facts in found] == ["yes", "no", "no"]
    assert found[0]["cite.any"].evidence
    assert found[0]["cite.topic_fit"].value == "none"


@pytest.mark.parametrize(
    ("category", "rationale", "surgery", "accompanies", "decided"),
    [
        ("surgical-adjunct", "It follows.", Outcome.UPHELD, "yes", "alike"),
        ("surgical-adjunct", "It follows.", Outcome.OVERTURNED, "yes", "differently"),
        ("surgical-adjunct", "It follows.", None, "yes", "elsewhere"),
        ("dme", "As the surgery is not medically necessary, neither is this.", Outcome.UPHELD, "yes", "alike"),
        ("dme", "There is no weakness on examination.", Outcome.UPHELD, "no", "none"),
    ],
)
def test_what_accompanies_an_operation(
    *,
    guidelines: Guidelines,
    lexicon: Lexicon,
    category: str,
    rationale: str,
    surgery: Outcome | None,
    accompanies: str,
    decided: str,
) -> None:
    letter = Letter(lexicon)
    letter.item("Cold therapy unit", category, letter.line(none_cited=True), rationale=rationale)
    if surgery:
        letter.item("Arthroscopy of the knee", "surgery", letter.line(none_cited=True), outcome=surgery)
    facts = observed(letter, guidelines)
    assert (facts["cite.accompanies_surgery"].value, facts["cite.surgery_decided"].value) == (accompanies, decided)


# --- phase


@pytest.mark.parametrize(
    ("chapter", "sections", "injured", "asked", "fit", "duration"),
    [
        (PAIN, ["Biofeedback"], "2016-11-01", "2016-12-01", "too_early", "no"),
        (PAIN, ["Biofeedback"], "2016-06-01", "2016-12-01", "fits", "no"),
        (PAIN, [], "2016-11-01", "2016-12-01", "too_early", "no"),
        (PAIN, ["CRPS, diagnostic tests"], "2016-11-01", "2016-12-01", "none", "no"),
        (
            "Opioid Treatment",
            ["4.1 Tapering Opioids: Indications for Tapering Opioids"],
            "2016-11-01",
            "2016-12-01",
            "too_early",
            "yes",
        ),
        ("Opioid Treatment", ["1.1 Mild Acute Injuries"], "2016-06-01", "2016-12-01", "too_late", "yes"),
        ("Opioid Treatment", ["1.4 Opioids for Post-operative Pain"], "2016-11-01", "2016-12-01", "none", "no"),
        ("Knee Complaints", ["Initial Care"], "2010-01-01", "2016-12-01", "none", "no"),
        (PAIN, ["Biofeedback"], None, "2016-12-01", "unknown", "no"),
        (PAIN, ["Biofeedback"], "2016-11-01", None, "unknown", "no"),
        (PAIN, ["Biofeedback"], "2017-01-01", "2016-12-01", "fits", "no"),
    ],
)
def test_phase(
    *,
    guidelines: Guidelines,
    lexicon: Lexicon,
    chapter: str,
    sections: list[str],
    injured: str | None,
    asked: str | None,
    fit: str,
    duration: str,
) -> None:
    year = 2004 if chapter.startswith("Knee") else 2016
    letter = one_item(lexicon, "Biofeedback", "psychological", cite(chapter, sections, year=year))
    when = dates(asked, injured)
    facts = observed(letter, guidelines, when)
    assert (facts["cite.phase_fit"].value, facts["cite.phase_has_duration"].value) == (fit, duration)
    whole = {f.name: f for f in citation_letter_facts(letter.determination(), guidelines, when)}
    assert (whole["letter.citation_phase"].value, whole["letter.citation_phase_duration"].value) == (fit, duration)


def test_the_age_of_cumulative_trauma_is_not_known(guidelines: Guidelines, lexicon: Lexicon) -> None:
    letter = Letter(lexicon, summary="The worker has a cumulative trauma injury of both hands.")
    letter.item("Biofeedback", "psychological", letter.line(cite(sections=["Biofeedback"], year=2016)))
    when = dates("2016-12-01", "2016-11-01")
    assert observed(letter, guidelines, when)["cite.phase_fit"].value == "unknown"


def test_a_letter_is_judged_by_its_worst_phase(guidelines: Guidelines, lexicon: Lexicon) -> None:
    letter = Letter(lexicon)
    letter.item("Biofeedback", "psychological", letter.line(cite(sections=["Biofeedback"], year=2016)))
    letter.item("Norco 5/325mg", "medication", letter.line(cite("Opioid Treatment", ["4 Tapering Opioids"], year=2016)))
    facts = {
        f.name: f for f in citation_letter_facts(letter.determination(), guidelines, dates("2016-12-01", "2016-11-01"))
    }
    assert facts["letter.citation_phase_duration"].value == "yes"
    injury, section = facts["letter.citation_phase"].evidence
    assert injury.part is Part.HEADER
    assert letter.raw[section.span.start : section.span.end] == "4 Tapering Opioids"
