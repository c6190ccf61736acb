"""Pages of the rule book as Markdown and as HTML; the same rules give the same bytes."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from checker.authoring.material import Material
from checker.authoring.pages import Block, Bullets, Heading, Line, Link, Page, Paragraph, Table, book
from checker.reporting.environment import environment

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
STYLE = "rules.css"
BOOK = "rules"
"""Folder of the pages beside a report."""


def write_book(material: Material, out: Path, templates: Path, report: str = "") -> tuple[str, ...]:
    """Writes every page as ``NAME.md`` and ``NAME.html``.

    Args:
        material: The folder.
        out: Where to; files of other names are left alone.
        templates: Folder with ``rules.html`` and ``assets/rules.css``.
        report: The way from a page to the report beside it, "" where there is none.

    Returns:
        Names of the files written.
    """
    out.mkdir(parents=True, exist_ok=True)
    template = environment(templates).get_template("rules.html")
    written: list[str] = []
    for page in book(material):
        for name, text in (
            (f"{page.name}.md", markdown(page)),
            (f"{page.name}.html", template.render(page=page, kind=_kind, report=report)),
        ):
            (out / name).write_text(text, "utf-8", newline="\n")
            written.append(name)
    shutil.copyfile(templates / "assets" / STYLE, out / STYLE)
    return (*written, STYLE)


def _kind(block: object) -> str:
    """What a block or a piece of a line is, for the template."""
    return type(block).__name__.lower()


def markdown(page: Page) -> str:
    """A page as Markdown."""
    lines = [f"# {_escaped(page.title)}"]
    for block in page.blocks:
        lines += ["", *_block(block)]
    return "\n".join(lines) + "\n"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {_escaped(block.text)}"
    elif isinstance(block, Paragraph):
        yield (f"**{block.label}.** " if block.label else "") + _line(block.line)
    elif isinstance(block, Bullets):
        if block.label:
            yield f"**{block.label}:**"
            yield ""
        yield from (f"{'  ' * depth}- {_line(line)}" for depth, line in block.entries)
    else:
        yield from _table(block)


def _table(table: Table) -> Iterator[str]:
    yield f"| {' | '.join(table.head)} |"
    yield f"|{'---|' * len(table.head)}"
    for row in table.rows:
        yield f"| {' | '.join(_line(cell) for cell in row)} |"


def _line(line: Line) -> str:
    return "".join(f"[{_escaped(p.text)}]({p.page}.md)" if isinstance(p, Link) else _escaped(p) for p in line)


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split(" ")).replace("\n", " "))
