"""The output of `imrcheck check` in its three formats, written while the letters come in."""

from collections.abc import Iterable
from enum import StrEnum
from typing import TextIO

from checker.batch.jsonlines import json_line
from checker.batch.letters import Letter, Tally
from checker.batch.selection import FailOn, Policy, exit_code
from checker.batch.versions import Versions
from checker.reporting.console import letter_lines, printer, summary_lines
from checker.reporting.wire_check import check_record


class Format(StrEnum):
    """Output formats of check."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


def write_checks(letters: Iterable[Letter], out: TextIO, form: Format, policy: Policy, versions: Versions) -> Tally:
    """Write one run of check.

    Args:
        letters: The letters in input order.
        out: Where to.
        form: text, json (one document) or jsonl (one object a letter).
        policy: Which findings are shown and counted, and which of them fail the run.
        versions: Of the program and of the rule set.

    Returns:
        The counts.
    """
    tally = Tally()
    write = _WRITERS[form](out, versions)
    for letter in letters:
        kept, hidden = policy.selection.apply(letter)
        tally.add(kept)
        tally.hidden += hidden
        write.letter(kept)
    write.end(tally, policy.fail_on)
    return tally


class _Text:
    def __init__(self, out: TextIO, versions: Versions) -> None:
        self._print = printer(out)

    def letter(self, letter: Letter) -> None:
        for line in letter_lines(letter):
            self._print(line)

    def end(self, tally: Tally, fail_on: FailOn) -> None:
        for line in summary_lines(tally, fail_on):
            self._print(line)


class _JsonLines:
    def __init__(self, out: TextIO, versions: Versions) -> None:
        self._out, self._versions = out, versions

    def letter(self, letter: Letter) -> None:
        self._out.write(json_line(check_record(letter, self._versions)))

    def end(self, tally: Tally, fail_on: FailOn) -> None:
        """Every line has been written."""


class _Json(_JsonLines):
    """One document, written letter by letter so that memory does not grow with the batch."""

    def __init__(self, out: TextIO, versions: Versions) -> None:
        super().__init__(out, versions)
        self._before = '{"letters": [\n'

    def letter(self, letter: Letter) -> None:
        self._out.write(self._before + json_line(check_record(letter, self._versions)).rstrip("\n"))
        self._before = ",\n"

    def end(self, tally: Tally, fail_on: FailOn) -> None:
        if self._before.startswith("{"):
            self._out.write(self._before)
        rest = {
            "schema": 1,
            "tool": self._versions.tool,
            "rules": self._versions.rules,
            "counts": tally.as_dict(),
            "fail_on": fail_on.value,
            "exit_code": exit_code(tally, fail_on).value,
        }
        self._out.write("\n], " + json_line(rest)[1:])


_WRITERS: dict[Format, type[_Text] | type[_JsonLines]] = {
    Format.TEXT: _Text,
    Format.JSON: _Json,
    Format.JSONL: _JsonLines,
}
