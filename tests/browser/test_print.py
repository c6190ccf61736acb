"""The page of a letter on paper."""

from pathlib import Path

import pypdfium2

from tests.browser.conftest import Open
from tests.reporting.reports import page_of


def test_a_pdf_holds_the_letter_every_finding_and_its_trace(open_page: Open, small: Path) -> None:
    page = open_page(page_of(small, "sample-0001"))
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(" ".join(pdf[n].get_textpage().get_text_range().split()) for n in range(len(pdf)))
    assert len(pdf) >= 3
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
