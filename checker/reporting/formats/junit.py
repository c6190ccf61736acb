"""JUnit's XML as Jenkins, GitLab and others read it: a suite a letter, a test a disputed item, a failure a finding.

Findings below --fail-on are told in the output of their test, known ones are skipped tests, letters that could not be
checked are errors. It keeps to the schema of Jenkins' xUnit plugin (junit-10.xsd).
"""

from collections.abc import Iterator
from typing import TextIO
from xml.etree import ElementTree as ET

from checker.batch.selection import FailOn
from checker.model.findings import Severity
from checker.reporting.formats.entry import Ending, Entry, Occurrences, known_words
from checker.reporting.visible import folded
from checker.reporting.wire_check import FindingRecord

_INDENT = "  "


class JUnit:
    """Writes a suite a letter."""

    def __init__(self, out: TextIO, fail_on: FailOn) -> None:
        self._out = out
        self._least = None if fail_on is FailOn.NEVER else Severity(fail_on.value).rank
        self._occurrences = Occurrences()
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="imrcheck">\n')

    def entry(self, entry: Entry) -> None:
        """Write the suite of a letter."""
        doc = self._name(entry)
        suite = ET.Element("testsuite", name=_text(doc))
        if entry.not_checked:
            case = _case(suite, doc, "items" if entry.itemless else "letter")
            ET.SubElement(case, "error", message=_text(entry.why), type="not-checked").text = _text(
                entry.record["source"]
            )
        if entry.itemless or not entry.not_checked:
            for number, words in _tests(entry):
                self._item(suite, entry, doc, (number, words))
        self._close(suite)

    def end(self, ending: Ending) -> None:
        """Write a suite for the entries of the gate that are out of date, and close the file."""
        if ending.gated:
            suite = ET.Element("testsuite", name="baseline and suppressions")
            if not ending.problems:
                _case(suite, "gate", "entries")
            for problem in ending.problems:
                case = _case(suite, "gate", f"{problem.file}:{problem.line}")
                told = problem.message + (f" ({problem.hint})" if problem.hint else "")
                ET.SubElement(case, "error", message=_text(told), type="gate").text = _text(str(problem))
            self._close(suite)
        self._out.write("</testsuites>\n")

    def _name(self, entry: Entry) -> str:
        """The name of a letter; of a second one of that name, with its place."""
        doc = entry.record["doc"]
        return doc if self._occurrences.of(doc) == 1 else f"{doc} ({entry.record['source']})"

    def _item(self, suite: ET.Element, entry: Entry, doc: str, item: tuple[int, str]) -> None:
        number, words = item
        findings = [finding for finding in entry.record["findings"] if finding["item"] == number]
        failing = [finding for finding in findings if "known" not in finding and self._fails(finding)]
        told = [finding for finding in findings if "known" not in finding and not self._fails(finding)]
        for finding in failing:
            # A test holds one failure, so every finding has a test of its own.
            case = _case(suite, doc, f"{words}: {finding['code']} {finding['fingerprint'][:8]}")
            kind = f"{finding['code']}.{finding['severity']}"
            failure = ET.SubElement(case, "failure", message=_text(finding["message"]), type=kind)
            failure.text = _text("\n".join(_lines(entry, finding)))
        for finding in findings:
            if "known" in finding:
                case = _case(suite, doc, f"{words}: {finding['code']} {finding['fingerprint'][:8]}")
                message = _text(f"{known_words(finding)}; {finding['message']}")
                ET.SubElement(case, "skipped", message=message, type=finding["code"])
        if not failing:
            case = _case(suite, doc, words)
            if told:
                lines = (line for finding in told for line in _lines(entry, finding))
                ET.SubElement(case, "system-out").text = _text("\n".join(lines))

    def _fails(self, finding: FindingRecord) -> bool:
        return self._least is not None and Severity(finding["severity"]).rank >= self._least

    def _close(self, suite: ET.Element) -> None:
        for name, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            suite.set(name, str(sum(1 for _ in suite.iter(tag))))
        ET.indent(suite, _INDENT, 1)
        self._out.write(_INDENT + ET.tostring(suite, "unicode") + "\n")


def _case(suite: ET.Element, doc: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_text(doc), name=_text(name))


def _tests(entry: Entry) -> Iterator[tuple[int, str]]:
    yield 0, "letter"
    for item in entry.record["items"]:
        yield item["item"], f"item {item['item']}"


def _lines(entry: Entry, finding: FindingRecord) -> Iterator[str]:
    place = entry.place(finding)
    where = f"{place.path}:{place.line}" if place.line else place.path
    page = f", page {place.page}" if place.page else ""
    yield f"{where}{page}: {finding['code']} {finding['severity']}, {finding['confidence']} confidence"
    yield finding["message"]
    for evidence in finding["evidence"]:
        if evidence["quote"]:
            yield f'{evidence["part"]}: "{evidence["quote"]}"'


def _text(text: str) -> str:
    """Text as XML 1.0 can hold it: what it cannot hold shows by its name."""
    return "\n".join(folded(line) for line in text.split("\n"))
