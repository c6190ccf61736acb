"""A command line under bad luck: a disk that is full, a folder that must not be written, a signal in the middle."""

import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.fixtures.expected import LETTERS
from tests.hygiene.tree import ROOT

PLAIN = LETTERS / "norco-criteria-conceded.txt"
OTHER = LETTERS / "cbt-over-limit.txt"
FLAGGED = LETTERS / "lumbar-mri-verdict-slip.txt"
_WAIT = 120.0


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "checker.cli", *map(str, arguments)]


def imrcheck(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]
        command(*arguments), cwd=ROOT, text=True, check=False, **{"capture_output": True, **options}
    )


def small_files(most: int) -> Callable[[], None]:
    """No file may grow beyond so many bytes: a full disk that asks for no rights."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def bound_by_permissions(arguments: Sequence[str]) -> list[str]:
    """The command under a user whom permissions bind; the superuser lays down what lets him pass."""
    if os.geteuid() != 0:
        return list(arguments)
    if shutil.which("setpriv") is None:
        pytest.skip("permissions do not bind the superuser, and setpriv is not here")
    return ["setpriv", "--bounding-set=-dac_override,-dac_read_search", *arguments]


def until(true: Callable[[], object], what: str) -> None:
    """Wait for something that takes as long as the machine is slow."""
    end = time.monotonic() + _WAIT
    while not true():
        if time.monotonic() > end:
            pytest.fail(f"waited in vain: {what}")
        time.sleep(0.05)


def one_line(text: str) -> str:
    """The only line of a text, which tells of no traceback."""
    (line,) = text.splitlines()
    assert "Traceback" not in line
    assert "internal error" not in line
    return line


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}
