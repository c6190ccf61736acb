"""Letters made fit to be shared: the same letter with names, numbers of cases, and day and month of dates masked.

The program judges the letter as it is; only what is written afterwards is masked. Masked words keep their length, so
that every span still holds. A letter is called by its hash, because file names are numbers of cases.
"""

import dataclasses
import datetime
import enum
import functools
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, TypeVar, cast

from checker.batch.letters import Failed, Letter, determination, identity
from checker.knowledge.redaction import Redaction
from checker.language.redacting import MASK, Finder, Shapes, masked
from checker.model.findings import Judgement
from checker.model.source import SourceText, Unreadable
from checker.review.statements import Statement

_T = TypeVar("_T")


def shapes_of(redaction: Redaction) -> Shapes:
    """The words around what identifies a person."""
    return Shapes(**{field.name: getattr(redaction, field.name) for field in dataclasses.fields(Shapes)})


class Redactor:
    """Masks letters.

    Args:
        redaction: What identifies a person.
    """

    def __init__(self, redaction: Redaction) -> None:
        self._finder = Finder(shapes_of(redaction))

    def letter(self, letter: Letter) -> Letter:
        """The letter with everything masked that would be written of it."""
        name = identity(letter)
        called = _Names([(name.doc, name.source, name.sha256), *_beside(letter)])
        if isinstance(letter, (Unreadable, Failed)):
            return _Copy(lambda text: self._told(text, (), called), {}).of(letter)
        source = determination(letter).source
        known = self._finder.surnames(source.reading.text)
        hidden = self._source(source, known, alias_of(name.sha256))
        return _Copy(
            lambda text: self._told(text, known, called), {id(source): hidden, id(source.reading): hidden.reading}
        ).of(letter)

    def statement(self, said: Statement) -> Statement:
        """What a reviewer said, of the letter by its new name; note and words masked."""
        called = _Names([(said.doc, "", said.sha256)])
        words = said.words and said.words.model_copy(
            update={name: self._told(getattr(said.words, name), (), called) for name in ("exact", "prefix", "suffix")}
        )
        told = {"doc": alias_of(said.sha256), "note": self._told(said.note, (), called), "words": words}
        return said.model_copy(update=told)

    def _told(self, text: str, known: tuple[str, ...], called: "_Names") -> str:
        if text.islower() and text.isalpha():
            return text
        told = called.replaced(text)
        return masked(told, self._finder.spans(told, known))

    def _source(self, source: SourceText, known: tuple[str, ...], alias: str) -> SourceText:
        """Found in the reading text, where no line end splits a date, and in the raw lines, which labels stand in."""
        reading = source.reading
        spans = self._finder.spans(reading.text, known)
        raw = list(masked(source.raw, self._finder.spans(source.raw, known)))
        for start, end in spans:
            for offset in range(start, end):
                if reading.text[offset].isalnum():
                    raw[reading.raw_offset(offset)] = MASK
        hidden = "".join(raw)
        text = "".join(
            MASK if letter.isalnum() and hidden[reading.raw_offset(offset)] == MASK else letter
            for offset, letter in enumerate(reading.text)
        )
        return dataclasses.replace(
            source,
            doc=alias,
            source=alias,
            raw=hidden,
            reading=dataclasses.replace(reading, text=text),
            problems=tuple(masked(line, self._finder.spans(line, known)) for line in source.problems),
        )


def alias_of(sha256: str) -> str:
    """What a letter is called where its own name may not be told."""
    return f"letter-{sha256[:12]}"


def _beside(letter: Letter) -> list[tuple[str, str, str]]:
    """Names of the letters that findings lay beside this one."""
    found = letter.findings if isinstance(letter, Judgement) else ()
    return [(other.doc, other.source, other.sha256) for finding in found for other in finding.beside]


class _Names:
    """Names and paths of letters, each to be told as an alias.

    Args:
        names: Name, path and hash of each.
    """

    def __init__(self, names: Sequence[tuple[str, str, str]]) -> None:
        known = {words: alias_of(sha256) for doc, source, sha256 in names for words in (doc, source) if words}
        self._known = dict(sorted(known.items(), key=lambda pair: (-len(pair[0]), pair[0])))

    def replaced(self, text: str) -> str:
        """The text with aliases, where a name stands as a whole word."""
        for words, alias in self._known.items():
            if words in text:
                text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", alias, text)
        return text


class _Copy:
    """A copy of a tree of values with other words; a value that occurs twice is copied once.

    Args:
        told: The words as they may be told.
        ready: Copies made beforehand, by the identity of the value.
    """

    def __init__(self, told: Callable[[str], str], ready: Mapping[int, Any]) -> None:
        self._told = functools.cache(told)
        self._ready: dict[int, Any] = dict(ready)
        self._kept: list[Any] = []

    def of(self, value: _T) -> _T:
        """The copy."""
        return cast("_T", self._of(value))

    def _of(self, value: Any) -> Any:
        if isinstance(value, (enum.Enum, int, float)) or value is None:
            return value
        if isinstance(value, str):
            return self._told(value)
        if isinstance(value, datetime.date):
            return None
        if id(value) not in self._ready:
            self._kept.append(value)  # so that no other value takes its identity
            self._ready[id(value)] = self._built(value)
        return self._ready[id(value)]

    def _built(self, value: Any) -> Any:
        if isinstance(value, Mapping):
            return {key: self._of(below) for key, below in value.items()}
        if isinstance(value, (set, frozenset)):
            return frozenset(self._of(below) for below in value)
        if isinstance(value, tuple) and hasattr(value, "_fields"):
            return type(value)(*map(self._of, value))
        if isinstance(value, Collection):  # what is made only when it is looked at, too
            return tuple(self._of(below) for below in value if not isinstance(below, datetime.date))
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            names = [field.name for field in dataclasses.fields(value) if field.init]
            return dataclasses.replace(value, **{name: self._of(getattr(value, name)) for name in names})
        raise TypeError(f"{type(value).__name__}: nobody knows how it is masked")
