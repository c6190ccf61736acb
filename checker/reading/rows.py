"""Letters in the rows of JSON Lines, one at a time."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from checker.reading.letters import Name
from checker.reading.limits import Limits, size
from checker.reading.units import NoUnit, TextUnit, Unit

_LONGEST_ID = 200


def units_of_lines(
    lines: BinaryIO, stem: str, source: str, limits: Limits, first: bytes | None = None
) -> Iterator[Unit]:
    """The letters of JSON Lines: objects with ``text`` and ``id``; empty lines are passed over.

    Args:
        lines: The stream.
        stem: Names letters without an ``id``, with the number of the line.
        source: Path or name of the stream.
        limits: A line may be twice as long as a text.
        first: The first line if it has been taken from the stream.
    """
    most = 2 * limits.text_bytes
    number = 0
    while line := (first if first is not None else lines.readline(most)):
        first = None
        number += 1
        name = Name(f"{stem}-{number}", f"{source}:{number}")
        if len(line) >= most and not line.endswith(b"\n"):
            _pass_over(lines)
            yield NoUnit(name, f"the line is longer than {size(most)}: no single letter")
        elif number == 1 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            yield NoUnit(Name(name.doc, source), "is UTF-16: JSON Lines must be UTF-8 (save as UTF-8)")
            return
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _unit_of_line(line, name)


def _pass_over(lines: BinaryIO) -> None:
    while (piece := lines.readline(1_000_000)) and not piece.endswith(b"\n"):
        pass


def _unit_of_line(line: bytes, name: Name) -> Unit:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return NoUnit(name, "the line is not UTF-8 (save as UTF-8)")
    except (ValueError, RecursionError) as error:
        place = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        return NoUnit(name, f"the line is no JSON{place} (one object a line)")
    if not isinstance(row, dict):
        return NoUnit(name, 'the line is no JSON object (wanted: {"id": ..., "text": ...})')
    return unit_of_row(row.get("id"), row.get("text"), name)


def unit_of_row(given: object, text: object, name: Name) -> Unit:
    """What the letter of one row is read from.

    Args:
        given: Its ``id``, a string or an integer.
        text: Its ``text``.
        name: What it is called if it has no ``id``, and where it stands.
    """
    problems: tuple[str, ...] = ()
    if isinstance(given, str | int) and not isinstance(given, bool) and str(given).strip():
        name = Name(" ".join(str(given)[:_LONGEST_ID].split()), name.source)
    else:
        problems = (f"the row has no id: called {name.doc}",)
    if not isinstance(text, str):
        what = "has no text" if text is None else "has a text that is no string"
        return NoUnit(name, f"the row {what} (wanted: id and text)")
    return TextUnit(name, text, problems)
