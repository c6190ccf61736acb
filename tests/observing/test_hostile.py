"""Letters made to keep a reader busy: twice the text is at most about twice the work, and a limit ends the rest.

Work is counted in calls of functions, not timed, so that a busy machine does not matter. What a single call may do
without end (a regular expression, a search) is caught by the run with a limit of time, wide enough for any machine.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.hostile import CASES
from benchmarks.letters import LONGEST, SHORTEST, made_letters
from checker import Checker
from checker.knowledge.stored import VARIABLE
from checker.model.determination import Determination, Status
from checker.model.facts import Facts
from checker.parsing import parse
from checker.parsing.limits import LONGEST_PART
from checker.parsing.slices import MOST_ITEMS
from checker.reading.text import source_from_text
from tests.parsing.letters import REVIEW, item, letter

ROOT = Path(__file__).parents[2]
SMALL = 20_000
MOST = 2.5
"""Calls for twice the text against calls for the text; 4 would be a square."""
LIMIT = 240
"""Seconds for every case at 100 kB, about ten times what it takes."""


def parsed(text: str, checker: Checker) -> Determination:
    return parse(source_from_text(text, "hostile", "hostile", ""), checker.lexicon)


def observed(text: str, checker: Checker) -> Facts | None:
    determination = parsed(text, checker)
    if determination.status is Status.UNKNOWN_LAYOUT:
        return None
    facts = checker.observe(determination)
    checker.judge.judge(facts)
    return facts


def calls(step: Callable[[], object]) -> int:
    """Calls of Python's and of built-in functions."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        step()
    finally:
        sys.setprofile(before)
    return count


@pytest.mark.parametrize("name", CASES)
def test_twice_the_text_is_twice_the_work(name: str, checker: Checker) -> None:
    make = CASES[name]
    observed(make(2 * SMALL), checker)  # what is remembered of words is learnt before counting
    once, twice = (calls(lambda size=size: observed(make(size), checker)) for size in (SMALL, 2 * SMALL))  # type: ignore[misc]
    assert once > 100
    assert twice < MOST * once, f"{once} calls, then {twice}"


def test_every_case_ends_in_time() -> None:
    """The ratio says nothing of one call that never ends."""
    run = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "hostile.py"), "0.1"],
        cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False,
        env={"PYTHONPATH": str(ROOT), "PATH": "", VARIABLE: os.environ[VARIABLE]},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert all(name in run.stdout for name in CASES)


def test_more_items_than_any_determination_decides_are_said_not_to_be_read(checker: Checker) -> None:
    head = letter([item("Norco 10/325mg #90")])
    more = "\n\n".join(item(f"Soma {number}mg") for number in range(2, MOST_ITEMS + 20))
    determination = parsed(f"{head}\n\n{more}", checker)
    assert len(determination.items) == MOST_ITEMS
    assert determination.status is Status.PARTIAL
    assert f"only the first {MOST_ITEMS} disputed items are read" in "\n".join(determination.problems)
    full = parsed(head + "\n\n" + "\n\n".join(item(f"Soma {number}mg") for number in range(2, 61)), checker)
    assert (len(full.items), full.status) == (60, Status.OK)


def test_issues_that_share_endless_reasons_are_read_until_it_is_enough(checker: Checker) -> None:
    determination = parsed(CASES["reasons shared by many items"](300_000), checker)
    assert 1 <= len(determination.items) < 10
    assert any("disputed items are read" in problem for problem in determination.problems)
    assert not any("items are read" in problem for problem in parsed(REVIEW, checker).problems)


def test_endless_parts_are_read_until_it_is_enough_and_the_rest_is_said_not_to_be_read(checker: Checker) -> None:
    determination = parsed(CASES["full stops"](5 * LONGEST_PART), checker)
    assert determination.summary is not None
    assert determination.items[0].rationale is not None
    assert len(determination.summary) <= LONGEST_PART
    assert len(determination.items[0].rationale) <= LONGEST_PART
    assert determination.status is Status.PARTIAL
    said = "\n".join(determination.problems)
    assert "characters of the case summary are read" in said
    assert "item 1: only the first 100,000 characters of the rationale are read" in said
    whole = parsed(CASES["full stops"](LONGEST_PART), checker)
    assert not any("characters" in problem for problem in whole.problems)


def test_the_words_of_a_hostile_letter_are_still_quoted_where_they_stand(checker: Checker) -> None:
    for make in CASES.values():
        facts = observed(make(3_000), checker)
        if facts is None:
            continue
        raw = facts.determination.source.raw
        for seen in facts.observations:
            assert seen.sentence.holds(seen.span)
            assert raw[seen.span.start : seen.span.end].strip()


def test_the_letters_for_measuring_are_letters_and_no_two_alike(checker: Checker) -> None:
    texts = made_letters(40)
    assert texts == made_letters(40)
    assert len(set(texts)) == 40
    assert all(SHORTEST <= len(text) <= LONGEST for text in texts)
    assert 4_700 < sum(map(len, texts)) / len(texts) < 5_300
    letters = [observed(text, checker) for text in texts]
    assert all(facts is not None and facts.determination.status is Status.OK for facts in letters)
    assert all(facts.items and facts.observations for facts in letters if facts is not None)
    sentences = [sentence.text for facts in letters if facts for sentence in facts.sentences]
    assert len(set(sentences)) > 0.8 * len(sentences)
