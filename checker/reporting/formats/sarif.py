"""SARIF 2.1.0, as GitHub code scanning and the viewers of editors read it.

A result's fingerprint holds rule, letter, item and words, no line: it stays when unrelated text moves. Known findings
are there with their suppression or baseline state; letters that could not be checked are notifications of the tool.
Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

import json
from collections.abc import Iterator
from typing import Any, TextIO
from urllib.parse import quote

from checker.batch.selection import Exit
from checker.reporting.formats.entry import Ending, Entry, Occurrences
from checker.reporting.places import Place
from checker.reporting.visible import folded
from checker.reporting.wire_check import EvidenceRecord, FindingRecord

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "WORKING-FOLDER"


class Sarif:
    """Writes results as they come; the codes and what went wrong stand after them."""

    def __init__(self, out: TextIO, *, gated: bool) -> None:
        self._out = out
        self._gated = gated
        self._notifications: list[dict[str, Any]] = []
        self._occurrences = Occurrences()
        self._before = f'{{"$schema": {json.dumps(_SCHEMA)}, "version": "2.1.0", "runs": [\n{{"results": [\n'

    def entry(self, entry: Entry) -> None:
        """Write the results of a letter."""
        if entry.not_checked:
            text = f"{folded(entry.record['doc'])} was not checked: {entry.why}"
            level = "error" if entry.failed else "warning"
            self._notifications.append(_notification("not-checked", level, text, entry.whole))
        for finding in entry.record["findings"]:
            self._out.write(self._before + json.dumps(self._result(entry, finding), sort_keys=True))
            self._before = ",\n"

    def _result(self, entry: Entry, finding: FindingRecord) -> dict[str, Any]:
        number = self._occurrences.of(finding["fingerprint"])
        return {**_result(entry, finding, number), **(_standing(finding) if self._gated else {})}

    def end(self, ending: Ending) -> None:
        """Write what describes the run."""
        if self._before.startswith("{"):
            self._out.write(self._before)
        gate = [
            _notification("gate", "error", f"{p.message} ({p.hint})" if p.hint else p.message, Place(p.file, p.line))
            for p in ending.problems
        ]
        versions = ending.versions
        driver: dict[str, Any] = {
            "name": "imrcheck",
            "version": versions.tool,
            "rules": [_rule(code, title) for code, title in sorted(ending.titles.items())],
            "properties": {"rules": versions.rules, "engine": versions.engine},
        }
        invocation = {
            "executionSuccessful": ending.exit in (Exit.CLEAN, Exit.FOUND),
            "exitCode": ending.exit.value,
            "toolExecutionNotifications": self._notifications,
            "toolConfigurationNotifications": gate,
        }
        rest: dict[str, Any] = {
            "columnKind": "unicodeCodePoints",
            "tool": {"driver": driver},
            "invocations": [invocation],
            "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder in which imrcheck was run."}}},
        }
        if ending.gated:
            rest["properties"] = ending.tally.gate_dict()
        self._out.write("\n],\n" + json.dumps(rest, sort_keys=True)[1:] + "\n]}\n")


def _rule(code: str, title: str) -> dict[str, Any]:
    described = folded(title) or code
    return {
        "id": code,
        "shortDescription": {"text": described},
        "help": {"text": f"{described}. imrcheck explain {code} tells why, on what authority, and how to answer it."},
    }


def _result(entry: Entry, finding: FindingRecord, number: int) -> dict[str, Any]:
    doc, item = entry.record["doc"], finding["item"]
    result: dict[str, Any] = {
        "ruleId": finding["code"],
        "level": finding["severity"],
        "message": {"text": folded(finding["message"])},
        "locations": [_location(entry.place(finding), finding["evidence"][0] if finding["evidence"] else None)],
        "partialFingerprints": {
            "imrcheck/v1": finding["fingerprint"],
            # GitHub would make one of the line's text, which letters share; it counts equal ones in the same way.
            "primaryLocationLineHash": f"{finding['fingerprint'][:32]}:{number}",
        },
        "properties": {
            "confidence": finding["confidence"],
            "doc": folded(doc),
            "item": item,
            "rule": finding["rule"],
            "reference": finding["reference"],
        },
    }
    result["locations"][0]["logicalLocations"] = [
        {"name": f"item {item}" if item else "letter", "fullyQualifiedName": f"{folded(doc)}/{item}"}
    ]
    if related := list(_related(entry, finding)):
        result["relatedLocations"] = related
    return result


def _standing(finding: FindingRecord) -> dict[str, Any]:
    known = finding.get("known")
    if known is None:
        return {"baselineState": "new", "suppressions": []}
    if known["state"] == "baselined":
        return {"baselineState": "unchanged", "suppressions": []}
    justification = folded(f"{known['reason']} ({known['owner']}, until {known['expires']})")
    accepted = {"kind": "external", "status": "accepted", "justification": justification}
    return {"baselineState": "new", "suppressions": [accepted]}


def _related(entry: Entry, finding: FindingRecord) -> Iterator[dict[str, Any]]:
    for number, evidence in enumerate(finding["evidence"], 1):
        location = _location(entry.layout.place(evidence["start"], evidence["end"]), evidence)
        yield {"id": number, **location, "message": {"text": folded(f'{evidence["part"]}: "{evidence["quote"]}"')}}


def _location(place: Place, evidence: EvidenceRecord | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place)}
    region: dict[str, Any] = {}
    if place.end_line:
        region = {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        }
        if evidence is not None and evidence["quote"]:
            region["snippet"] = {"text": folded(evidence["quote"])}
    elif place.line:
        region = {"startLine": place.line}
    if region:
        physical["region"] = region
    if place.page:
        physical["properties"] = {"page": place.page}
    return {"physicalLocation": physical}


def _artifact(place: Place) -> dict[str, Any]:
    path = place.path or "standard-input"
    uri = quote(path.removeprefix("./").encode("utf-8", "surrogateescape"), safe="/")
    return {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri, "uriBaseId": _ROOT}


def _notification(id_: str, level: str, text: str, place: Place) -> dict[str, Any]:
    return {
        "descriptor": {"id": id_},
        "level": level,
        "message": {"text": folded(text)},
        "locations": [_location(place, None)],
    }
