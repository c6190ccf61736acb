"""The bill of materials: valid, in step with the lock file, shipped, and of permissive licences only."""

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry, Resource

from tests.hygiene.tree import ROOT
from tests.packaging.test_lock import lock_text, pins

SCHEMAS = Path(__file__).parent / "schemas"
BILL = json.loads((ROOT / "requirements/sbom.cdx.json").read_text("utf-8"))
LICENCES = tomllib.loads((ROOT / "requirements/licences.toml").read_text("utf-8"))
SAID = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "ISC License": "ISC",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
}


def schema(name: str) -> Any:
    return json.loads((SCHEMAS / f"{name}.SNAPSHOT.schema.json").read_text("utf-8"))


def validator() -> jsonschema.Draft7Validator:
    bom = schema("bom-1.6")
    base = bom["$id"].rpartition("/")[0]
    others = [(f"{base}/{name}.SNAPSHOT.schema.json", schema(name)) for name in ("spdx", "jsf-0.82")]
    registry: Registry[Any] = Registry().with_resources(
        (uri, Resource.from_contents(contents)) for uri, contents in others
    )
    return jsonschema.Draft7Validator(bom, registry=registry)


def test_it_is_what_the_schema_of_cyclonedx_asks_for() -> None:
    assert [error.message for error in validator().iter_errors(BILL)] == []
    broken = {**BILL, "components": [{"type": "book"}]}
    assert not validator().is_valid(broken)


def test_it_is_in_step_with_lock_file_and_table(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", "import runpy, sys; sys.stdout.write(runpy.run_path('requirements/sbom.py')['bill']())"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    assert run.stdout == (ROOT / "requirements/sbom.cdx.json").read_text("utf-8"), "run: python requirements/sbom.py"


def test_it_names_exactly_what_is_pinned_with_all_hashes() -> None:
    named = {
        (each["name"], each.get("properties", [{"value": ""}])[0]["value"]): each["version"]
        for each in BILL["components"]
    }
    assert named == pins("run")
    hashes = sorted(
        found["content"]
        for each in BILL["components"]
        for reference in each["externalReferences"]
        for found in reference["hashes"]
    )
    assert hashes == sorted(re.findall(r"sha256:([0-9a-f]{64})", lock_text("run")))


def test_every_licence_is_permissive() -> None:
    allowed = set(LICENCES["permissive"])
    assert not [name for name in allowed if "GPL" in name]
    for name, expression in LICENCES["packages"].items():
        assert set(re.split(r" (?:AND|OR) ", expression)) <= allowed, name
    assert set(LICENCES["packages"]) == {name for name, _ in pins("run")}


@pytest.mark.parametrize(("name", "expression"), LICENCES["packages"].items())
def test_the_table_says_what_the_package_says(name: str, expression: str) -> None:
    try:
        told = metadata(name)
    except PackageNotFoundError:
        pytest.skip("not installed on this platform")
    words = [told.get("License-Expression") or "", *(told.get("License") or "").splitlines()[:1]]
    words += [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or [] if each.startswith("License ::")]
    said = {part.strip() for word in words for part in SAID.get(word, word).split(",") if part.strip()}
    assert said, name
    parts = set(re.split(r" (?:AND|OR) ", expression))
    assert parts & said or expression in said, f"{name} says {sorted(said)}"
    assert not [word for word in said if "GPL" in word]
