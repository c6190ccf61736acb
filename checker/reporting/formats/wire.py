"""The wire format of check: JSON Lines, or one JSON document that tells the counts too."""

from typing import TextIO

from checker.batch.jsonlines import json_line
from checker.reporting.formats.entry import Ending, Entry


class JsonLines:
    """One object a letter."""

    def __init__(self, out: TextIO) -> None:
        self._out = out

    def entry(self, entry: Entry) -> None:
        """Write a letter."""
        self._out.write(json_line(entry.record))

    def end(self, ending: Ending) -> None:
        """Every line has been written."""


class Json:
    """One document, written letter by letter so that memory does not grow with the batch."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._before = '{"letters": [\n'

    def entry(self, entry: Entry) -> None:
        """Write a letter."""
        self._out.write(self._before + json_line(entry.record).rstrip("\n"))
        self._before = ",\n"

    def end(self, ending: Ending) -> None:
        """Write the counts and the result."""
        if self._before.startswith("{"):
            self._out.write(self._before)
        rest = {
            "schema": 1,
            "tool": ending.versions.tool,
            "rules": ending.versions.rules,
            "counts": ending.tally.as_dict(),
            "fail_on": ending.fail_on.value,
            "exit_code": ending.exit.value,
        }
        if ending.gated:
            problems = [{"file": p.file, "line": p.line, "message": p.message, "hint": p.hint} for p in ending.problems]
            rest["gate"] = {**ending.tally.gate_dict(), "problems": problems}
        self._out.write("\n], " + json_line(rest)[1:])
