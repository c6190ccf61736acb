"""What docs/authoring.md tells a physician reviewer to do works as it is told, word by word."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checker.cli.app import app
from tests.hygiene.tree import ROOT

PAGE = (ROOT / "docs" / "authoring.md").read_text("utf-8")
STORY = PAGE[PAGE.index("## A criterion from start to end") : PAGE.index("## How folders lie over each other")]
YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)
FILE = re.compile(r"`(my-rules/[^`]+\.yaml)`")


def steps() -> Iterator[tuple[str, str]]:
    """Commands with the output that is shown, and files with what they are to hold, in the order of the page."""
    for part in re.split(r"\n### ", STORY)[1:]:
        pieces = YAML.split(part)
        for n, piece in enumerate(pieces):
            if n % 2:
                names = FILE.findall("".join(pieces[:n]))
                yield (names[-1] if names and not piece.startswith("    - id:") else "", piece)
            else:
                shown = [line[4:] for line in piece.splitlines() if line.startswith("    ")]
                for block in re.split(r"^\$ ", "\n".join(shown), flags=re.MULTILINE)[1:]:
                    command, _, output = block.partition("\n")
                    yield f"$ {command}", output


def fill_in(file: str, text: str) -> None:
    """Writes a file; an entry without a file takes the place of the last one of the topic that was just made."""
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        Path(file).write_text(text, "utf-8")
        return
    topic = next(Path("my-rules/criteria").rglob("topic.yaml"))
    held = topic.read_text("utf-8")
    topic.write_text(held[: held.index(text.splitlines()[0])] + text, "utf-8")


def test_the_walkthrough_works_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    done: list[str] = []
    for command, shown in steps():
        if not command.startswith("$ "):
            fill_in(command, shown)
            continue
        arguments = shlex.split(command)[2:]
        result = CliRunner().invoke(app, arguments)
        done.append(" ".join(arguments[:2]))
        findings = arguments[0] == "check" or arguments[1] == "diff"
        assert result.exit_code in ((0, 1) if findings else (0,)), f"{command}: {result.output}"
        said = [" ".join(line.split()) for line in result.stdout.splitlines()]
        for line in filter(str.strip, shown.splitlines()):
            assert " ".join(line.split()) in said, f"{command}: {line!r} is not in\n{result.stdout}"
    assert {"rules new", "rules check", "rules test", "rules try", "rules diff", "rules docs", "rules list"} <= set(
        done
    )
    page = (tmp_path / "book" / "CRI-PSY-misapplied.md").read_text("utf-8")
    assert "First written." in page
    assert "Audit manual of the department, first edition; Approvals; page 4" in page
    assert "What the sessions are to achieve" in (tmp_path / "book" / "topic-psychological.md").read_text("utf-8")
