"""The formats of check, held against files; `python -m tests.reporting.test_check_output` writes them anew."""

import io
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from checker.batch.letters import Failed, Letter
from checker.batch.selection import Exit, FailOn, Policy, Selection, exit_code
from checker.batch.versions import Versions
from checker.model.facts import Confidence
from checker.model.findings import Severity
from checker.reporting.document import Format, Output, Run, write_checks
from tests.reporting import samples
from tests.reporting.builders import RULES

GOLDEN = Path(__file__).parent / "golden"
VERSIONS = Versions("1.2.3", RULES)
TITLES = {"FAC005": "The rationale denies what the summary documents", "SAF001": "A drug is stopped without weaning"}
SUFFIX = {
    Format.TEXT: "txt",
    Format.JSON: "json",
    Format.JSONL: "jsonl",
    Format.SARIF: "sarif",
    Format.JUNIT: "xml",
    Format.GITHUB: "github.txt",
    Format.GITLAB: "gitlab.json",
    Format.MARKDOWN: "md",
}


def batch() -> list[Letter]:
    return [
        samples.pain(),
        samples.clean(),
        samples.hostile(),
        samples.foreign(),
        samples.unreadable(),
        Failed("broken", "letters/broken.txt", "cd" * 32, "internal error: KeyError at rules.py:7"),
    ]


def output(
    letters: Sequence[Letter], form: Format, selection: Selection | None = None, fail_on: FailOn = FailOn.ERROR
) -> tuple[str, Exit]:
    out = io.StringIO()
    run = Run(Policy(selection or Selection(), fail_on), VERSIONS, titles=TITLES)
    tally = write_checks(letters, [Output(form, out)], run)
    return out.getvalue(), exit_code(tally, fail_on)


@pytest.mark.parametrize("form", list(Format))
def test_the_output_is_the_golden_file(form: Format) -> None:
    expected = (GOLDEN / f"check.{SUFFIX[form]}").read_text("utf-8")
    assert output(batch(), form)[0] == expected


def test_two_runs_give_the_same_bytes() -> None:
    for form in Format:
        assert output(batch(), form) == output(batch(), form)


def test_several_formats_at_once_are_what_each_is_alone() -> None:
    outs = {form: io.StringIO() for form in Format}
    run = Run(Policy(), VERSIONS, titles=TITLES)
    write_checks(batch(), [Output(form, out) for form, out in outs.items()], run)
    assert {form: out.getvalue() for form, out in outs.items()} == {form: output(batch(), form)[0] for form in Format}


def test_a_json_document_is_one_document_even_without_letters() -> None:
    whole = json.loads(output(batch(), Format.JSON)[0])
    assert [letter["doc"] for letter in whole["letters"]][:2] == ["sample-0001", "sample-0002"]
    assert whole["counts"]["failed"] == 1
    assert whole["exit_code"] == 2
    assert json.loads(output([], Format.JSON)[0])["letters"] == []


def test_filters_change_what_is_shown_and_counted() -> None:
    text, code = output([samples.pain()], Format.TEXT, Selection(select=("SAF", "CIT"), severity=Severity.WARNING))
    assert "SAF001" in text
    assert "DEC002" not in text
    assert "CIT002" not in text
    assert "1 finding: 0 errors, 1 warning, 0 notes, 3 more hidden by filters" in text
    assert code is Exit.CLEAN
    text, code = output([samples.pain()], Format.TEXT, Selection(confidence=Confidence.HIGH, ignore=("DEC002",)))
    assert [line.split()[1] for line in text.splitlines() if line.startswith("sample-0001:")] == ["FAC005"]
    assert code is Exit.FOUND


def test_a_terminal_gets_colours_and_the_same_words() -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    write_checks([samples.pain()], [Output(Format.TEXT, out)], Run(Policy(), VERSIONS))
    plain = output([samples.pain()], Format.TEXT)[0]
    assert "\x1b[" in out.getvalue()
    assert re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()).split() == plain.split()


def test_a_letter_cannot_steer_the_terminal() -> None:
    judgement = samples.hostile("a\x1b]0;owned\x07b")
    text = output([judgement], Format.TEXT)[0]
    assert "\x1b" not in text
    assert "a[ESC]]0;owned[BEL]b" in text


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for wanted in Format:
        (GOLDEN / f"check.{SUFFIX[wanted]}").write_text(output(batch(), wanted)[0], "utf-8", newline="\n")
