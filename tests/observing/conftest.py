"""The tables that come with the program."""

import pytest

from checker import Checker
from checker.knowledge.guidelines import Guidelines, load_guidelines
from checker.knowledge.lexicon import Lexicon, load_lexicon
from checker.knowledge.resources import rules_folder


@pytest.fixture(scope="session")
def guidelines() -> Guidelines:
    return load_guidelines(rules_folder())


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(rules_folder())


@pytest.fixture(scope="session")
def checker() -> Checker:
    """The whole program with the rules that come with it; a session has one, for it takes seconds to load."""
    return Checker(engine="reference")
