"""What the verdicts on a run say of its rules and of its reviewers, as a record and as lines to read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker.desk.run import ReviewedRun
from checker.review.measures import Pair, miss_rate, pairs, precision
from checker.review.sampling import Stratum, projected
from checker.review.standing import Opinions, Standing, State, standings
from checker.review.statements import Statement, Verdict

_NOT_DECIDED = frozenset({State.OPEN, State.STALE, State.DISPUTED, State.UNSURE})


def figures(
    run: ReviewedRun,
    statements: Sequence[Statement],
    sample: Mapping[str, Any] | None = None,
    *,
    blind: bool = False,
) -> dict[str, Any]:
    """Progress, precision by rule, misses, agreement, and what a sample says of all that it was drawn of.

    Args:
        run: The run.
        statements: All that was said, in its order.
        sample: The record of the sample under review; misses are counted in its letters, or in all without findings.
        blind: Compare only verdicts given without sight of the other's.
    """
    present = [found.today for found in run.findings.values()]
    held = standings(statements, present)
    rules = {today.fingerprint: today.rule for today in present}
    drawn = None if sample is None else {unit["doc"] for unit in sample["units"]}
    clean = (doc for doc, letter in run.letters.items() if (not letter.found if drawn is None else doc in drawn))
    states = [standing.state for standing in held.values()]
    return {
        "findings": len(present),
        "states": {state.value: states.count(state) for state in State},
        "precision": {rule: told.record() for rule, told in precision(rules, held).items()},
        "missed": miss_rate(statements, clean).record(),
        "agreement": [_pair(pair) for pair in pairs(statements, blind=blind)],
        **({} if sample is None else {"sample": _sample(run, statements, held, sample)}),
    }


def _sample(
    run: ReviewedRun, statements: Sequence[Statement], held: Mapping[str, Standing], sample: Mapping[str, Any]
) -> dict[str, Any]:
    """How many of the units drawn were reviewed, and, once all are, the share of the frame with an inconsistency."""
    opinions = Opinions(statements)
    strata: dict[str, int] = {}
    waiting = 0
    for doc, item, stratum in _units(sample):
        letter = run.letters.get(doc)
        own = [held[f.today.fingerprint].state for f in (letter.found if letter else ()) if item in {0, f.today.item}]
        said = [s for s in opinions.of_letter(doc) if item in {0, s.item} or s.verdict is Verdict.CLEAN]
        missed = any(s.verdict is Verdict.MISSED for s in said)
        waiting += any(state in _NOT_DECIDED for state in own) or not (own or said)
        strata[stratum] = strata.get(stratum, 0) + (missed or State.CONFIRMED in own)
    told: dict[str, Any] = {"units": len(_units(sample)), "waiting": waiting, "share": None}
    if not waiting and strata:
        sizes = [Stratum(s["name"], s["frame"], s["drawn"]) for s in sample["strata"]]
        told["share"] = projected(strata, sizes).record()
    return told


def _units(sample: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    return [(unit["doc"], unit["item"], unit["stratum"]) for unit in sample["units"]]


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "reviewers": [pair.first, pair.second],
        "percent": pair.agreement.percent.record(),
        "kappa": pair.agreement.kappa.record(),
        "ac1": pair.agreement.ac1.record(),
        "disagreed": list(pair.disagreed),
    }


def lines(told: dict[str, Any], run: ReviewedRun) -> Iterator[str]:
    """The figures as lines to read; every share with its interval and what it is a share of."""
    states = ", ".join(f"{count} {state}" for state, count in told["states"].items() if count)
    yield f"{told['findings']} findings: {states or 'none'}"
    yield ""
    yield "Precision by rule (confirmed of confirmed and dismissed, 95 % interval of Wilson)"
    for rule, row in told["precision"].items():
        yield f"  {rule}: {_percent(row['rate'])}" + (f", {row['undecided']} undecided" if row["undecided"] else "")
    if not told["precision"]:
        yield "  no verdict yet"
    yield ""
    yield f"Letters without a finding in which a reviewer found one: {_percent(told['missed'])}"
    if "sample" in told:
        yield from _sample_lines(told["sample"])
    for pair in told["agreement"]:
        yield ""
        yield f"{pair['reviewers'][0]} and {pair['reviewers'][1]} on the same findings"
        yield f"  agree on {_percent(pair['percent'])}"
        yield f"  Cohen's kappa {_plain(pair['kappa'])}, Gwet's AC1 {_plain(pair['ac1'])}"
        for fingerprint in pair["disagreed"]:
            found = run.findings.get(fingerprint)
            where = f"{found.today.doc}:{found.today.item} {found.code}" if found else "no finding of this run"
            yield f"  to adjudicate: {where} ({fingerprint})"


def _sample_lines(sample: dict[str, Any]) -> Iterator[str]:
    if sample["share"] is None:
        yield f"Sample: {sample['waiting']} of {sample['units']} units wait for a review; no share is projected before"
    else:
        yield f"Share of the frame with an inconsistency, projected from the sample: {_percent(sample['share'])}"


def _percent(share: dict[str, Any]) -> str:
    if share["value"] is None:
        return "not known, nothing was looked at"
    value, low, high = (f"{100 * share[name]:.0f} %" for name in ("value", "low", "high"))
    return f"{value} of {share['of']} ({low} to {high})"


def _plain(estimate: dict[str, Any]) -> str:
    if estimate["value"] is None:
        return "does not exist (one answer throughout)"
    return f"{estimate['value']:.2f} ({estimate['low']:.2f} to {estimate['high']:.2f})"
