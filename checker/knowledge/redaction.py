"""``rules/redaction.yaml``: what identifies a person in a letter, for reports that are shared."""

from pathlib import Path
from typing import Literal

from pydantic import Field

from checker.knowledge.schema import load_model
from checker.model.rule import Mark, Text
from checker.model.written import Strict

FILE = "redaction.yaml"

Words = tuple[str, ...]


class _Source(Strict):
    document: Text
    section: str = ""
    mark: Mark


class Redaction(Strict):
    """What is masked.

    Attributes:
        source: Where the list of what identifies a person comes from.
        titles: A name stands after one of these.
        degrees: A name stands before one of these.
        particles: Words in lower case within a name.
        labels: What follows one of these and a colon up to the end of the line is a name or an address.
        numbers: A number of a case or a person stands after one of these.
        prefixes: Letters with which such a number begins, digits behind them.
        days: Month and day without a year stand after one of these.
        age: From this age on, in years, the age is masked too.
    """

    source: _Source
    titles: Words = Field(min_length=1)
    degrees: Words = Field(min_length=1)
    particles: Words = Field(min_length=1)
    labels: Words = Field(min_length=1)
    numbers: Words = Field(min_length=1)
    prefixes: Words = Field(min_length=1)
    days: Words = Field(min_length=1)
    age: int = Field(ge=0, le=150)


class RedactionFile(Strict):
    """The file redaction.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    redaction: Redaction


def load_redaction(rules: Path) -> Redaction:
    """Reads rules/redaction.yaml.

    Raises:
        RuleError: The file is missing or wrong.
    """
    model, _ = load_model(rules / FILE, RedactionFile)
    return model.redaction
