"""What reviewers have said of the findings of a letter, as its page shows it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.model.findings import Judgement
from checker.reporting.visible import folded
from checker.reporting.wire_check import finding_record
from checker.review.present import today_of
from checker.review.standing import Opinions, Standing, Today
from checker.review.statements import REASONS, Statement, Verdict

VERDICTS = {
    Verdict.CONFIRMED: "confirmed",
    Verdict.DISMISSED: "dismissed",
    Verdict.UNSURE: "unsure",
    Verdict.MISSED: "reported a missed finding",
    Verdict.CLEAN: "found nothing missed",
}


@dataclass(frozen=True, slots=True)
class SaidView:
    """One statement: who, what, when (a day), why, the note, the words of a missed finding.

    ``of_letter`` where it is about the letter, that something was missed in it or nothing.
    """

    fingerprint: str
    reviewer: str
    role: str
    verdict: str
    day: str
    reason: str
    note: str
    code: str
    words: str
    stale: bool
    of_letter: bool = False


@dataclass(frozen=True, slots=True)
class OpinionView:
    """Where a finding stands; ``record`` is the same for the script of the page, as JSON."""

    today: Today
    state: str
    said: tuple[SaidView, ...]
    record: str


class Reviewed:
    """What was said so far, and the hash of each rule.

    Attributes:
        statements: All that was said, in its order.
        letters: Names of the letters of which anything was said.

    Args:
        statements: All that was said, in its order.
        rule_hashes: Hash of each rule by its id.
    """

    def __init__(self, statements: Iterable[Statement] = (), rule_hashes: Mapping[str, str] | None = None) -> None:
        self.statements = tuple(statements)
        self._opinions = Opinions(self.statements)
        self.letters = frozenset(self._opinions.letters)
        self._hashes = rule_hashes or {}

    def on(self, letter: Judgement) -> dict[str, OpinionView]:
        """Where each finding of a letter stands, by fingerprint."""
        present = self.present(letter)
        standings = self._opinions.on(letter.facts.determination.source.doc, present)
        return {today.fingerprint: _view(today, standings[today.fingerprint]) for today in present}

    def standings(self, letter: Judgement) -> Mapping[str, Standing]:
        """The same without the words; of a letter of which nothing was said, what is open is left out."""
        doc = letter.facts.determination.source.doc
        return self._opinions.on(doc, self.present(letter)) if doc in self.letters else {}

    def present(self, letter: Judgement) -> list[Today]:
        """The findings of a letter as the review needs them."""
        parsed = letter.facts.determination
        return [today_of(parsed.source.doc, finding_record(f, parsed), self._hashes) for f in letter.findings]

    def told(self, doc: str) -> str:
        """All that was said of a letter as one text, equal for the same statements only."""
        return repr(self._opinions.of(doc)) if doc in self.letters else ""

    def of_letter(self, doc: str) -> tuple[SaidView, ...]:
        """Missed findings of a letter, and who found nothing missing in it."""
        return tuple(_said(statement) for statement in self._opinions.of_letter(doc))


def _view(today: Today, standing: Standing) -> OpinionView:
    said = said_views(standing)
    record = {"said": _records(standing.held), "stale": _records(standing.stale)} if said else {}
    return OpinionView(today, standing.state.value, said, json.dumps(record) if record else "")


def _records(statements: Sequence[Statement]) -> list[dict[str, object]]:
    return [shown(statement) for statement in statements]


def shown(statement: Statement) -> dict[str, object]:
    """What a page may hold of a statement."""
    record = statement.record()
    kept = ("fingerprint", "code", "verdict", "reason", "note", "words", "reviewer", "role", "at", "item", "blind")
    return {name: record[name] for name in kept if name in record}


def said_views(standing: Standing) -> tuple[SaidView, ...]:
    """What was said of a finding, what still holds first."""
    return (*(_said(s) for s in standing.held), *(_said(s, stale=True) for s in standing.stale))


def _said(statement: Statement, *, stale: bool = False) -> SaidView:
    return SaidView(
        fingerprint=statement.fingerprint,
        reviewer=folded(statement.reviewer),
        role=folded(statement.role),
        verdict=VERDICTS.get(statement.verdict, statement.verdict.value),
        day=statement.at.date().isoformat(),
        reason=REASONS[statement.reason] if statement.reason else "",
        note=folded(statement.note),
        code=statement.code,
        words=folded(statement.words.exact) if statement.words else "",
        stale=stale,
        of_letter=statement.verdict in {Verdict.MISSED, Verdict.CLEAN},
    )
