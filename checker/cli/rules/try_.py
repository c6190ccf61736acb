"""``imrcheck rules try``: one rule on one letter, with everything it asked and what the letter answered."""

import sys
from typing import Annotated

import typer

from checker.authoring.trying import Trial, Tried, chosen
from checker.authoring.views import print_tried
from checker.batch.letters import problems
from checker.cli.exits import Exit
from checker.cli.opening import broken_is_said, checked, opened
from checker.cli.options import DebugOption, Engine, EngineOption, Paths, RulesOption
from checker.cli.rules.shared import Form, FormOption, print_json
from checker.cli.tally import say
from checker.model.findings import Judgement
from checker.rulebook.explain import UnknownRuleError


def try_(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="Id, code or file of a rule, drafts too.")],
    letters: Paths,
    rules: RulesOption = None,
    *,
    form: FormOption = Form.TEXT,
    engine: EngineOption = Engine.AUTO,
    debug: DebugOption = False,
) -> None:
    """Try a rule on a letter: each comparison with its fact, its value, the words behind it, held, not held or unknown.

    Exit code 0: tried; 1: some letters could not be read; 2: a rule is broken; 3: there is no such rule, or no letter.
    """
    shown: list[Tried] = []
    done = unread = 0
    with broken_is_said():
        checker = opened(rules, Engine.REFERENCE)
        try:
            wanted = chosen(checker.rulebook, [rule])
            if any(one.scope == "batch" for one in wanted):
                code = wanted[0].code
                say(f"imrcheck: {rule} compares letters with each other; use: imrcheck check LETTERS --select {code}")
                raise typer.Exit(Exit.NOTHING)
            trial = Trial(checker.rulebook, wanted, engine.value)
        except UnknownRuleError as error:
            say(f"imrcheck: {error}")
            raise typer.Exit(Exit.NOTHING) from None
        for letter in checked(checker, letters, debug=debug):
            if not isinstance(letter, Judgement):
                unread += 1
                say("; ".join(problems(letter)) or "not a determination")
                continue
            done += 1
            tried = list(trial.on(letter.facts))
            shown += tried if form is Form.JSON else []
            for one in tried if form is Form.TEXT else ():
                print_tried(one, sys.stdout)
    if form is Form.JSON:
        print_json([one.as_dict() for one in shown])
    raise typer.Exit(Exit.NOTHING if not done else Exit.FOUND if unread else Exit.CLEAN)
