"""Text, PDF, JSON Lines, Parquet, folders, patterns and standard input to letters."""

from checker.reading.letters import row_of
from checker.reading.limits import Limits
from checker.reading.reader import read, units
from checker.reading.text import source_from_text

__all__ = ["Limits", "read", "row_of", "source_from_text", "units"]
