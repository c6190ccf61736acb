"""Rulebooks and facts made in memory, without files."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from checker.knowledge.sources import Source, Sources
from checker.knowledge.topics import Topics
from checker.knowledge.vocabulary import FactName, Vocabulary
from checker.knowledge.yamlfile import parse_yaml
from checker.model.facts import Fact, FactValue, ItemFacts
from checker.model.rule import Rule
from checker.rulebook import Rulebook
from checker.rulebook.message import compiled
from checker.rulebook.parameters import Parameter

SOURCE = {"document": "guide", "section": "Walks", "pages": [12, 13, 14, 20], "mark": "verified"}
GUIDE = Source.model_validate_json(
    json.dumps(
        {
            "title": "A guide",
            "citation": "A guide (2009)",
            "publisher": "x",
            "in_force": {"from": None, "to": None},
            "mark": "verified",
        }
    )
)
CLOSED = {"one": ("a", "b", "c"), "two": ("yes", "no"), "six": ("p", "q", "r", "s", "t", "u")}


def _name(**keys: Any) -> FactName:
    return FactName.model_validate_json(json.dumps({"meaning": "x", "origin": "x"} | keys))


NAMES: dict[str, FactName] = {
    "letter.guideline_date": _name(scope="letter", type="date"),
    "letter.pages": _name(scope="letter", type="integer"),
    "item.topic": _name(scope="item", type="text", default="none"),
    "item.label": _name(scope="item", type="text", default="the request"),
    "item.visits": _name(scope="item", type="integer"),
    "item.dose": _name(scope="item", type="number"),
    "item.day": _name(scope="item", type="date"),
    "item.cases": _name(scope="item", type="integer", default=0),
    "item.share": _name(scope="item", type="number", default=0),
    "item.drug": _name(scope="item", type="text", default="none"),
    "decision.outcome": _name(scope="item", values=["upheld", "overturned"], default="upheld"),
    **{f"word.{name}": _name(scope="item", values=values, default=values[0]) for name, values in CLOSED.items()},
}
VOCABULARY = Vocabulary(NAMES, {}, {})


def parameter(**values: float | None) -> Parameter:
    dated = {
        day.replace("_", "-").removeprefix("d"): {"value": value, "source": {"document": "guide"}, "mark": "verified"}
        for day, value in values.items()
    }
    return Parameter.model_validate({"unit": "x", "meaning": "x", "values": dated}, strict=False)


PARAMETERS = {
    "walks.max": parameter(d2009_07_18=10, d2016_07_29=12),
    "walks.old": parameter(d2009_07_18=4, d2016_07_29=None),
    "walks.ever": parameter(d2009_07_18=7.5),
}


def rule(id_: str, flag: Mapping[str, Any], **keys: Any) -> Rule:
    written = {
        "id": id_,
        "code": "FAC001",
        "title": "A title",
        "scope": "item",
        "status": "active",
        "severity": "error",
        "confidence": "high",
        "source": SOURCE,
        "why": "Because.",
        "flag_when": flag,
        "message": f"{id_} holds.",
        "ask": "Why?",
    }
    return Rule.model_validate_json(json.dumps(written | keys))


def book(*rules: Rule, vocabulary: Vocabulary = VOCABULARY) -> Rulebook:
    return Rulebook(
        rules=tuple(sorted(rules, key=lambda each: each.id)),
        vocabulary=vocabulary,
        parameters=PARAMETERS,
        sources=Sources({"guide": GUIDE}, parse_yaml("{}", Path("sources.yaml"))),
        topics=Topics({}, {}),
        messages={each.id: compiled(each.message, vocabulary, PARAMETERS) for each in rules},
        digests={each.id: each.id for each in rules},
        digest="digest",
        places={each.id: f"rules.yaml:{n}" for n, each in enumerate(rules)},
    )


def facts(item: int = 1, names: Mapping[str, FactName] = NAMES, **values: FactValue) -> ItemFacts:
    """Facts of an item: those given (``item__visits=3``) over the defaults."""
    given = {name.replace("__", "."): value for name, value in values.items()}
    assert set(given) <= set(names)
    return ItemFacts(item, {name: Fact(name, given.get(name, fact.default)) for name, fact in names.items()})


def is_(name: str, value: FactValue) -> dict[str, Any]:
    return {"fact": name, "is": value}


def every(*nodes: Mapping[str, Any]) -> dict[str, Any]:
    return {"all": list(nodes)}


def either(*nodes: Mapping[str, Any]) -> dict[str, Any]:
    return {"any": list(nodes)}


def unless(id_: str, when: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": id_, "why": "Excused.", "source": SOURCE, "when": when}
