"""The lexicon that comes with the program, loaded once."""

import pytest

from checker.knowledge.lexicon import Lexicon
from tests.shipped import the_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return the_lexicon()
