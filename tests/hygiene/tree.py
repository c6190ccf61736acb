"""The files of the project as the hygiene tests see them."""

import shutil
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", ".hypothesis", "out", "dist", "build", "node_modules", "__pycache__"}
MADE = ("_cache", ".egg-info", ".pyc")
"""Folders and files that tools make, in a tree without version control (an unpacked source distribution)."""


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control; in an unpacked sdist every file."""
    return tuple(sorted(path for path in _listed() or _found() if path.is_file()))


def _listed() -> list[Path]:
    """What git lists; nothing where there is no git or no repository."""
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        return []
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def _found() -> list[Path]:
    """What lies in the folder, without what tools make."""
    return [
        path
        for path in ROOT.rglob("*")
        if not any(part in NOT_OURS or part.endswith(MADE) for part in path.relative_to(ROOT).parts)
    ]


def python_files() -> tuple[Path, ...]:
    """Every Python file of the project."""
    return tuple(path for path in project_files() if path.suffix == ".py")


def text_files() -> tuple[Path, ...]:
    """Every file of the project without a null byte in its first block."""
    return tuple(path for path in project_files() if b"\0" not in path.read_bytes()[:4096])
