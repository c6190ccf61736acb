"""The page of a letter on paper."""

from pathlib import Path

import pypdfium2
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.reporting.reports import page_of


def test_a_pdf_holds_the_letter_every_finding_and_its_trace(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"))
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(" ".join(pdf[n].get_textpage().get_text_range().split()) for n in range(len(pdf)))
    assert len(pdf) >= 3
    for number in range(len(pdf)):
        sheet = pdf[number].get_textpage().get_text_range()
        for words in ("sample-0001", f"{number + 1} / {len(pdf)}", "A flag is a textual inconsistency, not an opinion"):
            assert words in sheet, (number, words)
    for words in (
        "Cyclobenzaprine 7.5mg #60: Upheld",
        "F1.1",
        "F4.2",
        "The criteria are said to be met, and the denial is upheld",
        "Denied with no word on tapering",
        "The exception FAC005.inference was looked at",
        "A flag is a textual inconsistency, not an opinion on medical necessity.",
    ):
        assert words in text, words
    assert "Next finding" not in text


def test_rules_that_stayed_quiet_are_counted_on_paper_and_listed_where_they_were_unfolded(
    open_page: Open, small: Path
) -> None:
    page = open_page(page_of(small, "sample-0001"))
    page.emulate_media(media="print")
    folded = page.locator("details.folded", has_text="clear").locator(".reasons").last
    expect(folded).to_be_hidden()
    expect(page.locator(".results-by-item")).to_be_visible()
    expect(page.locator("details:not(.folded) .reasons").first).to_be_visible()
    page.emulate_media(media="screen")
    page.locator("details.folded > summary", has_text="clear").click()
    page.emulate_media(media="print")
    expect(folded).to_be_visible()
