"""JSON Schemas of the files under rules/, and of suppressions, for editors: completion and validation while one writes.

They come from the same models that read the files. Published they know the shape; made for one folder
(``imrcheck rules schema``) they also know the names of its facts, numbers, documents and concepts.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from checker.gate.suppressions import SuppressionFile
from checker.knowledge.across import AcrossFile
from checker.knowledge.frames import FOLDER as FRAMES
from checker.knowledge.frames import FramesFile
from checker.knowledge.grammar import GrammarFile
from checker.knowledge.guideline_files import EditionFile, FrameworkFile, OutsideFile
from checker.knowledge.idiom import FILES as IDIOM_FILES
from checker.knowledge.lexicon_files import (
    BodyPartsFile,
    DrugsFile,
    FormsFile,
    GuidelineNamesFile,
    TreatmentsFile,
    VerdictsFile,
)
from checker.knowledge.measures import MeasuresFile
from checker.knowledge.redaction import RedactionFile
from checker.knowledge.sources import SourcesFile
from checker.knowledge.topics import TOPIC_FILE, TopicFile
from checker.knowledge.vocabulary import VocabularyFile
from checker.knowledge.worksheet import WorksheetFile
from checker.model.rule import OPERATORS, ORDER, RuleFile
from checker.rulebook import Rulebook
from checker.rulebook.load import CRITERIA, FOLDERS
from checker.rulebook.parameters import ParametersFile

_PLACEHOLDER = {"type": "string", "pattern": r"\{[a-z_]"}
_ATTRIBUTE = re.compile(r"^(?: {4})?([a-z_]+): (.+)$")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file.

    Attributes:
        name: Name of the schema, docs/schema/NAME.json.
        title: What such a file is.
        model: What reads it.
    """

    name: str
    title: str
    model: type[BaseModel]


_FOLDERS: dict[str, type[BaseModel]] = {**IDIOM_FILES, FRAMES: FramesFile}
_SINGULAR = {FRAMES: "frame", "words": "words", "concepts": "concept", "cues": "cue", "roles": "role", "marks": "mark"}
_LEXICON: dict[str, type[BaseModel]] = {
    "drugs": DrugsFile,
    "treatments": TreatmentsFile,
    "body-parts": BodyPartsFile,
    "forms": FormsFile,
    "guideline-names": GuidelineNamesFile,
    "verdicts": VerdictsFile,
    "grammar": GrammarFile,
    "measures": MeasuresFile,
}
_OTHER: dict[str, tuple[str, type[BaseModel]]] = {
    "rule": ("A rule, its source, conditions and tests", RuleFile),
    "topic": ("A topic of a guideline and its criteria", TopicFile),
    "parameter": ("Numbers of guidelines by date", ParametersFile),
    "source": ("The documents that rules rest on", SourcesFile),
    "vocabulary": ("The facts that rules compare", VocabularyFile),
    "guideline": ("An edition of a guideline", EditionFile),
    "outside-guideline": ("A guideline outside the MTUS", OutsideFile),
    "framework": ("What holds for all editions", FrameworkFile),
    "across": ("How the items of different letters are compared", AcrossFile),
    "redaction": ("What identifies a person, for reports that are shared", RedactionFile),
    "suppressions": ("Findings that the gate passes, each with reason, owner and last day", SuppressionFile),
    "worksheet": ("The elements of the worksheet of a QA department", WorksheetFile),
}


def kinds() -> tuple[Kind, ...]:
    """Every kind of file, by name."""
    found = [Kind(name, title, model) for name, (title, model) in _OTHER.items()]
    found += [
        Kind(_SINGULAR.get(folder, folder), f"A file of rules/lexicon/{folder}", model)
        for folder, model in _FOLDERS.items()
    ]
    found += [Kind(name, f"rules/lexicon/{name}.yaml", model) for name, model in _LEXICON.items()]
    return tuple(sorted(found, key=lambda kind: kind.name))


def kind_of(file: str, data: object = None) -> str:
    """Name of the kind of a file.

    Args:
        file: Path below the rules folder, with slashes.
        data: What it holds; tells guidelines of the MTUS from others.

    Returns:
        The name, "" for a file that no part of the program reads.
    """
    folder, _, name = file.rpartition("/")
    stem = name.removesuffix(".yaml")
    top = file.partition("/")[0]
    if top == "guidelines":
        keys = data.keys() if isinstance(data, dict) else ()
        return "framework" if stem == "framework" else "outside-guideline" if "outside" in keys else "guideline"
    if top == "lexicon":
        last = folder.rpartition("/")[2]
        return stem if stem in _LEXICON else _SINGULAR.get(last, last) if last in _FOLDERS else ""
    if name == TOPIC_FILE and top == CRITERIA:
        return "topic"
    single = {"sources": "source", "parameters": "parameter"}
    single |= {name: name for name in ("across", "redaction", "vocabulary", "worksheet")}
    return single.get(stem if not folder else top, "rule" if top in (*FOLDERS, CRITERIA) else "")


def schema(kind: Kind, rulebook: Rulebook | None = None) -> dict[str, Any]:
    """The JSON Schema of a kind of file; with a rulebook it knows the names that it declares."""
    made: dict[str, Any] = kind.model.model_json_schema(by_alias=True)
    made = _walked(made)
    definitions: dict[str, Any] = made.get("$defs", {})
    for definition in (made, *definitions.values()):
        _described(definition)
    if "Leaf" in definitions:
        _leaf(definitions["Leaf"])
    if rulebook is not None:
        _named(definitions, rulebook)
    top = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": kind.title}
    return top | {key: value for key, value in made.items() if key not in top}


def text(made: Mapping[str, Any]) -> str:
    """A schema as a file holds it."""
    return json.dumps(made, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _walked(value: Any) -> Any:
    """A copy without titles, defaults and exclusive choices: kinds are told apart by their keys, not by each other."""
    if isinstance(value, list):
        return [_walked(below) for below in value]
    if not isinstance(value, dict):
        return value
    kept: dict[str, Any] = {}
    for key, below in value.items():
        if key in ("properties", "$defs") and isinstance(below, dict):
            kept[key] = {name: _walked(one) for name, one in below.items()}
        elif key == "oneOf":
            kept["anyOf"] = _walked(below)
        elif key not in ("title", "default", "discriminator"):
            kept[key] = _walked(below)
    return kept


def _described(definition: dict[str, Any]) -> None:
    """Hands the attributes that a docstring describes on to the properties, where editors show them."""
    described = str(definition.get("description", ""))
    about, _, attributes = described.partition("\n\nAttributes:\n")
    if about:
        definition["description"] = " ".join(about.split())
    properties: dict[str, Any] = definition.get("properties", {})
    name = ""
    told: dict[str, str] = {}
    for line in attributes.split("\n"):
        found = _ATTRIBUTE.match(line)
        if found and not line.startswith("     "):
            name = found[1].rstrip("_")
            told[name] = found[2]
        elif name and line.strip():
            told[name] += f" {line.strip()}"
    for key, words in told.items():
        if key in properties:
            properties[key]["description"] = words


def _leaf(leaf: dict[str, Any]) -> None:
    """A comparison: one fact, exactly one operator, and what each may be compared with."""
    word = {"type": ["string", "number"]}
    properties: dict[str, Any] = leaf["properties"]
    for name in ("is", "is_not"):
        properties[name] = dict(word)
    for name in ("in", "not_in"):
        properties[name] = {"type": "array", "minItems": 1, "items": dict(word)}
    for name in ORDER:
        properties[name] = {"anyOf": [dict(word), {"$ref": "#/$defs/ParameterRef"}]}
    leaf["oneOf"] = [{"required": [name]} for name in OPERATORS]


def _named(definitions: dict[str, Any], rulebook: Rulebook) -> None:
    for definition, key, names in (
        ("Leaf", "fact", rulebook.vocabulary.facts),
        ("ParameterRef", "parameter", rulebook.parameters),
        ("SourceRef", "document", rulebook.sources.by_id),
        ("NumberSource", "document", rulebook.sources.by_id),
        ("Criterion", "concept", rulebook.vocabulary.concepts),
    ):
        if definition in definitions:
            held: dict[str, Any] = definitions[definition]["properties"][key]
            definitions[definition]["properties"][key] = _one_of(names) | (
                {"description": held["description"]} if "description" in held else {}
            )


def _one_of(names: Iterable[str]) -> dict[str, Any]:
    return {"anyOf": [{"enum": sorted(names)}, _PLACEHOLDER]}
