"""``imrcheck rules list``: the rules with what they rest on and where they come from."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from checker.authoring.listing import Wanted, rows
from checker.authoring.material import Material
from checker.authoring.views import print_rows
from checker.cli.exits import Exit
from checker.cli.options import RulesOption
from checker.cli.rules.shared import Form, FormOption, material_of, print_json
from checker.cli.serve import reviewed_run, said_in
from checker.review.measures import Precision, precision, precision_of_rules
from checker.review.standing import standings


class Status(StrEnum):
    """Whether a rule judges."""

    DRAFT = "draft"
    ACTIVE = "active"
    RETIRED = "retired"


def list_(
    rules: RulesOption = None,
    *,
    topic: Annotated[str, typer.Option("--topic", help="Id of a topic (opioids) or its letters (OPI).")] = "",
    code: Annotated[str, typer.Option("--code", help="A code or the beginning of codes (CRI, CIT003).")] = "",
    edition: Annotated[str, typer.Option("--edition", help="A document of sources.yaml, or a part of it (2016).")] = "",
    status: Annotated[Status | None, typer.Option("--status", help="draft, active or retired.")] = None,
    verdicts: Annotated[
        list[Path] | None,
        typer.Option(
            "--verdicts", metavar="FILE", help="Files of verdicts: tell how often reviewers confirm each rule."
        ),
    ] = None,
    run: Annotated[
        Path | None,
        typer.Option(
            "--run", metavar="RUN", help="Only verdicts that hold of the findings of this run; see imrcheck agreement."
        ),
    ] = None,
    form: FormOption = Form.TEXT,
) -> None:
    """List rules: severity, topics, what they rest on, when they hold, tests, and the folder they come from.

    With --verdicts or --run, also precision: confirmed of confirmed and dismissed findings, with Wilson's interval.
    Verdicts on an earlier version of a rule do not count.

    Exit code 0: some fit; 2: the folder does not load; 3: none does.
    """
    material = material_of(rules)
    reviewed = _reviewed(material, run, verdicts) if run or verdicts else None
    found = list(rows(material, Wanted(topic, code, edition, status.value if status else ""), reviewed))
    if form is Form.JSON:
        layers = [{"name": name, "sha256": digest} for name, digest in material.folder.provenance]
        replaced = dict(material.folder.replaced)
        print_json({"layers": layers, "replaced": replaced, "rules": [row.as_dict() for row in found]})
    else:
        print_rows(found, sys.stdout, reviewed=reviewed is not None)
    raise typer.Exit(Exit.CLEAN if found else Exit.NOTHING)


def _reviewed(material: Material, run: Path | None, files: list[Path] | None) -> dict[str, Precision]:
    """Precision by rule: over the findings of a run, or over everything in the files of verdicts."""
    digests = material.rulebook.digests
    said = said_in(run or Path(), files)
    if run is None:
        return precision_of_rules(said, digests)
    present = [found.today for found in reviewed_run(run).findings.values()]
    now = [today for today in present if today.rule_hash == digests.get(today.rule)]
    return precision({today.fingerprint: today.rule for today in now}, standings(said, now))
