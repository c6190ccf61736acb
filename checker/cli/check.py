"""``imrcheck check``: findings on the console, and as other programs read them."""

import datetime
import sys
from pathlib import Path
from typing import Annotated

import typer

from checker.batch.letters import judged
from checker.batch.selection import Exit, FailOn, Policy, exit_code
from checker.cli.configuration import ConfigOption, IsolatedOption
from checker.cli.gating import Asked, sources, write_baseline
from checker.cli.opening import (
    broken_is_said,
    comparing,
    opened,
    selection,
    told,
    traceback_shown,
    versions,
    with_progress,
)
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
from checker.cli.outputs import opened_outputs, wanted_of
from checker.cli.tally import say
from checker.gate import MOST_DAYS
from checker.model.facts import Confidence
from checker.model.findings import Severity
from checker.reporting.document import Run, write_checks
from checker.reporting.glossary import glossary


def check(
    paths: Paths,
    *,
    form: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            metavar="NAME[=FILE]",
            help="text, json, jsonl, sarif, junit, github, gitlab or markdown, to standard output or to a file; "
            "repeatable. The text is printed unless another format takes standard output.",
        ),
    ] = None,
    fail_on: FailOnOption = FailOn.ERROR,
    select: SelectOption = None,
    ignore: IgnoreOption = None,
    severity: SeverityOption = Severity.NOTE,
    confidence: ConfidenceOption = Confidence.LOW,
    baseline: Annotated[
        Path | None,
        typer.Option("--baseline", metavar="FILE", help="Findings that are accepted: listed, but not counted."),
    ] = None,
    to_baseline: Annotated[
        Path | None,
        typer.Option("--write-baseline", metavar="FILE", help="Accept what is found now: write it as the baseline."),
    ] = None,
    suppressions: Annotated[
        Path | None,
        typer.Option(
            "--suppressions", metavar="FILE", help="Findings that do not count, each with reason, owner and last day."
        ),
    ] = None,
    suppression_days: Annotated[
        int,
        typer.Option(
            "--suppression-days", metavar="N", min=1, help="How many days from today on a suppression may last at most."
        ),
    ] = MOST_DAYS,
    as_of: Annotated[
        datetime.datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], metavar="DATE", help="Today, for suppressions; left out: today."),
    ] = None,
    diff_base: Annotated[
        str | None,
        typer.Option("--diff-base", metavar="REF", help="Only letters that differ from this branch, tag or commit."),
    ] = None,
    across: AcrossOption = True,
    rules: RulesOption = None,
    engine: EngineOption = Engine.AUTO,
    isolated: IsolatedOption = False,
    config: ConfigOption = None,
    debug: DebugOption = False,
) -> None:
    """Check determinations: each finding with the words it rests on, letter by letter.

    Exit code 0: every letter was checked and no finding reached --fail-on; 1: some did, some letters could not be
    checked, or an entry of the baseline or the suppressions is out of date; 2: the program, a rule or a file of the
    gate is broken; 3: no letter was checked.
    """
    today = as_of.date() if as_of else datetime.date.today()
    asked = Asked(baseline, to_baseline, suppressions, today, suppression_days, diff_base)
    wanted = wanted_of(form or ())
    with broken_is_said():
        checker = opened(rules, engine)
        chosen = selection(checker, select, ignore, severity=severity, confidence=confidence)
        gate, base = asked.gate(checker), asked.base()
        letters = judged(sources(paths, base), checker.check_source, traceback_shown(wanted=debug))
        if not sys.stdout.isatty():
            letters = with_progress(told(letters))
        made_by = versions(checker, engine)
        with opened_outputs(wanted) as outputs, comparing(checker, chosen, wanted=across) as compared:
            titles = glossary(checker.rulebook).codes()
            run = Run(Policy(chosen, fail_on), made_by, compared, gate, titles, base)
            tally = write_checks(letters, outputs, run)
        if gate is not None and to_baseline is not None:
            if exit_code(tally, fail_on) in (Exit.BROKEN, Exit.NOTHING):
                say(f"{to_baseline}: not written: the run is not complete")
            else:
                write_baseline(gate, to_baseline, made_by, across=compared is not None)
    raise typer.Exit(exit_code(tally, fail_on))
