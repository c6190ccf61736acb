"""Each meta-rule finds its mistake at its place, and lets a sound rule be."""

from pathlib import Path

import pytest

from checker.authoring.advice import Level
from checker.authoring.checking import advice, check
from checker.authoring.coverage import criteria_cover
from tests.authoring.workshop import RULE, rule, shipped, small, told, write
from tests.rulebook.folder import EACH, PARAMETERS, SOURCES, VOCABULARY

OTHER_TESTS = """
    - name: flagged
      given: {decision.outcome: upheld, rationale.function: not_documented, summary.function: documented}
      expect: {result: flagged}
    - {name: clear, given: {decision.outcome: upheld}, expect: {result: clear}}"""
NONE = "[]"


def one(found: list[object]) -> str:
    assert len(found) == 1, [str(each) for each in found]
    return str(found[0])


def test_the_shipped_rules_are_without_errors() -> None:
    errors = [str(each) for each in advice(shipped()) if each.level is Level.ERROR]
    assert errors == []


def test_the_small_folder_has_no_advice_on_its_rules(tmp_path: Path) -> None:
    kinds = {each.kind for each in advice(small(tmp_path))}
    assert not kinds & {"never-fires", "idle-exception", "idle-condition", "dead-alternative", "duplicate-rule"}
    assert not kinds & {"contradictory-rules", "covered-rule", "always-flags", "unfilled"}


@pytest.mark.parametrize(
    ("keys", "kind", "line", "says"),
    [
        (
            {"flag_when": "{all: [{fact: item.visits, above: 10}, {fact: item.visits, below: 5}]}"},
            "never-fires",
            13,
            "exclude each other",
        ),
        (
            {"flag_when": "{fact: decision.outcome, is: overturned}", "unless": NONE},
            "never-fires",
            13,
            "applies_to and flag_when contradict",
        ),
        (
            {"flag_when": "{all: [{fact: item.visits, at_least: 2}, {fact: item.visits, below: 3}]}"},
            "never-fires",
            13,
            "an exception holds wherever it would flag",
        ),
        (
            {"flag_when": "{all: [{fact: item.visits, at_least: 4}, {fact: rationale.function, is: denied}]}"},
            "idle-exception",
            18,
            "can never apply",
        ),
        (
            {"flag_when": "{all: [{fact: item.visits, above: 4}, {fact: item.visits, above: 2}]}", "unless": NONE},
            "idle-condition",
            13,
            "item.visits above 2 says nothing",
        ),
        (
            {
                "flag_when": "{any: [{fact: decision.outcome, is: none}, {fact: rationale.function, is: denied}]}",
                "unless": NONE,
            },
            "dead-alternative",
            13,
            "decision.outcome is none",
        ),
        ({"flag_when": "{fact: decision.outcome, is_not: none}", "unless": NONE}, "always-flags", 13, "wherever"),
    ],
)
def test_what_a_rule_cannot_do(tmp_path: Path, keys: dict[str, str], kind: str, line: int, says: str) -> None:
    tests = "[{name: a, given: {}, expect: {result: flagged}}, {name: b, given: {}, expect: {result: clear}}]"
    text = rule("FAC005.walks", **keys, message="Said.", tests=tests)
    found = [each for each in told(small(tmp_path, rule=text), kind) if "walks" in str(each) or says in str(each)]
    said = one(list(found))
    assert says in said
    assert f"facts/walks.yaml:{line}:" in said


def test_a_second_exception_that_only_repeats_the_first(tmp_path: Path) -> None:
    again = """
    - {id: one, why: Few., source: {document: law-one, mark: verified}, when: {fact: item.visits, below: 3}}
    - {id: two, why: Fewer., source: {document: law-one, mark: verified}, when: {fact: item.visits, below: 2}}"""
    text = rule("FAC005.walks", unless=again, tests=OTHER_TESTS)
    assert "two only applies where an exception before it already does" in one(
        [*told(small(tmp_path, rule=text), "idle-exception")]
    )


def other(id_: str, **keys: str) -> dict[str, str]:
    return {"facts/other": rule(id_, **keys)}


def test_the_same_rule_twice(tmp_path: Path) -> None:
    said = one([*told(small(tmp_path, **other("FAC005.again")), "duplicate-rule")])
    assert "error: duplicate-rule: FAC005.walks flags exactly what FAC005.again flags" in said


def test_the_same_rule_in_two_severities(tmp_path: Path) -> None:
    said = one([*told(small(tmp_path, **other("FAC005.again", severity="note")), "contradictory-rules")])
    assert "once as note and once as error" in said


def test_the_same_rule_under_two_codes_may_be_meant(tmp_path: Path) -> None:
    found = told(small(tmp_path, **other("FAC001.again")), "duplicate-rule")
    assert "warning: duplicate-rule" in one([*found])


def test_two_rules_of_which_one_always_flags(tmp_path: Path) -> None:
    few = "{fact: item.visits, below: 5}"
    many = "{fact: item.visits, at_least: 5}"
    tests = "[{name: a, given: {}, expect: {result: flagged}}, {name: b, given: {}, expect: {result: clear}}]"
    keys = {"unless": NONE, "message": "Said.", "tests": tests}
    material = small(
        tmp_path, rule=rule("FAC005.walks", flag_when=few, **keys), **other("FAC001.many", flag_when=many, **keys)
    )
    assert "one of the two always flags" in one([*told(material, "contradictory-rules")])
    apart = small(
        tmp_path / "b",
        rule=rule("FAC005.walks", flag_when=few, **keys),
        **other("FAC001.many", flag_when=many.replace("5", "6"), **keys),
    )
    assert told(apart, "contradictory-rules") == []


def test_a_rule_inside_another_of_the_same_code(tmp_path: Path) -> None:
    narrow = "{all: [{fact: decision.outcome, is: upheld}, {fact: item.dose, above: 5}]}"
    said = one([*told(small(tmp_path, **other("FAC005.big", applies_to=narrow, severity="note")), "covered-rule")])
    assert "whatever FAC005.big flags, FAC005.walks flags too" in said


def test_what_nothing_uses(tmp_path: Path) -> None:
    more = VOCABULARY + "  item.spare: {scope: item, type: integer, meaning: Spare., origin: nowhere}\n"
    sources = SOURCES + SOURCES.partition("sources:\n")[2].replace("guide-one", "guide-two").replace("law-one", "law-2")
    material = small(tmp_path, vocabulary=more, sources=sources)
    kinds = {(each.kind, each.problem.where) for each in advice(material)}
    assert ("unused-fact", "facts.item.spare") in kinds
    assert ("unknown-fact", "facts.item.spare") in kinds
    assert ("unused-source", "sources.guide-two") in kinds
    assert ("unused-parameter", "parameters.walks.trial_max") in kinds
    assert ("unused-fact", "facts.item.visits") not in kinds
    assert ("unused-source", "sources.guide-one") not in kinds
    assert "walks.trial_max" in PARAMETERS
    reasoned = more.replace("meaning: Spare.,", "meaning: Spare., no_rule: Shown to the reader.,")
    kinds = {(each.kind, each.problem.where) for each in advice(small(tmp_path / "reasoned", vocabulary=reasoned))}
    assert ("unused-fact", "facts.item.spare") not in kinds
    needless = VOCABULARY.replace(
        "meaning: Visits asked for.,", "no_rule: For the reader., meaning: Visits asked for.,"
    )
    assert needless != VOCABULARY
    kinds = {(each.kind, each.problem.where) for each in advice(small(tmp_path / "needless", vocabulary=needless))}
    assert ("unneeded-reason", "facts.item.visits") in kinds


def test_a_rule_that_rests_on_a_whole_document(tmp_path: Path) -> None:
    said = [str(each) for each in told(small(tmp_path), "missing-source")]
    assert [each for each in said if "FAC005.walks.few rests on a whole document" in each]
    assert not [each for each in said if "FAC005.walks rests" in each]


def test_tests_that_are_missing(tmp_path: Path) -> None:
    some = EACH.replace("    - name: silent\n", "    - name: silent\n      with: {criterion: relief}\n")
    material = small(tmp_path, each=some, rule=rule("FAC005.walks", tests=OTHER_TESTS))
    said = "\n".join(str(each) for each in told(material, "missing-test", "missing-reason"))
    assert "no test shows that it flags: CRI-WAL-coverage.function" in said
    assert "no test meets the exception FAC005.walks.few" in said
    assert "no test of FAC005.walks says why it flags" in said
    assert told(small(tmp_path / "sound"), "missing-reason") == []


def test_a_criterion_needs_a_rule_or_a_reason(tmp_path: Path) -> None:
    only = EACH.replace("{criteria_of: walking}", "{criteria_of: walking, without: [relief]}")
    material = small(tmp_path, each=only)
    assert "no rule asks for relief of walking" in one([*told(material, "unasked-criterion")])
    topic = material.rulebook.topics.files["walking"].path.read_text("utf-8")
    reasoned = topic.replace("id: relief,", "id: relief, no_rule: Not in this edition.,")
    assert told(small(tmp_path, each=only, topic=reasoned), "unasked-criterion") == []
    assert "says why no rule asks" in one([*told(small(tmp_path, each=EACH, topic=reasoned), "unneeded-reason")])


def test_a_rule_on_any_treatment_asks_for_its_concept_in_every_topic(tmp_path: Path) -> None:
    only = EACH.replace("{criteria_of: walking}", "{criteria_of: walking, only: [relief]}")
    covers = {cover.criterion: cover for cover in criteria_cover(small(tmp_path, each=only))}
    assert covers["function"].general_by == ("FAC005.walks",)
    assert covers["function"].covered
    assert covers["relief"].general_by == ()
    narrow = RULE.replace(
        "applies_to: {fact: decision.outcome, is: upheld}", "applies_to: {fact: item.drug, is: aspirin}"
    )
    narrow = narrow.replace("{decision.outcome: overturned}", "{item.drug: ibuprofen}")
    narrow = narrow.replace("decision.outcome: upheld", "item.drug: aspirin")
    material = small(tmp_path / "narrow", each=only, rule=narrow)
    assert "no rule asks for function of walking" in one([*told(material, "unasked-criterion")])


def test_what_a_scaffold_left_to_be_written(tmp_path: Path) -> None:
    said = one([*told(small(tmp_path, rule=RULE.replace("ask: ", "ask: FILL IN ")), "unfilled")])
    assert "error: unfilled" in said
    draft = RULE.replace("ask: ", "ask: FILL IN ").replace("status: active", "status: draft")
    assert "warning: unfilled" in one([*told(small(tmp_path, rule=draft), "unfilled")])


def test_a_folder_that_does_not_load_is_told_and_nothing_else(tmp_path: Path) -> None:
    recalled = RULE.replace("mark: verified}\n  why", "mark: recalled}\n  why")
    result = check([write(tmp_path, rule=recalled)])
    assert result.material is None
    assert {each.kind for each in result.advice} == {"schema"}
    assert "a recalled criterion cannot raise an error" in "\n".join(map(str, result.advice))
