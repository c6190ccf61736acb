"""Files that are written whole or not at all."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file beside the one wanted, to be written; it takes the name when nothing went wrong, else it is removed.

    A device or a pipe (``/dev/null``, ``/dev/stdout``) is written itself: no file may take its place.

    Args:
        path: The file wanted; what it held stays until the new one is whole.

    Raises:
        OSError: It cannot be written.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    partial = path.with_name(f".imrcheck-{secrets.token_hex(8)}.partial")
    try:
        # A name that nobody can guess, and a file that nobody laid there: else a link could lead the words elsewhere.
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error
    try:
        yield partial
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
