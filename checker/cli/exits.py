"""Exit codes of every command."""

from enum import IntEnum


class Exit(IntEnum):
    """What the exit code of the program says."""

    CLEAN = 0
    FOUND = 1
    BROKEN = 2
    NOTHING = 3
