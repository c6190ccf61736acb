"""``imrcheck rules coverage``: criteria without a rule, facts and entries of the lexicon that no test exercises."""

import sys
from collections.abc import Iterator
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.authoring.coverage import criteria_cover, facts_cover
from checker.authoring.exercised import entries_cover, sentences_of
from checker.authoring.material import Material
from checker.authoring.views import print_criteria, print_entries, print_facts
from checker.cli.exits import Exit
from checker.cli.options import RulesOption
from checker.cli.rules.shared import Form, FormOption, material_of, print_json
from checker.cli.tally import say
from checker.model.source import SourceText
from checker.reading import read


class Of(StrEnum):
    """What is covered."""

    CRITERIA = "criteria"
    FACTS = "facts"
    LEXICON = "lexicon"


def coverage(
    of: Annotated[Of, typer.Argument(help="criteria, facts or lexicon.")] = Of.CRITERIA,
    rules: RulesOption = None,
    *,
    topic: Annotated[str, typer.Option("--topic", help="Criteria of this topic only.")] = "",
    on: Annotated[
        list[str] | None,
        typer.Option("--on", metavar="PATH", help="Letters, or YAML files of test sentences, for lexicon; repeatable."),
    ] = None,
    form: FormOption = Form.TEXT,
) -> None:
    """Show which criteria have rules, which facts tests give, which entries of the lexicon letters or sentences use.

    Exit code 0: every criterion has a rule or a written reason, every fact a test, every entry a text; 1: some lack it;
    2: the folder does not load; 3: there is nothing to show.
    """
    material = material_of(rules)
    if of is Of.CRITERIA:
        criteria = [cover for cover in criteria_cover(material) if topic in ("", cover.topic)]
        found, bare = [asdict(cover) for cover in criteria], sum(not c.covered and not c.reason for c in criteria)
        if form is Form.TEXT:
            print_criteria(criteria, sys.stdout)
    elif of is Of.FACTS:
        facts = facts_cover(material)
        found, bare = [asdict(cover) for cover in facts], sum(not cover.tests for cover in facts)
        if form is Form.TEXT:
            print_facts(facts, sys.stdout)
    else:
        if not on:
            raise typer.BadParameter("name the letters or sentences: --on PATH", param_hint="--on")
        entries = entries_cover(material, _texts(material, on))
        found, bare = [asdict(cover) for cover in entries], sum(not cover.tests for cover in entries)
        if form is Form.TEXT:
            print_entries(entries, sys.stdout)
    if form is Form.JSON:
        print_json(found)
    raise typer.Exit(Exit.NOTHING if not found else Exit.FOUND if bare else Exit.CLEAN)


def _texts(material: Material, paths: list[str]) -> Iterator[tuple[str, str]]:
    """Sentences of YAML files, letters of all others."""
    for path in (path for path in paths if path.endswith(".yaml")):
        yield from sentences_of(material.document(Path(path).as_posix()))
    letters = [path for path in paths if not path.endswith(".yaml")]
    for source in read(letters, note=say) if letters else ():
        if isinstance(source, SourceText):
            yield source.doc, source.reading.text
