"""What docs/tutorial.md tells a new reviewer to do works as it is told, command by command."""

import http.client
import json
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner

from checker.cli.app import app
from checker.review.log import VerdictLog
from checker.review.statements import fingerprint_of
from tests.hygiene.tree import ROOT
from tests.review.statements import statement

PAGE = (ROOT / "docs" / "tutorial.md").read_text("utf-8")
SHELL = {"cp", "cat", "sed"}
NUMBER = re.compile(r"\d[\d.,]*")
TYPED = re.compile(r"^(?:reason)?> (.*)$")


def steps() -> Iterator[tuple[str, list[str]]]:
    """Each command of the page with the lines below it."""
    shown = "\n".join(line[4:] for line in PAGE.splitlines() if line.startswith("    "))
    for block in re.split(r"^\$ ", shown, flags=re.MULTILINE)[1:]:
        command, *lines = block.splitlines()
        yield command, [line for line in lines if line.strip()]


def alike(line: str) -> str:
    """A line without its figures, which change with the rules, and without the hash of a finding."""
    return NUMBER.sub("0", re.sub(r"\(?\b[0-9a-f]{16,}\)?", "", " ".join(line.split())))


class Review:
    """The first reviewer: says over the desk what she says with the keys of the page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def serve(self, command: str, shown: list[str]) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "checker.cli", *shlex.split(command)[1:]],
            stdout=subprocess.PIPE,
            text=True,
            cwd=self.folder,
        )
        assert process.stdout is not None
        said = [process.stdout.readline() for _ in shown]
        address = said[0].removeprefix("Open ").strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[\w-]{20,}/index\.html", address)
        assert said[1].startswith("Verdicts go to ")
        assert said[1].strip().endswith("out/verdicts.jsonl; stop with Ctrl-C.")
        try:
            self.through(address)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(20)

    def through(self, address: str) -> None:
        """Every finding of the one sample, the second one dismissed; nothing missed in the letters of the other."""
        at = urlsplit(address)
        root = at.path.removesuffix("index.html")
        wanted = {(unit["doc"], unit["item"]) for unit in self.sample("q1.json")}
        lines = (self.folder / "out/first/findings.jsonl").read_text("utf-8").splitlines()
        found = [(d, f) for d in map(json.loads, lines) for f in d["findings"] if (d["doc"], f["item"]) in wanted]
        verdicts = [{"fingerprint": f["fingerprint"], "verdict": "confirmed"} for _, f in found]
        verdicts[1] |= {"verdict": "dismissed", "reason": "evidence_misread"}
        verdicts += [
            {
                "fingerprint": fingerprint_of("", u["doc"], 0, ""),
                "doc": u["doc"],
                "sha256": u["sha256"],
                "verdict": "clean",
            }
            for u in self.sample("clean.json")
        ]
        for verdict in verdicts:
            connection = http.client.HTTPConnection("127.0.0.1", at.port or 0, timeout=20)
            told = {**verdict, "item": 0, "reviewer": "A. Reviewer", "role": "QA nurse"}
            headers = {"Content-Type": "application/json", "Origin": f"{at.scheme}://{at.netloc}"}
            connection.request("POST", f"{root}api/verdicts", json.dumps(told), headers)
            answer = connection.getresponse()
            assert answer.status == 201, answer.read()
            connection.close()

    def sample(self, name: str) -> list[dict[str, str]]:
        units: list[dict[str, str]] = json.loads((self.folder / "out" / name).read_text("utf-8"))["units"]
        return units


def shell(command: str) -> None:
    done = subprocess.run(command, shell=True, check=False, capture_output=True, text=True)  # noqa: S602 (our own page)
    assert done.returncode == 0, f"{command}: {done.stderr}"


def typed(command: str, shown: list[str]) -> str:
    """Run a command of the program with the keys that stand behind its prompts; what it printed."""
    keys = [match[1] for line in shown if (match := TYPED.match(line))]
    words = shlex.split(command)[1:]
    result = CliRunner().invoke(app, words, input="".join(f"{key}\n" for key in keys))
    assert result.exit_code in ((0, 1) if words[0] == "audit" else (0,)), f"{command}: {result.output}"
    return result.stdout


def test_every_command_works_as_it_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "fixtures").symlink_to(ROOT / "fixtures")
    (tmp_path / "out").mkdir()  # where the demo of the first step writes
    # What a browser exports, by a reviewer of another letter.
    exported = VerdictLog(tmp_path / "verdicts-exported.jsonl")
    exported.append(statement(doc="elsewhere", reviewer="A. Reviewer", role="QA nurse"))
    done: list[str] = []
    for command, shown in steps():
        name, _, rest = command.partition(" ")
        done.append(f"{name} {rest.split(' ')[0]}")
        if name in SHELL:
            shell(command)
        elif done[-1] == "imrcheck serve":
            Review(tmp_path).serve(command, shown)
        elif name == "imrcheck":
            said = {alike(line) for line in typed(command, shown).splitlines()}
            for line in shown:
                assert TYPED.match(line) or alike(line) in said, f"{command}: {line!r} is not in\n{sorted(said)}"
        else:
            assert command in {"sh run demo", ". .venv/bin/activate"}, command
    commands = {"audit", "sample", "serve", "review", "agreement", "worksheet"}
    assert {f"imrcheck {command}" for command in commands} <= set(done)
    audit = (tmp_path / "out/first/audit.html").read_text("utf-8")
    for words in ("A. Reviewer", "B. Second", "C. Chief", "2026-Q1", "Dismissed on review", "9. Sign-off"):
        assert words in audit, words
    assert (tmp_path / "out/first/report.html").is_file()
    assert "soma-wrong-page" in (tmp_path / "out/second/differences.html").read_text("utf-8")
    assert not list((tmp_path / "out/shared").rglob("*soma*"))


def test_its_pictures_are_there_and_small() -> None:
    pictures: list[str] = re.findall(r"\]\((images/[\w-]+\.png)\)", PAGE)
    assert len(pictures) >= 5
    for picture in pictures:
        assert 5_000 < (ROOT / "docs" / picture).stat().st_size < 200_000, picture


def test_what_leads_to_it() -> None:
    for page in ("README.md", "docs/report.md", "docs/reviewing.md"):
        assert "tutorial.md" in (ROOT / page).read_text("utf-8"), page
