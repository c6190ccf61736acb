"""How many letters an input holds, found quickly and without reading them: for the time left, and for nothing else."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from checker.reading.archives import announced
from checker.reading.inputs import STANDARD_INPUT, files, suffix_of
from checker.reading.limits import Limits
from checker.reading.urls import is_url, shared_path

_CHUNK = 1 << 20


def expected(paths: Iterable[str]) -> int | None:
    """About how many letters the paths hold; None where it takes too long to know.

    Args:
        paths: Files, folders, patterns or ``-``, as ``checker.reading.read`` takes them.
    """
    total = 0
    for path in paths:
        if path == STANDARD_INPUT:
            return None
        if is_url(path):
            on_disk = shared_path(path)
            if on_disk is None:
                return None
            path = on_disk  # noqa: PLW2901 (the same, as it is opened)
        for found in files(path, lambda line: None):
            held = _held(found) if isinstance(found, Path) else 1
            if held is None:
                return None
            total += held
    return total


def _held(path: Path) -> int | None:
    suffix = suffix_of(path)
    try:
        if suffix == ".jsonl":
            return _lines(path)
        if suffix == ".parquet":
            from pyarrow import parquet  # noqa: PLC0415 (slow to import)

            return int(parquet.read_metadata(path).num_rows)
        if suffix == ".zip":
            members = _members(path)
            return None if any(suffix_of(Path(m)) == ".jsonl" for m in members) else len(members)
    except Exception:
        return 1  # what is wrong with it is told when it is read
    return None if suffix in (".tar", ".tar.gz", ".tgz") else 1


def _members(path: Path) -> list[str]:
    """Names in an archive; none of one whose directory is larger than is read, which is refused when it is its turn."""
    limits = Limits()
    with path.open("rb") as file:
        count, directory = announced(file)
        if count > limits.archive_members or directory > limits.archive_directory:
            return [path.name]
        with zipfile.ZipFile(file) as archive:
            return archive.namelist()


def _lines(path: Path) -> int:
    with path.open("rb") as lines:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: lines.read(_CHUNK), b""))
