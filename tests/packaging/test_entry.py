"""The plain way in, as far as it can be tried without installing anything."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.hygiene.tree import ROOT

pytestmark = pytest.mark.skipif(os.name != "posix", reason="a POSIX shell script")


def entry(
    *arguments: str, path: str = os.environ.get("PATH", ""), **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run the script with a search path and variables of its own."""
    environment = {"PATH": path, **variables}
    command = ["/bin/sh", str(ROOT / "run"), *arguments]
    return subprocess.run(command, env=environment, cwd="/", capture_output=True, text=True, check=False)


def tools(folder: Path, **scripts: str) -> str:
    """A search path with the few tools the script needs, and stand-ins for others."""
    for tool in ("cat", "cksum", "dirname", "rm", "sed", "uname"):
        real = shutil.which(tool)
        assert real
        (folder / tool).symlink_to(real)
    for name, body in scripts.items():
        stand_in = folder / name
        stand_in.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        stand_in.chmod(0o755)
    return str(folder)


def test_without_a_command_it_says_what_it_can_do() -> None:
    result = entry()
    assert result.returncode == 0
    assert "sh run demo" in result.stdout
    assert "sh run test" in result.stdout


def test_an_unknown_command_is_refused() -> None:
    assert entry("frobnicate").returncode == 2


@pytest.mark.parametrize(
    ("scripts", "advice"),
    [
        ({}, "no Python found"),
        ({"python3": "exit 1"}, "python3 is too old, Python 3.11 or later is needed"),
        ({"python3": 'case "$2" in *ensurepip*) exit 1;; esac'}, "lacks its venv module"),
        ({"python3": 'case "$2" in *Python.h*) exit 1;; esac'}, "needs a C compiler and Python's headers"),
    ],
)
def test_what_is_missing_is_named_with_the_command_that_brings_it(
    tmp_path: Path, scripts: dict[str, str], advice: str
) -> None:
    result = entry("demo", path=tools(tmp_path, **scripts), IMRCHECK_VENV=str(tmp_path / "venv"))
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1
    assert advice in result.stderr
    assert "apt-get install python3 python3-venv python3-dev gcc libc6-dev" in result.stderr
    assert "brew install" in result.stderr


def test_lock_says_what_it_needs(tmp_path: Path) -> None:
    result = entry("lock", path=tools(tmp_path))
    assert result.returncode == 2
    assert "pip install uv" in result.stderr


def test_ci_calls_the_same_script_and_demands_the_browser() -> None:
    lines = (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()
    assert "IMRCHECK_REQUIRE_BROWSER=1 sh run test || code=$?" in lines
    assert lines[-1] == 'exit "$code"'
    assert "set -euo pipefail" in lines
