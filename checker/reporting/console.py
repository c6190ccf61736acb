"""What a person reads on a terminal: one line a finding, as a linter prints it, then the words it rests on."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol, TextIO

from rich.console import Console
from rich.text import Text

from checker.across import FoundAcross
from checker.batch.letters import Letter, Tally, determination, identity, problems
from checker.batch.selection import Exit, FailOn, exit_code, reached
from checker.gate import Mark
from checker.knowledge.problems import Problem
from checker.model.determination import Determination, Status
from checker.model.findings import Finding, Judgement, Severity
from checker.model.source import Span, Unreadable
from checker.reporting.visible import as_log, folded, shortened

DISCLAIMER = "A flag is a textual inconsistency, not an opinion on medical necessity."

QUOTE_WIDTH = 160
"""Longest quote on the console, in characters; the report and the JSON have all of it."""

Line = tuple[tuple[str, str], ...]
"""One line as pieces of text, each with a rich style."""

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


class Printer(Protocol):
    """Takes lines one by one."""

    def __call__(self, line: Line) -> None:
        """Print one line."""


def printer(out: TextIO) -> Printer:
    """Plain and stable text, or rich's colours where ``out`` is a terminal that wants them."""
    if not out.isatty():
        return lambda line: _write(out, line)
    console = Console(file=out, highlight=False, markup=False, emoji=False, soft_wrap=True)
    return lambda line: console.print(Text.assemble(*line))


def _write(out: TextIO, line: Line) -> None:
    out.write(as_log("".join(text for text, _ in line).rstrip()) + "\n")


def letter_lines(letter: Letter, marks: Mapping[str, Mark]) -> Iterator[Line]:
    """What is to be said of one letter, and an empty line after it; nothing where there is nothing to say.

    Args:
        letter: What became of it.
        marks: Why findings do not count, by fingerprint.
    """
    lines = list(_judged_lines(letter, marks)) if isinstance(letter, Judgement) else [_not_checked(letter)]
    yield from lines
    if lines:
        yield ()


def _not_checked(letter: Letter) -> Line:
    name = identity(letter)
    why = "; ".join(folded(problem) for problem in problems(letter)) or "no reason is known"
    if isinstance(letter, Determination):
        why = f"unknown layout: {why}"
    where = name.source if isinstance(letter, Unreadable) else name.doc
    return ((folded(where), "bold"), ("  not checked  ", "magenta"), (why, ""))


def _judged_lines(letter: Judgement, marks: Mapping[str, Mark]) -> Iterator[Line]:
    parsed = determination(letter)
    doc = folded(parsed.source.doc)
    if parsed.status is Status.PARTIAL:
        for problem in problems(letter):
            yield ((doc, "bold"), ("  partial  ", "magenta"), (folded(problem), ""))
    if not parsed.items:
        yield ((doc, "bold"), ("  not checked  ", "magenta"), ("no disputed item was found", ""))
    for finding in letter.findings:
        yield from _finding_lines(doc, finding, parsed.quote, marks.get(finding.fingerprint))


def across_lines(found: FoundAcross, marks: Mapping[str, Mark]) -> Iterator[Line]:
    """What is to be said of one letter beside others, and an empty line after it; arguments as for ``letter_lines``."""
    for finding in found.findings:
        yield from _finding_lines(folded(found.doc), finding, found.quote, marks.get(finding.fingerprint))
    yield ()


def problem_lines(problem: Problem) -> Iterator[Line]:
    """What is to be said of an entry of the baseline or the suppressions that is out of date."""
    hint = f" ({folded(problem.hint)})" if problem.hint else ""
    yield (
        (f"{folded(problem.file)}:{problem.line}", "bold"),
        ("  gate  ", "magenta"),
        (folded(problem.message), ""),
        (hint, ""),
    )
    yield ()


def _finding_lines(doc: str, finding: Finding, quote_of: Callable[[Span], str], mark: Mark | None) -> Iterator[Line]:
    sure = "" if finding.confidence.value == "high" else f"  ({finding.confidence.value} confidence)"
    yield (
        (f"{doc}:{finding.item}", "bold"),
        (f"  {finding.code}", ""),
        (f"  {finding.severity.value}", _STYLES[finding.severity]),
        (f"  {folded(finding.message)}", ""),
        (sure, "dim"),
        (f"  [{folded(mark.words)}]" if mark else "", "dim"),
    )
    for evidence in finding.evidence:
        quote = shortened(quote_of(evidence.span), QUOTE_WIDTH)
        if quote:
            yield ((f"    {evidence.part.value}: ", "dim"), (f'"{quote}"', "italic"))
    for beside in finding.beside:
        where = f"{folded(beside.doc)}:{beside.item}"
        yield ((f"    beside {where}", "bold"), (f"  {beside.outcome}, {beside.why}", ""))
        for words in beside.quotes:
            quote = shortened(words.text, QUOTE_WIDTH)
            if quote:
                yield ((f"      {words.part.value}: ", "dim"), (f'"{quote}"', "italic"))


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def summary_lines(tally: Tally, fail_on: FailOn) -> Iterator[Line]:
    """Counts of the run, its result and what a flag is."""
    scope = f"{_count(tally.letters, 'letter')}: {tally.judged} judged ({_count(tally.items, 'disputed item')})"
    yield ((scope + "".join(_left_out(tally)), ""),)
    if tally.unchanged:
        yield ((f"{_count(tally.unchanged, 'letter')} unchanged and not checked (--diff-base)", ""),)
    hidden = f", {tally.hidden} more hidden by filters" if tally.hidden else ""
    counts = ", ".join(_count(tally.of(severity), severity.value) for severity in Severity)
    known = (
        f", {tally.baselined} baselined, {tally.suppressed} suppressed" if tally.baselined + tally.suppressed else ""
    )
    yield ((f"{_count(tally.findings, 'finding')}: {counts}{known}{hidden}", ""),)
    yield (
        ("Result: ", "bold"),
        (verdict(tally, fail_on), "green" if exit_code(tally, fail_on) is Exit.CLEAN else "red"),
    )
    yield ((DISCLAIMER, "dim"),)


def _left_out(tally: Tally) -> Iterable[str]:
    if tally.partial:
        yield f", {tally.partial} of them in part"
    for number, words in (
        (tally.unknown_layout, "of unknown layout"),
        (tally.unreadable, "unreadable"),
        (tally.failed, "not checked for an internal error"),
    ):
        if number:
            yield f", {number} {words}"


def verdict(tally: Tally, fail_on: FailOn) -> str:
    """The result of a run in words, with its exit code."""
    code = exit_code(tally, fail_on)
    return f"{_RESULTS.get(code) or '; '.join(_reasons(tally, fail_on))} (exit code {code.value})"


_RESULTS = {
    Exit.BROKEN: "the program or a rule broke on a letter; the run is not complete",
    Exit.NOTHING: "no letter was checked",
}


def _reasons(tally: Tally, fail_on: FailOn) -> Iterator[str]:
    if fail_on is FailOn.NEVER:
        yield "findings do not count (--fail-on never)"
    elif reached(tally, fail_on):
        yield "findings" if fail_on is FailOn.NOTE else f"findings of severity {fail_on.value}{_OR_WORSE[fail_on]}"
    else:
        yield (
            "nothing to report"
            if fail_on is FailOn.NOTE
            else f"no finding of severity {fail_on.value}{_OR_WORSE[fail_on]}"
        )
    if tally.not_checked:
        yield "not every letter could be checked"
    if tally.itemless:
        yield f"no disputed item was found in {_count(tally.itemless, 'letter')}"
    if tally.out_of_date:
        entries = "entry" if tally.out_of_date == 1 else "entries"
        yield f"{tally.out_of_date} {entries} of the baseline or the suppressions out of date"


_OR_WORSE = {FailOn.ERROR: "", FailOn.WARNING: " or error", FailOn.NOTE: ""}
