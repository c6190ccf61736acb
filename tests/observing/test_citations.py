"""Facts about guideline lines, on letters of a few lines written for these tests."""

import datetime
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge.guidelines import Guidelines, load_guidelines
from checker.knowledge.lexicon import Lexicon, load_lexicon
from checker.knowledge.resources import rules_folder
from checker.knowledge.vocabulary import load_vocabulary
from checker.model.determination import (
    Determination,
    Drug,
    GuidelineLine,
    Header,
    Item,
    MtusCitation,
    Outcome,
    Reviewer,
    Slip,
    Status,
    Verdict,
)
from checker.model.facts import Evidence, Fact, Part
from checker.model.source import ReadingText, SourceText, Span
from checker.observing.citations import citation_facts, citation_letter_facts
from checker.observing.letter import Dated, LetterDates

Pages = Sequence[tuple[int, int]]

PAIN = "Chronic Pain Treatment Guidelines"
NO_DATES = LetterDates(None, None, None, "", (), ())


@pytest.fixture(scope="module")
def guidelines() -> Guidelines:
    return load_guidelines(rules_folder())


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load_lexicon(rules_folder())


def dates(asked: str | None = None, injured: str | None = None, basis: str = "utilization-review") -> LetterDates:
    day = datetime.date.fromisoformat
    injury = Dated(day(injured), Evidence(Part.HEADER, Span(0, 6))) if injured else None
    return LetterDates(injury, None, day(asked) if asked else None, basis if asked else "", (), ())


def cite(
    chapter: str = PAIN, sections: Sequence[str] = (), pages: Pages = (), year: int | None = None
) -> dict[str, Any]:
    return {"chapter": chapter, "sections": tuple(sections), "pages": tuple(pages), "year": year}


class Letter:
    """A letter of one or more items, whose guideline lines are put together from their parts."""

    def __init__(self, lexicon: Lexicon, summary: str = "The worker hurt a shoulder while lifting.") -> None:
        self.lexicon = lexicon
        self.raw = f"Injury {summary}\n"
        self.summary = Span(7, len(self.raw) - 1)
        self.items: list[Item] = []

    def _put(self, text: str) -> Span:
        start = len(self.raw)
        self.raw += text + "\n"
        return Span(start, start + len(text))

    def line(
        self,
        *citations: dict[str, Any],
        outside: Sequence[str] = (),
        none_cited: bool = False,
        raw: str = "",
        slips: Sequence[str] = (),
    ) -> GuidelineLine:
        parts = [_printed(one) for one in citations]
        text = raw or " ".join([*parts, *outside]) or ("No evidence was cited." if none_cited else "")
        span = self._put(f"MAXIMUS guideline: {text}")
        mtus = []
        for one, printed in zip(citations, parts, strict=True):
            at = self.raw.find(printed, span.start) if not raw else span.start
            whole = Span(at, min(at + len(printed), span.end))
            mtus.append(
                MtusCitation(one["chapter"], one["year"], one["sections"], one["pages"], whole, whole if raw else None)
            )
        marked = tuple(Slip(kind, "as printed", span) for kind in slips)
        return GuidelineLine(text, span, tuple(mtus), tuple(outside), none_cited, slips=marked)

    def item(
        self,
        request: str,
        category: str,
        reviewer: GuidelineLine | None = None,
        claims: GuidelineLine | None = None,
        *,
        body_parts: Sequence[str] = (),
        outcome: Outcome = Outcome.UPHELD,
        rationale: str = "The records do not show it.",
    ) -> Item:
        heading = self._put(f"{request}: Upheld")
        drugs = self.lexicon.drugs_in(request)
        drug = Drug(request, "", None, None, None, drugs[0].entry, heading) if drugs else None
        treatments = self.lexicon.treatments_in(request)
        item = Item(
            number=len(self.items) + 1, heading=request, heading_span=heading, request=request, request_span=heading,
            original=None, authorized=None, outcome=outcome, outcome_span=heading, category=category,
            treatment=treatments[0].entry if treatments and not drugs else "", drug=drug, visits=None,
            body_parts=tuple(body_parts), retrospective=False, service_dates=(),
            claims_guideline=claims or GuidelineLine(), reviewer_guideline=reviewer or GuidelineLine(),
            rationale=self._put(rationale), verdict=Verdict.NOT_NECESSARY, verdict_span=None,
        )  # fmt: skip
        self.items.append(item)
        return item

    def determination(self, header: Header | None = None) -> Determination:
        source = SourceText("own", "own", "", self.raw, ReadingText(self.raw, (0,), (0,), (0,), (0,)))
        return Determination(
            source, Status.OK, (), "own", header or Header(), Reviewer(), self.summary, tuple(self.items)
        )


def _printed(one: dict[str, Any]) -> str:
    year = f" {one['year']}" if one["year"] else ""
    sections = f", {', '.join(one['sections'])}" if one["sections"] else ""
    pages = ", ".join(f"{first}-{last}" for first, last in one["pages"])
    return f"MTUS {one['chapter']}{year}{sections}" + (f" Page(s): {pages}" if pages else "") + "."


def observed(
    letter: Letter, guidelines: Guidelines, when: LetterDates = NO_DATES, number: int = 1, **more: Any
) -> dict[str, Fact]:
    determination = letter.determination(**more)
    item = determination.items[number - 1]
    facts = citation_facts(determination, item, guidelines, letter.lexicon, when)
    return {fact.name: fact for fact in facts}


def one_item(lexicon: Lexicon, request: str, category: str, *citations: dict[str, Any], **more: Any) -> Letter:
    letter = Letter(lexicon)
    outside = more.pop("outside", ())
    letter.item(request, category, letter.line(*citations, outside=outside), **more)
    return letter


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
        ("Physical therapy, 8 visits", ["Physical medicine"], [(58, 60)], "near", "none"),
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


def test_pages_of_a_clinical_chapter(guidelines: Guidelines, lexicon: Lexicon) -> None:
    letter = one_item(
        lexicon, "MRI of the lumbar spine", "imaging",
        cite("Low Back Complaints", ["Special Studies"], [(309, 309)], 2004), body_parts=["lumbar spine"],
    )  # fmt: skip
    assert observed(letter, guidelines)["cite.page_fit"].value == "near"


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
        ("Low Back Complaints", ["thoracic spine"], "fits"),
        ("Low Back Complaints", ["right lower extremity"], "fits"),
        ("Forearm, Wrist, and Hand Complaints", ["bilateral hand"], "fits"),
        ("Knee Complaints", ["lumbar spine", "left knee"], "fits"),
        ("Knee Complaints", [], "unknown"),
        ("General Approaches", ["left knee"], "none"),
    ],
)
def test_part_of_the_body(guidelines: Guidelines, lexicon: Lexicon, chapter: str, parts: list[str], fit: str) -> None:
    letter = one_item(lexicon, "MRI", "imaging", cite(chapter, ["Special Studies"], year=2004), body_parts=parts)
    assert observed(letter, guidelines)["cite.body_part_fit"].value == fit


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
        ("MRI", "imaging", ["right shoulder"], "Official Disability Guidelines (ODG) Pain", "unknown", "none"),
        ("Wedge pillow", "dme", [], "ODG Neck & Upper Back, Cervical pillow", "unrelated", "none"),
        ("Cervical pillow", "dme", ["cervical spine"], "ODG Neck & Upper Back, Cervical pillow", "fits", "fits"),
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


# --- outside the MTUS


@pytest.mark.parametrize(
    ("request_", "category", "parts", "rationale", "addressed", "leaves"),
    [
        ("MRI", "imaging", ["left knee"], "It is not indicated.", "yes", "no"),
        ("MRI", "imaging", ["left knee"], "The MTUS does not address this test.", "yes", "yes"),
        ("MRI", "imaging", ["hip"], "It is not indicated.", "no", "no"),
        ("Commode", "dme", [], "It is not indicated.", "unknown", "no"),
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
