"""The reading text: joined lines, marked paragraphs, and the way back to every raw offset."""

import unicodedata

import hypothesis.strategies as st
import pytest
from hypothesis import example, given

from checker.model.source import SourceText
from checker.reading.text import source_from_text

ODD = [
    *(
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\f",
        "\n\n",
        " \n\n",
        " \n\n \n\n",
        "\n\n\n\n",
        "\n\f",
        "\v",
        "\x1c",
        "\x85",
        "\u2028",
    ),
    *(
        " ",
        "  ",
        "\t",
        "\xa0",
        "\u3000",
        "-",
        "- ",
        "/",
        "\u2013",
        "\xad",
        "\u2011",
        "\ufffe",
        "\ufb01",
        "\ufb04\ufb05",
        "\u200b",
        "\ufeff",
        "\x00",
        "\x1b",
    ),
    *(
        "\ud800",
        "\u202e",
        "\U0001f600",
        "e\u0301",
        "Page 2 of 3",
        "and",
        "mg",
        "10-28-",
        "2016",
        "The pain",
        "is: Upheld",
        "Ä",
    ),
]
texts = st.one_of(
    st.lists(st.sampled_from(ODD), max_size=60).map("".join),
    st.lists(st.one_of(st.sampled_from(ODD), st.text(max_size=8)), max_size=40).map("".join),
    st.text(max_size=200),
)


def letter(raw: str) -> SourceText:
    return source_from_text(raw, "d", "d.txt", "")


def bare(text: str) -> str:
    return "".join(text.split())


def apart(text: str) -> str:
    """Ligatures as Unicode takes them apart, all else left alone."""
    return "".join(unicodedata.normalize("NFKC", point) if "\ufb00" <= point <= "\ufb06" else point for point in text)


def has_pages(raw: str) -> bool:
    return "\f" in raw or "\n\n\n\n" in raw.replace("\r\n", "\n")


@given(texts)
@example("")
@example(" \n\f\n ")
@example("x")
@example("a-\nb")
@example("A\n\n\n\nPage 2 of 3\n\nb")
def test_every_visible_code_point_stands_for_one_of_the_raw_text(raw: str) -> None:
    source = letter(raw)
    reading = source.reading
    assert len(source.raw) == len(raw)
    places = [(point, reading.raw_offset(at)) for at, point in enumerate(reading.text) if not point.isspace()]
    assert all(point in apart(source.raw[offset]) for point, offset in places)
    offsets = [offset for _, offset in places]
    assert offsets == sorted(offsets)
    assert all(offsets.count(offset) == len(apart(source.raw[offset])) for offset in set(offsets))
    if not has_pages(raw):
        assert bare(reading.text) == bare(apart(source.raw))


@given(texts, st.data())
def test_a_slice_and_its_span_hold_the_same_words(raw: str, data: st.DataObject) -> None:
    source = letter(raw)
    text = source.reading.text
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    span = source.reading.raw_span(start, end)
    assert span.end <= len(raw)
    # The last line end has nothing of its own in a raw text that ends in a word.
    if not has_pages(raw) and text[start:end] != "\n":
        words, covered = bare(text[start:end]), bare(apart(source.raw[span.start : span.end]))
        assert words in covered
        assert len(covered) - len(words) <= 4, "more than the rest of a ligature at either end"
        if raw.isascii():
            assert words == covered


@given(texts)
def test_an_offset_leads_to_the_first_letter_of_its_code_point(raw: str) -> None:
    source = letter(raw)
    reading = source.reading
    for at, point in enumerate(reading.text):
        if point.isspace():
            continue
        offset = reading.raw_offset(at)
        first = reading.reading_offset(offset)
        assert first <= at
        assert reading.raw_offset(first) == offset
        assert first == 0 or reading.raw_offset(first - 1) != offset or reading.text[first - 1].isspace()


def test_a_ligature_is_read_as_letters_and_quoted_as_printed() -> None:
    raw = "A \ufb01rst e\ufb03cient di\ufb00erence.\n"
    reading = letter(raw).reading
    assert reading.text == "A first efficient difference.\n"
    start = reading.text.index("efficient")
    span = reading.raw_span(start, start + len("efficient"))
    assert raw[span.start : span.end] == "e\ufb03cient"
    assert reading.reading_offset(raw.index("\ufb03")) == start + 1


@given(texts)
def test_white_space_is_one_blank_or_one_line_end(raw: str) -> None:
    text = letter(raw).reading.text
    assert all(point in " \n" for point in text if point.isspace())
    assert not any(pair in text for pair in ("  ", " \n", "\n ", "\n\n"))
    assert not text or (text.endswith("\n") and not text[0].isspace())


@given(texts)
def test_lines_and_pages_begin_at_words(raw: str) -> None:
    source = letter(raw)
    reading = source.reading
    starts = [reading.raw_offset(start) for start in reading.line_starts]
    assert list(reading.line_starts) == sorted(set(reading.line_starts))
    assert all(not reading.text[start].isspace() for start in reading.line_starts)
    assert all(
        not source.raw[:start].rpartition("\n")[2].strip() or source.raw[start - 1].isspace() for start in starts
    )
    assert set(reading.page_starts) <= {0, *reading.line_starts}
    if not has_pages(raw):
        assert len(starts) == sum(bool(line.strip()) for line in source.raw.splitlines())
        assert reading.page_starts == (0,)


DOUBLED = (
    " THE FINDINGS \n\n"
    "The worker has had pain in the lower \n\n"
    "back since a fall and takes an anti- \n\n"
    "inflammatory drug.  It helps \n\n"
    "a little. \n\n"
    " \n\n"
    "A second \n\n"
    "paragraph about the \n\n\n\n"
    "shoulder runs on. \n\n"
    " \n\n"
    "MAXIMUS guideline: none. \n\n\n\n"
    "Decision rationale: No. \n\n"
)


def test_doubled_line_ends() -> None:
    reading = letter(DOUBLED).reading
    assert reading.text.splitlines() == [
        "THE FINDINGS The worker has had pain in the lower back since a fall and takes an anti-inflammatory drug. "
        "It helps a little.",
        "A second paragraph about the shoulder runs on.",
        "MAXIMUS guideline: none.",
        "Decision rationale: No.",
    ]
    assert [reading.text[start : start + 8] for start in reading.page_starts] == ["THE FIND", "shoulder", "Decision"]
    assert reading.page(reading.text.index("second")) == 1
    assert reading.page(reading.text.index("runs on")) == 2
    assert len(reading.line_starts) == 10


def test_wrapped_lines_and_crlf() -> None:
    raw = "The worker takes\r\none tablet.\r\n\r\nIt helps.\r\n"
    source = letter(raw)
    assert source.reading.text == "The worker takes one tablet.\nIt helps.\n"
    span = source.reading.raw_span(11, 20)
    assert source.raw[span.start : span.end] == "takes\r\none"


def test_one_line_a_paragraph() -> None:
    long = "The worker was seen. " * 20
    raw = f"Norco: Upheld\n{long}\nDecision rationale: {long}\n"
    assert letter(raw).reading.text.count("\n") == 3


def test_short_lines_stay_together_without_paragraph_marks() -> None:
    assert (
        letter("The worker\ntakes one.\nIt helps\nthe pain.").reading.text
        == "The worker takes one. It helps the pain.\n"
    )


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("on 10-28-", "2016 it", "on 10-28-2016 it"),
        ("1-", "2 times", "1-2 times"),
        ("short-", "and long-acting", "short- and long-acting"),
        ("pain -", "severe", "pain - severe"),
        ("hydrocodone/", "acetaminophen", "hydrocodone/acetaminophen"),
        ("pages 78\u2013", "80", "pages 78\u201380"),
        ("pages 78 \u2013", "80", "pages 78 \u2013 80"),
        ("non\xad", "opioid", "non-opioid"),
        ("non\ufffe", "opioid", "non-opioid"),
    ],
)
def test_line_end_hyphens(before: str, after: str, joined: str) -> None:
    assert letter(f"{before}\n{after} and more\nof it").reading.text == f"{joined} and more of it\n"


@pytest.mark.parametrize(
    ("before", "after", "paragraph"),
    [
        ("A lumbar injection of a steroid was", "approved.", False),
        ("the pain in the neck, the arm,", "Norco and one other drug", False),
        ("as the reviewer of this request has found in the Chronic Pain", "Guidelines of 2009", False),
        ("FINDINGS AND REASONS", "The reviewer found", True),
        ("It was not medically necessary.", "Norco 10mg: Upheld", True),
        ("Norco 10mg: Upheld", "Claims Administrator guideline: none", True),
    ],
)
def test_what_meets_at_a_page_break(before: str, after: str, *, paragraph: bool) -> None:
    full = "the worker has had pain in the lower back since the fall of 2011 and"
    text = letter(f"{full}\n{before}\n\f{after}\n").reading.text
    assert (before + ("\n" if paragraph else " ") + after) in text


def test_page_numbers_and_running_lines_do_not_cut_a_sentence() -> None:
    raw = (
        "Review Board\nThe pain of the worker was a\nlot of\nPage 1 of 3\n\f"
        "Review Board\nmore than it had been in\nPage 2 of 3\n\f"
        "Review Board\nthe year before.\nPage 3 of 3\n"
    )
    text = letter(raw).reading.text
    assert text == "Review Board The pain of the worker was a lot of more than it had been in the year before.\n"
    assert letter("Only one page.\nPage 1 of 1\n").reading.text == "Only one page. Page 1 of 1\n"


def test_a_printed_time_and_address_do_not_cut_a_sentence() -> None:
    raw = "1/2/15, 9:30 AM\nThe pain was a lot\nfile://a 1/2\n\f1/2/15, 9:30 AM\nworse than before.\nfile://a 2/2\n"
    assert letter(raw).reading.text == "1/2/15, 9:30 AM The pain was a lot worse than before. file://a 2/2\n"


def test_a_line_that_opens_two_pages_of_three_stays() -> None:
    raw = "The first page is\nhere.\n\fMAXIMUS guideline: 1\nnone\n\fMAXIMUS guideline: 2\nnone\n"
    assert letter(raw).reading.text.count("MAXIMUS") == 2


def test_code_points_no_letter_means_are_replaced_one_for_one() -> None:
    source = letter("a\x07b \x1b[31mred \ud800")
    assert source.raw == "a\ufffdb \ufffd[31mred \ufffd"
    assert source.problems == ("control characters replaced: 3 (the text may come from a broken export)",)
    assert letter("plain").problems == ()


def test_long_inputs_of_every_shape() -> None:
    size = 300_000
    for unit in ("a", "a ", "a\n", "a \n\n", " ", "\n", "\f", "a\f", "-\n", "\t", "a  ", "\xad", "Page 1\f"):
        raw = unit * (size // len(unit))
        reading = letter(raw).reading
        visible = len(bare(letter(raw).raw))
        assert len(bare(reading.text)) == (0 if unit.startswith("Page") else visible)


def test_a_page_number_behind_the_number_of_the_case_is_left_out_though_it_stands_once() -> None:
    first = "The pain was rated at seven and the knee\n\nFinal Letter for Case Number CM15-0990001  Page 2\n\f"
    raw = f"{first}\ngave way on the stairs at home and at work.\n"
    assert (
        letter(raw).reading.text
        == "The pain was rated at seven and the knee gave way on the stairs at home and at work.\n"
    )


def test_a_line_of_the_letter_that_ends_in_a_page_of_a_guideline_stays() -> None:
    raw = "The line cites the guideline on the knee, page 2\n\f\nand one more, on the hip, page 4\n"
    assert "page 2" in letter(raw).reading.text


def test_a_foot_whose_page_break_was_lost_in_copying_does_not_cut_a_sentence() -> None:
    raw = (
        "The use of the drug would exceed by a good deal\n\nFinal Letter for Case Number CM15-0990001   2\n\n"
        "the weeks that the guideline allows.\n\nFinal Letter for Case Number CM15-0990001   3\n"
    )
    reading = letter(raw).reading
    assert reading.text == "The use of the drug would exceed by a good deal the weeks that the guideline allows.\n"
    assert len(reading.page_starts) == 2


def test_a_case_number_without_a_page_behind_it_is_no_foot() -> None:
    raw = "A heading\n\nCase Number: CM15-0990001\n\nAnother line of the letter stands here.\n"
    assert "Case Number: CM15-0990001" in letter(raw).reading.text
