"""The page of a letter: words and findings point at each other, with and without script."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open
from tests.reporting.reports import page_of


def in_pane(page: Page, element: Locator, pane: str) -> bool:
    """Whether an element stands in the visible part of its pane."""
    box, around = element.bounding_box(), page.locator(pane).bounding_box()
    assert box
    assert around
    return around["y"] - 1 <= box["y"] and box["y"] + box["height"] <= around["y"] + around["height"] + 1


def test_a_quote_leads_to_its_words_and_the_words_back(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"), height=560)
    words = page.locator("[id='w4.2']")
    page.locator("[id='F4.2'] a").click()
    expect(words).to_contain_text("The worker has taken it far longer than that.")
    assert in_pane(page, words, "#source")
    page.locator("a.note-mark[href='#F2.2']").click()
    assert page.evaluate("location.hash") == "#F2.2"
    assert in_pane(page, page.locator("[id='F2.2']"), "#findings")


def test_the_same_without_script(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"), script=False, height=560)
    page.locator("[id='F4.2'] a").click()
    assert in_pane(page, page.locator("[id='w4.2']"), "#source")
    page.locator("a.note-mark[href='#F4.2']").click()
    assert in_pane(page, page.locator("[id='F4.2']"), "#findings")
    page.locator("#F2 .why-fired summary").click()
    expect(page.locator("#F2 .tree").first).to_be_visible()
    page.get_by_label("Original lines").check()
    assert page.locator(".letter .rationale").first.evaluate("e => getComputedStyle(e).whiteSpace") == "pre-wrap"
    expect(page.locator(".tools")).not_to_be_visible()


def test_a_deep_link_opens_at_the_quote(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"), "#F4.1", height=560)
    assert in_pane(page, page.locator("[id='F4.1']"), "#findings")
    expect(page.locator("mark.lit").first).to_contain_text("cyclobenzaprine every day")
    expect(page.locator("#F4")).to_have_class("finding warning current")


def test_keys_walk_the_findings_and_light_their_words(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"), height=560)
    for number in (1, 2, 3, 4):
        page.keyboard.press("j")
        card = page.locator(f"#F{number}")
        expect(card).to_be_focused()
        top = card.bounding_box()
        tools = page.locator(".tools").bounding_box()
        assert top
        assert tools
        assert top["y"] >= tools["y"] + tools["height"] - 1, "the focused finding hides under the bar"
        lit = page.locator("mark.lit")
        assert lit.count() >= 1
        assert all(f"F{number}." in q for q in lit.evaluate_all("all => all.map(m => m.dataset.quotes)"))
        assert in_pane(page, lit.first, "#source")
    page.keyboard.press("j")
    expect(page.locator("#F4")).to_be_focused()
    page.keyboard.press("e")
    page.keyboard.press("e")
    expect(page.locator("mark.lit")).to_have_text(["The worker has taken it far longer than that."])
    page.keyboard.press("k")
    expect(page.locator("#F3")).to_be_focused()
    expect(page.locator("#said")).to_have_text("Finding 3 of 4")


def test_every_key_is_a_button_or_a_link_too(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"))
    page.get_by_role("button", name="Next finding").click()
    expect(page.locator("#F1")).to_be_focused()
    page.get_by_role("button", name="Next quote").click()
    expect(page.locator("#said")).to_have_text("Quote 1 of 2")
    page.get_by_role("button", name="Keys").click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", level=1)).to_have_text("sample-0002")
    page.wait_for_load_state()
    page.keyboard.press("p")
    expect(page.get_by_role("heading", level=1)).to_have_text("sample-0001")
    page.wait_for_load_state()
    page.keyboard.press("i")
    expect(page.get_by_role("heading", level=1)).to_have_text("Determinations")


def test_reading_and_original_view_hold_the_same_words(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"))
    letter = page.locator(".letter")
    words = "e => [...e.querySelectorAll('.note-mark')].forEach(n => n.remove()) || e.innerText"
    reading = letter.evaluate(words).split()
    page.keyboard.press("v")
    original = letter.inner_text()
    assert original.split() == reading
    assert "scaffold gave way. He has low back pain with\npain in the left leg." in original


def test_the_matrix_leads_to_the_words_of_a_criterion(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"), height=560)
    row = page.locator(".matrix tr", has_text="adverse effects")
    cell = row.locator("td").first
    expect(cell).to_have_text("documented as absent")
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"−" / ""'
    row.get_by_role("link", name="documented as absent").click()
    words = page.locator(".cited:target")
    expect(words).to_have_text("No side effects were reported")
    assert in_pane(page, words, "#source")
    expect(page.locator(".matrix tr", has_text="Daily activities").get_by_role("link", name="F2")).to_be_visible()


def test_the_panes_scroll_apart(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"), height=560)
    page.locator("#findings").evaluate("e => e.scrollTo(0, 900)")
    assert page.locator("#findings").evaluate("e => e.scrollTop") > 400
    assert page.locator("#source").evaluate("e => e.scrollTop") == 0
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    expect(page.locator("footer")).to_be_in_viewport()


def test_the_minimap_leads_to_the_words(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"), height=560)
    page.locator(".minimap a[href='#w4.2'] rect").click()
    assert in_pane(page, page.locator("[id='w4.2']"), "#source")


def test_a_hostile_letter_shows_as_text(open_page: Open, small: Path) -> None:
    page = open_page(next(p for p in small.glob("d/*/*.html") if p.name.startswith("etc-pass")))
    body = page.locator("body")
    for words in (
        "<script>document.title='owned'</script> is {{7*7}} years",
        'Brace "><img src=x onerror=alert(1)> </textarea></details></main>',
        "[RLO]esrever[PDF] and &lt;b&gt;",
        '=HYPERLINK("http://evil.example","x") {% raw %}',
        "javascript:alert(1)",
    ):
        expect(body).to_contain_text(words)
    assert "owned" not in page.title()
    assert page.locator("script").count() == 5
    assert page.locator("img, iframe, object, [onerror], a[href^='javascript']").count() == 0


def test_print_shows_everything_and_no_controls(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"))
    page.emulate_media(media="print")
    expect(page.locator("#F4")).to_be_visible()
    expect(page.locator("#F2 .tree").first).to_be_visible()
    expect(page.locator(".tools")).not_to_be_visible()
    assert page.locator("#findings").evaluate("e => getComputedStyle(e).overflowY") == "visible"
