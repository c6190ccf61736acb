"""The template engine: everything is escaped, whatever a template is called, and an unknown name is an error."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def environment(templates: Path) -> Environment:
    """An engine over a folder of templates.

    Autoescape is switched on for every template: jinja2's own choice by file name leaves "page.html.j2" unescaped.
    """
    return Environment(
        loader=FileSystemLoader(templates, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        keep_trailing_newline=True,
    )
