"""Citations in every form, with their slips."""

from dataclasses import dataclass, field

import pytest

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import GuidelineLine
from checker.parsing.citations import guideline_line
from checker.parsing.guideline_names import GuidelineNames
from tests.parsing.letters import view

Cited = tuple[str, int | None, tuple[str, ...], tuple[tuple[int, int], ...]]
PAIN = "Chronic Pain Treatment Guidelines"
FULL = "Chronic Pain Medical Treatment Guidelines"


@dataclass(frozen=True)
class Case:
    text: str
    cited: tuple[Cited, ...] = ()
    others: tuple[str, ...] = ()
    none_cited: bool = False
    outside: bool = False
    slips: tuple[tuple[str, str, str], ...] = field(default=())


CASES = [
    # 2014 to 2015: pages
    Case(f"Decision based on MTUS {PAIN} Opioids Page(s): 75-77.", ((PAIN, None, ("Opioids",), ((75, 77),)),)),
    Case(
        f"Decision based on MTUS {PAIN} Opioids, Criteria for Use Page(s): 77-79, 124.",
        ((PAIN, None, ("Opioids, Criteria for Use",), ((77, 79), (124, 124))),),
    ),
    Case(
        f"Decision based on MTUS {PAIN} Biofeedback, Yoga, Exercise Page(s): 24; pages 46-47, page 126.",
        ((PAIN, None, ("Biofeedback", "Yoga", "Exercise"), ((24, 24), (46, 47), (126, 126))),),
    ),
    Case(
        f"Decision based on MTUS {PAIN} Opioids, dosing; Opioids, on-going management Page(s): 86, 78.",
        ((PAIN, None, ("Opioids, dosing", "Opioids, on-going management"), ((86, 86), (78, 78))),),
    ),
    Case(
        f"Decision based on MTUS {PAIN} NSAIDs, GI symptoms & cardiovascular risk, Page 68-69, Opioids Page(s): 74-80.",
        ((PAIN, None, ("NSAIDs, GI symptoms & cardiovascular risk", "Opioids"), ((68, 69), (74, 80))),),
    ),
    Case(f"Decision based on MTUS {PAIN} Topical analgesics Page(s): 111-13.",
         ((PAIN, None, ("Topical analgesics",), ((111, 113),)),)),
    Case(f"Decision based on MTUS {PAIN} Page(s): 18, 19 and 49, 60 to 61.",
         ((PAIN, None, (), ((18, 18), (19, 19), (49, 49), (60, 61))),)),
    Case(f"Decision based on MTUS {PAIN} Massage therapy, Yoga Page(s): p60, pp 126-127.",
         ((PAIN, None, ("Massage therapy", "Yoga"), ((60, 60), (126, 127))),)),
    Case(
        f"Decision based on MTUS {PAIN} Carisoprodol (Soma) Page(s): 29 of 12.",
        ((PAIN, None, ("Carisoprodol (Soma)",), ((29, 29),)),),
        slips=(("page-total", "29 of 12", "of 127"),),
    ),
    Case(f"Decision based on MTUS {PAIN} Opioids Page(s): Page 78 of 127..",
         ((PAIN, None, ("Opioids",), ((78, 78),)),)),
    Case(
        f"Decision based on MTUS {PAIN} Opioids Page(s): 94-91.",
        ((PAIN, None, ("Opioids",), ((91, 94),)),),
        slips=(("page-order", "94-91", "91-94"),),
    ),
    Case(
        f"Decision based on MTUS {PAIN} Weaning Page(s): 224.",
        ((PAIN, None, ("Weaning",), ((224, 224),)),),
        slips=(("page-range", "224", ""),),
    ),
    Case(
        f"Decision based on MTUS {PAIN} 8 C.C.R. 9792.20 - 792.24 Page(s): 40.",
        ((PAIN, None, ("8 C.C.R. 9792.20 - 792.24",), ((40, 40),)),),
        slips=(("ccr-section", "792.24", "9792.24"),),
    ),
    Case("Decision based on MTUS Acupuncture Treatment Guidelines.",
         (("Acupuncture Treatment Guidelines", None, (), ()),)),
    Case("Decision based on MTUS ACOEM Chapter 13 Knee Complaints Page(s): 341-343.",
         (("Knee Complaints", None, (), ((341, 343),)),)),
    Case("Decision based on MTUS Postsurgical Treatment Guidelines Knee Page(s): 24.",
         (("Postsurgical Treatment Guidelines", None, ("Knee",), ((24, 24),)),)),
    # 2016 to 2017: sections
    Case("Decision based on MTUS Knee Complaints 2004.", (("Knee Complaints", 2004, (), ()),)),
    Case(
        "Decision based on MTUS Elbow Complaints 2007, Section(s): Physical Methods, and Summary.",
        (("Elbow Complaints", 2007, ("Physical Methods", "Summary"), ()),),
    ),
    Case(
        "Decision based on MTUS Forearm, Wrist, and Hand Complaints 2004, Section(s): Activity "
        "Modification, Summary, and "
        "Postsurgical Treatment 2009, Section(s): Forearm, Wrist, & Hand, and Opioid Treatment 2016.",
        (
            ("Forearm, Wrist, and Hand Complaints", 2004, ("Activity Modification", "Summary"), ()),
            ("Postsurgical Treatment", 2009, ("Forearm, Wrist, & Hand",), ()),
            ("Opioid Treatment", 2016, (), ()),
        ),
    ),
    Case(
        "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): CRPS, treatment, Opioids, "
        "Introduction.",
        (("Chronic Pain Medical Treatment", 2016, ("CRPS, treatment", "Opioids", "Introduction"), ()),),
    ),
    Case(
        "Decision based on MTUS Chronic Pain Medical Treatment 2016, Section(s): Novel therapy, gradual onset "
        "(a, b), Yoga.",
        (("Chronic Pain Medical Treatment", 2016, ("Novel therapy, gradual onset (a, b)", "Yoga"), ()),),
    ),
    Case(
        "Decision based on MTUS Opioid Treatment 2016, Section(s): 2.1 Opioids for Subacute Pain: Early Use, "
        "Before the "
        "Third Month, 4.2 Tapering Opioids: Speed.",
        (
            (
                "Opioid Treatment",
                2016,
                (
                    "2.1 Opioids for Subacute Pain: Early Use, Before the Third Month",
                    "4.2 Tapering Opioids: Speed",
                ),
                (),
            ),
        ),
    ),
    Case("Decision based on MTUS Gait Complaints 2011, Section(s): Summary.",
         (("Gait Complaints", 2011, ("Summary",), ()),)),
    # outside the schedule
    Case(
        "Decision based on MTUS Knee Complaints 2004, Section(s): Summary; Non-MTUS Official Disability Guidelines "
        "(ODG), Hip, Walking aids.",
        (("Knee Complaints", 2004, ("Summary",), ()),),
        others=("Official Disability Guidelines (ODG), Hip, Walking aids",),
    ),
    Case(
        "The Claims Administrator did not base their decision on the MTUS. Decision based on Non-MTUS Citation "
        "Official "
        "Disability Guidelines (ODG), Hip, Walking aids.",
        others=("Official Disability Guidelines (ODG), Hip, Walking aids",),
        outside=True,
    ),
    Case(
        "The Expert Reviewer based his/her decision on recommendation(s) outside of the MTUS Guidelines. Decision "
        "based on "
        "Non-MTUS Citation Official Disability Guidelines (ODG) Knee, Yoga and Other Medical Treatment "
        "Guidelines Mayo Clinic.",
        others=("Official Disability Guidelines (ODG) Knee, Yoga", "Mayo Clinic"),
        outside=True,
    ),
    Case(
        "Decision based on MTUS Knee Complaints 2004. Decision based on Non-MTUS Citation Office Disability "
        "Guidelines.",
        (("Knee Complaints", 2004, (), ()),),
        ("Office Disability Guidelines",),
        slips=(("name", "Office Disability Guidelines", "Official Disability Guidelines"),),
    ),
    Case("The Expert Reviewer did not cite any medical evidence for its decision.", none_cited=True),
    Case("The Claims Administrator did not cite any evidence based criteria.", none_cited=True),
    # 2013 to 2014: prose
    Case(
        f"The Physician Reviewer based his/her decision on the MTUS {FULL}, Opioids, criteria for use, pages 76-79, "
        "and Weaning of medications, page 124.",
        ((FULL, None, ("Opioids, criteria for use", "Weaning of medications"), ((76, 79), (124, 124))),),
    ),
    Case(
        f"The Expert Reviewer found the {FULL} (May 2009), Celebrex, page 30, which is part of the MTUS, relevant.",
        ((FULL, 2009, ("Celebrex",), ((30, 30),)),),
    ),
    Case(
        "The Claims Administrator based its decision on the Knee Complaints Chapter (ACOEM Practice Guidelines, 2nd "
        "Edition (2004), Chapter 13), page 340, which is part of the MTUS.",
        (("Knee Complaints", 2004, (), ((340, 340),)),),
    ),
    Case("The Claims Administrator based its decision on the ACOEM Guidelines, Chapter 9.",
         (("Shoulder Complaints", None, (), ()),)),
    Case("UR relied on the ACOEM guideline for the low back, page 300.", (("Low Back Complaints", None, (), ()),)),
    Case("The Claims Administrator based its decision on the California MTUS Guidelines, Yoga.",
         (("MTUS", None, ("Yoga",), ()),)),
    Case("UR relied on the ODG, Hip Chapter.", others=("ODG, Hip Chapter",)),
    Case(
        f"The professional reviewer relied on the {FULL} (2009), Yoga, page 126 and the Official Disability Guidelines "
        "(ODG), Low Back Chapter, because they agree.",
        ((FULL, 2009, ("Yoga",), ((126, 126),)),),
        ("Official Disability Guidelines (ODG), Low Back Chapter",),
    ),
    Case(
        "The Physician Reviewer based his/her decision on the Official Disability Guidelines (ODG), Pain "
        "Chapter, which "
        "is not part of the MTUS.",
        others=("Official Disability Guidelines (ODG), Pain Chapter",),
        outside=True,
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def names(lexicon: Lexicon) -> GuidelineNames:
    return GuidelineNames(lexicon.guideline_names)


def read(text: str, names: GuidelineNames, claims: GuidelineLine | None = None) -> GuidelineLine:
    letter = view(text)
    return guideline_line(letter, (0, len(letter.flat)), names, claims)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:60])
def test_guideline_line(case: Case, names: GuidelineNames) -> None:
    line = read(case.text, names)
    assert tuple((c.chapter, c.year, c.sections, c.pages) for c in line.mtus) == case.cited
    assert line.non_mtus == case.others
    assert (line.none_cited, line.outside_mtus) == (case.none_cited, case.outside)
    assert tuple((slip.kind, slip.text, slip.suggestion) for slip in line.slips) == case.slips


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.text[:60])
def test_spans_hold_what_is_cited(case: Case, names: GuidelineNames) -> None:
    letter = view(case.text)
    line = guideline_line(letter, (0, len(letter.flat)), names)
    raw = letter.source.raw
    assert line.raw == " ".join(case.text.split())
    for cited in line.mtus:
        words = raw[cited.span.start : cited.span.end]
        assert words[-1] not in " .,;"
        assert all(section.split(",")[0] in words for section in cited.sections)
        assert (cited.page_span is None) == (not cited.pages)
        if cited.page_span:
            assert cited.span.holds(cited.page_span)
            assert str(cited.pages[0][0])[:1] in raw[cited.page_span.start : cited.page_span.end]
    for slip in line.slips:
        assert raw[slip.span.start : slip.span.end] == slip.text


def test_a_reviewer_who_relies_on_what_the_claims_administrator_used(names: GuidelineNames) -> None:
    claims = read("The Claims Administrator based its decision on the Knee Complaints, page 340.", names)
    reviewer = read(
        "The Expert Reviewer relied on the section of the MTUS used by the Claims Administrator.", names, claims
    )
    assert reviewer.mtus == claims.mtus != ()


def test_no_line(names: GuidelineNames) -> None:
    assert guideline_line(view("anything"), None, names) == GuidelineLine()
