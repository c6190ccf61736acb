"""An audit: the run folder and its report, written letter by letter in one pass."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any, Self

from checker.across import Across, FoundAcross
from checker.batch.differences import EarlierRun
from checker.batch.letters import Checked, Letter, Tally
from checker.batch.partitions import PARTS, Partitions
from checker.batch.run import RunFolder, prepare
from checker.batch.selection import Policy, exit_code
from checker.batch.tasks import LETTERS
from checker.batch.together import Sources, Texts, found_in, with_findings
from checker.batch.versions import Versions, program_sha256
from checker.knowledge.redaction import Redaction
from checker.model.facts import FactValue
from checker.model.findings import Judgement
from checker.model.source import SourceText
from checker.reading.units import Unit
from checker.reporting.comparison import Comparing
from checker.reporting.glossary import Glossary
from checker.reporting.letterpages import templates_digest
from checker.reporting.packet import PACKET, write_packet
from checker.reporting.pages import PageChoice
from checker.reporting.redaction import Redactor, alias_of
from checker.reporting.runparts import Cases, PartKeeper, PartMaker, RunPart, TaskMaker
from checker.reporting.site import Site
from checker.reporting.siteparts import SiteMaker
from checker.reporting.wholerun import Run
from checker.reporting.wire_check import check_record
from checker.reporting.work import Work, done
from checker.review.statements import Statement, digest


def _as_it_is(letter: Letter) -> Letter:
    return letter


@dataclass(frozen=True, slots=True)
class VerdictFile:
    """A file of verdicts as the manifest names it: its own name, never where it lies."""

    name: str
    sha256: str
    statements: int

    @classmethod
    def of(cls, path: Path, statements: Sequence[Statement]) -> Self:
        """A file of verdicts and what was read in it."""
        return cls(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), len(statements))

    def record(self) -> dict[str, object]:
        """The file as JSON holds it."""
        return {"name": self.name, "sha256": self.sha256, "statements": self.statements}


@dataclass(frozen=True, slots=True)
class Audit:
    """What an audit is made with.

    Attributes:
        versions: Of the program, the rules and the engine.
        glossary: The words of the rule book.
        defaults: The vocabulary's default of each fact name.
        templates: The folder of templates.
        policy: Which findings are kept, and which fail the run.
        pages: Which letters get a page.
        rule_book: Whether the pages of the rule book are put beside the report, so that codes lead to them.
        statements: What reviewers have said so far, in its order.
        across: Compares the letters with each other; None where they are not compared.
        check: Judges a letter, for those that have to be written anew because of what the comparison found.
        cases: What is kept of a letter for the comparison; left out: what ``across`` keeps.
        told: A letter as it may be written; masked, where the report is to be shared.
        config: Further options that change what the run holds.
        verdicts: The files that the statements come from.
        against: An earlier run to compare with, None where there is none.
        sample: The record of the sample that is reviewed, None where none was drawn.
        single_file: Whether summary and letters are written as one file too.
    """

    versions: Versions
    glossary: Glossary
    defaults: Mapping[str, FactValue]
    templates: Path
    policy: Policy = field(default_factory=Policy)
    pages: PageChoice = field(default_factory=PageChoice)
    rule_book: bool = False
    statements: Sequence[Statement] = ()
    across: Across | None = None
    check: Callable[[SourceText], Checked] | None = None
    cases: Cases | None = None
    told: Callable[[Letter], Letter] = _as_it_is
    config: Mapping[str, object] = field(default_factory=dict)
    verdicts: Sequence[VerdictFile] = ()
    against: EarlierRun | None = None
    sample: Mapping[str, Any] | None = None
    single_file: bool = False

    def write(self, letters: Iterable[Letter], folder: Path) -> Tally:
        """Write the run folder and the report of some letters; memory holds a part of them and a row for each.

        Letters are written as they come. Those of which the comparison finds something are judged and written a second
        time when the last is in.

        Args:
            letters: In input order.
            folder: A new or empty folder, or that of an earlier run, which is replaced.

        Returns:
            The counts of the run.

        Raises:
            FolderTakenError: The folder holds something else.
            OSError: The folder cannot be written.
            TooManyPagesError: One file was asked for and there are too many letters; all else is written.
        """
        prepare(folder, keep_pages=not self.config.get("redacted"))
        site = self._site(folder)
        with Sources() as sources:
            return self._put_together(self._made(iter(letters), self.part_maker(site), sources), folder, site, sources)

    def _made(self, letters: Iterator[Letter], maker: PartMaker, sources: Sources) -> Iterator[RunPart]:
        """The parts of letters that were judged in this process."""
        start = 0
        while some := list(islice(letters, LETTERS)):
            part, texts, _ = maker.part(some, start)
            sources.take(texts)
            start += len(some)
            yield part

    def run(self, units: Iterable[Unit], folder: Path, work: Work) -> Tally:
        """The same, with letters read and judged here, in this process or by others, and to be resumed when stopped.

        What is finished lies in the folder, in a part for each hundred letters; a run that masks keeps it elsewhere,
        since it is not masked, and cannot be resumed.

        Args:
            units: What the letters are read from, in input order.
            folder: As for ``write``.
            work: How it is done; what is written does not depend on it.

        Returns:
            The counts of the run.

        Raises:
            CannotResumeError: The run that was stopped was made with something else, or of other letters.
            WorkersDiedError: Worker processes cannot go on.
            FolderTakenError, OSError, TooManyPagesError: As ``write``.
        """
        if self.check is None:
            raise TypeError("an audit that judges letters needs the check to judge them with")
        site = self._site(folder)
        masked = tempfile.mkdtemp(prefix="imrcheck-") if self.config.get("redacted") else ""
        partitions = Partitions(Path(masked) if masked else folder / PARTS, folder, self.made_with())
        resume = work.resume and partitions.stopped
        finished = False
        try:
            partitions.claim(resume=resume)
            if masked:
                self._clear(folder)
            else:
                prepare(folder)
            partitions.open(resume=resume)
            maker = TaskMaker(self.part_maker(site), self.check, work.limits, work.debug)
            parts = done(units, PartKeeper(maker, partitions), work, resume=resume)
            tally = self._put_together(parts, folder, site, partitions)
            finished = True
        finally:
            partitions.close(finished=finished or bool(masked))
        return tally

    def _clear(self, folder: Path) -> None:
        """Take away all that is not masked, the parts of a run that was stopped too, unless that run is at work."""
        stopped = Partitions(folder / PARTS, folder, {})
        stopped.claim(resume=False)
        try:
            prepare(folder, keep_pages=False)
        finally:
            stopped.close(finished=False)

    def _site(self, folder: Path) -> Site:
        maker = SiteMaker(
            folder,
            self.templates,
            self.versions,
            self.glossary,
            self.pages,
            rule_book=self.rule_book,
            statements=self.statements,
            options=(self.policy.selection, sorted(self.config.items())),
        )
        return Site(maker)

    def part_maker(self, site: Site) -> PartMaker:
        """Makes the parts of a run."""
        cases = self.cases or (self.across.cases if self.across is not None else None)
        return PartMaker(self.versions, self.defaults, self.policy.selection, self.told, site.maker, cases)

    def made_with(self) -> dict[str, str]:
        """Hash of all that decides what the parts of a run hold, by what it is."""
        versions = self.versions
        told = {
            "program": (versions.tool, versions.python, program_sha256()),
            "rules": (versions.rules, versions.folder, versions.engine, sorted(versions.rule_hashes.items())),
            "options": (sorted((name, str(value)) for name, value in self._config().items()), self.rule_book),
            "verdicts": [statement.record() for statement in self.statements],
            "templates": templates_digest(self.templates),
        }
        return {
            name: hashlib.sha256(repr(value).encode("utf-8", "backslashreplace")).hexdigest()
            for name, value in told.items()
        }

    def _put_together(self, parts: Iterator[RunPart], folder: Path, site: Site, texts: Texts) -> Tally:
        tally = Tally()
        first = next(parts, None)  # workers, if any, are there before a file is open
        run = RunFolder(folder, self.versions, self.defaults)
        with site:
            with run:
                for part in chain(() if first is None else (first,), parts):
                    tally.take(part.tally)
                    run.take(part.data)
                    site.take(part.site)
                    if self.across is not None:
                        self.across.put(part.cases)
                for found in found_in(self.across, self.policy.selection, tally):
                    self._again(found, texts, run, site)
            self._finish(tally, folder, run, site)
        return tally

    def _finish(self, tally: Tally, folder: Path, run: RunFolder, site: Site) -> None:
        """Write what is about the run as a whole; its data are written."""
        manifest = run.manifest(tally, exit_code(tally, self.policy.fail_on), self._config())
        manifest["pages"] = site.choose().record()
        comparison = None
        if self.against is not None:
            comparing = Comparing(self.against, manifest)
            comparing.write(folder)
            comparison = comparing.view(site.pages_of)
            manifest["against"] = comparing.told
        site.write_letters()
        manifest |= {"verdicts": [file.record() for file in self.verdicts], "files": run.hashes()}
        if self.statements:
            manifest["statements"] = {"count": len(self.statements), "sha256": digest(self.statements)}
        site.finish(Run(tally, self.policy.fail_on, manifest, comparison, self.sample))
        run.finish(manifest)
        if self.single_file:
            write_packet(folder, tuple(site.pages()), "Consistency audit of determinations", folder / PACKET)

    def _again(self, found: FoundAcross, texts: Texts, run: RunFolder, site: Site) -> None:
        """Write a letter anew, with what the comparison found."""
        letter = self._written(with_findings(self._judged(found.letter, texts), found.findings))
        more = tuple(finding for finding in letter.findings if finding.beside)
        run.again(found.letter, letter, more, check_record(letter, self.versions))
        site.again(found.letter, letter)

    def _written(self, letter: Judgement) -> Judgement:
        written = self.told(letter)
        if not isinstance(written, Judgement):
            raise TypeError("a judged letter stays a judged letter, whatever is masked in it")
        return written

    def _judged(self, place: int, texts: Texts) -> Judgement:
        """A letter of the run as it was judged the first time."""
        if self.check is None:
            raise TypeError("an audit that compares letters needs the check to judge them with")
        kept, _ = self.policy.selection.apply(self.check(texts.text(place)))
        if not isinstance(kept, Judgement):
            raise TypeError("a letter that was judged was not judged the second time")
        return kept

    def _config(self) -> dict[str, object]:
        return {
            **self.policy.selection.as_dict(),
            "fail_on": self.policy.fail_on.value,
            "pages": self.pages.which.value,
            **self.config,
            "across": self.across is not None,
        }


def redacted(audit: Audit, redaction: Redaction) -> Audit:
    """The same audit with everything masked that identifies a person; reviewers keep their names.

    Args:
        audit: What is made.
        redaction: What identifies a person.
    """
    redactor = Redactor(redaction)
    return replace(
        audit,
        statements=tuple(redactor.statement(said) for said in audit.statements),
        told=redactor.letter,
        config={**audit.config, "redacted": True},
        sample=None if audit.sample is None else _masked(audit.sample),
    )


def _masked(sample: Mapping[str, Any]) -> dict[str, Any]:
    """The record of a sample with its letters called as they are where names are masked."""
    return {**sample, "units": [{**unit, "doc": alias_of(unit["sha256"])} for unit in sample["units"]]}
