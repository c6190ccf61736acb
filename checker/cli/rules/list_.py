"""``imrcheck rules list``: the rules with what they rest on and where they come from."""

import sys
from enum import StrEnum
from typing import Annotated

import typer

from checker.authoring.listing import Wanted, rows
from checker.authoring.views import print_rows
from checker.cli.exits import Exit
from checker.cli.options import RulesOption
from checker.cli.rules.shared import Form, FormOption, material_of, print_json


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
    form: FormOption = Form.TEXT,
) -> None:
    """List rules: severity, topics, what they rest on, when they hold, tests, and the folder they come from.

    Exit code 0: some fit; 2: the folder does not load; 3: none does.
    """
    material = material_of(rules)
    found = list(rows(material, Wanted(topic, code, edition, status.value if status else "")))
    if form is Form.JSON:
        layers = [{"name": name, "sha256": digest} for name, digest in material.folder.provenance]
        replaced = dict(material.folder.replaced)
        print_json({"layers": layers, "replaced": replaced, "rules": [row.as_dict() for row in found]})
    else:
        print_rows(found, sys.stdout)
    raise typer.Exit(Exit.CLEAN if found else Exit.NOTHING)
