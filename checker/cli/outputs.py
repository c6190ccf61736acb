"""Where the outputs of check go: standard output and files; a file takes its name when it is whole."""

import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

import typer

from checker.cli.whole import whole
from checker.reporting.document import Format, Output

Wanted = tuple[Format, Path | None]
"""A format and its file; None is standard output."""


def wanted_of(given: Sequence[str]) -> tuple[Wanted, ...]:
    """What ``--format`` asks for, each ``NAME`` or ``NAME=FILE``; what is left of standard output takes the text.

    Raises:
        typer.BadParameter: A name that is no format, a file twice, or two formats for standard output.
    """
    wanted = [_wanted(one) for one in given]
    on_screen = [form for form, path in wanted if path is None]
    if len(on_screen) > 1:
        raise typer.BadParameter(
            f"only one format can go to standard output: write {on_screen[1].value}=FILE", param_hint="--format"
        )
    files = [path.resolve() for _, path in wanted if path is not None]
    if len(set(files)) < len(files):
        raise typer.BadParameter("two formats have the same file", param_hint="--format")
    return tuple(wanted) if on_screen else (*wanted, (Format.TEXT, None))


def _wanted(given: str) -> Wanted:
    name, equals, file = given.partition("=")
    try:
        form = Format(name.strip().lower())
    except ValueError:
        known = ", ".join(Format)
        raise typer.BadParameter(f"{name} is no format; known: {known}", param_hint="--format") from None
    if equals and not file:
        raise typer.BadParameter(f"{given} names no file", param_hint="--format")
    return form, Path(file) if file else None


@contextmanager
def opened_outputs(wanted: Sequence[Wanted]) -> Iterator[list[Output]]:
    """The outputs, open; on leaving without an error each file gets its name, else it is removed."""
    with ExitStack() as left:
        yield [Output(form, left.enter_context(_file(path) if path else _screen(form))) for form, path in wanted]


@contextmanager
def _file(path: Path) -> Iterator[TextIO]:
    with whole(path) as partial, partial.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        yield out


@contextmanager
def _screen(form: Format) -> Iterator[TextIO]:
    """Standard output; but for the text in UTF-8 with plain line ends, whatever the terminal's are."""
    if form is Format.TEXT:
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="backslashreplace")
        yield sys.stdout
        return
    out = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8", errors="backslashreplace", newline="\n")
    try:
        yield out
    finally:
        out.flush()
        out.detach()
