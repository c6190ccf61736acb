"""The report as one file: what the pages say, with links that lead to where they led."""

import base64
import hashlib
import re
from pathlib import Path

import pytest

from checker.batch.errors import TooManyPagesError
from checker.reporting.packet import LARGEST, parts, write_packet
from tests.reporting.reports import batch, report
from tests.reporting.test_site import Page


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report(tmp_path_factory.mktemp("packet"), batch())


@pytest.fixture(scope="module")
def pages(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.glob("d/*/*.html"))


@pytest.fixture(scope="module")
def packet(folder: Path, pages: list[str]) -> str:
    write_packet(folder, pages, "A <title>", folder / "report.html")
    return (folder / "report.html").read_text("utf-8")


def test_every_link_leads_somewhere_in_the_file(packet: str) -> None:
    page = Page(packet)
    assert len(page.ids) == len(set(page.ids))
    inside = [link for link in page.links if link.startswith("#")]
    assert len(inside) > 30
    assert {link[1:] for link in inside} <= set(page.ids)
    assert [link for link in page.links if not link.startswith(("#", "https:", "http:", "data:,"))] == []


def test_it_holds_no_script_and_only_its_own_style(packet: str) -> None:
    page = Page(packet)
    assert not {"script", "dialog", "template", "form", "button"} & set(page.tags)
    style = re.search(r"<style>(.*?)</style>", packet, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in packet
    assert "style" not in page.attributes
    assert "<title>A &lt;title&gt;</title>" in packet


def test_it_says_what_the_pages_say(folder: Path, pages: list[str], packet: str) -> None:
    def quotes(html: str) -> list[str]:
        return re.findall(r"<q>(.*?)</q>", html, re.DOTALL)

    assert quotes(packet) == [q for page in pages for q in quotes((folder / page).read_text("utf-8"))]
    assert packet.count('<article class="finding') == sum(
        (folder / page).read_text("utf-8").count('<article class="finding') for page in pages
    )
    assert "<script>document.title" not in packet


def test_the_same_twice(folder: Path, pages: list[str], packet: str, tmp_path: Path) -> None:
    write_packet(folder, pages, "A <title>", tmp_path / "again.html")
    assert (tmp_path / "again.html").read_text("utf-8") == packet


def test_too_many_letters_are_refused() -> None:
    assert len(parts(["d/x.html"] * LARGEST)) == LARGEST + 1
    with pytest.raises(TooManyPagesError, match="at most 500"):
        parts(["d/x.html"] * (LARGEST + 1))
