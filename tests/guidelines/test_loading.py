"""A mistake in rules/guidelines is told with file and line, and several at once."""

import shutil
from pathlib import Path

import pytest

from checker.knowledge.guidelines import load_guidelines
from checker.knowledge.problems import RuleError
from checker.knowledge.resources import rules_folder


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    shutil.copytree(rules_folder() / "guidelines", tmp_path / "guidelines")
    return tmp_path


def change(rules: Path, name: str, old: str, new: str) -> int:
    """Replace the first occurrence in a file; the line where it stood."""
    path = rules / "guidelines" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        (
            "mtus-chronic-pain-2009.yaml",
            "    - id: actiq",
            "    - id: acetaminophen",
            "acetaminophen stands here twice",
        ),
        ("mtus-chronic-pain-2009.yaml", "parent: introduction", "parent: overture", "overture is no topic of the file"),
        (
            "framework.yaml",
            "homes: [mtus-chronic-pain-2009/esi]",
            "homes: [mtus-chronic-pain-2009/epi]",
            "no topic of one",
        ),
        ("mtus-chronic-pain-2009.yaml", "pages: [[8, 9]]", "pages: [[9, 8]]", "a range runs backwards"),
        ("mtus-chronic-pain-2009.yaml", "source: icomplaw-2009", "source: hearsay", "hearsay is not among the sources"),
        ("mtus-opioids-2016.yaml", "heading: Tapering Opioids", "headline: Tapering Opioids", "headline"),
        ("mtus-knee-2004.yaml", "section: summary", "section: epilogue", "epilogue is no section"),
        ("odg.yaml", "categories: [dme]", "categories: [gadgets]", "no such category: gadgets"),
        ("framework.yaml", "- (rebut*|presumption of correctness)", "- (rebut*|presumption", "never closed"),
        ("mtus-eye-2004.yaml", "mark: verified", "mark: sure", "mark"),
    ],
)
def test_mistakes_are_told_with_their_place(rules: Path, name: str, old: str, new: str, told: str) -> None:
    line = change(rules, name, old, new)
    with pytest.raises(RuleError) as error:
        load_guidelines(rules)
    assert [problem for problem in error.value.problems if told in str(problem)], str(error.value)
    problem = next(problem for problem in error.value.problems if told in str(problem))
    assert problem.file.endswith(name)
    assert abs(problem.line - line) <= 4


def test_mistakes_of_several_files_are_told_at_once(rules: Path) -> None:
    change(rules, "mtus-knee-2004.yaml", "section: summary", "section: epilogue")
    change(rules, "mtus-shoulder-2004.yaml", "section: summary", "section: prologue")
    with pytest.raises(RuleError) as error:
        load_guidelines(rules)
    assert len(error.value.problems) == 2


def test_a_missing_framework_is_told(rules: Path) -> None:
    (rules / "guidelines" / "framework.yaml").unlink()
    with pytest.raises(RuleError, match=r"framework\.yaml"):
        load_guidelines(rules)


def test_two_loads_are_equal(rules: Path) -> None:
    first, second = load_guidelines(rules), load_guidelines(rules)
    assert list(first.editions) == list(second.editions)
    assert first.regions == second.regions
    assert [t.bounds for e in first.editions.values() for t in e.topics.values()] == [
        t.bounds for e in second.editions.values() for t in e.topics.values()
    ]
