"""The historic layouts of the letter, as a table.

A layout is data: the headings that stand over its sections, the words that open the parts of a disputed item, and how
an item begins. A new layout is a new entry. Headings are given in upper case; how tolerantly they are matched (case,
numbering, colon, plural "(S)", wrapping) is the business of ``headings``.

Only the section headings of the three oldest layouts are known from real letters, so their entries list more wordings.
"""

from dataclasses import dataclass
from enum import Enum

from checker.model.determination import Outcome


class Part(Enum):
    """What stands under a heading."""

    TITLE = "title"
    MADE = "how the determination was made"
    SUMMARY = "case summary"
    ITEMS = "decisions and rationales"
    DOCUMENTS = "documents reviewed"
    REVIEWER = "qualifications of the reviewer"
    ISSUE = "issue at dispute"
    GUIDELINE = "guideline relied upon"
    RATIONALE = "rationale"
    NECESSARY = "rationale why it was necessary"
    NOT_NECESSARY = "rationale why it was not necessary"
    END = "text after the decision"


class Style(Enum):
    """How a disputed item begins."""

    OUTCOME = "the request, a colon and the outcome"
    VERDICT = "a number, the request and whether it is necessary"
    ISSUE = "a heading that names the issue"
    REGARDING = "a number and 'Regarding the request for'"


class Label(Enum):
    """What the words that open a part of an item introduce."""

    CLAIMS = "what the claims administrator relied on"
    REVIEWER = "what the reviewer relied on"
    RATIONALE = "the reasons"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and what stands under it.

    In ``words`` "[A|B]" is a choice, "[A|]" may be left out, "(S)" is a plural that may be left out or stand in or
    without brackets; commas and apostrophes do not count.
    """

    words: str
    part: Part


@dataclass(frozen=True, slots=True)
class Opening:
    """Words, in lower case, that open a part of an item.

    Attributes:
        words: The words.
        label: What they introduce.
        included: The words belong to the part (a sentence such as "The Claims Administrator based its decision on").
    """

    words: str
    label: Label
    included: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One layout.

    Attributes:
        id: As reported.
        name: For a person.
        style: How an item begins.
        signs: Parts of which one must be there for the letter to be taken as this layout.
        headings: Its headings.
        openings: What opens the parts of an item.
    """

    id: str
    name: str
    style: Style
    signs: frozenset[Part]
    headings: tuple[Heading, ...]
    openings: tuple[Opening, ...]


OUTCOMES: tuple[tuple[str, Outcome], ...] = (
    ("partially overturned", Outcome.PARTIALLY_OVERTURNED),
    ("overturned in part", Outcome.PARTIALLY_OVERTURNED),
    ("partly overturned", Outcome.PARTIALLY_OVERTURNED),
    ("partial overturn", Outcome.PARTIALLY_OVERTURNED),
    ("partially upheld", Outcome.PARTIALLY_OVERTURNED),
    ("upheld in part", Outcome.PARTIALLY_OVERTURNED),
    ("overturned", Outcome.OVERTURNED),
    ("upheld", Outcome.UPHELD),
)
"""The outcome words, longer ones first; capitalised in letters."""

_MADE = (Heading("HOW THE [IMR|] [FINAL|] DETERMINATION WAS MADE", Part.MADE),)
_SUMMARY = (
    Heading("[CLINICAL|] CASE SUMMARY", Part.SUMMARY),
    Heading("CLINICAL SUMMARY", Part.SUMMARY),
    Heading("SUMMARY OF [THE|] CASE", Part.SUMMARY),
)
_DOCUMENTS = (
    Heading("DOCUMENT(S) REVIEWED [FOR|] [THE|] [DETERMINATION|]", Part.DOCUMENTS),
    Heading("RECORD(S) REVIEWED", Part.DOCUMENTS),
)
_LABELS = (
    Opening("claims administrator guideline", Label.CLAIMS),
    Opening("claims administrator's guideline", Label.CLAIMS),
    Opening("maximus guideline", Label.REVIEWER),
    Opening("expert reviewer guideline", Label.REVIEWER),
    Opening("decision rationale", Label.RATIONALE),
)
_SENTENCES = (
    Opening("the claims administrator based", Label.CLAIMS, included=True),
    Opening("the claims administrator relied", Label.CLAIMS, included=True),
    Opening("the claims administrator cited", Label.CLAIMS, included=True),
    Opening("the claims administrator used", Label.CLAIMS, included=True),
    Opening("the claims administrator found", Label.CLAIMS, included=True),
    Opening("the claims administrator did not", Label.CLAIMS, included=True),
    Opening("the claims administrator provided", Label.CLAIMS, included=True),
    Opening("the claims administrator stated", Label.CLAIMS, included=True),
    Opening("ur relied", Label.CLAIMS, included=True),
    Opening("ur based", Label.CLAIMS, included=True),
    Opening("ur cited", Label.CLAIMS, included=True),
    Opening("ur did not", Label.CLAIMS, included=True),
    Opening("utilization review relied", Label.CLAIMS, included=True),
    Opening("utilization review based", Label.CLAIMS, included=True),
    Opening("utilization review cited", Label.CLAIMS, included=True),
    Opening("the utilization review", Label.CLAIMS, included=True),
    Opening("reviewer based", Label.REVIEWER, included=True),
    Opening("reviewer relied", Label.REVIEWER, included=True),
    Opening("reviewer cited", Label.REVIEWER, included=True),
    Opening("reviewer used", Label.REVIEWER, included=True),
    Opening("reviewer found", Label.REVIEWER, included=True),
    Opening("reviewer did not", Label.REVIEWER, included=True),
    Opening("reviewer also", Label.REVIEWER, included=True),
    Opening("reviewer's decision rationale", Label.RATIONALE),
    Opening("decision rationale", Label.RATIONALE),
)

LAYOUTS: tuple[Layout, ...] = (
    Layout(
        id="4b",
        name="IMR Issues, Decisions and Rationales, with credentials block (2015 on)",
        style=Style.OUTCOME,
        signs=frozenset({Part.ITEMS}),
        headings=(*_MADE, *_SUMMARY, Heading("[IMR|] ISSUE(S), DECISION(S), AND RATIONALE(S)", Part.ITEMS)),
        openings=_LABELS,
    ),
    Layout(
        id="maximus-imr",
        name="MAXIMUS Federal Services, Inc., Independent Medical Review (2013 to 2014)",
        style=Style.VERDICT,
        signs=frozenset({Part.ITEMS}),
        headings=(*_MADE, *_DOCUMENTS, *_SUMMARY, Heading("IMR DECISION(S) AND RATIONALE(S)", Part.ITEMS)),
        openings=_SENTENCES,
    ),
    Layout(
        id="medical-professional-review",
        name="Medical Professional Review (2013 to 2014)",
        style=Style.ISSUE,
        signs=frozenset({Part.TITLE, Part.ISSUE}),
        headings=(
            Heading("MEDICAL PROFESSIONAL REVIEW", Part.TITLE),
            Heading("ISSUE(S) [AT|IN|UNDER] DISPUTE", Part.ISSUE),
            Heading("DISPUTED ISSUE(S)", Part.ISSUE),
            *_SUMMARY,
            *_DOCUMENTS,
            Heading(
                "[MEDICAL|] TREATMENT GUIDELINE(S) RELIED UPON "
                "[BY PROFESSIONAL REVIEWER|BY THE PROFESSIONAL REVIEWER|BY REVIEWER|BY THE REVIEWER|] [AND WHY|]",
                Part.GUIDELINE,
            ),
            Heading(
                "RATIONALE [FOR|] WHY THE REQUESTED TREATMENT(S)/SERVICE(S) [IS/WAS|IS|WAS] NOT MEDICALLY NECESSARY",
                Part.NOT_NECESSARY,
            ),
            Heading(
                "RATIONALE [FOR|] WHY THE REQUESTED TREATMENT(S)/SERVICE(S) [IS/WAS|IS|WAS] MEDICALLY NECESSARY",
                Part.NECESSARY,
            ),
            Heading("RATIONALE [FOR|] WHY THE REQUESTED TREATMENT(S)/SERVICE(S)", Part.RATIONALE),
            Heading("[MEDICAL|] [PROFESSIONAL|] REVIEWER QUALIFICATION(S)", Part.REVIEWER),
            Heading("QUALIFICATION(S) OF [THE|] [MEDICAL|PROFESSIONAL|] REVIEWER", Part.REVIEWER),
        ),
        openings=_SENTENCES,
    ),
    Layout(
        id="notice-2013",
        name="Notice of Independent Medical Review Determination (2013)",
        style=Style.REGARDING,
        signs=frozenset({Part.TITLE}),
        headings=(
            Heading("NOTICE OF INDEPENDENT MEDICAL REVIEW DETERMINATION", Part.TITLE),
            Heading("INDEPENDENT MEDICAL REVIEW DECISION(S) AND RATIONALE(S)", Part.ITEMS),
            Heading(
                "[MEDICAL|] QUALIFICATION(S) OF THE [EXPERT|PROFESSIONAL|PHYSICIAN|MEDICAL|] REVIEWER", Part.REVIEWER
            ),
            *_SUMMARY,
            *_DOCUMENTS,
            Heading(
                "SECTION(S) OF THE MEDICAL TREATMENT UTILIZATION SCHEDULE RELIED UPON BY THE "
                "[EXPERT|PROFESSIONAL|PHYSICIAN|MEDICAL|] REVIEWER [TO MAKE HIS/HER DECISION|TO MAKE THEIR DECISION|]",
                Part.GUIDELINE,
            ),
            Heading(
                "[MEDICAL TREATMENT|] GUIDELINE(S) [RELIED UPON|USED] BY THE "
                "[EXPERT REVIEWER|PROFESSIONAL REVIEWER|PHYSICIAN REVIEWER|CLAIMS ADMINISTRATOR|MAXIMUS]",
                Part.GUIDELINE,
            ),
            Heading("RATIONALE(S) FOR [THE|] DECISION(S)", Part.RATIONALE),
            Heading("EFFECT OF THE DECISION", Part.END),
        ),
        openings=_SENTENCES,
    ),
)
"""In the order in which they are tried."""

EARLIER_VARIANT = {"4b": "4a"}
"""Layouts that have an earlier variant in which the reviewer is described in prose (2014)."""
CREDENTIALS_LABEL = "of licensure:"
"""What only the later variant prints."""
