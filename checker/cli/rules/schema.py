"""``imrcheck rules schema``: JSON Schemas for editors."""

from pathlib import Path
from typing import Annotated

import typer

from checker.authoring.schemas import kinds, text
from checker.authoring.schemas import schema as made
from checker.cli.opening import broken_is_said
from checker.cli.options import RulesOption
from checker.cli.rules.shared import material_of


def schema(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder for the schemas, one file a kind.")],
    rules: RulesOption = None,
    *,
    shape_only: Annotated[
        bool, typer.Option("--shape-only", help="Without the names of facts, numbers, documents and concepts.")
    ] = False,
) -> None:
    """Write JSON Schemas of all files under rules/, for completion and validation in editors.

    They know the names that the folder declares, so that an editor offers them. Exit code 0: written; 2: the folder
    does not load, or nothing could be written.
    """
    rulebook = None if shape_only else material_of(rules).rulebook
    with broken_is_said():
        out.mkdir(parents=True, exist_ok=True)
        for kind in kinds():
            path = out / f"{kind.name}.json"
            path.write_text(text(made(kind, rulebook)), "utf-8", newline="\n")
            typer.echo(path.as_posix())
