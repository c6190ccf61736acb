"""What every file of the project keeps to."""

import ast
import re
import tempfile
from pathlib import Path

from tests.hygiene.tree import ROOT, project_files, python_files, text_files

CASE_NUMBER = re.compile(r"CM1\d-(\d{7})")
INVENTED = re.compile(r"0990\d{3}|0000\d{3}")
"""The range of case numbers that this project keeps for letters of its own, and numbers that nobody takes for one."""

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:root|home/\w+|Users/\w+)/")
CATCH_ALL_NAMES = {"utils", "util", "helpers", "helper", "misc", "common"}
LONGEST_PYTHON_FILE = 450
LONGEST_LINE = 400
PROSE_AND_PAGES = {".md", ".toml", ".css", ".js", ".html"}
"""Nobody writes a longer line by hand. Python's own limit is the linter's business, word lists and JSON have none."""

GENERATED = {ROOT / "requirements" / f"{name}.txt" for name in ("build", "run", "dev")}
RAW = (ROOT / "fixtures/hostile", ROOT / "fixtures/letters", ROOT / "fixtures/pdf-source")


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").split("\n")


def written_by_hand() -> list[Path]:
    """Text files whose form is ours to choose."""
    return [path for path in text_files() if path not in GENERATED and not any(raw in path.parents for raw in RAW)]


def test_there_is_something_to_check() -> None:
    assert len(python_files()) > 40
    assert ROOT / "run" in project_files()


def test_no_case_number_but_invented_ones() -> None:
    wrong = {
        f"{shown(path)}:{number}: {match[0]}"
        for path in project_files()
        for number, line in enumerate([path.name, *lines(path)])
        for match in CASE_NUMBER.finditer(line)
        if not INVENTED.fullmatch(match[1])
    }
    assert not wrong


def test_the_pattern_of_case_numbers_knows_one_when_it_sees_it() -> None:
    real = CASE_NUMBER.search("Case Number: CM16-" + "0123456 Date")
    assert real
    assert not INVENTED.fullmatch(real[1])


def test_no_path_of_a_machine() -> None:
    parent = f"{ROOT.parent}/"
    # A folder that every machine has tells nothing: the docs may write to it wherever this checkout lies.
    own = ROOT.parent not in (Path("/"), Path(tempfile.gettempdir()))
    wrong = [
        f"{shown(path)}:{number}"
        for path in text_files()
        for number, line in enumerate(lines(path), 1)
        if MACHINE_PATH.search(line) or (own and parent in line)
    ]
    assert not wrong


def test_no_python_file_hides_a_second_idea() -> None:
    long = {shown(path): len(lines(path)) for path in python_files() if len(lines(path)) > LONGEST_PYTHON_FILE}
    assert not long


def test_names_say_what_is_inside() -> None:
    assert not [shown(path) for path in python_files() if path.stem in CATCH_ALL_NAMES]
    assert not [shown(path) for path in python_files() if path.parent.name in CATCH_ALL_NAMES]


def test_lines_were_written_by_hand() -> None:
    wrong = [
        f"{shown(path)}:{number} ({len(line)})"
        for path in written_by_hand()
        if path.suffix in PROSE_AND_PAGES
        for number, line in enumerate(lines(path), 1)
        if len(line) > LONGEST_LINE
    ]
    assert not wrong


def test_text_is_utf8_with_plain_line_ends_and_a_last_one() -> None:
    wrong = []
    for path in written_by_hand():
        data = path.read_bytes()
        try:
            data.decode("utf-8")
        except UnicodeDecodeError:
            wrong.append(shown(path))
        if b"\r" in data or (data and not data.endswith(b"\n")):
            wrong.append(shown(path))
    assert not wrong


def test_nothing_is_left_for_later_in_the_code() -> None:
    marks = re.compile("TO" + r"DO\b|FIX" + r"ME\b|XX" + r"X\b|NotImplemented" + "Error")
    wrong = [
        f"{shown(path)}:{number}"
        for path in python_files()
        for number, line in enumerate(lines(path), 1)
        if marks.search(line)
    ]
    assert not wrong


def test_no_concept_is_named_in_the_program() -> None:
    """A rule author adds concepts; what asks for some of them asks for their kind (``tells_of``)."""
    concepts = {path.stem for path in (ROOT / "rules/lexicon/concepts").glob("*.yaml")}
    scaffolded = {"checker/authoring/scaffold.py"}  # a new rule excuses an explicit rebuttal where the book has one
    named = [
        f"{shown(path)}: {node.value}"
        for path in python_files()
        if shown(path).startswith("checker/") and shown(path) not in scaffolded
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in concepts
    ]
    assert len(concepts) > 100
    assert named == []
