"""The outputs of `imrcheck check`, several at once.

They are written while the letters come in. Where letters are compared with each other, all but the text wait for the
last of them on disk, because what the comparison finds belongs to the object of its letter; text tells it at the end.
"""

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import IO, TextIO

from checker.across import Across, FoundAcross
from checker.batch.jsonlines import json_line
from checker.batch.letters import Failed, Identity, Letter, Tally, identity
from checker.batch.selection import Policy
from checker.batch.together import found_in, taken_in
from checker.batch.versions import Versions
from checker.gate import Gate, Known, Mark, Sifted
from checker.gate.changed import Base
from checker.model.findings import Finding, Judgement
from checker.reporting.console import across_lines, letter_lines, printer, problem_lines, summary_lines
from checker.reporting.formats import (
    Ending,
    Entry,
    GitHub,
    GitLab,
    Json,
    JsonLines,
    JUnit,
    Markdown,
    Sarif,
    Sink,
    Titles,
)
from checker.reporting.wire_check import check_record, finding_record, in_order


class Format(StrEnum):
    """Output formats of check."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"
    SARIF = "sarif"
    JUNIT = "junit"
    GITHUB = "github"
    GITLAB = "gitlab"
    MARKDOWN = "markdown"


_IN_MEMORY = 16_000_000


@dataclass(frozen=True, slots=True)
class Output:
    """One output of a run: a format and where it is written to."""

    form: Format
    out: TextIO


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of check is made with.

    Attributes:
        policy: Which findings are shown and counted, and which of them fail the run.
        versions: Of the program and of the rule set.
        across: Compares the letters with each other; None where they are not compared.
        gate: Baseline and suppressions; None where there are none.
        titles: Words for the codes.
        base: What letters were compared with that were passed over; None where all were asked for.
    """

    policy: Policy
    versions: Versions
    across: Across | None = None
    gate: Gate | None = None
    titles: Titles = field(default_factory=dict)
    base: Base | None = None


def write_checks(letters: Iterable[Letter], outputs: Sequence[Output], run: Run) -> Tally:
    """Write one run of check.

    Args:
        letters: The letters in input order.
        outputs: What to write.
        run: What the run is made with.

    Returns:
        The counts.
    """
    tally = Tally()
    texts = [_Text(output.out) for output in outputs if output.form is Format.TEXT]
    sinks = [_sink(output, run) for output in outputs if output.form is not Format.TEXT]
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n") as held:
        waiting = _Waiting(sinks, held if run.across is not None else None)
        for letter in taken_in(letters, run.across):
            kept, marks = _counted(letter, run, tally)
            for text in texts:
                text.letter(kept, marks)
            if sinks:
                waiting.add(Entry.of(kept, check_record(kept, run.versions, marks), failed=isinstance(kept, Failed)))
        waiting.release(_told(_counted_across(run, tally), texts))
    tally.unchanged = run.base.unchanged if run.base else 0
    # Beside changed letters alone, a finding across the batch cannot be called gone.
    compared = run.across is not None and run.base is None
    problems = run.gate.problems(across=compared) if run.gate else ()
    tally.out_of_date = len(problems)
    ending = Ending(tally, run.policy.fail_on, run.versions, run.titles, problems, run.gate is not None)
    for text in texts:
        text.end(ending)
    for sink in sinks:
        sink.end(ending)
    return tally


def _sink(output: Output, run: Run) -> Sink:
    makers: Mapping[Format, Callable[[TextIO], Sink]] = {
        Format.JSON: Json,
        Format.JSONL: JsonLines,
        Format.SARIF: lambda out: Sarif(out, gated=run.gate is not None),
        Format.JUNIT: lambda out: JUnit(out, run.policy.fail_on),
        Format.GITHUB: GitHub,
        Format.GITLAB: GitLab,
        Format.MARKDOWN: Markdown,
    }
    return makers[output.form](output.out)


def _counted(letter: Letter, run: Run, tally: Tally) -> tuple[Letter, dict[str, Mark]]:
    """The letter with the findings that are shown, those that count counted, and why the others do not."""
    name = identity(letter)
    if run.gate is not None and isinstance(letter, Judgement):
        run.gate.judged(name)
        run.gate.meet(name, letter.findings)
    kept, hidden = run.policy.selection.apply(letter)
    tally.hidden += hidden
    if run.gate is None or not isinstance(kept, Judgement):
        tally.add(kept)
        return kept, {}
    sifted = run.gate.sift(name, kept.findings)
    tally.add(replace(kept, findings=sifted.counting))
    _count_known(sifted, tally)
    return kept, sifted.marks


def _counted_across(run: Run, tally: Tally) -> Iterator[tuple[FoundAcross, dict[str, Mark]]]:
    """The same for what only the letters together show."""
    gate = run.gate
    if gate is None:
        for found in found_in(run.across, run.policy.selection, tally):
            yield found, {}
        return

    def meet(found: FoundAcross) -> None:
        gate.meet(_name(found), found.findings)

    for found in found_in(run.across, run.policy.selection, tally, meet):
        sifted = gate.sift(_name(found), found.findings)
        tally.count(sifted.counting)
        _count_known(sifted, tally)
        yield found, sifted.marks


def _name(found: FoundAcross) -> Identity:
    return Identity(found.doc, found.source, found.sha256)


def _count_known(sifted: Sifted, tally: Tally) -> None:
    for mark in sifted.marks.values():
        tally.baselined += mark.known is Known.BASELINED
        tally.suppressed += mark.known is Known.SUPPRESSED


_Found = tuple[FoundAcross, dict[str, Mark]]


def _told(found: Iterable[_Found], texts: Sequence["_Text"]) -> Iterator[_Found]:
    for letter, marks in found:
        for text in texts:
            text.across(letter, marks)
        yield letter, marks


class _Text:
    def __init__(self, out: TextIO) -> None:
        self._print = printer(out)

    def letter(self, letter: Letter, marks: Mapping[str, Mark]) -> None:
        for line in letter_lines(letter, marks):
            self._print(line)

    def across(self, found: FoundAcross, marks: Mapping[str, Mark]) -> None:
        for line in across_lines(found, marks):
            self._print(line)

    def end(self, ending: Ending) -> None:
        for problem in ending.problems:
            for line in problem_lines(problem):
                self._print(line)
        for line in summary_lines(ending.tally, ending.fail_on):
            self._print(line)


class _Waiting:
    """The letters between their own judgement and what their neighbours add to it.

    Args:
        sinks: Where they go.
        held: The file in which they wait; None where nothing will be added.
    """

    def __init__(self, sinks: Sequence[Sink], held: IO[str] | None) -> None:
        self._sinks, self._held = sinks, held

    def add(self, entry: Entry) -> None:
        if self._held is None:
            self._send(entry)
        else:
            self._held.write(json_line(entry.as_dict()))

    def release(self, found: Iterable[_Found]) -> None:
        """Send those that wait on their way, each with what was found beside others."""
        waiting = iter(found)
        following = next(waiting, None)
        if self._held is not None:
            self._held.seek(0)
        for place, line in enumerate(self._held or ()):
            entry = Entry.from_dict(json.loads(line))
            if following is not None and following[0].letter == place:
                _add_to(entry, *following)
                following = next(waiting, None)
            self._send(entry)
        for _ in waiting:  # text alone is written: it is told while it is counted
            pass

    def _send(self, entry: Entry) -> None:
        for sink in self._sinks:
            sink.entry(entry)


def _add_to(entry: Entry, found: FoundAcross, marks: Mapping[str, Mark]) -> None:
    more = [finding_record(finding, found, _mark_of(finding, marks)) for finding in found.findings]
    entry.record["findings"] = in_order([*entry.record["findings"], *more])


def _mark_of(finding: Finding, marks: Mapping[str, Mark]) -> Mark | None:
    return marks.get(finding.fingerprint)
