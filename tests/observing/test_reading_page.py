"""The page that says how well letters are read says what is measured."""

import re
from dataclasses import replace

import pytest

from tests.observing.accuracy import STATUSES
from tests.observing.reading_page import BEGIN, END, PAGE, SLACK, headline_of, lines, measured, out_of_date
from tests.observing.regression_set import HERE, load, the_idiom

IDIOM = the_idiom()
FIGURES = measured(load(HERE, IDIOM.concepts), IDIOM)
TEXT = PAGE.read_text("utf-8")


def test_the_page_says_what_is_measured() -> None:
    """On failure: python -m tests.observing.reading_page --write."""
    assert out_of_date(TEXT, FIGURES) == []


def test_the_page_names_where_it_was_measured_and_tells_every_status() -> None:
    block = TEXT.partition(BEGIN)[2].partition(END)[0]
    assert re.search(r"Measured at commit [0-9a-f]{7,40}\b", block)
    assert all(f"\n| {status.replace('_', ' ')} | " in block for status in STATUSES)


def test_a_figure_that_moved_is_noticed() -> None:
    block = "\n".join(lines(FIGURES, "0" * 10))
    assert out_of_date(block, FIGURES) == []
    half = FIGURES.statements[: len(FIGURES.statements) // 2]
    wrong = [replace(answer, told="several") for answer in half]
    moved = replace(FIGURES, statements=[*wrong, *FIGURES.statements[len(half) :]])
    (said,) = out_of_date(block, moved)
    assert said.startswith("What a sentence asserts of a concept: ")
    near = replace(FIGURES.statements[0], told="several")
    assert 100 / len(FIGURES.statements) < SLACK
    assert out_of_date(block, replace(FIGURES, statements=[near, *FIGURES.statements[1:]])) == []


@pytest.mark.parametrize("page", ["", f"{BEGIN}\n{END}", f"{END} {BEGIN}"])
def test_a_page_without_figures_is_refused(page: str) -> None:
    with pytest.raises(ValueError, match="page"):
        headline_of(page)
