"""Anyone can use the report: axe in every look, and what axe cannot see."""

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import Open

OPTIONS = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "preload": False,
    "resultTypes": ["violations"],  # all rules are run; what passed is counted, not told element by element
}
LOOKS = {
    "light": {},
    "dark": {"dark": True},
    "narrow": {"width": 320},
    "forced colours": {"forced": True},
    "narrow dark": {"width": 320, "dark": True},
}
WHOLE = (
    *("index.html", "letters.html", "rules.html", "differences.html", "manifest.html", "audit.html"),
    "codes/cit001.html",
)
PAGES = (*WHOLE, "sample-0001", "sample-0002", "etc-pass", "memo")


def path_of(folder: Path, name: str) -> Path:
    return folder / name if name.endswith("html") else next(folder.glob(f"d/*/{name}*.html"))


COLOURS = OPTIONS | {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""What can differ between two looks that differ in colours only; all of axe takes three times as long."""
SHAPES = ("light", "narrow")


def violations(page: Page, options: dict[str, Any] = OPTIONS) -> list[str]:
    found = Axe().run(page, options=options).response["violations"]
    return [f"{v['id']}: {node['html'][:120]} {node['failureSummary']}" for v in found for node in v["nodes"]]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing(open_page: Open, small: Path, name: str, look: str) -> None:
    page = open_page(path_of(small, name), **LOOKS[look])
    assert violations(page, OPTIONS if look in SHAPES else COLOURS) == []


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_with_everything_open(open_page: Open, small: Path, look: str) -> None:
    page = open_page(path_of(small, "sample-0001"), **LOOKS[look])
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    page.keyboard.press("j")
    page.keyboard.press("v")
    assert violations(page) == []
    page.keyboard.press("?")
    assert violations(page) == []


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing_in_the_numbers_below_the_charts(open_page: Open, small: Path, name: str, look: str) -> None:
    page = open_page(path_of(small, name), **LOOKS[look])
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert violations(page, OPTIONS if look in SHAPES else COLOURS) == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_scrolls_sideways_at_320_pixels(open_page: Open, small: Path, name: str) -> None:
    page = open_page(path_of(small, name), width=320)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("name", PAGES)
def test_buttons_and_boxes_are_24_pixels_high_or_stand_apart(open_page: Open, small: Path, name: str) -> None:
    page = open_page(path_of(small, name))
    small_ones = page.evaluate(
        """() => [...document.querySelectorAll('button, select, summary, .choice, [type=search], nav a, tbody th a')]
        .filter(e => e.getClientRects().length && e.getBoundingClientRect().height < 24).map(e => e.outerHTML)"""
    )
    assert small_ones == []


def test_every_control_can_be_reached_by_tab_and_shows_it(open_page: Open, small: Path) -> None:
    page = open_page(path_of(small, "sample-0001"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    seen = set()
    for _ in range(80):
        page.keyboard.press("Tab")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        tag = page.evaluate("document.activeElement.tagName")
        assert outline != "none" or tag in {"BODY", "ARTICLE"}, page.evaluate("document.activeElement.outerHTML")
        seen.add(page.evaluate("document.activeElement.getAttribute('href') || document.activeElement.textContent"))
    assert "#F2.1" in seen
    assert "Next finding" in seen


@pytest.mark.parametrize("look", ["light", "narrow"])
def test_a_finding_that_has_the_focus_is_not_covered(open_page: Open, small: Path, look: str) -> None:
    page = open_page(path_of(small, "sample-0001"), **LOOKS[look])
    for n in range(1, 5):
        page.keyboard.press("j")
        seen = page.evaluate(
            """id => { const box = document.getElementById(id).getBoundingClientRect();
                const on = document.elementFromPoint(box.left + box.width / 2, Math.max(box.top + 12, 2));
                return [document.activeElement.id, Boolean(on && on.closest('#' + id)), box.top >= 0]; }""",
            f"F{n}",
        )
        assert seen == [f"F{n}", True, True]
