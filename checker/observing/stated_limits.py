"""Limits that a rationale says the guideline gives, and the request held against them."""

from collections.abc import Sequence

from checker.knowledge.measures import ToldLimits
from checker.language.phrases import number_value
from checker.model.determination import Item
from checker.model.facts import UNKNOWN, Confidence, Evidence, Fact, Role
from checker.observing.mentions import Named

_WEEKS = "stated-weeks"
_OF_ODG = "argues-from-odg"
_HALF = "stated-half"
_WEEKS_A_MONTH = 4
"""Rounded down, so that a limit told in months is not taken for a longer one."""


def stated_limits(rationale: Sequence[Named], words: ToldLimits) -> list[Fact]:
    """Numbers that the rationale says the guideline gives: visits at first and in all, weeks, milligrams a day."""
    facts = []
    for name, mark, choose in (
        ("reason.stated_trial", "stated-trial", min),
        ("reason.stated_total", "stated-total", max),
        ("reason.stated_weeks", _WEEKS, max),
        ("reason.stated_months", "stated-months", max),
        ("reason.stated_med", "stated-med", max),
    ):
        found: list[tuple[int, Evidence]] = []
        for named in rationale:
            if named.passage.sentence.role not in (Role.GUIDELINE, Role.APPLICATION):
                continue
            trials = named.marks("stated-trial") if mark == "stated-total" else []
            for start, end in named.marks(mark):
                if any(a < end and start < b for a, b in trials):
                    continue  # "a trial of 3 to 4 visits over 2 weeks" is no total
                told = named.passage.folded[start:end]
                number = _weeks(told, words) if mark == _WEEKS else words.upper_number(told)
                if number:
                    found.append((number, named.evidence(start, end)))
        if found:
            number, evidence = choose(found, key=lambda f: f[0])
            facts.append(Fact(name, number, (evidence,), Confidence.MEDIUM, "as the rationale states the guideline"))
        else:
            facts.append(Fact(name, UNKNOWN, derivation="the rationale states no such number"))
    facts = _with_half(facts, rationale)
    return [*facts, _told_of_the_trial(rationale, words), *_told_of_visits(rationale, words), _names_odg(rationale)]


def _with_half(facts: list[Fact], rationale: Sequence[Named]) -> list[Fact]:
    """The same facts; where the first course is said to be half of the total stated, that half is the trial."""
    trial, total, *others = facts
    halves = [named.evidence(*place) for named in rationale for place in named.marks(_HALF)[:1]]
    if not halves or trial.value != UNKNOWN or not isinstance(total.value, int):
        return facts
    told = f"half of {total.value}, as the rationale states the guideline"
    half = Fact(trial.name, total.value // 2, (*total.evidence, halves[0]), Confidence.MEDIUM, told)
    return [half, total, *others]


def _names_odg(rationale: Sequence[Named]) -> Fact:
    """``reason.names_odg``: so that its words are not taken for those of another guideline that is cited."""
    found = [named.evidence(start, end) for named in rationale for start, end in named.marks(_OF_ODG)]
    return Fact("reason.names_odg", "yes" if found else "no", tuple(found[:1]))


def _visits_of_guideline(rationale: Sequence[Named], mark: str, words: ToldLimits) -> list[tuple[int, Evidence]]:
    """Numbers of visits in sentences on a guideline other than the ODG."""
    found = []
    for named in rationale:
        if named.passage.sentence.role is not Role.GUIDELINE or named.marks(_OF_ODG):
            continue
        folded = named.passage.folded
        for start, end in named.marks(mark):
            # "1 to 3 treatments a week" tells how often, "a trial of 2 weeks" how long
            if folded[start:end].endswith(words.length) or folded[end:].lstrip(" -/").startswith(words.how_often):
                continue
            if number := words.upper_number(folded[start:end]):
                found.append((number, named.evidence(start, end)))
    return found


def _told_of_visits(rationale: Sequence[Named], words: ToldLimits) -> list[Fact]:
    """``reason.trial_visits`` and ``reason.most_visits``: what sentences on the cited guideline say of visits."""
    trials, totals = (_visits_of_guideline(rationale, mark, words) for mark in ("stated-trial", "stated-total"))
    facts = []
    for name, found in (("reason.trial_visits", trials), ("reason.most_visits", trials + totals)):
        if found:
            number, evidence = max(found, key=lambda f: f[0])
            facts.append(Fact(name, number, (evidence,), Confidence.MEDIUM, "as the rationale states the guideline"))
        else:
            facts.append(Fact(name, UNKNOWN, derivation="the rationale states no such number"))
    return facts


def _told_of_the_trial(rationale: Sequence[Named], words: ToldLimits) -> Fact:
    """The largest first number of visits that is said to be the cited guideline's; none where a total is told, too."""
    name = "reason.trial_told"
    found: list[tuple[int, Evidence]] = []
    for named in rationale:
        if named.passage.sentence.role is not Role.GUIDELINE or named.marks(_OF_ODG):
            continue
        trials = named.marks("stated-trial")
        folded = named.passage.folded
        found += [(n, named.evidence(a, b)) for a, b in trials if (n := words.upper_number(folded[a:b]))]
        if any(not any(a < end and start < b for a, b in trials) for start, end in named.marks("stated-total")):
            return Fact(name, UNKNOWN, derivation="the rationale states another number beside the trial")
    if not found:
        return Fact(name, UNKNOWN, derivation="the rationale states no such number")
    number, evidence = max(found, key=lambda f: f[0])
    return Fact(name, number, (evidence,), Confidence.MEDIUM, "as the rationale states the guideline")


def limit_comparisons(
    item: Item, had: Fact, stated: Sequence[Fact], rationale: Sequence[Named], words: ToldLimits
) -> list[Fact]:
    """``reason.request_in_trial`` and ``reason.total_in_limit`` or ``_in_least``: the request against limits stated.

    Args:
        item: The disputed item.
        had: ``item.visits_had``.
        stated: Facts that hold ``reason.stated_trial`` and ``reason.stated_total``.
        rationale: Sentences of its rationale, for the lowest of several totals.
        words: The words around a limit.
    """
    limits = {f.name: f for f in stated}
    # visits before an operation are no part of the schedule for the time after it
    after_operation = item.category == "surgical-adjunct"
    before = had.value if isinstance(had.value, int) and not after_operation else 0
    asked = item.visits
    totals = _visits_of_guideline(rationale, "stated-total", words)
    least = limits["reason.stated_total"]
    if totals:
        number, evidence = min(totals, key=lambda f: f[0])
        least = Fact(least.name, number, (evidence,), Confidence.MEDIUM, "the lowest that the rationale states")
    facts = []
    for name, limit, total in (
        ("reason.request_in_trial", limits["reason.stated_trial"], asked),
        ("reason.total_in_limit", limits["reason.stated_total"], None if asked is None else asked + before),
        ("reason.total_in_least", least, None if asked is None else asked + before),
    ):
        if total is None:
            facts.append(Fact(name, UNKNOWN, derivation="no number of visits is asked for"))
            continue
        if not isinstance(limit.value, int):
            facts.append(Fact(name, "unstated", derivation="the rationale states no number of visits"))
            continue
        value = "within" if total <= limit.value else "above"
        sure = min(limit.confidence, had.confidence, key=lambda c: c.rank)
        facts.append(Fact(name, value, (*limit.evidence, *had.evidence), sure, f"{total} against {limit.value}"))
    return facts


def _weeks(told: str, words: ToldLimits) -> int:
    """The largest number of weeks or months, in weeks: "up to 18 visits over 6 to 8 weeks" is 8; 0 for none."""
    best = 0
    for word in told.replace(",", " ").split():
        if word.startswith(words.counted):
            best = 0
        elif (value := number_value(word.strip("().;:"))) is not None:
            best = max(best, int(value))
    return best * (_WEEKS_A_MONTH if any(month in told for month in words.of_months) else 1)
