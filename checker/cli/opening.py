"""What check and audit do before the first letter, and how they show that they are at work."""

import gc
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from checker.batch.errors import (
    CannotResumeError,
    ClusterError,
    FolderTakenError,
    NoEarlierRunError,
    TooManyPagesError,
)
from checker.batch.letters import Letter, identity, judged, problems
from checker.batch.selection import Exit, Selection, split_codes
from checker.batch.versions import Versions, tool_version
from checker.batch.warming import days
from checker.batch.workers import WorkersDiedError
from checker.cli.options import Engine
from checker.cli.tally import say
from checker.gate.changed import ChangedError
from checker.judging import REFERENCE, JudgingError
from checker.knowledge.lexicon import LexiconError
from checker.knowledge.problems import RuleError
from checker.knowledge.resources import templates_folder
from checker.language.phrases import PhraseError
from checker.model.facts import Confidence
from checker.model.findings import Judgement, Severity
from checker.reading import Limits, read
from checker.reading.units import Unit, letter_of

if TYPE_CHECKING:
    from checker.across import Across
    from checker.across.case import Case
    from checker.pipeline import Checker

YOUNG = 20_000
"""So many new objects make Python look for garbage (700 by itself). A letter makes thousands, nearly all of them freed
without it: looking cost a tenth of the time of a letter."""

_REASONS = {
    Engine.DURABLE_RULES: "asked for with --engine; the reference reading explains and must agree",
    Engine.REFERENCE: "asked for with --engine; durable-rules was not used",
}


def opened(rules: Sequence[Path] | None, engine: Engine) -> "Checker":
    """A checker with the rules asked for.

    Raises:
        RuleError: The rules folder cannot be used.
        JudgingError: The engine asked for cannot.
    """
    gc.disable()  # what is loaded stays: looking through it for garbage is a quarter of the time it takes
    try:
        from checker.pipeline import Checker  # noqa: PLC0415 (not before a command needs it: it loads everything)

        return Checker(rules, engine.value)
    finally:
        gc.freeze()
        gc.set_threshold(YOUNG)
        gc.enable()


@contextmanager
def broken_is_said(output: str = "output") -> Iterator[None]:
    """Turns what makes a whole run impossible into one line each and exit code 2.

    Args:
        output: What to call what is written, where an error names no file.
    """
    try:
        yield
    except (
        RuleError,
        LexiconError,
        PhraseError,
        JudgingError,
        CannotResumeError,
        WorkersDiedError,
        FolderTakenError,
        NoEarlierRunError,
        TooManyPagesError,
        ChangedError,
        ClusterError,
    ) as error:
        for line in str(error).splitlines():
            say(f"imrcheck: {line}" if not isinstance(error, RuleError) else line)
    except BrokenPipeError:
        # Whoever read the output has had enough; Python's own flush at the end must not complain either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        # Where one file is copied to another, the second is the one that is ours.
        name = error.filename2 or error.filename or output
        say(f"imrcheck: {name}: {error.strerror or type(error).__name__}")
    else:
        return
    raise typer.Exit(Exit.BROKEN)


def versions(checker: "Checker", asked: Engine) -> Versions:
    """What makes a run with this checker."""
    engine = checker.judge.engine
    if asked is not Engine.AUTO:
        reason = _REASONS[asked]
    elif engine == REFERENCE:
        reason = "durable-rules cannot be loaded here; it has no working build for Python 3.13 and later"
    else:
        reason = "durable-rules can be loaded; the reference reading explains and must agree"
    book = checker.rulebook
    digests = {rule.id: book.digests[rule.id] for rule in book.active}
    return Versions(
        tool_version(),
        book.digest,
        engine,
        reason,
        digests,
        folder=checker.rules_digest,
        layers=checker.folder.provenance,
        own=_own_rules(checker),
    )


def _own_rules(checker: "Checker") -> dict[str, str]:
    """The layer of each active rule that does not come from the undermost one."""
    folder, book = checker.folder, checker.rulebook
    if len(folder.layers) == 1:
        return {}
    layers = {rule.id: folder.layer_of(book.places[rule.id].rpartition(":")[0]) for rule in book.active}
    return {id_: layer for id_, layer in layers.items() if layer != folder.layers[0].name}


def selection(
    checker: "Checker",
    select: Sequence[str] | None,
    ignore: Sequence[str] | None,
    *,
    severity: Severity,
    confidence: Confidence,
) -> Selection:
    """The filters asked for.

    Raises:
        typer.BadParameter: A code of which the rules know nothing: a slip of the pen must not hide findings.
    """
    known = {rule.code for rule in checker.rulebook.rules}
    for option, given in (("--select", split_codes(select or ())), ("--ignore", split_codes(ignore or ()))):
        for code in given:
            if not any(name.upper().startswith(code.upper()) for name in known):
                raise typer.BadParameter(f"no rule has a code that begins with {code}", param_hint=option)
    return Selection(split_codes(select or ()), split_codes(ignore or ()), severity, confidence)


@contextmanager
def comparing(checker: "Checker", chosen: Selection, *, wanted: bool) -> "Iterator[Across | None]":
    """What compares the letters of the run; None where it is not wanted or nothing of it could be shown."""
    across = checker.across() if wanted and chosen.wants("BAT") else None
    if across is None:
        yield None
        return
    with across:
        yield across


def checked(checker: "Checker", paths: Sequence[str], *, debug: bool) -> Iterator[Letter]:
    """Reads and checks letters one by one."""
    return judged(read(paths, note=say), checker.check_source, traceback_shown(wanted=debug))


class CasesOf:
    """What is kept of letters for the comparison, in whatever process.

    Args:
        checker: Its rules say what is compared.
    """

    def __init__(self, checker: "Checker") -> None:
        self._checker = checker
        self._across: Across | None = None

    def __getstate__(self) -> dict[str, object]:
        """Another process keeps cases for itself."""
        return {"_checker": self._checker, "_across": None}

    def __call__(self, place: int, letter: Judgement) -> "tuple[tuple[Case, bytes], ...]":
        """The cases of the letter at a place of the run, signed."""
        if self._across is None:
            self._across = self._checker.across()
        return self._across.cases(place, letter) if self._across is not None else ()


@dataclass(frozen=True, slots=True)
class Warming:
    """Makes ready what forked workers share: the rules of the periods into which the first letters fall.

    Attributes:
        checker: In a process of a cluster it loads its rules there.
    """

    checker: "Checker"

    def __call__(self, some: Sequence[Unit]) -> None:
        """Makes it ready by some letters of the run."""
        if sys.platform == "linux":
            checker = self.checker
            checker.judge.warm(days(some, lambda unit: checker.governed(letter_of(unit, Limits()))))


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What letters are judged and shown with in the process that asks; see ``checker.batch.station``.

    Attributes:
        checker: In another process it loads the rules that are there.
        templates: A folder of templates, the same path there; None for those that came with the program there.
    """

    checker: "Checker"
    templates: Path | None

    def __call__(self) -> dict[str, str]:
        """Short hashes, by what they are of."""
        from checker.reporting.letterpages import templates_digest  # noqa: PLC0415 (not before it is needed)

        return {
            "rules": self.checker.rules_digest[:12],
            "engine": self.checker.judge.engine,
            "templates": templates_digest(self.templates or templates_folder()).hex()[:12],
        }


def traceback_shown(*, wanted: bool) -> Callable[[Exception], None]:
    """What is told of an internal error beside its line."""
    return traceback.print_exception if wanted else lambda error: None


def told(letters: Iterable[Letter]) -> Iterator[Letter]:
    """Says on standard error why a letter was not checked, and passes all on."""
    for letter in letters:
        if not isinstance(letter, Judgement):
            say(f"{identity(letter).source}: {'; '.join(problems(letter))}")
        yield letter


def with_progress(letters: Iterable[Letter]) -> Iterator[Letter]:
    """Shows on standard error how many letters are done, where that is a terminal."""
    if not sys.stderr.isatty():
        yield from letters
        return
    columns = (SpinnerColumn(), TextColumn("{task.completed} letters"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        yield from progress.track(letters, total=None, description="")
