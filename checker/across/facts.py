"""What one case shows beside the others, as the facts that the rules of a batch compare."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from checker.across.case import Case, Statement, Words
from checker.across.like import Among, LikeCases
from checker.across.store import Row, Store
from checker.across.twins import Twin, TwinRationales
from checker.model.facts import UNKNOWN, Confidence, Fact, FactValue
from checker.model.findings import Beside

_DIGITS = 3
"""Shares and distances are told and compared with so many decimals."""


@dataclass(frozen=True, slots=True)
class Observed:
    """The facts of a case in its batch.

    Attributes:
        facts: By name; the rest has the vocabulary's default.
        beside: By the first part of a name ("like", "near", "twin"), the items of other letters its facts are about.
    """

    facts: Mapping[str, Fact]
    beside: Mapping[str, tuple[Beside, ...]]


@dataclass(frozen=True, slots=True)
class Batch:
    """All that is known of a run once its last letter is in."""

    store: Store
    like: LikeCases
    twins: TwinRationales

    def of(self, row: Row) -> Observed | None:
        """The facts of a case, None where no other case is anything like it."""
        like, twins = self.like.of(row), self.twins.of(row)
        if like is None and not twins:
            return None
        case = self.store.case(row)
        told = _Told(case)
        told.case()
        if like is not None:
            told.like(like[0], self.store)
            told.near(like[1], self.store)
        if twins:
            told.twins(twins, self.twins.letters(row), self.store)
        return Observed(told.facts, told.beside)


class _Told:
    """Gathers the facts of one case."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.facts: dict[str, Fact] = {}
        self.beside: dict[str, tuple[Beside, ...]] = {}

    def _say(
        self,
        name: str,
        value: FactValue,
        words: Iterable[Words] = (),
        sure: Confidence = Confidence.HIGH,
        how: str = "",
    ) -> None:
        self.facts[name] = Fact(name, value, tuple(w.evidence for w in words), sure, how)

    def case(self) -> None:
        case, deciding = self._case, self._case.deciding
        sure = min((Confidence(s.confidence) for s in deciding), key=lambda c: c.rank, default=Confidence.HIGH)
        self._say("case.label", case.label)
        self._say("case.outcome", case.outcome, (case.decision,))
        self._say("case.deciding", len(deciding), (w for s in deciding for w in s.words), sure, "rationale")
        self._say("case.deciding_told", _listed(deciding) or "none")

    def like(self, among: Among, store: Store) -> None:
        self._among("like", among)
        how = "same key and same statuses; see rules/across.yaml"
        self._say("like.otherwise", among.otherwise, (self._case.decision,), how=how)
        beside = [store.case(row) for _, row in among.beside]
        self._show("like", [_beside(other, "distance 0", _grounds(other)) for other in beside])

    def near(self, among: Among, store: Store) -> None:
        self._among("near", among)
        beside = [(distance, store.case(row)) for distance, row in among.beside]
        shown = [_beside(other, f"distance {_share(d)}", _grounds(other)) for d, other in beside]
        self._show("near", shown)
        if beside:
            nearest, other = beside[0]
            both, only = _compared(self._case, other)
            self._say("near.distance", _share(nearest), (self._case.decision,))
            self._say("near.common", len(both), (w for s in both for w in s.words))
            self._say("near.differs", ", ".join(s.title for s in only) or "none")

    def _among(self, part: str, among: Among) -> None:
        self._say(f"{part}.cases", among.cases)
        self._say(f"{part}.otherwise", among.otherwise)
        self._say(f"{part}.otherwise_share", _share(among.otherwise / among.cases) if among.cases else 0)
        self._say(f"{part}.tally", ", ".join(f"{count} {word}" for word, count in among.tally) or "none")

    def twins(self, twins: Sequence[Twin], letters: int, store: Store) -> None:
        first, case = twins[0], self._case
        beside = [store.case(twin.row) for twin in twins]
        how = "runs of words of the sentences that report the case or apply a criterion to it"
        self._say("twin.cluster", letters)
        self._say("twin.words", sum(len(sentence.split()) for sentence in case.said))
        self._say("twin.similarity", _share(first.similarity), case.sentences, how=how)
        self._say("twin.workers", first.workers or UNKNOWN, how="dates of injury")
        of_misfits = [words for misfit in first.misfits for words in misfit.words]
        codes = dict.fromkeys(misfit.code for misfit in first.misfits)
        self._say("twin.misfits", len(first.misfits), of_misfits, Confidence.MEDIUM, "findings of this letter")
        self._say("twin.misfits_told", ", ".join(codes) or "none")
        self._say("twin.fits_beside", "yes" if first.fits else "no")
        unrecorded = first.unrecorded
        self._say("twin.unrecorded", len(unrecorded), (words for _, words in unrecorded), Confidence.LOW)
        self._say("twin.unrecorded_told", ", ".join(name.replace("-", " ") for name, _ in unrecorded) or "none")
        shown = zip(twins, beside, strict=True)
        self._show("twin", [_beside(c, f"similarity {_share(t.similarity)}", c.sentences) for t, c in shown])

    def _show(self, part: str, beside: Sequence[Beside]) -> None:
        self.beside[part] = tuple(beside)
        named = "; ".join(f"{b.doc}, item {b.item} ({b.outcome}, {b.why})" for b in beside)
        self._say(f"{part}.beside", named or "none")


def _share(value: float) -> float | int:
    """A share as it is told and compared: three decimals, a whole number without any."""
    rounded = round(value, _DIGITS)
    return int(rounded) if rounded.is_integer() else rounded


def _compared(case: Case, other: Case) -> tuple[list[Statement], list[Statement]]:
    """The deciding statements of a case that the other has too, and those of either that only one has."""
    own = {(s.criterion, s.status) for s in case.deciding}
    others = {(s.criterion, s.status) for s in other.deciding}
    both = [s for s in case.deciding if (s.criterion, s.status) in others]
    only = [s for s in case.deciding if (s.criterion, s.status) not in others]
    return both, [*only, *(s for s in other.deciding if (s.criterion, s.status) not in own)]


def _listed(statements: Iterable[Statement]) -> str:
    return ", ".join(f"{s.title.lower()}: {s.status.replace('_', ' ')}" for s in statements)


def _grounds(case: Case) -> tuple[Words, ...]:
    """The words that show how a case was decided and on what."""
    return tuple(dict.fromkeys([case.decision, *(words for s in case.deciding for words in s.words)]))


def _beside(case: Case, why: str, words: Sequence[Words]) -> Beside:
    return Beside(
        doc=case.doc,
        source=case.source,
        sha256=case.sha256,
        item=case.item,
        request=case.request,
        outcome=case.outcome,
        why=why,
        quotes=tuple(w.quote for w in words),
        letter=case.letter,
    )
