"""Letters of our own in each layout, as short as a test needs them."""

from collections.abc import Sequence

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Determination, Item
from checker.model.source import SourceText
from checker.parsing import parse
from checker.parsing.view import View
from checker.reading.text import source_from_text

LINE = "Decision based on MTUS Chronic Pain Medical Treatment 2016."
REASONS = "The worker walks with a cane. The request is not medically necessary."


def source(text: str) -> SourceText:
    return source_from_text(text, "own", "own.txt", "")


def view(text: str) -> View:
    return View(source(text))


def item(
    heading: str,
    outcome: str = "Upheld",
    claims: str = LINE,
    reviewer: str = LINE,
    reasons: str = REASONS,
) -> str:
    return (
        f"{heading}: {outcome}\n\nClaims Administrator guideline: {claims}\n\nMAXIMUS guideline: {reviewer}\n\n"
        f"Decision rationale: {reasons}"
    )


def letter(items: Sequence[str], summary: str = "A roofer of 40 fell from a ladder.", head: str = "") -> str:
    parts = [
        head,
        "HOW THE IMR FINAL DETERMINATION WAS MADE",
        "A reviewer looked at the file.",
        "The Expert Reviewer has the following credentials:\nState(s) of Licensure: Oregon, Nevada\n"
        "Certification(s)/Specialty: Internal Medicine",
        "CLINICAL CASE SUMMARY",
        "The expert reviewer developed the following clinical case summary based on a review of the case file, "
        "including all medical records:",
        summary,
        "IMR ISSUES, DECISIONS AND RATIONALES",
        "The Final Determination was based on decisions for the disputed items/services set forth below:",
        *items,
    ]
    return "\n\n".join(part for part in parts if part)


def parsed(text: str, lexicon: Lexicon) -> Determination:
    return parse(source(text), lexicon)


def parsed_item(heading: str, lexicon: Lexicon) -> Item:
    """The only item of a letter with that heading."""
    items = parsed(letter([item(heading)]), lexicon).items
    assert len(items) == 1
    return items[0]


NOTICE = """Notice of Independent Medical Review Determination

Dated: 10/2/2013

Date of UR Decision: 7/9/2013
Date of Injury: 4/1/2010
IMR Application Received: 7/20/2013
MAXIMUS Case Number: CM13-0990001

1) MAXIMUS Federal Services, Inc. has determined the request for a rolling walker is notmedically \
necessary and appropriate.

2) MAXIMUS Federal Services, Inc. has determined the request for Lyrica 75mg #60 is medically \
necessary and appropriate.

INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE

A Notice of Assignment and Request for Information was provided to the above parties on 8/1/2013.

Medical Qualifications of the Expert Reviewer:

The physician reviewer is Board Certified in Neurology and is licensed to practice in Utah.

Case Summary:

Disclaimer: The following case summary was taken directly from the utilization review denial dated July 9, 2013.

"A mason with a sore back."

Documents Reviewed for Determination:

- Utilization Review Determination

1) Regarding the request for a rolling walker:

Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to Make His/Her Decision

The Claims Administrator based its decision on the Low Back Complaints (ACOEM Guidelines, 2nd Edition \
(2004), Chapter 12), page 298, which is part of the MTUS. The Expert Reviewer relied on the section of the MTUS used \
by the Claims Administrator, which was found relevant.

Rationale for the Decision:

He walks a mile unaided. The request for a rolling walker is not medically necessary and appropriate.

2) Regarding the request for Lyrica 75mg #60:

Section of the Medical Treatment Utilization Schedule Relied Upon by the Expert Reviewer to Make His/Her Decision

The Claims Administrator did not cite any evidence based guidelines. The Expert Reviewer found the Chronic Pain \
Medical Treatment Guidelines (May 2009), Pregabalin (Lyrica), page 99, which is part of the MTUS, relevant and \
appropriate.

Rationale for the Decision:

The burning is half of what it was. The request for Lyrica 75mg #60 is medically necessary and appropriate.

Effect of the Decision:

This determination is binding on all parties.
"""

REVIEW = """MEDICAL PROFESSIONAL REVIEW

Case Number: CM13-0990002
Date of Injury: 04/01/2010
Date of UR Decision: 07/09/2013

ISSUE AT DISPUTE: 1. Celebrex 200mg #30

CASE SUMMARY:

A mason with a sore back and an old ulcer.

DOCUMENTS REVIEWED FOR DETERMINATION:

1. Utilization review determination

MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY:

UR relied on the ODG, Pain Chapter. The professional reviewer relied on the MTUS Chronic Pain Medical Treatment \
Guidelines (2009), NSAIDs, GI symptoms & cardiovascular risk, pages 68-69, because of the ulcer.

RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS MEDICALLY NECESSARY:

He bled in 2009. The request for Celebrex 200mg #30 is medically necessary.

ISSUE AT DISPUTE: 2. Acupuncture, five sessions

RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS NOT MEDICALLY NECESSARY:

Twelve sessions changed nothing. The request for acupuncture is not medically necessary.

MEDICAL REVIEWER QUALIFICATIONS:

The reviewer is Board Certified in Family Practice with a subspecialty certification in Sports Medicine, is licensed \
to practice in Ohio, and is in active practice.
"""

MAXIMUS = """MAXIMUS FEDERAL SERVICES, INC.
Independent Medical Review

Case Number: CM13-0990003
Date Assigned: 11/01/2013

HOW THE IMR FINAL DETERMINATION WAS MADE

The physician reviewer is Board Certified in Physical Medicine and Rehabilitation, has a subspecialty in Pain Medicine \
and is licensed to practice in Texas and Oklahoma. He/she has been in active clinical practice.

DOCUMENTS REVIEWED

Application for Independent Medical Review

CLINICAL CASE SUMMARY

The physician reviewer developed the following clinical case summary based on a review of the case file, including all \
medical records:

A mason with a sore back.

IMR DECISION(S) AND RATIONALE(S)

The Final Determination was based on decisions for the disputed items/services set forth below:

1. Skelaxin 800mg #60 is not medically necessary and appropriate.

The Claims Administrator based its decision on the MTUS Chronic Pain Medical Treatment Guidelines, Muscle relaxants.

The Physician Reviewer based his/her decision on the MTUS Chronic Pain Medical Treatment Guidelines, Metaxalone \
(Skelaxin), page 61.

The Physician Reviewer's decision rationale: It has been taken for a year. The request for Skelaxin is not medically \
necessary.

2. X-ray of the lumbar spine is medically necessary and appropriate.

The Claims Administrator based its decision on the ACOEM Guidelines, Chapter 12.

The Physician Reviewer based his/her decision on the MTUS/ACOEM Guidelines, Low Back Complaints, Chapter 12, pages \
303-305.

The Physician Reviewer's decision rationale: He fell yesterday and is 74. The request for an x-ray is medically \
necessary.
"""
