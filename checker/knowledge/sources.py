"""The documents that rules, numbers and tables rest on: rules/sources.yaml, and rules/sources/*.yaml beside it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from checker.knowledge.problems import Problems
from checker.knowledge.schema import load_model, nearest
from checker.knowledge.yamlfile import Document
from checker.model.rule import Mark, SourceRef, Text
from checker.model.written import Strict


class InForce(Strict):
    """First and last day in force; ``to: null`` is still in force."""

    from_: datetime.date | None = Field(alias="from")
    to: datetime.date | None

    @model_validator(mode="after")
    def _in_order(self) -> "InForce":
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError(f"ends ({self.to}) before it begins ({self.from_})")
        return self

    def holds(self, day: datetime.date) -> bool:
        """Whether it was in force on that day."""
        return (self.from_ is None or self.from_ <= day) and (self.to is None or day <= self.to)


class Source(Strict):
    """One edition of one document.

    Attributes:
        title: As printed on it.
        citation: How a finding names it in one line.
        regulation: Section of law that adopts it, "" where it is law itself or none adopts it.
        edition: Date or number of the edition.
        publisher: Who publishes it.
        in_force: When it governed requests for treatment in California; for a law, when the section did.
        pages: Number of its last page, None where unknown.
        url: Where its text or a notice of it can be read.
        mark: Whether what this entry says was seen or is recalled.
        note: What a reviewer should know.
    """

    title: Text
    citation: Text
    regulation: str = ""
    edition: str = ""
    publisher: Text
    in_force: InForce
    pages: int | None = None
    url: str = ""
    mark: Mark
    note: str = ""


class SourcesFile(Strict):
    """A file of documents."""

    schema_: Literal[1] = Field(alias="schema")
    sources: Mapping[str, Source]


@dataclass(frozen=True, slots=True)
class Sources:
    """Every document by its key.

    Attributes:
        by_id: The documents.
        document: The file sources.yaml.
        files: The file that holds each key.
    """

    by_id: Mapping[str, Source]
    document: Document
    files: Mapping[str, Document] = field(default_factory=dict)

    def unknown(self, reference: SourceRef) -> tuple[str, str]:
        """Message and hint for a reference to a document or page that is not there; "" twice where it is."""
        source = self.by_id.get(reference.document)
        if source is None:
            near = nearest(reference.document, self.by_id)
            return f"{reference.document} is not in sources.yaml", f"did you mean {near}?" if near else "add it there"
        beyond = [page for page in reference.pages if page < 1 or (source.pages and page > source.pages)]
        if beyond:
            return f"{reference.document} has no page {beyond[0]}", f"its last page is {source.pages}"
        return "", ""

    def governing(self, reference: SourceRef, day: datetime.date | None) -> SourceRef:
        """The reference, or the one of its later editions that was in force on that day; None for an unknown day."""
        if day is None or not reference.later:
            return reference
        editions = (reference, *reference.later)
        return next((edition for edition in editions if self.by_id[edition.document].in_force.holds(day)), reference)


def load_sources(rules: Path) -> Sources:
    """Reads rules/sources.yaml and rules/sources/*.yaml.

    Raises:
        RuleError: Every mistake of every file; a key that stands in two of them.
    """
    problems = Problems()
    with problems.gathered():
        model, document = load_model(rules / "sources.yaml", SourcesFile)
    problems.refuse()
    by_id = dict(model.sources)
    files = dict.fromkeys(by_id, document)
    for path in sorted((rules / "sources").glob("*.yaml")):
        with problems.gathered():
            more, beside = load_model(path, SourcesFile)
            for key, source in more.sources.items():
                if key in by_id:
                    message = "stands in another file too"
                    problems.add(beside.problem(("sources", key), message, files[key].file, at_key=True))
                by_id[key], files[key] = source, beside
    problems.refuse()
    return Sources(by_id, document, files)
