"""The rulebook: rules, numbers, sources and tests, read from rules/ and checked before anything is judged."""

from checker.rulebook.book import Rulebook
from checker.rulebook.load import load_rulebook

__all__ = ["Rulebook", "load_rulebook"]
