"""Everything the page of one letter shows, as plain values; the templates hold no logic beyond showing them."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from checker.batch.letters import determination, problems
from checker.model.determination import Determination, Item
from checker.model.facts import CriterionRow, Evidence, Fact
from checker.model.findings import Beside, Finding, ItemJudgement, Judgement, Reference, Result, Severity, Step
from checker.reporting.evidence import (
    Cited,
    Mark,
    finding_label,
    finding_marks,
    quote_label,
    solid,
)
from checker.reporting.glossary import Glossary
from checker.reporting.lettertext import LetterText, letter_text
from checker.reporting.opinions import OpinionView, Reviewed, SaidView
from checker.reporting.quiet import Quiet, quiet_rules
from checker.reporting.readview import PartView, parts_read
from checker.reporting.traces import Node, held, node, words
from checker.reporting.visible import folded, markup

EFFECTS = {
    Severity.ERROR: "The text contradicts itself, its own reference or the record it summarises; "
    "the quotes alone show it.",
    Severity.WARNING: "A required element is missing, or one step of inference is needed to see the inconsistency.",
    Severity.NOTE: "Worth a look: common, or dependent on a fact that the letter does not hold.",
}
"""What a severity means, as the catalogue of findings defines it."""

_NOWHERE = Markup()

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


class QuoteView(NamedTuple):
    """Words a finding rests on. ``target`` is the id of the words on the page, "" where none are printed."""

    label: str
    part: str
    text: Markup
    target: str


@dataclass(frozen=True, slots=True)
class BesideView:
    """An item of another letter beside that of a finding; ``page`` is "" where that letter has none."""

    doc: str
    item: int
    request: str
    outcome: str
    why: str
    page: str
    quotes: tuple[tuple[str, Markup], ...]


class HeldFact(NamedTuple):
    """A fact that made a rule fire: name, what it says, value and how it was read."""

    name: str
    meaning: str
    value: str
    derivation: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding: criterion, condition, cause, effect, how to answer, and the trace.

    ``outcome`` is that of its item, ``beside`` what other letters show beside it.
    """

    label: str
    code: str
    rule: str
    severity: str
    confidence: str
    title: str
    message: str
    reference: Reference
    why: str
    quotes: tuple[QuoteView, ...]
    causes: tuple[HeldFact, ...]
    effect: str
    ask: str
    fingerprint: str
    applies: Node
    flag: Node | None
    exceptions: tuple[tuple[str, str, Node], ...]
    opinion: OpinionView
    outcome: str = ""
    beside: tuple[BesideView, ...] = ()


class CellView(NamedTuple):
    """What one part of the letter says of a criterion, with the ids of the words it rests on."""

    status: str
    targets: tuple[str, ...]


class CriterionView(NamedTuple):
    """A row of the criteria matrix; ``findings`` are the labels of findings in which it plays a part."""

    name: str
    summary: CellView
    rationale: CellView
    findings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ItemView:
    """A disputed item, or the whole letter as number 0; ``results`` counts the rules by their result."""

    number: int
    request: str
    outcome: str
    topic: str
    criteria: tuple[CriterionView, ...]
    findings: tuple[FindingView, ...]
    results: Mapping[str, int]
    considered: int
    applied: int


@dataclass(frozen=True, slots=True)
class LetterPage:
    """The page of one letter; ``way`` holds the links to the letters before and after it."""

    doc: str
    status: str
    problems: tuple[str, ...]
    meta: tuple[tuple[str, str], ...]
    sha256: str
    counts: tuple[tuple[str, int], ...]
    letter: ItemView | None
    items: tuple[ItemView, ...]
    quiet: tuple[Quiet, ...]
    rules_considered: int
    text: LetterText
    raw_doc: str = ""
    read: tuple[PartView, ...] = ()
    said: tuple[SaidView, ...] = ()
    way: Markup = _NOWHERE


def letter_page(
    letter: Judgement | Determination,
    glossary: Glossary,
    page_of: Callable[[int], str] = lambda place: "",
    reviewed: Reviewed | None = None,
    way: Markup = _NOWHERE,
) -> LetterPage:
    """Lay out one letter.

    Args:
        letter: Judged, or taken apart without a known layout.
        glossary: The words of the rule book.
        page_of: Address, from the page, of any letter of the run by its place; "" where there is none.
        reviewed: What reviewers have said, and the hashes by which they are held to it.
        way: Links to the letters before and after it.
    """
    reviewed = reviewed or Reviewed()
    parsed = determination(letter)
    views: tuple[ItemView, ...] = ()
    marks: list[Mark] = []
    judged: tuple[ItemJudgement, ...] = ()
    if isinstance(letter, Judgement):
        builder = _Builder(letter, glossary, reviewed, page_of)
        views, marks = builder.items(), builder.marks
        judged = (letter.letter, *letter.items)
    return LetterPage(
        doc=folded(parsed.source.doc),
        status=parsed.status.value,
        problems=tuple(folded(problem) for problem in problems(letter)),
        meta=_meta(parsed),
        sha256=parsed.source.sha256,
        counts=_counts(letter),
        letter=views[0] if views else None,
        items=views[1:],
        quiet=quiet_rules(judged, glossary),
        rules_considered=sum(sum(of.results.values()) for of in judged[:2]),  # those of a letter, and of an item
        text=letter_text(parsed, marks),
        raw_doc=parsed.source.doc,
        read=parts_read(letter.facts) if isinstance(letter, Judgement) else (),
        said=reviewed.of_letter(parsed.source.doc),
        way=way,
    )


def _counts(letter: Judgement | Determination) -> tuple[tuple[str, int], ...]:
    found = [f.severity for f in letter.findings] if isinstance(letter, Judgement) else []
    return tuple((severity.value, found.count(severity)) for severity in Severity)


def _meta(parsed: Determination) -> tuple[tuple[str, str], ...]:
    header, reviewer = parsed.header, parsed.reviewer
    return tuple(
        (name, folded(value))
        for name, value in (
            ("Case", header.case_number or ""),
            ("Decided", long_date(header.decision_date)),
            ("Injured", long_date(header.date_of_injury)),
            ("Reviewer", ", ".join(reviewer.specialties)),
            ("Licensed in", ", ".join(reviewer.licensure)),
            ("Layout", parsed.layout),
        )
        if value
    )


def long_date(date: datetime.date | None) -> str:
    """A date as in "September 2, 2014", whatever the locale; nothing for None."""
    return f"{_MONTHS[date.month - 1]} {date.day}, {date.year}" if date else ""


class _Builder:
    """Builds the views of one judged letter."""

    def __init__(
        self, judgement: Judgement, glossary: Glossary, reviewed: Reviewed, page_of: Callable[[int], str]
    ) -> None:
        self._judgement, self._page_of = judgement, page_of
        self._opinions = reviewed.on(judgement)
        self._parsed = judgement.facts.determination
        self._glossary = glossary
        self._cited = Cited(judgement)
        self._held = [list(held(found.trace.flag)) for found in judgement.findings]
        self._plays = self._parts()
        self._findings = tuple(self._finding(n, f) for n, f in enumerate(judgement.findings, 1))

    def _parts(self) -> dict[tuple[int, str], list[str]]:
        """The labels of the findings in which a fact plays a part, by item and name of the fact."""
        plays: dict[tuple[int, str], list[str]] = {}
        for number, (found, leaves) in enumerate(zip(self._judgement.findings, self._held, strict=True), 1):
            for leaf in leaves:
                plays.setdefault((found.item, leaf.fact), []).append(finding_label(number))
        return plays

    @property
    def marks(self) -> list[Mark]:
        """What is pointed at in the letter; ``items`` was asked for."""
        return [*finding_marks(self._judgement), *self._cited.marks]

    def items(self) -> tuple[ItemView, ...]:
        """The whole letter as item 0, then each item."""
        facts = self._judgement.facts
        rows = zip(self._parsed.items, facts.criteria, strict=True)
        return (self._item(0, None, ()), *(self._item(n, item, row) for n, (item, row) in enumerate(rows, 1)))

    def _item(self, number: int, item: Item | None, rows: Sequence[CriterionRow]) -> ItemView:
        judged = self._judgement.items[number - 1] if number else self._judgement.letter
        considered = sum(judged.results.values())
        numbers = [n for n, f in enumerate(self._judgement.findings) if f.item == number]
        return ItemView(
            number=number,
            request=folded(item.request) if item else "The letter as a whole",
            outcome=item.outcome.value if item else "",
            topic=self._glossary.topic(judged.topic),
            criteria=tuple(self._criterion(number, judged.topic, row) for row in rows),
            findings=tuple(self._findings[n] for n in numbers),
            results={result.value: judged.results.get(result, 0) for result in Result},
            considered=considered,
            applied=considered - judged.results.get(Result.NOT_APPLICABLE, 0),
        )

    def _criterion(self, item: int, topic: str, row: CriterionRow) -> CriterionView:
        card = self._glossary.criterion(topic, row.criterion)
        summary, rationale = f"summary.{card.concept}", f"rationale.{card.concept}"
        labels = {*self._plays.get((item, summary), ()), *self._plays.get((item, rationale), ())}
        return CriterionView(
            name=card.title,
            summary=CellView(row.summary.value, self._cited.targets(item, summary)),
            rationale=CellView(row.rationale.value, self._cited.targets(item, rationale)),
            findings=tuple(sorted(labels, key=_number)),
        )

    def _finding(self, number: int, found: Finding) -> FindingView:
        card = self._glossary.rule(found.rule)
        trace = found.trace
        known = _Known(self._judgement, found.item)
        quotes = _Quotes(number, found)
        opinion = self._opinions[found.fingerprint]
        return FindingView(
            label=finding_label(number),
            code=found.code,
            rule=found.rule,
            severity=found.severity.value,
            confidence=found.confidence.value,
            title=card.title or found.code,
            message=folded(found.message),
            reference=found.reference,
            why=card.why,
            quotes=tuple(self._quote(number, n, e) for n, e in enumerate(found.evidence, 1)),
            causes=tuple(self._cause(leaf, known(leaf.fact)) for leaf in self._held[number - 1]),
            effect=EFFECTS[found.severity],
            ask=card.ask,
            fingerprint=found.fingerprint,
            applies=node(trace.applies, known, quotes),
            flag=node(trace.flag, known, quotes) if trace.flag else None,
            exceptions=tuple(
                (name, card.exceptions.get(name, ""), node(tree, known, quotes)) for name, tree in trace.exceptions
            ),
            opinion=opinion,
            outcome=self._parsed.items[found.item - 1].outcome.value if found.item else "",
            beside=tuple(self._beside(beside) for beside in found.beside),
        )

    def _beside(self, beside: Beside) -> BesideView:
        return BesideView(
            doc=folded(beside.doc),
            item=beside.item,
            request=folded(beside.request),
            outcome=beside.outcome,
            why=beside.why,
            page=self._page_of(beside.letter),
            quotes=tuple((words.part.value, markup(words.text)) for words in beside.quotes),
        )

    def _cause(self, leaf: Step, fact: Fact | None) -> HeldFact:
        meaning, unit = self._glossary.meaning(leaf.fact), self._glossary.unit(leaf.fact)
        value = f"{words(leaf.value)} {unit}".strip() if isinstance(leaf.value, (int, float)) else words(leaf.value)
        return HeldFact(leaf.fact, meaning, value, fact.derivation if fact else "")

    def _quote(self, finding: int, position: int, evidence: Evidence) -> QuoteView:
        label = quote_label(finding, position)
        printed = solid(self._parsed.source.raw, evidence.span) is not None
        text = markup(self._parsed.quote(evidence.span))
        return QuoteView(label, evidence.part.value, text, f"w{label[1:]}" if printed else "")


def _number(label: str) -> int:
    return int(label[1:])


class _Known:
    """Looks a fact up on an item, then on the letter."""

    def __init__(self, judgement: Judgement, item: int) -> None:
        facts = judgement.facts
        self._maps = (facts.items[item - 1].facts if item else facts.letter.facts, facts.letter.facts)

    def __call__(self, name: str) -> Fact | None:
        return self._maps[0].get(name) or self._maps[1].get(name)


class _Quotes:
    """Labels of the quotes of a finding that a fact's words overlap."""

    def __init__(self, number: int, found: Finding) -> None:
        self._quotes = [(quote_label(number, n), e.span) for n, e in enumerate(found.evidence, 1)]

    def __call__(self, fact: Fact) -> tuple[str, ...]:
        return tuple(
            label for label, span in self._quotes if any(span.overlaps(evidence.span) for evidence in fact.evidence)
        )
