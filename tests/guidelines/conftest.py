"""The guidelines and the lexicon that come with the program."""

import pytest

from checker.knowledge.guidelines import Guidelines
from checker.knowledge.lexicon import Lexicon
from tests.shipped import the_guidelines, the_lexicon


@pytest.fixture(scope="session")
def guidelines() -> Guidelines:
    return the_guidelines()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return the_lexicon()
