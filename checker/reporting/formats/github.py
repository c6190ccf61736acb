"""Workflow commands of GitHub Actions: annotations on the lines of a pull request.

GitHub shows ten errors, ten warnings and ten notices of a step; the log has all of them. What letters say is escaped as
GitHub's toolkit escapes it, and every other line begins with a dash and holds no "##[", which the runner takes for a
command wherever it stands: so no letter can speak to it.
Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from typing import TextIO

from checker.reporting.console import DISCLAIMER, verdict
from checker.reporting.formats.entry import Ending, Entry, known_words
from checker.reporting.places import Place
from checker.reporting.visible import as_log, folded
from checker.reporting.wire_check import FindingRecord

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


class GitHub:
    """Writes one command a finding."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._known: list[str] = []

    def entry(self, entry: Entry) -> None:
        """Write the annotations of a letter."""
        if entry.not_checked:
            self._command("error", entry.whole, "not checked", f"{entry.record['doc']}: {entry.why}")
        for finding in entry.counting():
            title = f"{finding['code']} on {entry.record['doc']}:{finding['item']}"
            self._command(_COMMANDS[finding["severity"]], entry.place(finding), title, _told(finding))
        for finding in entry.known():
            line = f"{entry.record['doc']}:{finding['item']} {finding['code']} {known_words(finding)}"
            self._known.append(as_log(folded(line)))

    def end(self, ending: Ending) -> None:
        """Write the findings that are known, the entries that are out of date, and the result."""
        for problem in ending.problems:
            hint = f" ({problem.hint})" if problem.hint else ""
            self._command("error", Place(problem.file, problem.line), "gate", problem.message + hint)
        if self._known:
            self._out.write(f"::group::{len(self._known)} known findings\n")
            self._out.writelines(f"- {line}\n" for line in self._known)
            self._out.write("::endgroup::\n")
        self._out.write(f"- {verdict(ending.tally, ending.fail_on)}\n- {DISCLAIMER}\n")

    def _command(self, command: str, place: Place, title: str, message: str) -> None:
        where = {"file": place.path, "title": folded(title)}
        if place.line:
            where["line"] = str(place.line)
        if place.end_line:
            where["endLine"] = str(place.end_line)
            if place.end_line == place.line:  # GitHub wants columns of one line only
                where |= {"col": str(place.column), "endColumn": str(place.end_column)}
        properties = ",".join(f"{name}={_property(value)}" for name, value in sorted(where.items()) if value)
        self._out.write(f"::{command} {properties}::{_data(folded(message))}\n")


def _told(finding: FindingRecord) -> str:
    quotes = [f'{evidence["part"]}: "{evidence["quote"]}"' for evidence in finding["evidence"] if evidence["quote"]]
    sure = "" if finding["confidence"] == "high" else f" ({finding['confidence']} confidence)"
    return " ".join([finding["message"] + sure, *quotes])


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
