"""Take the pictures of docs/images anew, from the letters of fixtures/: ``python -m tests.browser.screenshots``."""

import io
import shutil
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Page, sync_playwright
from typer.testing import CliRunner

from checker.cli.app import app
from tests.browser.conftest import FLAGS, NAMES
from tests.browser.test_review import introduce
from tests.hygiene.tree import ROOT

IMAGES = ROOT / "docs" / "images"
SHOWN = "soma-wrong-page"
"""The letter on the pictures: three items, findings of two severities, overlapping evidence."""
COLOURS = 96
"""Of a palette; text and flat colours look the same in it, in a third of the bytes."""


def main() -> None:
    chromium = next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        sys.exit("no chromium found: install Debian's chromium package")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name) / "run"
        result = CliRunner().invoke(app, ["audit", str(ROOT / "fixtures" / "letters"), "--out", str(folder)])
        if result.exit_code not in {0, 1}:
            sys.exit(result.output)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        page = browser.new_page(viewport={"width": 1360, "height": 850}, reduced_motion="reduce")
        page.goto((folder / "index.html").as_uri())
        save(page.screenshot(), "summary")
        page.goto((folder / "letters.html").as_uri())
        save(page.screenshot(), "index")
        letter = next(folder.glob(f"d/*/{SHOWN}-*.html"))
        page.goto(letter.as_uri() + "#F1")
        save(page.screenshot(), "report")
        review(page)
        save(page.screenshot(), "review")
        page.goto((folder / "audit.html").as_uri())
        save(signed(page.pdf(prefer_css_page_size=True)), "sign-off")
        browser.close()


def review(page: Page) -> None:
    """Give two verdicts, by keyboard as a reviewer does."""
    page.keyboard.press("c")
    introduce(page)
    page.locator("#F1 [data-slot=state]", has_text="Confirmed").wait_for()
    page.keyboard.press("d")
    page.locator("#F2 .dismissal select").select_option("criterion_met_elsewhere")
    page.locator("#F2 .dismissal").get_by_role("button", name="Dismiss").click()
    page.locator("#F2 [data-slot=state]", has_text="Dismissed").wait_for()
    page.locator("#F2 .verdict").scroll_into_view_if_needed()
    page.mouse.move(0, 0)


def signed(pdf: bytes) -> bytes:
    """The page to sign and the one behind it, side by side."""
    document = pypdfium2.PdfDocument(pdf)
    texts = [page.get_textpage().get_text_range() for page in document]
    first = next(n for n, text in enumerate(texts) if "9. Sign-off" in text and "Signature" in text)
    sheets = [document[n].render(scale=1.1).to_pil() for n in range(first, min(first + 2, len(document)))]
    width, height = sheets[0].size
    gap = 12
    whole = Image.new("RGB", (len(sheets) * (width + gap) + gap, height + 2 * gap), "#b8b5ae")
    for n, sheet in enumerate(sheets):
        whole.paste(sheet, (gap + n * (width + gap), gap))
    held = io.BytesIO()
    whole.save(held, "PNG")
    return held.getvalue()


def save(png: bytes, name: str) -> None:
    """Write a picture with a palette."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    IMAGES.mkdir(parents=True, exist_ok=True)
    main()
