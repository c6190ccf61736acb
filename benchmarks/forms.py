"""The form of generated letters: the five layouts, and how an extraction leaves the lines of a page."""

import random
from collections.abc import Callable, Iterator

from benchmarks.compose import Asked, Draft

WIDTH = 92
_LINES_A_PAGE = 46
_DECIDED = "The Final Determination was based on decisions for the disputed items/services set forth below:"
_PRACTICE = (
    "He/she has been in active clinical practice for more than five years and is currently working at least 24 hours a "
    "week in active practice. The {who} was selected based on his/her clinical experience, education, background, and "
    "expertise in the same or similar specialties that evaluate and/or treat the medical condition and disputed "
    "items/services. He/she is familiar with governing laws and regulations, including the strength of evidence "
    "hierarchy that applies to Independent Medical Review determinations."
)
_SENT = (
    "MAXIMUS Federal Services sent the complete case file to {a} {who}. He/she has no affiliation with the employer, "
    "employee, providers or the claims administrator."
)
_SUMMED = (
    "The {who} developed the following clinical case summary based on a review of the case file, including all medical "
    "records:"
)
_RECEIVED = (
    "The following relevant documents received from the interested parties and the documents provided with the "
    "application were reviewed and considered. These documents included:"
)
_RECORDS = (
    "Application for Independent Medical Review (DWC Form IMR)",
    "Utilization Review Determination",
    "Medical Records from Claims Administrator",
    "Medical Records from Employee/Employee Representative",
    "Medical Treatment Utilization Schedule (MTUS)",
)
_EFFECT = (
    "The determination of MAXIMUS Federal Services and its physician reviewer is deemed to be the final determination "
    "of the Administrative Director, Division of Workers' Compensation. With respect to the medical necessity of the "
    "treatment in dispute, this determination is binding on all parties."
)

Paragraph = str | tuple[str, ...]
"""Words to be wrapped, or lines that stand as they are."""


def case_number(draft: Draft) -> str:
    """A number beyond all that were ever given out."""
    return f"CM{draft.dates[3][-2:]}-{990_000 + draft.number:07d}"


def _head(draft: Draft) -> Paragraph:
    injury, denial, application, assigned, decided = draft.dates
    priority = "Expedited" if draft.expedited else "Standard"
    return (
        f"Case Number: {case_number(draft)} Date Assigned: {assigned}",
        f"Date of Injury: {injury} Decision Date: {decided}",
        f"UR Denial Date: {denial} Priority: {priority}",
        f"Application Received: {application}",
    )


def _opening(draft: Draft, who: str, *, prose: bool) -> Iterator[Paragraph]:
    sent = _SENT.format(a="an" if who[0] == "e" else "a", who=who)
    yield ("HOW THE IMR FINAL DETERMINATION WAS MADE",)
    if prose:
        certified = (
            f" The {who} is Board Certified in {draft.specialty.replace(', ', ' and ')} and is licensed to practice in "
            f"{draft.states.split(', ')[0]}. "
        )
        yield sent + certified + _PRACTICE.format(who=who)
    else:
        yield f"{sent} {_PRACTICE.format(who=who)}"
        yield (
            "The Expert Reviewer has the following credentials:",
            f"State(s) of Licensure: {draft.states}",
            f"Certification(s)/Specialty: {draft.specialty}",
        )


def _labelled(draft: Draft, *, prose: bool) -> Iterator[Paragraph]:
    """Layouts 4a and 4b."""
    yield _head(draft)
    yield from _opening(draft, "expert reviewer", prose=prose)
    yield ("CLINICAL CASE SUMMARY",)
    yield _SUMMED.format(who="expert reviewer")
    yield draft.summary
    yield ("IMR ISSUES, DECISIONS AND RATIONALES",)
    yield _DECIDED
    for item in draft.items:
        yield f"{item.heading}: {'Overturned' if item.overturned else 'Upheld'}"
        yield f"Claims Administrator guideline: {_based(item.claims, 'The Claims Administrator')}"
        yield f"MAXIMUS guideline: {_based(item.reviewer, 'The Expert Reviewer')}"
        yield f"Decision rationale: {item.reasons}"


def _based(cited: str, who: str) -> str:
    return f"Decision based on {cited}." if cited else f"{who} did not cite any medical evidence for its decision."


def _maximus(draft: Draft) -> Iterator[Paragraph]:
    yield ("MAXIMUS FEDERAL SERVICES, INC.", "Independent Medical Review")
    yield _head(draft)
    yield from _opening(draft, "physician reviewer", prose=True)
    yield ("DOCUMENTS REVIEWED",)
    yield _RECEIVED
    yield _RECORDS
    yield ("CLINICAL CASE SUMMARY",)
    yield _SUMMED.format(who="physician reviewer")
    yield draft.summary
    yield ("IMR DECISION(S) AND RATIONALE(S)",)
    yield _DECIDED
    for number, item in enumerate(draft.items, 1):
        yield f"{number}. {item.heading} is {_necessary(item)} and appropriate."
        yield _sentence("The Claims Administrator", "its", item.claims)
        yield _sentence("The Physician Reviewer", "his/her", item.reviewer)
        yield f"The Physician Reviewer's decision rationale: {item.reasons}"


def _necessary(item: Asked) -> str:
    return "medically necessary" if item.overturned else "not medically necessary"


def _sentence(who: str, whose: str, cited: str) -> str:
    if not cited:
        return f"{who} did not cite any medical evidence for {whose} decision."
    return f"{who} based {whose} decision on the {cited}."


def _professional(draft: Draft) -> Iterator[Paragraph]:
    yield ("MEDICAL PROFESSIONAL REVIEW",)
    yield (
        f"Case Number: {case_number(draft)}",
        f"Date of Injury: {draft.dates[0]}",
        f"Date of UR Decision: {draft.dates[1]}",
    )
    for number, item in enumerate(draft.items, 1):
        yield f"ISSUE AT DISPUTE: {number}. {item.heading}"
        if number == 1:
            yield ("CASE SUMMARY:",)
            yield draft.summary
            yield ("DOCUMENTS REVIEWED FOR DETERMINATION:",)
            yield _RECORDS
        yield ("MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY:",)
        yield _relied("UR", item.claims) + " " + _relied("The professional reviewer", item.reviewer)
        negated = "" if item.overturned else "NOT "
        yield (f"RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS {negated}MEDICALLY NECESSARY:",)
        yield item.reasons
    yield ("MEDICAL REVIEWER QUALIFICATIONS:",)
    yield f"The reviewer is Board Certified in {draft.specialty.split(', ')[0]} and is in active practice."


def _relied(who: str, cited: str) -> str:
    return f"{who} relied on the {cited}." if cited else f"{who} did not cite any medical evidence for its decision."


def _notice(draft: Draft) -> Iterator[Paragraph]:
    injury, denial, application, _, decided = draft.dates
    determined = tuple(
        f"{number}) MAXIMUS Federal Services, Inc. has determined the request for {item.heading} is "
        f"{_necessary(item)} and appropriate."
        for number, item in enumerate(draft.items, 1)
    )
    yield ("MAXIMUS FEDERAL SERVICES, INC.", "Independent Medical Review")
    yield ("Notice of Independent Medical Review Determination",)
    yield (f"Dated: {decided}",)
    yield (
        "Employee:",
        "Claim Number:",
        f"Date of UR Decision: {denial}",
        f"Date of Injury: {injury}",
        f"IMR Application Received: {application}",
        f"MAXIMUS Case Number: {case_number(draft)}",
    )
    yield from determined
    yield ("INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE",)
    yield (
        f"An application for Independent Medical Review was filed on {application} disputing the Utilization Review "
        f"Denial dated {denial}. A decision has been made for each of the treatment and/or services that were in "
        "dispute:"
    )
    yield from determined
    yield ("Medical Qualifications of the Expert Reviewer:",)
    yield (
        "The independent Medical Doctor who made the decision has no affiliation with the employer, employee, "
        "providers or the claims administrator. The physician reviewer is Board Certified in "
        f"{draft.specialty.split(', ')[0]} and is licensed to practice in {draft.states.split(', ')[0]}."
    )
    yield ("Case Summary:",)
    yield draft.summary
    yield ("Documents Reviewed for Determination:",)
    yield _RECEIVED
    yield _RECORDS
    for number, item in enumerate(draft.items, 1):
        yield f"{number}) Regarding the request for {item.heading}:"
        yield (
            "Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to Make His/Her "
            "Decision"
        )
        yield f"{_sentence('The Claims Administrator', 'its', item.claims)} " + (
            f"The Expert Reviewer relied on the {item.reviewer}."
            if item.reviewer
            else "The Expert Reviewer did not base his/her decision on the MTUS."
        )
        yield ("Rationale for the Decision:",)
        yield item.reasons
    yield ("Effect of the Decision:",)
    yield _EFFECT


LAYOUTS: dict[str, Callable[[Draft], Iterator[Paragraph]]] = {
    "4b": lambda draft: _labelled(draft, prose=False),
    "4a": lambda draft: _labelled(draft, prose=True),
    "maximus-imr": _maximus,
    "medical-professional-review": _professional,
    "notice-2013": _notice,
}
"""By the names that the program has for them."""
_EARLY = ("4a",) * 4 + ("maximus-imr", "maximus-imr", "medical-professional-review", "notice-2013")
_LATE = ("4b",)


def paragraphs(draft: Draft, chance: random.Random) -> list[Paragraph]:
    """The letter in one of the layouts of its years."""
    layouts = _LATE if draft.era else _EARLY
    return list(LAYOUTS[layouts[int(chance.random() * len(layouts))]](draft))


def as_text(body: list[Paragraph], chance: random.Random) -> str:
    """The letter as text in one of three forms: line ends doubled, wrapped lines, one line a paragraph."""
    form = chance.random()
    if form < 0.15:
        return "\n\n".join("\n".join(lines) for lines in ((p,) if isinstance(p, str) else p for p in body)) + "\n"
    wrapped = [list(_wrapped(p)) for p in body]
    if form < 0.5:
        return "\n\n".join(map("\n".join, wrapped)) + "\n"
    return _doubled(wrapped)


def _doubled(wrapped: list[list[str]]) -> str:
    """As the older extraction prints: an empty line after every line, a blank line between paragraphs, page breaks."""
    out: list[str] = []
    printed = 0
    for lines in wrapped:
        for line in lines:
            printed += 1
            out.append(f" {line} \n\n" if not out else f"{line} \n\n")
            if printed % _LINES_A_PAGE == 0:
                out.append("\n\n")
        out.append(" \n\n")
        printed += 1
    return "".join(out)


def as_pages(body: list[Paragraph]) -> str:
    """The letter as ``fixtures/make_pdf.py`` sets it."""
    return "\n\n".join("\n".join(_wrapped(p)) for p in body) + "\n"


def _wrapped(paragraph: Paragraph) -> Iterator[str]:
    if not isinstance(paragraph, str):
        yield from paragraph
        return
    start, length = 0, len(paragraph)
    while length - start > WIDTH:
        end = paragraph.rfind(" ", start, start + WIDTH + 1)
        if end < start:
            end = paragraph.find(" ", start)
            if end < 0:
                break
        yield paragraph[start:end]
        start = end + 1
    yield paragraph[start:]
