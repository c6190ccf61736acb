"""What a rules folder may get wrong, and the one line that says so."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import Field

from checker.knowledge.problems import RuleError
from checker.knowledge.schema import validated
from checker.knowledge.yamlfile import load_yaml, parse_yaml
from checker.model.rule import SourceRef
from checker.model.written import Strict
from checker.rulebook import load_rulebook
from tests.rulebook.folder import EACH, FILES, PARAMETERS, RULE, SOURCES, TOPIC, VOCABULARY, loaded, told, write

WHERE = "facts/walks.yaml"


def test_a_sound_folder(tmp_path: Path) -> None:
    book = loaded(tmp_path)
    assert [rule.id for rule in book.rules] == ["CRI-WAL-coverage.function", "CRI-WAL-coverage.relief", "FAC005.walks"]
    assert book.active == book.rules
    assert book.of_code("FAC005") == (book.rule("FAC005.walks"),)
    with pytest.raises(KeyError):
        book.rule("FAC006")


def test_for_each_fills_everything_in(tmp_path: Path) -> None:
    relief = loaded(tmp_path).rule("CRI-WAL-coverage.relief")
    assert relief.flag_when.fact == "rationale.pain-relief"  # type: ignore[union-attr]
    assert relief.message == "The rationale does not speak of: Relief of pain."
    assert relief.source == SourceRef(document="guide-one", section="Walks", pages=(12, 13), mark="verified")
    assert [test.name for test in relief.tests] == ["silent", "spoken of", "pain only"]
    assert relief.tests[1].given == {"item.topic": "walking", "rationale.pain-relief": "denied"}
    assert relief.for_each == {}
    function = loaded(tmp_path).rule("CRI-WAL-coverage.function")
    assert [test.name for test in function.tests] == ["silent", "spoken of"]
    assert function.reference.pages == (14,)


@pytest.mark.parametrize(
    ("for_each", "ids"),
    [
        ("{criterion: {criteria_of: walking, without: [relief]}}", ["function"]),
        ("{criterion: {criteria_of: [walking]}}", ["function", "relief"]),
        ("{criterion: {criteria_of: walking, only: [function]}}", ["function"]),
    ],
)
def test_criteria_may_be_left_out(tmp_path: Path, for_each: str, ids: list[str]) -> None:
    each = EACH.replace("{criterion: {criteria_of: walking}}", for_each)
    book = loaded(tmp_path, each=each)
    assert [rule.id.partition(".")[2] for rule in book.of_code("CRI-WAL-coverage")] == ids


def test_what_a_concept_is_called_in_a_sentence(tmp_path: Path) -> None:
    relief = "schema: 1\nconcept: {id: pain-relief, title: Less pain, called: relief of the pain}\n"
    each = EACH.replace("{criterion.title}", "{criterion.called}")
    book = loaded(tmp_path, each=each, **{"lexicon/concepts/pain-relief": relief})
    messages = {rule.message for rule in book.of_code("CRI-WAL-coverage")}
    assert messages == {f"The rationale does not speak of: {what}." for what in ("function", "relief of the pain")}
    each = each.replace("{criterion: {criteria_of: walking}}", "{criterion: [function, wind]}")
    known = "criterion, criterion.title, criterion.concept"
    line = f"rule.message: nothing is known of {{criterion.called}} (known here: {known})"
    assert [found for found in told(tmp_path, each=each) if found.endswith(line)]


def test_for_each_over_words_and_concepts(tmp_path: Path) -> None:
    plain = EACH.replace("source: {from: criterion}", "source: {document: law-one, mark: verified}").replace(
        "with: {criterion: relief}", "with: {criterion: pain-relief}"
    )
    for values in ("[function, pain-relief]", "{concepts: all}"):
        each = plain.replace("{criterion: {criteria_of: walking}}", f"{{criterion: {values}}}")
        book = loaded(tmp_path, each=each)
        messages = [rule.message for rule in book.of_code("CRI-WAL-coverage")]
        assert messages == [f"The rationale does not speak of: {title}." for title in ("Better function", "Less pain")]
    each = plain.replace("{criteria_of: walking}", "{concepts: all, without: [function]}")
    assert [rule.id for rule in loaded(tmp_path, each=each).of_code("CRI-WAL-coverage")] == [
        "CRI-WAL-coverage.pain-relief"
    ]


MISTAKES = load_yaml(Path(__file__).with_name("mistakes.yaml")).data["cases"]  # type: ignore[index, call-overload]


@pytest.mark.parametrize("case", MISTAKES, ids=[case["new"][:40] for case in MISTAKES])  # type: ignore[union-attr]
def test_one_mistake_is_one_line(tmp_path: Path, case: dict[str, Any]) -> None:
    assert RULE.count(case["old"]) >= 1
    lines = told(tmp_path, rule=RULE.replace(case["old"], case["new"], 1))
    assert [line.removeprefix("facts/walks.yaml:") for line in lines] == case["lines"]


def test_the_mistakes_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    broken = RULE.replace("severity: error", "severity: fatal").replace("scope: item", "scope: page")
    folder = write(tmp_path, each=EACH.replace("confidence: medium", "confidence: sure"), rule=broken)
    (folder / "safety").mkdir()
    (folder / "safety" / "saf.yaml").write_text("schema: 1\nrule: [\n")
    with pytest.raises(RuleError) as caught:
        load_rulebook(folder)
    assert [f"{Path(problem.file).name}:{problem.line}" for problem in caught.value.problems] == [
        "coverage.yaml:9",
        "walks.yaml:6",
        "walks.yaml:8",
        "saf.yaml:3",
    ]


OTHERS = [
    ({"vocabulary": VOCABULARY + "  visits: {scope: item, type: integer, meaning: x, origin: x}\n"},
     "vocabulary.yaml:17:3: facts.visits: is no name (names look like item.visits)"),
    ({"vocabulary": VOCABULARY + "  item.x: {scope: item, meaning: x, origin: x}\n"},
     "vocabulary.yaml:17:3: facts.item.x: a name has either values or a type"),
    ({"vocabulary": VOCABULARY + "  item.x: {scope: item, type: text, values: [a], meaning: x, origin: x}\n"},
     "vocabulary.yaml:17:3: facts.item.x: a name has either values or a type"),
    ({"vocabulary": VOCABULARY + "  item.x: {scope: item, values: [a, unknown], meaning: x, origin: x}\n"},
     "vocabulary.yaml:17:3: facts.item.x: unknown is a value of every name; leave it out"),
    ({"vocabulary": VOCABULARY + "  item.x: {scope: item, values: [a, a], meaning: x, origin: x}\n"},
     "vocabulary.yaml:17:3: facts.item.x: a value stands here twice"),
    ({"vocabulary": VOCABULARY + "  item.x: {scope: item, values: [a], default: b, meaning: x, origin: x}\n"},
     "vocabulary.yaml:17:3: facts.item.x: the default is none of a"),
    ({"vocabulary": VOCABULARY + "  item.x: {scope: item, type: date, default: '2016-1-1', meaning: x, origin: x}\n"},
     "vocabulary.yaml:17:3: facts.item.x: the default is no ISO date"),
    ({"vocabulary": VOCABULARY + "  item.x: {scope: item, type: integer, default: 1.5, meaning: x, origin: x}\n"},
     "vocabulary.yaml:17:3: facts.item.x: the default is no integer"),
    ({"vocabulary": VOCABULARY + "  item.x: {scope: item, type: text, default: 7, meaning: x, origin: x}\n"},
     "vocabulary.yaml:17:3: facts.item.x: the default is no text"),
    ({"vocabulary": VOCABULARY + "  item.visits.had: {scope: item, type: integer, meaning: x, origin: x}\n"},
     "vocabulary.yaml:7:3: facts.item.visits: is a name and the beginning of another, item.visits.had"),
    ({"vocabulary": VOCABULARY + "  summary.function: {scope: item, type: text, meaning: x, origin: x}\n"},
     "vocabulary.yaml:17:3: facts.summary.function: comes by itself from rules/lexicon (leave it out)"),
    ({"vocabulary": VOCABULARY.replace("letter.guideline_date", "letter.day")},
     "vocabulary.yaml:1:1: facts: letter.guideline_date should be here, a letter fact of type date "
     "(CRI-WAL-coverage.relief depends on it)"),
    ({"vocabulary/more": "schema: 1\nfacts:\n  item.drug: {scope: item, type: text, meaning: x, origin: x}\n"},
     "vocabulary/more.yaml:3:3: facts.item.drug: stands in another file too (vocabulary.yaml)"),
    ({"lexicon/concepts/again": "schema: 1\nconcept: {id: function, title: x}\n"},
     "lexicon/concepts/function.yaml:2:15: concept.id: function is the id of another file too"),
    ({"lexicon/concepts/none": "schema: 1\nconcept: {title: x}\n"},
     "lexicon/concepts/none.yaml:2:1: concept.id: the file names no concept"),
    ({"sources": SOURCES.replace("from: 2009-07-18, to: 2016-07-28", "from: 2019-07-18, to: 2016-07-28")},
     "sources.yaml:7:5: sources.guide-one.in_force: ends (2016-07-28) before it begins (2019-07-18)"),
    ({"sources": SOURCES.replace("pages: 40", "pages: forty")},
     'sources.yaml:8:12: sources.guide-one.pages: input should be a valid integer, not "forty"'),
    ({"parameters/visits": PARAMETERS.replace("pages: [12]", "pages: [99]", 1)},
     "parameters/visits.yaml:7:31: parameters.walks.total_max.values.2009-07-18.source: guide-one has no page 99 "
     "(its last page is 40)"),
    ({"parameters/visits": PARAMETERS.replace("value: 12", "value: twelve")},
     'parameters/visits.yaml:8:27: parameters.walks.total_max.values.2016-07-29.value: input should be a valid number, '
     'not "twelve"'),
    ({"parameters/visits": PARAMETERS.replace("2016-07-29:", "today:")},
     'parameters/visits.yaml:8:7: parameters.walks.total_max.values.today: input should be a valid date in the format '
     'YYYY-MM-DD, input is too short, not "today"'),
    ({"parameters/again": PARAMETERS[: PARAMETERS.index("  walks.trial_max")]},
     "parameters/visits.yaml:3:3: parameters.walks.total_max: stands in another file too (parameters/again.yaml)"),
    ({"topic": TOPIC.replace("id: walking", "id: walks")},
     "criteria/walking/topic.yaml:3:7: topic.id: should be the name of its folder, walking"),
    ({"topic": TOPIC.replace("code: WAL", "code: WALK")},
     'criteria/walking/topic.yaml:4:9: topic.code: string should match pattern \'^[A-Z]{3}$\', not "WALK"'),
    ({"topic": TOPIC.replace("document: guide-one", "document: guide-two")},
     "criteria/walking/topic.yaml:6:13: topic.document: guide-two is not in sources.yaml"),
    ({"topic": TOPIC.replace("concept: pain-relief", "concept: pain")},
     "criteria/walking/topic.yaml:8:29: topic.criteria.0.concept: pain is no concept of rules/lexicon/concepts "
     "(give it the key concept)"),
    ({"topic": TOPIC.replace("id: function", "id: relief, concept: function")},
     "criteria/walking/topic.yaml:9:12: topic.criteria.1.id: relief stands here twice"),
    ({"each": EACH.replace("criteria_of: walking", "criteria_of: walkin")},
     "criteria/walking/coverage.yaml:10:39: rule.for_each.criterion.criteria_of: walkin is no topic with a topic.yaml "
     "(did you mean walking?)"),
    ({"each": EACH.replace("criteria_of: walking", "criteria_of: walking, without: [relif]")},
     "criteria/walking/coverage.yaml:10:48: rule.for_each.criterion.without: relif is no criterion of walking "
     "(did you mean relief?)"),
    ({"each": EACH.replace("criteria_of: walking", "criteria_of: walking, only: [relif]")},
     "criteria/walking/coverage.yaml:10:48: rule.for_each.criterion.only: relif is no criterion of walking "
     "(did you mean relief?)"),
    ({"each": EACH.replace("{criterion: {criteria_of: walking}}", "{criterion: []}")},
     "criteria/walking/coverage.yaml:10:25: rule.for_each.criterion: lists nothing, so the rule stands for nothing"),
    ({"each": EACH.replace("{criterion.title}", "{criterion.titel}")},
     "criteria/walking/coverage.yaml:16:12: rule.message: nothing is known of {criterion.titel} (known here: "
     "criterion, criterion.title, criterion.concept, criterion.called, criterion.section, criterion.topic, "
     "criterion.topic_title, criterion.topic_code)"),
    ({"each": EACH.replace("code: CRI-WAL-coverage", "code: CRI-OPI-coverage")},
     "criteria/walking/coverage.yaml:4:9: rule.code: CRI-OPI-coverage is not of this topic (its code is WAL)"),
    ({"each": EACH.replace("id: CRI-WAL-coverage.{criterion}", "id: CRI-WAL-coverage")},
     "criteria/walking/coverage.yaml:3:7: rule.id: CRI-WAL-coverage stands elsewhere too "
     "(in criteria/walking/coverage.yaml:2)"),
    ({"decision/again": RULE.replace("code: FAC005", "code: DEC005")},
     "facts/walks.yaml:3:7: rule.id: FAC005.walks stands elsewhere too (in decision/again.yaml:2)"),
]  # fmt: skip


@pytest.mark.parametrize(("changed", "line"), OTHERS, ids=[line[:60] for _, line in OTHERS])
def test_mistakes_in_the_other_files(tmp_path: Path, changed: dict[str, str], line: str) -> None:
    assert told(tmp_path, **changed) == [line]


def test_a_single_day_is_a_span(tmp_path: Path) -> None:
    sources = SOURCES.replace("from: 2009-07-18, to: 2016-07-28", "from: 2009-07-18, to: 2009-07-18")
    rule = RULE.replace("  why:", "  effective: {from: 2016-01-01, to: 2016-01-01}\n  why:", 1)
    assert told(tmp_path, sources=sources, rule=rule) == []


def test_the_rulebook_is_in_order(tmp_path: Path) -> None:
    more = PARAMETERS.replace("walks.", "a.")
    book = loaded(tmp_path, **{"parameters/z": more, "facts/a": RULE.replace("FAC005.walks", "A.walks")})
    assert list(book.parameters) == ["a.total_max", "a.trial_max", "walks.total_max", "walks.trial_max"]
    assert [rule.id for rule in book.rules] == sorted(rule.id for rule in book.rules)


def test_missing_files(tmp_path: Path) -> None:
    with pytest.raises(RuleError) as caught:
        load_rulebook(tmp_path)
    assert [Path(problem.file).name for problem in caught.value.problems] == ["sources.yaml", "vocabulary.yaml"]


def test_too_many_alternatives_are_refused_at_load(tmp_path: Path) -> None:
    pair = "{any: [{fact: item.visits, is: 1}, {fact: item.day, is: 2016-01-01}]}"
    few, many = ", ".join([pair] * 6), ", ".join([pair] * 7)
    when = "when: {fact: item.visits, below: 3}"
    assert told(tmp_path, rule=RULE.replace(when, f"when: {{all: [{few}]}}")) == []
    (line,) = told(tmp_path, rule=RULE.replace(when, f"when: {{all: [{many}]}}"))
    assert "spells out to 128 alternatives; the engine is given at most 64 a rule" in line


def test_a_draft_is_checked_and_a_retired_rule_needs_no_tests(tmp_path: Path) -> None:
    untested = RULE[: RULE.index("  tests:")]
    hint = "(one that is flagged and one that is not, at least)"
    line = f"facts/walks.yaml:2:1: rule.tests: the rule has no tests {hint}"
    assert told(tmp_path, rule=untested) == [line]
    assert told(tmp_path, rule=untested.replace("active", "draft")) == [line]
    assert told(tmp_path, rule=untested.replace("active", "retired")) == []
    book = loaded(tmp_path, rule=untested.replace("active", "retired"))
    assert "FAC005.walks" not in [rule.id for rule in book.active]
    assert book.rule("FAC005.walks").status == "retired"
    assert book.of_code("FAC005") == ()


def test_the_digest_does_not_depend_on_order_names_or_comments(tmp_path: Path) -> None:
    book = loaded(tmp_path / "a")
    folder = write(tmp_path / "b")
    moved = folder / "facts" / "sub" / "other-name.yaml"
    moved.parent.mkdir()
    (folder / "facts" / "walks.yaml").rename(moved)
    head, keys = RULE.split("rule:\n")
    blocks: list[str] = []
    for line in keys.splitlines():
        if line.startswith("  ") and line[2] not in " -":
            blocks.append(line)
        else:
            blocks[-1] += f"\n{line}"
    assert len(blocks) > 10
    blocks.reverse()
    moved.write_text(f"# a remark\n{head}rule:  # another\n" + "\n".join(blocks) + "\n")
    again = load_rulebook(folder)
    assert again.digest == book.digest
    assert again.digests == book.digests
    assert again.places != book.places


@pytest.mark.parametrize(
    ("changed", "rules_changed"),
    [
        (
            {
                "rule": RULE.replace("is: documented}", "is: denied}", 1).replace(
                    "y.function: documented", "y.function: denied"
                )
            },
            {"FAC005.walks"},
        ),
        ({"rule": RULE.replace("severity: error", "severity: note")}, {"FAC005.walks"}),
        ({"rule": RULE.replace("item.visits: 6", "item.visits: 7")}, set()),
        ({"sources": SOURCES.replace("A publisher", "Another")}, set()),
        ({"parameters/visits": PARAMETERS.replace("value: 12", "value: 13")}, set()),
        ({"topic": TOPIC.replace("pages: [14]", "pages: [15]")}, {"CRI-WAL-coverage.function"}),
    ],
)
def test_the_digest_tells_what_changed(tmp_path: Path, changed: dict[str, str], rules_changed: set[str]) -> None:
    before, after = loaded(tmp_path / "a"), loaded(tmp_path / "b", **changed)
    assert {id_ for id_, digest in before.digests.items() if after.digests[id_] != digest} == rules_changed
    tests_alone = changed.keys() == {"rule"} and not rules_changed
    assert (before.digest == after.digest) is tests_alone


def test_a_number_belongs_to_the_digest_of_the_rules_that_use_it(tmp_path: Path) -> None:
    rule = RULE.replace("below: 3}", "below: {parameter: walks.total_max}}").replace(
        "item.visits: 6", "item.visits: 12"
    )
    before = loaded(tmp_path / "a", rule=rule)
    numbers = PARAMETERS.replace("value: 10", "value: 11")
    after = loaded(tmp_path / "b", rule=rule, **{"parameters/visits": numbers})
    assert {id_ for id_, digest in before.digests.items() if after.digests[id_] != digest} == {"FAC005.walks"}


def test_errors_of_plain_models() -> None:
    class Inner(Strict):
        pages: tuple[int, ...] = Field(min_length=1)
        of: str

    class Outer(Strict):
        parts: tuple[Inner, ...]
        by: dict[str, Inner] = Field(default_factory=dict)

    def lines(text: str) -> list[str]:
        with pytest.raises(RuleError) as caught:
            validated(parse_yaml(text, Path("x.yaml")), Outer)
        return [str(problem) for problem in caught.value.problems]

    assert lines("parts: [{pages: [], fo: a}]") == [
        "x.yaml:1:17: parts.0.pages: is empty",
        "x.yaml:1:21: parts.0.fo: is no known key (did you mean of?)",
    ]
    assert lines("parts: []\nby: {k: {pages: [1, '2']}}\nz: 1") == [
        "x.yaml:2:6: by.k.of: is missing in k",
        'x.yaml:2:21: by.k.pages.1: input should be a valid integer, not "2"',
        "x.yaml:3:1: z: is no known key (known here: by, parts)",
    ]
    assert lines("- a") == ["x.yaml:1:1: input should be an object"]
    assert lines("parts: [{of: a}]") == ["x.yaml:1:9: parts.0.pages: is missing here"]


def test_the_folder_of_these_tests_is_what_it_says() -> None:
    assert all(text.endswith("\n") for text in FILES.values())
