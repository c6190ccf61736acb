"""The published JSON Schemas are the code's, and every file under rules/ keeps to them."""

import copy
import datetime
import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from checker.authoring.schemas import Kind, kind_of, kinds, schema, text
from checker.knowledge.resources import rules_folder, schema_folder
from checker.knowledge.yamlfile import load_yaml, parse_yaml
from tests.hygiene.tree import ROOT
from tests.rulebook.folder import EACH, RULE, TOPIC, loaded

PUBLISHED = schema_folder()
KINDS = {kind.name: kind for kind in kinds()}


def publish() -> None:
    for kind in kinds():
        (PUBLISHED / f"{kind.name}.json").write_text(text(schema(kind)), "utf-8", newline="\n")


def as_json(value: Any) -> Any:
    """A YAML file as an editor sees it: a date is the text that stands there."""
    if isinstance(value, dict):
        return {str(key): as_json(below) for key, below in value.items()}
    if isinstance(value, list):
        return [as_json(below) for below in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def mistakes(kind: str, data: Any) -> list[str]:
    validator = Draft202012Validator(json.loads((PUBLISHED / f"{kind}.json").read_text("utf-8")))
    return [error.message for error in validator.iter_errors(as_json(data))]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.name)
def test_the_published_schemas_are_those_of_the_code(kind: Kind) -> None:
    """On failure: python -c "from tests.authoring.test_schemas import publish; publish()"."""
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    assert (PUBLISHED / f"{kind.name}.json").read_text("utf-8") == text(made)


def test_every_file_under_rules_keeps_to_the_published_schema() -> None:
    root = rules_folder()
    validators = {
        name: Draft202012Validator(json.loads((PUBLISHED / f"{name}.json").read_text("utf-8"))) for name in KINDS
    }
    wrong: list[str] = []
    seen: set[str] = set()
    for path in sorted(root.rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        data = load_yaml(path).data
        kind = kind_of(name, data)
        assert kind in KINDS, f"{name} is a file of no known kind"
        seen.add(kind)
        wrong += [f"{name}: {error.message}" for error in validators[kind].iter_errors(as_json(data))]
    assert wrong == []
    assert seen == set(KINDS) - {"suppressions"}


def test_the_suppressions_of_the_documentation_keep_to_their_schema() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs" / "gate.md").read_text("utf-8"), re.DOTALL)
    data = parse_yaml(example, Path("gate.md")).data
    assert mistakes("suppressions", data) == []
    data["suppressions"][0]["sha256"] = "12"
    assert len(mistakes("suppressions", data)) == 1


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("facts/walks.yaml", "rule"),
        ("criteria/coverage.yaml", "rule"),
        ("criteria/walking/topic.yaml", "topic"),
        ("criteria/walking/coverage.yaml", "rule"),
        ("vocabulary.yaml", "vocabulary"),
        ("vocabulary/more.yaml", "vocabulary"),
        ("sources/mine.yaml", "source"),
        ("parameters/visits.yaml", "parameter"),
        ("lexicon/concepts/function.yaml", "concept"),
        ("lexicon/drugs.yaml", "drugs"),
        ("guidelines/framework.yaml", "framework"),
        ("elsewhere/x.yaml", ""),
    ],
)
def test_the_place_of_a_file_tells_its_kind(file: str, kind: str) -> None:
    assert kind_of(file) == kind


def rule_with(change: dict[str, Any]) -> Any:
    data: Any = copy.deepcopy(parse_yaml(RULE, Path("x.yaml")).data)
    data["rule"] |= change
    return data


@pytest.mark.parametrize("text_", [RULE, EACH], ids=["plain", "for_each"])
def test_rules_keep_to_the_schema_and_topics_too(text_: str) -> None:
    assert mistakes("rule", parse_yaml(text_, Path("x.yaml")).data) == []
    assert mistakes("topic", parse_yaml(TOPIC, Path("x.yaml")).data) == []


@pytest.mark.parametrize(
    "change",
    [
        {"severity": "fatal"},
        {"severityy": "error"},
        {"flag_when": {"fact": "item.visits"}},
        {"flag_when": {"fact": "item.visits", "is": 1, "above": 2}},
        {"flag_when": {"any": []}},
        {"source": {"document": "guide-one", "mark": "seen"}},
        {"tests": [{"name": "x", "given": {}, "expect": {"result": "maybe"}}]},
        {"history": [{"what": "no day"}]},
    ],
)
def test_the_schema_refuses_what_the_loader_refuses(change: dict[str, Any]) -> None:
    assert mistakes("rule", rule_with(change))


def test_an_editor_can_show_what_a_key_means() -> None:
    made = schema(KINDS["rule"])
    assert made["$defs"]["Rule"]["properties"]["ask"]["description"] == "How to answer the finding."
    assert "Attributes:" not in text(made)


def test_made_for_a_folder_it_knows_the_names(tmp_path: Path) -> None:
    made = schema(KINDS["rule"], loaded(tmp_path))
    validator = Draft202012Validator(made)
    good = rule_with({"flag_when": {"fact": "item.visits", "above": {"parameter": "walks.total_max"}}})
    assert [error.message for error in validator.iter_errors(as_json(good))] == []
    for wrong in (
        {"flag_when": {"fact": "item.visit", "above": 3}},
        {"flag_when": {"fact": "item.visits", "above": {"parameter": "walks.most"}}},
        {"source": {"document": "guide-two", "mark": "verified"}},
    ):
        assert list(validator.iter_errors(as_json(rule_with(wrong)))), wrong
    each = parse_yaml(EACH, Path("x.yaml")).data
    assert [error.message for error in validator.iter_errors(as_json(each))] == []
