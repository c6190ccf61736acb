"""A rule as it is written: one YAML file under rules/, with its source, its condition trees and its tests inside."""

import datetime
import re
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from checker.model.facts import Confidence
from checker.model.findings import Result, Severity
from checker.model.written import Strict

Mark = Literal["verified", "recalled"]
"""verified: seen in the named source; recalled: background knowledge, not seen."""

Scalar = str | int | float

EQUALITY = ("is", "is_not")
MEMBERSHIP = ("in", "not_in")
ORDER = ("above", "at_least", "below", "at_most")
OPERATORS = (*EQUALITY, *MEMBERSHIP, *ORDER)


def _scalar(value: Any) -> Scalar:
    if isinstance(value, bool):
        raise ValueError("true and false are no values of a fact; write yes or no")
    if not isinstance(value, str | int | float):
        raise ValueError("should be one word or one number")
    return value


def _text(value: str) -> str:
    if not value.strip():
        raise ValueError("should say something")
    return value


_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._{}-]*")
CODE = re.compile(r"[A-Z]{3}[0-9]{3}|CRI-[A-Z]{3}-(?:coverage|misstated|misapplied)")
"""What a code of the catalogue looks like."""


def _id(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("should be letters, digits, dots, hyphens and underscores, like FAC005.{criterion}")
    return value


def _code(value: str) -> str:
    if not CODE.fullmatch(value):
        raise ValueError("should look like FAC005 or CRI-OPI-coverage (or -misstated, -misapplied)")
    return value


ScalarValue = Annotated[Any, AfterValidator(_scalar)]
Text = Annotated[str, AfterValidator(_text)]


class ParameterRef(Strict):
    """A number of rules/parameters, picked by the date of the guideline in force."""

    parameter: str


Operand = Scalar | tuple[Scalar, ...] | ParameterRef


def _number_or_parameter(value: Any) -> str:
    return "<parameter-ref>" if isinstance(value, dict | ParameterRef) else "<number>"


def _comparable(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError("should be a number, a date or {parameter: name}")
    return value


Comparable = Annotated[
    Annotated[ParameterRef, Tag("<parameter-ref>")] | Annotated[Any, AfterValidator(_comparable), Tag("<number>")],
    Discriminator(_number_or_parameter),
]


class Leaf(Strict):
    """One comparison of a fact with a value; exactly one operator.

    ``is``, ``is_not``, ``in`` and ``not_in`` compare with values of the vocabulary; ``above``, ``at_least``, ``below``
    and ``at_most`` compare numbers and dates. A fact that is unknown makes each of them neither true nor false.
    """

    fact: Text
    is_: ScalarValue = Field(None, alias="is")
    is_not: ScalarValue = None
    in_: tuple[ScalarValue, ...] = Field((), alias="in", min_length=1)
    not_in: tuple[ScalarValue, ...] = Field((), min_length=1)
    above: Comparable = None
    at_least: Comparable = None
    below: Comparable = None
    at_most: Comparable = None

    @model_validator(mode="after")
    def _one_operator(self) -> "Leaf":
        if len(self.model_fields_set) != 2:
            given = sorted(name.rstrip("_") for name in self.model_fields_set - {"fact"})
            has = f"it has {' and '.join(given)}" if given else "it has none"
            raise ValueError(f"a condition has exactly one of {', '.join(OPERATORS)}; {has}")
        return self

    @property
    def operator(self) -> str:
        """One of ``OPERATORS``."""
        (name,) = self.model_fields_set - {"fact"}
        return name.rstrip("_")

    @property
    def operand(self) -> "Operand":
        """What the fact is compared with."""
        (name,) = self.model_fields_set - {"fact"}
        operand: Operand = getattr(self, name)
        return operand


class All(Strict):
    """Holds where every node below holds; an empty list holds always."""

    all: tuple["Tree", ...]


class Any_(Strict):  # noqa: N801  (any is taken)
    """Holds where a node below holds."""

    any: tuple["Tree", ...] = Field(min_length=1)


def _node_kind(value: Any) -> str:
    keys = value if isinstance(value, dict) else type(value).model_fields if isinstance(value, Strict) else ()
    return "<all>" if "all" in keys else "<any_>" if "any" in keys else "<leaf>"


Tree = Annotated[
    Annotated[Leaf, Tag("<leaf>")] | Annotated[All, Tag("<all>")] | Annotated[Any_, Tag("<any_>")],
    Discriminator(_node_kind),
]


class SourceRef(Strict):
    """Where a rule, an exception or a number comes from.

    Attributes:
        document: Key into rules/sources.yaml.
        section: Heading or subdivision, as the document prints it.
        pages: Pages of the document, one number each.
        mark: Whether the criterion was seen there or is recalled.
        page_mark: The same for the pages, None where there are none or the mark covers them.
        note: A restriction a reviewer should know.
        later: Where the same stands in later editions; a finding names the one that governs the request.
    """

    document: Text
    section: str = ""
    pages: tuple[int, ...] = ()
    mark: Mark
    page_mark: Mark | None = None
    note: str = ""
    later: tuple["SourceRef", ...] = ()


class SourceOfCriterion(Strict):
    """``{from: criterion}``: the source that the topic file gives for the criterion that ``for_each`` fills in."""

    from_: str = Field(alias="from")


def _source_kind(value: Any) -> str:
    from_criterion = "from" in value if isinstance(value, dict) else isinstance(value, SourceOfCriterion)
    return "<source-of-criterion>" if from_criterion else "<source-ref>"


RuleSource = Annotated[
    Annotated[SourceRef, Tag("<source-ref>")] | Annotated[SourceOfCriterion, Tag("<source-of-criterion>")],
    Discriminator(_source_kind),
]


class Effective(Strict):
    """First and last day, of the guideline that governs the request, on which a rule holds; ``to: null`` is open."""

    from_: datetime.date | None = Field(None, alias="from")
    to: datetime.date | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "Effective":
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError(f"ends ({self.to}) before it begins ({self.from_})")
        return self


class Unless(Strict):
    """A named exception: where it holds, the rule does not flag."""

    id: Text
    why: Text
    source: RuleSource
    when: Tree


class Expectation(Strict):
    """What a test of a rule expects.

    Attributes:
        result: One of the five results.
        because: Names of the facts whose conditions made ``flag_when`` hold, in any order.
        by: Id of the exception, for ``excepted``.
        missing: Names of the facts that leave the rule ``undecided``, in any order.
    """

    result: Result
    because: tuple[str, ...] | None = None
    by: str | None = None
    missing: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _fits(self) -> "Expectation":
        for key, result in (("because", Result.FLAGGED), ("by", Result.EXCEPTED), ("missing", Result.UNDECIDED)):
            if getattr(self, key) is not None and self.result is not result:
                raise ValueError(f"{key} belongs to the result {result.value}, not to {self.result.value}")
        return self


class RuleTest(Strict):
    """One worked example: the facts that matter (the rest has the vocabulary's default) and what is expected.

    ``with`` restricts it to the rules of a ``for_each`` that fill the placeholders in so.
    """

    name: Text
    with_: Mapping[str, str] = Field(default_factory=dict, alias="with")
    given: Mapping[str, ScalarValue]
    expect: Expectation


class CriteriaOf(Strict):
    """The criteria that rules/criteria/TOPIC/topic.yaml lists; ``only`` or ``without`` certain ids."""

    criteria_of: str | tuple[str, ...]
    only: tuple[str, ...] = ()
    without: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _one_choice(self) -> "CriteriaOf":
        if self.only and self.without:
            raise ValueError("only and without exclude each other")
        return self

    def takes(self, id_: str) -> bool:
        """Whether a criterion of that id is listed."""
        return id_ in self.only if self.only else id_ not in self.without

    @property
    def topics(self) -> tuple[str, ...]:
        """Ids of the topics."""
        return (self.criteria_of,) if isinstance(self.criteria_of, str) else self.criteria_of


class TopicsOf(Strict):
    """Topics of rules/criteria: those listed, or all."""

    topics: Literal["all"] | tuple[str, ...]
    without: tuple[str, ...] = ()


class ConceptsOf(Strict):
    """Every concept of rules/lexicon/concepts, save those left out."""

    concepts: Literal["all"]
    without: tuple[str, ...] = ()


def _values_kind(value: Any) -> str:
    if isinstance(value, dict):
        return next((f"<{key}-of>" for key in ("concepts", "topics") if key in value), "<criteria-of>")
    return "<list>"


Values = Annotated[
    Annotated[tuple[Text, ...], Tag("<list>")]
    | Annotated[CriteriaOf, Tag("<criteria-of>")]
    | Annotated[ConceptsOf, Tag("<concepts-of>")]
    | Annotated[TopicsOf, Tag("<topics-of>")],
    Discriminator(_values_kind),
]


class Change(Strict):
    """One entry of the history of a rule: what changed, and on what day."""

    day: datetime.date
    what: Text


class Rule(Strict):
    """One rule.

    Attributes:
        id: Unique name; with ``for_each`` it holds the placeholder.
        code: Code of the catalogue of findings.
        title: What is found, in a few words.
        scope: ``item`` is judged once a disputed item, ``letter`` once a letter, ``batch`` once an item beside those of
            the other letters of a run.
        status: Only active rules judge; drafts are checked and tested; retired ones keep their id taken.
        severity: How bad it is if true.
        confidence: Upper bound; a finding is as sure as its weakest fact.
        for_each: Placeholder -> values; the rule is written out once for each.
        source: What the rule rests on.
        effective: When it holds.
        why: Two or three sentences for a physician: what the rule looks for and why it matters.
        applies_to: Which items it concerns; left out, all.
        flag_when: What is wrong.
        unless: Named exceptions.
        evidence: Facts whose words are shown beside those of the conditions that held.
        message: One sentence, jinja2 over the facts.
        ask: How to answer the finding.
        tests: Worked examples.
        history: What changed in it and when, for those who read findings of an earlier version.
    """

    id: Annotated[str, AfterValidator(_id)]
    code: Annotated[str, AfterValidator(_code)]
    title: Text
    scope: Literal["item", "letter", "batch"]
    status: Literal["draft", "active", "retired"]
    severity: Severity
    confidence: Confidence
    for_each: Mapping[str, Values] = Field(default_factory=dict)
    source: RuleSource
    effective: Effective = Effective()
    why: Text
    applies_to: Tree = All(all=())
    flag_when: Tree
    unless: tuple[Unless, ...] = ()
    evidence: tuple[str, ...] = ()
    message: Text
    ask: Text
    tests: tuple[RuleTest, ...] = ()
    history: tuple[Change, ...] = ()

    @property
    def reference(self) -> SourceRef:
        """The source, once ``for_each`` is written out."""
        if not isinstance(self.source, SourceRef):
            raise TypeError(f"{self.id}: the source was not filled in")
        return self.source

    def trees(self) -> Iterator[tuple[tuple[str | int, ...], "Node"]]:
        """The condition trees with the keys that lead to them."""
        yield ("applies_to",), self.applies_to
        yield ("flag_when",), self.flag_when
        for n, exception in enumerate(self.unless):
            yield ("unless", n, "when"), exception.when


Node = Leaf | All | Any_


class RuleFile(Strict):
    """A file of rules/: the version of the format, and the rule."""

    schema_: Literal[1] = Field(alias="schema")
    rule: Rule


def leaves(tree: Node, keys: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], Leaf]]:
    """Every comparison of a tree with the keys that lead to it."""
    if isinstance(tree, Leaf):
        yield keys, tree
        return
    name, below = ("all", tree.all) if isinstance(tree, All) else ("any", tree.any)
    for n, node in enumerate(below):
        yield from leaves(node, (*keys, name, n))
