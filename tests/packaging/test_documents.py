"""What the documents claim."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from checker.knowledge.stored import VARIABLE
from tests.hygiene.tree import ROOT, project_files
from tests.shipped import the_rulebook

DOCUMENTS = tuple(path for path in project_files() if path.suffix == ".md" and "tests" not in path.parts)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PYTHON = re.compile(r"^```python\n(.+?)^```", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]+")


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def snippets() -> list[tuple[str, str]]:
    return [
        (f"{named(path)}-{number}", code)
        for path in DOCUMENTS
        for number, code in enumerate(PYTHON.findall(path.read_text(encoding="utf-8")), 1)
        if path.name != "data.md"  # its examples need a run: tests/batch/test_data_page.py gives them one
    ]


@pytest.mark.parametrize("path", DOCUMENTS, ids=named)
def test_every_link_leads_to_a_file(path: Path) -> None:
    links = [link for link in LINK.findall(path.read_text(encoding="utf-8")) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_what_the_threat_model_names_is_there() -> None:
    text = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    named_there = re.findall(r"`((?:tests|benchmarks|requirements)/[\w./-]*)`", text)
    assert len(set(named_there)) > 12
    assert [path for path in named_there if not (ROOT / path).exists()] == []


@pytest.mark.parametrize(("name", "code"), snippets(), ids=[name for name, _ in snippets()])
def test_every_python_example_runs_and_prints(tmp_path: Path, name: str, code: str) -> None:
    shutil.copytree(ROOT / "fixtures/letters", tmp_path / "letters")
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "PATH": "", VARIABLE: os.environ[VARIABLE]},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, f"{name}: {run.stderr}"
    assert "DEC001" in run.stdout


def test_every_command_of_the_readme_exists_with_the_options_it_shows() -> None:
    lines = [line for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines() if "    imrcheck " in line]
    assert len(lines) >= 4
    for line in lines:
        shown = line.split("#")[0].split()
        run = subprocess.run(
            [sys.executable, "-m", "checker.cli", shown[1], "--help"],
            cwd=ROOT,
            env={"PATH": "", "COLUMNS": "200", "TERM": "dumb", VARIABLE: os.environ[VARIABLE]},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, line
        assert all(option in run.stdout for option in OPTION.findall(line)), line


def test_the_changelog_names_exactly_the_codes_that_are_judged() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("### Rules")[1]
    claimed = set()
    for first, last in re.findall(r"([A-Z]{3}\d{3})(?: to [A-Z]{3}(\d{3}))?", text):
        family, start = first[:3], int(first[3:])
        claimed |= {f"{family}{number:03d}" for number in range(start, int(last or start) + 1)}
    assert claimed == {rule.code for rule in the_rulebook().active if not rule.code.startswith("CRI-")}


def test_the_flag_that_the_readme_shows_is_what_the_program_says() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    command, *shown = text[text.index("    $ imrcheck check ") :].split("\n\n")[0].splitlines()
    run = subprocess.run(
        [sys.executable, "-m", "checker.cli", *command.split()[2:]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    said = run.stdout.splitlines()
    assert shown
    assert [line for line in shown if line[4:] not in said] == []
