"""The batch index as a reviewer uses it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import Open


def docs(page: Page) -> list[str]:
    return page.locator("#rows th").all_inner_texts()


def choose(page: Page, facet: str, name: str) -> None:
    page.locator(f"#facet-{facet}").get_by_label(re.compile(name)).check()


def test_the_worst_letters_come_first_and_those_not_checked_before_clean_ones(open_page: Open, small: Path) -> None:
    page = open_page(small / "letters.html")
    assert docs(page) == [
        *("sample-0001", '../../etc/pass[RLO]wd "><script>alert(1)</script>', "memo", "scan", "sample-0002")
    ]
    expect(page.locator("#shown")).to_have_text("5 letters")
    expect(page.locator("tr", has_text="scan")).to_contain_text("no text on pages 1-3, needs OCR")


def test_the_summary_says_that_letters_were_not_checked(open_page: Open, small: Path) -> None:
    page = open_page(small / "index.html")
    expect(page.get_by_text("2 letters were not checked: this batch is not clean because of them")).to_be_visible()


def test_facets_filter_count_and_stand_in_the_address(open_page: Open, large: Path) -> None:
    page = open_page(large / "letters.html")
    errors = page.locator("#facet-finding .choice", has_text="With errors")
    expect(errors.locator(".count")).to_have_text("100")
    choose(page, "finding", "With errors")
    expect(page.locator("#shown")).to_have_text("100 of 301 letters")
    assert page.evaluate("location.hash") == "#finding=with-errors"
    # the other facets count what is left, this one what choosing more would add
    expect(page.locator("#facet-topic .choice", has_text="opioids").locator(".count")).to_have_text("100")
    expect(page.locator("#facet-topic .choice", has_text="physical medicine")).to_have_count(0)
    expect(page.locator("#facet-finding .choice", has_text="Clean").locator(".count")).to_have_text("200")
    choose(page, "finding", "Clean")
    expect(page.locator("#shown")).to_have_text("300 of 301 letters")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#shown")).to_have_text("301 letters")
    assert page.evaluate("location.hash") == ""


def test_a_code_can_be_chosen(open_page: Open, small: Path) -> None:
    page = open_page(small / "letters.html")
    choose(page, "code", "SAF001")
    assert docs(page) == ["sample-0001"]


def test_search_needs_every_word_in_any_column(open_page: Open, small: Path) -> None:
    page = open_page(small / "letters.html")
    search = page.get_by_role("searchbox")
    for words, found in (
        ("cyclobenz", ["sample-0001"]),
        ("HYDROCODONE occupational", ["sample-0001"]),
        ("hydrocodone wrist", []),
        ("missing but", ["sample-0001"]),
        ("ocr", ["scan"]),
        ("sample-0002", ["sample-0002"]),
    ):
        search.fill(words)
        expect(page.locator("#rows th")).to_have_count(len(found))
        assert docs(page) == found
    assert "q=sample-0002" in page.evaluate("location.hash")


def test_columns_sort_both_ways_and_back(open_page: Open, large: Path) -> None:
    page = open_page(large / "letters.html")
    head = page.locator("th[data-sort=doc]")
    head.get_by_role("button").click()
    assert docs(page)[:2] == ["case-0000", "case-0001"]
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("button").click()
    assert docs(page)[:2] == ["scan", "case-0299"]
    expect(head).to_have_attribute("aria-sort", "descending")
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "none")
    page.locator("th[data-sort=error]").get_by_role("button").click()
    assert docs(page)[0] == "case-0000"
    page.locator("th[data-sort=error]").get_by_role("button").click()
    assert docs(page)[0] == "case-0001"


def test_pages_of_the_table(open_page: Open, large: Path) -> None:
    page = open_page(large / "letters.html")
    expect(page.locator("#rows tr")).to_have_count(100)
    expect(page.locator("#page")).to_have_text("Page 1 of 4")
    page.get_by_role("button", name="Next page").click()
    expect(page.locator("#page")).to_have_text("Page 2 of 4")
    page.get_by_label("Rows").select_option("250")
    expect(page.locator("#rows tr")).to_have_count(250)
    expect(page.get_by_role("button", name="Previous page")).to_be_disabled()


def test_an_address_brings_the_whole_state_back(open_page: Open, large: Path) -> None:
    page = open_page(large / "letters.html", "#q=wrist&outcome=overturned&sort=-doc&rows=50&page=3")
    expect(page.locator("#shown")).to_have_text("200 of 301 letters")
    expect(page.locator("#page")).to_have_text("Page 3 of 4")
    expect(page.get_by_role("searchbox")).to_have_value("wrist")
    expect(page.locator("#outcome-overturned")).to_be_checked()
    assert docs(page)[0] == "case-0149"


def test_an_address_that_makes_no_sense_shows_everything(open_page: Open, large: Path) -> None:
    page = open_page(large / "letters.html", "#sort=constructor&page=-7&rows=9999&code=__proto__&q=%3Cb%3E")
    expect(page.locator("#shown")).to_have_text("0 of 301 letters")
    page.get_by_role("button", name="Clear filters").click()
    expect(page.locator("#shown")).to_have_text("301 letters")


def test_the_keyboard_alone_is_enough(open_page: Open, small: Path) -> None:
    page = open_page(small / "letters.html")
    page.keyboard.press("/")
    page.keyboard.type("hydrocodone")
    page.keyboard.press("Tab")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("sample-0001")


def test_single_keys_can_be_switched_off(open_page: Open, small: Path) -> None:
    page = open_page(small / "letters.html")
    page.keyboard.press("?")
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("?")
    expect(page.locator("#help")).not_to_be_visible()
    page.reload()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).not_to_be_focused()


def test_the_script_draws_what_the_page_holds_without_it(open_page: Open, small: Path) -> None:
    plain = open_page(small / "letters.html", script=False)
    drawn = open_page(small / "letters.html")
    expect(plain.locator("#filters")).not_to_be_visible()

    def squeezed(page: Page) -> list[str]:
        return [re.sub(r"\s+", " ", row).strip() for row in page.locator("#rows tr").all_inner_texts()]

    assert squeezed(plain) == squeezed(drawn)
    assert plain.locator("#rows a").count() == drawn.locator("#rows a").count() == 4
