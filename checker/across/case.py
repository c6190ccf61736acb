"""From a judged letter to its cases: what of each disputed item is compared with those of other letters."""

import datetime
import hashlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from checker.across.words import holds, plain
from checker.knowledge.across import Across, KeyField
from checker.knowledge.guidelines import Guidelines
from checker.knowledge.lexicon import Lexicon
from checker.knowledge.topics import Topics
from checker.model.determination import Determination, Header, Item
from checker.model.facts import (
    UNKNOWN,
    Assertion,
    CriterionRow,
    Evidence,
    Fact,
    Facts,
    FactValue,
    Part,
)
from checker.model.findings import Finding, Judgement, Quote
from checker.model.source import Span
from checker.observing.request import regions_of


class Words(NamedTuple):
    """Words of a letter: the part they stand in, first code point and one past the last, and the words themselves."""

    part: str
    start: int
    end: int
    text: str

    @property
    def evidence(self) -> Evidence:
        """Where they stand."""
        return Evidence(Part(self.part), Span(self.start, self.end))

    @property
    def quote(self) -> Quote:
        """The same for another letter to show."""
        return Quote(Part(self.part), self.start, self.end, self.text)


class Statement(NamedTuple):
    """What is known of one criterion of the topic.

    Attributes:
        criterion: Its id.
        title: What it is called.
        status: documented, denied, not_documented; unclear where the rationale says it both ways or neither.
        decides: The rationale says so; otherwise only the case summary does.
        confidence: How sure that is.
        words: What it rests on.
    """

    criterion: str
    title: str
    status: str
    decides: bool
    confidence: str
    words: tuple[Words, ...]


class Misfit(NamedTuple):
    """A finding that words of the rationale do not fit the case: its code, the words, and all it rests on."""

    code: str
    said: tuple[str, ...]
    words: tuple[Words, ...]


class Case(NamedTuple):
    """One disputed item as it is compared with those of other letters; plain values, quick to put away and to fetch.

    Attributes:
        letter: Place of the letter in the run.
        doc: Name of the letter.
        source: Path or name as given by the user.
        sha256: Hash of its bytes.
        number: The case number, or a hash of the words of a letter that prints none: copies of a letter share it.
        text: Hash of the words of the letter.
        injured: Date of injury (ISO), "" where none is printed.
        item: Number of the item.
        label: How messages call it.
        request: What is asked for.
        outcome: upheld, overturned, partially-overturned or none.
        decision: The words of the outcome.
        key: Hash of all that has to be equal, "" where something of it is not known.
        statements: What is known of the criteria of the topic, in its order.
        sentences: The sentences of the rationale that count, as printed.
        misfits: Findings that the rationale does not fit the case.
        affirmed: Concepts that the rationale affirms and the case summary does not mention.
        recorded: Concepts that rationale and case summary both affirm.
    """

    letter: int
    doc: str
    source: str
    sha256: str
    number: str
    text: str
    injured: str
    item: int
    label: str
    request: str
    outcome: str
    decision: Words
    key: str
    statements: tuple[Statement, ...]
    sentences: tuple[Words, ...]
    misfits: tuple[Misfit, ...]
    affirmed: tuple[tuple[str, Words], ...]
    recorded: frozenset[str]

    @property
    def said(self) -> tuple[str, ...]:
        """The sentences by their words alone."""
        return tuple(plain(words.text) for words in self.sentences)

    @property
    def deciding(self) -> tuple[Statement, ...]:
        """The definite statements of the rationale."""
        return tuple(s for s in self.statements if s.decides and s.status != Assertion.UNCLEAR.value)

    def quote(self, span: Span) -> str:
        """The words at a place that the case carries, "" for any other."""
        return next((words.text for words in self._all() if (words.start, words.end) == (span.start, span.end)), "")

    def _all(self) -> Iterator[Words]:
        yield self.decision
        yield from self.sentences
        for statement in self.statements:
            yield from statement.words
        for misfit in self.misfits:
            yield from misfit.words
        yield from (words for _, words in self.affirmed)


class Cases:
    """Makes the cases of letters.

    Args:
        settings: What is compared.
        topics: Topics with their criteria.
        guidelines: Regions of the body.
        lexicon: Parts of the body.
    """

    def __init__(self, settings: Across, topics: Topics, guidelines: Guidelines, lexicon: Lexicon) -> None:
        self._settings, self._topics = settings, topics
        self._guidelines, self._lexicon = guidelines, lexicon
        self._deciding = frozenset(settings.like.deciding)
        self._roles = frozenset(settings.twins.roles)
        self._misfits = frozenset(settings.twins.misfits)

    def of(self, place: int, letter: Judgement) -> Iterator[Case]:
        """A case an item.

        Args:
            place: Place of the letter in the run.
            letter: The letter, judged.
        """
        facts = letter.facts
        parsed = facts.determination
        text = _digest(" ".join(parsed.source.raw.split()))
        for n, item in enumerate(parsed.items):
            yield self._case(place, letter, text, n, item)

    def _case(self, place: int, letter: Judgement, text: str, n: int, item: Item) -> Case:
        facts = letter.facts
        parsed, known = facts.determination, facts.items[n].facts
        header = parsed.header
        statements = tuple(self._statements(parsed, known, facts.criteria[n]))
        sentences = tuple(s for s in facts.sentences if s.item == item.number and s.role.value in self._roles)
        said = tuple(plain(s.text) for s in sentences)
        affirmed, recorded = _affirmed(facts, known, item.number)
        misfitting = (f for f in letter.findings if f.item == item.number and f.code in self._misfits)
        misfits = (_misfit(parsed, finding, said) for finding in misfitting)
        return Case(
            letter=place,
            doc=parsed.source.doc,
            source=parsed.source.source,
            sha256=parsed.source.sha256,
            number=(header.case_number or text).casefold(),
            text=text,
            injured=_injured(header, known),
            item=item.number,
            label=str(known["item.label"].value),
            request=item.request,
            outcome=item.outcome.value,
            decision=_words(parsed, Evidence(Part.HEADING, item.outcome_span or item.heading_span)),
            key=self._key(item, known),
            statements=statements,
            sentences=tuple(_words(parsed, Evidence(Part.RATIONALE, s.span)) for s in sentences),
            misfits=tuple(misfit for misfit in misfits if misfit.said),
            affirmed=affirmed,
            recorded=recorded,
        )

    def _key(self, item: Item, known: Mapping[str, Fact]) -> str:
        """Hash of all that has to be equal, "" where something of it is not known."""
        regions = sorted(regions_of(item, self._guidelines, self._lexicon))
        if not regions and item.category in self._settings.like.region_needed:
            return ""
        values = [" ".join(regions)]
        for field in self._settings.like.key:
            if field.of and item.category not in field.of:
                values.append("")
                continue
            value = known[field.fact].value
            if value == UNKNOWN or str(value) in field.unknown:
                if not field.or_unknown:
                    return ""
                values.append(UNKNOWN)
                continue
            values.append(_period(field, value))
        return _digest("\x1f".join(values))

    def _statements(
        self, parsed: Determination, known: Mapping[str, Fact], rows: Sequence[CriterionRow]
    ) -> Iterator[Statement]:
        topic = self._topics.by_id.get(str(known["item.topic"].value))
        if topic is None:
            return
        for row in rows:
            criterion = topic.criterion(row.criterion)
            decides = row.rationale is not Assertion.SILENT
            status = row.rationale if decides else row.summary
            contradicted = decides and known[f"conflict.{criterion.concept_id}"].value == "yes"
            if contradicted or (decides and status.value not in self._deciding):
                status = Assertion.UNCLEAR
            if status in (Assertion.SILENT, Assertion.UNCLEAR) and not decides:
                continue
            fact = known[f"{'rationale' if decides else 'summary'}.{criterion.concept_id}"]
            words = tuple(_words(parsed, e) for e in fact.evidence[:1]) if decides else ()
            yield Statement(row.criterion, criterion.title, status.value, decides, fact.confidence.value, words)


def _injured(header: Header, known: Mapping[str, Fact]) -> str:
    """The date of injury (ISO), of the header or else of the narrative; "" where neither tells."""
    if header.date_of_injury:
        return header.date_of_injury.isoformat()
    day, days = known["letter.guideline_date"].value, known["letter.days_since_injury"].value
    if UNKNOWN in (day, days) or not isinstance(days, int):
        return ""
    return (datetime.date.fromisoformat(str(day)) - datetime.timedelta(days=days)).isoformat()


def _period(field: KeyField, value: FactValue) -> str:
    """The value as the key holds it: itself, or the number of its period."""
    if not field.from_:
        return str(value)
    limits: list[Any] = list(field.from_)
    return str(bisect_right(limits, value))


def _affirmed(
    facts: Facts, known: Mapping[str, Fact], item: int
) -> tuple[tuple[tuple[str, Words], ...], frozenset[str]]:
    """Concepts that the rationale affirms: those the summary is silent on, and those that it affirms too."""
    said = dict.fromkeys(o.concept for o in facts.observations if o.item == item)
    alone: list[tuple[str, Words]] = []
    recorded: set[str] = set()
    for concept in said:
        fact = known[f"rationale.{concept}"]
        if fact.value != Assertion.DOCUMENTED.value or not fact.evidence:
            continue
        record = known[f"summary.{concept}"].value
        if record == Assertion.SILENT.value:
            alone.append((concept, _words(facts.determination, fact.evidence[0])))
        elif record == Assertion.DOCUMENTED.value:
            recorded.add(concept)
    return tuple(alone), frozenset(recorded)


def _misfit(parsed: Determination, finding: Finding, said: Sequence[str]) -> Misfit:
    """The finding with those of its quotes that stand in the sentences that count."""
    words = tuple(_words(parsed, e) for e in finding.evidence)
    quotes = (plain(w.text) for w in words if w.part == Part.RATIONALE.value)
    return Misfit(finding.code, tuple(quote for quote in quotes if holds(said, quote)), words)


def _words(parsed: Determination, evidence: Evidence) -> Words:
    return Words(evidence.part.value, evidence.span.start, evidence.span.end, parsed.quote(evidence.span))


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
