"""Both views of a letter hold its words, whatever is marked in them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.model.determination import Determination, Header, Reviewer, Status
from checker.reading.text import source_from_text
from checker.reporting.evidence import Mark, finding_marks
from checker.reporting.letterpage import letter_page
from checker.reporting.lettertext import Block, LetterText, letter_text
from tests.reporting import samples
from tests.reporting.reports import WORDS


def blocks(text: LetterText) -> tuple[Block, ...]:
    return text.opening + text.body


def original(text: LetterText) -> str:
    """What the original view shows: every piece, unescaped; page breaks show as line ends."""
    return "".join(p.text.unescape() for b in blocks(text) for p in b.pieces)


def reading(text: LetterText) -> str:
    """What the reading view shows: white space folds away, cut pieces are not there, blocks are paragraphs."""
    shown = ["".join(p.text.unescape() for p in b.pieces if p.kind != "cut") for b in blocks(text)]
    return "\n".join(" ".join(s.split()) for s in shown)


def parsed(raw: str) -> Determination:
    source = source_from_text(raw, "x", "x", "")
    return Determination(source, Status.UNKNOWN_LAYOUT, (), "", Header(), Reviewer(), None, ())


@pytest.mark.parametrize("make", [samples.pain, samples.clean])
def test_the_original_view_is_the_raw_text_and_the_reading_view_the_reading_text(make) -> None:  # type: ignore[no-untyped-def]
    judgement = make()
    source = judgement.facts.determination.source
    text = letter_page(judgement, WORDS).text
    assert original(text) == source.raw
    assert reading(text).split() == source.reading.text.split()


LINES = st.lists(
    st.sampled_from(
        [
            "",
            " ",
            "plain words of a line",
            "ends in anti-",
            "inflammatory drugs",
            "A SHORT HEADING",
            "1-",
            "2 times",
            "\x0c",
        ]
    ),
    max_size=14,
)


@given(
    LINES,
    st.sampled_from(["\n", "\n\n", "\r\n"]),
    st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=6),
)
def test_any_lines_and_marks_keep_every_word(lines: list[str], end: str, at: list[tuple[int, int]]) -> None:
    letter = parsed(end.join(lines))
    raw = letter.source.raw
    marks = [
        Mark(a, min(a + n, len(raw)), f"w1.{i}", f"F1.{i}", "error")
        for i, (a, n) in enumerate(at)
        if a < len(raw) and raw[a : a + n].strip()
    ]
    text = letter_text(letter, marks)
    if letter.source.reading.text.strip():
        assert original(text) == raw.replace("\x0c", "\n")
        if not marks:
            shown, read = reading(text).split(), letter.source.reading.text.split()
            # A heading stands alone even where the reading text glues it to a line before it that ends in a hyphen.
            assert shown == read if "A SHORT HEADING" not in lines else "".join(shown) == "".join(read)
        drawn = [i for b in blocks(text) for p in b.pieces for i in p.ids]
        assert sorted(drawn) == sorted(m.words for m in marks)
        noted = [n.label for b in blocks(text) for p in b.pieces for n in p.notes]
        assert sorted(noted) == sorted(m.quote for m in marks)


def test_white_space_at_the_ends_of_a_block_needs_no_mark() -> None:
    text = letter_text(parsed("\nOne paragraph.\n\nAnother one.\n\n"), [])
    assert [[(p.kind, str(p.text)) for p in b.pieces] for b in text.body] == [
        [("", "\nOne paragraph.")],
        [("", "\n\nAnother one.\n\n")],
    ]


@pytest.mark.parametrize("odd", ["\x1c", "\x85", "\u2028", "\xa0"])
def test_white_space_that_a_browser_shows_is_cut(odd: str) -> None:
    text = letter_text(parsed(f"{odd}\n\nThe paragraph."), [])
    assert not any(odd in p.text or "[" in p.text for b in blocks(text) for p in b.pieces if p.kind != "cut")


def test_a_line_end_after_a_hyphen_is_cut_from_the_reading_view() -> None:
    text = letter_text(parsed("Treated with anti-\ninflammatory drugs.\nNo more."), [])
    assert "anti-inflammatory drugs. No more." in reading(text)


def test_overlapping_quotes_share_a_piece() -> None:
    raw = "one two three four"
    text = letter_text(parsed(raw), [Mark(0, 13, "w1.1", "F1.1", "note"), Mark(4, 18, "w2.1", "F2.1", "error")])
    pieces = [p for b in text.body for p in b.pieces]
    assert [(str(p.text), p.style, p.quotes) for p in pieces] == [
        ("one ", "note", "F1.1"),
        ("two three", "error n2", "F1.1 F2.1"),
        (" four", "error", "F2.1"),
    ]
    assert [n.label for p in pieces for n in p.notes] == ["F1.1", "F2.1"]


def test_parts_are_named_and_the_opening_is_folded() -> None:
    judgement = samples.pain()
    text = letter_text(judgement.facts.determination, list(finding_marks(judgement)))
    assert text.opening
    assert not text.opening_open
    kinds = [b.kind for b in text.body]
    assert kinds[0] == "section"
    assert kinds.count("heading") == 2
    assert kinds.count("rationale") == 2
    assert "summary" in kinds
    assert [b.item for b in text.body if b.kind == "heading"] == [1, 2]


def test_evidence_in_the_opening_unfolds_it() -> None:
    judgement = samples.pain()
    raw = judgement.facts.determination.source.raw
    at = raw.index("Oregon")
    text = letter_text(judgement.facts.determination, [Mark(at, at + 6, "w1.1", "F1.1", "error")])
    assert text.opening_open


def test_ticks_lie_on_the_minimap_in_the_order_of_the_text() -> None:
    judgement = samples.pain()
    marks = list(finding_marks(judgement))
    ticks = letter_text(judgement.facts.determination, marks).ticks
    assert len(ticks) == len(marks)
    assert all(0 <= t.at < 1000 for t in ticks)
    by_place = sorted(zip(marks, ticks, strict=True), key=lambda pair: pair[0].start)
    assert [t.at for _, t in by_place] == sorted(t.at for t in ticks)


def test_a_hostile_letter_is_text() -> None:
    judgement = samples.hostile()
    text = letter_text(judgement.facts.determination, list(finding_marks(judgement)))
    html = "".join(str(p.text) for b in blocks(text) for p in b.pieces)
    assert "<script" not in html
    assert re.search(r"<(?!/?b\b)", html) is None


def test_a_heading_glued_to_what_follows_stands_alone() -> None:
    text = letter_text(parsed("A LINE IN CAPITALS\nThe text that follows it.\nMore of it.\n\nCAPITALS AGAIN\nEnd."), [])
    assert [(b.kind, "".join(p.text for p in b.pieces).strip()) for b in blocks(text)] == [
        ("section", "A LINE IN CAPITALS"),
        ("text", "The text that follows it.\nMore of it."),
        ("section", "CAPITALS AGAIN"),
        ("text", "End."),
    ]


def test_a_page_break_is_white_space_in_both_views() -> None:
    text = letter_text(parsed("The sentence runs over\x0cthe page and\x0cthe next."), [])
    assert "\x0c" not in original(text)
    assert reading(text) == "The sentence runs over the page and the next."
