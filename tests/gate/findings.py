"""Findings as the gate sees them."""

import datetime
from dataclasses import replace

from checker.batch.letters import Identity, identity
from checker.gate import Baseline, Gate, Suppression, Suppressions
from checker.gate.baseline import entry_of
from checker.model.findings import Finding, Judgement
from tests.reporting import samples

TODAY = datetime.date(2026, 3, 1)


def letter() -> Judgement:
    """sample-0001 with four findings, their fingerprints as long as real ones."""
    made = samples.pain()
    return replace(made, findings=tuple(replace(f, fingerprint=f.fingerprint.ljust(64, "0")) for f in made.findings))


def doc() -> str:
    return letter().facts.determination.source.doc


def findings() -> tuple[Finding, ...]:
    return letter().findings


def name() -> Identity:
    return identity(letter())


def baseline(*accepted: Finding, of: Identity | None = None) -> Baseline:
    entries = [(entry_of(of or name(), finding), line) for line, finding in enumerate(accepted, 2)]
    return Baseline("baseline.jsonl", tuple(entries))


def suppression(finding: Finding, **changed: object) -> Suppression:
    data = {
        "code": finding.code,
        "doc": doc(),
        "reason": "answered by letter",
        "owner": "QA",
        "expires": datetime.date(2026, 12, 31),
    }
    return Suppression.model_validate({**data, **changed})


def suppressions(*entries: Suppression) -> Suppressions:
    return Suppressions("suppressions.yaml", entries, tuple((3 + 5 * n, 5) for n in range(len(entries))))


def gate(
    accepted: Baseline | None = None,
    suppressed: Suppressions | None = None,
    *,
    today: datetime.date = TODAY,
    writing: bool = False,
) -> Gate:
    return Gate(accepted, suppressed or Suppressions(), today, writing=writing)


def passed(made: Gate, found: tuple[Finding, ...] | None = None, of: Identity | None = None) -> dict[str, str]:
    """One letter through the gate: what became of each finding, by its fingerprint."""
    found, of = findings() if found is None else found, of or name()
    made.judged(of)
    made.meet(of, found)
    sifted = made.sift(of, found)
    assert {f.fingerprint for f in sifted.counting} | sifted.marks.keys() == {f.fingerprint for f in found}
    return {
        **{f.fingerprint: "counts" for f in sifted.counting},
        **{fingerprint: mark.known.value for fingerprint, mark in sifted.marks.items()},
    }


def told(made: Gate, *, across: bool = True) -> list[str]:
    return [str(problem) for problem in made.problems(across=across)]
