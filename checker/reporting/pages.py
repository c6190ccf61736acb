"""Which letters get a page of their own."""

from enum import StrEnum


class Pages(StrEnum):
    """All letters that could be read, those with findings or without a known layout, or none."""

    ALL = "all"
    FLAGGED = "flagged"
    NONE = "none"
