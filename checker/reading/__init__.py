"""Text, PDF, JSON Lines, Parquet, folders, patterns and standard input to letters."""

from checker.reading.limits import Limits
from checker.reading.reader import read, units
from checker.reading.text import source_from_text

__all__ = ["Limits", "read", "source_from_text", "units"]
