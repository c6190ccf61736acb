"""Where the review of a run stands, as summary and audit show it and as the desk shows it anew after each verdict."""

from collections.abc import Iterable
from dataclasses import dataclass

from checker.reporting.charts import Bar, Counted, Rate, bar, interval, percent, rate
from checker.reporting.visible import folded
from checker.review.blind import NOTHING_BLIND, Blinding
from checker.review.intervals import Estimate
from checker.review.measures import Pair, Precision, pairs
from checker.review.progress import Progress
from checker.review.standing import State
from checker.review.statements import Statement


@dataclass(frozen=True, slots=True)
class PairView:
    """How far two reviewers agree."""

    first: str
    second: str
    both: int
    percent: Rate
    kappa: str
    ac1: str
    disagreed: int


@dataclass(frozen=True, slots=True)
class ReviewView:
    """Where the review stands: counts by state, the next finding to look at, precision, misses, agreement.

    Attributes:
        states: Name, words and number of each state.
        findings: How many findings there are.
        bar: The same as a bar.
        precision: Confirmed of decided verdicts, None where none was given.
        misses: Letters without findings in which a reviewer found something, None where none was looked at.
        next: Address and words of the next finding that waits for a review, None where none does.
        given: Whether any verdict was given to this report.
        pairs: Agreement of every two reviewers, apart from what was marked for double review.
        double: Agreement on what was marked for double review, from verdicts given blind.
    """

    states: tuple[tuple[str, int], ...]
    findings: int
    bar: Bar
    precision: Rate | None
    misses: Rate | None
    next: tuple[str, str] | None
    given: bool
    pairs: tuple[PairView, ...] = ()
    double: tuple[PairView, ...] = ()


_STATES = (
    (State.OPEN, "open"),
    (State.CONFIRMED, "confirmed"),
    (State.DISMISSED, "dismissed"),
    (State.UNSURE, "unsure"),
    (State.DISPUTED, "disputed"),
    (State.STALE, "stale"),
)


def review_view(
    progress: Progress,
    misses: Estimate,
    following: tuple[str, str] | None,
    statements: Iterable[Statement],
    marked: Blinding = NOTHING_BLIND,
) -> ReviewView:
    """Lay out where the review stands.

    Args:
        progress: Where the findings stand.
        misses: Letters without findings in which a reviewer found something.
        following: Address and words of the next finding that waits for a review.
        statements: What was said, in its order.
        marked: What is marked for double review.
    """
    said = tuple(statements)
    precision = Precision(progress.of(State.CONFIRMED), progress.of(State.DISMISSED), progress.of(State.UNSURE))
    states = [(state.value, words, progress.of(state)) for state, words in _STATES]
    twice = [s for s in said if marked.covers(s.doc, s.item)] if marked.units else []
    rest = [s for s in said if not marked.covers(s.doc, s.item)] if marked.units else said
    return ReviewView(
        states=tuple((words, count) for _, words, count in states),
        findings=progress.findings,
        bar=bar("findings", states),
        precision=precision_rate(precision) if precision.confirmed + precision.dismissed else None,
        misses=_misses(misses) if misses.of else None,
        next=following,
        given=bool(said),
        pairs=tuple(_pair(pair) for pair in pairs(rest)),
        double=tuple(_pair(pair) for pair in pairs(twice, blind=True)),
    )


def precision_rate(precision: Precision) -> Rate:
    """Confirmed of decided verdicts, with its interval."""
    return rate(Counted("precision", precision.confirmed, precision.confirmed + precision.dismissed))


def _misses(misses: Estimate) -> Rate:
    return Rate("missed", round(misses.value * misses.of), misses.of, percent(misses.value), interval(misses))


def _pair(pair: Pair) -> PairView:
    agreement = pair.agreement
    same = agreement.percent
    return PairView(
        folded(pair.first),
        folded(pair.second),
        same.of,
        Rate("agreement", same.of - len(pair.disagreed), same.of, percent(same.value), interval(same)),
        _coefficient(agreement.kappa),
        _coefficient(agreement.ac1),
        len(pair.disagreed),
    )


def _coefficient(estimate: Estimate) -> str:
    if not estimate.known:
        return "not defined"
    return f"{estimate.value:.2f} ({estimate.low:.2f} to {estimate.high:.2f})"
