"""The letter that most views are tested with: two items, four findings of three severities, judged by hand."""

import datetime

from checker.model.determination import (
    Determination,
    Drug,
    Header,
    Outcome,
    Reviewer,
    Status,
)
from checker.model.facts import (
    UNKNOWN,
    Assertion,
    Confidence,
    CriterionRow,
    Evidence,
    Fact,
    FactValue,
    Part,
    Role,
    Sentence,
)
from checker.model.findings import (
    Finding,
    Judgement,
    Reference,
    Result,
    Severity,
    Trace,
    Truth,
)
from tests.reporting.builders import (
    ENGINE,
    RULES,
    UPHELD,
    Letter,
    either,
    every,
    facts_of,
    finding,
    guideline,
    item_of,
    judgement_of,
    leaf,
    quiet_traces,
)

OPENING = """\
HOW THE IMR FINAL DETERMINATION WAS MADE

The reviewer who read this file is a physician in active practice. The reviewer has no tie to the employer, to the
worker, to any provider or to the claims administrator, and knows the order in which evidence is weighed.

State(s) of Licensure: Oregon
Certification(s)/Specialty: Occupational Medicine

CLINICAL CASE SUMMARY

The reviewer wrote the following summary after reading all records of the file:

"""

PAIN = (
    OPENING
    + """\
The worker is a 47 year old bricklayer, hurt on March 4, 2012 when a scaffold gave way. He has low back pain with
pain in the left leg. A report of May 12, 2014 says that pain falls from 8 to 4 with hydrocodone and that he can now
cook, shop and walk his dog for thirty minutes. No side effects were reported. A urine test in April 2014 agreed with
what was prescribed. He has taken cyclobenzaprine every day since the autumn of 2012.

IMR ISSUES, DECISIONS AND RATIONALES

The decisions on the disputed items are these:

Hydrocodone/APAP 10/325mg #90: Upheld

Claims Administrator guideline: The Claims Administrator based its decision on MTUS Chronic Pain Medical Treatment
Guidelines, section on opioids, Page(s) 78-80.

MAXIMUS guideline: The Expert Reviewer based his/her decision on MTUS Chronic Pain Medical Treatment Guidelines,
section on opioids, Page(s) 113.

Decision rationale: The schedule asks that relief, function, side effects and signs of misuse be followed over time.
The records hold no account of what the worker can do in his day. The criteria for going on are largely met in this
case. Hydrocodone at this strength and number is not medically necessary.

Cyclobenzaprine 7.5mg #60: Upheld

Claims Administrator guideline: The Claims Administrator based its decision on MTUS Chronic Pain Medical Treatment
Guidelines, section on muscle relaxants, Page(s) 63-66.

MAXIMUS guideline: The Expert Reviewer based his/her decision on MTUS Chronic Pain Medical Treatment Guidelines,
section on muscle relaxants, Page(s) 64.

Decision rationale: This relaxant is meant for short courses. The worker has taken it far longer than that. The
request is not medically necessary.
"""
)

MTUS = "MTUS Chronic Pain Medical Treatment Guidelines, 2009"


def pain_determination(doc: str = "sample-0001") -> tuple[Letter, Determination]:
    letter = Letter(PAIN, doc)
    hydrocodone = letter.span("Hydrocodone/APAP")
    items = (
        item_of(
            letter,
            1,
            "Hydrocodone/APAP 10/325mg #90",
            "The schedule asks",
            Outcome.UPHELD,
            drug=Drug(
                "Hydrocodone/APAP", "hydrocodone/acetaminophen", "10/325mg", 90, None, "hydrocodone", hydrocodone
            ),
            claims_guideline=guideline(
                letter,
                "MTUS Chronic Pain Medical Treatment Guidelines, section on opioids, Page(s) 78-80.",
                "opioids",
                78,
            ),
            reviewer_guideline=guideline(
                letter,
                "MTUS Chronic Pain Medical Treatment Guidelines, section on opioids, Page(s) 113.",
                "opioids",
                113,
            ),
        ),
        item_of(
            letter,
            2,
            "Cyclobenzaprine 7.5mg #60",
            "This relaxant is meant",
            Outcome.UPHELD,
            reviewer_guideline=guideline(
                letter,
                "MTUS Chronic Pain Medical Treatment Guidelines, section on muscle relaxants, Page(s) 64.",
                "muscle relaxants",
                64,
            ),
        ),
    )
    return letter, Determination(
        source=letter.source,
        status=Status.OK,
        problems=(),
        layout="4b",
        header=Header(decision_date=datetime.date(2014, 9, 2), date_of_injury=datetime.date(2012, 3, 4)),
        reviewer=Reviewer(("Oregon",), ("Occupational Medicine",)),
        summary=letter.between("The worker is a 47", "autumn of 2012."),
        items=items,
    )


def _fact(letter: Letter, name: str, value: FactValue, part: Part, *words: str, derivation: str = "") -> Fact:
    return Fact(name, value, tuple(Evidence(part, letter.span(w)) for w in words), Confidence.HIGH, derivation)


def _pain_facts(letter: Letter) -> tuple[Fact, ...]:
    return (
        Fact("decision.outcome", "upheld"),
        Fact("item.category", "medication"),
        Fact("item.days", UNKNOWN),
        _fact(letter, "summary.analgesia", "documented", Part.SUMMARY, "pain falls from 8 to 4 with hydrocodone"),
        _fact(letter, "rationale.analgesia", "silent", Part.RATIONALE),
        _fact(
            letter,
            "summary.functional-improvement",
            "documented",
            Part.SUMMARY,
            "he can now cook, shop and walk his dog",
            derivation="plain statement about the worker",
        ),
        _fact(
            letter,
            "rationale.functional-improvement",
            "not_documented",
            Part.RATIONALE,
            "hold no account of what the worker can do in his day",
            derivation="cue no-account-of",
        ),
        _fact(letter, "summary.adverse-effects", "denied", Part.SUMMARY, "No side effects were reported"),
        _fact(letter, "rationale.adverse-effects", "silent", Part.RATIONALE),
        _fact(letter, "summary.aberrant-behavior", "unclear", Part.SUMMARY, "urine test in April 2014 agreed"),
        _fact(letter, "rationale.aberrant-behavior", "silent", Part.RATIONALE),
        _fact(letter, "rationale.criteria-met", "documented", Part.RATIONALE, "criteria for going on are largely met"),
    )


def _pain_findings(letter: Letter) -> tuple[Finding, ...]:
    activities = every(
        leaf("rationale.functional-improvement", "not_documented", "not_documented", Truth.TRUE),
        leaf("summary.functional-improvement", "documented", "documented", Truth.TRUE),
    )
    conceded = every(
        UPHELD,
        either(
            leaf("rationale.criteria-met", "documented", "documented", Truth.TRUE),
            leaf("decision.ground", "none", UNKNOWN, Truth.UNKNOWN),
        ),
    )
    page = every(leaf("cite.page_in_topic", "outside", "outside", Truth.TRUE))
    taper = every(
        UPHELD, leaf("item.long_use", "yes", "yes", Truth.TRUE), leaf("letter.taper", "silent", "silent", Truth.TRUE)
    )
    not_a_taper = leaf("rationale.purpose", "taper", "treatment", Truth.FALSE)
    return (
        finding(
            Trace("DEC002", "DEC002", 1, Result.FLAGGED, every(UPHELD), conceded),
            Severity.ERROR,
            "The rationale says that the criteria are met, and the denial of hydrocodone is upheld all the same.",
            (
                Evidence(Part.RATIONALE, letter.span("The criteria for going on are largely met in this case.")),
                Evidence(Part.RATIONALE, letter.span("is not medically necessary")),
            ),
        ),
        finding(
            Trace(
                "FAC005.activities",
                "FAC005",
                1,
                Result.FLAGGED,
                every(UPHELD),
                activities,
                exceptions=(("FAC005.inference", not_a_taper),),
            ),
            Severity.ERROR,
            "The rationale says that activities are not documented; the case summary documents them.",
            (
                Evidence(
                    Part.RATIONALE, letter.span("The records hold no account of what the worker can do in his day.")
                ),
                Evidence(Part.SUMMARY, letter.span("he can now cook, shop and walk his dog for thirty minutes")),
            ),
        ),
        finding(
            Trace("CIT002", "CIT002", 1, Result.FLAGGED, every(), page),
            Severity.NOTE,
            "Page 113 lies outside the pages of the topic that the citation names.",
            (Evidence(Part.GUIDELINE, letter.span("Page(s) 113")),),
            confidence=Confidence.MEDIUM,
            reference=Reference(MTUS, "Opioids", "74-96", ""),
        ),
        finding(
            Trace("SAF001", "SAF001", 2, Result.FLAGGED, every(UPHELD), taper),
            Severity.WARNING,
            "Cyclobenzaprine has been taken since 2012 and is denied with no word on tapering.",
            (
                Evidence(Part.SUMMARY, letter.span("cyclobenzaprine every day since the autumn of 2012")),
                Evidence(Part.RATIONALE, letter.span("The worker has taken it far longer than that.")),
            ),
            confidence=Confidence.MEDIUM,
            reference=Reference(MTUS, "Weaning of medications", "124", ""),
        ),
    )


def pain(doc: str = "sample-0001") -> Judgement:
    """Two items, four findings of three severities, overlapping evidence, a criteria matrix with links."""
    letter, determination = pain_determination(doc)
    findings = _pain_findings(letter)
    rows = (
        CriterionRow("analgesia", Assertion.DOCUMENTED, Assertion.SILENT),
        CriterionRow("activities", Assertion.DOCUMENTED, Assertion.NOT_DOCUMENTED),
        CriterionRow("adverse-effects", Assertion.DENIED, Assertion.SILENT),
        CriterionRow("aberrant-behavior", Assertion.UNCLEAR, Assertion.SILENT),
    )
    span = letter.span("The records hold no account of what the worker can do in his day.")
    said = Sentence(Part.RATIONALE, 1, span, "The records hold no account ...", Role.APPLICATION, "records-hold")
    facts = facts_of(
        determination,
        (_pain_facts(letter), (Fact("decision.outcome", "upheld"), Fact("item.long_use", "yes"))),
        (rows, ()),
        (said,),
    )
    first = tuple(f.trace for f in findings if f.item == 1) + quiet_traces(1, 8)
    second = tuple(f.trace for f in findings if f.item == 2) + quiet_traces(2, 4)
    return Judgement(
        facts,
        judgement_of(0, "", quiet_traces(0, 2)),
        (judgement_of(1, "opioids", first), judgement_of(2, "muscle-relaxants", second)),
        findings,
        RULES,
        ENGINE,
    )
