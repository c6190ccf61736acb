"""What a rules folder was read to, stored for the next start of the program.

Reading and checking the YAML of a rules folder takes seconds: most of what a run over one letter costs. What comes of
it depends on the files, on this program and on a few packages alone, so it is stored under a name that is a hash of all
of these: nothing stored is ever out of date, and a folder with a mistake in it is never stored.

It lies in the user's own folder for such things, or where ``IMRCHECK_CACHE`` says; set to nothing, that switches it
off. It is a pickle, which can hold code: what anybody else could have written is not read (see ``_ours``). Whatever
goes wrong with it, the rules are read from their files.
"""

import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TypeVar, cast

from platformdirs import user_cache_path

from checker.knowledge.folders import RulesFolder
from checker.knowledge.keeping import kept
from checker.knowledge.problems import shown
from checker.knowledge.resources import folder_digest

VARIABLE = "IMRCHECK_CACHE"
"""The environment variable that names another folder; empty, nothing is stored."""

_PACKAGES = ("pydantic", "pydantic-core", "jinja2", "pyyaml", "ahocorasick-rs")
"""Whose versions decide what the rules are read to."""
_SOURCES = ("model", "language", "knowledge", "rulebook")
"""The packages of this program that do so."""
_KEPT = 4
"""So many forms of each part stay, those used last: of several folders of rules, or of versions of them."""
_CANNOT_BE_STORED = (OSError, pickle.PicklingError, TypeError, AttributeError, RecursionError)
_HASH = hashlib.sha256().digest_size
"""Before what is stored stand so many bytes, its hash: a disk that forgets must not change a rule unseen."""
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH

T = TypeVar("T")


def stored(part: str, folder: RulesFolder, made: Callable[[], T]) -> T:
    """What ``made`` gives, from the last run where that is still the same.

    Args:
        part: What is made of the folder ("rulebook"); names the file.
        folder: The rules it is made of, and all that it is made of.
        made: Reads the rules; what it gives can be pickled and is never changed.

    Raises:
        RuleError: Whatever ``made`` raises; then nothing is stored.
    """
    place = _place()
    if place is None:
        with kept():
            return made()
    file = place / f"{part}-{_key(folder)}.pickle"
    # What cannot be read back, for whatever reason, is made anew.
    with suppress(Exception), kept():
        return cast(T, _read(file))
    with kept():
        found = made()
    if all(folder_digest(layer.path) == layer.digest for layer in folder.layers):  # nobody has saved a file meanwhile
        with suppress(*_CANNOT_BE_STORED):
            _write(file, found)
            _forget(part, file)
    return found


def _place() -> Path | None:
    asked = os.environ.get(VARIABLE)
    if asked is not None:
        return Path(asked).absolute() if asked else None
    found = user_cache_path("imrcheck", appauthor=False)
    return found if found.is_absolute() else None  # a user without a home has none


def _key(folder: RulesFolder) -> str:
    """A hash of all that decides what is stored; a path as it is shown stands in the places of rules."""
    digest = hashlib.sha256(_program().encode())
    for layer in folder.layers:
        digest.update(f"\0{layer.path.resolve()}\0{shown(layer.path)}\0{layer.digest}".encode())
    return digest.hexdigest()[:32]


@cache
def _program() -> str:
    """A hash of Python, of this program and of the packages that read rules."""
    digest = hashlib.sha256(f"{sys.version}\0{sys.platform}".encode())
    for name in _PACKAGES:
        try:
            digest.update(f"\0{name} {version(name)}".encode())
        except PackageNotFoundError:
            digest.update(f"\0{name}".encode())
    package = Path(__file__).parent.parent
    for path in sorted(path for source in _SOURCES for path in (package / source).rglob("*.py")):
        digest.update(f"\0{path.relative_to(package).as_posix()}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _read(file: Path) -> object:
    with file.open("rb") as stream:
        if not _ours(os.fstat(stream.fileno())) or not _ours(file.parent.stat()):
            raise PermissionError(file)
        told, content = stream.read(_HASH), stream.read()
    if hashlib.sha256(content).digest() != told:
        raise ValueError(file)
    with suppress(OSError):
        os.utime(file)  # in use, and so not among the first to go
    return pickle.loads(content)  # noqa: S301 (this user wrote it, and nobody else can)


def _ours(found: os.stat_result) -> bool:
    """Whether only this user can have written it; but on POSIX a user's folder is the user's by its place."""
    return os.name != "posix" or (found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_MAY_WRITE)


def _write(file: Path, found: object) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _ours(file.parent.stat()):
        return
    content = pickle.dumps(found, pickle.HIGHEST_PROTOCOL)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix="new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(hashlib.sha256(content).digest() + content)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _forget(part: str, newest: Path) -> None:
    """Deletes all but those forms of a part that were used last."""
    others = [path for path in newest.parent.glob(f"{part}-*.pickle") if path != newest]
    for path in sorted(others, key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT - 1 :]:
        path.unlink(missing_ok=True)
