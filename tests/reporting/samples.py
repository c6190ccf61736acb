"""Letters of our own invention, judged by hand: what the views are tested with."""

import datetime

from checker.model.determination import (
    Determination,
    Header,
    Outcome,
    Reviewer,
    Status,
)
from checker.model.facts import (
    Evidence,
    Fact,
    Part,
)
from checker.model.findings import (
    Judgement,
    Reference,
    Result,
    Severity,
    Trace,
    Truth,
)
from checker.model.source import Unreadable
from tests.reporting.builders import (
    ENGINE,
    RULES,
    Letter,
    every,
    facts_of,
    finding,
    item_of,
    judgement_of,
    leaf,
    quiet_traces,
)
from tests.reporting.pain_sample import OPENING, PAIN, pain

__all__ = ["PAIN", "clean", "foreign", "hostile", "pain", "unreadable"]

CLEAN = (
    OPENING
    + """\
The worker is a 29 year old cook with a sprain of the right wrist from January 9, 2015. Six visits of therapy brought
a grip of 30 kg, up from 18 kg, and the worker went back to light duty.

IMR ISSUES, DECISIONS AND RATIONALES

Physical therapy, four further visits for the right wrist: Overturned

Claims Administrator guideline: The Claims Administrator did not cite any guideline.

MAXIMUS guideline: The Expert Reviewer based his/her decision on MTUS Chronic Pain Medical Treatment Guidelines,
section on physical medicine, Page(s) 98-99.

Decision rationale: Grip and duty both gained from six visits, and four more stay within the number that the schedule
allows. The four visits are medically necessary.
"""
)

HOSTILE = (
    OPENING
    + """\
The worker <script>document.title='owned'</script> is {{7*7}} years old. A note reads \u202eesrever\u202c and &lt;b&gt;.

IMR ISSUES, DECISIONS AND RATIONALES

Brace "><img src=x onerror=alert(1)> </textarea></details></main>: Upheld

Claims Administrator guideline: none javascript:alert(1)

MAXIMUS guideline: The Expert Reviewer did not cite any medical evidence \u2028 for the decision.

Decision rationale: =HYPERLINK("http://evil.example","x") {% raw %} The brace is <b>not</b> medically necessary.
"""
)

FOREIGN = """\
MEMORANDUM

The committee met on the second Tuesday of the month and approved the minutes of the meeting before.
"""


def clean(doc: str = "sample-0002") -> Judgement:
    """One approved item and nothing to say."""
    letter = Letter(CLEAN, doc)
    heading = "Physical therapy, four further visits for the right wrist"
    item = item_of(
        letter,
        1,
        heading,
        "Grip and duty",
        Outcome.OVERTURNED,
        category="physical-medicine",
        visits=4,
        body_parts=("right wrist",),
    )
    determination = Determination(
        letter.source,
        Status.OK,
        (),
        "4b",
        Header(decision_date=datetime.date(2015, 6, 30)),
        Reviewer(("California",), ("Physical Medicine",)),
        letter.between("The worker is a 29", "light duty."),
        (item,),
    )
    facts = facts_of(determination, ((Fact("decision.outcome", "overturned"),),), ((),))
    return Judgement(
        facts, judgement_of(0, "", ()), (judgement_of(1, "physical-medicine", quiet_traces(1, 4)),), (), RULES, ENGINE
    )


def hostile(doc: str = '../../etc/pass\u202ewd "><script>alert(1)</script>') -> Judgement:
    """A letter that tries to be a page, a template, a spreadsheet formula and a path."""
    letter = Letter(HOSTILE, doc)
    heading = 'Brace "><img src=x onerror=alert(1)> </textarea></details></main>'
    item = item_of(letter, 1, heading, "=HYPERLINK", Outcome.UPHELD, category="dme")
    determination = Determination(
        letter.source,
        Status.PARTIAL,
        ('no guideline line of <b>"item"</b> 1',),
        "4b",
        Header(),
        Reviewer((), ("<i>Surgery</i>",)),
        letter.span("The worker <script>document.title='owned'</script> is {{7*7}} years old."),
        (item,),
    )
    flag = every(leaf("cite.none", "<yes>", "<yes>", Truth.TRUE))
    found = finding(
        Trace("CIT001", "CIT001", 1, Result.FLAGGED, every(), flag),
        Severity.ERROR,
        'No guideline is cited for Brace "><img src=x onerror=alert(1)>',
        (
            Evidence(Part.GUIDELINE, letter.span("did not cite any medical evidence")),
            Evidence(Part.SUMMARY, letter.span("<script>document.title='owned'</script> is {{7*7}} years")),
        ),
        reference=Reference("<u>Labor Code</u>", "4610.6", "", "javascript:alert(1)"),
    )
    facts = facts_of(determination, ((Fact("cite.none", "<yes>"),),), ((),))
    return Judgement(facts, judgement_of(0, "", ()), (judgement_of(1, "dme", (found.trace,)),), (found,), RULES, ENGINE)


def foreign(doc: str = "memo") -> Determination:
    """Readable, but no determination of a known layout."""
    letter = Letter(FOREIGN, doc)
    return Determination(
        letter.source,
        Status.UNKNOWN_LAYOUT,
        ("no disputed item found: none of the known headings stands in the text",),
        "",
        Header(),
        Reviewer(),
        None,
        (),
    )


def unreadable(doc: str = "scan") -> Unreadable:
    return Unreadable(doc, f"letters/{doc}.pdf", "no text on pages 1-3, needs OCR", "ab" * 32)
