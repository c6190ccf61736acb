"""The baseline: findings that were there when the gate was set up, by fingerprint, one a line of JSON.

A fingerprint holds rule, name of the letter, item and words, but no offset: an entry lasts as long as what it accepts,
and a second finding beside it is a new one. Letters of one name in different folders share fingerprints, so an entry
also tells which letter it means: the one at this place, whatever became of its bytes, or the one of these bytes,
wherever it was moved.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from checker.batch.jsonlines import json_line
from checker.batch.letters import Identity
from checker.gate.letter import place_of
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
    """One accepted finding. Fingerprint and letter decide; the rest tells people what it is.

    ``source`` is the place of the letter and ``sha256`` the hash of its bytes when it was accepted; ``beside`` are the
    letters without which a finding across a batch (BAT) cannot be met.
    """

    doc: Annotated[str, Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    item: Annotated[int, Field(ge=0)]
    code: Annotated[str, Field(min_length=1)]
    rule: Annotated[str, Field(min_length=1)]
    severity: Literal["error", "warning", "note"]
    fingerprint: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    beside: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """What two entries of a baseline never share."""
        return (self.fingerprint, self.source, self.sha256)


@dataclass(frozen=True, slots=True)
class Baseline:
    """Accepted findings.

    Attributes:
        file: The file as error lines show it.
        entries: In the order of the file, with the line each stands in.
    """

    file: str
    entries: tuple[tuple[Entry, int], ...] = ()


def load_baseline(path: Path) -> Baseline:
    """Reads a baseline.

    Raises:
        RuleError: It cannot be read, or a line of it is no entry; an empty baseline in its place would hide nothing but
            would make the gate red for the wrong reason.
    """
    file = shown(path)
    problems: list[Problem] = []
    entries: dict[tuple[str, str, str], tuple[Entry, int]] = {}
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
                        entries.setdefault(entry.key, (entry, number))
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
    return Baseline(file, tuple(entries.values()))


def _told(error: ValidationError, *, head: bool) -> str:
    first = error.errors()[0]
    what = "is not the first line of a baseline" if head else "is no entry of a baseline"
    where = ".".join(map(str, first["loc"]))
    return f"{what}: {f'{where}: ' if where else ''}{first['msg'][:1].lower()}{first['msg'][1:]}"


def entry_of(letter: Identity, finding: Finding) -> Entry:
    """The entry that accepts a finding of a letter."""
    return Entry(
        doc=letter.doc,
        source=place_of(letter.source),
        sha256=letter.sha256,
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
    each = {entry.key: entry for entry in entries}.values()
    ordered = sorted(each, key=lambda entry: (entry.doc, entry.item, entry.code, *entry.key))
    # The head comes first whatever its keys sort to; json_line sorts those of each entry.
    return json.dumps(head) + "\n" + "".join(json_line(entry.model_dump(exclude_defaults=True)) for entry in ordered)
