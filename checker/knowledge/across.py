"""``rules/across.yaml``: what makes two cases alike, and two rationales the same.

The numbers and names in it are data for those who know the subject; ``checker.across`` applies them. What each field
means stands in the file.
"""

from itertools import pairwise
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from checker.knowledge.lexicon_files import Category
from checker.knowledge.problems import Problems
from checker.knowledge.schema import load_model
from checker.knowledge.vocabulary import Vocabulary
from checker.model.facts import UNKNOWN
from checker.model.rule import Text
from checker.model.written import Strict

FILE = "across.yaml"

Stated = Literal["documented", "denied", "not_documented"]
OutcomeName = Literal["upheld", "overturned", "partially-overturned"]
RoleName = Literal["guideline", "case", "application", "conclusion", "disclaimer", "quotation"]
Share = float


class KeyField(Strict):
    """One thing that has to be equal.

    Attributes:
        fact: Name of the vocabulary.
        from_: Numbers or ISO dates, ascending, each the beginning of a period; empty where the value itself counts.
        of: Categories it is asked of; empty for all.
        unknown: Values that count as not known, beside ``unknown`` itself.
        or_unknown: Two letters that do not tell are alike in this; left out, they are compared with nothing.
    """

    fact: Text
    from_: tuple[float | str, ...] = Field((), alias="from")
    of: tuple[Category, ...] = ()
    unknown: tuple[str, ...] = ()
    or_unknown: bool = False

    @model_validator(mode="after")
    def _ascending(self) -> "KeyField":
        kinds = {isinstance(limit, str) for limit in self.from_}
        if len(kinds) > 1:
            raise ValueError("from holds numbers or dates, not both")
        if any(str(a) >= str(b) if isinstance(a, str) else a >= b for a, b in pairwise(self.from_)):  # type: ignore[operator]
            raise ValueError("from should ascend")
        return self


class Like(Strict):
    """What makes two cases alike."""

    outcomes: dict[OutcomeName, Text]
    key: tuple[KeyField, ...] = Field(min_length=1)
    region_needed: tuple[Category, ...] = ()
    deciding: tuple[Stated, ...] = Field(min_length=1)
    against: tuple[tuple[Stated, Stated], ...] = ()
    farthest: Share = Field(ge=0, lt=1)
    patterns: int = Field(gt=0, le=20_000)
    shown: int = Field(gt=0, le=20)


class Twins(Strict):
    """What makes two rationales the same."""

    roles: tuple[RoleName, ...] = Field(min_length=1)
    run: int = Field(gt=0, le=20)
    least_words: int = Field(gt=0)
    similar: Share = Field(gt=0, le=1)
    bands: int = Field(gt=0, le=128)
    rows: int = Field(gt=0, le=16)
    compared: int = Field(gt=0, le=10_000)
    shown: int = Field(gt=0, le=20)
    misfits: tuple[Text, ...] = ()


class Across(Strict):
    """How the items of different letters are laid beside each other."""

    like: Like
    twins: Twins


class AcrossFile(Strict):
    """The file across.yaml."""

    schema_: Literal[1] = Field(alias="schema")
    across: Across


def load_across(rules: Path, vocabulary: Vocabulary, codes: frozenset[str]) -> Across | None:
    """Reads rules/across.yaml.

    Args:
        rules: The rules folder.
        vocabulary: The facts that a key may name.
        codes: The codes that rules raise.

    Returns:
        What it holds, None where the folder has no such file: letters are then not compared with each other.

    Raises:
        RuleError: Every mistake of the file.
    """
    path = rules / FILE
    if not path.is_file():
        return None
    model, document = load_model(path, AcrossFile)
    problems = Problems()
    known = frozenset(vocabulary.names("item"))
    for n, field in enumerate(model.across.like.key):
        at = ("across", "like", "key", n)
        if field.fact not in known:
            message = f"{field.fact} is no fact of an item"
            problems.add(document.problem((*at, "fact"), message, vocabulary.nearest(field.fact)))
            continue
        problems_of_limits = _limits(field, vocabulary)
        if problems_of_limits:
            problems.add(document.problem((*at, "from"), problems_of_limits))
        for value in field.unknown:
            message, hint = vocabulary.refuses(field.fact, value)
            if message or value == UNKNOWN:
                problems.add(document.problem((*at, "unknown"), message or "unknown always is", hint))
    for n, code in enumerate(model.across.twins.misfits):
        if code not in codes:
            problems.add(document.problem(("across", "twins", "misfits", n), f"no rule raises {code}"))
    problems.refuse()
    return model.across


def _limits(field: KeyField, vocabulary: Vocabulary) -> str:
    """What is wrong with the limits of a field, "" where nothing is."""
    if not field.from_:
        return ""
    kind = vocabulary.facts[field.fact]
    if not kind.ordered:
        return f"{field.fact} has no order"
    wanted_text = kind.type == "date"
    if any(isinstance(limit, str) != wanted_text for limit in field.from_):
        return f"{field.fact} is compared with {'ISO dates' if wanted_text else 'numbers'}"
    return ""
