"""Percent relief and how long it lasted: "50 % relief for 6 weeks"."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from checker.knowledge.measures import Measures
from checker.language.measuring import NUMBER, Token
from checker.model.facts import UNKNOWN, Assertion, Confidence, Evidence, Fact
from checker.observing.mentions import About, Named

_KINDS = frozenset("percent relief not_pain less_than lasting time pain other_units".split()) - {"other_units"}
_NEAR = 6
"""The word for relief stands at most so many tokens from the percentage."""

_LASTING = 8
_SKIPPED = (Assertion.NOT_DOCUMENTED.value, "hypothetical")


@dataclass(frozen=True, slots=True)
class Relief:
    """Relief at ``folded[start:end]``: percent, lower and upper end, and days (None where they are not told).

    ``bounded``: only an upper bound is told ("less than 50 %").
    """

    low: float
    high: float
    bounded: bool
    days: float | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ReliefTold:
    """Relief with the sentence that tells it."""

    named: Named
    relief: Relief


def relief_in(folded: str, measures: Measures) -> Iterator[Relief]:
    """The percentages of relief of a folded sentence."""
    tokens = measures.table.read(folded, 0, len(folded), _KINDS)
    for n, token in enumerate(tokens):
        if token.kind != NUMBER or token.high > 100 or not _is_percent(tokens, n):
            continue
        sign = n + 1
        word = _relief_near(tokens, n)
        if word is None:
            continue
        last = max(sign, word)
        days, last = _lasting(tokens, last, measures)
        first = min(n, word)
        kinds = [t.kind for t in tokens[max(0, n - 3) : n - 1]] if n and tokens[n - 1].text in measures.share_of else []
        if days is None and kinds == [NUMBER, "time"]:  # "two weeks of 50% relief"
            days, first = tokens[n - 3].low * tokens[n - 2].low, n - 3
        bounded = any(t.kind == "less_than" for t in tokens[max(0, n - 2) : n])
        yield Relief(token.low, token.high, bounded, days, tokens[first].start, tokens[last].end)


def _is_percent(tokens: Sequence[Token], n: int) -> bool:
    return n + 1 < len(tokens) and tokens[n + 1].kind == "percent"


def _relief_near(tokens: Sequence[Token], n: int) -> int | None:
    """Where the word for relief stands; None where something else improves ("20 % less motion")."""
    near = range(max(0, n - _NEAR), min(len(tokens), n + 2 + _NEAR))
    if any(tokens[at].kind == "not_pain" for at in near):
        return None
    behind = next((at for at in near if at > n + 1 and tokens[at].kind == "relief"), None)
    if behind is not None and not any(t.kind == NUMBER or t.text in (";", ".") for t in tokens[n + 2 : behind]):
        return behind
    return next((at for at in reversed(near) if at < n and tokens[at].kind == "relief"), None)


def _lasting(tokens: Sequence[Token], at: int, measures: Measures) -> tuple[float | None, int]:
    """Days that follow ("for 6 weeks"), and the last token that tells them."""
    for n in range(at + 1, min(len(tokens), at + 1 + _LASTING)):
        if tokens[n].text in (";", ".") or tokens[n].kind == "percent":
            break
        if tokens[n].kind != "lasting" or tokens[n].text in measures.share_of:
            continue
        number = next((m for m in range(n + 1, min(n + 4, len(tokens))) if tokens[m].kind == NUMBER), None)
        behind = tokens[n + 1 : n + 3]
        if len(behind) == 2 and behind[0].text in measures.one and behind[1].kind == "time":
            return behind[1].low, n + 2
        if number is not None and number + 1 < len(tokens) and tokens[number + 1].kind == "time":
            return tokens[number].low * tokens[number + 1].low, number + 1
    return None, at


def relief_told(sentences: Iterable[Named], measures: Measures) -> list[ReliefTold]:
    """The relief that sentences about the case tell."""
    found: list[ReliefTold] = []
    for named in sentences:
        folded = named.passage.folded
        if not any(sign in folded for sign in measures.relief_signs) or not named.passage.tells_the_case:
            continue
        if any(h.entry.status in _SKIPPED for h in named.passage.hits.of("cue")):
            continue
        found += [ReliefTold(named, relief) for relief in relief_in(folded, measures)]
    return found


def relief_facts(part: str, told: Sequence[tuple[ReliefTold, About]]) -> list[Fact]:
    """``item.relief_percent_<part>`` and ``item.relief_days_<part>`` of what a sentence about the item tells.

    Of a range the lower end. Several values that differ, and a bound ("less than 50 %"), are unknown.
    """
    near = [t for t, relation in told if relation in (About.ITEM, About.DRUGS)]
    if not near:
        return []
    percents = [(t.relief.low, _evidence(t)) for t in near]
    bounded = any(t.relief.bounded for t in near)
    facts = [_one(f"item.relief_percent_{part}", percents, bounded)]
    days = [(round(t.relief.days), _evidence(t)) for t in near if t.relief.days is not None]
    if days:
        facts.append(_one(f"item.relief_days_{part}", days, False))
    return facts


def _evidence(told: ReliefTold) -> Evidence:
    return told.named.evidence(told.relief.start, told.relief.end)


def _one(name: str, found: Sequence[tuple[float, Evidence]], bounded: bool) -> Fact:
    if bounded or len({v for v, _ in found}) > 1:
        why = "only a bound is told" if bounded else "several values are told"
        return Fact(name, UNKNOWN, tuple(e for _, e in found[:3]), derivation=why)
    return Fact(name, found[0][0], (found[0][1],), Confidence.MEDIUM, "told of the treatment in dispute")
