"""An audit: the run folder and its report, written letter by letter in one pass."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from checker.batch.letters import Letter, Tally
from checker.batch.run import RunFolder, prepare
from checker.batch.selection import Policy, exit_code
from checker.batch.versions import Versions
from checker.model.facts import FactValue
from checker.reporting.glossary import Glossary
from checker.reporting.pages import Pages
from checker.reporting.site import Site
from checker.reporting.wire import parse_record
from checker.reporting.wire_check import check_record
from checker.review.statements import Statement


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
    """

    versions: Versions
    glossary: Glossary
    defaults: Mapping[str, FactValue]
    templates: Path
    policy: Policy = field(default_factory=Policy)
    pages: Pages = Pages.ALL
    rule_book: bool = False
    statements: Sequence[Statement] = ()

    def write(self, letters: Iterable[Letter], folder: Path) -> Tally:
        """Write the run folder and the report of some letters; memory holds one of them and a row for each.

        Args:
            letters: In input order.
            folder: A new or empty folder, or that of an earlier run, which is replaced.

        Returns:
            The counts of the run.

        Raises:
            FolderTakenError: The folder holds something else.
            OSError: The folder cannot be written.
        """
        prepare(folder)
        tally = Tally()
        site = Site(
            folder,
            self.templates,
            self.versions,
            self.glossary,
            self.pages,
            rule_book=self.rule_book,
            statements=self.statements,
        )
        run = RunFolder(folder, self.versions, self.defaults)
        with run:
            for letter in letters:
                kept, hidden = self.policy.selection.apply(letter)
                tally.add(kept)
                tally.hidden += hidden
                run.add(kept, parse_record(kept), check_record(kept, self.versions))
                site.add(kept)
        site.finish(tally, self.policy.fail_on)
        run.finish(tally, exit_code(tally, self.policy.fail_on), self._config())
        return tally

    def _config(self) -> dict[str, object]:
        return {
            **self.policy.selection.as_dict(),
            "fail_on": self.policy.fail_on.value,
            "pages": self.pages.value,
        }
