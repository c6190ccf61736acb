"""Which findings are shown and counted, and what exit code a run has."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from checker.batch.letters import Letter, Tally
from checker.model.facts import Confidence
from checker.model.findings import Finding, Judgement, Severity


class FailOn(StrEnum):
    """The least severity that makes a run fail."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class Exit(IntEnum):
    """Exit codes; where several fit, BROKEN goes before NOTHING, NOTHING before FOUND."""

    CLEAN = 0
    FOUND = 1
    BROKEN = 2
    NOTHING = 3


@dataclass(frozen=True, slots=True)
class Selection:
    """Filters on findings; they change what is shown and counted, never what is judged.

    Attributes:
        select: Codes or beginnings of codes to keep ("DEC", "CRI-OPI", "FAC005"); empty keeps all.
        ignore: Codes or beginnings of codes to leave out; stronger than ``select``.
        severity: Least severity to keep.
        confidence: Least confidence to keep.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Severity = Severity.NOTE
    confidence: Confidence = Confidence.LOW

    def keeps(self, finding: Finding) -> bool:
        """Whether a finding passes all filters."""
        return (
            finding.severity.rank >= self.severity.rank
            and finding.confidence.rank >= self.confidence.rank
            and (not self.select or _begins(finding.code, self.select))
            and not _begins(finding.code, self.ignore)
        )

    def wants(self, family: str) -> bool:
        """Whether a finding of a family of codes ("BAT") can pass, so that it is worth looking for."""
        wanted = not self.select or any(_begins(family, (s,)) or _begins(s, (family,)) for s in self.select)
        return wanted and not _begins(family, self.ignore)

    def apply(self, letter: Letter) -> tuple[Letter, int]:
        """The letter with the findings kept, and how many were left out."""
        if not isinstance(letter, Judgement):
            return letter, 0
        kept = tuple(f for f in letter.findings if self.keeps(f))
        hidden = len(letter.findings) - len(kept)
        return (replace(letter, findings=kept) if hidden else letter), hidden

    def as_dict(self) -> dict[str, object]:
        """The filters as they stand in the manifest."""
        return {
            "select": list(self.select),
            "ignore": list(self.ignore),
            "severity": self.severity.value,
            "confidence": self.confidence.value,
        }


@dataclass(frozen=True, slots=True)
class Policy:
    """Which findings count, and which of them fail the run."""

    selection: Selection = Selection()
    fail_on: FailOn = FailOn.ERROR


def _begins(code: str, beginnings: Sequence[str]) -> bool:
    """Whether a code is one of those named, or of a family named: "CRI" holds CRI-OPI-coverage."""
    return any(code.upper().startswith(b.upper()) for b in beginnings)


def split_codes(given: Sequence[str]) -> tuple[str, ...]:
    """Codes as given on the command line, each option a code or a comma list."""
    return tuple(code.strip() for option in given for code in option.split(",") if code.strip())


def exit_code(tally: Tally, fail_on: FailOn) -> Exit:
    """The exit code of a run.

    A letter about which nothing can be said is never silently green: one among letters that were judged gives FOUND
    even without a finding, one in which no disputed item was found does, too, and a run in which none was judged gives
    NOTHING. So does an entry of a baseline or of suppressions that is out of date: FOUND. ``--fail-on never`` silences
    findings, not this.
    Where only changed letters were asked for and none has changed, the run is CLEAN.
    """
    if tally.failed:
        return Exit.BROKEN
    if not tally.judged and (tally.letters or not tally.unchanged):
        return Exit.NOTHING
    red = tally.not_checked or tally.itemless or tally.out_of_date or reached(tally, fail_on)
    return Exit.FOUND if red else Exit.CLEAN


def reached(tally: Tally, fail_on: FailOn) -> bool:
    """Whether a finding has at least the severity that fails a run."""
    if fail_on is FailOn.NEVER:
        return False
    least = Severity(fail_on.value).rank
    return any(tally.of(severity) for severity in Severity if severity.rank >= least)
