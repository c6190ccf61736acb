"""The HTML report of a run: a page a letter, their table, pages about the whole, assets; works without script."""

import json
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Self

from checker.across.shelf import Shelf
from checker.batch.letters import Letter
from checker.model.findings import Judgement
from checker.reporting.gathered import Gathered
from checker.reporting.index import IndexRow, index_row, index_script, worst_first
from checker.reporting.letterpages import LetterPages
from checker.reporting.pages import Chooser, PagesTold, surely
from checker.reporting.reviewindex import ReviewIndex, review_row
from checker.reporting.siteparts import SiteMaker, SitePart, SitePartMaker
from checker.reporting.visible import folded
from checker.reporting.wholerun import Run, WholeRun, write_page
from checker.review.statements import REASONS

STATIC_ROWS = 100
"""Rows of the index that can be read without script."""


class Site:
    """Puts the report together while the letters come in; which pages are written is known when the last is in.

    Attributes:
        maker: Renders what it shows of letters.

    Args:
        maker: Knows the run folder, the templates (with ``assets`` and ``styles``), and what decides how pages look.
    """

    def __init__(self, maker: SiteMaker) -> None:
        self.maker = maker
        self._folder = maker.folder
        self._gathered = Gathered(maker.glossary, maker.reviewed)
        self._review = ReviewIndex()
        self._chooser = Chooser(maker.choice)
        self._told: PagesTold | None = None
        self._chosen = b""
        self._rows: Shelf[IndexRow] = Shelf()
        self._titles = maker.glossary.codes()

    def __enter__(self) -> Self:
        """The report, with its files open; before that nothing is written, and workers may be started."""
        self._letters = LetterPages(self._folder, self.maker.pages)
        _copy_assets(self.maker.templates, self._folder / "assets")
        return self

    def __exit__(self, *error: object) -> None:
        """Close the files; the report is written."""
        self._letters.close()
        self._rows.close()
        self._review.close()

    def add(self, letter: Letter) -> None:
        """Take one letter: a row in the index and, where it can have one, a page."""
        maker = SitePartMaker(self.maker, len(self._rows))
        maker.add(letter)
        self.take(maker.part())

    def take(self, part: SitePart) -> None:
        """Take the letters that follow those taken so far."""
        part = part.renamed(self._letters.claimed(page.address for page in part.pages))
        for worth in part.worths:
            self._chooser.add(worth.name, readable=worth.readable, worth=worth.worth, clean=worth.clean)
        for place, review in enumerate(part.reviews, len(self._rows)):
            self._review.take(place, review)
        self._gathered.take(part.gathered)
        for row in part.rows:
            self._rows.append(row)
        for page in part.pages:
            self._letters.add(page)

    def _address(self, place: int) -> str:
        return self._rows[place].address

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
        review = review_row(letter, self.maker.reviewed)
        self._review.take(place, review)
        self._rows[place] = replace(index_row(letter, address, self.maker.glossary), review=review.count)
        self._gathered.again(place, letter, address if surely(self.maker.choice, worth=True) else "")
        self._letters.add(self.maker.pages.page(place, letter, address, self._address))

    def choose(self) -> PagesTold:
        """Which pages are written; the last letter is in."""
        if self._told is None:
            self._chosen, self._told = self._chooser.chosen()
        return self._told

    def rows(self) -> Iterator[IndexRow]:
        """A row a letter in input order; ``choose`` is over."""
        for row, wanted in zip(self._rows, self._chosen, strict=True):
            yield row if wanted or not row.page else replace(row, page="")

    def pages_of(self, docs: Iterable[str]) -> dict[str, str]:
        """Address of the page of each letter of these names from the index, "" where it has none; ``choose`` is over.

        Args:
            docs: Names of letters.
        """
        pages = {folded(doc): "" for doc in docs}
        if pages:
            for row in self.rows():
                if not pages.get(row.doc, "-"):
                    pages[row.doc] = row.page
        return {doc: pages[folded(doc)] for doc in docs}

    def pages(self) -> Iterator[str]:
        """Addresses of the pages of letters from the index, in input order."""
        return (row.page for row in self.rows() if row.page)

    def write_letters(self) -> None:
        """Write the pages of letters that were chosen; the last letter is in."""
        self.choose()
        chosen = ((place, row.page) for place, row in enumerate(self.rows()) if row.page)
        self._letters.write(chosen, len(self._rows))

    def finish(self, run: Run) -> None:
        """Write the table of letters and the pages about the whole run; ``write_letters`` is over.

        Args:
            run: The run.
        """
        told = self.choose()
        data = self._folder / "data"
        data.mkdir(exist_ok=True)
        _write_script(data / "index.js", index_script(self.rows(), self._titles))
        (data / "standing.js").write_text(self._review.standing_script(), "ascii", newline="\n")
        _write_script(data / "findings.js", self._review.findings_script())
        (data / "desk.js").write_text(desk_script(self._titles), "ascii", newline="\n")
        html = self.maker.engine.get_template("letters.html").render(
            rows=worst_first(self.rows(), STATIC_ROWS), tally=run.tally, pages=told, root=""
        )
        write_page(self._folder / "letters.html", html)
        WholeRun(
            self.maker.engine, self._folder, self.maker.glossary, self._gathered, rule_book=self.maker.rule_book
        ).write(run, self.rows, told)


def _write_script(path: Path, parts: Iterable[str]) -> None:
    with path.open("w", encoding="ascii", newline="\n") as file:
        file.writelines(parts)


def desk_script(titles: Mapping[str, str]) -> str:
    """What the pages need to take verdicts: codes, titles, reasons; ``imrcheck serve`` adds that it saves them."""
    reasons = [(reason.value, words) for reason, words in REASONS.items()]
    desk = {"mode": "file", "codes": sorted(titles.items()), "reasons": reasons}
    return "window.IMRCHECK_DESK = " + json.dumps(desk, separators=(",", ":")) + ";\n"


_STYLES = ("base", "letters", "whole", "letter", "looks")
"""Parts of the one stylesheet; of two that say different things of an element, the later one holds."""


def _copy_assets(templates: Path, target: Path) -> None:
    """Copy the assets and put the stylesheet together; times and rights of the originals do not matter."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted((templates / "assets").iterdir()):
        shutil.copyfile(path, target / path.name)
    with (target / "report.css").open("wb") as style:
        for name in _STYLES:
            style.write((templates / "styles" / f"{name}.css").read_bytes())
