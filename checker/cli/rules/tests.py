"""``imrcheck rules test``: the tests that stand inside rules."""

import sys
from dataclasses import replace
from typing import Annotated

import typer

from checker.authoring.trying import chosen
from checker.authoring.views import print_outcomes
from checker.cli.exits import Exit
from checker.cli.options import Engine, EngineOption, RulesOption
from checker.cli.rules.shared import Form, FormOption, material_of, print_json
from checker.cli.tally import say
from checker.judging import JudgingError
from checker.judging.ruletests import run
from checker.rulebook.explain import UnknownRuleError


def run_tests(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[RULE]...", help="Ids, codes or files; left out: all.", show_default=False),
    ] = None,
    rules: RulesOption = None,
    *,
    form: FormOption = Form.TEXT,
    engine: EngineOption = Engine.AUTO,
) -> None:
    """Run the tests inside rules, drafts too: the result expected, and the reasons where a test names them.

    Exit code 0: all passed; 1: some failed; 2: a rule or the engine is broken; 3: there is no such rule, or no test.
    """
    book = material_of(rules).rulebook
    try:
        if words:
            book = replace(book, rules=chosen(book, words))
        outcomes = tuple(run(book, engine.value))
    except UnknownRuleError as error:
        say(f"imrcheck: {error}")
        raise typer.Exit(Exit.NOTHING) from None
    except JudgingError as error:
        say(f"imrcheck: {error}")
        raise typer.Exit(Exit.BROKEN) from None
    if form is Form.JSON:
        tests = [{"rule": o.rule, "test": o.test, "place": o.place, "problems": list(o.problems)} for o in outcomes]
        print_json({"tests": tests, "failed": sum(not outcome.passed for outcome in outcomes)})
    else:
        print_outcomes(outcomes, sys.stdout)
    if not outcomes:
        raise typer.Exit(Exit.NOTHING)
    raise typer.Exit(Exit.CLEAN if all(outcome.passed for outcome in outcomes) else Exit.FOUND)
