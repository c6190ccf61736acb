"""The report as one file, in a browser: no script, no request, nothing to complain about, and it prints whole."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from checker.reporting.packet import write_packet
from tests.browser.conftest import Open
from tests.browser.test_access import LOOKS, violations


@pytest.fixture(scope="module")
def packet(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packet") / "report.html"
    pages = sorted(p.relative_to(small).as_posix() for p in small.glob("d/*/*.html"))
    write_packet(small, pages, "Audit", path)
    return path


def test_a_quote_leads_to_its_words(open_page: Open, packet: Path) -> None:
    page = open_page(packet, script=True)
    finding = page.locator("article.finding", has_text="cyclobenzaprine").first
    link = finding.locator(".quotes a").first
    target = link.get_attribute("href") or ""
    link.click()
    assert page.url.endswith(target)
    expect(page.locator(f"[id='{target[1:]}']")).to_be_in_viewport()
    expect(page.locator("[hidden]:visible")).to_have_count(0)


@pytest.mark.parametrize("look", LOOKS)
def test_anyone_can_read_it(open_page: Open, packet: Path, look: str) -> None:
    page = open_page(packet, **LOOKS[look])
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_text_and_findings_stand_beside_each_other(open_page: Open, packet: Path) -> None:
    page = open_page(packet)
    text, findings = (page.locator(f".packet {pane}").first.bounding_box() for pane in (".source", ".audit"))
    assert text
    assert findings
    assert findings["width"] > 0.4 * 1440
    assert text["width"] > findings["width"]


def test_it_prints_whole(open_page: Open, packet: Path) -> None:
    page = open_page(packet)
    assert len(page.pdf()) > 20_000
    page.emulate_media(media="print")
    expect(page.locator("article.finding").first).to_be_visible()
