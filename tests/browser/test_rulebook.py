"""The pages of the rule book beside a report: they look like it, lead back to it, and anyone can read them."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from checker.authoring.material import load_material
from checker.authoring.writing import write_book
from checker.knowledge.resources import templates_folder
from tests.browser.conftest import Open
from tests.browser.test_access import LOOKS, violations

PAGES = ("index", "DEC004", "CRI-OPI-coverage", "topic-opioids")


@pytest.fixture(scope="module")
def book(small: Path) -> Path:
    write_book(load_material(), small / "rules", templates_folder(), "../rules.html")
    return small / "rules"


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_anyone_can_read_it(open_page: Open, book: Path, name: str, look: str) -> None:
    page = open_page(book / f"{name}.html", **LOOKS[look])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("script", [True, False])
def test_it_leads_from_code_to_code_and_back_to_the_report(open_page: Open, book: Path, script: bool) -> None:
    page = open_page(book / "index.html", script=script)
    page.get_by_role("main").get_by_role("link", name="DEC004").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("DEC004")
    page.get_by_role("link", name="The report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rules")
