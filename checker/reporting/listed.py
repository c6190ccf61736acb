"""The findings that the print view of an audit lists: the worst of a run, within a limit."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from checker.model.facts import Facts
from checker.model.findings import Finding, Judgement, Reference, Severity
from checker.reporting.evidence import finding_label
from checker.reporting.glossary import Glossary
from checker.reporting.letterpage import EFFECTS, HeldFact
from checker.reporting.opinions import SaidView, said_views
from checker.reporting.traces import held, words
from checker.reporting.visible import folded, markup, shortened
from checker.review.standing import Standing, State

LIMIT = 500
"""Findings in the print view of an audit; the pages of the letters have all."""

REQUEST = 120


@dataclass(frozen=True, slots=True)
class ListedFinding:
    """A finding as the print view tells it.

    Attributes:
        place: Of its letter in the run.
        address: Of the finding from the summary, "" where the letter has no page.
        label: Of the finding on the page of its letter.
        doc: Name of the letter.
        item: Number of the disputed item, 0 for the whole letter.
        request: What was asked for, "" for the whole letter.
        outcome: What became of the denial, "" for the whole letter.
        state: Where its review stands.
        quotes: Part of the letter and words.
        causes: The facts that made the rule fire.
        said: What reviewers said of it.
    """

    place: int
    address: str
    label: str
    code: str
    rule: str
    severity: str
    confidence: str
    doc: str
    item: int
    request: str
    outcome: str
    message: str
    reference: Reference
    quotes: tuple[tuple[str, Markup], ...]
    causes: tuple[HeldFact, ...]
    state: str
    said: tuple[SaidView, ...]

    @property
    def order(self) -> tuple[int, int, int]:
        """The worst first, then as the run has them."""
        return (-Severity(self.severity).rank, self.place, int(self.label[1:]))


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule with its findings: criterion, effect and answer are told once."""

    code: str
    rule: str
    title: str
    why: str
    ask: str
    severity: str
    effect: str
    findings: tuple[ListedFinding, ...]


class Listed:
    """Keeps the worst findings of a run.

    Args:
        glossary: The words of the rule book.
        limit: How many are kept.
    """

    def __init__(self, glossary: Glossary, limit: int = LIMIT) -> None:
        self._glossary = glossary
        self._limit = limit
        self._kept: list[ListedFinding] = []
        self._least = -1

    def add(self, place: int, letter: Judgement, page: str, standings: Mapping[str, Standing]) -> None:
        """Take the findings of a letter in.

        Args:
            place: Place of the letter in the run.
            letter: The letter.
            page: Address of its page, "" where it has none.
            standings: Where its findings stand, by fingerprint.
        """
        for number, finding in enumerate(letter.findings, 1):
            if finding.severity.rank > self._least:
                standing = standings.get(finding.fingerprint) or Standing(State.OPEN)
                self._kept.append(self._listed(place, number, letter.facts, finding, page, standing))
        if len(self._kept) >= 2 * self._limit:
            self._cut()

    @property
    def findings(self) -> tuple[ListedFinding, ...]:
        """What is kept, in no certain order."""
        return tuple(self._kept)

    def take(self, findings: Iterable[ListedFinding]) -> None:
        """Take findings in that were kept elsewhere."""
        self._kept += (kept for kept in findings if Severity(kept.severity).rank > self._least)
        if len(self._kept) >= 2 * self._limit:
            self._cut()

    def drop(self, place: int) -> None:
        """Forget the findings of a letter, which is told anew."""
        self._kept = [kept for kept in self._kept if kept.place != place]

    def _cut(self) -> None:
        self._kept = sorted(self._kept, key=lambda kept: kept.order)[: self._limit]
        if len(self._kept) == self._limit:
            self._least = Severity(self._kept[-1].severity).rank

    def rules(self, *, dismissed: bool) -> tuple[ListedRule, ...]:
        """What is kept by rule, the worst first.

        Args:
            dismissed: The findings that reviewers dismissed, or all others.
        """
        self._cut()
        by_rule: dict[tuple[int, str, str], list[ListedFinding]] = {}
        for kept in self._kept:
            if (kept.state == State.DISMISSED.value) == dismissed:
                key = (-Severity(kept.severity).rank, kept.code, kept.rule)
                by_rule.setdefault(key, []).append(kept)
        return tuple(self._rule(findings) for _, findings in sorted(by_rule.items(), key=lambda told: told[0]))

    def __len__(self) -> int:
        """How many are kept."""
        return min(len(self._kept), self._limit)

    def _rule(self, findings: list[ListedFinding]) -> ListedRule:
        first = findings[0]
        card = self._glossary.rule(first.rule)
        effect = EFFECTS[Severity(first.severity)]
        title = card.title or first.code
        return ListedRule(first.code, first.rule, title, card.why, card.ask, first.severity, effect, tuple(findings))

    def _listed(  # noqa: PLR0917 (what a finding is told with)
        self, place: int, number: int, facts: Facts, finding: Finding, page: str, standing: Standing
    ) -> ListedFinding:
        parsed = facts.determination
        item = next((item for item in parsed.items if item.number == finding.item), None)
        label = finding_label(number)
        return ListedFinding(
            place=place,
            address=f"{page}#{label}" if page else "",
            label=label,
            code=finding.code,
            rule=finding.rule,
            severity=finding.severity.value,
            confidence=finding.confidence.value,
            doc=folded(parsed.source.doc),
            item=finding.item,
            request=shortened(item.request, REQUEST) if item else "",
            outcome=item.outcome.value if item else "",
            message=folded(finding.message),
            reference=finding.reference,
            quotes=tuple(self._quotes(facts, finding)),
            causes=tuple(self._causes(facts, finding)),
            state=standing.state.value,
            said=said_views(standing),
        )

    def _quotes(self, facts: Facts, finding: Finding) -> Iterator[tuple[str, Markup]]:
        for evidence in finding.evidence:
            text = facts.determination.quote(evidence.span)
            if text.strip():
                yield evidence.part.value, markup(text)

    def _causes(self, facts: Facts, finding: Finding) -> Iterable[HeldFact]:
        own = facts.items[finding.item - 1].facts if finding.item else facts.letter.facts
        for leaf in held(finding.trace.flag):
            fact = own.get(leaf.fact) or facts.letter.facts.get(leaf.fact)
            derivation = fact.derivation if fact else ""
            yield HeldFact(leaf.fact, self._glossary.meaning(leaf.fact), words(leaf.value), derivation)
