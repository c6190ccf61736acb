"""The output of `imrcheck check` in its three formats.

It is written while the letters come in. Where they are compared with each other, JSON waits for the last of them on
disk, because what the comparison finds belongs to the object of its letter; text tells it at the end.
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import IO, TextIO

from checker.across import Across, FoundAcross
from checker.batch.jsonlines import json_line
from checker.batch.letters import Letter, Tally
from checker.batch.selection import FailOn, Policy, exit_code
from checker.batch.together import found_in, taken_in
from checker.batch.versions import Versions
from checker.reporting.console import across_lines, letter_lines, printer, summary_lines
from checker.reporting.wire_check import check_record, finding_record, in_order


class Format(StrEnum):
    """Output formats of check."""

    TEXT = "text"
    JSON = "json"
    JSONL = "jsonl"


_IN_MEMORY = 16_000_000


def write_checks(
    letters: Iterable[Letter],
    out: TextIO,
    form: Format,
    policy: Policy,
    versions: Versions,
    *,
    across: Across | None = None,
) -> Tally:
    """Write one run of check.

    Args:
        letters: The letters in input order.
        out: Where to.
        form: text, json (one document) or jsonl (one object a letter).
        policy: Which findings are shown and counted, and which of them fail the run.
        versions: Of the program and of the rule set.
        across: Compares the letters with each other; None where they are not compared.

    Returns:
        The counts.
    """
    tally = Tally()
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline="\n") as held:
        write = _WRITERS[form](out, versions, held if across is not None else None)
        for letter in taken_in(letters, across):
            kept, hidden = policy.selection.apply(letter)
            tally.add(kept)
            tally.hidden += hidden
            write.letter(kept)
        write.across(found_in(across, policy.selection, tally))
    write.end(tally, policy.fail_on)
    return tally


def merged(lines: Iterable[str], found: Iterable[FoundAcross]) -> Iterator[str]:
    """Lines of the wire format, each with the findings that the comparison of the letters gave it.

    Args:
        lines: One a letter, in input order.
        found: In input order.
    """
    waiting = iter(found)
    following = next(waiting, None)
    for place, line in enumerate(lines):
        if following is None or following.letter != place:
            yield line
            continue
        record = json.loads(line)
        more = [finding_record(finding, following) for finding in following.findings]
        record["findings"] = in_order([*record["findings"], *more])
        yield json_line(record)
        following = next(waiting, None)


class _Text:
    def __init__(self, out: TextIO, versions: Versions, held: IO[str] | None) -> None:
        self._print = printer(out)

    def letter(self, letter: Letter) -> None:
        for line in letter_lines(letter):
            self._print(line)

    def across(self, found: Iterable[FoundAcross]) -> None:
        for letter in found:
            for line in across_lines(letter):
                self._print(line)

    def end(self, tally: Tally, fail_on: FailOn) -> None:
        for line in summary_lines(tally, fail_on):
            self._print(line)


class _JsonLines:
    def __init__(self, out: TextIO, versions: Versions, held: IO[str] | None) -> None:
        self._out, self._versions, self._held = out, versions, held

    def letter(self, letter: Letter) -> None:
        line = json_line(check_record(letter, self._versions))
        if self._held is None:
            self._line(line)
        else:
            self._held.write(line)

    def across(self, found: Iterable[FoundAcross]) -> None:
        if self._held is not None:
            self._held.seek(0)
            for line in merged(self._held, found):
                self._line(line)

    def _line(self, line: str) -> None:
        self._out.write(line)

    def end(self, tally: Tally, fail_on: FailOn) -> None:
        """Every line has been written."""


class _Json(_JsonLines):
    """One document, written letter by letter so that memory does not grow with the batch."""

    def __init__(self, out: TextIO, versions: Versions, held: IO[str] | None) -> None:
        super().__init__(out, versions, held)
        self._before = '{"letters": [\n'

    def _line(self, line: str) -> None:
        self._out.write(self._before + line.rstrip("\n"))
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
