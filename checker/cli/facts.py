"""``imrcheck facts``: what was read in a letter, before any rule."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, TextIO

import typer

from checker.cli.opening import broken_is_said, checked, opened
from checker.cli.options import DebugOption, Engine, Paths, RulesOption
from checker.cli.tally import Tally, say
from checker.reporting.facts_view import write_facts


class FactsForm(StrEnum):
    """How the facts are printed."""

    TEXT = "text"
    JSONL = "jsonl"


def facts(
    paths: Paths,
    *,
    form: Annotated[FactsForm, typer.Option("--format", help="For a person, or one JSON object a line.")] = (
        FactsForm.TEXT
    ),
    rules: RulesOption = None,
    debug: DebugOption = False,
) -> None:
    """Show what was read: each sentence with its role, each assertion with its cue, each fact with the words behind it.

    Facts that still have their default are left out. Problems go to standard error, one line each, and a count at the
    end. Exit code 0: every letter was taken apart, in part at least; 1: some were not; 2: the program or its rules are
    broken; 3: none was.
    """
    tally = Tally()
    with broken_is_said():
        checker = opened(rules, Engine.REFERENCE)
        with _output() as out:
            write_facts(tally.counted(checked(checker, paths, debug=debug)), out, form.value, checker.knowledge.blank)
    say(tally.line())
    raise typer.Exit(tally.exit_code())


@contextmanager
def _output() -> Iterator[TextIO]:
    """Standard output in UTF-8 with plain line ends, whatever the terminal's are."""
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        yield out
    finally:
        out.flush()
        out.detach()
