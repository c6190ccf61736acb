"""What ``rules new`` writes loads, keeps to its schema, passes its tests, and says what to fill in."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from checker.authoring.checking import advice
from checker.authoring.material import load_material
from checker.authoring.scaffold import FILL_IN, Scaffolder, ScaffoldError
from checker.judging.ruletests import run
from checker.knowledge.resources import rules_folder
from checker.knowledge.yamlfile import load_yaml
from checker.rulebook import load_rulebook
from tests.authoring.test_schemas import mistakes
from tests.authoring.workshop import shipped, write


def test_everything_new_loads_together_and_passes_its_tests(tmp_path: Path) -> None:
    maker = Scaffolder(shipped(), tmp_path)
    made = [
        maker.concept("hammock-slept-in"),
        maker.rule("DEC006.house"),
        maker.rule("CRI-OPI-misapplied.house"),
        maker.criterion("hammock-hung", "tens", "analgesia"),
        maker.topic("hammock", "HAM"),
    ]
    kinds = ("concept", "rule", "rule", "topic", "topic")
    for scaffold, kind in zip(made, kinds, strict=True):
        scaffold.write()
        assert FILL_IN in scaffold.path.read_text("utf-8")
        assert mistakes(kind, load_yaml(scaffold.path).data) == []
    material = load_material([tmp_path])
    own = [rule for rule in material.rulebook.rules if rule.id.endswith(".house")]
    assert [(rule.id, rule.status) for rule in own] == [
        ("CRI-OPI-misapplied.house", "draft"),
        ("DEC006.house", "draft"),
    ]
    outcomes = [outcome for outcome in run(material.rulebook, "reference") if outcome.rule.endswith(".house")]
    assert len(outcomes) == 8
    assert [str(outcome) for outcome in outcomes if not outcome.passed] == []
    assert {one.level.value for one in advice(material) if tmp_path.name in one.problem.file} == {"warning"}
    assert "hammock-slept-in" in material.rulebook.vocabulary.concepts
    assert material.rulebook.topics.by_id["tens"].criteria[-1].id == "hammock-hung"


def test_the_first_line_leads_an_editor_to_the_schema(tmp_path: Path) -> None:
    scaffold = Scaffolder(shipped(), tmp_path).rule("DEC006.house")
    scaffold.write()
    first = scaffold.path.read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../.schema/rule.json"
    assert (scaffold.path.parent / first.partition("=")[2]).is_file()


def test_beside_the_shipped_rules_the_published_schema_serves() -> None:
    scaffold = Scaffolder(shipped(), rules_folder()).rule("DEC006.house")
    first = scaffold.text.splitlines()[0]
    assert first == "# yaml-language-server: $schema=../../docs/schema/rule.json"
    assert (scaffold.path.parent / first.partition("=")[2]).resolve().is_file()
    assert scaffold.beside == {}


def test_nothing_is_written_over(tmp_path: Path) -> None:
    scaffold = Scaffolder(shipped(), tmp_path).rule("DEC006.house")
    scaffold.write()
    with pytest.raises(ScaffoldError, match="there already"):
        scaffold.write()


WRONG: Mapping[str, tuple[str, tuple[str, ...], str]] = {
    "no code": ("rule", ("house",), "called CODE.name"),
    "an unknown code": ("rule", ("XYZ.house",), "called CODE.name"),
    "no name": ("rule", ("DEC006",), "called CODE.name"),
    "a code of several topics": ("rule", ("CRI-DME-misapplied.house",), "choose the topic"),
    "a topic of another code": ("rule", ("CRI-TEN-misapplied.house", "tens"), "called CRI-DME-misapplied"),
    "no such concept": ("rule", ("DEC006.house", "", "levitation"), "make it first"),
    "a taken concept": ("concept", ("analgesia",), "already"),
    "no slug": ("concept", ("Walking Aid",), "lower case"),
    "no such topic": ("criterion", ("x-ray", "hammock"), "no topic hammock"),
    "a taken criterion": ("criterion", ("tens-trial", "tens"), "already"),
    "no letters": ("topic", ("hammock", "ham"), "three capital letters"),
}


@pytest.mark.parametrize("name", list(WRONG))
def test_what_cannot_be_made_says_why(tmp_path: Path, name: str) -> None:
    what, arguments, says = WRONG[name]
    with pytest.raises(ScaffoldError, match=says):
        getattr(Scaffolder(shipped(), tmp_path), what)(*arguments)
    assert list(tmp_path.iterdir()) == []


def test_a_small_folder_of_its_own_can_grow_too(tmp_path: Path) -> None:
    write(tmp_path)
    material = replace(shipped(), rulebook=load_rulebook(tmp_path))
    Scaffolder(material, tmp_path).rule("CRI-WAL-misapplied.house").write()
    assert load_rulebook(tmp_path).rule("CRI-WAL-misapplied.house").status == "draft"
