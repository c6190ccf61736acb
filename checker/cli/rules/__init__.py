"""``imrcheck rules``: what those who write rules work with; one module a command."""

import typer

from checker.cli.rules.check import check
from checker.cli.rules.coverage import coverage
from checker.cli.rules.diff import diff
from checker.cli.rules.docs import docs
from checker.cli.rules.list_ import list_
from checker.cli.rules.new import new
from checker.cli.rules.schema import schema
from checker.cli.rules.tests import run_tests
from checker.cli.rules.try_ import try_

rules = typer.Typer(
    name="rules",
    help="Write rules: check, test, try, scaffold, list, compare and document them.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)
for command in (check, new, diff, coverage, docs, schema):
    rules.command()(command)
rules.command("test")(run_tests)
rules.command("try")(try_)
rules.command("list")(list_)

__all__ = ["rules"]
