"""``imrcheck rules new``: a file that loads, passes its tests and says what to fill in."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.authoring.scaffold import Scaffold, Scaffolder, ScaffoldError
from checker.cli.exits import Exit
from checker.cli.rules.shared import material_of
from checker.cli.tally import say


class What(StrEnum):
    """What can be made."""

    RULE = "rule"
    CONCEPT = "concept"
    CRITERION = "criterion"
    TOPIC = "topic"


def new(
    what: Annotated[What, typer.Argument(help="rule, concept, criterion or topic.")],
    id_: Annotated[str, typer.Argument(metavar="ID", help="FAC005.walks, CRI-TEN-misapplied.home-use, home-use.")],
    *,
    rules: Annotated[Path, typer.Option("--rules", metavar="DIR", help="Folder it is written to; made if missing.")],
    topic: Annotated[str, typer.Option("--topic", help="Topic of a criterion, or of a CRI rule.")] = "",
    concept: Annotated[str, typer.Option("--concept", help="Concept that a rule or criterion asks about.")] = "",
    code: Annotated[str, typer.Option("--code", help="Three capital letters of a new topic's codes.")] = "",
) -> None:
    """Begin a rule, a concept, a criterion of a topic, or a topic, with an explanation beside every key.

    Exit code 0: written; 2: the folder does not load, or the file cannot be made.
    """
    begun = rules.is_dir() and next(rules.rglob("*.yaml"), None) is not None
    scaffolder = Scaffolder(material_of([rules] if begun else None), rules)
    try:
        for path in _made(scaffolder, what, id_, (topic, concept, code)).write():
            typer.echo(path.as_posix())
    except (ScaffoldError, OSError) as error:
        say(f"imrcheck: {error}")
        raise typer.Exit(Exit.BROKEN) from None


def _made(scaffolder: Scaffolder, what: What, id_: str, given: tuple[str, str, str]) -> Scaffold:
    topic, concept, code = given
    if what is What.RULE:
        return scaffolder.rule(id_, topic, concept)
    if what is What.CONCEPT:
        return scaffolder.concept(id_)
    return scaffolder.criterion(id_, topic, concept) if what is What.CRITERION else scaffolder.topic(id_, code)
