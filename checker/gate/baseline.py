"""The baseline: findings that were there when the gate was set up, by fingerprint, one a line of JSON.

A fingerprint holds rule, letter, item and words, but no offset: an entry lasts as long as what it accepts, and a second
finding beside it is a new one.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from checker.batch.jsonlines import json_line
from checker.knowledge.problems import Problem, RuleError, shown
from checker.model.findings import Finding
from checker.model.written import Strict

_LONGEST = 64 * 1024
_HINT = "write it anew with --write-baseline, or take it from version control"


class Head(Strict):
    """The first line of a baseline: what wrote it."""

    schema_: Literal[1] = Field(alias="schema")
    program: Literal["imrcheck"]
    kind: Literal["baseline"]
    tool: str
    rules: str


class Entry(Strict):
    """One accepted finding. Only the fingerprint decides; the rest tells people what it is.

    ``beside`` are the letters without which a finding across a batch (BAT) cannot be met.
    """

    doc: Annotated[str, Field(min_length=1)]
    item: Annotated[int, Field(ge=0)]
    code: Annotated[str, Field(min_length=1)]
    rule: Annotated[str, Field(min_length=1)]
    severity: Literal["error", "warning", "note"]
    fingerprint: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Baseline:
    """Accepted findings.

    Attributes:
        file: The file as error lines show it.
        entries: By fingerprint, with the line each stands in.
    """

    file: str
    entries: Mapping[str, tuple[Entry, int]] = field(default_factory=dict)


def load_baseline(path: Path) -> Baseline:
    """Reads a baseline.

    Raises:
        RuleError: It cannot be read, or a line of it is no entry; an empty baseline in its place would hide nothing but
            would make the gate red for the wrong reason.
    """
    file = shown(path)
    problems: list[Problem] = []
    entries: dict[str, tuple[Entry, int]] = {}
    try:
        with path.open("rb") as lines:
            number = 0
            while line := lines.readline(_LONGEST):
                number += 1
                try:
                    if number == 1:
                        Head.model_validate_json(line)
                    elif line.strip():
                        entry = Entry.model_validate_json(line)
                        entries.setdefault(entry.fingerprint, (entry, number))
                except ValidationError as error:
                    problems.append(Problem(file, number, 1, "", _told(error, head=number == 1), _HINT))
                    if number == 1:
                        break
    except OSError as error:
        raise RuleError([Problem(file, 1, 1, "", f"cannot be read: {error.strerror or error}")]) from error
    if not number:
        problems.append(Problem(file, 1, 1, "", "is empty: no baseline", _HINT))
    if problems:
        raise RuleError(problems)
    return Baseline(file, entries)


def _told(error: ValidationError, *, head: bool) -> str:
    first = error.errors()[0]
    what = "is not the first line of a baseline" if head else "is no entry of a baseline"
    where = ".".join(map(str, first["loc"]))
    return f"{what}: {f'{where}: ' if where else ''}{first['msg'][:1].lower()}{first['msg'][1:]}"


def entry_of(doc: str, finding: Finding) -> Entry:
    """The entry that accepts a finding."""
    return Entry(
        doc=doc,
        item=finding.item,
        code=finding.code,
        rule=finding.rule,
        severity=finding.severity.value,
        fingerprint=finding.fingerprint,
        beside=tuple(sorted({beside.doc for beside in finding.beside})),
    )


def baseline_text(entries: Iterable[Entry], tool: str, rules: str) -> str:
    """A whole baseline: the head, then the entries by letter, item and code, each once.

    Args:
        entries: In any order.
        tool: Version of the program.
        rules: Hash of the rule set.
    """
    head = {"schema": 1, "program": "imrcheck", "kind": "baseline", "tool": tool, "rules": rules}
    rows: dict[str, dict[str, Any]] = {entry.fingerprint: entry.model_dump(exclude_defaults=True) for entry in entries}
    ordered = sorted(rows.values(), key=lambda row: (row["doc"], row["item"], row["code"], row["fingerprint"]))
    # The head comes first whatever its keys sort to; json_line sorts those of each entry.
    return json.dumps(head) + "\n" + "".join(json_line(row) for row in ordered)
