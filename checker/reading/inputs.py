"""What the user named, as single files: folders opened, patterns filled in, in an order that does not change."""

import errno
import glob
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

STANDARD_INPUT = "-"
ARCHIVES = (".tar.gz", ".tgz", ".tar", ".zip")
SUFFIXES = (".txt", ".pdf", ".jsonl", ".parquet", ".zip", ".tar", ".tar.gz", ".tgz")
_KNOWN = ", ".join(SUFFIXES)

Note = Callable[[str], None]
"""Takes one line about something that is no letter: what was skipped."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A path at which there is nothing to read."""

    path: str
    problem: str


def files(path: str, note: Note) -> Iterator[Path | Missing]:
    """The files that a path stands for.

    A folder stands for the files in it and in its subfolders that have a known suffix, in the order of their names;
    symbolic links to folders are not followed. A path that does not exist is read as a pattern (``*``, ``?``, ``[]``,
    ``**``). A file that is named outright is taken whatever its suffix.
    """
    if not path:
        yield Missing(path, "is an empty path (check the argument)")
        return
    place = Path(path)
    try:
        place.stat()
    except FileNotFoundError:
        yield from _matches(path, note)
    except (OSError, ValueError) as error:
        yield Missing(path, why(error))
    else:
        yield from _open_folder(place, note) if place.is_dir() else (place,)


def why(error: OSError | ValueError) -> str:
    """What an error of the file system means, and what to do."""
    number = error.errno if isinstance(error, OSError) else None
    if number == errno.ELOOP:
        return "is a symbolic link that leads in a circle (remove it)"
    if number in (errno.EACCES, errno.EPERM):
        return "must not be read: permission denied (change its permissions)"
    if number == errno.ENOENT:
        return "does not exist (check the path)"
    if number == errno.ENAMETOOLONG:
        return "is too long for a path (check the argument)"
    text = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"cannot be read: {text.lower()}"


def _matches(pattern: str, note: Note) -> Iterator[Path | Missing]:
    found = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []
    if not found:
        problem = (
            "matches no file (check the pattern)" if glob.has_magic(pattern) else "does not exist (check the path)"
        )
        yield Missing(pattern, problem)
    for path in map(Path, found):
        # A recursive pattern matches folders, too, beside the files in them.
        if not path.is_dir():
            yield path
        elif "**" not in pattern:
            yield from _open_folder(path, note)


def _open_folder(folder: Path, note: Note) -> Iterator[Path | Missing]:
    skipped: Counter[str] = Counter()
    empty = True
    for entry in _walk(folder, skipped):
        empty = False
        yield entry
    if skipped:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(skipped.items()))
        note(f"{folder}: skipped {sum(skipped.values())} (not {_KNOWN}): {kinds}")
    if empty:
        yield Missing(str(folder), f"holds no letters (looked for {_KNOWN} in it and below)")


def _walk(folder: Path, skipped: Counter[str]) -> Iterator[Path | Missing]:
    """Files in the order of their names, folder by folder, without recursion into Python's stack."""
    waiting = [iter([folder])]
    while waiting:
        path = next(waiting[-1], None)
        if path is None:
            waiting.pop()
            continue
        if path is folder or (path.is_dir() and not path.is_symlink()):
            try:
                names = sorted(os.listdir(path))
            except OSError as error:
                yield Missing(str(path), why(error))
                continue
            waiting.append(map(path.joinpath, names))
        elif kind := _skipped_as(path):
            skipped[kind] += 1
        else:
            yield path


def _skipped_as(path: Path) -> str:
    """Why a file in a folder is no letter; "" for one that is."""
    if path.is_symlink() and not path.is_file() and not path.name.startswith("."):
        return "links"
    if kind := skipped_by_name(path):
        return kind
    # Who opens a pipe waits for somebody to write; one that is named outright is meant.
    return "pipes and devices" if path.exists() and not path.is_file() else ""


def skipped_by_name(path: PurePath) -> str:
    """Why a file is no letter, by its name alone; "" for one that may be."""
    if path.name.startswith("."):
        return "hidden"
    suffix = suffix_of(path)
    return "" if suffix in SUFFIXES else suffix or "without suffix"


def suffix_of(path: PurePath) -> str:
    """The suffix of a name in lower case; that of a packed archive whole: ``.tar.gz``."""
    suffix = path.suffix.lower()
    return ".tar.gz" if suffix == ".gz" and path.name.lower().endswith(".tar.gz") else suffix
