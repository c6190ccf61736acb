"""``imrcheck rules docs``: the rule book as pages."""

from pathlib import Path
from typing import Annotated

import typer

from checker.authoring.writing import write_book
from checker.cli.opening import broken_is_said
from checker.cli.options import RulesOption
from checker.cli.rules.shared import material_of
from checker.knowledge.resources import templates_folder


def docs(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder for the pages; files of other names stay.")],
    rules: RulesOption = None,
    *,
    templates: Annotated[
        Path | None, typer.Option("--templates", metavar="DIR", help="Templates; left out: those of the program.")
    ] = None,
) -> None:
    """Write a page for each code and topic, in Markdown and HTML: what, why, source, examples, how to answer.

    Exit code 0: written; 2: the folder does not load, or nothing could be written.
    """
    material = material_of(rules)
    with broken_is_said():
        written = write_book(material, out, templates or templates_folder())
        typer.echo(f"{len(written)} files: {(out / 'index.html').as_posix()}")
