"""The tables that come with the program."""

import pytest

from checker import Checker
from checker.knowledge.guidelines import Guidelines
from checker.knowledge.lexicon import Lexicon
from tests.shipped import the_checker, the_guidelines, the_lexicon


@pytest.fixture(scope="session")
def guidelines() -> Guidelines:
    return the_guidelines()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return the_lexicon()


@pytest.fixture(scope="session")
def checker() -> Checker:
    """The whole program with the rules that come with it; a session has one, for it takes seconds to load."""
    return the_checker()
