"""Parsing: a letter as read becomes a determination taken apart."""

from checker.parsing.parser import parse

__all__ = ["parse"]
