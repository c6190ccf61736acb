"""``imrcheck rules check``: the rules as they are written, against their schema and against each other."""

import sys
import time
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.authoring.advice import Level
from checker.authoring.checking import Checked
from checker.authoring.checking import check as checked
from checker.authoring.views import print_advice, print_outcomes
from checker.authoring.watching import changes, snapshot
from checker.cli.exits import Exit
from checker.cli.options import RulesOption
from checker.cli.rules.shared import Form, FormOption, print_json
from checker.cli.tally import say
from checker.judging import JudgingError
from checker.judging.ruletests import run
from checker.knowledge.resources import rules_folder

PAUSE = 0.5
"""Seconds between two looks at the files."""


class FailOn(StrEnum):
    """The least level that gives exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


def check(
    rules: RulesOption = None,
    *,
    form: FormOption = Form.TEXT,
    fail_on: Annotated[FailOn, typer.Option("--fail-on", help="Least level that gives exit code 1.")] = FailOn.ERROR,
    quiet: Annotated[bool, typer.Option("--quiet", help="Errors only.")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check and test again whenever a file changes, until interrupted.")
    ] = False,
) -> None:
    """Check rules: their form, and whether each can fire, is tested, used, and at peace with the others.

    Each mistake stands at its file, line and column with what to do. Exit code 0: no error; 1: errors (or warnings,
    with --fail-on warning); 2: the folder does not load.
    """
    if watch:
        _watch(rules or (), quiet=quiet)
        return
    result = _kept(checked(rules or ()), quiet=quiet)
    if form is Form.JSON:
        print_json({"advice": [one.as_dict() for one in result.advice], "loads": result.material is not None})
    else:
        print_advice(result, sys.stdout)
    raise typer.Exit(_exit_code(result, fail_on))


def _kept(result: Checked, *, quiet: bool) -> Checked:
    if not quiet:
        return result
    return Checked(tuple(one for one in result.advice if one.level is Level.ERROR), result.material)


def _exit_code(result: Checked, fail_on: FailOn) -> Exit:
    if result.material is None:
        return Exit.BROKEN
    failing = {FailOn.ERROR: (Level.ERROR,), FailOn.WARNING: tuple(Level), FailOn.NEVER: ()}[fail_on]
    return Exit.FOUND if any(result.count(level) for level in failing) else Exit.CLEAN


def _watch(rules: Sequence[Path], *, quiet: bool) -> None:
    folders = [*rules] or [rules_folder()]
    _round(rules, quiet=quiet)
    try:
        for files in changes(lambda: snapshot(folders), lambda: time.sleep(PAUSE)):
            say(f"changed: {', '.join(files)}")
            _round(rules, quiet=quiet)
    except KeyboardInterrupt:
        raise typer.Exit(Exit.CLEAN) from None


def _round(rules: Sequence[Path], *, quiet: bool) -> None:
    """One check and one run of the tests."""
    result = _kept(checked(rules), quiet=quiet)
    print_advice(result, sys.stdout)
    if result.material is not None:
        try:
            print_outcomes(tuple(run(result.material.rulebook)), sys.stdout)
        except JudgingError as error:
            say(f"imrcheck: {error}")
    sys.stdout.flush()
