"""What the options of a gate ask for: baseline, suppressions, what has changed."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from checker.batch.versions import Versions
from checker.cli.tally import say
from checker.cli.whole import whole
from checker.gate import Gate, Suppressions, baseline_text, load_baseline, load_suppressions
from checker.gate.changed import Base, base_of
from checker.model.source import SourceText, Unreadable
from checker.reading import read

if TYPE_CHECKING:
    from checker.pipeline import Checker


@dataclass(frozen=True, slots=True)
class Asked:
    """The options.

    Attributes:
        baseline: File of accepted findings.
        write_baseline: File to write those of this run to.
        suppressions: File of suppressed findings.
        as_of: The day on which suppressions must still hold.
        most_days: How many days after it they may name as their last.
        diff_base: Commit against which only what changed is checked.
    """

    baseline: Path | None
    write_baseline: Path | None
    suppressions: Path | None
    as_of: datetime.date
    most_days: int
    diff_base: str | None

    def __post_init__(self) -> None:
        """Refuse a baseline of which most would be missing."""
        if self.write_baseline and self.diff_base:
            raise typer.BadParameter(
                "a baseline of changed letters alone would leave the others out", param_hint="--write-baseline"
            )

    def gate(self, checker: "Checker") -> Gate | None:
        """The gate; None where no option asks for one.

        Raises:
            RuleError: A file cannot be used.
        """
        if not (self.baseline or self.write_baseline or self.suppressions):
            return None
        codes = {rule.code for rule in checker.rulebook.rules}
        return Gate(
            load_baseline(self.baseline) if self.baseline else None,
            load_suppressions(self.suppressions, codes, self._latest) if self.suppressions else Suppressions(),
            self.as_of,
            writing=self.write_baseline is not None,
        )

    @property
    def _latest(self) -> datetime.date:
        try:
            return self.as_of + datetime.timedelta(self.most_days)
        except OverflowError:
            return datetime.date.max

    def base(self) -> Base | None:
        """What to compare with.

        Raises:
            ChangedError: It cannot be found.
        """
        return base_of(self.diff_base, Path.cwd()) if self.diff_base else None


def sources(paths: list[str], base: Base | None) -> Iterator[SourceText | Unreadable]:
    """The letters to check."""
    if base is None:
        return read(paths, note=say)
    return base.new(read(paths, note=say, pass_over=base.holds))


def write_baseline(gate: Gate, path: Path, made_by: Versions, *, across: bool) -> None:
    """Write the baseline of a run; the file takes its name when it is whole."""
    entries = gate.to_keep(across=across)
    with whole(path) as partial:
        partial.write_text(baseline_text(entries, made_by.tool, made_by.rules), "utf-8", newline="\n")
    say(f"{path}: {len(entries)} finding{'' if len(entries) == 1 else 's'} accepted")
