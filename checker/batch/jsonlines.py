"""JSON Lines as every output of the program writes it."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_LINE_ENDS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
"""Line ends to many readers of lines, not to JSON."""


def json_line(record: Mapping[str, Any]) -> str:
    """One line with its line end: keys sorted, UTF-8; a code point that UTF-8 cannot hold stays escaped."""
    text = json.dumps(record, sort_keys=True, ensure_ascii=False).translate(_LINE_ENDS)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def json_text(record: Mapping[str, Any]) -> str:
    """A whole JSON file that people read: keys sorted, indented."""
    return json.dumps(record, sort_keys=True, indent=2) + "\n"


def records(path: Path) -> Iterator[dict[str, Any]]:
    """The records of a file, one by one."""
    with path.open("rb") as lines:
        for line in lines:
            yield json.loads(line)
