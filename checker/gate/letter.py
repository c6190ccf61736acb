"""Which letter is meant: names of letters are file names, which letters in different folders may share."""

import os
from pathlib import Path, PurePath


def place_of(source: str) -> str:
    """Where a letter stands, however the user spelled it: from the working folder, if it lies in it.

    Args:
        source: Path or name of the letter as given by the user, with a row or a member behind it where it has one.

    Returns:
        The path with forward slashes, without ``./`` before it; the same for every spelling that ``check`` may get in
        one folder.
    """
    path = PurePath(os.path.normpath(source))
    here = Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
