"""Two letters beside each other: read in one place, reached from each other, by keyboard and on a narrow screen."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.across.letters import FOLDER
from tests.browser.conftest import Open
from tests.cli.test_check import run

CARD = "article.finding[data-code='BAT001']"


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("across") / "run"
    letters = [FOLDER / f"back-mri-{name}.txt" for name in ("refused", "approved")]
    assert run("audit", *letters, "--out", out, "--engine", "reference").exit_code == 1
    return out


def page_of(folder: Path, doc: str) -> Path:
    (found,) = folder.glob(f"d/*/{doc}-*.html")
    return found


def test_both_letters_stand_side_by_side(open_page: Open, audited: Path) -> None:
    page = open_page(page_of(audited, "back-mri-refused"))
    own, other = page.locator(f"{CARD} .own"), page.locator(f"{CARD} .other")
    expect(own).to_contain_text("Upheld")
    expect(own).to_contain_text("no documentation of nerve compromise on examination")
    expect(other).to_contain_text("Overturned")
    expect(other).to_contain_text("The records contain no documentation of nerve compromise.")
    left, right = own.bounding_box(), other.bounding_box()
    assert left
    assert right
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 2


@pytest.mark.parametrize("script", [True, False])
def test_a_link_leads_to_the_other_letter_and_one_leads_back(open_page: Open, audited: Path, script: bool) -> None:
    page = open_page(page_of(audited, "back-mri-refused"), script=script)
    link = page.locator(f"{CARD} .other a")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("back-mri-approved")
    expect(page.locator("#item-1")).to_be_in_viewport()
    page.locator(f"{CARD} .other a").click()
    expect(page.locator("h1")).to_have_text("back-mri-refused")


def test_on_a_narrow_screen_they_stand_below_each_other(open_page: Open, audited: Path) -> None:
    page = open_page(page_of(audited, "back-mri-refused"), width=320)
    own, other = page.locator(f"{CARD} .own").bounding_box(), page.locator(f"{CARD} .other").bounding_box()
    assert own
    assert other
    assert own["y"] + own["height"] <= other["y"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
