"""An audit: the run folder and its report, written letter by letter in one pass."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from checker.across import Across, FoundAcross
from checker.batch.differences import EarlierRun
from checker.batch.letters import Checked, Letter, Tally
from checker.batch.run import RunFolder, prepare
from checker.batch.selection import Policy, exit_code
from checker.batch.together import Sources, found_in, taken_in, with_findings
from checker.batch.versions import Versions
from checker.knowledge.redaction import Redaction
from checker.model.facts import FactValue
from checker.model.findings import Judgement
from checker.model.source import SourceText
from checker.reporting.comparison import Comparing
from checker.reporting.glossary import Glossary
from checker.reporting.packet import PACKET, write_packet
from checker.reporting.pages import PageChoice
from checker.reporting.redaction import Redactor, alias_of
from checker.reporting.site import Site
from checker.reporting.wholerun import Run
from checker.reporting.wire import parse_record
from checker.reporting.wire_check import check_record
from checker.review.statements import Statement


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
    told: Callable[[Letter], Letter] = _as_it_is
    config: Mapping[str, object] = field(default_factory=dict)
    verdicts: Sequence[VerdictFile] = ()
    against: EarlierRun | None = None
    sample: Mapping[str, Any] | None = None
    single_file: bool = False

    def write(self, letters: Iterable[Letter], folder: Path) -> Tally:
        """Write the run folder and the report of some letters; memory holds one of them and a row for each.

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
        tally = Tally()
        site = Site(
            folder,
            self.templates,
            self.versions,
            self.glossary,
            self.pages,
            rule_book=self.rule_book,
            statements=self.statements,
            options=(self.policy.selection, sorted(self.config.items())),
        )
        run = RunFolder(folder, self.versions, self.defaults)
        with run, Sources() as sources:
            for letter in taken_in(letters, self.across):
                kept, hidden = self.policy.selection.apply(letter)
                tally.add(kept)
                tally.hidden += hidden
                written = self.told(kept)
                run.add(written, parse_record(written), check_record(written, self.versions))
                site.add(written)
                if self.across is not None:
                    sources.add(kept)
            for found in found_in(self.across, self.policy.selection, tally):
                self._again(found, sources, run, site)
        manifest = run.manifest(tally, exit_code(tally, self.policy.fail_on), self._config())
        manifest["pages"] = site.choose().record()
        comparison = None
        if self.against is not None:
            comparing = Comparing(self.against, manifest)
            comparing.write(folder)
            comparison = comparing.view(site.page_of)
            manifest["against"] = comparing.told
        site.write_letters()
        manifest |= {"verdicts": [file.record() for file in self.verdicts], "files": run.hashes()}
        site.finish(Run(tally, self.policy.fail_on, manifest, comparison, self.sample))
        run.finish(manifest)
        if self.single_file:
            write_packet(folder, site.pages, "Consistency audit of determinations", folder / PACKET)
        return tally

    def _again(self, found: FoundAcross, sources: Sources, run: RunFolder, site: Site) -> None:
        """Write a letter anew, with what the comparison found."""
        letter = self._written(with_findings(self._judged(found.letter, sources), found.findings))
        more = tuple(finding for finding in letter.findings if finding.beside)
        run.again(found.letter, letter, more, check_record(letter, self.versions))
        site.again(found.letter, letter)

    def _written(self, letter: Judgement) -> Judgement:
        written = self.told(letter)
        if not isinstance(written, Judgement):
            raise TypeError("a judged letter stays a judged letter, whatever is masked in it")
        return written

    def _judged(self, place: int, sources: Sources) -> Judgement:
        """A letter of the run as it was judged the first time."""
        if self.check is None:
            raise TypeError("an audit that compares letters needs the check to judge them with")
        kept, _ = self.policy.selection.apply(self.check(sources.text(place)))
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
