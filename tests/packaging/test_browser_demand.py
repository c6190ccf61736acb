"""CI demands the browser: a skipped browser test fails there, and only there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hygiene.tree import ROOT

SKIPPED = """
import pytest

@pytest.mark.browser
def test_page():
    pytest.skip("no browser")

def test_other():
    pytest.skip("something else")
"""


@pytest.mark.parametrize(("demand", "code"), [("1", 1), ("0", 0)])
def test_a_skipped_browser_test_fails_where_a_browser_is_demanded(tmp_path: Path, demand: str, code: int) -> None:
    (tmp_path / "test_skipped.py").write_text(SKIPPED, encoding="utf-8")
    (tmp_path / "conftest.py").write_bytes((ROOT / "tests/conftest.py").read_bytes())
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers = browser: x\n", encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", str(tmp_path)]
    result = subprocess.run(
        command,
        cwd=tmp_path,
        env=os.environ | {"IMRCHECK_REQUIRE_BROWSER": demand},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == code, result.stdout
    assert ("1 failed, 1 skipped" if code else "2 skipped") in result.stdout


def test_without_a_browser_its_tests_say_what_to_install(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-q", "-rs", "tests/browser/test_print.py"]
    bare = os.environ | {"PATH": str(tmp_path), "IMRCHECK_REQUIRE_BROWSER": "0"}
    result = subprocess.run(command, cwd=ROOT, env=bare, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert "no chromium found: install Debian's chromium package" in result.stdout
    assert " passed" not in result.stdout
