"""Numbers of guidelines by date: rules/parameters/*.yaml.

::

    schema: 1
    parameters:
      psychotherapy.total_max:
        unit: visits
        meaning: Visits of psychotherapy in total, with improvement.
        values:
          2009-07-18:
            value: 10                 # null: from this day on no number is in force
            source: {document: mtus-chronic-pain-2009, section: Behavioral interventions, pages: [23]}
            mark: recalled
            note: ""
"""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import Field

from checker.knowledge.problems import Problems
from checker.knowledge.schema import load_model
from checker.knowledge.sources import Sources
from checker.knowledge.yamlfile import Document
from checker.model.rule import Mark, SourceRef, Text
from checker.model.written import Strict

Number = int | float


class NumberSource(Strict):
    """Where a number stands."""

    document: Text
    section: str = ""
    pages: tuple[int, ...] = ()


class DatedValue(Strict):
    """A number, or none, from a day on."""

    value: float | None
    source: NumberSource
    mark: Mark
    note: str = ""

    @property
    def reference(self) -> SourceRef:
        """The source with its mark."""
        return SourceRef(**self.source.model_dump(), mark=self.mark, note=self.note)


class Parameter(Strict):
    """One number of a guideline and how it changed."""

    unit: Text
    meaning: Text
    values: Mapping[datetime.date, DatedValue] = Field(min_length=1)

    @property
    def recalled(self) -> bool:
        """Whether any of its values was not seen in its source."""
        return any(value.mark == "recalled" for value in self.values.values())

    def value_on(self, day: str | None) -> Number | None:
        """The number in force on a day.

        Args:
            day: ISO date of the guideline in force; None where the letter does not hold it.

        Returns:
            The number, an int where it is whole; None where none is in force, or where the day is unknown and the
            number was not the same throughout.
        """
        if day is None:
            known = {value.value for value in self.values.values()}
            number = known.pop() if len(known) == 1 else None
        else:
            began = [date for date in self.values if date.isoformat() <= day]
            number = self.values[max(began)].value if began else None
        return int(number) if number is not None and number == int(number) else number


class ParametersFile(Strict):
    """A file of rules/parameters."""

    schema_: Literal[1] = Field(alias="schema")
    parameters: Mapping[str, Parameter]


def load_parameters(rules: Path, sources: Sources) -> dict[str, Parameter]:
    """Reads rules/parameters/*.yaml.

    Raises:
        RuleError: Every mistake of every file: unknown document, page beyond its last, a name that stands twice.
    """
    problems = Problems()
    parameters: dict[str, Parameter] = {}
    files: dict[str, str] = {}
    for path in sorted((rules / "parameters").glob("*.yaml")):
        with problems.gathered():
            model, document = load_model(path, ParametersFile)
            for name, parameter in model.parameters.items():
                if name in parameters:
                    keys = ("parameters", name)
                    problems.add(document.problem(keys, "stands in another file too", files[name], at_key=True))
                parameters[name], files[name] = parameter, document.file
                _check_sources(document, name, parameter, sources, problems)
    problems.refuse()
    return dict(sorted(parameters.items()))


def _check_sources(document: Document, name: str, parameter: Parameter, sources: Sources, problems: Problems) -> None:
    for date, value in parameter.values.items():
        message, hint = sources.unknown(value.reference)
        if message:
            problems.add(document.problem(("parameters", name, "values", date, "source"), message, hint))
