"""``imrcheck rules diff``: what a change of rules changes in what is found."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from checker.authoring.comparing import compare
from checker.authoring.views import print_comparison
from checker.batch.letters import Letter, judged
from checker.cli.exits import Exit
from checker.cli.opening import broken_is_said, opened
from checker.cli.options import Engine
from checker.cli.rules.shared import Form, FormOption, print_json
from checker.cli.tally import say
from checker.knowledge.folders import SHIPPED
from checker.reading import read


def diff(
    a: Annotated[str, typer.Argument(metavar="A", help="Rules folder, or 'shipped' for those of the program.")],
    b: Annotated[str, typer.Argument(metavar="B", help="Rules folder, or 'shipped'.")],
    *,
    on: Annotated[
        list[str], typer.Option("--on", metavar="PATH", help="Letters: files, folders, patterns; repeatable.")
    ],
    form: FormOption = Form.TEXT,
) -> None:
    """Compare what two sets of rules find in the same letters: added, gone, changed, with quotes and counts a rule.

    Findings that rest on several of the letters are compared too.

    Exit code 0: no difference; 1: differences, or letters that could not be judged; 2: a folder does not load; 3: no
    letter was compared.
    """
    with broken_is_said():
        first, second = (opened(None if name == SHIPPED else [Path(name)], Engine.REFERENCE) for name in (a, b))

        def pairs() -> Iterator[tuple[Letter, Letter]]:
            for source in read(on, note=say):
                (one,), (other,) = (tuple(judged([source], each.check_source)) for each in (first, second))
                yield one, other

        comparison = compare(pairs(), (first.across(), second.across()))
    if form is Form.JSON:
        print_json(comparison.as_dict())
    else:
        print_comparison(comparison, sys.stdout)
    if not comparison.letters:
        raise typer.Exit(Exit.NOTHING)
    raise typer.Exit(Exit.FOUND if comparison.differences or comparison.odd else Exit.CLEAN)
