"""The files of the project as the hygiene tests see them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOT_OURS = {".git", ".venv", "out", "dist", "build", "node_modules", "__pycache__"}
"""Folders that hold what tools make, in a tree without version control (an unpacked source distribution)."""


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, under version control; in an unpacked sdist every file."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(part in NOT_OURS or part.endswith("_cache") for part in path.relative_to(ROOT).parts)
        ]
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files() -> tuple[Path, ...]:
    """Every Python file of the project."""
    return tuple(path for path in project_files() if path.suffix == ".py")


def text_files() -> tuple[Path, ...]:
    """Every file of the project without a null byte in its first block."""
    return tuple(path for path in project_files() if b"\0" not in path.read_bytes()[:4096])
