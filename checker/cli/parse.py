"""``imrcheck parse``: take letters apart, or print the text that all offsets refer to."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.batch.letters import judged
from checker.cli.exits import Exit
from checker.cli.opening import broken_is_said
from checker.cli.options import RulesOption
from checker.cli.tally import Tally, say, standard_output
from checker.knowledge.folders import open_rules
from checker.knowledge.lexicon import load_lexicon
from checker.parsing import parse as parse_letter
from checker.reading import read
from checker.reporting.extracted import SeveralLettersError, write_text, write_texts
from checker.reporting.parsed import rendered


class Form(StrEnum):
    """How the letters are printed."""

    JSONL = "jsonl"
    JSON = "json"
    TEXT = "text"


def parse(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files (.txt, .pdf, .jsonl, .parquet), folders, patterns, or - for standard input.",
            show_default=False,
        ),
    ],
    form: Annotated[
        Form, typer.Option("--format", help="One JSON object a line, one JSON list, or text.")
    ] = Form.JSONL,
    text: Annotated[
        bool, typer.Option("--text", help="Print the extracted text that all offsets refer to, and nothing else.")
    ] = False,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="DIR", help="With --text: write one file a letter, DIR/<doc>.txt.")
    ] = None,
    rules: RulesOption = None,
) -> None:
    """Take determinations apart: header, summary, disputed items, citations, rationales, each with its offsets.

    Problems go to standard error, one line each, and a count at the end. Exit code 0: every letter was taken apart, in
    part at least; 1: some were not; 2: the program or its rules are broken; 3: none was.
    """
    if out and not text:
        raise typer.BadParameter("it goes with --text", param_hint="--out")
    tally = Tally()
    with broken_is_said():
        try:
            if text:
                _extract(paths, out, tally)
            else:
                _parse(paths, form, open_rules(rules or ()).path, tally)
            standard_output().flush()
        except ValueError as error:
            say(f"imrcheck: {error}")
            raise typer.Exit(Exit.BROKEN) from None
    say(tally.line())
    raise typer.Exit(tally.exit_code())


def _parse(paths: list[str], form: Form, rules: Path, tally: Tally) -> None:
    lexicon = load_lexicon(rules)
    letters = judged(read(paths, note=say), lambda source: parse_letter(source, lexicon))
    for piece in rendered(tally.counted(letters), form.value):
        standard_output().write(piece)


def _extract(paths: list[str], out: Path | None, tally: Tally) -> None:
    letters = tally.counted(read(paths, note=say))
    if out:
        write_texts(letters, out)
        return
    try:
        write_text(letters, standard_output())
    except SeveralLettersError:
        raise typer.BadParameter("more than one letter: give a folder for the texts", param_hint="--out") from None
