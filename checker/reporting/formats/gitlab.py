"""GitLab's code quality report: one array of issues, each with a fingerprint of its own.

Source: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import hashlib
import json
from typing import Any, TextIO

from checker.reporting.formats.entry import Ending, Entry, Occurrences, known_words
from checker.reporting.places import Place
from checker.reporting.visible import folded

_SEVERITIES = {"error": "critical", "warning": "major", "note": "minor"}
_KNOWN = "info"
_BROKEN = "blocker"


class GitLab:
    """Writes an issue a finding; findings that are known are listed as info."""

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._before = "[\n"
        self._occurrences = Occurrences()

    def entry(self, entry: Entry) -> None:
        """Write the issues of a letter."""
        doc = entry.record["doc"]
        if entry.not_checked:
            identity = f"not-checked\x1f{doc}\x1f{entry.record['source']}"
            self._issue("not-checked", _BROKEN, f"{doc} was not checked: {entry.why}", entry.whole, _sha256(identity))
        for finding in entry.record["findings"]:
            known = known_words(finding)
            told = f"{doc}:{finding['item']} {finding['message']}" + (f" ({known})" if known else "")
            severity = _KNOWN if known else _SEVERITIES[finding["severity"]]
            self._issue(finding["code"], severity, told, entry.place(finding), finding["fingerprint"])

    def end(self, ending: Ending) -> None:
        """Write the entries of the gate that are out of date, and close the array."""
        for problem in ending.problems:
            told = problem.message + (f" ({problem.hint})" if problem.hint else "")
            fingerprint = _sha256(f"gate\x1f{problem.file}\x1f{problem.message}")
            self._issue("gate", _BROKEN, told, Place(problem.file, problem.line), fingerprint)
        self._out.write("[]\n" if self._before.startswith("[") else "\n]\n")

    def _issue(self, check: str, severity: str, told: str, place: Place, fingerprint: str) -> None:
        lines: dict[str, int] = {"begin": max(place.line, 1)}
        if place.end_line > place.line:
            lines["end"] = place.end_line
        if (number := self._occurrences.of(fingerprint)) > 1:
            fingerprint = _sha256(f"{fingerprint}\x1f{number}")
        issue: dict[str, Any] = {
            "check_name": check,
            "description": folded(told),
            "fingerprint": fingerprint,
            "location": {"path": place.path.removeprefix("./") or "standard-input", "lines": lines},
            "severity": severity,
        }
        self._out.write(self._before + json.dumps(issue, sort_keys=True))
        self._before = ",\n"


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
