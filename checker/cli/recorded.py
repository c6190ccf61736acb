"""The record of a sample, as ``imrcheck sample`` wrote it and other commands take it."""

import json
from pathlib import Path
from typing import Any

import typer

from checker.cli.exits import Exit
from checker.cli.tally import say

_PARTS = {"method", "seed", "frame", "strata", "units"}
_OF_A_UNIT = {"doc", "sha256", "item", "stratum"}


def sample_in(path: Path) -> dict[str, Any]:
    """The record of a sample; one line and exit code 2 where the file holds none."""
    try:
        record: dict[str, Any] = json.loads(path.read_text("utf-8"))
        complete = record.keys() >= _PARTS and all(unit.keys() >= _OF_A_UNIT for unit in record["units"])
    except (OSError, ValueError, AttributeError, TypeError, RecursionError):
        complete = False
    if not complete:
        say(f"{path} is the record of no sample; imrcheck sample writes one")
        raise typer.Exit(Exit.BROKEN)
    return record
