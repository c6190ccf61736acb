"""The letters of a run beside each other: what is taken in while they pass, and what comes of it at the end."""

import pickle
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from types import TracebackType
from typing import Protocol, Self

from checker.across import Across, FoundAcross
from checker.across.shelf import Shelf
from checker.batch.letters import Letter, Tally, determination
from checker.batch.selection import Selection
from checker.model.determination import Determination
from checker.model.findings import Finding, Judgement
from checker.model.source import SourceText


def taken_in(letters: Iterable[Letter], across: Across | None) -> Iterator[Letter]:
    """The same letters; those that were judged are remembered for the comparison."""
    for place, letter in enumerate(letters):
        if across is not None and isinstance(letter, Judgement):
            across.add(place, letter)
        yield letter


def found_in(
    across: Across | None, selection: Selection, tally: Tally, met: Callable[[FoundAcross], None] | None = None
) -> Iterator[FoundAcross]:
    """What the comparison finds and the filters keep, letter by letter in input order.

    Args:
        across: Compares the letters; None: nothing is found.
        selection: The filters.
        tally: Counts what they hide, and what they keep unless ``met`` is given, whose caller counts.
        met: Told of everything found, before the filters.
    """
    for found in across.found() if across is not None else ():
        if met is not None:
            met(found)
        kept = tuple(finding for finding in found.findings if selection.keeps(finding))
        tally.hidden += len(found.findings) - len(kept)
        if met is None:
            tally.count(kept)
        if kept:
            yield replace(found, findings=kept)


def with_findings(letter: Judgement, more: Iterable[Finding]) -> Judgement:
    """The letter with findings that its neighbours gave it, in the usual order."""
    both = sorted((*letter.findings, *more), key=lambda f: (f.item, -f.severity.rank, f.code, f.rule))
    return replace(letter, findings=tuple(both))


class Texts(Protocol):
    """Gives the texts of letters that have to be looked at a second time."""

    def text(self, place: int) -> SourceText:
        """The text of the letter at a place of the run, which must have one."""


def packed_source(letter: Letter) -> bytes:
    """The text of a letter as it is kept; of one that has none, nothing."""
    if isinstance(letter, (Judgement, Determination)):
        return pickle.dumps(determination(letter).source, pickle.HIGHEST_PROTOCOL)
    return b""


class Sources:
    """The texts of the letters of a run, on disk, for those that have to be looked at a second time."""

    def __init__(self) -> None:
        self._packed: Shelf[bytes] = Shelf()

    def __enter__(self) -> Self:
        """The texts themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of the file."""
        self._packed.close()

    def take(self, packed: Iterable[bytes]) -> None:
        """Keep the texts of the next letters, as ``packed_source`` packs them."""
        for one in packed:
            self._packed.append(one)

    def text(self, place: int) -> SourceText:
        """The text of the letter at a place of the run, which must have one."""
        source: SourceText = pickle.loads(self._packed[place])  # noqa: S301 (our own bytes)
        return source
