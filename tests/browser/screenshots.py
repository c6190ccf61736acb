"""Take the pictures of docs/images anew, from the letters of fixtures/: ``python -m tests.browser.screenshots``."""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from typer.testing import CliRunner

from checker.cli.app import app
from tests.browser.conftest import FLAGS, NAMES
from tests.hygiene.tree import ROOT

IMAGES = ROOT / "docs" / "images"
SHOWN = "soma-wrong-page"
"""The letter on the picture: three items, findings of two severities, overlapping evidence."""


def main() -> None:
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        sys.exit("no chromium found: install Debian's chromium package")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        result = CliRunner().invoke(app, ["audit", str(ROOT / "fixtures" / "letters"), "--out", folder])
        if result.exit_code not in {0, 1}:
            sys.exit(result.output)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1360, "height": 850}, reduced_motion="reduce")
        page.goto((Path(folder) / "index.html").as_uri())
        page.screenshot(path=IMAGES / "summary.png")
        page.goto((Path(folder) / "letters.html").as_uri())
        page.screenshot(path=IMAGES / "index.png")
        letter = next(Path(folder).glob(f"d/*/{SHOWN}-*.html"))
        page.goto(letter.as_uri() + "#F1")
        page.screenshot(path=IMAGES / "report.png")
        browser.close()


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    main()
