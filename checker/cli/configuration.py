"""Settings of a project: ``imrcheck.toml``, or ``[tool.imrcheck]`` in pyproject.toml; the command line goes before."""

import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from checker.batch.selection import Exit, FailOn
from checker.cli.options import Engine
from checker.cli.tally import say
from checker.knowledge.problems import shown
from checker.knowledge.schema import nearest
from checker.model.facts import Confidence
from checker.model.findings import Severity

FILE = "imrcheck.toml"
_PYPROJECT = "pyproject.toml"


def _dashed(name: str) -> str:
    return name.replace("_", "-")


class Settings(BaseModel):
    """What can be set for a project, each like the option of its name; paths start from the folder of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=_dashed)

    select: list[str] | None = None
    ignore: list[str] | None = None
    severity: Severity | None = None
    confidence: Confidence | None = None
    fail_on: FailOn | None = None
    across: bool | None = None
    engine: Engine | None = None
    rules: list[Path] | None = None
    format: list[str] | None = None
    baseline: Path | None = None
    suppressions: Path | None = None
    suppression_days: Annotated[int, Field(ge=1)] | None = None


class ConfigurationError(Exception):
    """A file of settings cannot be used; a line for each mistake."""


def settings_in(path: Path, *, named: bool) -> dict[str, Any]:
    """The settings of a file by the name of the option's parameter.

    Args:
        path: The file.
        named: The user named it; a file that was only found may be anybody's, and writes nothing outside its folder.

    Raises:
        ConfigurationError: It cannot be read, is no TOML, has no table for this program, or holds what is no setting.
    """
    file = shown(path)
    try:
        data: Mapping[str, Any] = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{file}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{file}: is no TOML: {error}") from error
    except RecursionError:
        raise ConfigurationError(f"{file}: is nested too deeply to be settings") from None
    if path.name == _PYPROJECT:
        table = _table(data)
        if not isinstance(table, Mapping):
            raise ConfigurationError(f"{file}: has no table [tool.imrcheck]")
        data = table
    try:
        settings = Settings.model_validate(data)
    except ValidationError as error:
        raise ConfigurationError("\n".join(f"{file}: {line}" for line in _mistakes(error))) from error
    outside = [] if named else [output for output in settings.format or () if _leaves(path.parent, output)]
    if outside:
        raise ConfigurationError(f"{file}: format: {outside[0]} lies outside this folder (name the settings: --config)")
    return dict(_given(settings, path.parent))


def _table(pyproject: Mapping[str, Any]) -> Any:
    """What stands under [tool.imrcheck], table or not; None where nothing does."""
    tool = pyproject.get("tool")
    return tool.get("imrcheck") if isinstance(tool, Mapping) else None


def _mistakes(error: ValidationError) -> Iterator[str]:
    known = sorted(_dashed(name) for name in Settings.model_fields)
    for detail in error.errors():
        where = ".".join(map(str, detail["loc"]))
        if detail["type"] == "extra_forbidden":
            near = nearest(where, known)
            yield f"{where}: is no setting ({f'did you mean {near}?' if near else 'known: ' + ', '.join(known)})"
        else:
            yield f"{where}: {detail['msg'][:1].lower()}{detail['msg'][1:]}"


def _given(settings: Settings, folder: Path) -> Iterator[tuple[str, Any]]:
    for name in settings.model_fields_set:
        value = getattr(settings, name)
        if name == "rules":
            value = [folder / path for path in value or ()]
        elif isinstance(value, Path):
            value = folder / value
        elif name == "format":
            value = [_from(folder, output) for output in value or ()]
        yield ("form" if name == "format" else name), value


def _from(folder: Path, output: str) -> str:
    """An output whose file starts from the folder of the settings."""
    form, equals, file = output.partition("=")
    return f"{form}={folder / file}" if equals and file else output


def _leaves(folder: Path, output: str) -> bool:
    """Whether the file of an output lies outside the folder of the settings, links followed."""
    _, equals, file = output.partition("=")
    return bool(equals) and not (folder / file).resolve().is_relative_to(folder.resolve())


def nearest_settings(start: Path) -> Path | None:
    """The file of settings of a folder: its own, or the nearest above it.

    The search ends with the checkout, or with the home folder.

    Raises:
        ConfigurationError: The file that would be taken is another user's: it decides what the gate lets pass.
    """
    found = _nearest(start)
    if found is not None and _of_others(found, start):
        raise ConfigurationError(
            f"{shown(found)}: belongs to another user (name the settings with --config, or read none with --isolated)"
        )
    return found


def _of_others(file: Path, start: Path) -> bool:
    """Whether a file, or the link to it, is neither the user's nor root's, nor of who has the folder started from.

    The last is for containers, where root works in a folder of somebody else.
    """
    if not hasattr(os, "geteuid"):
        return False
    trusted = {os.geteuid(), 0, start.stat().st_uid}
    return not {file.stat().st_uid, file.lstat().st_uid} <= trusted


def _nearest(start: Path) -> Path | None:
    last = _home()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder / FILE
        if (folder / _PYPROJECT).is_file() and _has_table(folder / _PYPROJECT):
            return folder / _PYPROJECT
        if (folder / ".git").exists() or folder == last:
            break
    return None


def _home() -> Path | None:
    try:
        return Path.home().resolve()
    except (RuntimeError, OSError):
        return None


def _has_table(path: Path) -> bool:
    try:
        data = path.read_bytes()
    except OSError:
        return False  # another tool's to complain about
    try:
        return _table(tomllib.loads(data.decode("utf-8"))) is not None
    except (ValueError, RecursionError):
        # Broken, and perhaps ours: without its settings the gate could be green where it should be red.
        return b"imrcheck" in data


def _take(context: typer.Context, value: Path | None) -> Path | None:
    """Makes the settings the defaults of the command that is being read."""
    if context.resilient_parsing or context.params.get("isolated"):
        if value is not None:
            raise typer.BadParameter("--isolated reads no settings: leave one of the two out")
        return value
    try:
        path = value or nearest_settings(Path.cwd())
        settings = {} if path is None else settings_in(path, named=value is not None)
    except ConfigurationError as error:
        for line in str(error).splitlines():
            say(line)
        raise typer.Exit(Exit.BROKEN) from None
    if path is not None:
        known = {parameter.name for parameter in context.command.params}
        context.default_map = {name: value for name, value in settings.items() if name in known}
    return path


def _isolate(context: typer.Context, value: bool) -> bool:
    if value and context.params.get("config") is not None:
        raise typer.BadParameter("--isolated reads no settings: leave one of the two out")
    return value


# Eager, so that the settings are there when the other options look for their defaults; the first one comes first.
IsolatedOption = Annotated[
    bool,
    typer.Option("--isolated", is_eager=True, callback=_isolate, help="Read no file of settings."),
]
ConfigOption = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        is_eager=True,
        callback=_take,
        help=f"Settings; left out: {FILE} or [tool.imrcheck] in pyproject.toml, here or in the nearest folder above.",
    ),
]
