"""The lock files: exact, hashed, naming no place to download from, and in step with the project file."""

import re
import tomllib

import pytest

from tests.hygiene.tree import ROOT

LOCKS = ("build", "run", "dev")
PIN = re.compile(r"^([a-z0-9][a-z0-9._-]*)==(\S+)(?: ; (.+?))?(?: \\)?$")
NAME = re.compile(r"^[A-Za-z0-9._-]+")


def lock_text(name: str) -> str:
    return (ROOT / f"requirements/{name}.txt").read_text(encoding="utf-8")


def pins(name: str) -> dict[tuple[str, str], str]:
    """Version of each package of a lock file, by name and marker."""
    matches = (PIN.match(line) for line in lock_text(name).splitlines())
    return {(match[1], match[3] or ""): match[2] for match in matches if match}


def wanted(requirements: list[str]) -> set[str]:
    """Normalised names of requirements."""
    names = (NAME.match(requirement) for requirement in requirements)
    return {re.sub(r"[._-]+", "-", match[0]).lower() for match in names if match}


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_hashes_and_every_line_is_understood(name: str) -> None:
    entries = re.split(r"^(?=\S)", lock_text(name), flags=re.MULTILINE)
    packages = [entry for entry in entries if entry.strip() and not entry.startswith("#")]
    assert packages
    for package in packages:
        assert PIN.match(package.splitlines()[0]), package.splitlines()[0]
        assert "--hash=sha256:" in package, package.splitlines()[0]


@pytest.mark.parametrize("name", LOCKS)
def test_no_place_to_download_from_is_named(name: str) -> None:
    assert not re.search(r"://|--(?:extra-)?index-url|--find-links|--trusted-host", lock_text(name))


def test_the_locks_hold_what_the_project_file_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for lock, requirements in (
        ("run", project["project"]["dependencies"]),
        ("dev", project["project"]["dependencies"] + project["dependency-groups"]["dev"]),
        ("build", project["build-system"]["requires"]),
    ):
        assert wanted(requirements) <= {name for name, _ in pins(lock)}


def test_tests_run_with_the_versions_that_users_get() -> None:
    assert pins("run").items() <= pins("dev").items()


def test_the_rule_engine_is_left_out_where_it_does_not_import() -> None:
    ((marker, version),) = ((marker, pin) for (name, marker), pin in pins("run").items() if name == "durable-rules")
    assert version == "2.0.28"
    assert marker == "python_full_version < '3.13'"
