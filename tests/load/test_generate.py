"""Generated letters: the same for a seed, no two alike, as long as real ones, in all layouts, and read whole."""

import json
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.compose import Composer
from benchmarks.forms import LAYOUTS
from benchmarks.generate import composer, letter
from checker import Checker
from checker.model.determination import Status
from checker.model.facts import UNKNOWN
from checker.model.findings import Judgement
from tests.hygiene.tree import ROOT
from tests.shipped import the_checker


@pytest.fixture(scope="module")
def makes() -> Composer:
    return composer()


@pytest.fixture(scope="module")
def checker() -> Checker:
    return the_checker()


@pytest.fixture(scope="module")
def judged(makes: Composer, checker: Checker) -> list[Judgement]:
    checked = [checker.check_text(text, name) for name, text in (letter(makes, number) for number in range(150))]
    return [each for each in checked if isinstance(each, Judgement)]


def command(*arguments: str) -> bytes:
    run = [sys.executable, "-m", "benchmarks.generate", *arguments]
    return subprocess.run(run, cwd=ROOT, check=True, capture_output=True).stdout


def test_letters_are_as_long_as_real_ones_and_no_two_are_alike(makes: Composer) -> None:
    letters = [letter(makes, number) for number in range(600)]
    sizes = [len(text) for _, text in letters]
    # 84 published letters: mean 5,914, median 5,214, from 3,308 to 12,115 code points.
    assert 5_500 < statistics.mean(sizes) < 6_300
    assert min(sizes) > 2_000
    assert max(sizes) < 20_000
    without_number = {re.sub(r"CM\d\d-\d+", "", text) for _, text in letters}
    assert len(without_number) == len({name for name, _ in letters}) == 600


def test_a_letter_depends_on_seed_and_number_alone(makes: Composer) -> None:
    alone = letter(composer(), 7)
    assert alone == letter(makes, 7)
    assert alone != letter(composer(2), 7)


def test_every_value_is_one_that_the_vocabulary_knows(judged: list[Judgement], checker: Checker) -> None:
    # durable-rules refuses any other, and the reference reading would not notice
    vocabulary = checker.rulebook.vocabulary
    sets = [facts for each in judged for facts in (each.facts.letter, *each.facts.items)]
    told = {(name, fact.value) for facts in sets for name, fact in facts.facts.items() if fact.value != UNKNOWN}
    assert len(told) > 500
    assert [(name, value) for name, value in sorted(told, key=str) if any(vocabulary.refuses(name, value))] == []


def test_every_letter_is_read_whole_and_the_findings_are_as_frequent_as_in_real_ones(judged: list[Judgement]) -> None:
    assert len(judged) == 150
    assert {each.facts.determination.status for each in judged} == {Status.OK}
    assert {each.facts.determination.layout for each in judged} == set(LAYOUTS)
    items = sum(len(each.items) for each in judged)
    found = sum(len(each.findings) for each in judged)
    # 84 published letters: 2.0 items a letter, 1.3 findings an item.
    assert 1.5 < items / len(judged) < 2.5
    assert 0.6 < found / items < 2.0


def test_two_processes_write_the_bytes_that_one_writes(tmp_path: Path) -> None:
    one = command("1100", "--first", "5")
    assert command("1100", "--first", "5", "--processes", "2") == one
    rows = [json.loads(line) for line in one.splitlines()]
    assert [row["id"] for row in rows] == [f"letter-{number:07d}" for number in range(5, 1105)]
    command("2", "--first", "5", "--as", "text", "--to", str(tmp_path))
    texts = sorted(tmp_path.rglob("*.txt"))
    assert [path.read_text("utf-8") for path in texts] == [row["text"] for row in rows[:2]]


def test_pdfs_are_read_whole_with_two_to_three_pages(tmp_path: Path, checker: Checker) -> None:
    command("12", "--as", "pdf", "--to", str(tmp_path))
    judged = list(checker.check(tmp_path))
    assert len(judged) == 12
    pages = 0
    for each in judged:
        assert isinstance(each, Judgement)
        assert each.facts.determination.status is Status.OK
        pages += len(each.facts.determination.source.reading.page_starts)
    assert 2.0 <= pages / 12 <= 3.3
