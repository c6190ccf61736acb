"""Topics of guidelines and the criteria they require: rules/criteria/TOPIC/topic.yaml.

Shape of a file (other keys are kept for those who need them and are not read here)::

    schema: 1
    topic:
      id: opioids                      # the name of the folder
      code: OPI                        # three letters of the codes CRI-OPI-...
      title: Opioids for chronic pain
      document: mtus-chronic-pain-2009 # key into rules/sources.yaml
      later: [{document: ..., section: ..., mark: recalled}]   # optional: where the same stands in later editions
      decides: {classes: [opioid]}     # which items: drugs, treatments, classes, categories; regions narrow them
      alike: [odg]                     # optional: documents outside the MTUS that ask for the same
      earlier: therapy-had             # optional: the concept that tells a continuation from a first request
      ways: [[red-flags], [nerve-compromise, surgery-considered]]   # optional: criteria that together are enough
      lesions: [heel-signs, ankle-joint-signs]   # optional: concepts that tell each of one lesion of the region
      criteria:
        - id: analgesia                # unique in the topic; what {criterion} stands for in rules
          concept: analgesia           # id in rules/lexicon/concepts; left out, the id itself
          title: Pain relief from the drug
          section: On-going management
          pages: [78]
          mark: verified
          page_mark: recalled          # optional
          course: continuation         # optional: asked of first requests only, or of continuations only
          when_quoted: true            # optional: asked only where the rationale restates it
          either: true                 # optional: "no side effects" answers it too
          touched_by: [therapy-had]    # optional: concepts that, documented, show that it was thought of
          any_of: [age-as-risk]        # optional: concepts that are kinds of it, any one of which is enough
          unwanted: true               # optional: what is found of it is held against the request
          alternative: true            # optional: one of several grounds, each enough
          argued_by: [work-as-measure] # optional: concepts that argue from such a ground
          shut_by: [care-tried]        # optional: concepts that, absent, show that it fails
          no_rule: "..."               # optional: why no rule asks for it; `imrcheck rules coverage` shows it
          document: mtus-knee-2004     # optional: where the criterion stands in another document than the topic
      numbers:                         # optional: numbers of the guideline that rationales are apt to tell wrongly
        - of: number-of-trial          # mark whose words tell what it is a number of
          title: a home trial of a month
          unit: days                   # visits, days or percent
          right: [[28, 31]]            # what may be told; a time may differ a little
          section: TENS
          mark: recalled
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from checker.knowledge.problems import Problems
from checker.knowledge.schema import load_model
from checker.knowledge.yamlfile import Document
from checker.model.rule import Mark, SourceRef, Text
from checker.model.written import Strict

TOPIC_FILE = "topic.yaml"


class Criterion(Strict):
    """One thing that a topic requires a rationale to address."""

    model_config = ConfigDict(extra="allow")

    id: Text
    concept: str = ""
    title: Text
    section: str = ""
    pages: tuple[int, ...] = ()
    mark: Mark
    page_mark: Mark | None = None
    note: str = ""
    inverse: bool = False
    """The concept documented is the criterion denied: long use against "short-term use only"."""
    required: bool = True
    """Whether a denial can rest on it alone."""
    course: Literal["", "first", "continuation", "not-first"] = ""
    """The requests it is asked of; "" for all, ``not-first`` for all but those known to be first ones."""
    when_quoted: bool = False
    """Asked only where the rationale restates it from the guideline: the rule of one of several procedures."""
    either: bool = False
    """Absence answers it as well as presence: "no side effects"."""
    touched_by: tuple[Text, ...] = ()
    """Concepts that, documented, leave it open where nothing else is said of it: care had, not whether it failed."""
    shut_by: tuple[Text, ...] = ()
    """Concepts without which it cannot be met: care that was never tried cannot have failed."""
    any_of: tuple[Text, ...] = ()
    """Concepts that are kinds of it, any one of which is enough: that others are absent takes nothing away."""
    unwanted: bool = False
    """Where it is found, that is held against the request: a drug screen with what was not prescribed."""
    alternative: bool = False
    """One of several grounds, each enough: its absence is no ground where all that is required is granted."""
    argued_by: tuple[Text, ...] = ()
    """Concepts that argue from an alternative ground: work as the measure of benefit."""
    document: str = ""
    """Key into rules/sources.yaml where it stands in another document than the topic."""
    later: tuple[SourceRef, ...] = ()
    """Where it stands in later editions; left out, what the topic says."""
    no_rule: str = ""
    """Why no rule asks for it, where none does."""

    def asked_of(self, course: str, quoted: Container[str] = frozenset()) -> bool:
        """Whether a request must meet it.

        Args:
            course: ``item.course``.
            quoted: Concepts that the rationale restates from a guideline.
        """
        if self.when_quoted and self.concept_id not in quoted:
            return False
        if self.course == "first" and course == "untold" and self.concept_id in quoted:
            return True  # a rationale that restates what is asked of a first request takes it for one
        return course != "first" if self.course == "not-first" else self.course in ("", course)

    @property
    def concept_id(self) -> str:
        """Id of the concept that the facts ``summary.*`` and ``rationale.*`` are named after."""
        return self.concept or self.id

    @property
    def grounds(self) -> tuple[str, ...]:
        """Concepts whose absence makes it fail."""
        return (self.concept_id, *self.shut_by)


class ToldNumber(Strict):
    """A number that the guideline has, as rationales tell it."""

    of: Text
    """Mark whose words tell what it is a number of."""
    title: Text
    unit: Literal["visits", "days", "percent"]
    right: tuple[tuple[float, float], ...] = Field(min_length=1)
    """Lowest and highest of what may be told, one pair for each number or range that the guideline has."""
    section: Text
    pages: tuple[int, ...] = ()
    mark: Mark


class Decides(Strict):
    """Which disputed items are decided under a topic; one match is enough, the most specific list counts first.

    Attributes:
        drugs: Ids in rules/lexicon/drugs.yaml.
        treatments: Ids in rules/lexicon/treatments.yaml.
        classes: Classes of drugs.
        categories: Categories of wire.md.
        regions: Regions of the body (rules/guidelines/framework.yaml) of which the request must name one; none for any.
            A topic with regions goes before one without.
        within: Categories of wire.md of which the item must be, whatever it was found by; none for any. A topic with
            some goes before one without.
    """

    drugs: tuple[Text, ...] = ()
    treatments: tuple[Text, ...] = ()
    classes: tuple[Text, ...] = ()
    categories: tuple[Text, ...] = ()
    regions: tuple[Text, ...] = ()
    within: tuple[Text, ...] = ()

    def admits(self, category: str, regions: frozenset[str]) -> bool:
        """Whether an item of that category that names these regions may be decided here."""
        of_category = not self.within or category in self.within
        return of_category and (not self.regions or not regions.isdisjoint(self.regions))


KINDS = ("drugs", "treatments", "classes", "categories")
"""The lists of ``Decides`` by which a topic is found, the most specific first."""


class Topic(Strict):
    """One topic of a guideline."""

    model_config = ConfigDict(extra="allow")

    id: Text
    code: str = Field(pattern=r"^[A-Z]{3}$")
    title: Text
    document: Text
    decides: Decides = Decides()
    use_of_class: bool = False
    """Earlier use of another drug of the class counts as use: tolerance carries over from one opioid to the next."""
    criteria: tuple[Criterion, ...]
    ways: tuple[tuple[Text, ...], ...] = ()
    """Each is enough, and asks for all of its criteria; left out, one way that asks for every required criterion."""
    later: tuple[SourceRef, ...] = ()
    """Where the topic stands in later editions."""
    alike: tuple[Text, ...] = ()
    """Documents outside the MTUS that ask for the same."""
    earlier: str = ""
    """The concept that tells whether the treatment was had before: documented is a continuation, denied a first one."""
    lesions: tuple[Text, ...] = ()
    """Concepts that tell each of one lesion of the region, which clauses of the guideline are written for."""
    numbers: tuple[ToldNumber, ...] = ()
    """Numbers of the guideline that rationales tell."""
    beside: str = ""
    """The topic of what it is given alongside: a drug for the stomach beside an anti-inflammatory."""

    @model_validator(mode="after")
    def _ways_known(self) -> "Topic":
        known = {criterion.id for criterion in self.criteria}
        for way in self.ways:
            for id_ in way:
                if id_ not in known:
                    raise ValueError(f"ways: {id_} is no criterion of the topic")
        return self

    @property
    def alternatives(self) -> tuple[tuple[Criterion, ...], ...]:
        """The ways as criteria; none where the topic requires nothing."""
        if not self.ways:
            required = tuple(criterion for criterion in self.criteria if criterion.required)
            return (required,) if required else ()
        return tuple(tuple(self.criterion(id_) for id_ in way) for way in self.ways)

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents, of all editions, that the topic or a criterion of it stands in."""
        own = (self.document, *self.alike, *(c.document for c in self.criteria if c.document))
        later = (*self.later, *(reference for c in self.criteria for reference in c.later))
        return frozenset((*own, *(reference.document for reference in later)))

    def criterion(self, id_: str) -> Criterion:
        """The criterion of that id; KeyError if the topic has none."""
        for criterion in self.criteria:
            if criterion.id == id_:
                return criterion
        raise KeyError(id_)

    def source_of(self, criterion: Criterion) -> SourceRef:
        """Where a criterion stands."""
        return SourceRef(
            document=criterion.document or self.document,
            section=criterion.section or criterion.title,
            pages=criterion.pages,
            mark=criterion.mark,
            page_mark=criterion.page_mark,
            note=criterion.note,
            later=criterion.later or (() if criterion.document else self.later),
        )


class TopicFile(Strict):
    """A file topic.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    topic: Topic


def _narrow_first(topic: Topic) -> tuple[bool, bool, str]:
    return not topic.decides.regions, not topic.decides.within, topic.id


@dataclass(frozen=True, slots=True)
class Topics:
    """Every topic by its id, the file it stands in, and what each thing asked for is decided under."""

    by_id: Mapping[str, Topic]
    files: Mapping[str, Document]
    _deciding: Mapping[tuple[str, str], tuple[Topic, ...]] = field(init=False, compare=False)

    def __post_init__(self) -> None:
        deciding: dict[tuple[str, str], list[Topic]] = {}
        for topic in sorted(self.by_id.values(), key=_narrow_first):
            for kind in KINDS:
                for value in getattr(topic.decides, kind):
                    deciding.setdefault((kind, value), []).append(topic)
        object.__setattr__(self, "_deciding", {key: tuple(topics) for key, topics in deciding.items()})

    def deciding(self, wanted: Iterable[tuple[str, str]], category: str, regions: frozenset[str]) -> Topic | None:
        """The topic that decides a request.

        Args:
            wanted: What is asked for as pairs of a list of ``Decides`` and a value, the most specific first.
            category: Category of the item.
            regions: Regions of the body that the request names.
        """
        for key in wanted:
            for topic in self._deciding.get(key, ()):
                if topic.decides.admits(category, regions):
                    return topic
        return None


def load_topics(rules: Path) -> Topics:
    """Reads rules/criteria/*/topic.yaml.

    Raises:
        RuleError: Every mistake of every file.
    """
    problems = Problems()
    topics: dict[str, Topic] = {}
    files: dict[str, Document] = {}
    for path in sorted((rules / "criteria").glob(f"*/{TOPIC_FILE}")):
        with problems.gathered():
            model, document = load_model(path, TopicFile)
            topic = model.topic
            if topic.id != path.parent.name:
                problems.add(document.problem(("topic", "id"), f"should be the name of its folder, {path.parent.name}"))
            seen: set[str] = set()
            for n, criterion in enumerate(topic.criteria):
                if criterion.id in seen:
                    problems.add(document.problem(("topic", "criteria", n, "id"), f"{criterion.id} stands here twice"))
                seen.add(criterion.id)
            topics[topic.id], files[topic.id] = topic, document
    problems.refuse()
    return Topics(topics, files)
