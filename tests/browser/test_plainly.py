"""Every kind of page: hostile words show as words, and without script everything can be read."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from checker.reporting.packet import write_packet
from tests.browser.conftest import Open
from tests.browser.test_access import PAGES, WHOLE, path_of

HOSTILE_ON = {
    "letters.html": '"><img src=x onerror=alert(1)>',
    "audit.html": '"><img src=x onerror=alert(1)>',
    "differences.html": "<i>old</i>",
    "manifest.html": "<b>rule</b>",
    "index.html": "<i>Surgery</i>",
    "codes/cit001.html": '"><img src=x onerror=alert(1)>',
    "etc-pass": "<script>document.title='owned'</script> is {{7*7}} years",
}
"""Words of a letter, of a rule or of a run that would do something if a page took them for markup."""
UNSEEN = """() => [...document.querySelectorAll('main *')]
    .filter(e => e.childElementCount === 0 && e.textContent.trim() && !e.checkVisibility({visibilityProperty: true}))
    .filter(e => !e.closest('[hidden], template, svg, dialog, .cut, .filters')).map(e => e.outerHTML.slice(0, 200))"""
"""Elements with words that cannot be seen; what is ``hidden`` is there for the script only."""


@pytest.fixture(scope="module")
def packet(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("packet") / "report.html"
    write_packet(small, sorted(p.relative_to(small).as_posix() for p in small.glob("d/*/*.html")), "Audit", path)
    return path


def unharmed(page: Page, words: str) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert words in page.evaluate("document.body.textContent")
    assert page.title() != "owned"
    assert page.locator("img, iframe, object, embed, [onerror], [onload], a[href^='javascript:']").count() == 0


@pytest.mark.parametrize("name", HOSTILE_ON)
def test_hostile_words_are_words(open_page: Open, small: Path, name: str) -> None:
    unharmed(open_page(path_of(small, name)), HOSTILE_ON[name])


def test_hostile_words_are_words_in_the_single_file(open_page: Open, packet: Path) -> None:
    page = open_page(packet)
    for words in (HOSTILE_ON["letters.html"], HOSTILE_ON["etc-pass"], HOSTILE_ON["index.html"]):
        unharmed(page, words)
    assert page.locator("script").count() == 0


def test_a_search_for_hostile_words_shows_them_as_words(open_page: Open, small: Path) -> None:
    page = open_page(small / "letters.html")
    page.get_by_role("searchbox").fill("<img src=x")
    expect(page.locator("#rows tr")).to_have_count(1)
    unharmed(page, HOSTILE_ON["letters.html"])


@pytest.mark.parametrize("name", PAGES)
def test_without_script_every_word_can_be_seen(open_page: Open, small: Path, name: str) -> None:
    page = open_page(path_of(small, name), script=False)
    while page.locator("details:not([open]) > summary:visible").count():
        page.locator("details:not([open]) > summary:visible").first.click()
    assert page.evaluate(UNSEEN) == []


@pytest.mark.parametrize("name", WHOLE)
def test_without_script_nothing_is_missing_that_is_no_control(open_page: Open, small: Path, name: str) -> None:
    words = {}
    for script in (True, False):
        page = open_page(path_of(small, name), script=script)
        words[script] = set(page.get_by_role("main").inner_text().split())
        if name == "letters.html":  # filters and paging are controls
            words[script] = set(page.locator("#letters table").inner_text().split())
    lost = words[True] - words[False]
    assert lost == set()
