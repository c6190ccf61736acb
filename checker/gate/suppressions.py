"""Suppressions: findings that do not count, for a reason, until a day, on somebody's word. YAML written by hand."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from checker.batch.letters import Identity
from checker.gate.letter import place_of
from checker.knowledge.problems import RuleError
from checker.knowledge.schema import load_model, nearest
from checker.model.findings import Finding
from checker.model.rule import Text
from checker.model.written import Strict


class Suppression(Strict):
    """One suppression; narrower ones name the item or the one finding.

    Attributes:
        code: Code of the catalogue, whole.
        doc: Name of the letter.
        source: Place of the letter, as its outputs tell it; left out: every letter of that name.
        sha256: Hash of the letter's bytes; it then lapses when the letter is issued anew. Left out: whatever they are.
        item: Number of the disputed item, 0 for the whole letter; left out: all of them.
        fingerprint: Of the one finding meant; left out: every finding of the code.
        reason: Why it does not count.
        owner: Who answers for that.
        expires: The last day on which it holds.
    """

    code: Text
    doc: Text
    source: Text | None = None
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    item: Annotated[int, Field(ge=0)] | None = None
    fingerprint: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    reason: Text
    owner: Text
    expires: datetime.date

    @property
    def place(self) -> str | None:
        """The place of the letter, None where that does not matter."""
        return None if self.source is None else place_of(self.source)

    def covers(self, letter: Identity, finding: Finding) -> bool:
        """Whether a finding of a letter is meant."""
        return (
            letter.doc == self.doc
            and self.sha256 in (None, letter.sha256)
            and self.place in (None, place_of(letter.source))
            and finding.code.upper() == self.code.upper()
            and self.item in (None, finding.item)
            and self.fingerprint in (None, finding.fingerprint)
        )


class SuppressionFile(Strict):
    """A file of suppressions."""

    schema_: Literal[1] = Field(alias="schema")
    suppressions: tuple[Suppression, ...]


@dataclass(frozen=True, slots=True)
class Suppressions:
    """What a file of suppressions holds.

    Attributes:
        file: The file as error lines show it.
        entries: In the order of the file.
        places: Line and column of each.
    """

    file: str = ""
    entries: tuple[Suppression, ...] = ()
    places: tuple[tuple[int, int], ...] = ()


MOST_DAYS = 366
"""How far ahead the last day of a suppression may lie, unless a project says otherwise: a year, leap or not."""


def load_suppressions(path: Path, codes: Collection[str], latest: datetime.date) -> Suppressions:
    """Reads a file of suppressions.

    Args:
        path: The file.
        codes: Every code the rules know: one that they do not know suppresses nothing, and nobody would notice.
        latest: The last day that an entry may name: one that holds for good is looked at by nobody again.

    Raises:
        RuleError: It cannot be read, an entry lacks reason, owner or a day that exists, names an unknown code, or
            holds too long.
    """
    model, document = load_model(path, SuppressionFile)
    known = {code.upper(): code for code in codes}
    wrong = []
    places = []
    for number, entry in enumerate(model.suppressions):
        place = document.place(("suppressions", number))
        places.append((place.line, place.col))
        if entry.code.upper() not in known:
            near = nearest(entry.code, known.values())
            hint = f"did you mean {near}?" if near else "imrcheck rules list shows the codes"
            wrong.append(document.problem(("suppressions", number, "code"), f"no rule has the code {entry.code}", hint))
        if entry.expires > latest:
            message = f"a suppression may last until {latest.isoformat()} at most"
            hint = "renew it then if it still holds, or see --suppression-days"
            wrong.append(document.problem(("suppressions", number, "expires"), message, hint))
    if wrong:
        raise RuleError(wrong)
    return Suppressions(document.file, model.suppressions, tuple(places))
