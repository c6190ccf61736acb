from hypothesis import given
from hypothesis import strategies as st

from checker.reporting.segments import segments

TEXT = st.text(max_size=60)


@st.composite
def text_and_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    text = draw(TEXT)
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=8))
    return text, [(min(p), max(p)) for p in pairs]


@given(text_and_spans())
def test_pieces_make_up_the_text_in_order(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    pieces = list(segments(0, len(text), spans))
    assert "".join(text[p.start : p.end] for p in pieces) == text
    assert all(p.start < p.end for p in pieces)


@given(text_and_spans())
def test_pieces_of_a_span_make_up_its_slice(case: tuple[str, list[tuple[int, int]]]) -> None:
    text, spans = case
    pieces = list(segments(0, len(text), spans))
    for i, (a, b) in enumerate(spans):
        covered = [p for p in pieces if i in p.covers]
        assert "".join(text[p.start : p.end] for p in covered) == text[a:b]
        if a < b:
            assert [p.start for p in pieces if i in p.opens] == [a]
            assert [p.end for p in pieces if i in p.closes] == [b]


@given(text_and_spans(), st.integers(0, 60))
def test_a_text_drawn_in_two_ranges_opens_and_closes_each_span_once(
    case: tuple[str, list[tuple[int, int]]], cut: int
) -> None:
    text, spans = case
    cut = min(cut, len(text))
    pieces = [*segments(0, cut, spans), *segments(cut, len(text), spans)]
    assert "".join(text[p.start : p.end] for p in pieces) == text
    for i, (a, b) in enumerate(spans):
        if a < b:
            assert sum(i in p.opens for p in pieces) == 1
            assert sum(i in p.closes for p in pieces) == 1
            assert "".join(text[p.start : p.end] for p in pieces if i in p.covers) == text[a:b]
