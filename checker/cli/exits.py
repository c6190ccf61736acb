"""Exit codes, as every command uses them."""

from checker.batch.selection import Exit

__all__ = ["Exit"]
