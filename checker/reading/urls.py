"""Inputs named by URL (``s3://``, ``gs://``, ``https://``, ``memory://`` and so on), read with fsspec.

A store is as hostile as its letters: sizes are not believed, nothing is read beyond a limit, no name of it is a path
of this machine, and what it says of an error is not repeated.
"""

import io
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, BinaryIO, TypeVar, cast
from urllib.parse import urlsplit
from urllib.request import url2pathname

from checker.reading.inputs import SUFFIXES, Missing, Note, skipped_by_name

T = TypeVar("T")

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://|[A-Za-z0-9+.-]*::.*://")
_PATTERN = re.compile(r"[*?\[]")
_WEB = ("http", "https")
_HERE = ("memory",)
"""What another machine does not see."""
_TRIES = 3
_PAUSE = 1.0
_BUFFER = 1 << 18
_ON_DISK = ("file", "local")


class UrlError(OSError):
    """What a URL names cannot be had; the message says why and what to do, in words of ours."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem

    def __reduce__(self) -> tuple[type["UrlError"], tuple[str]]:
        """The same in another process."""
        return UrlError, (self.problem,)


@dataclass(frozen=True, slots=True)
class Place:
    """A file that a URL names.

    Attributes:
        url: The whole of it, with what may be secret in it.
        shown: What may be shown: no name or password of a user, no query, which may be a signature.
        path: Its path, for its suffix and name.
    """

    url: str
    shown: str
    path: PurePosixPath

    @property
    def here(self) -> bool:
        """Whether no other process can read it."""
        return _scheme(self.url) in _HERE


def is_url(given: str) -> bool:
    """Whether an argument is a URL and no path."""
    return _URL.match(given) is not None


def shared_path(url: str) -> str | None:
    """The path that a ``file://`` URL names, on this machine as on any other; None for other URLs."""
    return url2pathname(url.partition("://")[2]) if _scheme(url) in _ON_DISK else None


def places(url: str, note: Note) -> Iterator[Place | Missing]:
    """The files that a URL stands for: itself, those below it, or those that it matches as a pattern.

    They come in the order in which those of a folder on a disk would. A web server is not asked for a listing.

    Args:
        url: The URL.
        note: Takes one line for what was skipped.
    """
    try:
        if "::" in url:
            raise UrlError("is a chain of URLs, which is not read (name the file itself)")
        if _scheme(url) in _WEB:
            yield place_of(url)
            return
        system, path = _system(url)
        if _PATTERN.search(path):
            yield from _matches(system, path, url)
        elif _tried(lambda: system.isdir(path)):
            yield from _below(system, path, url, note)
        else:
            yield place_of(url)
    except UrlError as error:
        yield Missing(_shown(url), error.problem)


def place_of(url: str) -> Place:
    """The file that a URL names."""
    path = urlsplit(url).path if _scheme(url) in _WEB else url.partition("://")[2]
    return Place(url, _shown(url), PurePosixPath(path))


def fetched(place: Place, take: Callable[[BinaryIO], bytes]) -> bytes:
    """What a file holds; tried again where the store or the way to it is not well.

    Args:
        place: The file.
        take: Reads as much of it as is wanted.

    Raises:
        UrlError: It cannot be had.
    """

    def once() -> bytes:
        with opened(place) as (file, _):
            return take(file)

    return _tried(once)


@contextmanager
def opened(place: Place, *, anywhere: bool = False) -> Iterator[tuple[BinaryIO, int | None]]:
    """A file, to be read while the block lasts, and its size, where the store tells it.

    Args:
        place: The file.
        anywhere: It will not be read from beginning to end.

    Raises:
        UrlError: It cannot be had; from a file that is open, too.
    """
    system, path = _system(place.url)
    with _told():
        file = system.open(path, "rb")
    try:
        if anywhere and not file.seekable():
            raise UrlError("is on a server that gives no parts of a file: load it down first")
        size = getattr(file, "size", None)
        yield cast(BinaryIO, io.BufferedReader(_Told(file), _BUFFER)), size if isinstance(size, int) else None
    finally:
        with _told():
            file.close()


class _Told(io.RawIOBase):
    """A file of a store; its errors are told as all others are."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """Whether the store gives any part of it."""
        return bool(self._file.seekable())

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Goes to a place in it."""
        with _told():
            return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        """The place in it."""
        return int(self._file.tell())

    def readinto(self, buffer: Any, /) -> int:
        """The next bytes, at most as many as the buffer holds."""
        with _told():
            data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class _TransientError(UrlError):
    """Another attempt may do better."""

    def __reduce__(self) -> tuple[type[UrlError], tuple[str]]:
        return UrlError, (self.problem,)


def _tried(once: Callable[[], T]) -> T:
    """What comes of a request, at the third attempt at the latest."""
    for attempt in range(1, _TRIES):
        try:
            with _told():
                return once()
        except _TransientError:
            time.sleep(_PAUSE * attempt)
    with _told():
        return once()


@contextmanager
def _told() -> Iterator[None]:
    """Turns whatever a store raises into a line of ours."""
    try:
        yield
    except UrlError:
        raise
    except ImportError as error:
        raise UrlError(_lacking(error)) from None
    except FileNotFoundError:
        raise UrlError("does not exist (check the URL)") from None
    except PermissionError:
        raise UrlError("must not be read: permission denied (check the credentials)") from None
    except (IsADirectoryError, NotADirectoryError):
        raise UrlError("is a folder where a file is wanted, or a file where a folder is (check the URL)") from None
    except Exception as error:  # each store has errors of its own
        raise _TransientError(f"cannot be fetched ({type(error).__name__}): is the way to it open? try again") from None


def _lacking(error: ImportError) -> str:
    """What to install; the message of fsspec names it."""
    text = " ".join(str(error).split())
    return f"needs what is not installed here: {text[:120] if text.isprintable() else 'a package'}"


def _system(url: str) -> tuple[Any, str]:
    """What reads the store of a URL, and the path in it."""
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415 (of the extra "cluster")
    except ImportError:
        raise UrlError("is a URL, which needs fsspec: pip install 'imrcheck[cluster]'") from None
    with _told():
        try:
            system, path = url_to_fs(url)
        except ValueError:
            raise UrlError("is of no kind that fsspec knows (check the URL)") from None
    return system, str(path)


def _matches(system: Any, pattern: str, url: str) -> Iterator[Place | Missing]:
    found = sorted(str(path) for path in _tried(lambda: system.glob(pattern)))
    if not found:
        yield Missing(_shown(url), "matches no file (check the pattern)")
    for path in found:
        yield place_of(system.unstrip_protocol(path))


def _below(system: Any, folder: str, url: str, note: Note) -> Iterator[Place | Missing]:
    """Files in the order of their names, folder by folder; of one folder at a time the names are in memory."""
    skipped: Counter[str] = Counter()
    empty = True
    waiting = [iter(_listed(system, folder))]
    while waiting:
        entry = next(waiting[-1], None)
        if entry is None:
            waiting.pop()
            continue
        path, is_folder = entry
        name = PurePosixPath(path)
        if is_folder:
            waiting.append(iter(_listed(system, path)))
        elif kind := skipped_by_name(name):
            skipped[kind if kind.isprintable() else "other"] += 1
        else:
            empty = False
            yield place_of(system.unstrip_protocol(path))
    known = ", ".join(SUFFIXES)
    if skipped:
        kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(skipped.items()))
        note(f"{_shown(url)}: skipped {sum(skipped.values())} (not {known}): {kinds}")
    if empty:
        yield Missing(_shown(url), f"holds no letters (looked for {known} in it and below)")


def _listed(system: Any, folder: str) -> list[tuple[str, bool]]:
    """What lies in a folder, and whether it is one itself; a store may list the folder as one of its own entries."""
    entries = _tried(lambda: system.ls(folder, detail=True))
    found = {str(entry["name"]).rstrip("/"): entry["type"] == "directory" for entry in entries}
    found.pop(folder.rstrip("/"), None)
    below = folder.rstrip("/") + "/"
    return sorted(((path, kind) for path, kind in found.items() if path.startswith(below)), key=lambda entry: entry[0])


def _scheme(url: str) -> str:
    return url.partition("://")[0].lower()


def _shown(url: str) -> str:
    """A URL without the password of a user and, of a web server, without the query, which may be a signature."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    user, at, server = host.rpartition("@")
    if at and ":" in user:
        host = server
    if scheme.lower() in _WEB:
        path = urlsplit(url).path.removeprefix("/")
    return f"{scheme}://{host}{slash}{path}"
