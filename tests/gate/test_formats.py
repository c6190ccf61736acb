"""The formats of other programs, held against schemas and readers that are not ours."""

import io
import json
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import junitparser
import pytest
import xmlschema
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from checker.batch.letters import Failed, Letter
from checker.batch.selection import FailOn, Policy
from checker.batch.versions import Versions
from checker.model.findings import Judgement
from checker.reporting.document import Format, Output, Run, write_checks
from tests.gate.findings import baseline, findings, gate, letter, suppression, suppressions
from tests.reporting import samples

SCHEMAS = Path(__file__).parent / "schemas"
VERSIONS = Versions("1.2.3", "ab" * 32)
# What GitHub's runner takes for a command: a line that begins so, white space before it or not.
COMMAND = re.compile(r"\s*::")
HOSTILE = st.text(st.characters(codec="utf-8"), max_size=60) | st.sampled_from(
    (
        "::error::owned\n::set-output name=a::b",
        "%0A::stop-commands::x",
        "a|b\n| --- |\n# head",
        "<script>alert(1)</script> ![x](http://evil.example)",
        "]]>&amp;<![CDATA[",
        "\x00\x1b[31m\u202e\ufffe",
        "@everyone see https://evil.example and www.evil.example #12",
    )
)


@cache
def sarif() -> Any:
    return jsonschema.Draft4Validator(json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text("utf-8")))


@cache
def junit() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(SCHEMAS / "junit-10.xsd")


def batch() -> list[Letter]:
    broken = Failed("broken", "letters/broken.txt", "cd" * 32, "internal error: KeyError at rules.py:7")
    return [letter(), samples.clean(), samples.hostile(), samples.foreign(), samples.unreadable(), broken]


def written(form: Format, letters: Sequence[Letter], *, gated: bool = False, fail_on: FailOn = FailOn.ERROR) -> str:
    out = io.StringIO()
    first, second, third, *_ = findings()
    old = suppression(third, item=77)
    known = gate(baseline(first), suppressions(suppression(second), old)) if gated else None
    run = Run(Policy(fail_on=fail_on), VERSIONS, gate=known, titles={first.code: "What it finds"})
    write_checks(letters, [Output(form, out)], run)
    return out.getvalue()


def sarif_run(letters: Sequence[Letter], *, gated: bool = False) -> dict[str, Any]:
    log = json.loads(written(Format.SARIF, letters, gated=gated))
    assert [error.message for error in sarif().iter_errors(log)] == []
    (run,) = log["runs"]
    return dict(run)


@pytest.mark.parametrize("gated", [False, True])
@pytest.mark.parametrize("letters", [[], [samples.clean()], batch()], ids=["none", "clean", "all"])
def test_sarif_keeps_to_its_schema(letters: list[Letter], gated: bool) -> None:
    run = sarif_run(letters, gated=gated)
    shown = sum(len(getattr(one, "findings", ())) for one in letters)
    assert len(run["results"]) == shown


def test_sarif_tells_what_is_known_and_what_could_not_be_checked() -> None:
    run = sarif_run(batch(), gated=True)
    first, second, *_ = findings()
    by_print = {result["partialFingerprints"]["imrcheck/v1"]: result for result in run["results"]}
    assert by_print[first.fingerprint]["baselineState"] == "unchanged"
    (accepted,) = by_print[second.fingerprint]["suppressions"]
    assert accepted["status"] == "accepted"
    assert "answered by letter" in accepted["justification"]
    open_ones = [r for r in run["results"] if r["baselineState"] == "new" and not r["suppressions"]]
    assert len(open_ones) == len(run["results"]) - 2
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    assert [n["level"] for n in invocation["toolExecutionNotifications"]] == ["warning", "warning", "error"]
    assert "suppresses nothing" in invocation["toolConfigurationNotifications"][0]["message"]["text"]


def test_sarif_places_slice_the_letter() -> None:
    source = letter().facts.determination.source
    lines = source.raw.split("\n")
    placed = 0
    for result, finding in zip(sarif_run([letter()])["results"], findings(), strict=True):
        region = result["locations"][0]["physicalLocation"]["region"]
        start, end = finding.evidence[0].span.start, finding.evidence[0].span.end
        at = sum(len(line) + 1 for line in lines[: region["startLine"] - 1]) + region["startColumn"] - 1
        last = sum(len(line) + 1 for line in lines[: region["endLine"] - 1]) + region["endColumn"] - 1
        assert source.raw[at:last] == source.raw[start:end]
        placed += 1
    assert placed == len(findings())


def test_sarif_names_every_code_of_a_result_that_has_words() -> None:
    run = sarif_run([letter()])
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [findings()[0].code]


@pytest.mark.parametrize("fail_on", list(FailOn))
@pytest.mark.parametrize("gated", [False, True])
def test_junit_keeps_to_its_schema_and_its_numbers_add_up(fail_on: FailOn, gated: bool) -> None:
    text = written(Format.JUNIT, batch(), gated=gated, fail_on=fail_on)
    assert [error.reason for error in junit().iter_errors(text)] == []
    suites = list(junitparser.JUnitXml.fromstring(text.encode()))
    for suite in suites:
        cases = list(suite)
        assert suite.tests == len(cases)
        results = [result for case in cases for result in case.result]
        assert suite.failures == sum(isinstance(r, junitparser.Failure) for r in results)
        assert suite.errors == sum(isinstance(r, junitparser.Error) for r in results)
        assert suite.skipped == sum(isinstance(r, junitparser.Skipped) for r in results)
        assert len({(case.classname, case.name) for case in cases}) == len(cases)


def test_junit_fails_what_fails_the_run() -> None:
    def failures(fail_on: FailOn) -> int:
        text = written(Format.JUNIT, [letter()], fail_on=fail_on)
        return sum(suite.failures for suite in junitparser.JUnitXml.fromstring(text.encode()))

    counts = [sum(f.severity.rank >= least for f in findings()) for least in (2, 1, 0)]
    assert [failures(FailOn.ERROR), failures(FailOn.WARNING), failures(FailOn.NOTE)] == counts
    assert failures(FailOn.NEVER) == 0
    assert len(set(counts)) == 3


def test_gitlab_gives_every_issue_a_fingerprint_of_its_own() -> None:
    issues = json.loads(written(Format.GITLAB, batch(), gated=True))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    for issue in issues:
        assert issue.keys() == {"check_name", "description", "fingerprint", "location", "severity"}
        assert issue["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert not issue["location"]["path"].startswith("./")
        assert issue["location"]["lines"]["begin"] >= 1
    by_name = [issue["check_name"] for issue in issues if issue["severity"] == "blocker"]
    assert by_name == ["not-checked", "not-checked", "not-checked", "gate"]
    assert sum(issue["severity"] == "info" for issue in issues) == 2
    assert json.loads(written(Format.GITLAB, [])) == []


def test_letters_of_one_name_do_not_hide_each_other() -> None:
    first = letter()
    parsed = first.facts.determination
    source = replace(parsed.source, source="letters/other/sample-0001.txt", sha256="ee" * 32)
    second = replace(first, facts=replace(first.facts, determination=replace(parsed, source=source)))
    number = 2 * len(first.findings)
    marks = [r["partialFingerprints"]["primaryLocationLineHash"] for r in sarif_run([first, second])["results"]]
    assert len(set(marks)) == number
    issues = json.loads(written(Format.GITLAB, [first, second]))
    assert len({issue["fingerprint"] for issue in issues}) == len(issues) == number
    tests = [
        (case.classname, case.name)
        for suite in junitparser.JUnitXml.fromstring(written(Format.JUNIT, [first, second]).encode())
        for case in suite
    ]
    assert len(set(tests)) == len(tests)
    assert "sample-0001 (letters/other/sample-0001.txt)" in {name for name, _ in tests}


def test_a_known_finding_of_a_letter_with_a_bad_name_is_no_command() -> None:
    out = io.StringIO()
    finding = findings()[0]
    made = gate(None, suppressions(suppression(finding, reason="##[stop-commands]x")))
    write_checks([letter()], [Output(Format.GITHUB, out)], Run(Policy(), VERSIONS, gate=made))
    plain = [line for line in out.getvalue().splitlines() if not COMMAND.match(line)]
    assert any("## [stop-commands]x" in line for line in plain)
    assert not any("##[" in line for line in plain)


def itemless() -> Judgement:
    """sample-0001 cut off before its first item, with the finding on the letter as a whole that it then has."""
    made = letter()
    parsed = replace(made.facts.determination, items=())
    found = tuple(replace(finding, item=0) for finding in made.findings[:1])
    return replace(made, facts=replace(made.facts, determination=parsed, criteria=()), items=(), findings=found)


@pytest.mark.parametrize("form", Format)
def test_a_letter_without_an_item_is_named_where_the_run_is_red_for_it(form: Format) -> None:
    bare = replace(itemless(), findings=())
    told = written(form, [bare])
    assert form in (Format.JSON, Format.JSONL) or "no disputed item was found" in told
    assert bare.facts.determination.source.doc in told
    assert findings()[0].code in written(form, [itemless()])


def test_a_letter_without_an_item_is_counted_where_its_run_is_red() -> None:
    told = json.loads(written(Format.JSON, [replace(itemless(), findings=()), samples.clean()]))
    assert (told["counts"]["judged"], told["counts"]["itemless"], told["exit_code"]) == (2, 1, 1)


def test_a_letter_without_an_item_is_an_error_of_its_test() -> None:
    text = written(Format.JUNIT, [itemless()])
    assert junit().is_valid(text)
    (suite,) = junitparser.JUnitXml.fromstring(text)
    assert (suite.errors, suite.failures) == (1, 1)


def commands(text: str) -> list[str]:
    return [line for line in text.splitlines() if COMMAND.match(line)]


def test_github_has_an_annotation_for_all_that_makes_the_run_red() -> None:
    told = commands(written(Format.GITHUB, batch(), gated=True))
    shown = sum(len(getattr(one, "findings", ())) for one in batch())
    annotations = [line for line in told if line.startswith(("::error ", "::warning ", "::notice "))]
    assert len(annotations) == shown - 2 + 3 + 1
    assert [line for line in told if line not in annotations] == ["::group::2 known findings", "::endgroup::"]


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_no_letter_speaks_for_us(words: str) -> None:
    letters = [samples.hostile(words)]
    github = commands(written(Format.GITHUB, letters))
    assert [line[:8] for line in github] == ["::error "]
    assert sarif_run(letters)["results"]
    text = written(Format.JUNIT, letters)
    assert junit().is_valid(text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(written(Format.MARKDOWN, letters))
    kinds = [token.type for token in tokens]
    assert kinds.count("table_open") == 1
    assert "html_block" not in kinds
    cells = [child for token in tokens for child in token.children or () if token.type == "inline"]
    assert {child.type for child in cells} <= {"text", "html_inline", "strong_open", "strong_close", "text_special"}
    assert {child.content for child in cells if child.type == "html_inline"} <= {"<br>"}


def test_markdown_is_cut_and_says_so() -> None:
    many = [letter()] * 60
    text = written(Format.MARKDOWN, many)
    rows = sum(line.startswith(f"| {letter().facts.determination.source.doc}:") for line in text.splitlines())
    assert 20 < rows <= 200
    assert f"{60 * len(findings()) - rows} more are not shown here." in text
    assert len(text) < 65_536


def test_the_known_are_listed_in_every_format() -> None:
    first, second, *_ = findings()
    for form in Format:
        text = written(form, [letter()], gated=True)
        assert first.code in text, form
        assert second.code in text, form
        assert "answered by letter" in text, form


def test_text_and_json_tell_known_from_counting() -> None:
    text = written(Format.TEXT, [letter()], gated=True)
    assert "[baselined]" in text
    assert "[suppressed until 2026-12-31 by QA: answered by letter]" in text
    assert "1 baselined, 1 suppressed" in text
    document = json.loads(written(Format.JSON, [letter()], gated=True))
    assert document["gate"]["baselined"] == document["gate"]["suppressed"] == 1
    assert [problem["line"] for problem in document["gate"]["problems"]] == [8]
    states = [finding.get("known", {}).get("state") for finding in document["letters"][0]["findings"]]
    assert sorted(state for state in states if state) == ["baselined", "suppressed"]
    counts = document["counts"]
    assert counts["errors"] + counts["warnings"] + counts["notes"] == len(findings()) - 2
