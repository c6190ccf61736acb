"""The vocabulary of facts: every name that a rule may compare, with its values, its default and its meaning.

rules/vocabulary.yaml, or several files in rules/vocabulary/, declare the names::

    schema: 1
    facts:
      decision.outcome:
        scope: item                          # item, letter (then every item has it too), or batch (see checker.across)
        values: [upheld, overturned, partially-overturned, none]
        default: none                        # what a test of a rule takes that does not name it
        meaning: What the letter does with the denial.
        origin: parsing                      # which step of the program gives it
      item.visits: {scope: item, type: integer, unit: visits, default: unknown, meaning: ..., origin: ...}
      item.ingredient: {scope: item, type: text, ids_of: drugs, default: none, meaning: ..., origin: ...}

``type`` is integer, number, date (ISO text) or text. ``unknown`` is a value of every name. For each concept of
rules/lexicon/concepts three names come by themselves: ``summary.ID`` and ``rationale.ID`` (documented, denied,
not_documented, unclear, silent) and ``conflict.ID`` (yes, no). For each test of rules/lexicon/frames come
``summary.test.ID.performed``, ``.result`` and, where the test has one, ``.agreement``, and the same of the rationale.
"""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import Field, model_validator

from checker.knowledge.frames import FrameModel, load_frames
from checker.knowledge.problems import Problem, Problems, shown
from checker.knowledge.schema import load_model, nearest
from checker.knowledge.yamlfile import Document, load_yaml
from checker.model.facts import UNKNOWN, Assertion, FactValue
from checker.model.rule import MEMBERSHIP, ORDER, ScalarValue, Text
from checker.model.written import Strict

Scope = Literal["letter", "item", "batch"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
Type = Literal["integer", "number", "date", "text"]

STATUSES = tuple(status.value for status in Assertion)


class FactName(Strict):
    """One name of the vocabulary; ``values`` for a closed list, else ``type``."""

    scope: Scope
    values: tuple[str, ...] = ()
    type: Type | None = None
    ids_of: Literal["", "drugs", "treatments", "concepts", "demands", "topics"] = ""
    unit: str = ""
    default: ScalarValue = UNKNOWN
    meaning: Text
    origin: Text
    labels: dict[str, str] = Field(default_factory=dict)
    """What reports call a value whose name is no word."""
    no_rule: str = ""
    """Why no rule compares, shows or prints it, where none does."""

    @model_validator(mode="after")
    def _values_or_type(self) -> "FactName":
        if bool(self.values) == bool(self.type):
            raise ValueError("a name has either values or a type")
        if UNKNOWN in self.values:
            raise ValueError(f"{UNKNOWN} is a value of every name; leave it out")
        if len(set(self.values)) != len(self.values):
            raise ValueError("a value stands here twice")
        wrong = self.refuses(self.default)
        if wrong:
            raise ValueError(f"the default {wrong}")
        return self

    @property
    def ordered(self) -> bool:
        """Whether its values can be compared by size."""
        return self.type in {"integer", "number", "date"}

    def refuses(self, value: Any) -> str:
        """Why a value is none of this name ("is no ..."), "" if it is one; ``unknown`` always is."""
        if value == UNKNOWN:
            return ""
        if self.values:
            return "" if value in self.values else f"is none of {', '.join(self.values)}"
        fits = {"integer": _is_integer, "number": _is_number, "date": _is_date, "text": _is_text}[self.type or "text"]
        return "" if fits(value) else f"is no {'ISO date' if self.type == 'date' else self.type}"

    def refuses_operator(self, operator: str) -> str:
        """Why an operator does not fit this name, "" if it does."""
        if operator in ORDER and not self.ordered:
            kind = "has a list of values" if self.values else "is text"
            return f"{operator} compares numbers and dates; this name {kind}"
        if operator in MEMBERSHIP and self.ordered:
            return f"{operator} compares with words; use at_least and at_most for {self.type}s"
        return ""


def _is_integer(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and datetime.date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


class VocabularyFile(Strict):
    """A file of the vocabulary."""

    schema_: Literal[1] = Field(alias="schema")
    facts: Mapping[str, FactName]


@dataclass(frozen=True, slots=True)
class ConceptName:
    """How people are told of a concept.

    Attributes:
        title: A few words for a heading.
        called: What it is called inside a sentence: "the rationale denies earlier physical therapy".
    """

    title: str
    called: str


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Every name of the vocabulary.

    Attributes:
        facts: Declared and generated names.
        concepts: Id of each concept -> how people are told of it.
        ids: Kind of thing (drugs, treatments, ...) -> the ids it may have; a kind that is missing is not checked.
    """

    facts: Mapping[str, FactName]
    concepts: Mapping[str, ConceptName]
    ids: Mapping[str, frozenset[str]]

    def names(self, scope: Scope) -> tuple[str, ...]:
        """Every name of a fact set of that scope, sorted: an item also has the names of its letter, a batch its own."""
        return _names(self, scope)

    def holds(self, scope: Scope, name: str) -> bool:
        """Whether a name that stands in the vocabulary is one of ``names`` of that scope."""
        of = self.facts[name].scope
        return of == scope or (scope == "item" and of == "letter")

    def defaults(self, scope: Scope) -> dict[str, FactValue]:
        """Name -> default for every name of that scope."""
        return dict(_defaults(self, scope))

    def nearest(self, name: str) -> str:
        """``did you mean X?`` for a name that is not here, "" where nothing is near."""
        near = nearest(name, self.facts)
        return f"did you mean {near}?" if near else ""

    def refuses(self, name: str, value: Any) -> tuple[str, str]:
        """Message and hint for a value that the name cannot have, "" twice if it can."""
        fact = self.facts[name]
        wrong = fact.refuses(value)
        if wrong:
            near = nearest(str(value), fact.values)
            return f"{value} {wrong}", f"did you mean {near}?" if near else ""
        known = self.ids.get(fact.ids_of)
        if known and value not in {UNKNOWN, fact.default, *known}:
            near = nearest(str(value), known)
            return f"{value} is no id of {fact.ids_of}", f"did you mean {near}?" if near else ""
        return "", ""


@lru_cache(maxsize=8)
def _names(vocabulary: Vocabulary, scope: Scope) -> tuple[str, ...]:
    return tuple(name for name in sorted(vocabulary.facts) if vocabulary.holds(scope, name))


@lru_cache(maxsize=8)
def _defaults(vocabulary: Vocabulary, scope: Scope) -> Mapping[str, FactValue]:
    return {name: vocabulary.facts[name].default for name in _names(vocabulary, scope)}


def load_vocabulary(rules: Path) -> Vocabulary:
    """Reads the names of facts and generates those of the concepts.

    Raises:
        RuleError: Every mistake of every file.
    """
    problems = Problems()
    entries = _concepts(rules / "lexicon" / "concepts", problems)
    concepts = {id_: _name_of(id_, entry) for id_, entry in entries.items()}
    generated = _generated(concepts) | _of_tests(load_frames(rules, problems))
    declared: dict[str, FactName] = {}
    places: dict[str, Document] = {}
    for path in _files(rules, problems):
        with problems.gathered():
            model, document = load_model(path, VocabularyFile)
            for name, fact in model.facts.items():
                wrong = _wrong_name(name, generated, places)
                if wrong:
                    problems.add(document.problem(("facts", name), *wrong, at_key=True))
                declared[name], places[name] = fact, document
    facts = declared | generated
    for name, document in places.items():
        longer = next((other for other in facts if other.startswith(f"{name}.")), "")
        if longer:
            message = f"is a name and the beginning of another, {longer}"
            problems.add(document.problem(("facts", name), message, at_key=True))
    problems.refuse()
    ids = {kind: _ids_in(rules / "lexicon" / f"{kind}.yaml", kind) for kind in ("drugs", "treatments")}
    ids["concepts"] = frozenset(concepts)
    ids["demands"] = frozenset(str(entry["demand"]) for entry in entries.values() if entry.get("demand"))
    ids["topics"] = frozenset(path.parent.name for path in (rules / "criteria").glob("*/topic.yaml"))
    return Vocabulary(facts, concepts, {kind: found for kind, found in ids.items() if found})


def _files(rules: Path, problems: Problems) -> list[Path]:
    one = rules / "vocabulary.yaml"
    found = [*([one] if one.is_file() else []), *sorted((rules / "vocabulary").glob("*.yaml"))]
    if not found:
        problems.add(Problem(shown(one), 1, 1, "", "is missing: it declares the names that rules compare"))
    return found


def _wrong_name(name: str, generated: Mapping[str, FactName], places: Mapping[str, Document]) -> tuple[str, str] | None:
    parts = name.split(".")
    if len(parts) < 2 or not all(part.replace("-", "").replace("_", "").isalnum() for part in parts):
        return "is no name", "names look like item.visits"
    if name in generated:
        return "comes by itself from rules/lexicon", "leave it out"
    if name in places:
        return "stands in another file too", places[name].file
    return None


def _concepts(folder: Path, problems: Problems) -> dict[str, Mapping[str, Any]]:
    """Each concept by its id, as it is written: all but its names and demand belong to the lexicon, which checks it."""
    concepts: dict[str, Mapping[str, Any]] = {}
    for path in sorted(folder.glob("*.yaml")):
        with problems.gathered():
            document = load_yaml(path)
            entry: Any = document.data.get("concept") if isinstance(document.data, dict) else None
            id_ = entry.get("id") if isinstance(entry, dict) else None
            if not isinstance(id_, str):
                problems.add(document.problem(("concept", "id"), "the file names no concept"))
            elif id_ in concepts:
                problems.add(document.problem(("concept", "id"), f"{id_} is the id of another file too"))
            else:
                concepts[id_] = entry
    return concepts


def _name_of(id_: str, entry: Mapping[str, Any]) -> ConceptName:
    return ConceptName(str(entry.get("title", id_)), str(entry.get("called") or id_.replace("-", " ")))


def _generated(concepts: Mapping[str, ConceptName]) -> dict[str, FactName]:
    names: dict[str, FactName] = {}
    for id_, concept in concepts.items():
        for part, told in (("summary", "the case summary"), ("rationale", "the rationale")):
            names[f"{part}.{id_}"] = FactName(
                scope="item",
                values=STATUSES,
                default=Assertion.SILENT.value,
                meaning=f"What {told} says of: {concept.title}.",
                origin="observing",
            )
        names[f"conflict.{id_}"] = FactName(
            scope="item",
            values=("yes", "no"),
            default="no",
            meaning=f"Whether the rationale asserts both that it is documented and that it is not: {concept.title}.",
            origin="observing",
        )
    return names


_ASKED = {
    "performed": "Whether {told} has it that this test was done: {title}",
    "result": "What {told} says came out of this test: {title}",
    "agreement": "Whether what came out, as {told} has it, agrees with what is prescribed: {title}",
}


def _of_tests(frames: Mapping[str, FrameModel]) -> dict[str, FactName]:
    names: dict[str, FactName] = {}
    for id_, frame in frames.items():
        topics = f" (asked for by {', '.join(frame.topics)})." if frame.topics else "."
        for part, told in (("summary", "the case summary"), ("rationale", "the rationale")):
            for slot, values in frame.slots().items():
                names[f"{part}.test.{id_}.{slot}"] = FactName(
                    scope="item",
                    values=values,
                    default=Assertion.SILENT.value,
                    meaning=_ASKED[slot].format(told=told, title=frame.title) + topics,
                    origin="observing",
                )
    return names


def _ids_in(path: Path, key: str) -> frozenset[str]:
    """The ids of the entries of a lexicon file, for checking rules; the lexicon itself checks the file."""
    if not path.is_file():
        return frozenset()
    data = load_yaml(path).data
    entries = data.get(key, data) if isinstance(data, dict) else data
    if isinstance(entries, dict):
        return frozenset(str(id_) for id_ in entries)
    found = (entry.get("id") for entry in entries if isinstance(entry, dict)) if isinstance(entries, list) else ()
    return frozenset(id_ for id_ in found if isinstance(id_, str))
