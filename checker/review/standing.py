"""What holds of each finding today: who said what last, whether they agree, and whether rule or words changed since."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from checker.review.statements import Statement, Verdict


class Today(NamedTuple):
    """A finding as the run at hand has it; the hashes are hexadecimal."""

    fingerprint: str
    rule: str
    doc: str
    item: int
    rule_hash: str
    evidence_hash: str

    @property
    def place(self) -> tuple[str, str, int]:
        """What stays when the words of the finding change, and with them its fingerprint."""
        return (self.rule, self.doc, self.item)


class State(StrEnum):
    """Where the review of a finding stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    UNSURE = "unsure"
    DISPUTED = "disputed"
    STALE = "stale"


WAITING = frozenset({State.OPEN, State.STALE})
"""States in which a finding waits for a review."""

OF_A_FINDING = {
    Verdict.CONFIRMED: State.CONFIRMED,
    Verdict.DISMISSED: State.DISMISSED,
    Verdict.UNSURE: State.UNSURE,
}
"""Where a verdict on a finding leaves it."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one finding stands.

    Attributes:
        state: One of six; ``stale`` where every verdict was given on another rule or other words.
        held: The last statement of each reviewer that still holds.
        stale: The last statement of each reviewer that was given on another rule or other words.
    """

    state: State
    held: tuple[Statement, ...] = ()
    stale: tuple[Statement, ...] = ()


def latest(statements: Iterable[Statement]) -> dict[str, dict[str, Statement]]:
    """The last statement of each reviewer by fingerprint; what was withdrawn is gone.

    The order of the file decides, not the time: clocks jump.
    """
    found: dict[str, dict[str, Statement]] = {}
    for statement in statements:
        of_finding = found.setdefault(statement.fingerprint, {})
        of_finding.pop(statement.reviewer, None)
        if statement.verdict is not Verdict.WITHDRAWN:
            of_finding[statement.reviewer] = statement
    return {fingerprint: by_reviewer for fingerprint, by_reviewer in found.items() if by_reviewer}


class Opinions:
    """What was said so far, by letter.

    Args:
        statements: All of the file of verdicts, in its order.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._by_doc: dict[str, dict[str, dict[str, Statement]]] = defaultdict(dict)
        for fingerprint, by_reviewer in latest(statements).items():
            for name, statement in by_reviewer.items():
                self._by_doc[statement.doc].setdefault(fingerprint, {})[name] = statement

    def on(self, doc: str, findings: Iterable[Today]) -> dict[str, Standing]:
        """Where each finding of a letter stands, by fingerprint.

        A verdict on a finding of the same rule, letter and item that rested on other words is a stale verdict on this.

        Args:
            doc: Name of the letter.
            findings: Its findings today.
        """
        present = {finding.fingerprint: finding for finding in findings}
        said = self._by_doc.get(doc, {})
        moved: dict[tuple[str, str, int], list[Statement]] = defaultdict(list)
        for gone in orphaned(said, present):
            moved[gone.rule, gone.doc, gone.item].append(gone)
        return {
            fingerprint: _standing([*said.get(fingerprint, {}).values(), *moved.get(finding.place, ())], finding)
            for fingerprint, finding in present.items()
        }

    def of_letter(self, doc: str) -> tuple[Statement, ...]:
        """Missed findings of a letter, and who found nothing missing in it."""
        return tuple(
            statement
            for by_reviewer in self._by_doc.get(doc, {}).values()
            for statement in by_reviewer.values()
            if statement.verdict in {Verdict.MISSED, Verdict.CLEAN}
        )

    def of(self, doc: str) -> tuple[Statement, ...]:
        """The last statement of each reviewer on each finding of a letter, and on the letter."""
        return tuple(said for by_reviewer in self._by_doc.get(doc, {}).values() for said in by_reviewer.values())

    @property
    def letters(self) -> tuple[str, ...]:
        """Names of the letters of which anything was said."""
        return tuple(self._by_doc)


def standings(statements: Iterable[Statement], findings: Iterable[Today]) -> dict[str, Standing]:
    """Where every finding of a run stands, by fingerprint.

    Args:
        statements: All of the file of verdicts, in its order.
        findings: The findings of the run.
    """
    opinions = Opinions(statements)
    by_doc: dict[str, list[Today]] = defaultdict(list)
    for finding in findings:
        by_doc[finding.doc].append(finding)
    return {fingerprint: held for doc, found in by_doc.items() for fingerprint, held in opinions.on(doc, found).items()}


def orphaned(said: Mapping[str, Mapping[str, Statement]], present: Mapping[str, Today]) -> tuple[Statement, ...]:
    """Verdicts on findings that the run does not have: the letter, the rule or the words are gone.

    Args:
        said: The last statement of each reviewer by fingerprint.
        present: The findings of the run by fingerprint.
    """
    return tuple(
        statement
        for fingerprint, by_reviewer in said.items()
        if fingerprint not in present
        for statement in by_reviewer.values()
        if statement.verdict in OF_A_FINDING
    )


def _standing(statements: Sequence[Statement], today: Today) -> Standing:
    told = [s for s in statements if s.verdict in OF_A_FINDING]
    held = tuple(s for s in told if not is_stale(s, today))
    stale = tuple(s for s in told if is_stale(s, today))
    if not held:
        return Standing(State.STALE if stale else State.OPEN, held, stale)
    deciding = [s for s in held if s.adjudicates][-1:] or held
    said = {OF_A_FINDING[s.verdict] for s in deciding}
    return Standing(said.pop() if len(said) == 1 else State.DISPUTED, held, stale)


def is_stale(statement: Statement, today: Today) -> bool:
    """Whether a verdict was given on another version of the rule, or on other words, than the finding has today."""
    if statement.fingerprint != today.fingerprint:
        return True
    rule_changed = bool(statement.rule_hash) and statement.rule_hash != today.rule_hash
    words_changed = bool(statement.evidence_hash) and statement.evidence_hash != today.evidence_hash
    return rule_changed or words_changed
