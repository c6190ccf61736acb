"""The outputs of a gate that other programs read: one module a format, each fed letter by letter."""

from checker.reporting.formats.entry import Ending, Entry, Sink, Titles
from checker.reporting.formats.github import GitHub
from checker.reporting.formats.gitlab import GitLab
from checker.reporting.formats.junit import JUnit
from checker.reporting.formats.markdown import Markdown
from checker.reporting.formats.sarif import Sarif
from checker.reporting.formats.wire import Json, JsonLines

__all__ = ["Ending", "Entry", "GitHub", "GitLab", "JUnit", "Json", "JsonLines", "Markdown", "Sarif", "Sink", "Titles"]
