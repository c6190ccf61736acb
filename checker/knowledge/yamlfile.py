"""YAML as people expect it: ``no`` is a word, ``010`` keeps its nought, a key stands once, and every value has a place.

PyYAML resolves plain scalars by YAML 1.1 (the key ``on`` becomes true, ``12:30`` becomes 750) and lets a duplicate key
win silently. This module builds values from the parser's events instead and keeps file, line and column of each.
"""

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

import yaml

from checker.knowledge.problems import Problem, Problems, RuleError, shown

__all__ = ["Document", "Key", "Place", "Problem", "Problems", "RuleError", "Value", "load_yaml", "parse_yaml", "shown"]

Key = str | int | datetime.date
Scalar = str | int | float | bool | datetime.date | None
Value = Scalar | dict[Key, "Value"] | list["Value"]

MAX_BYTES = 8_000_000
MAX_DEPTH = 40

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml is ten times faster; both give the same events
_WORDS: dict[str, Scalar] = {"": None, "~": None, "null": None, "Null": None, "NULL": None}
_WORDS |= {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,15})\.[0-9]{1,17}")
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ISO_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@dataclass(slots=True)
class Place:
    """Where a value stands, and the places of what lies below it.

    Attributes:
        line: Line of the value, from 1.
        col: Column of the value in code points, from 1.
        key_line: Line of the key that names the value; the value's own where it has none.
        key_col: Column of that key.
        below: Places of the entries of a mapping (by key) or of a list (by index).
    """

    line: int
    col: int
    key_line: int
    key_col: int
    below: dict[Key, "Place"] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML file: its value, and where each part of it stands.

    Attributes:
        path: The file.
        file: The path as error lines show it.
        data: The value of the file, made of dict, list, str, int, float, bool, date and None.
        root: The place of ``data``.
    """

    path: Path
    file: str
    data: Value
    root: Place

    def place(self, keys: Sequence[Key]) -> Place:
        """The place that the keys lead to, or the last one on the way that exists."""
        place = self.root
        for key in keys:
            if key not in place.below:
                break
            place = place.below[key]
        return place

    def position(self, keys: Sequence[Key]) -> str:
        """``file:line:col`` of the value that the keys lead to."""
        place = self.place(keys)
        return f"{self.file}:{place.line}:{place.col}"

    def problem(self, keys: Sequence[Key], message: str, hint: str = "", *, at_key: bool = False) -> Problem:
        """A mistake at the place that the keys lead to.

        Args:
            keys: Keys and indexes from the top of the file.
            message: What is wrong.
            hint: What to do.
            at_key: Point at the key rather than at its value.
        """
        place = self.place(keys)
        point_at_key = at_key or bool(place.below)  # of a mapping or list the key is what the reader looks for
        line, col = (place.key_line, place.key_col) if point_at_key else (place.line, place.col)
        return Problem(self.file, line, col, ".".join(map(str, keys)), message, hint)


def load_yaml(path: Path) -> Document:
    """Reads one YAML file.

    Args:
        path: The file.

    Returns:
        Its value with the places. Only ``true`` and ``false`` are booleans; ``yes``, ``no``, ``on``, ``off``, ``010``,
        ``12:30`` and ``1e3`` are text; a plain ``2009-07-18`` is a date, anything quoted is text.

    Raises:
        RuleError: The file cannot be read, is not UTF-8, is larger than 8 MB, is no YAML, is nested deeper than 40
            levels, holds more than one document, a tag, an anchor, an alias, a duplicate key or an impossible date.
    """
    file = shown(path)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise RuleError([Problem(file, 1, 1, "", f"cannot be read: {error.strerror or error}")]) from error
    if len(raw) > MAX_BYTES:
        raise RuleError([Problem(file, 1, 1, "", f"is larger than {MAX_BYTES // 1_000_000} MB", "split it")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise RuleError([Problem(file, line, 1, "", "is not UTF-8", "save the file as UTF-8")]) from error
    return parse_yaml(text, path)


def parse_yaml(text: str, path: Path) -> Document:
    """Like ``load_yaml``, for text that is already in memory; ``path`` names it in error lines."""
    file = shown(path)
    builder = _Builder(file)
    try:
        data, root = builder.document(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        raise RuleError([_syntax(file, error), *builder.problems]) from error
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes, Python's own reader code points: the place is looked up.
        control = _CONTROL.search(text)
        before = text[: control.start()] if control else ""
        line, col = before.count("\n") + 1, len(before) - before.rfind("\n")
        number = f" (#x{ord(control[0]):04x})" if control else ""
        message = f"holds a control character{number}"
        raise RuleError([Problem(file, line, col, "", message, "delete it")]) from error
    if builder.problems:
        raise RuleError(builder.problems)
    return Document(path, file, data, root)


def _syntax(file: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, col = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    message = " ".join((error.problem or str(error)).split())
    hint = ""
    if "mapping values are not allowed" in message:
        hint = 'text that holds ": " needs quotation marks'
    elif "\\t" in message or "'\t'" in (error.problem or "") or "cannot start any token" in message:
        hint = "indent with blanks, not tabs; text that begins with @ ` % or a tab needs quotation marks"
    return Problem(file, line, col, "", f"is no YAML: {message}", hint)


def _stop(event: yaml.Event, problem: str) -> yaml.MarkedYAMLError:
    """What makes the rest of the file meaningless, told like a syntax error."""
    return yaml.MarkedYAMLError(problem=problem, problem_mark=_mark(event))


def _mark(event: yaml.Event) -> yaml.error.Mark:
    return cast(yaml.error.Mark, event.start_mark)  # both parsers mark every event of a file


class _Builder:
    """Builds values and places from parser events; mistakes that leave the structure readable are gathered."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def document(self, events: Iterator[yaml.Event]) -> tuple[Value, Place]:
        value: Value = None
        place = Place(1, 1, 1, 1)
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _stop(event, "a second document begins; one file holds one")
                value, place = self._node(next(events), events, ())
        if documents == 0 or (value is None and not self.problems):
            self.problems.append(Problem(self.file, 1, 1, "", "is empty"))
        return value, place

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], keys: tuple[Key, ...]) -> tuple[Value, Place]:
        mark = _mark(event)
        line, col = mark.line + 1, mark.column + 1
        place = Place(line, col, line, col)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._note(place, keys, "anchors (&) and aliases (*) are not allowed", "write the value out")
        if isinstance(event, yaml.AliasEvent):
            return None, place
        if getattr(event, "tag", None):
            self._note(place, keys, "tags (!) are not allowed", "text that begins with ! needs quotation marks")
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, place, keys), place
        if len(keys) >= MAX_DEPTH:
            raise _stop(event, f"is nested deeper than {MAX_DEPTH} levels")
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, place, keys), place
        return self._mapping(events, place, keys), place

    def _sequence(self, events: Iterator[yaml.Event], place: Place, keys: tuple[Key, ...]) -> list[Value]:
        values: list[Value] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            value, below = self._node(event, events, (*keys, len(values)))
            place.below[len(values)] = below
            values.append(value)
        return values

    def _mapping(self, events: Iterator[yaml.Event], place: Place, keys: tuple[Key, ...]) -> dict[Key, Value]:
        values: dict[Key, Value] = {}
        printed: dict[str, Key] = {}  # 1 and "1" are one key to a reader
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key, at = self._key(event, events, keys)
            value, below = self._node(next(events), events, (*keys, key))
            below.key_line, below.key_col = at.line, at.col
            if str(key) in printed:
                first = place.below[printed[str(key)]].key_line
                self._note(at, (*keys, key), "the key stands here a second time", f"first in line {first}")
                continue
            printed[str(key)] = key
            values[key] = value
            place.below[key] = below
        return values

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event], keys: tuple[Key, ...]) -> tuple[Key, Place]:
        value, place = self._node(event, events, keys)
        if isinstance(value, str | int | datetime.date) and not isinstance(value, bool) and value != "<<":
            return value, place
        printed = event.value if isinstance(event, yaml.ScalarEvent) else "a list or mapping"
        self._note(place, keys, f"cannot be a key: {printed or 'nothing'}", "keys are words, whole numbers or dates")
        return str(printed), place

    def _scalar(self, event: yaml.ScalarEvent, place: Place, keys: tuple[Key, ...]) -> Scalar:
        text: str = event.value
        if event.style:  # quoted or block text
            return text
        if text in _WORDS:
            return _WORDS[text]
        if _INTEGER.fullmatch(text) or _DECIMAL.fullmatch(text):
            return float(text) if "." in text else int(text)
        if _ISO_DATE.fullmatch(text):
            try:
                return datetime.date.fromisoformat(text)
            except ValueError:
                self._note(place, keys, f"there is no such date: {text}", "put it in quotation marks if it is text")
        return text

    def _note(self, place: Place, keys: tuple[Key, ...], message: str, hint: str) -> None:
        where = ".".join(map(str, keys))
        self.problems.append(Problem(self.file, place.line, place.col, where, message, hint))
