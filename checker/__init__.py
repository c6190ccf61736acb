"""imrcheck: does the rationale of a determination carry its decision?

The public verbs, in the order in which the data goes: ``read``, ``parse``, ``observe``, ``judge`` (as
``Judge(rulebook).judge``); ``Checker`` does all of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checker.judging import Judge
    from checker.observing import observe
    from checker.parsing import parse
    from checker.pipeline import Checker
    from checker.reading import read
    from checker.rulebook import load_rulebook

__all__ = ["Checker", "Judge", "load_rulebook", "observe", "parse", "read"]

_HOMES = {
    "Checker": "checker.pipeline",
    "Judge": "checker.judging",
    "load_rulebook": "checker.rulebook",
    "observe": "checker.observing",
    "parse": "checker.parsing",
    "read": "checker.reading",
}


def __getattr__(name: str) -> object:
    """Imports a verb when it is first asked for, so that ``import checker.model`` stays cheap."""
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'checker' has no attribute {name!r}")
