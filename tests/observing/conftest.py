"""The tables that come with the program."""

import pytest

from checker.knowledge.guidelines import Guidelines, load_guidelines
from checker.knowledge.lexicon import Lexicon, load_lexicon
from checker.knowledge.resources import rules_folder


@pytest.fixture(scope="session")
def guidelines() -> Guidelines:
    return load_guidelines(rules_folder())


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(rules_folder())
