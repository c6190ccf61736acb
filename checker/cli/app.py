"""The command ``imrcheck`` and what all its commands share."""

import os
import signal
import sys
from types import FrameType
from typing import Annotated

import typer

from checker.batch.versions import tool_version
from checker.cli.agreement import agreement
from checker.cli.audit import audit
from checker.cli.check import check
from checker.cli.exits import Exit
from checker.cli.explain import explain
from checker.cli.facts import facts
from checker.cli.parse import parse
from checker.cli.query import query
from checker.cli.review import review
from checker.cli.rules import rules
from checker.cli.sample import sample
from checker.cli.serve import serve
from checker.cli.worksheet import worksheet

_INTERRUPTED = 130
"""The exit code with which Typer answers an interrupt."""

# Typer's own tracebacks show local variables: letters would end up in logs.
app = typer.Typer(
    name="imrcheck",
    help="Check whether the reasons of Independent Medical Review determinations carry their decisions.",
    epilog="Exit codes: 0 clean, 1 something to look at, 2 the program or a rule is broken, 3 nothing was done.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
for command in (check, audit, serve, review, sample, agreement, worksheet, query, parse, facts, explain):
    app.command()(command)
app.add_typer(rules)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"imrcheck {tool_version()}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Check whether the reasons of Independent Medical Review determinations carry their decisions."""


class _Stopped:
    """The signal that ended the program, 0 while none has come, and the process that minds signals."""

    number = 0
    process = 0


def _stop(number: int, frame: FrameType | None) -> None:
    if os.getpid() != _Stopped.process:
        # A worker, which got this handler when it was forked: it ends without a word.
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)
        return
    _Stopped.number = number
    raise KeyboardInterrupt


def main() -> None:
    """Run the command line; an error of the program itself is one line and exit code 2.

    Interrupted or told to end, it cleans up, says so in one line and ends with 128 and the number of the signal.
    """
    _Stopped.process = os.getpid()
    for number in (signal.SIGINT, signal.SIGTERM):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)
    try:
        app()
    except SystemExit as left:
        if _Stopped.number and left.code == _INTERRUPTED:
            typer.echo(
                "imrcheck: interrupted; what was not written whole is marked UNFINISHED or was removed", err=True
            )
            sys.exit(128 + _Stopped.number)
        raise
    except Exception as error:
        # Neither the message nor the traceback: both may quote a letter.
        typer.echo(f"imrcheck: internal error ({type(error).__name__}); please report it with the command", err=True)
        sys.exit(Exit.BROKEN)
