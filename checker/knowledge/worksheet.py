"""``rules/worksheet.yaml``: the elements of the worksheet of QA departments, and the codes that answer them."""

from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from checker.knowledge.problems import Problems
from checker.knowledge.schema import load_model
from checker.model.findings import Severity
from checker.model.rule import Text
from checker.model.written import Strict

FILE = "worksheet.yaml"

_Pattern = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9*-]{0,20}[a-z]{0,12}$")]


class Element(Strict):
    """One column of the worksheet.

    Attributes:
        id: Its name in data.
        question: What it asks; Yes is the good answer.
        codes: Codes whose findings answer No; ``*`` stands for any letters.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9-]*$")
    question: Text
    codes: tuple[_Pattern, ...] = Field(min_length=1)

    def asks_for(self, code: str) -> bool:
        """Whether a code answers it."""
        return any(fnmatchcase(code, pattern) for pattern in self.codes)


class Worksheet(Strict):
    """The worksheet.

    Attributes:
        from_severity: Findings below it answer nothing.
        elements: Its columns, in order.
    """

    from_severity: Severity
    elements: tuple[Element, ...] = Field(min_length=1)


class WorksheetFile(Strict):
    """The file worksheet.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    worksheet: Worksheet


def load_worksheet(rules: Path, codes: frozenset[str] | None = None) -> Worksheet:
    """Reads rules/worksheet.yaml.

    Args:
        rules: The rules folder.
        codes: The codes that rules raise; None: not held against them.

    Raises:
        RuleError: The file is missing or wrong, or asks for a code that no rule raises.
    """
    model, document = load_model(rules / FILE, WorksheetFile)
    problems = Problems()
    for n, element in enumerate(model.worksheet.elements):
        for place, pattern in enumerate(element.codes if codes is not None else ()):
            if not any(fnmatchcase(code, pattern) for code in codes or ()):
                at = ("worksheet", "elements", n, "codes", place)
                problems.add(document.problem(at, f"no rule raises a code like {pattern}"))
    problems.refuse()
    return model.worksheet
