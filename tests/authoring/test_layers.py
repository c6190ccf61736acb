"""Folders of one's own, laid over the rules that come with the program."""

import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checker.cli.app import app
from checker.knowledge.folders import SHIPPED, open_rules
from checker.knowledge.problems import RuleError
from checker.knowledge.resources import folder_digest, rules_folder
from checker.rulebook import load_rulebook
from tests.hygiene.tree import ROOT
from tests.rulebook.folder import FILES, RULE, write

LETTER = ROOT / "fixtures" / "letters" / "soma-wrong-page.txt"

OWN = """\
schema: 1
rule:
  id: DEC006.house
  code: DEC006
  title: A house rule
  scope: item
  status: active
  severity: note
  confidence: low
  source: {document: house, section: "1", mark: verified}
  why: The house wants every refusal looked at.
  flag_when: {fact: decision.outcome, is: upheld}
  message: "{{ item.label }} is refused."
  ask: Is it?
  tests:
    - {name: refused, given: {decision.outcome: upheld}, expect: {result: flagged, because: [decision.outcome]}}
    - {name: approved, given: {decision.outcome: overturned}, expect: {result: clear}}
"""
HOUSE = """\
schema: 1
sources:
  house: {title: House rules, citation: House rules, publisher: Us, in_force: {from: null, to: null}, mark: verified}
"""


def lay(folder: Path, **files: str) -> Path:
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_yaml", ".yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_without_a_folder_the_shipped_rules_are_read_where_they_lie() -> None:
    folder = open_rules()
    assert folder.path == rules_folder()
    assert [layer.name for layer in folder.layers] == [SHIPPED]


def test_a_folder_with_a_vocabulary_and_sources_stands_alone(tmp_path: Path) -> None:
    folder = open_rules([write(tmp_path)])
    assert folder.path == tmp_path
    assert [layer.name for layer in folder.layers] == [tmp_path.as_posix()]


@pytest.mark.parametrize("name", ["missing", "empty"])
def test_a_folder_without_rules_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(RuleError, match=r"no such folder|no YAML file"):
        open_rules([tmp_path / name])


def test_what_is_laid_over_adds_replaces_by_place_and_by_id(tmp_path: Path) -> None:
    base = write(tmp_path / "base")
    same_place = FILES["criteria/walking/coverage.yaml"].replace("severity: warning", "severity: note")
    same_id = RULE.replace("severity: error", "severity: warning")
    over = lay(tmp_path / "over", criteria__walking__coverage_yaml=same_place, facts__other_yaml=same_id)
    folder = open_rules([base, over])
    book = load_rulebook(folder.path)
    assert book.rule("CRI-WAL-coverage.relief").severity.value == "note"
    assert book.rule("FAC005.walks").severity.value == "warning"
    assert folder.replaced == {
        "criteria/walking/coverage.yaml": "criteria/walking/coverage.yaml",
        "facts/walks.yaml": "facts/other.yaml",
    }
    assert folder.origin["facts/other.yaml"] == over.as_posix()
    assert folder.origin["vocabulary.yaml"] == base.as_posix()
    place = book.places["FAC005.walks"].rpartition(":")[0]
    assert Path(place).resolve() == (over / "facts/other.yaml").resolve()
    assert folder.layer_of(place) == over.as_posix()


def test_a_mistake_in_a_layer_is_told_at_its_own_file(tmp_path: Path) -> None:
    base, over = (
        write(tmp_path / "base"),
        lay(tmp_path / "over", facts__walks_yaml=RULE.replace("is: upheld", "is: up")),
    )
    with pytest.raises(RuleError) as error:
        load_rulebook(open_rules([base, over]).path)
    assert {Path(problem.file).resolve() for problem in error.value.problems} == {(over / "facts/walks.yaml").resolve()}


def test_the_layers_hash_the_same_wherever_they_are_linked(tmp_path: Path) -> None:
    base, over = write(tmp_path / "base"), lay(tmp_path / "over", facts__walks_yaml=RULE)
    first, second = open_rules([base, over]), open_rules([base, over])
    assert first.path != second.path
    assert folder_digest(first.path) == folder_digest(second.path)
    assert first.provenance == second.provenance


def test_where_links_are_refused_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "symlink", refuse)
    base, over = write(tmp_path / "base"), lay(tmp_path / "over", facts__walks_yaml=RULE)
    assert load_rulebook(open_rules([base, over]).path).rule("FAC005.walks")


def test_a_source_may_stand_in_a_file_beside_sources_yaml_but_only_once(tmp_path: Path) -> None:
    write(tmp_path)
    lay(tmp_path, sources__house_yaml=HOUSE)
    assert "house" in load_rulebook(tmp_path).sources.by_id
    lay(tmp_path, sources__again_yaml=HOUSE)
    with pytest.raises(RuleError, match="stands in another file too"):
        load_rulebook(tmp_path)


def test_a_house_rule_judges_and_the_manifest_says_where_it_comes_from(tmp_path: Path) -> None:
    own = lay(tmp_path / "own", decision__house_yaml=OWN, sources__house_yaml=HOUSE)
    out = tmp_path / "out"
    arguments = ["audit", str(LETTER), "--out", str(out), "--rules", str(own), "--pages", "none"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code in (0, 1), result.output
    manifest = json.loads((out / "manifest.json").read_text("utf-8"))
    assert [layer["name"] for layer in manifest["rules"]["layers"]] == [SHIPPED, own.as_posix()]
    assert manifest["rules"]["layers"][1]["sha256"] == folder_digest(own)
    assert manifest["rules"]["from"] == {"DEC006.house": own.as_posix()}
    found = CliRunner().invoke(app, ["check", str(LETTER), "--rules", str(own), "--format", "jsonl"])
    assert "DEC006.house" in [finding["rule"] for finding in json.loads(found.stdout)["findings"]]
    told = CliRunner().invoke(app, ["explain", "DEC006.house", "--rules", str(own)])
    assert "House rules; 1 [verified]" in told.stdout


DRUGS = """\
schema: 1
drugs:
  - {id: housocodone, generic: housocodone, brands: [Housocet], class: opioid, opioid: true, needs_taper: true,
     topics: [opioids], mark: recalled, source: background}
"""


def test_a_folder_may_add_a_single_drug(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text(LETTER.read_text("utf-8").replace("Soma", "Housocet"), "utf-8")
    over = lay(tmp_path / "over", lexicon__drugs__house_yaml=DRUGS)
    for rules, drug in (([], ""), (["--rules", over.as_posix()], "housocodone")):
        told = CliRunner().invoke(app, ["parse", letter.as_posix(), *rules])
        assert json.loads(told.stdout)["items"][0]["drug"]["generic"] == drug
    facts = CliRunner().invoke(app, ["facts", letter.as_posix(), "--rules", over.as_posix()])
    assert "of opioids" in facts.stdout
