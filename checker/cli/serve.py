"""``imrcheck serve``: the report of a run in the browser, with verdicts saved as they are given."""

import contextlib
import json
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from checker.cli.exits import Exit
from checker.cli.recorded import sample_in
from checker.cli.tally import say

if TYPE_CHECKING:
    from checker.desk.run import ReviewedRun
    from checker.review.blind import Blinding
    from checker.review.statements import Statement

RunArgument = Annotated[
    Path, typer.Argument(metavar="RUN", help="Folder of a run, as imrcheck audit wrote it.", show_default=False)
]
VerdictsOption = Annotated[
    Path | None,
    typer.Option(
        "--verdicts", metavar="FILE", help="File of verdicts; left out: verdicts.jsonl beside the run folder."
    ),
]


VerdictFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--verdicts", metavar="FILE", help="Files of verdicts; left out: verdicts.jsonl beside the run folder."
    ),
]


BlindOption = Annotated[
    bool, typer.Option("--blind", help="Hide what others said of a finding until you have said something.")
]
SampleOption = Annotated[
    Path | None,
    typer.Option(
        "--sample",
        metavar="FILE",
        help="Record of a sample: filter by it, and hide what others said of what it marks for double review.",
    ),
]


def blinding_of(run: Path, sample: Mapping[str, Any] | None, *, blind: bool) -> "Blinding":
    """What is reviewed blind; one line and exit code 2 where the pages of the run already show verdicts.

    Args:
        run: Folder of the run.
        sample: Record of a sample that marks units for double review.
        blind: Everything is.
    """
    from checker.review.blind import Blinding  # noqa: PLC0415 (only where it is asked for)

    found = Blinding.of_sample(sample) if sample else Blinding()
    blinding = Blinding(everything=True) if blind else found
    with contextlib.suppress(OSError, ValueError):
        if blinding and json.loads((run / "manifest.json").read_text("utf-8")).get("verdicts"):
            say(f"the pages of {run} show verdicts; for a blind review make it without: imrcheck audit … --out {run}")
            raise typer.Exit(Exit.BROKEN)
    return blinding


def verdicts_file(run: Path, given: Path | None) -> Path:
    """The file of verdicts: beside the run, since a run folder is replaced when the audit is made again."""
    return given or run.resolve().parent / "verdicts.jsonl"


def reviewed_run(run: Path) -> "ReviewedRun":
    """The run in a folder; one line and exit code 2 where there is none."""
    from checker.desk.run import NoRunError, finished_run  # noqa: PLC0415 (only where it is asked for)

    try:
        found = finished_run(run)
    except NoRunError as error:
        say(str(error))
        raise typer.Exit(Exit.BROKEN) from error
    if found.namesakes:
        say(f"{found.namesakes} letters share names: a verdict holds for all of one name in which its words stand")
    return found


def said_in(run: Path, files: Sequence[Path] | None) -> tuple["Statement", ...]:
    """What reviewers said, file by file; a line that is no statement is told.

    Args:
        run: Folder of the run, for the file beside it where none is named.
        files: The files named.

    Raises:
        typer.BadParameter: There is no such file: verdicts must not be left out by a slip of the pen.
    """
    from checker.review.log import VerdictLog  # noqa: PLC0415 (only where it is asked for)

    said: list[Statement] = []
    for path in files or ():
        if not path.is_file():
            raise typer.BadParameter(f"there is no file {path}", param_hint="--verdicts")
    for path in files if files is not None else (verdicts_file(run, None),):
        read = VerdictLog(path).read()
        for problem in read.problems:
            say(problem)
        said += read.statements
    return tuple(said)


def serve(
    run: RunArgument,
    *,
    verdicts: VerdictsOption = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0: any that is free.")] = 0,
    blind: BlindOption = False,
    sample: SampleOption = None,
) -> None:
    """Review a run in the browser: loopback only, under a random address, each verdict on the disk before it shows.

    Runs until it is interrupted. Several may serve the same run at once, on one machine or over a shared folder.
    """
    from checker.desk.run import Review  # noqa: PLC0415 (only where it is asked for)
    from checker.desk.server import Desk  # noqa: PLC0415
    from checker.review.log import VerdictLog  # noqa: PLC0415

    try:
        drawn = sample_in(sample) if sample else None
        blinding = blinding_of(run, drawn, blind=blind)
        review = Review(reviewed_run(run), VerdictLog(verdicts_file(run, verdicts)), blinding)
        for problem in review.problems():
            say(problem)
        desk = Desk(review, port, sample=drawn)
    except OSError as error:
        why = error.strerror or type(error).__name__
        say(f"the desk cannot be opened: {why}; try another --port or another --verdicts file")
        raise typer.Exit(Exit.BROKEN) from error
    signal.signal(signal.SIGTERM, _interrupted)
    with desk:
        typer.echo(f"Open {desk.address}")
        typer.echo(f"Verdicts go to {review.log.path}; stop with Ctrl-C.")
        with contextlib.suppress(KeyboardInterrupt):
            desk.serve_forever(poll_interval=0.1)


def _interrupted(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
