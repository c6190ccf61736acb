"""Lines, cells, paragraphs and pages of PDFs, seen from the text that comes out."""

import zlib

import pytest

from checker.reading.limits import Limits
from checker.reading.pdf import PdfError, open_and_read, raw_text
from checker.reading.text import source_from_text
from tests.reading.pdfs import PICTURE, SCAN, letter, lines, pdf, placed, show


def raw(data: bytes, limits: Limits | None = None) -> str:
    return raw_text(open_and_read(data, limits or Limits())[0])


def problems(data: bytes) -> tuple[str, ...]:
    return open_and_read(data, Limits())[1]


def test_lines_and_paragraphs() -> None:
    data = letter("FINDINGS", "", "The worker has pain in the", "lower back.", "", "It began in May.", "It went on.")
    assert raw(data) == "FINDINGS\n\nThe worker has pain in the\nlower back.\n\nIt began in May.\nIt went on.\n"


def test_a_paragraph_gap_smaller_than_a_line() -> None:
    words = [
        (72.0, 700.0, "One line"),
        (72.0, 686.0, "and another."),
        (72.0, 666.0, "Half a line lower."),
        (72.0, 652.0, "End."),
    ]
    assert raw(pdf([placed(*words)])) == "One line\nand another.\n\nHalf a line lower.\nEnd.\n"


def test_lines_come_from_top_to_bottom_whatever_the_drawing_order() -> None:
    words = [(72.0, 40.0, "Page 1 of 1"), (72.0, 672.0, "third"), (72.0, 700.0, "first"), (72.0, 686.0, "second")]
    assert raw(pdf([placed(*words)])) == "first\nsecond\nthird\n\nPage 1 of 1\n"


def test_cells_of_a_table_and_a_wrapped_cell() -> None:
    table = placed(
        (72, 700, "Case Number:"),
        (180, 700, "XX00-0000001"),
        (72, 686, "Priority:"),
        (180, 686, "Standard"),
        (330, 686, "Application"),
        (330, 672, "Received:"),
        (430, 686, "01/02/2015"),
        (72, 640, "THE NEXT PART"),
    )
    assert raw(pdf([table])) == (
        "Case Number:\tXX00-0000001\nPriority:\tStandard\tApplication Received:\t01/02/2015\n\nTHE NEXT PART\n"
    )
    reading = source_from_text(raw(pdf([table])), "d", "d", "").reading
    assert "Application Received: 01/02/2015\n" in reading.text


def test_narrow_cells() -> None:
    words = [(72, 700, "Priority:"), (135, 700, "Standard"), (205, 700, "Application"), (280, 700, "01/02/2015")]
    table = placed(*words, (205, 686, "Received:"))
    assert raw(pdf([table])) == "Priority:\tStandard\tApplication Received:\t01/02/2015\n"


def test_a_line_under_the_first_cell_is_a_line() -> None:
    table = placed((72, 700, "Name"), (300, 700, "Value"), (72, 686, "The text goes on."))
    assert raw(pdf([table])) == "Name\tValue\nThe text goes on.\n"


def test_words_that_touch_in_drawing_order_are_kept_apart() -> None:
    # One string after the other without a blank, at the end of one line and the start of the next.
    content = show(72, 700, "is not necessary.") + show(72, 686, "Gabapentin 600mg: Upheld")
    assert raw(pdf([zlib.compress(content)])) == "is not necessary.\nGabapentin 600mg: Upheld\n"


def test_raised_letters_stay_in_their_word() -> None:
    content = (
        show(72, 700, "Voltaren", 12)
        + show(117, 704, "R", 7)
        + show(126, 700, "gel on the 2")
        + show(184, 703.5, "nd", 7)
    )
    content += show(72, 686, "day.")
    first = raw(pdf([zlib.compress(content)])).splitlines()
    assert first[1:] == ["day."]
    assert first[0].replace(" ", "") == "VoltarenRgelonthe2nd"


def test_line_end_hyphens_are_hyphens() -> None:
    text = raw(letter("The injured worker takes an anti-", "inflammatory drug since 10-28-", "2016 and rests."))
    assert text == "The injured worker takes an anti-\ninflammatory drug since 10-28-\n2016 and rests.\n"
    assert "anti-inflammatory drug since 10-28-2016 and" in source_from_text(text, "d", "d", "").reading.text


def test_pages_are_parted_by_a_form_feed() -> None:
    data = pdf([lines("The pain went", "on for a"), lines("year after that.")])
    assert raw(data) == "The pain went\non for a\n\fyear after that.\n"
    reading = source_from_text(raw(data), "d", "d", "").reading
    assert reading.text == "The pain went on for a year after that.\n"
    assert reading.page(reading.text.index("year")) == 2


def test_a_scanned_page_is_named_and_a_blank_one_is_not() -> None:
    ruled = zlib.compress(b"0 0 m 300 300 l S\n" + show(72, 700, "  "))
    data = pdf([lines("Text."), SCAN, zlib.compress(b" "), ruled, lines("More.")], extra=[PICTURE])
    assert problems(data) == ("no text on page 2, needs OCR",)
    assert raw(data) == "Text.\n\f\n\f\n\f\n\fMore.\n"


def test_text_that_is_drawn_as_outlines_is_named() -> None:
    drawn = zlib.compress(b"0 0 m 300 300 l S\n" * 50)
    assert problems(pdf([lines("Text."), drawn])) == ("no text on page 2, needs OCR",)


def test_only_scans() -> None:
    with pytest.raises(PdfError, match=r"^has no text on any of its pages \(2\): blank, or a scan that needs OCR$"):
        raw(pdf([SCAN, SCAN], extra=[PICTURE]))


def test_a_font_without_a_character_map() -> None:
    symbols = zlib.compress(show(72, 700, "ok") + b"BT /F1 12 Tf 72 660 Td <0102030405060102030405060708> Tj ET\n")
    assert problems(pdf([symbols])) == (
        "the text of page 1 cannot be decoded (its font has no character map), needs OCR",
    )


def test_limits() -> None:
    many = pdf([lines("one")] * 4)
    with pytest.raises(PdfError, match=r"has 4 pages \(limit 3\)"):
        raw(many, Limits(pdf_pages=3))
    with pytest.raises(PdfError, match="far more text"):
        raw(many, Limits(pdf_text=8))
    assert raw(many, Limits(pdf_pages=4, pdf_text=40)).count("one") == 4


ENCRYPTED = f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<00> <00>]"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"%PDF-1.4 and nothing more", "damaged or cut off"),
        (letter("Some text.")[:300], "damaged or cut off"),
        (
            pdf([lines("x")], trailer=ENCRYPTED),
            "without a password",
        ),
        (pdf([lines("x")], trailer="/Encrypt << /Filter /Odd /V 9 >>"), "without protection"),
        (pdf([]), "damaged or cut off"),
    ],
)
def test_what_cannot_be_opened(data: bytes, reason: str) -> None:
    with pytest.raises(PdfError, match=reason):
        raw(data)


def test_a_file_without_its_end_is_read_as_far_as_it_goes() -> None:
    data = letter("The worker has pain.")
    cut = data[: data.rindex(b"xref")]
    assert raw(cut) == "The worker has pain.\n"
    assert problems(cut) == ("the file has no end mark: pages may be missing",)
