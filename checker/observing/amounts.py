"""Whether the rationale decides the strength, quantity and number of visits that were asked for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import NamedTuple

from checker.knowledge.lexicon import Lexicon
from checker.knowledge.measures import Measures
from checker.language.amounts import Amount, strengths
from checker.language.measuring import NUMBER
from checker.language.phrases import fold
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Part, Role
from checker.observing.mentions import About, Named, about
from checker.observing.morphine import in_measure
from checker.observing.visits_told import visits_in

_COUNT_ASKED = "tablets-requested"
_TWO_PARTS = 2
_IN_PART = "request-in-part"
_ON_CASE = frozenset({Role.CASE, Role.APPLICATION})
_IN_REASONS = _ON_CASE | {Role.GUIDELINE}
_TO_NAME = 25
"""What a request is for stands at most so many code points behind "the request for"."""

_TO_VERB = 12
"""What is called requested ends at most so many code points before "is requested"."""

_AFTER_NAME = 40
"""A strength belongs to the drug named at most so many code points before it."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A number of the request: the fact, the mark of what the reasons call the request, the numbers of the heading."""

    name: str
    mark: str
    numbers: set[float]
    request: Evidence


def visits_accounted(item: Item, lexicon: Lexicon, summary: Iterable[Named], had: Fact) -> frozenset[float]:
    """Numbers of visits that the letter accounts for: those of its summary, and those asked for and had together."""
    told = {a.values[0] for named in summary for a in lexicon.measures.amounts.visits(named.passage.folded)}
    if item.visits and isinstance(had.value, int):
        told.add(float(item.visits + had.value))
    return frozenset(told)


def amount_facts(item: Item, lexicon: Lexicon, rationale: Sequence[Named], accounted: frozenset[float]) -> list[Fact]:
    """``compare.strength``, ``.quantity``, ``.visits`` and ``.visit_parts`` of one item.

    Args:
        item: The disputed item.
        lexicon: The drugs, the treatments and the words for amounts.
        rationale: Sentences of its rationale.
        accounted: Numbers of visits that need not be the request although the reasons name them beside it.
    """
    verdicts = [n for n in rationale if n.passage.sentence.role is Role.CONCLUSION]
    own = [n for n in verdicts if about(n, item, lexicon) in (About.ITEM, About.DRUGS)] if item.drug else []
    request = Evidence(Part.HEADING, item.request_span)
    return [
        _strength(item, lexicon, rationale, request),
        _quantity(item, lexicon, own, rationale, request),
        _visits(item, lexicon, rationale, request, accounted),
        _visit_parts(item, lexicon, rationale, request),
    ]


def _visit_parts(item: Item, lexicon: Lexicon, rationale: Iterable[Named], request: Evidence) -> Fact:
    """Whether the verdict on "two visits for the back and eight for the wrist" names both numbers, or neither."""
    name = "compare.visit_parts"
    find = lexicon.measures.amounts.visits
    asked = {a.values[0] for a in find(fold(item.request))} if item.visits else set()
    if len(asked) < _TWO_PARTS:
        return Fact(name, UNKNOWN, derivation="the request is not of two numbers of visits")
    verdicts = (n for n in rationale if n.passage.sentence.role is Role.CONCLUSION or n.marks("visits-decided"))
    found = [(a.values[0], named) for named in verdicts for a in find(named.passage.folded)]
    told = {value for value, _ in found} | {n for _, named in found for n in _numbers(named, lexicon.measures) & asked}
    if told and told < asked:
        evidence = (request, found[0][1].whole)
        return Fact(name, "partial", evidence, Confidence.MEDIUM, "one of the numbers asked for is not in the verdict")
    return Fact(name, "all", derivation="the verdict names all numbers asked for, their sum, or none")


def _numbers(named: Named, measures: Measures) -> set[float]:
    """Every number of a sentence, whatever it counts: "the ten sessions for the back and the twelve for the wrist"."""
    folded = named.passage.folded
    return {t.low for t in measures.table.read(folded, 0, len(folded), frozenset()) if t.kind == NUMBER}


def _visits(
    item: Item, lexicon: Lexicon, rationale: Sequence[Named], request: Evidence, accounted: frozenset[float]
) -> Fact:
    """By the verdict and by what the reasons say of "the requested 12 sessions".

    Where the verdict names the number asked for, or the reasons only restate a guideline around theirs, another number
    counts if nothing of the letter accounts for it: no other visits of the summary, no other treatment.
    """
    find = lexicon.measures.amounts.visits
    asked = {float(item.visits)} if item.visits else set()
    verdicts = [n for n in rationale if n.passage.sentence.role is Role.CONCLUSION]
    # the verdict on what is left of a request may name the whole
    whole = {a.values[0] for a in find(fold(item.original))} if asked and item.original else set()
    parts = {a.values[0] for a in find(fold(item.request))} if asked else set()
    if len(parts) >= _TWO_PARTS:
        whole |= parts  # whether it names each of them is asked by itself
    by_verdict = _compare(
        "compare.visits", asked | whole, verdicts, partial(_not_had, measures=lexicon.measures), request
    )
    if by_verdict.value == "different" and any(_numbers(n, lexicon.measures) & asked for n in verdicts):
        # "with no gain from the first ten visits, six more are not supported"
        by_verdict = Fact("compare.visits", "same", derivation="the verdict names the number asked for")
    if not asked or by_verdict.value not in (UNKNOWN, "same"):
        return by_verdict
    # A modified request also names the whole and the part that was authorized.
    named_there = {a.values[0] for a in find(fold(item.heading))} | asked
    called = _Asked("compare.visits", "visits-requested", named_there, request)
    whole_only = [n for n in rationale if not (n.marks(_IN_PART) and _several(n, lexicon.measures))]
    fact = by_verdict if by_verdict.value == "same" else _called(called, whole_only, find)
    if fact.value == "different" or len(named_there) > 1:
        return fact
    own = [n for n in rationale if about(n, item, lexicon) in (About.ITEM, About.NOBODY) and not n.marks(_IN_PART)]
    sought = replace(called, mark="visits-sought")
    by_frequency = partial(_by_frequency, measures=lexicon.measures)
    for told, read, roles in ((called, find, _IN_REASONS), (sought, by_frequency, _ON_CASE)):
        again = _called(told, own, read, roles)
        others = {a.values[0] for _, a in _spoken(told, own, read, roles)}
        if again.value == "different" and not others & accounted:
            return again
    return fact


def _not_had(folded: str, measures: Measures) -> Iterator[Amount]:
    """The visits of a sentence but for those that it says were had: "no gain is shown from the first four visits"."""
    had = [v for v in visits_in(folded, measures) if v.kind == "had"]
    for amount in measures.amounts.visits(folded):
        if not any(v.start <= amount.start < v.end for v in had):
            yield amount


def _by_frequency(folded: str, measures: Measures) -> Iterator[Amount]:
    """Visits by their number or by how often and how long: "three times a week for six weeks" is 18."""
    for visits in visits_in(folded, measures):
        if visits.low == visits.high:
            yield Amount(visits.start, visits.end, (visits.high,))


def _several(named: Named, measures: Measures) -> bool:
    """Whether a sentence gives more than one number: "of the 18 visits requested 6 were certified"."""
    return len({v.high for v in visits_in(named.passage.folded, measures)}) >= _TWO_PARTS


def _quantity(
    item: Item, lexicon: Lexicon, verdicts: Sequence[Named], rationale: Sequence[Named], request: Evidence
) -> Fact:
    """By the verdict and the count behind a drug that is called the request, else by "the 60 tablets asked for"."""
    find = lexicon.measures.amounts.counts
    asked = {float(item.drug.quantity)} if item.drug and isinstance(item.drug.quantity, int) else set()
    by_verdict = _compare("compare.quantity", asked, verdicts, find, request)
    if not asked or by_verdict.value not in (UNKNOWN, "same"):
        return by_verdict
    named_there = {a.values[0] for a in find(fold(item.heading))} | asked
    own = [n for n in rationale if about(n, item, lexicon) is not About.ANOTHER]
    called = _Asked("compare.quantity", _COUNT_ASKED, named_there, request)
    fact = _behind_the_name(item, lexicon, called, own, find)
    by_count = _called(called, own, find)
    if by_verdict.value == "same":
        return next((f for f in (fact, by_count) if f.value == "different"), by_verdict)
    return by_count if by_count.value != UNKNOWN else fact


def _behind_the_name(
    item: Item,
    lexicon: Lexicon,
    called: _Asked,
    rationale: Iterable[Named],
    find: Callable[[str], Iterator[Amount]],
) -> Fact:
    """By the first count right behind the drug that is called the request: "the request for Soma 350 mg #90"."""
    found: list[tuple[float, Evidence]] = []
    for named in rationale:
        if named.marks(_IN_PART) or len(named.drugs) != 1 or about(named, item, lexicon) is not About.ITEM:
            continue
        (drug,) = named.drugs
        for amount in islice(find(named.passage.folded[drug.end : drug.end + _AFTER_NAME]), 1):
            if _is_the_request(named, drug.start, drug.end + amount.end):
                found.append((amount.values[0], named.evidence(drug.start, drug.end + amount.end)))
    if not found:
        return Fact(called.name, UNKNOWN, derivation="the reasons do not call a number the request")
    if any(number in called.numbers for number, _ in found):
        return Fact(called.name, "same", derivation="what the reasons call the request")
    evidence = (called.request, found[0][1])
    return Fact(called.name, "different", evidence, Confidence.MEDIUM, "another number is called the request")


def _is_the_request(named: Named, start: int, end: int) -> bool:
    """Whether words are called what is asked for: "the request is for Soma 350 mg", "Soma 350 mg is requested"."""
    if any(0 <= start - behind <= _TO_NAME for _, behind in named.marks("request-of")):
        return True
    return any(0 <= before - end <= _TO_VERB for before, _ in named.marks("is-requested"))


def _called(
    asked: _Asked,
    rationale: Iterable[Named],
    find: Callable[[str], Iterator[Amount]],
    roles: frozenset[Role] = _ON_CASE,
) -> Fact:
    """Whether a number that the reasons call the request stands in the heading."""
    spoken = _spoken(asked, rationale, find, roles)
    others = [(n, a) for n, a in spoken if a.values[0] not in asked.numbers]
    if not spoken or len(others) < len(spoken):
        told = "what the reasons call the request"
        return Fact(asked.name, "same" if spoken else UNKNOWN, derivation=told)
    named, amount = others[0]
    evidence = (asked.request, named.evidence(amount.start, amount.end))
    return Fact(asked.name, "different", evidence, Confidence.MEDIUM, "another number is called the request")


def _spoken(
    asked: _Asked, rationale: Iterable[Named], find: Callable[[str], Iterator[Amount]], roles: frozenset[Role]
) -> list[tuple[Named, Amount]]:
    """The numbers that the reasons call the request, with their sentences."""
    return [
        (named, Amount(start + a.start, start + a.end, a.values))
        for named in rationale
        if named.passage.sentence.role in roles
        for start, end in named.marks(asked.mark)
        for a in find(named.passage.folded[start:end])
    ]


def _strength(item: Item, lexicon: Lexicon, rationale: Sequence[Named], request: Evidence) -> Fact:
    name = "compare.strength"
    asked = {a.values for a in strengths(fold(item.request))}
    if item.drug is None or not asked:
        return Fact(name, UNKNOWN, derivation="the request names no strength")
    found = list(_strengths_of_item(item, lexicon, rationale))
    if not found:
        return _strength_called(asked, item, lexicon, rationale, request)
    # "Norco 10 mg" is the opioid part of "Norco 10/325"
    others = [s for s in found if not any(set(s.values) <= set(a) or set(a) <= set(s.values) for a in asked)]
    if len(others) == len(found):
        told = "another strength beside the drug's name"
        return Fact(name, "different", (request, others[0].evidence), Confidence.HIGH, told)
    called = [s for s in found if s.is_the_request]
    if called and all(s in others for s in called):  # though the verdict, or a guideline, names the one asked for
        told = "another strength is called the request"
        return Fact(name, "different", (request, called[0].evidence), Confidence.MEDIUM, told)
    unnamed = _strength_called(asked, item, lexicon, rationale, request)
    if unnamed.value == "different":
        return unnamed
    return Fact(name, "same", derivation="that strength stands beside the drug's name")


def _strength_called(
    asked: set[tuple[float, ...]], item: Item, lexicon: Lexicon, rationale: Sequence[Named], request: Evidence
) -> Fact:
    """By what the reasons call the strength asked for without naming the drug: "the dose requested is 600 mg"."""
    name = "compare.strength"
    own = [n for n in rationale if about(n, item, lexicon) is not About.ANOTHER]
    found = [
        (amount.values, named.evidence(start, end))
        for named in own
        for start, end in named.marks("strength-requested")
        for amount in strengths(named.passage.folded[start:end])
    ]
    if not found:
        return Fact(name, UNKNOWN, derivation="the rationale names no strength")
    if any(set(values) <= set(a) or set(a) <= set(values) for values, _ in found for a in asked):
        return Fact(name, "same", derivation="what the reasons call the strength asked for")
    return Fact(name, "different", (request, found[0][1]), Confidence.MEDIUM, "another strength is called the request")


class _Strength(NamedTuple):
    values: tuple[float, ...]
    evidence: Evidence
    is_the_request: bool


def _strengths_of_item(item: Item, lexicon: Lexicon, rationale: Sequence[Named]) -> Iterator[_Strength]:
    for named in rationale:
        if named.passage.sentence.role is Role.GUIDELINE:
            continue
        for mention in named.drugs:
            if (
                in_measure(named, mention)
                or about(Named(named.passage, (mention,), (), {}), item, lexicon) is not About.ITEM
            ):
                continue
            for amount in strengths(named.passage.folded):
                if mention.end <= amount.start <= mention.end + _AFTER_NAME:
                    if not _of_a_day(named, mention.end, amount.end):
                        in_part = named.marks(_IN_PART) or named.passage.sentence.role is Role.CONCLUSION
                        called = not in_part and _is_the_request(named, mention.start, amount.end)
                        yield _Strength(amount.values, named.evidence(mention.start, amount.end), called)
                    break


def _of_a_day(named: Named, begin: int, end: int) -> bool:
    """Whether an amount is what is taken in a day: "40 mg of oxycodone a day or 60 mg MED"."""
    return any(begin <= start <= end + 1 for start, _ in named.marks("amount-a-day"))


def _compare(
    name: str,
    asked: set[float],
    sentences: Iterable[Named],
    find: Callable[[str], Iterator[Amount]],
    request: Evidence,
) -> Fact:
    if not asked:
        return Fact(name, UNKNOWN, derivation="the request names no number")
    found = [(a, n) for n in sentences for a in find(n.passage.folded) if not _in_all(n, a)]
    if not found:
        return Fact(name, UNKNOWN, derivation="the verdict names no number")
    if any(a.values[0] in asked for a, _ in found):
        return Fact(name, "same", derivation="the verdict names the number that the request names")
    amount, named = found[0]
    evidence = named.evidence(amount.start, amount.end)
    return Fact(name, "different", (request, evidence), Confidence.HIGH, "another number in the verdict")


def _in_all(named: Named, amount: Amount) -> bool:
    """Whether a number counts what was had before, too: "the total of 12 visits"."""
    return any(start <= amount.start < end for start, end in named.marks("amount-in-all"))
