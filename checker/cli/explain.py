"""``imrcheck explain``: what a code means, why, on what authority, and how to answer it."""

from typing import Annotated

import typer

from checker.cli.exits import Exit
from checker.cli.options import RulesOption
from checker.cli.tally import say
from checker.knowledge.folders import open_rules
from checker.knowledge.problems import RuleError
from checker.knowledge.stored import stored
from checker.reporting.explained import lines
from checker.rulebook import load_rulebook
from checker.rulebook.explain import UnknownRuleError
from checker.rulebook.explain import explain as explained


def explain(
    code: Annotated[
        str, typer.Argument(metavar="CODE", help="A code (FAC005) or the id of a rule.", show_default=False)
    ],
    rules: RulesOption = None,
) -> None:
    """Explain a code: what it looks for, why, its source, its exceptions, examples, and how to answer it.

    Exit code 0: explained; 2: the rules folder is broken; 3: there is no such code.
    """
    try:
        folder = open_rules(rules or ())
        found = explained(stored("rulebook", folder, lambda: load_rulebook(folder.path)), code)
    except UnknownRuleError as error:
        say(f"imrcheck: {error}")
        raise typer.Exit(Exit.NOTHING) from None
    except (RuleError, OSError) as error:
        for line in str(error).splitlines():
            say(line)
        raise typer.Exit(Exit.BROKEN) from None
    for line in lines(found):
        typer.echo(line)
