"""What the commands on rules share: forms of output, options, and how a broken folder is said."""

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from checker.authoring.material import Material, load_material
from checker.cli.exits import Exit
from checker.cli.tally import say
from checker.knowledge.problems import RuleError


class Form(StrEnum):
    """How a result is printed."""

    TEXT = "text"
    JSON = "json"


FormOption = Annotated[Form, typer.Option("--format", help="For a person, or one JSON document.")]


def material_of(given: Sequence[Path] | None) -> Material:
    """The rules folder asked for; one that does not load is told line by line and ends the command.

    Raises:
        typer.Exit: Code 2.
    """
    try:
        return load_material(given or ())
    except (RuleError, OSError) as error:
        for line in str(error).splitlines():
            say(line)
        raise typer.Exit(Exit.BROKEN) from None


def print_json(value: Any) -> None:
    """One JSON document in UTF-8 with plain line ends, whatever the terminal's are."""
    sys.stdout.buffer.write((json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace"))
    sys.stdout.flush()
