"""The HTML report of a run: a page a letter, their table, pages about the whole, assets; works without script."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from jinja2 import Environment

from checker.batch.letters import Letter, identity, problems
from checker.batch.versions import Versions
from checker.model.determination import Determination
from checker.model.findings import Judgement
from checker.reporting.console import DISCLAIMER
from checker.reporting.environment import environment
from checker.reporting.gathered import Gathered
from checker.reporting.glossary import Glossary
from checker.reporting.index import IndexRow, index_row, index_script, worst_first
from checker.reporting.letterpages import LetterPages, made_with
from checker.reporting.opinions import Reviewed
from checker.reporting.pages import Chooser, PageChoice, PagesTold
from checker.reporting.reviewindex import ReviewIndex
from checker.reporting.visible import folded
from checker.reporting.wholerun import Run, WholeRun, write_page
from checker.review.statements import REASONS, Statement

STATIC_ROWS = 100
"""Rows of the index that can be read without script."""


class Site:
    """Renders the report while the letters come in; which pages of letters are written is known when the last is in.

    Args:
        folder: The run folder.
        templates: The folder of templates, with ``assets`` in it.
        versions: For the foot of each page.
        glossary: The words of the rule book.
        choice: Which letters get a page.
        rule_book: The pages of the rule book stand in ``rules`` beside the index; codes lead to them.
        statements: What reviewers have said so far, in its order.
        options: What else decides how a page looks.
    """

    def __init__(
        self,
        folder: Path,
        templates: Path,
        versions: Versions,
        glossary: Glossary,
        choice: PageChoice | None = None,
        *,
        rule_book: bool = False,
        statements: Iterable[Statement] = (),
        options: Iterable[object] = (),
    ) -> None:
        self._folder = folder
        self._glossary = glossary
        self._engine = report_engine(templates, versions, rule_book=rule_book)
        self._rule_book = rule_book
        self._reviewed = Reviewed(statements, versions.rule_hashes)
        self._gathered = Gathered(glossary, self._reviewed)
        self._review = ReviewIndex(self._reviewed)
        self._chooser = Chooser(choice or PageChoice())
        self._told: PagesTold | None = None
        made = made_with(templates, versions, (rule_book, *options))
        self._letters = LetterPages(folder, self._engine, glossary, self._reviewed, made)
        self._rows: list[IndexRow] = []
        self._titles = glossary.codes()
        _copy_assets(templates / "assets", folder / "assets")

    def add(self, letter: Letter) -> None:
        """Take one letter: a row in the index and, where it can have one, a page."""
        place, address, name = len(self._rows), "", identity(letter)
        worth = clean = False
        if isinstance(letter, (Judgement, Determination)):
            address = self._letters.address(letter)
            worth = _worth_a_page(letter) or name.doc in self._reviewed.letters
            clean = isinstance(letter, Judgement) and bool(letter.items) and not letter.findings
        self._chooser.add(name, readable=bool(address), worth=worth, clean=clean)
        self._gathered.add(place, letter, address if self._chooser.sure(worth=worth) else "")
        self._rows.append(self._row(place, letter, address))
        if isinstance(letter, (Judgement, Determination)):
            self._letters.add(place, letter, address, self._address)

    def _address(self, place: int) -> str:
        return self._rows[place].address

    def _row(self, place: int, letter: Letter, address: str) -> IndexRow:
        self._review.add(place, letter)
        return replace(index_row(letter, address, self._glossary), review=self._review.count(place))

    def again(self, place: int, letter: Judgement) -> None:
        """Render the page and the row of a letter anew; ``add`` is over.

        Args:
            place: Its place in the run.
            letter: The letter with all its findings, some of them beside other letters, which get a page too.
        """
        address = self._address(place)
        self._chooser.flagged(place)
        for beside in (beside for finding in letter.findings for beside in finding.beside):
            self._chooser.shown(beside.letter)
        self._rows[place] = self._row(place, letter, address)
        self._gathered.again(place, letter, address if self._chooser.sure(worth=True) else "")
        self._letters.add(place, letter, address, self._address)

    def choose(self) -> PagesTold:
        """Which pages are written; the last letter is in."""
        if self._told is None:
            chosen, self._told = self._chooser.chosen()
            for place, (row, wanted) in enumerate(zip(self._rows, chosen, strict=True)):
                if row.page and not wanted:
                    self._rows[place] = replace(row, page="")
        return self._told

    def page_of(self, doc: str) -> str:
        """Address of the page of a letter from the index, "" where it has none; ``choose`` is over."""
        name = folded(doc)
        return next((row.page for row in self._rows if row.doc == name), "")

    @property
    def pages(self) -> tuple[str, ...]:
        """Addresses of the pages of letters from the index, in input order."""
        return tuple(row.page for row in self._rows if row.page)

    def write_letters(self) -> None:
        """Write the pages of letters that were chosen; the last letter is in."""
        self.choose()
        self._letters.write(self.pages)

    def finish(self, run: Run) -> None:
        """Write the table of letters and the pages about the whole run; ``write_letters`` is over.

        Args:
            run: The run.
        """
        told = self.choose()
        data = self._folder / "data"
        data.mkdir(exist_ok=True)
        (data / "index.js").write_text(index_script(self._rows, self._titles), "ascii", newline="\n")
        (data / "standing.js").write_text(self._review.standing_script(), "ascii", newline="\n")
        (data / "findings.js").write_text(self._review.findings_script(), "ascii", newline="\n")
        (data / "desk.js").write_text(desk_script(self._titles), "ascii", newline="\n")
        html = self._engine.get_template("letters.html").render(
            rows=worst_first(self._rows)[:STATIC_ROWS], tally=run.tally, pages=told, root=""
        )
        write_page(self._folder / "letters.html", html)
        WholeRun(self._engine, self._folder, self._glossary, self._gathered, rule_book=self._rule_book).write(
            run, self._rows, told
        )


def desk_script(titles: Mapping[str, str]) -> str:
    """What the pages need to take verdicts: codes and titles; ``imrcheck serve`` adds that it saves them."""
    desk = {"mode": "file", "codes": sorted(titles.items())}
    return "window.IMRCHECK_DESK = " + json.dumps(desk, separators=(",", ":")) + ";\n"


def report_engine(templates: Path, versions: Versions, *, rule_book: bool = False) -> Environment:
    """The engine that renders the pages of a report.

    Args:
        templates: The folder of templates.
        versions: For the foot of each page.
        rule_book: Whether codes lead to the pages of the rule book.
    """
    engine = environment(templates)
    reasons = [(reason.value, words) for reason, words in REASONS.items()]
    engine.globals.update(disclaimer=DISCLAIMER, versions=versions, rule_book=rule_book, reasons=reasons)
    return engine


def _worth_a_page(letter: Judgement | Determination) -> bool:
    """Whether somebody should look at a letter: it has findings, or something was odd in it or in the way."""
    return not isinstance(letter, Judgement) or bool(letter.findings) or not letter.items or bool(problems(letter))


def _copy_assets(source: Path, target: Path) -> None:
    """Copy the assets; times and rights of the originals do not matter, so two runs are alike."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        shutil.copyfile(path, target / path.name)
