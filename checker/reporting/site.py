"""The HTML report of a run: a page a letter, their table, pages about the whole, assets; works without script."""

import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment

from checker.batch.letters import Letter, identity
from checker.batch.versions import Versions
from checker.model.determination import Determination
from checker.model.findings import Judgement
from checker.reporting.console import DISCLAIMER
from checker.reporting.environment import environment
from checker.reporting.evidence import slug
from checker.reporting.gathered import Gathered
from checker.reporting.glossary import Glossary
from checker.reporting.index import IndexRow, index_row, index_script, worst_first
from checker.reporting.letterpage import Neighbours, letter_page
from checker.reporting.opinions import Reviewed
from checker.reporting.pages import Pages
from checker.reporting.visible import folded
from checker.reporting.wholerun import Run, WholeRun, write_page
from checker.review.statements import REASONS, Statement

STATIC_ROWS = 100
"""Rows of the index that can be read without script."""

_NAME_LENGTH = 60


@dataclass(frozen=True, slots=True)
class _Waiting:
    letter: Judgement | Determination
    page: str
    before: str


class Site:
    """Writes the report while the letters come in; one page is held back until the address of the next is known.

    Args:
        folder: The run folder.
        templates: The folder of templates, with ``assets`` in it.
        versions: For the foot of each page.
        glossary: The words of the rule book.
        pages: Which letters get a page.
        rule_book: The pages of the rule book stand in ``rules`` beside the index; codes lead to them.
        statements: What reviewers have said so far, in its order.
    """

    def __init__(
        self,
        folder: Path,
        templates: Path,
        versions: Versions,
        glossary: Glossary,
        pages: Pages = Pages.ALL,
        *,
        rule_book: bool = False,
        statements: Iterable[Statement] = (),
    ) -> None:
        self._folder = folder
        self._glossary = glossary
        self._pages = pages
        self._versions = versions
        self._engine = report_engine(templates, versions, rule_book=rule_book)
        self._rule_book = rule_book
        self._reviewed = Reviewed(statements, versions.rule_hashes)
        self._gathered = Gathered(glossary, self._reviewed)
        self._letter = self._engine.get_template("letter.html")
        self._rows: list[IndexRow] = []
        self._titles = glossary.codes()
        self._taken: set[str] = set()
        self._waiting: _Waiting | None = None
        _copy_assets(templates / "assets", folder / "assets")

    def add(self, letter: Letter) -> None:
        """Take one letter: a row in the index and, where it can have one, a page."""
        page = ""
        if isinstance(letter, (Judgement, Determination)) and self._wanted(letter):
            page = self._address(letter)
            before = self._waiting.page if self._waiting else ""
            self._write(after=page)
            self._waiting = _Waiting(letter, page, before)
        self._gathered.add(len(self._rows), letter, page)
        self._rows.append(index_row(letter, page, self._glossary))

    def _wanted(self, letter: Judgement | Determination) -> bool:
        if self._pages is Pages.FLAGGED:
            return isinstance(letter, Determination) or bool(letter.findings)
        return self._pages is Pages.ALL

    def _address(self, letter: Judgement | Determination) -> str:
        """Address of a page from the index: readable, and safe whatever the letter is called."""
        name = identity(letter)
        stem = slug(name.doc)[:_NAME_LENGTH].strip("-") or "letter"
        key = f"{name.doc}\n{name.sha256}"
        digest = hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:12]
        address = f"d/{digest[:2]}/{stem}-{digest}"
        again = 1
        while address in self._taken:
            again += 1
            address = f"d/{digest[:2]}/{stem}-{digest}-{again}"
        self._taken.add(address)
        return address + ".html"

    def _write(self, after: str = "") -> None:
        waiting = self._waiting
        if waiting is None:
            return
        self._page(waiting.letter, waiting.page, waiting.before, after)

    def _page(self, letter: Judgement | Determination, page: str, before: str, after: str) -> None:
        ways = Neighbours(_from_page(before), _from_page(after), lambda place: _from_page(self._rows[place].page))
        html = self._letter.render(page=letter_page(letter, self._glossary, ways, self._reviewed), root="../../")
        write_page(self._folder / page, html)

    def lacks(self, place: int) -> bool:
        """Whether a letter of the run has no page, though one is written for it once a finding leads there."""
        return self._pages is Pages.FLAGGED and not self._rows[place].page

    def again(self, place: int, letter: Judgement) -> None:
        """Write the page and the row of a letter anew; ``add`` is over.

        Args:
            place: Its place in the run.
            letter: The letter with all its findings.
        """
        self._write()
        self._waiting = None
        page = self._rows[place].page
        if not page and self._pages is not Pages.NONE:
            page = self._address(letter)
        self._rows[place] = index_row(letter, page, self._glossary)
        self._gathered.again(place, letter, page)
        if page:
            self._page(letter, page, self._beside(place, -1), self._beside(place, 1))

    def _beside(self, place: int, step: int) -> str:
        """Address of the next page in a direction, "" where there is none."""
        stop = len(self._rows) if step > 0 else -1
        return next((self._rows[n].page for n in range(place + step, stop, step) if self._rows[n].page), "")

    def page_of(self, doc: str) -> str:
        """Address of the page of a letter from the index, "" where it has none."""
        name = folded(doc)
        return next((row.page for row in self._rows if row.doc == name), "")

    @property
    def pages(self) -> tuple[str, ...]:
        """Addresses of the pages of letters from the index, in input order."""
        return tuple(row.page for row in self._rows if row.page)

    def finish(self, run: Run) -> None:
        """Write the last page, the table of letters and the pages about the whole run.

        Args:
            run: The run.
        """
        self._write()
        data = self._folder / "data"
        data.mkdir(exist_ok=True)
        (data / "index.js").write_text(index_script(self._rows, self._titles), "ascii", newline="\n")
        (data / "desk.js").write_text(desk_script(self._titles), "ascii", newline="\n")
        html = self._engine.get_template("letters.html").render(
            rows=worst_first(self._rows)[:STATIC_ROWS], tally=run.tally, root=""
        )
        write_page(self._folder / "letters.html", html)
        WholeRun(self._engine, self._folder, self._glossary, self._gathered, rule_book=self._rule_book).write(
            run, self._rows
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


def _from_page(address: str) -> str:
    """An address from the index as seen from a page."""
    return f"../{address.removeprefix('d/')}" if address else ""


def _copy_assets(source: Path, target: Path) -> None:
    """Copy the assets; times and rights of the originals do not matter, so two runs are alike."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.iterdir()):
        shutil.copyfile(path, target / path.name)
