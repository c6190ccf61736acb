"""What the report shows of some letters of a run, as plain values: made anywhere, put together in input order."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from jinja2 import Environment

from checker.batch.letters import Identity, Letter, identity, problems
from checker.batch.versions import Versions
from checker.knowledge.resources import templates_folder
from checker.model.determination import Determination
from checker.model.findings import Judgement
from checker.reporting.console import DISCLAIMER
from checker.reporting.environment import environment
from checker.reporting.gathered import Gathered, GatheredPart
from checker.reporting.glossary import Glossary
from checker.reporting.index import IndexRow, index_row
from checker.reporting.letterpages import Page, PageMaker, address_of, made_with
from checker.reporting.opinions import Reviewed
from checker.reporting.pages import PageChoice, surely
from checker.reporting.reviewindex import ReviewRow, review_row
from checker.review.statements import Statement


@dataclass(frozen=True, slots=True)
class Worth:
    """What decides whether a letter gets a page.

    Attributes:
        name: Of the letter.
        readable: It can have a page.
        worth: It is worth one, for its findings or because it could not be read in full.
        clean: It was judged and has no finding, so that it can be drawn.
    """

    name: Identity
    readable: bool
    worth: bool
    clean: bool


@dataclass(frozen=True, slots=True)
class SitePart:
    """Some letters of a run that follow one another.

    Attributes:
        rows: A row a letter.
        worths: What decides on the page of each.
        reviews: What the index of the review needs of each.
        gathered: What was counted of them.
        pages: Their pages.
    """

    rows: tuple[IndexRow, ...]
    worths: tuple[Worth, ...]
    reviews: tuple[ReviewRow, ...]
    gathered: GatheredPart
    pages: tuple[Page, ...]

    def renamed(self, pages: Mapping[str, str]) -> "SitePart":
        """The same with other addresses of pages.

        Args:
            pages: The new address by the old one.
        """
        called = [pages.get(row.address, row.address) for row in self.rows]
        rows = tuple(replace(row, address=page, page=page) for row, page in zip(self.rows, called, strict=True))
        stored = tuple(replace(page, address=pages.get(page.address, page.address)) for page in self.pages)
        return replace(self, rows=rows, gathered=self.gathered.renamed(pages), pages=stored)


class SiteMaker:
    """Renders what the report shows of letters.

    Attributes:
        folder: The run folder.
        templates: The folder of templates.
        engine: Renders the templates.
        glossary: The words of the rule book.
        choice: Which letters get a page.
        rule_book: Whether codes lead to the pages of the rule book.
        reviewed: What reviewers have said.
        pages: Renders the page of a letter.

    Args:
        folder: The run folder, from which pages of the run before are taken.
        templates: The folder of templates.
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
        self._given = (folder, templates, versions, glossary, choice, rule_book, tuple(statements), tuple(options))
        _, _, _, _, _, _, statements, options = self._given
        self.folder, self.templates, self.rule_book = folder, templates, rule_book
        self.glossary = glossary
        self.engine = report_engine(templates, versions, rule_book=rule_book)
        self.reviewed = Reviewed(statements, versions.rule_hashes)
        self.choice = choice or PageChoice()
        made = made_with(templates, versions, (rule_book, *options))
        self.pages = PageMaker(folder, self.engine, glossary, self.reviewed, made)

    def __reduce__(self) -> tuple[Callable[..., "SiteMaker"], tuple[object, ...]]:
        """Another process loads the templates for itself; those that come with the program lie where it lies there."""
        folder, templates, *rest = self._given
        return _site_maker, (folder, None if templates == templates_folder() else templates, *rest)

    def worth(self, letter: Letter) -> Worth:
        """What decides whether a letter gets a page."""
        name = identity(letter)
        if not isinstance(letter, (Judgement, Determination)):
            return Worth(name, readable=False, worth=False, clean=False)
        worth = _worth_a_page(letter) or name.doc in self.reviewed.letters
        clean = isinstance(letter, Judgement) and bool(letter.items) and not letter.findings
        return Worth(name, readable=True, worth=worth, clean=clean)


def _site_maker(*given: Any) -> SiteMaker:
    folder, templates, *first, rule_book, statements, options = given
    return SiteMaker(
        folder, templates or templates_folder(), *first, rule_book=rule_book, statements=statements, options=options
    )


class SitePartMaker:
    """Takes letters in their order that were not yet compared with others, and has their part in the end.

    Args:
        maker: Renders what is shown of them.
        start: Place of the first in the run.
    """

    def __init__(self, maker: SiteMaker, start: int) -> None:
        self._maker = maker
        self._start = start
        self._gathered = Gathered(maker.glossary, maker.reviewed)
        self._rows: list[IndexRow] = []
        self._worths: list[Worth] = []
        self._reviews: list[ReviewRow] = []
        self._pages: list[Page] = []
        self._taken: set[str] = set()

    def add(self, letter: Letter) -> None:
        """Take the next letter."""
        place = self._start + len(self._rows)
        worth = self._maker.worth(letter)
        address = ""
        if isinstance(letter, (Judgement, Determination)):
            address = address_of(letter, self._taken)
            self._pages.append(self._maker.pages.page(place, letter, address, _no_page))
        self._gathered.add(place, letter, address if surely(self._maker.choice, worth=worth.worth) else "")
        review = review_row(letter, self._maker.reviewed)
        self._rows.append(replace(index_row(letter, address, self._maker.glossary), review=review.count))
        self._reviews.append(review)
        self._worths.append(worth)

    def part(self) -> SitePart:
        """The part of the letters taken."""
        gathered = self._gathered.part()
        return SitePart(tuple(self._rows), tuple(self._worths), tuple(self._reviews), gathered, tuple(self._pages))


def _no_page(place: int) -> str:
    raise LookupError(f"letter {place} cannot be shown beside another before they are compared")


def _worth_a_page(letter: Judgement | Determination) -> bool:
    """Whether somebody should look at a letter: it has findings, or something was odd in it or in the way."""
    return not isinstance(letter, Judgement) or bool(letter.findings) or not letter.items or bool(problems(letter))


def report_engine(templates: Path, versions: Versions, *, rule_book: bool = False) -> Environment:
    """The engine that renders the pages of a report.

    Args:
        templates: The folder of templates.
        versions: For the foot of each page.
        rule_book: Whether codes lead to the pages of the rule book.
    """
    engine = environment(templates)
    engine.globals.update(disclaimer=DISCLAIMER, versions=versions, rule_book=rule_book)
    return engine
