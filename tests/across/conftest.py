"""One checker for all tests of this folder, and the letters of fixtures/across judged by it."""

from collections.abc import Sequence

import pytest

from checker.model.findings import Judgement
from checker.pipeline import Checker
from checker.reading import read
from tests.across.letters import FOLDER
from tests.shipped import the_checker


@pytest.fixture(scope="session")
def checker() -> Checker:
    return the_checker()


@pytest.fixture(scope="session")
def judged(checker: Checker) -> Sequence[Judgement]:
    letters = [checker.check_source(source) for source in read([str(FOLDER)], note=lambda line: None)]
    return [letter for letter in letters if isinstance(letter, Judgement)]
