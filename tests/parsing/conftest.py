"""The lexicon that comes with the program, loaded once."""

import pytest

from checker.knowledge.lexicon import Lexicon, load_lexicon
from checker.knowledge.resources import rules_folder


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(rules_folder())
