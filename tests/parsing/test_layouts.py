"""Each layout is recognised, also where headings are printed in another way; letters of another kind are not."""

import re
from collections.abc import Callable

import pytest

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Outcome, Status, Verdict
from tests.parsing.letters import MAXIMUS, NOTICE, REVIEW, item, letter, parsed

CREDENTIALS = re.compile(r"The Expert Reviewer has the following credentials:\n.*\n.*")
PROSE = (
    "The expert reviewer is Board Certified in Internal Medicine, has a subspecialty in Rheumatology and is licensed "
    "to practice in Maine. He/she has been in practice."
)
LATER = letter([item("Aquatic therapy 2x4"), item("Cane", outcome="Overturned")])
EARLIER = CREDENTIALS.sub(PROSE, LATER)


def title_case(heading: str) -> str:
    small = ("of", "the", "for", "and", "by")
    return " ".join(word if word in small else word.capitalize() for word in heading.lower().split())


def rewrite(text: str, change: Callable[[str], str]) -> str:
    """Change every heading that fills the beginning of a line."""
    headings = (
        "CLINICAL CASE SUMMARY",
        "CASE SUMMARY:",
        "Case Summary:",
        "ISSUE AT DISPUTE:",
        "DOCUMENTS REVIEWED FOR DETERMINATION:",
        "Documents Reviewed for Determination:",
        "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY:",
        "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS NOT MEDICALLY NECESSARY:",
        "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS MEDICALLY NECESSARY:",
        "MEDICAL REVIEWER QUALIFICATIONS:",
        "Rationale for the Decision:",
        "IMR DECISION(S) AND RATIONALE(S)",
        "IMR ISSUES, DECISIONS AND RATIONALES",
        "Notice of Independent Medical Review Determination",
        "Medical Qualifications of the Expert Reviewer:",
        "Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to Make His/Her "
        "Decision",
    )
    pattern = re.compile("^(?:" + "|".join(map(re.escape, sorted(headings, key=len, reverse=True))) + ")", re.MULTILINE)
    return pattern.sub(lambda match: change(match.group()), text)


def halves(heading: str) -> str:
    words = heading.split()
    return " ".join(words[: len(words) // 2]) + "\n" + " ".join(words[len(words) // 2 :])


CHANGES: dict[str, Callable[[str], str]] = {
    "as printed": str,
    "in capitals": str.upper,
    "in title case with a colon": lambda heading: title_case(heading).rstrip(":") + ":",
    "without colon": lambda heading: heading.rstrip(":"),
    "numbered": lambda heading: "3. " + heading,
    "with a roman number": lambda heading: "IV. " + heading,
    "wrapped": halves,
    "without (S)": lambda heading: heading.replace("(S)", ""),
    "marked bold": lambda heading: "**" + heading.rstrip(":") + ":**",
}
LAYOUTS = {
    "4b": LATER,
    "4a": EARLIER,
    "maximus-imr": MAXIMUS,
    "medical-professional-review": REVIEW,
    "notice-2013": NOTICE,
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_layout_is_recognised_however_headings_are_printed(layout: str, change: str, lexicon: Lexicon) -> None:
    determination = parsed(rewrite(LAYOUTS[layout], CHANGES[change]), lexicon)
    assert determination.layout == layout
    assert determination.summary is not None
    assert len(determination.items) == 2
    assert {entry.outcome for entry in determination.items} == {Outcome.UPHELD, Outcome.OVERTURNED}
    assert all(entry.rationale for entry in determination.items)


@pytest.mark.parametrize("layout", ["4b", "4a", "maximus-imr", "medical-professional-review"])
def test_a_letter_that_lost_its_line_ends(layout: str, lexicon: Lexicon) -> None:
    determination = parsed(" ".join(LAYOUTS[layout].split()), lexicon)
    assert determination.layout == layout
    assert [entry.heading for entry in determination.items] == [
        entry.heading for entry in parsed(LAYOUTS[layout], lexicon).items
    ]


def test_notice(lexicon: Lexicon) -> None:
    determination = parsed(NOTICE, lexicon)
    walker, lyrica = determination.items
    assert determination.quote(determination.summary).startswith('"A mason')
    assert (walker.heading, walker.outcome) == ("a rolling walker", Outcome.UPHELD)
    assert determination.quote(walker.outcome_span) == "is notmedically necessary and appropriate"
    assert walker.verdict is Verdict.NOT_NECESSARY
    assert [(c.chapter, c.year, c.pages) for c in walker.reviewer_guideline.mtus] == [
        ("Low Back Complaints", 2004, ((298, 298),))
    ]
    assert lyrica.claims_guideline.none_cited
    assert [(c.year, c.sections, c.pages) for c in lyrica.reviewer_guideline.mtus] == [
        (2009, ("Pregabalin (Lyrica)",), ((99, 99),))
    ]
    assert determination.quote(lyrica.rationale).endswith("necessary and appropriate.")
    assert determination.reviewer.specialties == ("Neurology",)
    assert determination.header.date_assigned is not None
    assert determination.header.date_assigned.isoformat() == "2013-08-01"


def test_notice_that_lists_determinations_only(lexicon: Lexicon) -> None:
    determination = parsed(NOTICE.split("INDEPENDENT MEDICAL REVIEW DECISION")[0], lexicon)
    assert determination.status is Status.PARTIAL
    assert [entry.outcome for entry in determination.items] == [Outcome.UPHELD, Outcome.OVERTURNED]
    assert "item 1: no rationale found" in determination.problems


def test_medical_professional_review(lexicon: Lexicon) -> None:
    determination = parsed(REVIEW, lexicon)
    celebrex, acupuncture = determination.items
    assert determination.quote(determination.summary) == "A mason with a sore back and an old ulcer."
    assert (celebrex.heading, celebrex.outcome) == ("Celebrex 200mg #30", Outcome.OVERTURNED)
    assert celebrex.claims_guideline.non_mtus == ("ODG, Pain Chapter",)
    assert celebrex.reviewer_guideline.mtus[0].sections == ("NSAIDs, GI symptoms & cardiovascular risk",)
    assert (acupuncture.outcome, acupuncture.visits) == (Outcome.UPHELD, 5)
    assert acupuncture.reviewer_guideline.span is None
    assert determination.problems == ("item 2: no guideline of the reviewer found",)
    assert determination.reviewer.licensure == ("Ohio",)


def test_issues_listed_together_take_the_rationales_in_turn(lexicon: Lexicon) -> None:
    text = REVIEW.replace(
        "1. Celebrex 200mg #30", "\n\n1. Celebrex 200mg #30\n\n2. Acupuncture, five sessions"
    ).replace("ISSUE AT DISPUTE: 2. Acupuncture, five sessions\n\n", "")
    determination = parsed(text, lexicon)
    assert [(entry.heading, entry.outcome) for entry in determination.items] == [
        ("Celebrex 200mg #30", Outcome.OVERTURNED),
        ("Acupuncture, five sessions", Outcome.UPHELD),
    ]


def test_a_neutral_heading_leaves_the_outcome_to_the_reasons(lexicon: Lexicon) -> None:
    text = REVIEW.replace(" IS/WAS MEDICALLY NECESSARY:", ":").replace(" IS/WAS NOT MEDICALLY NECESSARY:", ":")
    assert [entry.outcome for entry in parsed(text, lexicon).items] == [Outcome.OVERTURNED, Outcome.UPHELD]


def test_maximus(lexicon: Lexicon) -> None:
    determination = parsed(MAXIMUS, lexicon)
    skelaxin, xray = determination.items
    assert (skelaxin.heading, skelaxin.outcome) == ("Skelaxin 800mg #60", Outcome.UPHELD)
    assert skelaxin.drug is not None
    assert skelaxin.drug.generic == "metaxalone"
    assert determination.quote(skelaxin.rationale).startswith("It has been taken")
    assert (xray.heading, xray.outcome) == ("X-ray of the lumbar spine", Outcome.OVERTURNED)
    assert xray.claims_guideline.mtus[0].chapter == "Low Back Complaints"
    assert determination.reviewer.licensure == ("Texas", "Oklahoma")
    assert determination.reviewer.specialties == ("Physical Medicine and Rehabilitation", "Pain Medicine")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n\n ",
        "case number: 202001-100000\nappeal decision: Upheld\nsummary 1: It was not medically necessary.",
        "Reference ID;Determination\nXX20-1;Overturned Decision of Health Plan",
        "<html><body><script>alert('Upheld')</script></body></html>",
        "This letter is about a clinical case summary and nothing else.",
        "\ufffd\ufffd\ufffd" * 50,
    ],
)
def test_a_letter_of_another_kind_is_no_success(text: str, lexicon: Lexicon) -> None:
    determination = parsed(text, lexicon)
    assert determination.status is Status.UNKNOWN_LAYOUT
    assert determination.items == ()
    assert len(determination.problems) == 1
    assert determination.layout == ""


def test_a_known_layout_without_items_is_partial(lexicon: Lexicon) -> None:
    determination = parsed(letter([]), lexicon)
    assert determination.status is Status.PARTIAL
    assert determination.problems == ("no disputed item found in a letter of layout 4b",)


def test_an_excerpt_without_headings_is_partial(lexicon: Lexicon) -> None:
    determination = parsed(item("Gait training 2x4"), lexicon)
    assert determination.status is Status.PARTIAL
    assert [entry.visits for entry in determination.items] == [8]


def test_only_capitals_make_a_heading_in_prose(lexicon: Lexicon) -> None:
    text = letter([item("Cane")], summary="The clinical case summary of the clinic names a mason.")
    determination = parsed(text, lexicon)
    assert determination.quote(determination.summary) == "The clinical case summary of the clinic names a mason."
