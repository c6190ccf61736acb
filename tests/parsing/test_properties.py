"""No text makes the parser fail, and every span slices the words of the field it belongs to."""

import re
import time
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from checker.knowledge.lexicon import Lexicon
from checker.model.determination import Determination, Item, Status
from checker.model.source import Span
from checker.parsing import parse
from tests.parsing.letters import MAXIMUS, NOTICE, REVIEW, item, letter, source
from tests.shipped import the_lexicon

LEXICON: Lexicon = the_lexicon()
PIECES = [
    *re.split(r"(?<=\n\n)", letter([item("Norco 5/325mg #60 x 1 refill"), item("Massage 2x4, left hip")])),
    *re.split(r"(?<=\n\n)", NOTICE),
    *re.split(r"(?<=\n\n)", REVIEW),
    *re.split(r"(?<=\n\n)", MAXIMUS),
    "Upheld",
    ": Overturned\n",
    "was the original request. ",
    "Page(s): 99-3 of 1",
    "Decision based on MTUS ",
    "Section(s): a, B; (c, ",
    "not medically necessary",
    "#\n\n\f",
    "\u0130\u2028\ufffe-\n",
    "Case Number:\n",
    "12/34/5678 ",
]
letters = st.lists(st.sampled_from(PIECES) | st.text(max_size=30), max_size=30).map("".join)


def fold(text: str) -> str:
    return " ".join(text.split())


def spans(determination: Determination) -> list[Span]:
    found = [*determination.header.spans.values(), determination.summary]
    for entry in determination.items:
        found += [entry.heading_span, entry.request_span, entry.outcome_span, entry.rationale, entry.verdict_span]
        found += [entry.drug.span if entry.drug else None]
        for line in (entry.claims_guideline, entry.reviewer_guideline):
            found += [line.span, *(slip.span for slip in line.slips)]
            found += [span for cited in line.mtus for span in (cited.span, cited.page_span)]
    return [span for span in found if span is not None]


def slices(determination: Determination, entry: Item) -> list[tuple[str, Span | None]]:
    """Each printed text of an item with the span it was read from."""
    pairs: list[tuple[str, Span | None]] = [(entry.request, entry.request_span)]
    pairs += [(entry.drug.name, entry.drug.span)] if entry.drug else []
    for line in (entry.claims_guideline, entry.reviewer_guideline):
        pairs += [(line.raw, line.span)] if line.span else []
        pairs += [(slip.text, slip.span) for slip in line.slips]
    return pairs


def unbroken(text: str) -> str:
    """Without white space and hyphens, ligatures taken apart: a line may have ended between a hyphen and the rest."""
    apart = re.sub("[\ufb00-\ufb06]", lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return re.sub(r"[\s-]+", "", apart)


def assert_sound(determination: Determination) -> None:
    size = len(determination.source.raw)
    assert all(span.end <= size for span in spans(determination))
    assert (determination.status is Status.OK) == (not determination.problems)
    assert [entry.number for entry in determination.items] == list(range(1, len(determination.items) + 1))
    for entry in determination.items:
        assert unbroken(entry.heading) in unbroken(determination.quote(entry.heading_span))
        for text, span in slices(determination, entry):
            assert span is not None
            assert unbroken(determination.quote(span)).startswith(unbroken(text))


@settings(max_examples=400, deadline=None)
@given(letters)
def test_no_text_breaks_the_parser(text: str) -> None:
    assert_sound(parse(source(text), LEXICON))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
@example("\ufb00")
def test_no_heading_breaks_the_parser(heading: str) -> None:
    assert_sound(parse(source(letter([item("Cane"), item(heading), item("Walker")])), LEXICON))


def test_the_same_letter_gives_the_same_result() -> None:
    text = letter([item("Norco 5/325mg #60"), item("Massage 2x4")])
    assert repr(parse(source(text), LEXICON)) == repr(parse(source(text), LEXICON))


def test_time_grows_with_the_text_and_not_faster() -> None:
    """Hostile repetitions: ten times the text may take some thirty times as long, not a hundred times."""
    for piece in (
        "Upheld : ",
        "1) Norco 5/325mg #60, ",
        "is not medically necessary ",
        "Section(s): a, ",
        "(((",
        "- - -\n",
    ):
        short, long = (letter([item("Cane", reasons=piece * count)]) for count in (300, 3000))
        assert timed(long) < 40 * timed(short) + 0.5


def timed(text: str) -> float:
    given_source = source(text)
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        parse(given_source, LEXICON)
        best = min(best, time.perf_counter() - start)
    return best
