"""A run is taken in letter by letter; when it is over, each letter has the findings that only its neighbours show."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from types import TracebackType
from typing import Self

from checker.across.case import Case, Cases
from checker.across.facts import Batch, Observed
from checker.across.like import LikeCases
from checker.across.store import Row, Store
from checker.across.twins import Signatures, TwinRationales
from checker.judging import Judge
from checker.judging.findings import fingerprint_of, joined
from checker.judging.ruletests import held
from checker.knowledge.across import Across as Settings
from checker.knowledge.guidelines import Guidelines
from checker.knowledge.lexicon import Lexicon
from checker.model.facts import Confidence, Evidence, Fact, ItemFacts
from checker.model.findings import Beside, Finding, Judgement, Result, Trace
from checker.model.source import Span
from checker.rulebook import Rulebook
from checker.rulebook.references import reference


@dataclass(frozen=True, slots=True)
class FoundAcross:
    """The findings of one letter that rest on other letters too.

    Attributes:
        letter: Place of the letter in the run.
        doc: Name of the letter.
        source: Path or name as given by the user.
        sha256: Hash of its bytes.
        findings: In the order of any letter's findings.
        quote: The words at a place that one of the findings names.
    """

    letter: int
    doc: str
    source: str
    sha256: str
    findings: tuple[Finding, ...]
    quote: Callable[[Span], str]


class Across:
    """Compares the letters of a run.

    Args:
        rulebook: The rules of the batch, and what they compare.
        judge: Judges their facts.
        guidelines: Regions of the body.
        lexicon: Parts of the body.
        settings: ``rulebook.across``, which must be there.
    """

    def __init__(
        self, rulebook: Rulebook, judge: Judge, guidelines: Guidelines, lexicon: Lexicon, settings: Settings
    ) -> None:
        self._book, self._judge, self._settings = rulebook, judge, settings
        self._cases = Cases(settings, rulebook.topics, guidelines, lexicon)
        self._rules = {rule.id: rule for rule in rulebook.active}
        self._blank = {name: Fact(name, value) for name, value in rulebook.vocabulary.defaults("batch").items()}
        self._open = ExitStack()
        self._store = self._open.enter_context(Store())
        self._signatures = self._open.enter_context(Signatures(settings.twins))

    def __enter__(self) -> Self:
        """The comparison itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the temporary files."""
        self._open.close()

    def add(self, place: int, letter: Judgement) -> None:
        """Take in one letter.

        Args:
            place: Its place in the run; places ascend.
            letter: The letter, with every finding that its own words give.
        """
        self.put(self.cases(place, letter))

    def cases(self, place: int, letter: Judgement) -> tuple[tuple[Case, bytes], ...]:
        """What is kept of a letter: each of its cases, signed. Nothing is taken in, so this can be done anywhere.

        Args:
            place: Its place in the run.
            letter: The letter.
        """
        return tuple((case, self._signatures.sign(case)) for case in self._cases.of(place, letter))

    def put(self, cases: Iterable[tuple[Case, bytes]]) -> None:
        """Take in what is kept of letters; places ascend."""
        for case, signature in cases:
            self._signatures.put(self._store.add(case), signature)

    def found(self) -> Iterator[FoundAcross]:
        """The letters that have findings, in input order; which findings they are does not depend on that order."""
        ordered = self._store.ordered()
        like = LikeCases(self._store, ordered, self._settings.like)
        twins = TwinRationales(self._store, ordered, self._signatures, self._settings.twins)
        batch = Batch(self._store, like, twins)
        for place, rows in self._store.rows_of_letters():
            findings: list[Finding] = []
            cases: list[Case] = []
            for row in rows:
                of_row = list(self._findings(batch, row))
                if of_row:
                    findings += of_row
                    cases.append(self._store.case(row))
            if findings:
                first = cases[0]
                yield FoundAcross(place, first.doc, first.source, first.sha256, tuple(joined(findings)), _Quotes(cases))

    def _findings(self, batch: Batch, row: Row) -> Iterator[Finding]:
        observed = batch.of(row)
        if observed is None:
            return
        case = self._store.case(row)
        facts = ItemFacts(case.item, self._blank | dict(observed.facts), frozenset(observed.facts))
        for trace in self._judge.considered(facts, "batch", case.doc):
            if trace.result is Result.FLAGGED:
                yield self._finding(case, observed, facts, trace)

    def _finding(self, case: Case, observed: Observed, facts: ItemFacts, trace: Trace) -> Finding:
        rule = self._rules[trace.rule]
        because = held(trace.flag) if trace.flag else ()
        grounds = [facts.facts[name] for name in (*held(trace.applies), *because)]
        shown = [*(facts.facts[name] for name in because), *(facts.facts[name] for name in rule.evidence)]
        evidence = _apart(words for fact in shown for words in fact.evidence) or (case.decision.evidence,)
        message = self._book.messages[rule.id].render(facts.value, self._number, because)
        return Finding(
            code=rule.code,
            rule=rule.id,
            item=case.item,
            severity=rule.severity,
            confidence=min([rule.confidence, *(fact.confidence for fact in grounds)], key=_rank),
            message=message,
            reference=reference(self._book.sources, rule.reference),
            evidence=evidence,
            fingerprint=fingerprint_of(rule.id, case.doc, case.item, (case.quote(words.span) for words in evidence)),
            trace=replace(trace, item=case.item),
            beside=_shown(observed, because),
        )

    def _number(self, name: str) -> int | float | None:
        return self._book.parameters[name].value_on(None)


def _rank(confidence: Confidence) -> int:
    return confidence.rank


def _shown(observed: Observed, because: tuple[str, ...]) -> tuple[Beside, ...]:
    """The items of other letters that the facts are about which made the rule fire."""
    parts = dict.fromkeys(name.partition(".")[0] for name in because)
    return tuple(dict.fromkeys(beside for part in parts for beside in observed.beside.get(part, ())))


def _apart(evidence: Iterator[Evidence]) -> tuple[Evidence, ...]:
    """Each place once, and none that lies in another."""
    places = tuple(dict.fromkeys(evidence))
    return tuple(
        e
        for e in places
        if not any(o != e and o.span.start <= e.span.start and e.span.end <= o.span.end for o in places)
    )


class _Quotes:
    """The words of the cases of one letter by where they stand."""

    def __init__(self, cases: list[Case]) -> None:
        self._cases = cases

    def __call__(self, span: Span) -> str:
        return next((text for case in self._cases if (text := case.quote(span))), "")
