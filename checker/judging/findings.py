"""From a rule that flags to a finding: its words, its sentence, how sure it is, and the name it keeps over runs."""

import datetime
import hashlib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from checker.judging.program import Program, Ready
from checker.judging.reference import Reading
from checker.model.determination import Determination
from checker.model.facts import UNKNOWN, Assertion, Confidence, Evidence, Fact, Facts, ItemFacts, Part
from checker.model.findings import Finding, Severity
from checker.model.source import Span
from checker.rulebook import Rulebook
from checker.rulebook.references import reference

OUTCOME = "decision.outcome"
GUIDELINE_DATE = "letter.guideline_date"


def finding(
    rulebook: Rulebook, program: Program, facts: Facts, item: ItemFacts, read: tuple[Ready, Reading]
) -> Finding:
    """The finding of a rule that flags an item.

    Raises:
        MessageError: The message of the rule fails on these facts.
    """
    ready, reading = read
    rule = ready.rule
    held = [item.facts[condition.fact] for condition in reading.held(ready.flag)]
    grounds = [item.facts[condition.fact] for condition in reading.held(ready.applies)]
    shown = [*held, *(item.facts[name] for name in rule.evidence if name in item.facts)]
    evidence = tuple(dict.fromkeys(words for fact in shown for words in fact.evidence)) or _fallback(facts, item)
    message = rulebook.messages[rule.id].render(
        lambda name: item.facts[name].value,
        program.numbers.__getitem__,
        list(dict.fromkeys(fact.name for fact in held)),
    )
    return Finding(
        code=rule.code,
        rule=rule.id,
        item=item.item,
        severity=_bounded(rule.severity, [*grounds, *held]),
        confidence=_least_sure(rule.confidence, [*grounds, *held]),
        message=message,
        reference=reference(rulebook.sources, rulebook.sources.governing(rule.reference, _day(item))),
        evidence=evidence,
        fingerprint=fingerprint(rule.id, facts.determination, item.item, evidence),
        trace=reading.trace(ready, item.item),
    )


def _day(item: ItemFacts) -> datetime.date | None:
    """The date that decides which edition governs, None where the letter does not hold it."""
    fact = item.facts.get(GUIDELINE_DATE)
    return None if fact is None or fact.value == UNKNOWN else datetime.date.fromisoformat(str(fact.value))


def fingerprint(rule: str, determination: Determination, item: int, evidence: Iterable[Evidence]) -> str:
    """A name for a finding that lasts as long as rule, letter, item and quoted words do.

    No offset goes in, so a letter that is extracted anew keeps it; white space, case and typographic variants do not
    matter, nor does the order of the quotes.

    Returns:
        SHA-256, hexadecimal.
    """
    raw = determination.source.raw
    return fingerprint_of(rule, determination.source.doc, item, (raw[e.span.start : e.span.end] for e in evidence))


def fingerprint_of(rule: str, doc: str, item: int, quotes: Iterable[str]) -> str:
    """The same from the quotes themselves, where the letter is no longer at hand."""
    parts = [rule, doc, str(item), *sorted({normalised(quote) for quote in quotes})]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def normalised(quote: str) -> str:
    """A quote by its words: compatibility forms and case folded, white space one blank."""
    return " ".join(unicodedata.normalize("NFKC", quote).casefold().split())


def joined(findings: Iterable[Finding]) -> list[Finding]:
    """Findings in the order item, severity (worst first), code, rule; those of one code, item and words made one.

    The worst and surest keeps its rule, severity and fingerprint; what the others say is added to its message.
    """
    ranked = sorted(findings, key=lambda f: (f.item, -f.severity.rank, f.code, -f.confidence.rank, f.rule))
    kept: dict[tuple[str, int, frozenset[Evidence]], Finding] = {}
    for found in ranked:
        key = (found.code, found.item, frozenset(found.evidence))
        first = kept.setdefault(key, found)
        if first is not found:
            message = first.message if found.message in first.message else f"{first.message} {found.message}"
            kept[key] = replace(first, message=message, also=(*first.also, found.trace))
    return sorted(kept.values(), key=lambda f: (f.item, -f.severity.rank, f.code, f.rule))


def _bounded(severity: Severity, held: Iterable[Fact]) -> Severity:
    """What rests on words read with low confidence is worth a look, and no more; but a rule may ask for "unclear"."""
    unsure = any(fact.confidence is Confidence.LOW and fact.value != Assertion.UNCLEAR.value for fact in held)
    return Severity.NOTE if unsure else severity


def _least_sure(bound: Confidence, facts: Iterable[Fact]) -> Confidence:
    return min([bound, *(fact.confidence for fact in facts)], key=lambda confidence: confidence.rank)


def _fallback(facts: Facts, item: ItemFacts) -> tuple[Evidence, ...]:
    """Words to show where a finding rests on silence: the outcome, the heading, or the first words of the letter."""
    outcome = item.facts.get(OUTCOME)
    if outcome is not None and outcome.evidence:
        return outcome.evidence
    return (next(_places(facts.determination, item.item)),)


def _places(determination: Determination, number: int) -> Iterator[Evidence]:
    for item in determination.items:
        if item.number == number:
            yield Evidence(Part.HEADING, item.outcome_span or item.heading_span)
    for span in sorted(determination.header.spans.values()):
        yield Evidence(Part.HEADER, span)
    raw = determination.source.raw
    start = len(raw) - len(raw.lstrip())
    line = raw[start:].partition("\n")[0].rstrip()
    yield Evidence(Part.HEADER, Span(start, start + min(len(line), 200)))
