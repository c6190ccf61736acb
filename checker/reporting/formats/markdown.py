"""Markdown for a comment on a pull request or the summary of a job: the result, then a table of findings."""

from typing import TextIO

from checker.batch.letters import Tally
from checker.model.findings import Severity
from checker.reporting.console import DISCLAIMER, verdict
from checker.reporting.formats.entry import Ending, Entry, known_words
from checker.reporting.visible import shortened

_MOST = 200
"""Rows of a table."""
_CHARACTERS = 20_000
"""Characters of a table; there are three, and a comment on GitHub holds 65,536 of them."""
_QUOTE = 100
_LONGEST = 2000
_ESCAPED = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]#|~@"} | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})
"""Signs that Markdown or GitHub (mentions, issues) would take for their own."""
_LINKS = (("://", "&#58;//"), ("www.", "www&#46;"))
"""What would become a link without a sign of its own."""


class Markdown:
    """Gathers the rows, worst first within their letters as always, and writes all at the end."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._rows: dict[str, list[str]] = {"counting": [], "known": [], "not checked": []}
        self._more = dict.fromkeys(self._rows, 0)
        self._left = dict.fromkeys(self._rows, _CHARACTERS)

    def entry(self, entry: Entry) -> None:
        """Take the rows of a letter."""
        doc = _cell(entry.record["doc"])
        if entry.not_checked:
            self._row("not checked", f"| {doc} | {_cell(entry.why)} |")
        for finding in entry.counting():
            quotes = "<br>".join(
                f"{evidence['part']}: “{_cell(shortened(evidence['quote'], _QUOTE))}”"
                for evidence in finding["evidence"]
                if evidence["quote"]
            )
            told = f"{_cell(finding['message'])}<br>{quotes}" if quotes else _cell(finding["message"])
            name = f"{doc}:{finding['item']}"
            self._row("counting", f"| {name} | {_cell(finding['code'])} | {finding['severity']} | {told} |")
        for finding in entry.known():
            name = f"{doc}:{finding['item']}"
            self._row("known", f"| {name} | {_cell(finding['code'])} | {_cell(known_words(finding))} |")

    def end(self, ending: Ending) -> None:
        """Write the document."""
        out = self._out
        out.write(
            f"## imrcheck\n\n**Result:** {_cell(verdict(ending.tally, ending.fail_on))}\n\n{_counts(ending.tally)}\n"
        )
        if ending.problems:
            out.write("\n### Baseline and suppressions\n\n")
            out.writelines(f"- {_cell(str(problem))}\n" for problem in ending.problems)
        self._table("Not checked", "not checked", "| letter | why |\n| --- | --- |")
        self._table("Findings", "counting", "| item | code | severity | finding |\n| --- | --- | --- | --- |")
        self._table("Known findings", "known", "| item | code | why it does not count |\n| --- | --- | --- |")
        out.write(f"\n{DISCLAIMER}\n")

    def _row(self, kind: str, row: str) -> None:
        if not self._more[kind] and len(self._rows[kind]) < _MOST and len(row) < self._left[kind]:
            self._rows[kind].append(row)
            self._left[kind] -= len(row) + 1
        else:
            self._more[kind] += 1

    def _table(self, title: str, kind: str, head: str) -> None:
        if not self._rows[kind]:
            return
        self._out.write(f"\n### {title}\n\n{head}\n")
        self._out.writelines(f"{row}\n" for row in self._rows[kind])
        if self._more[kind]:
            self._out.write(f"\n{self._more[kind]} more are not shown here.\n")


def _counts(tally: Tally) -> str:
    counts = ", ".join(f"{tally.of(severity)} {severity.value}s" for severity in Severity)
    known = (
        f"; {tally.baselined} baselined, {tally.suppressed} suppressed" if tally.baselined + tally.suppressed else ""
    )
    return f"{tally.letters} letters, {tally.judged} judged, {tally.items} disputed items: {counts}{known}."


def _cell(text: str) -> str:
    """Text that is only text in a cell of a table."""
    escaped = shortened(text, _LONGEST).translate(_ESCAPED)
    for link, harmless in _LINKS:
        escaped = escaped.replace(link, harmless)
    return escaped
