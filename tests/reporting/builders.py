"""Letters of our own invention, judged by hand: what the views are tested with, without any reading or rule."""

import datetime
import hashlib
import re
from dataclasses import dataclass, field, replace

from checker.model.determination import (
    Determination,
    Drug,
    GuidelineLine,
    Header,
    Item,
    MtusCitation,
    Outcome,
    Reviewer,
    Status,
    Verdict,
)
from checker.model.facts import (
    UNKNOWN,
    Assertion,
    Confidence,
    CriterionRow,
    Evidence,
    Fact,
    Facts,
    FactValue,
    ItemFacts,
    Part,
    Role,
    Sentence,
)
from checker.model.findings import (
    Finding,
    ItemJudgement,
    Judgement,
    Reference,
    Result,
    Severity,
    Step,
    Trace,
    Truth,
)
from checker.model.source import SourceText, Span, Unreadable
from checker.reading.text import source_from_text

RULES = "5f0c" * 16
ENGINE = "reference reading"

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


@dataclass
class Letter:
    """A letter under construction: ``span`` finds the words, however the lines are wrapped."""

    raw: str
    doc: str
    source: SourceText = field(init=False)

    def __post_init__(self) -> None:
        digest = hashlib.sha256(self.raw.encode("utf-8", "surrogatepass")).hexdigest()
        self.source = source_from_text(self.raw, self.doc, f"letters/{self.doc}.txt", digest)

    def span(self, words: str, nth: int = 0) -> Span:
        pattern = r"\s+".join(re.escape(word) for word in words.split())
        found = list(re.finditer(pattern, self.source.raw))
        assert len(found) > nth, f"not in the letter: {words}"
        return Span(found[nth].start(), found[nth].end())

    def between(self, first: str, last: str) -> Span:
        start = self.span(first).start
        end = next(m.end() for m in re.finditer(re.escape(last), self.source.raw) if m.end() > start)
        return Span(start, end)


def leaf(fact: str, wanted: str, value: FactValue, truth: Truth, kind: str = "is") -> Step:
    return Step(kind, truth, fact, value, wanted)


def every(*steps: Step) -> Step:
    truths = [s.truth for s in steps]
    if Truth.FALSE in truths:
        return Step("all", Truth.FALSE, steps=steps)
    return Step("all", Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.TRUE, steps=steps)


def either(*steps: Step) -> Step:
    truths = [s.truth for s in steps]
    if Truth.TRUE in truths:
        return Step("any", Truth.TRUE, steps=steps)
    return Step("any", Truth.UNKNOWN if Truth.UNKNOWN in truths else Truth.FALSE, steps=steps)


UPHELD = leaf("decision.outcome", "upheld", "upheld", Truth.TRUE)
MTUS_2009 = Reference(
    "MTUS Chronic Pain Medical Treatment Guidelines, 2009", "Opioids, on-going management", "78", "8 CCR 9792.24.2"
)


def finding(
    code: str,
    rule: str,
    item: int,
    severity: Severity,
    message: str,
    evidence: tuple[Evidence, ...],
    trace: Trace,
    confidence: Confidence = Confidence.HIGH,
    reference: Reference = MTUS_2009,
) -> Finding:
    digest = hashlib.sha256(f"{rule}|{item}|{message}".encode()).hexdigest()[:20]
    return Finding(code, rule, item, severity, confidence, message, reference, evidence, digest, trace)


def quiet_traces(item: int, count: int = 6) -> tuple[Trace, ...]:
    """Rules that did not fire, one of each kind in turn."""
    traces = []
    for n in range(count):
        rule = f"QUI{n:03}"
        kind = n % 4
        if kind == 0:
            applies = every(leaf("item.category", "visit", "medication", Truth.FALSE))
            traces.append(Trace(rule, rule, item, Result.NOT_APPLICABLE, applies))
        elif kind == 1:
            flag = every(UPHELD, leaf("rationale.spasm", "documented", "silent", Truth.FALSE))
            traces.append(Trace(rule, rule, item, Result.CLEAR, every(UPHELD), flag))
        elif kind == 2:
            flag = every(UPHELD, leaf("item.days", "21", UNKNOWN, Truth.UNKNOWN, "above"))
            traces.append(Trace(rule, rule, item, Result.UNDECIDED, every(UPHELD), flag, missing=("item.days",)))
        else:
            flag = every(UPHELD)
            taper = every(leaf("rationale.taper", "documented", "documented", Truth.TRUE))
            traces.append(
                Trace(
                    rule,
                    rule,
                    item,
                    Result.EXCEPTED,
                    every(UPHELD),
                    flag,
                    exceptions=((f"{rule}.taper", taper),),
                    excepted_by=f"{rule}.taper",
                )
            )
    return tuple(traces)


def judgement_of(item: int, topic: str, traces: tuple[Trace, ...]) -> ItemJudgement:
    return ItemJudgement(item, topic, {r: sum(t.result is r for t in traces) for r in Result}, traces)


def guideline(letter: Letter, words: str, section: str, page: int) -> GuidelineLine:
    span = letter.span(words)
    cited = MtusCitation("Chronic Pain Medical Treatment", None, (section,), ((page, page),), span)
    return GuidelineLine(" ".join(letter.source.raw[span.start : span.end].split()), span, (cited,))


def _item(letter: Letter, number: int, heading: str, words: str, outcome: Outcome, **more: object) -> Item:
    label = outcome.value.capitalize()
    whole = letter.span(f"{heading}: {label}")
    rationale = letter.between(words, "medically necessary.")
    base = Item(
        number=number,
        heading=heading,
        heading_span=whole,
        request=heading,
        request_span=letter.span(heading),
        original=None,
        authorized=None,
        outcome=outcome,
        outcome_span=Span(whole.end - len(label), whole.end),
        category="medication",
        treatment="",
        drug=None,
        visits=None,
        body_parts=(),
        retrospective=False,
        service_dates=(),
        claims_guideline=GuidelineLine(),
        reviewer_guideline=GuidelineLine(),
        rationale=rationale,
        verdict=Verdict.NECESSARY if outcome is Outcome.OVERTURNED else Verdict.NOT_NECESSARY,
        verdict_span=None,
    )
    return replace(base, **more)  # type: ignore[arg-type]


def pain_determination(doc: str = "sample-0001") -> tuple[Letter, Determination]:
    letter = Letter(PAIN, doc)
    hydrocodone = letter.span("Hydrocodone/APAP")
    items = (
        _item(
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
        _item(
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
            "summary.activities",
            "documented",
            Part.SUMMARY,
            "he can now cook, shop and walk his dog",
            derivation="plain statement about the worker",
        ),
        _fact(
            letter,
            "rationale.activities",
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
        leaf("rationale.activities", "not_documented", "not_documented", Truth.TRUE),
        leaf("summary.activities", "documented", "documented", Truth.TRUE),
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
            "DEC002", "DEC002", 1, Severity.ERROR,
            "The rationale says that the criteria are met, and the denial of hydrocodone is upheld all the same.",
            (
                Evidence(Part.RATIONALE, letter.span("The criteria for going on are largely met in this case.")),
                Evidence(Part.RATIONALE, letter.span("is not medically necessary")),
            ),
            Trace("DEC002", "DEC002", 1, Result.FLAGGED, every(UPHELD), conceded),
        ),
        finding(
            "FAC005", "FAC005.activities", 1, Severity.ERROR,
            "The rationale says that activities are not documented; the case summary documents them.",
            (
                Evidence(Part.RATIONALE, letter.span("The records hold no account of what the worker can do in his day.")),
                Evidence(Part.SUMMARY, letter.span("he can now cook, shop and walk his dog for thirty minutes")),
            ),
            Trace("FAC005.activities", "FAC005", 1, Result.FLAGGED, every(UPHELD), activities,
                  exceptions=(("FAC005.inference", not_a_taper),)),
        ),
        finding(
            "CIT002", "CIT002", 1, Severity.NOTE,
            "Page 113 lies outside the pages of the topic that the citation names.",
            (Evidence(Part.GUIDELINE, letter.span("Page(s) 113")),),
            Trace("CIT002", "CIT002", 1, Result.FLAGGED, every(), page),
            confidence=Confidence.MEDIUM,
            reference=Reference("MTUS Chronic Pain Medical Treatment Guidelines, 2009", "Opioids", "74-96", ""),
        ),
        finding(
            "SAF001", "SAF001", 2, Severity.WARNING,
            "Cyclobenzaprine has been taken since 2012 and is denied with no word on tapering.",
            (
                Evidence(Part.SUMMARY, letter.span("cyclobenzaprine every day since the autumn of 2012")),
                Evidence(Part.RATIONALE, letter.span("The worker has taken it far longer than that.")),
            ),
            Trace("SAF001", "SAF001", 2, Result.FLAGGED, every(UPHELD), taper),
            confidence=Confidence.MEDIUM,
            reference=Reference("MTUS Chronic Pain Medical Treatment Guidelines, 2009", "Weaning of medications", "124", ""),
        ),
    )  # fmt: skip


def _facts(determination: Determination, by_item: tuple[tuple[Fact, ...], ...],
           criteria: tuple[tuple[CriterionRow, ...], ...], sentences: tuple[Sentence, ...] = ()) -> Facts:  # fmt: skip
    items = tuple(ItemFacts(n, {f.name: f for f in facts}) for n, facts in enumerate(by_item, 1))
    return Facts(determination, ItemFacts(0, {}), items, criteria, sentences, ())


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
    facts = _facts(
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


def clean(doc: str = "sample-0002") -> Judgement:
    """One approved item and nothing to say."""
    letter = Letter(CLEAN, doc)
    heading = "Physical therapy, four further visits for the right wrist"
    item = _item(
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
        letter.source, Status.OK, (), "4b", Header(decision_date=datetime.date(2015, 6, 30)),
        Reviewer(("California",), ("Physical Medicine",)), letter.between("The worker is a 29", "light duty."), (item,),
    )  # fmt: skip
    facts = _facts(determination, ((Fact("decision.outcome", "overturned"),),), ((),))
    return Judgement(
        facts, judgement_of(0, "", ()), (judgement_of(1, "physical-medicine", quiet_traces(1, 4)),), (), RULES, ENGINE
    )


def hostile(doc: str = '../../etc/pass\u202ewd "><script>alert(1)</script>') -> Judgement:
    """A letter that tries to be a page, a template, a spreadsheet formula and a path."""
    letter = Letter(HOSTILE, doc)
    heading = 'Brace "><img src=x onerror=alert(1)> </textarea></details></main>'
    item = _item(letter, 1, heading, "=HYPERLINK", Outcome.UPHELD, category="dme")
    determination = Determination(
        letter.source, Status.PARTIAL, ('no guideline line of <b>"item"</b> 1',), "4b", Header(),
        Reviewer((), ("<i>Surgery</i>",)), letter.span("The worker <script>document.title='owned'</script> is {{7*7}} years old."), (item,),
    )  # fmt: skip
    flag = every(leaf("cite.none", "<yes>", "<yes>", Truth.TRUE))
    found = finding(
        "CIT001", "CIT001", 1, Severity.ERROR, 'No guideline is cited for Brace "><img src=x onerror=alert(1)>',
        (Evidence(Part.GUIDELINE, letter.span("did not cite any medical evidence")),
         Evidence(Part.SUMMARY, letter.span("<script>document.title='owned'</script> is {{7*7}} years"))),
        Trace("CIT001", "CIT001", 1, Result.FLAGGED, every(), flag),
        reference=Reference("<u>Labor Code</u>", "4610.6", "", "javascript:alert(1)"),
    )  # fmt: skip
    facts = _facts(determination, ((Fact("cite.none", "<yes>"),),), ((),))
    return Judgement(facts, judgement_of(0, "", ()), (judgement_of(1, "dme", (found.trace,)),), (found,), RULES, ENGINE)


def foreign(doc: str = "memo") -> Determination:
    """Readable, but no determination of a known layout."""
    letter = Letter(FOREIGN, doc)
    return Determination(
        letter.source, Status.UNKNOWN_LAYOUT, ("no disputed item found: none of the known headings stands in the text",),
        "", Header(), Reviewer(), None, (),
    )  # fmt: skip


def unreadable(doc: str = "scan") -> Unreadable:
    return Unreadable(doc, f"letters/{doc}.pdf", "no text on pages 1-3, needs OCR", "ab" * 32)
