"""Tools to build a judged letter by hand, without any reading or rule."""

import hashlib
import re
from dataclasses import dataclass, field, replace

from checker.model.determination import (
    Determination,
    GuidelineLine,
    Item,
    MtusCitation,
    Outcome,
    Verdict,
)
from checker.model.facts import (
    UNKNOWN,
    Confidence,
    CriterionRow,
    Evidence,
    Fact,
    Facts,
    FactValue,
    ItemFacts,
    Sentence,
)
from checker.model.findings import (
    Finding,
    ItemJudgement,
    Reference,
    Result,
    Severity,
    Step,
    Stop,
    Trace,
    Truth,
)
from checker.model.source import SourceText, Span
from checker.reading.text import source_from_text

RULES = "5f0c" * 16
ENGINE = "reference reading"


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
    trace: Trace,
    severity: Severity,
    message: str,
    evidence: tuple[Evidence, ...],
    *,
    confidence: Confidence = Confidence.HIGH,
    reference: Reference = MTUS_2009,
) -> Finding:
    digest = hashlib.sha256(f"{trace.rule}|{trace.item}|{message}".encode()).hexdigest()[:20]
    return Finding(
        trace.code, trace.rule, trace.item, severity, confidence, message, reference, evidence, digest, trace
    )


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
    results = {r: sum(t.result is r for t in traces) for r in Result}
    applied = tuple((t.rule, t.code, t.result) for t in traces if t.result is not Result.NOT_APPLICABLE)
    stops = tuple(stop_of(t) for t in traces if t.result is not Result.FLAGGED)
    return ItemJudgement(item, topic, results, traces, applied, stops)


def stop_of(trace: Trace) -> Stop:
    """What stopped a rule, worked out from the whole of its trace."""
    stopped = {Result.NOT_APPLICABLE: trace.applies, Result.CLEAR: trace.flag}.get(trace.result)
    leaf, others = first_failing(stopped) if stopped else (None, 0)
    return Stop((trace.rule,), trace.result, leaf, others, trace.excepted_by, trace.missing)


def first_failing(step: Step) -> tuple[Step | None, int]:
    """The first comparison that made a tree fail, and how many alternatives failed beside it."""
    if step.truth is not Truth.FALSE:
        return None, 0
    if not step.steps:
        return step, 0
    failing = [s for s in step.steps if s.truth is Truth.FALSE]
    leaf, others = first_failing(failing[0])
    return leaf, others + (len(failing) - 1 if step.kind == "any" else 0)


def guideline(letter: Letter, words: str, section: str, page: int) -> GuidelineLine:
    span = letter.span(words)
    cited = MtusCitation("Chronic Pain Medical Treatment", None, (section,), ((page, page),), span)
    return GuidelineLine(" ".join(letter.source.raw[span.start : span.end].split()), span, (cited,))


def item_of(letter: Letter, number: int, heading: str, words: str, outcome: Outcome, **more: object) -> Item:
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


def facts_of(
    determination: Determination,
    by_item: tuple[tuple[Fact, ...], ...],
    criteria: tuple[tuple[CriterionRow, ...], ...],
    sentences: tuple[Sentence, ...] = (),
) -> Facts:
    items = tuple(ItemFacts(n, {f.name: f for f in facts}) for n, facts in enumerate(by_item, 1))
    return Facts(determination, ItemFacts(0, {}), items, criteria, sentences, ())
