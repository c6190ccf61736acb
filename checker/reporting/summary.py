"""What the summary of a run shows: what was read, outcomes, how often each rule finds something, the review."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from checker.batch.letters import Tally
from checker.batch.statistics import Applications, Share, Statistics, Strata
from checker.model.determination import Outcome, Status
from checker.reporting.charts import Bar, Counted, DotPlot, Rate, bar, dot_plot, rate
from checker.reporting.evidence import slug
from checker.reporting.funnel import Funnel, funnel
from checker.reporting.glossary import Glossary
from checker.reporting.index import NO_TOPIC
from checker.reporting.reviewview import ReviewView, precision_rate, review_view
from checker.reporting.visible import shortened
from checker.review.blind import NOTHING_BLIND, Blinding
from checker.review.intervals import Estimate
from checker.review.measures import Precision
from checker.review.progress import Progress
from checker.review.statements import Statement

DRAWN = 15
"""Shares in a chart; its table has all of them."""
REASONS = 20

_OUTCOMES = (
    (Outcome.UPHELD, "upheld"),
    (Outcome.PARTIALLY_OVERTURNED, "partially overturned"),
    (Outcome.OVERTURNED, "overturned"),
    (Outcome.NONE, "no outcome"),
)
_NAME = 80


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A code, or one of its rules, in this run.

    Attributes:
        code: The code, or the id of the rule.
        title: What is found.
        applications: What became of it where it applied.
        rate: Findings of that, with interval.
        unit: What was counted: "items", "letters" or both.
        precision: Confirmed of decided verdicts with interval, None where no verdict was given.
        undecided: Verdicts that are unsure or disputed.
        rules: Of a code with several rules, those that found something.
        page: Address of its page, "" where it found nothing.
        letters: Address of its letters in the table, "" where it found nothing.
        book: Address of its page in the rule book, "" where there is none.
    """

    code: str
    title: str
    applications: Applications
    rate: Rate
    unit: str
    precision: Rate | None
    undecided: int
    rules: tuple["RuleRow", ...] = ()
    page: str = ""
    letters: str = ""
    book: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why letters were not checked, and how many."""

    status: str
    words: str
    letters: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The summary of a run.

    Attributes:
        decided: First and last day of decision, ISO, "" where no letter has one.
        layouts: Letters by layout.
        reasons: Why letters were not checked.
        items: Disputed items with a finding.
        letters: Letters with a finding.
        outcomes: All items, then each treatment class, by outcome.
        codes: Every code that applied, the most frequent first.
        rules: Those that found something, drawn.
        quiet: How many codes applied and found nothing.
        categories: Items with a finding by treatment class.
        topics: By guideline topic.
        specialties: By specialty of the reviewer.
        consistency: Outcomes by topic and by specialty, and findings by specialty, against what chance alone would do.
        review: Where the review stands.
    """

    decided: tuple[str, str]
    layouts: tuple[tuple[str, int], ...]
    reasons: tuple[Reason, ...]
    items: Rate
    letters: Rate
    outcomes: tuple[Bar, ...]
    codes: tuple[RuleRow, ...]
    rules: DotPlot
    quiet: int
    categories: DotPlot
    topics: DotPlot
    specialties: DotPlot
    consistency: tuple["Consistency", ...]
    review: ReviewView


@dataclass(frozen=True, slots=True)
class Consistency:
    """A funnel plot with what it is of; None where there are too few groups to compare."""

    id: str
    title: str
    found: str
    plot: Funnel | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Everything that was counted while the letters passed.

    Attributes:
        tally: Letters and findings.
        statistics: Outcomes and rules.
        progress: Where the findings stand.
        misses: Letters without findings in which a reviewer found something.
        next: Address and words of the next open finding, None where none is open.
        statements: What reviewers have said, in its order.
        marked: What is marked for double review.
    """

    tally: Tally
    statistics: Statistics
    progress: Progress
    misses: Estimate
    next: tuple[str, str] | None
    statements: Sequence[Statement] = ()
    marked: Blinding = NOTHING_BLIND


def letters_with(**facets: str) -> str:
    """Address of the letters that have these choices in the facets of the table."""
    return "letters.html#" + urlencode(facets)


def summary(counts: Counts, glossary: Glossary, *, rule_book: bool) -> Summary:
    """Lay out the summary.

    Args:
        counts: What was counted.
        glossary: The words of the rule book.
        rule_book: Whether its pages stand beside the report.
    """
    of = counts.statistics
    first, last = of.decided or ("", "")
    codes = rule_rows(counts, glossary, rule_book=rule_book)
    found = [row for row in codes if row.rate.found]
    categories, topics, specialties = strata_plots(of.strata, glossary)
    return Summary(
        decided=(str(first), str(last)),
        layouts=tuple(sorted(of.layouts.items())),
        reasons=_reasons(of.why),
        items=rate(Counted("disputed items with a finding", of.items.found, of.items.of)),
        letters=rate(Counted("letters with a finding", of.letters.found, of.letters.of)),
        outcomes=_outcomes(of.outcomes, glossary),
        codes=codes,
        rules=dot_plot([Counted(r.code, r.rate.found, r.rate.of, r.letters, r.title) for r in found], DRAWN),
        quiet=len(codes) - len(found),
        categories=categories,
        topics=topics,
        specialties=specialties,
        consistency=_consistency(of, glossary),
        review=review_view(counts.progress, counts.misses, counts.next, counts.statements, counts.marked),
    )


def strata_plots(strata: Strata, glossary: Glossary, *, found_only: bool = False) -> tuple[DotPlot, DotPlot, DotPlot]:
    """Shares by treatment class, topic and specialty.

    Args:
        strata: The counts.
        glossary: Titles of topics.
        found_only: Leave out groups without a finding.
    """

    def plot(shares: Mapping[str, Share], name: Callable[[str], str]) -> DotPlot:
        counted = [share for share in _counted(shares, name) if share.of and (share.found or not found_only)]
        return dot_plot(sorted(counted, key=lambda c: (-c.of, c.name)), DRAWN)

    return (
        plot(strata.categories, glossary.category),
        plot(strata.topics, lambda name: _topic(name, glossary)),
        plot(strata.specialties, _specialty),
    )


def _counted(shares: Mapping[str, Share], name: Callable[[str], str]) -> list[Counted]:
    return [Counted(name(key), share.found, share.of) for key, share in shares.items()]


def _topic(name: str, glossary: Glossary) -> str:
    return glossary.topic(name) or NO_TOPIC


def _specialty(name: str) -> str:
    return shortened(name, _NAME) or "not printed"


def _consistency(of: Statistics, glossary: Glossary) -> tuple[Consistency, ...]:
    outcomes, findings = of.overturned, of.strata
    by_topic = _counted(outcomes.topics, lambda name: _topic(name, glossary))
    by_specialty = _counted(outcomes.specialties, _specialty)
    overturned = "overturned in whole or in part"
    return (
        Consistency("funnel-topics", "Outcomes by guideline topic", overturned, funnel(by_topic)),
        Consistency("funnel-specialties", "Outcomes by specialty of the reviewer", overturned, funnel(by_specialty)),
        Consistency(
            "funnel-findings",
            "Findings by specialty of the reviewer",
            "with a finding",
            funnel(_counted(findings.specialties, _specialty)),
        ),
    )


def _reasons(why: Mapping[tuple[Status, str], int]) -> tuple[Reason, ...]:
    ranked = sorted(why.items(), key=lambda told: (-told[1], told[0]))
    return tuple(Reason(status.value, shortened(words, 200), count) for (status, words), count in ranked[:REASONS])


def _outcomes(by_class: Mapping[str, Mapping[Outcome, int]], glossary: Glossary) -> tuple[Bar, ...]:
    totals: dict[Outcome, int] = {}
    for counts in by_class.values():
        for outcome, count in counts.items():
            totals[outcome] = totals.get(outcome, 0) + count
    classes = sorted(by_class.items(), key=lambda told: (-sum(told[1].values()), told[0]))
    return (_bar("all disputed items", totals), *(_bar(glossary.category(name), counts) for name, counts in classes))


def _bar(name: str, counts: Mapping[Outcome, int]) -> Bar:
    return bar(name, [(outcome.value, words, counts.get(outcome, 0)) for outcome, words in _OUTCOMES])


def rule_rows(counts: Counts, glossary: Glossary, *, rule_book: bool) -> tuple[RuleRow, ...]:
    """Every code that applied to something, the most frequent findings first, then by code."""
    titles = glossary.codes()
    below: dict[str, list[str]] = {}
    for rule in counts.statistics.rules:
        below.setdefault(glossary.rule(rule).code, []).append(rule)
    applied = counts.statistics.rules
    rows = []
    for code, applications in counts.statistics.codes.items():
        own = [rule for rule in below.get(code, ()) if applied[rule].found]
        several = own if len(below.get(code, ())) > 1 else []
        rules = [
            _row(rule, glossary.rule(rule).title, applied[rule], counts.progress.rule(rule))
            for rule in _ranked(several, applied)
        ]
        title = titles.get(code) or _titles(own, applied, glossary)
        row = _row(code, title, applications, counts.progress.code(code))
        row = replace(row, rules=tuple(rules), book=f"rules/{code}.html" if rule_book else "")
        if applications.found:
            row = replace(row, letters=letters_with(code=slug(code)), page=f"codes/{slug(code)}.html")
        rows.append(row)
    return tuple(sorted(rows, key=lambda row: (-row.rate.found, row.code)))


def _unit(applications: Applications) -> str:
    if not applications.letters:
        return "items"
    return "letters" if applications.letters == applications.of else "items and letters"


def _titles(rules: Sequence[str], applied: Mapping[str, Applications], glossary: Glossary) -> str:
    """Of a code whose rules have titles of their own, that of the most frequent finding."""
    titles = list(dict.fromkeys(glossary.rule(rule).title for rule in _ranked(rules, applied)))
    others = len(titles) - 1
    more = f" (and {others} other {'rule' if others == 1 else 'rules'})" if others > 0 else ""
    return titles[0] + more if titles else ""


def _ranked(rules: Iterable[str], applied: Mapping[str, Applications]) -> list[str]:
    return sorted(rules, key=lambda rule: (-applied[rule].found, rule))


def _row(code: str, title: str, applications: Applications, precision: Precision | None) -> RuleRow:
    return RuleRow(
        code=code,
        title=title,
        applications=applications,
        rate=rate(Counted(code, applications.found, applications.of)),
        unit=_unit(applications),
        precision=precision_rate(precision) if precision else None,
        undecided=precision.undecided if precision else 0,
    )
