"""``imrcheck worksheet``: what QA departments fill in, one row a disputed item."""

from pathlib import Path
from typing import Annotated

import typer

from checker.cli.exits import Exit
from checker.cli.options import RulesOption
from checker.cli.recorded import sample_in
from checker.cli.serve import RunArgument, VerdictFiles, reviewed_run, said_in
from checker.cli.tally import say
from checker.cli.whole import whole
from checker.model.findings import Severity


def worksheet(
    run: RunArgument,
    *,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="Ends in .csv or .xlsx.")],
    sample: Annotated[
        Path | None, typer.Option("--sample", metavar="FILE", help="Record of a sample: only its items or letters.")
    ] = None,
    verdicts: VerdictFiles = None,
    rules: RulesOption = None,
) -> None:
    """Write the worksheet of a run: elements Yes, No or NA for each disputed item, with room for the reviewer.

    A finding that was dismissed answers nothing. What the elements ask stands in rules/worksheet.yaml.
    """
    from checker.knowledge.folders import open_rules  # noqa: PLC0415 (only where it is asked for)
    from checker.knowledge.worksheet import load_worksheet  # noqa: PLC0415
    from checker.review.standing import standings  # noqa: PLC0415
    from checker.review.worksheet import Flagged, as_csv, sheet, write_xlsx  # noqa: PLC0415

    if out.suffix.lower() not in {".csv", ".xlsx"}:
        raise typer.BadParameter("name a file that ends in .csv or .xlsx", param_hint="--out")
    reviewed = reviewed_run(run)
    held = standings(said_in(run, verdicts), (found.today for found in reviewed.findings.values()))
    elements = load_worksheet(open_rules(rules or ()).path)
    found = {
        (letter.doc, letter.sha256): [
            Flagged(f.today.item, f.code, Severity(f.severity), f.today.fingerprint) for f in letter.found
        ]
        for letter in reviewed.letters
    }
    drawn = sample_in(sample) if sample else None
    only = [(unit["doc"], unit["sha256"], unit["item"]) for unit in drawn["units"]] if drawn else None
    about = {
        "Rule set": reviewed.rules,
        "Sample": f"seed {drawn['seed']}, {drawn['method']}" if drawn else "all items of the run",
        **{element.question: ", ".join(element.codes) for element in elements.elements},
    }
    try:
        made = sheet(run, elements, found, held, only)
        with whole(out) as partial:
            if out.suffix.lower() == ".csv":
                partial.write_bytes(as_csv(made))
            else:
                write_xlsx(made, about, partial)
    except OSError as error:
        say(f"the worksheet cannot be written: {error.strerror or error}")
        raise typer.Exit(Exit.BROKEN) from error
    typer.echo(f"{len(made.rows)} items in {out}")
    if not made.rows:
        raise typer.Exit(Exit.NOTHING)
