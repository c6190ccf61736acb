"""The rules that come with the program, read once for all tests of a process: each reading compiles its words anew."""

from functools import cache

from checker.knowledge.guidelines import Guidelines
from checker.knowledge.idiom import Idiom
from checker.knowledge.lexicon import Lexicon
from checker.pipeline import Checker
from checker.rulebook import Rulebook


@cache
def the_checker() -> Checker:
    """The whole program, judging by the reference reading."""
    return Checker(engine="reference")


def the_rulebook() -> Rulebook:
    """Its rules."""
    return the_checker().rulebook


def the_idiom() -> Idiom:
    """Its cues and concepts."""
    return the_checker().knowledge.idiom


def the_lexicon() -> Lexicon:
    """Its drugs, treatments and measures."""
    return the_checker().lexicon


def the_guidelines() -> Guidelines:
    """Its editions."""
    return the_checker().knowledge.guidelines
