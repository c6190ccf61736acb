"""The recipes of docs/gate.md do what the page says, as far as that can be seen without the services they are for."""

import datetime
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.testing import CliRunner

from checker.cli.app import app
from tests.cli.test_gate import git
from tests.hygiene.tree import ROOT

PAGE = (ROOT / "docs" / "gate.md").read_text("utf-8")
FLAGGED = ROOT / "fixtures" / "letters" / "soma-wrong-page.txt"
CLEAN = ROOT / "fixtures" / "letters" / "back-pain-trio-approved.txt"
QUIET = "--select=DOC003"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with letters, and imrcheck on the path."""
    folder, programs = tmp_path / "project", tmp_path / "bin"
    (folder / "letters").mkdir(parents=True)
    programs.mkdir()
    shutil.copy(FLAGGED, folder / "letters")
    (programs / "imrcheck").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m checker.cli "$@"\n', "utf-8")
    (programs / "imrcheck").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(folder)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "letters")
    return folder


def done(*command: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **more})


def test_every_command_of_the_page_runs(project: Path) -> None:
    yaml_text = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    soon = str(datetime.date.today() + datetime.timedelta(30))
    (project / "suppressions.yaml").write_text(yaml_text[0].replace("2027-06-30", soon), "utf-8")
    commands = re.findall(r"^    \$ imrcheck (.+)$", PAGE, re.MULTILINE)
    assert len(commands) >= 7
    said = {}
    for command in commands:
        result = CliRunner().invoke(app, command.split())
        assert result.exit_code in (0, 1), f"{command}: {result.output}"
        said[command] = result
    assert said["check letters --baseline accepted.jsonl"].exit_code == 0
    assert said["check letters --diff-base main"].exit_code == 0
    assert f"suppressed until {soon} by QA, J. Doe" in said["check letters --suppressions suppressions.yaml"].stdout


def test_the_settings_of_the_page_are_settings(project: Path) -> None:
    (toml,) = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)
    CliRunner().invoke(app, ["check", "letters", "--write-baseline", "accepted.jsonl"])
    (project / "suppressions.yaml").write_text("schema: 1\nsuppressions: []\n", "utf-8")
    (project / "imrcheck.toml").write_text(toml, "utf-8")
    result = CliRunner().invoke(app, ["check", "letters"])
    assert result.exit_code == 0, result.output
    assert (project / "imrcheck.sarif").exists()


GATE = str(ROOT / "docs" / "recipes" / "gate.sh")


def test_the_shell_recipe_writes_all_reports_and_ends_as_imrcheck_does(project: Path) -> None:
    red = done("sh", GATE)
    assert red.returncode == 1
    assert "look at imrcheck-reports" in red.stderr
    assert sorted(path.name for path in (project / "imrcheck-reports").iterdir()) == [
        *("gl-code-quality-report.json", "imrcheck.md", "imrcheck.sarif", "imrcheck.xml"),
    ]
    assert done("sh", GATE, IMRCHECK_PATHS="letters", IMRCHECK_OPTIONS=QUIET).returncode == 0
    assert done("sh", GATE, IMRCHECK_PATHS="nowhere").returncode == 3
    assert done("sh", GATE, IMRCHECK_OPTIONS="--baseline=missing").returncode == 2
    assert not list((project / "imrcheck-reports").iterdir()), "reports of a run before look like those of this one"


def test_the_shell_recipe_takes_names_as_they_are(project: Path) -> None:
    odd = project / "letters" / "a letter; touch owned $(touch owned) *.txt"
    shutil.copy(CLEAN, odd)
    result = done("sh", GATE, IMRCHECK_PATHS=f"\nletters/{odd.name}\n  \nletters/soma*.txt\n", IMRCHECK_SCREEN="jsonl")
    assert [json.loads(line)["doc"] for line in result.stdout.splitlines()] == [odd.stem, FLAGGED.stem]
    assert not (project / "owned").exists()


def composite() -> Mapping[str, Any]:
    action: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
    return action


def test_the_action_runs_and_writes_what_github_reads(project: Path, tmp_path: Path) -> None:
    step = next(step for step in composite()["runs"]["steps"] if step.get("id") == "check")
    (tmp_path / "imrcheck").mkdir()
    (tmp_path / "imrcheck" / "bin").symlink_to(tmp_path / "bin")
    inputs = {"inputs.paths": "letters", "inputs.options": "--fail-on=warning", "inputs.reports": "reports"}
    given = {name: inputs.get(value.strip("${} "), value) for name, value in step["env"].items()}
    result = done(
        *("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]),
        **given,
        RUNNER_TEMP=str(tmp_path),
        GITHUB_ACTION_PATH=str(ROOT),
        GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"),
        GITHUB_OUTPUT=str(tmp_path / "output"),
    )
    assert result.returncode == 1, result.stderr
    assert "::error " in result.stdout
    assert (tmp_path / "summary.md").read_text("utf-8").startswith("## imrcheck")
    assert (tmp_path / "output").read_text("utf-8") == "exit-code=1\n"


def test_nothing_from_the_workflow_is_part_of_a_script() -> None:
    scripts = [step["run"] for step in composite()["runs"]["steps"]]
    assert scripts
    assert not any("${{" in script for script in scripts)


@pytest.mark.parametrize(
    ("schema", "file"),
    [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "docs/recipes/gitlab-ci.yml")],
)
def test_the_files_of_the_services_keep_to_their_schemas(tmp_path: Path, schema: str, file: str) -> None:
    path = ROOT / file
    if file.endswith("gitlab-ci.yml"):
        # The schema is that of one document; the head with the inputs is the other.
        path = tmp_path / "gitlab-ci.yml"
        path.write_text(
            (ROOT / file).read_text("utf-8").split("\n---\n")[1].replace("$[[ inputs.stage ]]", "test"), "utf-8"
        )
    checked = done(sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(path))
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_gitlab_job_runs_and_its_reports_are_where_it_says(project: Path) -> None:
    _, job = yaml.safe_load_all((ROOT / "docs" / "recipes" / "gitlab-ci.yml").read_text("utf-8"))
    for command in job["imrcheck"]["script"]:
        result = done("sh", "-c", command, **job["imrcheck"]["variables"])
        assert result.returncode == 1, result.stderr
    for report in job["imrcheck"]["artifacts"]["reports"].values():
        assert (project / report).stat().st_size > 0


def test_the_hook_checks_what_is_committed(project: Path, tmp_path: Path) -> None:
    valid = done(sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml"))
    assert valid.returncode == 0, valid.stdout
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    # The same hook with the imrcheck that is here: setting one up would need the network.
    local = {**hook, "language": "system"}
    (project / ".pre-commit-config.yaml").write_text(yaml.safe_dump({"repos": [{"repo": "local", "hooks": [local]}]}))
    shutil.copy(CLEAN, project / "letters" / "clean.txt")
    git(project, "add", ".")
    home = {"PRE_COMMIT_HOME": str(tmp_path / "home")}
    green = done(sys.executable, "-m", "pre_commit", "run", "--verbose", **home)
    assert green.returncode == 0, green.stdout
    assert "1 letter: 1 judged" in green.stdout
    (project / "letters" / FLAGGED.name).write_text(FLAGGED.read_text("utf-8") + "\n", "utf-8")
    git(project, "add", ".")
    red = done(sys.executable, "-m", "pre_commit", "run", **home)
    assert red.returncode == 1
    assert "CIT002" in red.stdout
