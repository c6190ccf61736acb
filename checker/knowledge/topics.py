"""Topics of guidelines and the criteria they require: rules/criteria/TOPIC/topic.yaml.

Shape of a file (other keys are kept for those who need them and are not read here)::

    schema: 1
    topic:
      id: opioids                      # the name of the folder
      code: OPI                        # three letters of the codes CRI-OPI-...
      title: Opioids for chronic pain
      document: mtus-chronic-pain-2009 # key into rules/sources.yaml
      decides: {classes: [opioid]}     # which items: drugs, treatments, classes, categories
      criteria:
        - id: analgesia                # unique in the topic; what {criterion} stands for in rules
          concept: analgesia           # id in rules/lexicon/concepts; left out, the id itself
          title: Pain relief from the drug
          section: On-going management
          pages: [78]
          mark: verified
          page_mark: recalled          # optional
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ConfigDict, Field

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

    @property
    def concept_id(self) -> str:
        """Id of the concept that the facts ``summary.*`` and ``rationale.*`` are named after."""
        return self.concept or self.id


class Decides(Strict):
    """Which disputed items are decided under a topic; one match is enough, the most specific list counts first.

    Attributes:
        drugs: Ids in rules/lexicon/drugs.yaml.
        treatments: Ids in rules/lexicon/treatments.yaml.
        classes: Classes of drugs.
        categories: Categories of wire.md.
    """

    drugs: tuple[Text, ...] = ()
    treatments: tuple[Text, ...] = ()
    classes: tuple[Text, ...] = ()
    categories: tuple[Text, ...] = ()


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

    def criterion(self, id_: str) -> Criterion:
        """The criterion of that id; KeyError if the topic has none."""
        for criterion in self.criteria:
            if criterion.id == id_:
                return criterion
        raise KeyError(id_)

    def source_of(self, criterion: Criterion) -> SourceRef:
        """Where a criterion stands."""
        return SourceRef(
            document=self.document,
            section=criterion.section or criterion.title,
            pages=criterion.pages,
            mark=criterion.mark,
            page_mark=criterion.page_mark,
            note=criterion.note,
        )


class _TopicFile(Strict):
    schema_: Literal[1] = Field(alias="schema")
    topic: Topic


@dataclass(frozen=True, slots=True)
class Topics:
    """Every topic by its id, and the file it stands in."""

    by_id: Mapping[str, Topic]
    files: Mapping[str, Document]


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
            model, document = load_model(path, _TopicFile)
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
