"""``imrcheck sample``: a random sample of a run that anybody can draw again."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from checker.batch.jsonlines import json_text
from checker.cli.exits import Exit
from checker.cli.serve import RunArgument
from checker.cli.tally import say
from checker.cli.whole import whole
from checker.review.frame import By, Of, Only, Plan
from checker.review.sampling import Allocation, Sample

TOLD = 20
"""So many units of a sample are printed; the record has all."""


def sample(
    run: RunArgument,
    *,
    size: Annotated[int, typer.Option("--size", min=0, help="How many to draw.")] = 50,
    seed: Annotated[str, typer.Option("--seed", help="Any text; the same seed draws the same sample.")] = "1",
    of: Annotated[Of, typer.Option("--of", help="Disputed items, or whole letters.")] = Of.ITEMS,
    only: Annotated[Only, typer.Option("--only", help="Of all, of those with a finding, of those without.")] = Only.ALL,
    by: Annotated[By, typer.Option("--by", help="Strata; none: a simple random sample.")] = By.NONE,
    allocation: Annotated[
        Allocation, typer.Option("--allocation", help="How the sample is spread over strata.")
    ] = Allocation.PROPORTIONAL,
    double: Annotated[
        int, typer.Option("--double", min=0, help="Mark this many of those drawn for a blind double review.")
    ] = 0,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Where the record goes; left out: standard output.")
    ] = None,
    verify: Annotated[
        Path | None, typer.Option("--verify", metavar="FILE", help="Draw a recorded sample again and compare.")
    ] = None,
) -> None:
    """Draw a random sample of a run, simple or stratified, with seed, method, frame and sizes on record.

    With --verify the sample of a record is drawn again: exit code 0 where it is the same, 1 where it is not.
    """
    if verify is not None:
        raise typer.Exit(_verified(run, verify))
    drawn, record = _drawn(run, Plan(size, seed, of, only, by, allocation, double))
    if out is None:
        typer.echo(json_text(record), nl=False)
    else:
        _write(out, json_text(record))
        for stratum in drawn.strata:
            typer.echo(f"{stratum.name or 'all'}: {stratum.drawn} of {stratum.frame}")
        if drawn.double:
            typer.echo(f"{len(drawn.double)} of them are marked for a blind double review")
        typer.echo(f"{len(drawn.units)} drawn with seed {seed!r}; record in {out}")
        for unit in record["units"][:TOLD]:
            typer.echo(f"  {unit['doc']}{':' + str(unit['item']) if unit['item'] else ''}")
        if len(drawn.units) > TOLD:
            typer.echo(f"  and {len(drawn.units) - TOLD} more, in the record")
    if not drawn.units:
        say("nothing was drawn: the frame is empty or the size is 0")
        raise typer.Exit(Exit.NOTHING)


def _write(out: Path, text: str) -> None:
    try:
        with whole(out) as partial:
            partial.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        say(f"the record cannot be written: {error.strerror or type(error).__name__}")
        raise typer.Exit(Exit.BROKEN) from error


def _drawn(run: Path, plan: Plan) -> tuple[Sample, dict[str, Any]]:
    from checker.review.frame import sample_of, sample_record  # noqa: PLC0415 (pyarrow is slow to import)

    try:
        drawn = sample_of(run, plan)
    except OSError as error:
        say(f"{run} holds no finished run ({error.strerror or type(error).__name__}); make one with: imrcheck audit")
        raise typer.Exit(Exit.BROKEN) from error
    return drawn, sample_record(drawn, plan)


def _verified(run: Path, path: Path) -> Exit:
    try:
        held = json.loads(path.read_text("utf-8"))
        plan = Plan.of_record(held["plan"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        say(f"{path} is the record of no sample ({type(error).__name__})")
        return Exit.BROKEN
    _, record = _drawn(run, plan)
    if held["frame"] != record["frame"]:
        say("the frame is another: the run was made again, of other letters or with other findings")
        return Exit.FOUND
    if held != json.loads(json_text(record)):
        say("the frame is the same, and the seed draws another sample: the record was changed")
        return Exit.FOUND
    typer.echo(f"the same sample: {len(held['units'])} units of a frame of {held['frame']['units']}")
    return Exit.CLEAN
