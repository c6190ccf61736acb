"""A letter of our own with facts laid by hand, for what happens around the rules."""

from collections.abc import Mapping

from checker.model.determination import Determination, GuidelineLine, Header, Item, Outcome, Reviewer, Status, Verdict
from checker.model.facts import Confidence, Evidence, Fact, Facts, FactValue, ItemFacts, Part
from checker.model.source import ReadingText, SourceText, Span
from tests.judging.books import NAMES

RAW = """\
Case number: 7

CASE SUMMARY
She walks twice as far with the stick.   She  WALKS twice
as far with the stick.

Walks with a stick, six visits: Upheld
The record does not document better function. The request is not medically necessary.

A second stick: Upheld
Nothing is said.
"""


def span(words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = RAW.index(words, at + 1)
    return Span(at, at + len(words))


def item(number: int, heading: str) -> Item:
    nothing = GuidelineLine()
    return Item(
        number=number,
        heading=heading,
        heading_span=span(heading),
        request=heading,
        request_span=span(heading),
        original=None,
        authorized=None,
        outcome=Outcome.UPHELD,
        outcome_span=None,
        category="dme",
        treatment="",
        drug=None,
        visits=None,
        body_parts=(),
        retrospective=False,
        service_dates=(),
        claims_guideline=nothing,
        reviewer_guideline=nothing,
        rationale=None,
        verdict=Verdict.NONE,
        verdict_span=None,
    )


def determination(doc: str = "letter-7", header: Mapping[str, Span] | None = None) -> Determination:
    reading = ReadingText(RAW, (0,), (0,), (0,), (0,))
    return Determination(
        source=SourceText(doc, f"{doc}.txt", "0" * 64, RAW, reading),
        status=Status.OK,
        problems=(),
        layout="4b",
        header=Header(spans=dict(header or {})),
        reviewer=Reviewer(),
        summary=None,
        items=(item(1, "Walks with a stick, six visits"), item(2, "A second stick")),
    )


def fact(name: str, value: FactValue, *words: Evidence, confidence: Confidence = Confidence.HIGH) -> Fact:
    return Fact(name, value, words, confidence, "laid by hand")


def words(text: str, part: Part = Part.SUMMARY, nth: int = 0) -> Evidence:
    return Evidence(part, span(text, nth))


def closed(number: int, *given: Fact) -> ItemFacts:
    names = {fact.name: fact for fact in given}
    return ItemFacts(number, {name: names.get(name, Fact(name, NAMES[name].default)) for name in NAMES})


def letter(*first: Fact, whole: tuple[Fact, ...] = (), second: tuple[Fact, ...] = (), doc: str = "letter-7") -> Facts:
    """Facts of the letter: ``first`` and ``second`` for the items, ``whole`` for the letter and both of them."""
    return Facts(
        determination=determination(doc),
        letter=closed(0, *whole),
        items=(closed(1, *whole, *first), closed(2, *whole, *second)),
        criteria=((), ()),
        sentences=(),
        observations=(),
    )
