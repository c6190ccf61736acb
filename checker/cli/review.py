"""``imrcheck review``: the findings of a run one by one in the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from checker.batch.selection import split_codes
from checker.cli.exits import Exit
from checker.cli.recorded import sample_in
from checker.cli.serve import (
    BlindOption,
    RunArgument,
    VerdictsOption,
    blinding_of,
    reviewed_run,
    verdicts_file,
)
from checker.cli.tally import say
from checker.review.standing import State


def review(
    run: RunArgument,
    *,
    reviewer: Annotated[str, typer.Option("--reviewer", help="Your name or initials.")],
    role: Annotated[str, typer.Option("--role", help="Such as QA nurse.")] = "",
    verdicts: VerdictsOption = None,
    state: Annotated[
        list[State] | None, typer.Option("--state", help="Which findings; left out: open and stale ones.")
    ] = None,
    select: Annotated[
        list[str] | None, typer.Option("--select", metavar="CODES", help="Only codes that begin so.")
    ] = None,
    blind: BlindOption = False,
    sample: Annotated[
        Path | None,
        typer.Option(
            "--sample",
            metavar="FILE",
            help="Record of a sample: only its findings; those marked for double review blind.",
        ),
    ] = None,
) -> None:
    """Review findings one by one: c confirm, d dismiss with a reason, u unsure, n next, p previous, z undo, q quit.

    Words after the letter become the note. Each verdict is on the disk before the next finding shows.
    """
    from checker.desk.run import Review  # noqa: PLC0415 (only where it is asked for)
    from checker.desk.terminal import HELP, Reviewer, TerminalReview, queue  # noqa: PLC0415
    from checker.review.blind import Blinding  # noqa: PLC0415
    from checker.review.log import VerdictLog  # noqa: PLC0415

    who = Reviewer(" ".join(reviewer.split()), " ".join(role.split()))
    drawn = sample_in(sample) if sample else None
    blinding = blinding_of(run, drawn, blind=blind)
    desk = Review(reviewed_run(run), VerdictLog(verdicts_file(run, verdicts)), blinding)
    for problem in desk.problems():
        say(problem)
    units = Blinding.of_sample(drawn, double=False) if drawn else None
    waiting = queue(desk, state or (State.OPEN, State.STALE), split_codes(select or ()), who.name, units)
    if not waiting:
        say("no finding waits for a review")
        raise typer.Exit(Exit.NOTHING)
    typer.echo(f"{len(waiting)} finding{'' if len(waiting) == 1 else 's'}; {HELP}")
    sitting = TerminalReview(desk, who, input, say_plainly)
    try:
        given = sitting.sit(waiting)
    except OSError as error:
        say(f"the verdict was not saved: {error.strerror or type(error).__name__}")
        raise typer.Exit(Exit.BROKEN) from error
    told = "1 verdict given; it is" if given == 1 else f"{given} verdicts given; they are"
    typer.echo(f"{told} in {desk.log.path}")


def say_plainly(line: str) -> None:
    """A line of the letter or the report, with what hides in it made visible."""
    from checker.reporting.visible import folded  # noqa: PLC0415

    typer.echo(folded(line) if line else "")
