"""The pages of a report that are about the run as a whole: summary, rules, codes, differences, manifest, audit."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from jinja2 import Environment

from checker.batch.letters import Tally
from checker.batch.selection import Exit, FailOn, exit_code
from checker.reporting.charts import DotPlot
from checker.reporting.comparison import Comparison
from checker.reporting.console import verdict
from checker.reporting.gathered import Gathered
from checker.reporting.glossary import Glossary
from checker.reporting.index import IndexRow
from checker.reporting.listed import LIMIT
from checker.reporting.manifestpage import manifest_page
from checker.reporting.pages import PagesTold
from checker.reporting.summary import Counts, RuleRow, Summary, strata_plots, summary
from checker.review.blind import NOTHING_BLIND, Blinding

Rows = Callable[[], Iterator[IndexRow]]

NAMED = 100
"""Letters that were not checked, on the pages; determinations.jsonl has all of them."""
OF_CODE = 50
"""Letters on the page of a code."""

_TEMPLATES = {
    "index.html": "index.html",
    "rules.html": "rates.html",
    "differences.html": "differences.html",
    "manifest.html": "manifest.html",
    "audit.html": "audit.html",
}
"""The template of each page."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run that is over.

    Attributes:
        tally: Its counts.
        fail_on: What fails it.
        manifest: What its manifest says.
        comparison: What is different from an earlier run, None where it was not compared.
        sample: The record of the sample that was audited, None where every letter was.
    """

    tally: Tally
    fail_on: FailOn
    manifest: Mapping[str, Any]
    comparison: Comparison | None = None
    sample: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class CodePage:
    """A code in this run: its row, its strata, the first of its letters."""

    row: RuleRow
    categories: DotPlot
    topics: DotPlot
    specialties: DotPlot
    letters: tuple[IndexRow, ...]


class WholeRun:
    """Writes every page that is about the run as a whole, but for the table of letters.

    Args:
        engine: Renders the templates.
        folder: The run folder.
        glossary: The words of the rule book.
        gathered: What was counted while the letters passed.
        rule_book: Whether the pages of the rule book stand in ``rules``.
    """

    def __init__(
        self, engine: Environment, folder: Path, glossary: Glossary, gathered: Gathered, *, rule_book: bool
    ) -> None:
        self._engine = engine
        self._folder = folder
        self._glossary = glossary
        self._gathered = gathered
        self._rule_book = rule_book

    def write(self, run: Run, rows: Rows, pages: PagesTold) -> None:
        """Write the pages.

        Args:
            run: The run.
            rows: Gives a row a letter, from the first.
            pages: Which letters have one.
        """
        whole = summary(self._counts(run), self._glossary, rule_book=self._rule_book)
        shared = {
            "tally": run.tally,
            "summary": whole,
            "verdict": verdict(run.tally, run.fail_on),
            "failed": exit_code(run.tally, run.fail_on) is not Exit.CLEAN,
            "not_checked": list(islice((row for row in rows() if row.why), NAMED)),
            "manifest": manifest_page(run.manifest),
            "comparison": run.comparison,
            "sample": run.sample,
            "pages": pages,
            "root": "",
        }
        for page, name in _TEMPLATES.items():
            more = _audit(self._gathered) if page == "audit.html" else {}
            self._page(page, name, {**shared, **more, "here": page})
        self._codes(whole, rows, pages)

    def _counts(self, run: Run) -> Counts:
        of = self._gathered
        marked = Blinding.of_sample(run.sample) if run.sample else NOTHING_BLIND
        return Counts(run.tally, of.statistics, of.progress, of.misses(), of.next_open, of.statements, marked)

    def _codes(self, whole: Summary, rows: Rows, pages: PagesTold) -> None:
        """A page for each code that was found."""
        letters: dict[str, list[IndexRow]] = {}
        for row in rows():
            for code in row.codes:
                of_code = letters.setdefault(code, [])
                if len(of_code) < OF_CODE:
                    of_code.append(row)
        for told in whole.codes:
            if told.page:
                strata = self._gathered.statistics.by_code(told.code)
                plots = strata_plots(strata, self._glossary, found_only=True)
                page = CodePage(told, *plots, tuple(letters.get(told.code, ())))
                given = {"page": page, "pages": pages, "root": "../", "here": "rules.html"}
                self._page(told.page, "code.html", given)

    def _page(self, page: str, template: str, given: Mapping[str, Any]) -> None:
        write_page(self._folder / page, self._engine.get_template(template).render(**given))


def write_page(path: Path, html: str) -> None:
    """Write a page; the same page gives the same bytes everywhere."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html, "utf-8", "backslashreplace", newline="\n")


def _audit(gathered: Gathered) -> dict[str, Any]:
    listed = gathered.listed
    return {
        "found": listed.rules(dismissed=False),
        "dismissed": listed.rules(dismissed=True),
        "left_out": gathered.progress.findings - len(listed),
        "limit": LIMIT,
        "missed": gathered.missed,
    }
