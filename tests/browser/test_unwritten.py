"""Letters without a page of their own: said in the report, and shown by the desk."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from checker.desk.run import Review, finished_run
from checker.desk.server import Desk
from checker.knowledge.resources import templates_folder
from checker.reporting.audit import Audit
from checker.reporting.pages import PageChoice
from checker.review.log import VerdictLog
from tests.browser.conftest import Open
from tests.browser.test_served_review import Serving
from tests.desk.desks import VERSIONS
from tests.reporting import samples
from tests.reporting.reports import WORDS


@pytest.fixture(scope="module")
def partly(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report in which three of six letters have a page: two with findings and one drawn of four clean ones."""
    folder = tmp_path_factory.mktemp("partly") / "run"
    letters = [samples.pain("first"), *(samples.clean(f"clean-{n}") for n in range(4)), samples.pain("last")]
    Audit(VERSIONS, WORDS, {}, templates_folder(), pages=PageChoice(sample=1, small=2)).write(letters, folder)
    return folder


@pytest.fixture
def desk(partly: Path, browser: Browser, tmp_path: Path) -> Iterator[Serving]:
    desk = Desk(Review(finished_run(partly), VerdictLog(tmp_path / "verdicts.jsonl")))
    thread = threading.Thread(target=desk.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    served = Serving(browser, desk, partly)
    yield served
    assert served.complaints == []
    for page in served.pages:
        page.context.close()
    desk.shutdown()
    desk.server_close()
    thread.join()


@pytest.mark.parametrize("script", [True, False])
def test_the_table_tells_which_letters_have_no_page(open_page: Open, partly: Path, *, script: bool) -> None:
    page = open_page(partly / "letters.html", script=script)
    expect(page.locator("#rows tr")).to_have_count(6)
    expect(page.locator("#rows th a")).to_have_count(3)
    expect(page.locator("#rows th", has_text="no page")).to_have_count(3)
    expect(page.locator(".unwritten")).to_contain_text("Pages were written for 3 of 6 letters")
    expect(page.locator(".unwritten")).to_contain_text("1 of 4 clean ones")
    expect(page.locator(".unwritten")).to_contain_text("imrcheck serve shows the page of every letter")


def test_a_letter_found_by_search_says_so_too(open_page: Open, partly: Path) -> None:
    page = open_page(partly / "letters.html")
    page.get_by_role("searchbox").fill("clean")
    expect(page.locator("#rows th")).to_have_count(4)
    expect(page.locator("#rows th", has_text="no page")).to_have_count(3)


def test_written_pages_lead_to_written_pages(open_page: Open, partly: Path) -> None:
    page = open_page(partly / "letters.html", "#sort=doc")
    page.locator("#rows th a", has_text="first").click()
    for name in ("first", "clean-", "last"):
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)
        if name != "last":
            page.locator("[rel=next]").click()
    expect(page.locator("[rel=next]")).to_have_count(0)


def test_the_desk_shows_every_letter(desk: Serving) -> None:
    page = desk.open("first")
    seen = [page.get_by_role("heading", level=1).inner_text()]
    while page.locator("[rel=next]").count():
        page.locator("[rel=next]").click()
        seen.append(page.get_by_role("heading", level=1).inner_text())
    assert seen == ["first", "clean-0", "clean-1", "clean-2", "clean-3", "last"]
    page.wait_for_load_state()  # a key that comes before the script is heard by nobody
    page.keyboard.press("i")
    expect(page.locator("#rows th a")).to_have_count(6)
    expect(page.locator("#rows th", has_text="no page")).to_have_count(0)
    expect(page.locator(".unwritten")).to_have_count(0)
    page.locator("#rows th a", has_text="clean-2").click()
    expect(page.get_by_text("No finding.").first).to_be_visible()
