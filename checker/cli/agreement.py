"""``imrcheck agreement``: what verdicts say of the rules and of the reviewers."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.batch.jsonlines import json_text
from checker.cli.exits import Exit
from checker.cli.recorded import sample_in
from checker.cli.serve import RunArgument, VerdictFiles, reviewed_run, said_in
from checker.cli.tally import say


class Form(StrEnum):
    """How the figures are printed."""

    TEXT = "text"
    JSON = "json"


def agreement(
    run: RunArgument,
    *,
    verdicts: VerdictFiles = None,
    sample: Annotated[
        Path | None,
        typer.Option("--sample", metavar="FILE", help="Record of a sample: counts misses in it, projects its share."),
    ] = None,
    blind: Annotated[
        bool, typer.Option("--blind", help="Compare only verdicts given without sight of others.")
    ] = False,
    form: Annotated[Form, typer.Option("--format", help="Text to read, or JSON.")] = Form.TEXT,
) -> None:
    """Precision of each rule, misses, and how far reviewers agree: percent, Cohen's kappa and Gwet's AC1.

    Verdicts on findings whose rule or words have changed since are left out. Where the sample marks units for double
    review, agreement is told of exactly these, as they were judged blind, and apart from them of whatever else two
    reviewers judged. Exit code 3 where there is no verdict.
    """
    from checker.desk.figures import figures, lines  # noqa: PLC0415 (only where it is asked for)

    reviewed = reviewed_run(run)
    statements = said_in(run, verdicts)
    told = figures(reviewed, statements, sample_in(sample) if sample else None, blind=blind)
    if form is Form.JSON:
        typer.echo(json_text(told), nl=False)
    else:
        for line in lines(told, reviewed):
            typer.echo(line)
    if not statements:
        say("no verdict was given yet")
        raise typer.Exit(Exit.NOTHING)
