"""A part of a run: all that comes of some letters, made from them alone, in this process or in another.

The whole run is the parts one after the other, and what the comparison of all letters adds. How many processes make
them, and which is ready first, makes no difference to it.
"""

import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from checker.across.case import Case
from checker.batch.data import DataMaker, DataPart
from checker.batch.letters import Checked, Failed, Letter, Tally, identity, judged, problems, where
from checker.batch.partitions import LetterName, Partitions, packed_part
from checker.batch.selection import Selection
from checker.batch.tasks import Task
from checker.batch.together import packed_source
from checker.batch.versions import Versions
from checker.batch.workers import NOWHERE, At
from checker.model.facts import FactValue
from checker.model.findings import Judgement
from checker.model.source import SourceText
from checker.reading import Limits
from checker.reading.units import Unit, letter_of
from checker.reporting.siteparts import SiteMaker, SitePart, SitePartMaker
from checker.reporting.wire import parse_record
from checker.reporting.wire_check import check_record

Cases = Callable[[int, Judgement], tuple[tuple[Case, bytes], ...]]
"""What is kept of the letter at a place of the run for the comparison with others."""


@dataclass(frozen=True, slots=True)
class RunPart:
    """What comes of some letters of a run that follow one another.

    Attributes:
        tally: Their counts.
        said: A line for each that was not checked.
        data: What the tables and lines hold of them.
        site: What the report shows of them.
        cases: What is kept of them for the comparison.
    """

    tally: Tally
    said: tuple[str, ...]
    data: DataPart
    site: SitePart
    cases: tuple[tuple[Case, bytes], ...]


@dataclass(frozen=True, slots=True)
class PartMaker:
    """Makes parts out of letters.

    Attributes:
        versions: Of the program, the rules and the engine.
        defaults: The vocabulary's default of each fact name.
        selection: The filters.
        told: A letter as it may be written.
        site: Renders what the report shows.
        cases: For the comparison; None where letters are not compared.
    """

    versions: Versions
    defaults: Mapping[str, FactValue]
    selection: Selection
    told: Callable[[Letter], Letter]
    site: SiteMaker
    cases: Cases | None

    def part(self, letters: Iterable[Letter], start: int) -> tuple[RunPart, list[bytes], list[LetterName]]:
        """The part of some letters, their texts, packed, and their names, which may be masked in the part.

        Args:
            letters: In input order; one of them is held at a time.
            start: Place of the first in the run.
        """
        tally, data, site = Tally(), DataMaker(self.defaults), SitePartMaker(self.site, start)
        said: list[str] = []
        cases: list[tuple[Case, bytes]] = []
        sources: list[bytes] = []
        names: list[LetterName] = []
        for place, letter in enumerate(letters, start):
            name = identity(letter)
            names.append(LetterName(name.doc, name.source, name.sha256))
            if not isinstance(letter, Judgement):
                said.append(f"{name.source}: {'; '.join(problems(letter))}")
            elif self.cases is not None:
                cases += self.cases(place, letter)
            kept, hidden = self.selection.apply(letter)
            tally.add(kept)
            tally.hidden += hidden
            sources.append(packed_source(kept) if self.cases is not None else b"")
            written = self.told(kept)
            data.add(written, parse_record(written), check_record(written, self.versions))
            site.add(written)
        return RunPart(tally, tuple(said), data.part(), site.part(), tuple(cases)), sources, names


@dataclass(frozen=True, slots=True)
class TaskMaker:
    """Reads and judges the letters of a task, wherever that is, and hands on their part.

    Attributes:
        parts: Makes parts out of letters.
        check: Judges a letter.
        limits: When to refuse one.
        debug: Whether to show the traceback of an internal error.
    """

    parts: PartMaker
    check: Callable[[SourceText], Checked]
    limits: Limits = field(default_factory=Limits)
    debug: bool = False

    def make(self, task: Task, spared: Mapping[int, str], at: At) -> bytes:
        """One part, made of its letters alone; see ``checker.batch.workers.Maker``."""
        part, sources, names = self.parts.part(self._letters(task, spared, at), task.start)
        return packed_part(task, names, part, sources)

    def _letters(self, task: Task, spared: Mapping[int, str], at: At) -> Iterator[Letter]:
        for place, unit in enumerate(task.units):
            if place in spared:
                at(NOWHERE)
                yield self._failed(unit, spared[place])
            else:
                at(place)
                yield self._letter(unit)
        at(NOWHERE)

    def _letter(self, unit: Unit) -> Letter:
        try:
            source = letter_of(unit, self.limits)
        except Exception as error:
            self._broke(error)
            return self._failed(unit, where(error))
        return next(judged((source,), self.check, self._broke))

    def _failed(self, unit: Unit, problem: str) -> Failed:
        return Failed(unit.name.doc, unit.name.source, unit.sha256(self.limits), problem)

    def _broke(self, error: Exception) -> None:
        if self.debug:
            traceback.print_exception(error)


@dataclass(frozen=True, slots=True)
class PartKeeper:
    """Puts parts on the disk where they are made.

    Attributes:
        maker: Makes them.
        partitions: Where they go.
    """

    maker: TaskMaker
    partitions: Partitions

    def make(self, task: Task, spared: Mapping[int, str], at: At) -> None:
        """Make one part; see ``checker.batch.workers.Maker``.

        Raises:
            OSError: It cannot be written.
        """
        self.partitions.write(task.number, self.maker.make(task, spared, at))
