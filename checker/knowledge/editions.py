"""Editions of guidelines as the program holds them: topics, pages, what they cover, when they were in force."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from checker.knowledge.guideline_files import FrameworkSpec, SourceSpec
from checker.knowledge.headings import HeadingIndex
from checker.knowledge.outside import OutsideGuideline
from checker.knowledge.subjects import Subject
from checker.knowledge.wordings import Wording

PageRange = tuple[int, int]

VERIFIED = "verified"
RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Phase:
    """The age of an injury that a text is written for, in days; ``names_duration`` where the text gives the number."""

    name: str
    from_days: int | None
    to_days: int | None
    names_duration: bool
    mark: str


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic or section of an edition.

    Attributes:
        edition: Id of the edition.
        id: Id of the topic, unique in the edition.
        heading: As the guideline prints it.
        number: Section number, "" where the edition has none.
        parent: Id of the topic it is a part of, "" for none.
        line: Its own id and those of the topics it is a part of, the nearest first.
        pages: Inclusive page ranges it takes up, its parts included.
        pages_mark: Whether they are verified.
        also: Further pages that speak of it.
        seen: Pages that a published determination cites for it or a part of it.
        bounds: First and last page between which it must stand, by the pages seen for others; None where unknown.
        covers: What it and its parts are about.
        may_serve: What it is cited for by analogy.
        regions: Regions of the body; none means any.
        phase: Age of the injury it is written for, None where any will do.
        same_as: Id of the topic of the 2009 chronic pain edition on the same subject.
        mark: Whether the heading was seen.
    """

    edition: str
    id: str
    heading: str
    number: str
    parent: str
    line: tuple[str, ...]
    pages: tuple[PageRange, ...]
    pages_mark: str
    also: tuple[PageRange, ...]
    seen: tuple[PageRange, ...]
    bounds: PageRange | None
    covers: Subject
    may_serve: Subject
    regions: frozenset[str]
    phase: Phase | None
    same_as: str
    mark: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A heading that an edition does not have, though letters cite it."""

    heading: str
    why: str
    mark: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition of one guideline of the MTUS.

    Attributes:
        id: Id of the edition.
        family: Id of the guideline of which it is an edition.
        title: Official title.
        year: Year that letters print.
        other_years: Other years that letters print for the same text.
        regulation: Section of the regulations that adopts it.
        first: First day of the requests it governs.
        last: Last day, None while in force.
        in_force_mark: Whether those days are verified.
        first_page: Number of the first page.
        last_page: Number of the last page, None where unknown or without pages.
        extent_mark: Whether the last page is verified.
        other_pages: Pages that an earlier printing of it had.
        paged: Letters cite it by page.
        sectioned: It has sections that a citation can name.
        of_one_kind: It treats of one kind of care alone and addresses all that it covers.
        numbered: Its sections have numbers.
        depth: Levels down to which ``topics`` holds every number.
        signs: Sets of words in a citation that betray it.
        regions: Regions of the body; none means any.
        shared_regions: Regions it is rightly cited for as well.
        imaged_elsewhere: Those of them of which images have a chapter of their own.
        covers: What the whole edition is about.
        phase: Age of the injury it is written for.
        topics: Its topics by id.
        absent: Headings it does not have, by the id that ``headings`` gives them.
        headings: Finds topics and absent headings by their words.
        by_number: Topic of each section number.
    """

    id: str
    family: str
    title: str
    year: int | None
    other_years: tuple[int, ...]
    regulation: str
    first: datetime.date
    last: datetime.date | None
    in_force_mark: str
    first_page: int
    last_page: int | None
    extent_mark: str
    other_pages: tuple[PageRange, ...]
    paged: bool
    sectioned: bool
    of_one_kind: bool
    numbered: bool
    depth: int
    signs: tuple[frozenset[str], ...]
    regions: frozenset[str]
    shared_regions: frozenset[str]
    imaged_elsewhere: frozenset[str]
    covers: Subject
    phase: Phase | None
    topics: Mapping[str, Topic]
    absent: Mapping[str, Absent]
    headings: HeadingIndex
    by_number: Mapping[str, Topic]

    def in_force_on(self, day: datetime.date) -> bool:
        """Whether it governs a request of that day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Guidelines:
    """Everything under ``rules/guidelines``.

    Attributes:
        editions: Editions by id.
        families: Editions of each guideline, the oldest first.
        cores: Words that tell a guideline from the others, with its id, the longest sets first.
        chapters: Guideline of each chapter number of the ACOEM book.
        generic: Guideline that is meant where a citation names the MTUS and no chapter.
        outside: Guidelines outside the MTUS, those with the more telling names first.
        framework: What holds for all editions.
        slack: Days before and after, by basis of a date.
        regions: Regions of each part of the body.
        lenient: Categories of which a topic is never said to be unrelated.
        noise: Words that are no section.
        wordings: Finders of the phrases of framework.yaml: accompanies, leaves_mtus, any_phase.
        sources: Title of each source by file and key.
        memo: What citations were found to mean; letters repeat them, and looking one up is pure.
    """

    editions: Mapping[str, Edition]
    families: Mapping[str, tuple[Edition, ...]]
    cores: tuple[tuple[frozenset[str], str], ...]
    chapters: Mapping[str, str]
    generic: str
    outside: tuple[OutsideGuideline, ...]
    framework: FrameworkSpec
    slack: Mapping[str, tuple[int, int]]
    regions: Mapping[str, frozenset[str]]
    lenient: frozenset[str]
    noise: frozenset[str]
    wordings: Mapping[str, Wording]
    sources: Mapping[str, Mapping[str, SourceSpec]] = field(default_factory=dict)
    memo: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    def topic(self, edition: str, topic: str) -> Topic:
        """A topic by the ids of edition and topic; KeyError where there is none."""
        return self.editions[edition].topics[topic]
