"""``imrcheck rules`` as it is run: what is printed, and the exit codes."""

import json
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from checker.authoring.material import Material, load_material
from checker.authoring.writing import write_book
from checker.cli.app import app
from checker.cli.opening import opened
from checker.cli.options import Engine
from checker.judging import ruletests
from checker.judging.ruletests import Outcome
from checker.knowledge.resources import templates_folder
from checker.pipeline import Checker
from checker.review.log import VerdictLog
from checker.rulebook import Rulebook
from tests.authoring.test_layers import HOUSE, OWN, lay
from tests.authoring.workshop import shipped
from tests.hygiene.tree import ROOT
from tests.review.statements import statement
from tests.shipped import the_checker

LETTER = ROOT / "fixtures" / "letters" / "norco-criteria-conceded.txt"
REGRESSION = ROOT / "tests" / "observing" / "regression" / "opioid-domains.yaml"


@pytest.fixture(autouse=True)
def _shipped_rules_are_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command loads them anew, which takes seconds; folders of a test are loaded as always."""

    def material(given: Sequence[Path] = ()) -> Material:
        return load_material(given) if given else shipped()

    def checker(given: Sequence[Path] | None, engine: Engine) -> Checker:
        return opened(given, engine) if given else the_checker()

    monkeypatch.chdir(ROOT)
    for module in ("checker.cli.rules.shared", "checker.authoring.checking"):
        monkeypatch.setattr(f"{module}.load_material", material)
    for module in ("try_", "diff"):
        monkeypatch.setattr(sys.modules[f"checker.cli.rules.{module}"], "opened", checker)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["rules", *(str(argument) for argument in arguments)])


def data(result: Result) -> Any:
    return json.loads(result.stdout)


def own(folder: Path) -> Path:
    return lay(folder / "own", decision__house_yaml=OWN, sources__house_yaml=HOUSE)


def test_check_is_clean_of_errors_on_the_shipped_rules_and_counts_them() -> None:
    result = run("check")
    assert [line for line in result.stdout.splitlines() if ": error: " in line] == []
    assert result.exit_code == 0
    assert " rules: 0 errors, " in result.stdout.splitlines()[-1]
    told = data(run("check", "--format", "json"))
    assert told["loads"] is True
    assert {one["level"] for one in told["advice"]} <= {"warning"}


def test_check_names_the_place_of_a_planted_error(tmp_path: Path) -> None:
    never = OWN.replace("flag_when: {fact", "applies_to: {fact: decision.outcome, is: none}\n  flag_when: {fact")
    folder = lay(tmp_path / "own", decision__house_yaml=never, sources__house_yaml=HOUSE)
    result = run("check", "--rules", folder, "--quiet")
    assert result.exit_code == 1
    assert f"{(folder / 'decision/house.yaml').as_posix()}:13:3: error: never-fires: DEC006.house" in result.stdout
    assert run("check", "--rules", folder, "--fail-on", "never", "--quiet").exit_code == 0


def test_check_says_that_a_folder_does_not_load(tmp_path: Path) -> None:
    folder = lay(tmp_path / "own", decision__house_yaml=OWN.replace("severity", "severityy"))
    result = run("check", "--rules", folder)
    assert result.exit_code == 2
    assert "error: schema: " in result.stdout
    assert "the folder does not load" in result.stdout
    for command in (["test"], ["try", "SAF001", LETTER]):
        failed = run(*command, "--rules", folder)
        assert failed.exit_code == 2, command
        assert "severityy" in failed.stderr
        assert "Traceback" not in failed.output


def test_a_watch_checks_at_once_and_again_after_a_change(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = own(tmp_path)
    looks: list[int] = []

    def look(seconds: float) -> None:
        looks.append(1)
        if len(looks) == 1:
            shutil.copyfile(folder / "decision/house.yaml", folder / "decision/twin.yaml")
        if len(looks) > 2:
            raise KeyboardInterrupt

    def own_tests(book: Rulebook) -> Iterator[Outcome]:
        """The tests of one rule; those of all are run elsewhere."""
        return ruletests.run(replace(book, rules=(book.rule("DEC006.house"),)))

    monkeypatch.setattr(sys.modules["checker.cli.rules.check"], "run", own_tests)
    monkeypatch.setattr("time.sleep", look)
    result = run("check", "--rules", folder, "--watch", "--quiet")
    assert result.exit_code == 0
    assert result.stdout.count(" tests of ") == 1
    assert ": 0 failed" in result.stdout
    assert "changed: " in result.stderr
    assert "stands elsewhere too" in result.stdout


def test_the_tests_of_some_rules(tmp_path: Path) -> None:
    result = run("test", "SAF001", "--format", "json")
    assert result.exit_code == 0
    assert {test["rule"] for test in data(result)["tests"]} == {"SAF001"}
    assert data(result)["failed"] == 0
    wrong = own(tmp_path)
    path = wrong / "decision/house.yaml"
    path.write_text(path.read_text("utf-8").replace("because: [decision.outcome]", "because: []"), "utf-8")
    failed = run("test", "DEC006.house", "--rules", wrong)
    assert failed.exit_code == 1
    assert "DEC006.house: test 'refused': expected because []" in failed.stdout
    assert "2 tests of 1 rule: 1 failed" in failed.stdout
    assert run("test", "NO.such").exit_code == 3


def test_one_rule_on_one_letter() -> None:
    result = run("try", "DEC004.work-status", LETTER)
    assert result.exit_code == 0
    assert "DEC004.work-status: flagged" in result.stdout
    assert "[held] rationale.return-to-work in denied, not_documented: it is denied" in result.stdout
    assert 'rationale: "' in result.stdout
    told = data(run("try", "rules/decision/dec004-work-status.yaml", LETTER, "--format", "json"))
    assert [one["result"] for one in told] == ["flagged"]
    leaf = next(line for line in told[0]["lines"] if line["fact"] == "rationale.return-to-work")
    assert (leaf["part"], leaf["truth"], leaf["value"], leaf["wanted"]) == (
        "flag_when",
        "true",
        "denied",
        "denied, not_documented",
    )
    raw = " ".join(LETTER.read_text("utf-8").split())
    assert leaf["quotes"]
    assert all(quote in raw for _, quote in leaf["quotes"])


def test_what_cannot_be_tried() -> None:
    missing = run("try", "SAF01", LETTER)
    assert missing.exit_code == 3
    assert "did you mean SAF001?" in missing.stderr
    assert run("try", "SAF001", "no-such-letter.txt").exit_code == 3


def test_the_list_can_be_narrowed_and_says_where_rules_come_from(tmp_path: Path) -> None:
    folder = own(tmp_path)
    told = data(run("list", "--rules", folder, "--code", "DEC006", "--format", "json"))
    assert {row["id"]: row["layer"] for row in told["rules"]}["DEC006.house"] == folder.as_posix()
    assert {row["layer"] for row in told["rules"]} == {folder.as_posix(), "shipped"}
    assert [layer["name"] for layer in told["layers"]] == ["shipped", folder.as_posix()]
    by_topic = data(run("list", "--topic", "OPI", "--format", "json"))["rules"]
    assert by_topic
    assert all("opioids" in row["topics"] for row in by_topic)
    by_edition = data(run("list", "--edition", "mtus-opioids-2016", "--status", "active", "--format", "json"))["rules"]
    assert by_edition
    assert all("mtus-opioids-2016" in row["editions"] and row["status"] == "active" for row in by_edition)
    assert run("list", "--code", "ZZZ").exit_code == 3


def test_the_list_tells_the_precision_of_each_rule(tmp_path: Path) -> None:
    book = shipped().rulebook
    verdicts = tmp_path / "verdicts.jsonl"
    log = VerdictLog(verdicts)
    said = [("confirmed", ""), ("confirmed", ""), ("dismissed", "rule_wrong"), ("unsure", "")]
    for number, (verdict, reason) in enumerate(said):
        told = {"verdict": verdict, "reason": reason or None, "fingerprint": f"{number:016x}", "doc": f"d{number}"}
        log.append(statement(rule="DEC001", rule_hash=book.digests["DEC001"], **told))
    log.append(statement(rule="DEC002", rule_hash="00", fingerprint="c" * 16))
    narrow = ("list", "--code", "DEC00", "--verdicts", verdicts)
    rows = {row["id"]: row for row in data(run(*narrow, "--format", "json"))["rules"]}
    assert rows["DEC001"]["precision"] == {
        "confirmed": 2,
        "dismissed": 1,
        "undecided": 1,
        "rate": {"value": 0.6667, "low": 0.2077, "high": 0.9385, "of": 3},
    }
    assert "precision" not in rows["DEC002"], "the rule has changed since"
    text = run(*narrow).stdout
    assert "2 of 3, 67 % (21 to 94 %); 1 undecided" in " ".join(text.split())
    assert "no verdict" in text
    assert "precision" not in run("list", "--code", "DEC00").stdout
    assert run("list", "--verdicts", tmp_path / "none.jsonl").exit_code == 2


def test_coverage_of_criteria_facts_and_words() -> None:
    result = run("coverage", "--topic", "opioids", "--format", "json")
    covers = {cover["criterion"]: cover for cover in data(result)}
    assert covers["analgesia"]["counted_by"]
    assert result.exit_code == (1 if any(_bare(cover) for cover in covers.values()) else 0)
    facts = {cover["fact"]: cover for cover in data(run("coverage", "facts", "--format", "json"))}
    assert any(test.startswith("SAF001: ") for test in facts["item.needs_taper"]["tests"])
    words = run("coverage", "lexicon", "--on", LETTER, "--on", REGRESSION, "--format", "json")
    tests = {(cover["kind"], cover["id"]): cover["tests"] for cover in data(words)}
    assert [id_ for (kind, id_), names in tests.items() if kind == "drug" and LETTER.stem in names]
    assert any(name.startswith("opioid-domains.yaml: ") for name in tests["concept", "analgesia"])
    assert run("coverage", "lexicon").exit_code == 2


def _bare(cover: dict[str, Any]) -> bool:
    return not any(cover[key] for key in ("asked_by", "counted_by", "general_by", "reason"))


def test_the_difference_between_two_rule_sets(tmp_path: Path) -> None:
    assert run("diff", "shipped", "shipped", "--on", LETTER).exit_code == 0
    result = run("diff", "shipped", own(tmp_path), "--on", LETTER, "--format", "json")
    assert result.exit_code == 1
    told = data(result)
    assert told["rules"]["DEC006.house"] == {"added": 1, "gone": 0, "changed": 0, "before": 0, "after": 1}
    assert told["differences"][0]["after"]["quotes"]
    assert run("diff", "shipped", "shipped", "--on", "no-such.txt").exit_code == 3
    assert run("diff", "shipped", tmp_path / "nowhere", "--on", LETTER).exit_code == 2


def test_the_difference_takes_in_what_rests_on_several_letters(tmp_path: Path) -> None:
    softer = (ROOT / "rules/batch/bat001.yaml").read_text("utf-8").replace("severity: warning", "severity: note")
    folder = lay(tmp_path / "own", batch__bat001_yaml=softer)
    letters = [
        argument for name in ("refused", "approved") for argument in ("--on", f"fixtures/across/back-mri-{name}.txt")
    ]
    told = data(run("diff", "shipped", folder, *letters, "--format", "json"))
    assert told["rules"] == {"BAT001": {"added": 0, "gone": 0, "changed": 2, "before": 2, "after": 2}}
    assert [(one["after"]["doc"], one["what"]) for one in told["differences"]] == [
        ("back-mri-refused", ["severity"]),
        ("back-mri-approved", ["severity"]),
    ]
    assert all(one["after"]["quotes"] for one in told["differences"])


def test_a_page_for_each_code_and_topic_and_the_same_bytes_twice(tmp_path: Path) -> None:
    out = tmp_path / "book"
    assert run("docs", out).exit_code == 0
    codes = {rule.code for rule in shipped().rules}
    topics = {f"topic-{id_}" for id_ in shipped().rulebook.topics.by_id}
    expected = {f"{name}.{ending}" for name in {"index"} | codes | topics for ending in ("md", "html")} | {"rules.css"}
    assert {path.name for path in out.iterdir()} == expected
    write_book(shipped(), tmp_path / "again", templates_folder())
    assert {p.name: p.read_bytes() for p in out.iterdir()} == {
        p.name: p.read_bytes() for p in (tmp_path / "again").iterdir()
    }
    page = (out / "SAF001.html").read_text("utf-8")
    for words in ("Why", "Source", "[verified]", "page 124", "Flagged, for example", "Not flagged", "How to answer"):
        assert words in page
    assert ROOT.as_posix() not in "".join(path.read_text("utf-8") for path in out.glob("*.md"))


def test_every_link_of_the_pages_leads_to_a_page(tmp_path: Path) -> None:
    names = set(write_book(shipped(), tmp_path, templates_folder()))
    for path in sorted(tmp_path.glob("*.html")):
        links = set(re.findall(r'href="([^"]+)"', path.read_text("utf-8"))) - {"data:,"}  # no picture for the tab
        assert links
        assert links <= names, path.name
    for path in sorted(tmp_path.glob("*.md")):
        assert set(re.findall(r"\]\(([^)]+\.md)\)", path.read_text("utf-8"))) <= names, path.name


def test_schemas_for_a_folder(tmp_path: Path) -> None:
    assert run("schema", tmp_path / "named").exit_code == 0
    assert run("schema", tmp_path / "shape", "--shape-only").exit_code == 0
    named = (tmp_path / "named" / "rule.json").read_text("utf-8")
    assert '"item.visits_total"' in named
    assert (tmp_path / "shape" / "rule.json").read_bytes() == (ROOT / "docs/schema/rule.json").read_bytes()


def test_new_says_where_it_wrote_and_why_it_did_not(tmp_path: Path) -> None:
    result = run("new", "rule", "DEC006.house", "--rules", tmp_path / "mine")
    assert result.exit_code == 0
    assert (tmp_path / "mine/decision/dec006-house.yaml").as_posix() in result.stdout.splitlines()
    again = run("new", "rule", "DEC006.house", "--rules", tmp_path / "mine")
    assert again.exit_code == 2
    assert "is taken by" in again.stderr
