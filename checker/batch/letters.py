"""The stream of a run: one entry a letter, in input order; one bad letter never stops the others."""

import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePath
from types import TracebackType

from checker.judging.errors import JudgingError
from checker.model.determination import Determination, Status
from checker.model.findings import Finding, Judgement, Severity
from checker.model.source import SourceText, Unreadable


@dataclass(frozen=True, slots=True)
class Failed:
    """A letter on which the program itself broke: a defect of ours or of a rule, never of the letter.

    Attributes:
        doc: Name of the letter.
        source: Path or name as given by the user.
        sha256: Hash of the input bytes.
        problem: One line: where it broke and what to do. It holds no words of the letter.
    """

    doc: str
    source: str
    sha256: str
    problem: str


Checked = Judgement | Determination | Unreadable
"""What the pipeline answers: judged, taken apart but of no known layout, or not readable."""

Letter = Judgement | Determination | Unreadable | Failed
"""What became of one letter of a run."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What names a letter in every output."""

    doc: str
    source: str
    sha256: str


def identity(letter: Letter) -> Identity:
    """Name, source and hash of a letter, whatever became of it."""
    if isinstance(letter, (Unreadable, Failed)):
        return Identity(letter.doc, letter.source, letter.sha256)
    source = determination(letter).source
    return Identity(source.doc, source.source, source.sha256)


def determination(letter: Judgement | Determination) -> Determination:
    """The letter taken apart."""
    return letter.facts.determination if isinstance(letter, Judgement) else letter


def status(letter: Letter) -> Status:
    """How far the letter got; one that broke the program counts as unreadable, since nothing can be said about it."""
    if isinstance(letter, (Unreadable, Failed)):
        return Status.UNREADABLE
    return determination(letter).status


def problems(letter: Letter) -> tuple[str, ...]:
    """What was odd or in the way, one line each."""
    if isinstance(letter, Failed):
        return (letter.problem,)
    if isinstance(letter, Unreadable):
        return (letter.problem, *letter.problems)
    parsed = determination(letter)
    return tuple(dict.fromkeys((*parsed.source.problems, *parsed.problems)))


def judged(
    sources: Iterable[SourceText | Unreadable],
    check: Callable[[SourceText], Checked],
    broke: Callable[[Exception], None] = lambda error: None,
) -> Iterator[Letter]:
    """Check letters one by one; an exception becomes an entry of its own and the next letter goes on.

    Args:
        sources: The letters as read.
        check: Judges one of them.
        broke: Told of each exception, for ``--debug``.
    """
    for source in sources:
        if isinstance(source, Unreadable):
            yield source
            continue
        try:
            yield check(source)
        except Exception as error:
            broke(error)
            yield Failed(source.doc, source.source, source.sha256, where(error))


def where(error: Exception) -> str:
    """Where the program broke; the message only of errors that promise to quote no letter."""
    if isinstance(error, JudgingError):
        return f"internal error: {error}; the letter was not checked"
    place = _innermost(error.__traceback__)
    return f"internal error: {type(error).__name__} at {place}; the letter was not checked; --debug shows the traceback"


def _innermost(trace: TracebackType | None) -> str:
    frames = traceback.extract_tb(trace)
    if not frames:
        return "an unknown place"
    return f"{PurePath(frames[-1].filename).name}:{frames[-1].lineno}"


@dataclass(slots=True)
class Tally:
    """Counts of a run; every letter is in exactly one of judged, unknown_layout, unreadable and failed.

    Errors, warnings and notes are findings that count; baselined and suppressed ones are counted apart. ``out_of_date``
    are entries of a baseline or of suppressions that have to be mended. ``unchanged`` letters were passed over, because
    only those that changed were asked for; they are no letters of the run.
    """

    letters: int = 0
    judged: int = 0
    partial: int = 0
    unknown_layout: int = 0
    unreadable: int = 0
    failed: int = 0
    items: int = 0
    errors: int = 0
    warnings: int = 0
    notes: int = 0
    hidden: int = 0
    baselined: int = 0
    suppressed: int = 0
    out_of_date: int = 0
    unchanged: int = 0
    itemless: int = 0

    def add(self, letter: Letter) -> None:
        """Count one letter and its findings."""
        self.letters += 1
        if isinstance(letter, Failed):
            self.failed += 1
        elif isinstance(letter, Unreadable):
            self.unreadable += 1
        elif isinstance(letter, Judgement):
            self._judged(letter)
        else:
            self.unknown_layout += 1

    def take(self, other: "Tally") -> None:
        """Count what was counted elsewhere."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def _judged(self, letter: Judgement) -> None:
        parsed = letter.facts.determination
        self.judged += 1
        self.partial += parsed.status is Status.PARTIAL
        self.items += len(parsed.items)
        self.itemless += not parsed.items
        self.count(letter.findings)

    def count(self, findings: Iterable[Finding]) -> None:
        """Count findings of a letter that has been counted."""
        for finding in findings:
            self.errors += finding.severity is Severity.ERROR
            self.warnings += finding.severity is Severity.WARNING
            self.notes += finding.severity is Severity.NOTE

    @property
    def findings(self) -> int:
        """Findings of any severity that were not filtered out."""
        return self.errors + self.warnings + self.notes

    @property
    def not_checked(self) -> int:
        """Letters about which nothing can be said."""
        return self.unknown_layout + self.unreadable + self.failed

    def of(self, severity: Severity) -> int:
        """Findings of one severity."""
        return {Severity.ERROR: self.errors, Severity.WARNING: self.warnings, Severity.NOTE: self.notes}[severity]

    def as_dict(self) -> dict[str, int]:
        """The counts by name, for JSON."""
        return {
            "letters": self.letters,
            "judged": self.judged,
            "partial": self.partial,
            "unknown_layout": self.unknown_layout,
            "unreadable": self.unreadable,
            "failed": self.failed,
            "items": self.items,
            "itemless": self.itemless,
            "errors": self.errors,
            "warnings": self.warnings,
            "notes": self.notes,
            "hidden": self.hidden,
        }

    def gate_dict(self) -> dict[str, int]:
        """What baseline and suppressions took out, by name, for JSON."""
        return {"baselined": self.baselined, "suppressed": self.suppressed, "out_of_date": self.out_of_date}
