"""``imrcheck check``: findings on the console, or as JSON."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated, TextIO

import typer

from checker.batch.selection import FailOn, Policy, exit_code
from checker.cli.opening import broken_is_said, checked, comparing, opened, selection, told, versions, with_progress
from checker.cli.options import (
    AcrossOption,
    ConfidenceOption,
    DebugOption,
    Engine,
    EngineOption,
    FailOnOption,
    IgnoreOption,
    Paths,
    RulesOption,
    SelectOption,
    SeverityOption,
)
from checker.model.facts import Confidence
from checker.model.findings import Severity
from checker.reporting.document import Format, write_checks


def check(
    paths: Paths,
    *,
    form: Annotated[Format, typer.Option("--format", help="As a linter prints, one JSON document, or JSON Lines.")] = (
        Format.TEXT
    ),
    fail_on: FailOnOption = FailOn.ERROR,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    severity: SeverityOption = Severity.NOTE,
    confidence: ConfidenceOption = Confidence.LOW,
    across: AcrossOption = True,
    rules: RulesOption = None,
    engine: EngineOption = Engine.AUTO,
    debug: DebugOption = False,
) -> None:
    """Check determinations: each finding with the words it rests on, letter by letter.

    Exit code 0: every letter was checked and no finding reached --fail-on; 1: some did, or some letters could not be
    checked; 2: the program or a rule is broken; 3: no letter was checked.
    """
    with broken_is_said():
        checker = opened(rules, engine)
        chosen = selection(checker, select, ignore, severity=severity, confidence=confidence)
        letters = checked(checker, paths, debug=debug)
        if not sys.stdout.isatty():
            letters = with_progress(told(letters))
        with _output(form) as out, comparing(checker, chosen, wanted=across) as compared:
            policy = Policy(chosen, fail_on)
            tally = write_checks(letters, out, form, policy, versions(checker, engine), across=compared)
    raise typer.Exit(exit_code(tally, fail_on))


@contextmanager
def _output(form: Format) -> Iterator[TextIO]:
    """Standard output; for JSON in UTF-8 with plain line ends, whatever the terminal's are."""
    if form is Format.TEXT:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        yield sys.stdout
    else:
        out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", newline="\n")
        try:
            yield out
        finally:
            out.flush()
            out.detach()
