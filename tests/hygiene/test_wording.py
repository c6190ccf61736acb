"""What is English belongs to those who write rules: no word of a letter is spelled out where letters are read."""

from pathlib import Path

import pytest

from tests.hygiene.tree import ROOT, python_files
from tests.hygiene.wording import wordings

PACKAGES = ("checker/observing/", "checker/judging/")
NO_ENGLISH = {
    "acoem": "the id of a guideline in rules/guidelines",
    r"(?<!Non-)(?<!Non )\bMTUS\b": "how the form prints a citation, not how a reviewer writes",
    r"\d\s{0,2}of\s{1,2}(\d{1,4})\b": "how a page is printed in a citation: 8 of 127",
}
"""Literals that are held against text and are no wording that a rule author may wish to change, with the reason."""

READ = """
import re
_ENDS = ("week", "month")
_CUT = re.compile(r"[,;] (?:and|but) ")
_GROUP = re.compile(r"(?P<value>\\d+)(?P=value)[a-z]{2}")


def read(folded, token, entry, kinds):
    \"""Reads "a word" of a letter.\"""
    first = folded.startswith("if ")
    second = " and " in folded
    third = token.text in _ENDS
    fourth = token.text == "half"
    fine = entry.status == "documented" and "time" in kinds and folded.startswith((",", ";")) and kinds.count("rate")
    return first, second, third, fourth, fine, Fact("a.name", derivation="the summary tells of none")
"""


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_no_word_of_a_letter_is_spelled_out_where_letters_are_read() -> None:
    files = [path for path in python_files() if shown(path).startswith(PACKAGES)]
    found = list(wordings(files))
    assert len(files) > 80
    assert [f"{shown(w.file)}:{w.line}: {w.text!r}" for w in found if w.text not in NO_ENGLISH] == []
    assert {w.text for w in found} == set(NO_ENGLISH), "an exception that nothing needs any more"


def test_a_word_is_seen_where_it_is_held_against_text(tmp_path: Path) -> None:
    file = tmp_path / "read.py"
    file.write_text(READ, encoding="utf-8")
    assert [w.text for w in wordings([file])] == ["month", "week", "[,;] (?:and|but) ", "if ", " and ", "half"]


@pytest.mark.parametrize(
    "line",
    [
        'x = words.replace("-year", " year")',
        'x = re.search("no visits", words)',
        'x = part.folded[1:].endswith("mg")',
        'x = folded.find(" if ")',
        'x = any(word in ("a day", "per day") for word in row)',
        'x = _text(tokens, at) in ("for", "x", "times")',
        'x = rf"{number} (?:weeks|months)"',
    ],
)
def test_each_way_of_asking_is_seen(tmp_path: Path, line: str) -> None:
    file = tmp_path / "line.py"
    file.write_text(f"{line}\n", encoding="utf-8")
    assert list(wordings([file]))
