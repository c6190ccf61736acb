"""Exit codes of every command."""

from checker.batch.selection import Exit

__all__ = ["Exit"]
