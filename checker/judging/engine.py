"""durable-rules behind one small door; no other module of the program knows it.

Its documented host starts threads that call into the engine while facts are being read, swallows exceptions of actions
and frees memory it does not own when a session ends in which nothing fired. So the extension module that comes with it
is used directly, in the one way that was measured to be right: one session, in it one batch an item that begins and
ends with a sentinel fact, every firing taken from the action loop, then the same batch retracted. A new session costs
the engine some eight kilobytes a native rule to set up, more than the item itself, so one serves many items, and is
deleted now and then. The version is pinned: 2.0.28 is the last one, and what is written here was read in its source. It
does not import on Python 3.13 and later.
"""

import importlib
import importlib.metadata
import json
import sys
from types import ModuleType
from typing import Any

from checker.judging.compile import Plan
from checker.judging.errors import EngineFailure, EngineUnavailable
from checker.judging.terms import NATIVE, Term, Terms

VERSION = "2.0.28"
NAME = f"durable-rules {VERSION}"

_SESSION = "item"  # a fixed name: the engine tells sessions apart by a 32-bit hash
ITEMS_A_SESSION = 500
_HANDLED, _NOT_WANTED = 0, 1
_BEGIN, _END = (json.dumps({"session": sentinel, "sid": _SESSION}) for sentinel in ("begin", "end"))


def extension() -> ModuleType:
    """The engine's extension module.

    Raises:
        EngineUnavailable: It is not installed, is another version, or does not load on this Python.
    """
    try:
        found = importlib.metadata.version("durable_rules")
    except importlib.metadata.PackageNotFoundError:
        raise EngineUnavailable(
            f"durable-rules is not installed (Python {sys.version_info[0]}.{sys.version_info[1]})"
        ) from None
    if found != VERSION:
        raise EngineUnavailable(f"durable-rules {found} is installed; this program is made for {VERSION}")
    try:
        return importlib.import_module("durable_rules_engine")
    except ImportError as error:
        raise EngineUnavailable(f"durable-rules does not load: {error}") from error


class Session:
    """One rule set in the engine; facts of one item at a time.

    Not for several threads. A session that failed once refuses to go on, since the engine's state is then unknown.
    """

    def __init__(self, name: str, plan: Plan, engine: ModuleType) -> None:
        """Hands the rule set over.

        Raises:
            EngineFailure: The engine refuses it.
        """
        self._engine: Any = engine
        self._usable = True
        self._items = 0
        definition = {rule: _native(terms) for rule, terms in plan.native.items()}
        for sentinel in ("begin", "end"):
            definition[sentinel] = _native((("==", "session", sentinel),))
        try:
            self._handle = self._engine.create_ruleset(name, json.dumps(definition))
        except Exception as error:
            raise EngineFailure(f"durable-rules refuses the rule set {name}: {error}") from error
        self.fired("")  # an action must run in the session before it may be deleted

    def fired(self, fact: str) -> list[str]:
        """Names of the native rules that fire on a fact, given as the members of a JSON object.

        Raises:
            EngineFailure: An error of the engine, or a fact that it did not read to its end.
        """
        if not self._usable:
            raise EngineFailure("durable-rules failed before; its state is not known")
        self._usable = False  # until all ended in order, also for an interrupt from the keyboard
        batch = f'[{_BEGIN},{{{fact}{"," if fact else ""}"sid":"{_SESSION}"}},{_END}]'
        try:
            names = self._run(batch)
        except Exception as error:
            raise EngineFailure(f"durable-rules: {error}") from error
        if names.count("begin") != 1 or names.count("end") != 1:
            raise EngineFailure("durable-rules dropped facts")
        self._usable = True
        names.remove("begin")
        names.remove("end")
        return names

    def close(self) -> None:
        """Frees the rule set in the engine; the session is of no use afterwards."""
        if self._handle is not None:
            self._engine.delete_ruleset(self._handle)
        self._handle, self._usable = None, False

    def _run(self, batch: str) -> list[str]:
        names: list[str] = []
        code, state = self._engine.assert_facts(self._handle, batch)
        if code not in {_HANDLED, _NOT_WANTED}:  # a fact of an earlier item is still there, or nobody knows what
            raise EngineFailure(f"facts were not taken (code {code})")
        action = self._engine.start_action_for_state(self._handle, state)
        message = action[1] if action else None
        while message:
            names.append(message[2 : message.index('"', 2)])  # {"NAME": {...}}; the names are ours
            message = self._engine.complete_and_start_action(self._handle, state)
        self._engine.retract_facts(self._handle, batch)
        self._items += 1
        if self._items % ITEMS_A_SESSION == 0:
            self._engine.delete_state(self._handle, _SESSION)
        return names


def _native(terms: Terms) -> dict[str, Any]:
    return {"all": [{"m": {"$and": [_term(term) for term in terms]}}]}


def _term(term: Term) -> dict[str, Any]:
    operator, name, operand = term
    return {name: operand} if operator == "==" else {NATIVE[operator]: {name: operand}}
