"""The files under ``rules/guidelines`` as a person writes them: editions, the ODG chapters and the framework."""

import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from checker.model.written import Strict

Mark = Literal["verified", "recalled"]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
Range = tuple[int, int]

_CATEGORY_WORDS = (
    "medication topical compound physical-medicine manipulation acupuncture psychological imaging electrodiagnostic "
    "injection surgery surgical-adjunct dme consultation visit lab-test program other"
)
CATEGORIES = frozenset(_CATEGORY_WORDS.split())
"""Categories of requests, as in the parse output."""


class SourceSpec(Strict):
    """Where facts of the file were seen; ``url`` may be left out for what has no public address."""

    title: str
    url: str = ""
    note: str = ""


class InForceSpec(Strict):
    """The requests an edition governs: first and last day, both included; no last day where it is still in force."""

    first: datetime.date = Field(alias="from")
    last: datetime.date | None = Field(alias="to")
    mark: Mark
    source: str
    note: str = ""


class ExtentSpec(Strict):
    """First and last page of an edition; ``other`` are pages that an earlier printing of it had."""

    first: int = 1
    last: int
    other: tuple[Range, ...] = ()
    mark: Mark
    source: str
    note: str = ""


class OrderSpec(Strict):
    """How the topics of an edition stand: where it is alphabetical, a page seen for one topic bounds all others."""

    kind: Literal["alphabetical"]
    except_for: tuple[Id, ...] = ()
    mark: Mark
    source: str
    note: str = ""


class PhaseSpec(Strict):
    """The age of an injury or pain that an edition or a topic is written for, in days since the injury.

    ``names_duration`` is true where the text itself gives the number.
    """

    name: Literal["acute", "subacute", "chronic", "tapering"]
    from_days: int | None = None
    to_days: int | None = None
    names_duration: bool = False
    mark: Mark
    source: str
    note: str = ""


class CoversSpec(Strict):
    """What a topic is about: drug classes and actives, treatments, or whole categories of requests.

    ``anything`` marks a section on principles, which may serve any request.
    """

    classes: tuple[str, ...] = ()
    actives: tuple[str, ...] = ()
    treatments: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    anything: bool = False

    @model_validator(mode="after")
    def _known_categories(self) -> "CoversSpec":
        unknown = sorted(set(self.categories) - CATEGORIES)
        if unknown:
            raise ValueError(f"no such category: {', '.join(unknown)}")
        return self


class TopicSpec(Strict):
    """One topic or section of an edition.

    Attributes:
        id: Name of the topic, unique in its edition.
        heading: As the guideline prints it.
        number: Section number, where the edition numbers its sections.
        synonyms: Other ways in which letters cite it.
        parent: Topic that this one is a part of.
        pages: Inclusive page ranges.
        pages_mark: Whether those ranges are verified.
        pages_source: Key into the sources of the file.
        seen: Page ranges that a published determination cites for this heading.
        seen_in: Keys into the sources of the file.
        also: Further pages that speak of it (recalled).
        covers: What it is about.
        may_serve: What it is cited for by analogy; never a mistake, never a proof of fit.
        regions: Regions of the body it is for; none means any.
        phase: Age of the injury it is written for, where that differs from the edition's.
        any_phase: The edition's phase does not bind this topic.
        same_as: Topic of the 2009 chronic pain edition on the same subject.
        mark: Whether the heading was seen.
        source: Key into the sources of the file.
        note: For the person who maintains the file.
    """

    id: Id
    heading: str
    number: str = ""
    synonyms: tuple[str, ...] = ()
    parent: str = ""
    pages: tuple[Range, ...] = ()
    pages_mark: Mark = "recalled"
    pages_source: str = ""
    seen: tuple[Range, ...] = ()
    seen_in: str = ""
    also: tuple[Range, ...] = ()
    covers: CoversSpec = CoversSpec()
    may_serve: CoversSpec = CoversSpec()
    regions: tuple[Id, ...] = ()
    phase: PhaseSpec | None = None
    any_phase: bool = False
    same_as: str = ""
    mark: Mark
    source: str
    note: str = ""


class SectionPagesSpec(Strict):
    """Pages that a standard section takes up in one chapter."""

    section: Id
    pages: tuple[Range, ...]
    mark: Mark
    source: str


class AbsentSpec(Strict):
    """A heading that the edition does not have, though letters may cite it."""

    heading: str
    belongs_to: str = ""
    why: str
    mark: Mark
    source: str


class FamilySpec(Strict):
    """How letters name the guideline of which this file is an edition.

    ``core`` are the words that tell it from all other chapters; ``chapter`` is its number in the ACOEM book.
    """

    id: Id
    core: tuple[tuple[str, ...], ...]
    chapter: str = ""
    generic: bool = False


class EditionSpec(Strict):
    """One edition of one guideline.

    Attributes:
        id: Name of the edition.
        family: The guideline of which it is an edition.
        mtus: It is part of the MTUS while in force.
        title: Official title.
        year: Year that letters print after the chapter.
        other_years: Other years that letters print for the same text.
        regulation: The section of the regulations that adopts it.
        in_force: When.
        decided_by: What date picks the edition.
        extent: First and last page.
        paged: Letters cite it by page.
        sectioned: It has sections that a citation can name.
        of_one_kind: It treats of one kind of care alone, as acupuncture, so that it addresses all that it covers.
        numbered: Its sections have numbers, and ``topics`` holds all of them down to ``depth``.
        depth: Number of levels down to which the numbers are complete.
        signs: Words in a citation that betray the edition ("effective july 18 2009").
        order: How its topics stand.
        phase: Age of the injury it is written for.
        regions: Regions of the body it is for; none means any.
        shared_regions: Regions it is rightly cited for as well.
        imaged_elsewhere: Those of them of which images have a chapter of their own.
        covers: What the whole edition is about.
        covers_mark: Whether ``covers`` and ``synonyms`` of its topics were seen.
        standard_sections: Name of the table ``sections`` in framework.yaml whose headings it has.
        topics: Its topics.
        absent: Headings it does not have.
    """

    id: Id
    family: FamilySpec
    mtus: bool
    title: str
    year: int | None
    other_years: tuple[int, ...] = ()
    regulation: str
    in_force: InForceSpec
    decided_by: Literal["request", "service"] = "request"
    extent: ExtentSpec | None = None
    paged: bool = False
    sectioned: bool = True
    of_one_kind: bool = False
    numbered: bool = False
    depth: int = 0
    signs: tuple[str, ...] = ()
    order: OrderSpec | None = None
    phase: PhaseSpec | None = None
    regions: tuple[Id, ...] = ()
    shared_regions: tuple[Id, ...] = ()
    imaged_elsewhere: tuple[Id, ...] = ()
    covers: CoversSpec = CoversSpec()
    covers_mark: Mark
    standard_sections: str = ""
    section_pages: tuple[SectionPagesSpec, ...] = ()
    topics: tuple[TopicSpec, ...] = ()
    absent: tuple[AbsentSpec, ...] = ()
    note: str = ""


class EditionFile(Strict):
    """A file that holds one edition."""

    format: Literal[1] = Field(alias="schema")
    guideline: EditionSpec
    sources: dict[str, SourceSpec]


class ChapterSpec(Strict):
    """A chapter of a guideline outside the MTUS.

    Attributes:
        id: Name.
        names: How letters name it.
        regions: Parts of the body it is for.
        shared_regions: Further parts that it may be cited for.
        imaged_elsewhere: Those of them of which images have a chapter of their own.
        general: It serves any part of the body.
        elsewhere: Subjects that it leaves to the chapters on the parts of the body.
    """

    id: Id
    names: tuple[str, ...]
    regions: tuple[Id, ...] = ()
    shared_regions: tuple[Id, ...] = ()
    imaged_elsewhere: tuple[Id, ...] = ()
    general: bool = False
    elsewhere: CoversSpec = CoversSpec()


class HomeSpec(Strict):
    """Where a guideline outside the MTUS treats of something, likely or not.

    Attributes:
        what: The subject, for the reader.
        covers: The subject, for the program.
        chapters: Chapters in which it stands.
        entries: Words of the entry's name by which letters cite it.
        unlikely: The chapter is named after a part of the body that need not be the worker's.
        not_words: Words of a request that show that it asks for something else.
    """

    what: str
    covers: CoversSpec = CoversSpec()
    chapters: tuple[Id, ...]
    entries: tuple[str, ...] = ()
    unlikely: bool = False
    not_words: tuple[str, ...] = ()
    mark: Mark
    source: str
    note: str = ""


class OutsideSpec(Strict):
    """A guideline outside the MTUS: how letters name it, its chapters, and where its subjects live."""

    id: Id
    title: str
    names: tuple[str, ...]
    publisher: str
    copyright: str
    chapters: tuple[ChapterSpec, ...]
    homes: tuple[HomeSpec, ...] = ()
    note: str = ""


class OutsideFile(Strict):
    """A file that holds one guideline outside the MTUS."""

    format: Literal[1] = Field(alias="schema")
    outside: OutsideSpec
    sources: dict[str, SourceSpec]


class RegionSpec(Strict):
    """A region of the body: the parts of the lexicon that lie in it."""

    id: Id
    parts: tuple[str, ...]


class SlackSpec(Strict):
    """How many days the request may lie before and after the date that a letter gives, by what that date is."""

    basis: str
    before: int
    after: int
    mark: Mark
    source: str
    note: str = ""


class SectionSpec(Strict):
    """A standard section of the clinical chapters."""

    id: Id
    heading: str
    synonyms: tuple[str, ...] = ()
    covers: CoversSpec = CoversSpec()
    may_serve: CoversSpec = CoversSpec()
    mark: Mark
    source: str


class LenientSpec(Strict):
    """Requests of which a topic is never said to be unrelated, with the reason."""

    categories: tuple[str, ...]
    why: str


class RegulationSpec(Strict):
    """The article of the regulations that citations name: its number, its sections and the numbers of its neighbours.

    ``first`` and ``last`` bound what may follow the dot after the article's number.
    """

    title: str
    article: str
    first: int
    last: int
    neighbours: tuple[str, ...]
    mark: Mark
    source: str
    note: str = ""


class DutySpec(Strict):
    """From when a citation has to name year, chapter and section."""

    first: datetime.date = Field(alias="from")
    mark: Mark
    source: str


class AccompaniesSpec(Strict):
    """Requests that only accompany an operation: their categories, the operation's, and words that say so."""

    categories: tuple[str, ...]
    operations: tuple[str, ...]
    phrases: tuple[str, ...]


class WordingSpec(Strict):
    """Phrases by which a letter says a thing, in the notation of rules/lexicon/README.md."""

    meaning: str
    phrases: tuple[str, ...]


class RestatedSpec(Strict):
    """A section that is known by its text: the mark of that text, and where it stands.

    ``homes`` are ids of editions, or of a topic of one as ``edition/topic``, which stands for its parts too.
    """

    mark: Id
    homes: tuple[str, ...]


class FrameworkSpec(Strict):
    """What holds for all editions."""

    slack: tuple[SlackSpec, ...]
    regulations: RegulationSpec
    duty: DutySpec
    lenient: LenientSpec
    accompanies: AccompaniesSpec
    leaves_mtus: WordingSpec
    any_phase: WordingSpec
    sections: dict[str, tuple[SectionSpec, ...]]
    restated: tuple[RestatedSpec, ...] = ()
    noise: tuple[str, ...]
    regions: tuple[RegionSpec, ...]


class FrameworkFile(Strict):
    """The file framework.yaml."""

    format: Literal[1] = Field(alias="schema")
    framework: FrameworkSpec
    sources: dict[str, SourceSpec]
