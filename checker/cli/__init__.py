"""The command line: one module a command, no logic in them."""

from checker.cli.app import main

__all__ = ["main"]
