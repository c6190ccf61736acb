"""What the verdicts on a run say of its rules and of its reviewers, as a record and as lines to read."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from checker.desk.run import ReviewedRun
from checker.review.blind import OF_A_LETTER, Blinding
from checker.review.measures import Pair, miss_rate, pairs, pairs_of_letters, precision
from checker.review.sampling import Stratum, projected
from checker.review.standing import Opinions, Standing, State, latest, standings
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

    Where the sample marks units for double review, agreement is told of exactly these, from verdicts given blind, and
    apart from them of what happens to overlap.

    Args:
        run: The run.
        statements: All that was said, in its order.
        sample: The record of the sample under review; misses are counted in those of its letters that have no finding.
        blind: Compare only verdicts given without sight of the other's.
    """
    present = [found.today for found in run.findings.values()]
    held = standings(statements, present)
    rules = {today.fingerprint: today.rule for today in present}
    drawn = None if sample is None else {unit["doc"] for unit in sample["units"]}
    clean = {x.doc for x in run.letters if not x.found and (drawn is None or x.doc in drawn)}
    missed = miss_rate(statements, clean)
    double = Blinding.of_sample(sample) if sample else Blinding()
    others = [said for said in statements if not double.covers_statement(said)]
    states = [held[found.today.fingerprint].state for letter in run.letters for found in letter.found]
    return {
        "findings": len(states),
        "states": {state.value: states.count(state) for state in State},
        "precision": {rule: told.record() for rule, told in precision(rules, held).items()},
        "missed": {**missed.record(), "waiting": None if drawn is None else len(clean) - missed.of},
        **({"double": _double(run, statements, double)} if double else {}),
        "agreement": [_pair(pair) for pair in pairs(others, blind=blind)],
        **({} if sample is None else {"sample": _sample(run, statements, held, sample)}),
    }


def _double(run: ReviewedRun, statements: Sequence[Statement], double: Blinding) -> dict[str, Any]:
    """Agreement on the findings and letters that a sample marks for double review, from what was said blind."""
    marked = {
        fingerprint for fingerprint, found in run.findings.items() if double.covers(found.today.doc, found.today.item)
    }
    said = [
        s for s in statements if s.fingerprint in marked or (s.verdict in OF_A_LETTER and double.covers_statement(s))
    ]
    judged = {
        blind: sum(
            len(by_reviewer) > 1
            for fingerprint, by_reviewer in latest(s for s in said if s.blind or not blind).items()
            if fingerprint in marked
        )
        for blind in (True, False)
    }
    return {
        "units": len(double.units),
        "findings": len(marked),
        "judged_twice": judged[True],
        "not_blind": judged[False] - judged[True],
        "agreement": [_pair(pair) for pair in pairs(said, blind=True)],
        "letters": [_pair(pair) for pair in pairs_of_letters(said, blind=True)],
    }


def _sample(
    run: ReviewedRun, statements: Sequence[Statement], held: Mapping[str, Standing], sample: Mapping[str, Any]
) -> dict[str, Any]:
    """How many of the units drawn were reviewed, and, once all are, the share of the frame with an inconsistency."""
    opinions = Opinions(statements)
    strata: dict[str, int] = {}
    waiting = 0
    for (doc, sha256), item, stratum in _units(sample):
        found = (f for letter in run.meant(doc, sha256) for f in letter.found)
        own = [held[f.today.fingerprint].state for f in found if item in {0, f.today.item}]
        said = [s for s in opinions.of_letter(doc) if item in {0, s.item} or s.verdict is Verdict.CLEAN]
        missed = any(s.verdict is Verdict.MISSED for s in said)
        waiting += any(state in _NOT_DECIDED for state in own) or not (own or said)
        strata[stratum] = strata.get(stratum, 0) + (missed or State.CONFIRMED in own)
    told: dict[str, Any] = {"units": len(_units(sample)), "waiting": waiting, "share": None}
    if not waiting and strata:
        sizes = [Stratum(s["name"], s["frame"], s["drawn"]) for s in sample["strata"]]
        told["share"] = projected(strata, sizes).record()
    return told


def _units(sample: Mapping[str, Any]) -> list[tuple[tuple[str, str], int, str]]:
    return [((unit["doc"], unit["sha256"]), unit["item"], unit["stratum"]) for unit in sample["units"]]


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
    if told["missed"]["waiting"]:
        yield f"  {told['missed']['waiting']} more such letters of the sample wait for a review"
    if "sample" in told:
        yield from _sample_lines(told["sample"])
    if "double" in told:
        yield from _double_lines(told["double"], run)
    for pair in told["agreement"]:
        yield ""
        apart = " apart from the double review" if "double" in told else ""
        yield f"{_both(pair)} on the same findings{apart}"
        yield from _pair_lines(pair, run)


def _double_lines(double: dict[str, Any], run: ReviewedRun) -> Iterator[str]:
    yield ""
    yield f"Double review: {double['findings']} findings of {double['units']} units are marked"
    waiting = double["findings"] - double["judged_twice"] - double["not_blind"]
    yield f"  {double['judged_twice']} judged blind by two, {waiting} wait"
    if double["not_blind"]:
        yield f"  {double['not_blind']} judged by two and not blind; they are left out"
    for about, found in (("findings", double["agreement"]), ("letters: was anything missed", double["letters"])):
        for pair in found:
            yield f"{_both(pair)} on the {about} marked for double review"
            yield from _pair_lines(pair, run)


def _both(pair: dict[str, Any]) -> str:
    return f"{pair['reviewers'][0]} and {pair['reviewers'][1]}"


def _pair_lines(pair: dict[str, Any], run: ReviewedRun) -> Iterator[str]:
    yield f"  agree on {_percent(pair['percent'])}"
    yield f"  Cohen's kappa {_plain(pair['kappa'])}, Gwet's AC1 {_plain(pair['ac1'])}"
    for about in pair["disagreed"]:
        found = run.findings.get(about)
        where = f"{found.today.doc}:{found.today.item} {found.code} ({about})" if found else about
        yield f"  they differ on {where}"


def _sample_lines(sample: dict[str, Any]) -> Iterator[str]:
    if sample["share"] is None:
        yield f"Sample: {sample['waiting']} of {sample['units']} units wait for a review; no share is projected before"
    else:
        yield f"Share of the frame with an inconsistency, projected from the sample: {_percent(sample['share'])}"


def _percent(share: dict[str, Any]) -> str:
    if share["value"] is None:
        return "not known, none is decided"
    value, low, high = (f"{100 * share[name]:.0f} %" for name in ("value", "low", "high"))
    return f"{value} of {share['of']} ({low} to {high})"


def _plain(estimate: dict[str, Any]) -> str:
    if estimate["value"] is None:
        return "does not exist (one answer throughout)"
    value, low, high = (f"{round(estimate[name], 2) + 0.0:.2f}" for name in ("value", "low", "high"))
    return f"{value} ({low} to {high})"
