"""Blind double review: what others say of some findings stays hidden from a reviewer who has not spoken yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from checker.review.standing import OF_A_FINDING, Today, is_stale
from checker.review.statements import Statement, Verdict

OF_A_LETTER = frozenset({Verdict.MISSED, Verdict.CLEAN})


@dataclass(frozen=True, slots=True)
class Blinding:
    """What is reviewed blind.

    Attributes:
        everything: All findings and letters.
        units: Name of the letter and number of the item of the units marked for double review; 0: all of the letter.
        letters: Names of their letters.
    """

    everything: bool = False
    units: frozenset[tuple[str, int]] = frozenset()
    letters: frozenset[str] = frozenset()

    @classmethod
    def of_sample(cls, record: Mapping[str, Any], *, double: bool = True) -> Self:
        """The units that the record of a sample marks for double review, or all of its units."""
        units = frozenset((u["doc"], u["item"]) for u in record["units"] if u.get("double") or not double)
        return cls(units=units, letters=frozenset(doc for doc, _ in units))

    def covers(self, doc: str, item: int) -> bool:
        """Whether the findings of an item (0: of the letter as a whole) are reviewed blind."""
        return self.everything or (doc, item) in self.units or (doc, 0) in self.units

    def covers_letter(self, doc: str) -> bool:
        """Whether what is said of the letter itself is: that something was missed in it, or nothing."""
        return self.everything or doc in self.letters

    def covers_statement(self, said: Statement) -> bool:
        """Whether a statement is about something reviewed blind."""
        return self.covers_letter(said.doc) if said.verdict in OF_A_LETTER else self.covers(said.doc, said.item)

    def __bool__(self) -> bool:
        """Whether anything is reviewed blind."""
        return self.everything or bool(self.units)

    def visible(
        self, statements: Iterable[Statement], reviewer: str, present: Mapping[str, Today]
    ) -> tuple[Statement, ...]:
        """What a reviewer may see: of what is reviewed blind, the words of others only beside an own one.

        A verdict of one's own that is stale opens nothing: the finding waits for a review as it is now.

        Args:
            statements: All of the file of verdicts, in its order.
            reviewer: Who looks; "" for somebody who has said nothing.
            present: The findings of the run by fingerprint.
        """
        said = tuple(statements)
        if not self:
            return said
        spoken = _spoken_of(said, reviewer, present)
        taken_back = {s.fingerprint: s for s in said if s.verdict is not Verdict.WITHDRAWN}

        def seen(statement: Statement) -> bool:
            about = taken_back.get(statement.fingerprint, statement)
            return statement.reviewer == reviewer or not self.covers_statement(about) or _subject(about) in spoken

        return tuple(statement for statement in said if seen(statement))

    def unseen(self, statements: Iterable[Statement], about: Statement) -> bool:
        """Whether a statement that is about to be made is blind: what others say was hidden all along.

        Args:
            statements: All that was said before, in its order.
            about: The statement; of its own ``blind`` nothing is believed.
        """
        earlier = [s for s in statements if s.doc == about.doc]
        kinds = {s.fingerprint: s for s in earlier if s.verdict is not Verdict.WITHDRAWN}
        meant = kinds.get(about.fingerprint, about)
        if not self.covers_statement(meant):
            return False
        live: set[str] = set()
        for said in earlier:
            if _subject(kinds.get(said.fingerprint, said)) != _subject(meant):
                continue
            (live.discard if said.verdict is Verdict.WITHDRAWN else live.add)(said.reviewer)
            if about.reviewer in live and len(live) > 1:
                return False
        return True


NOTHING_BLIND = Blinding()


def _subject(said: Statement) -> str:
    """What a statement is about: its finding, or its letter where it says that something or nothing was missed."""
    return f"\n{said.doc}" if said.verdict in OF_A_LETTER else said.fingerprint


def _spoken_of(statements: Iterable[Statement], reviewer: str, present: Mapping[str, Today]) -> frozenset[str]:
    """What a reviewer has said something of that still holds."""
    last: dict[str, Statement] = {}
    for said in statements:
        if said.reviewer == reviewer:
            last[said.fingerprint] = said
    return frozenset(
        _subject(said)
        for said in last.values()
        if said.verdict in OF_A_LETTER
        or (said.verdict in OF_A_FINDING and (now := present.get(said.fingerprint)) and not is_stale(said, now))
    )
