"""Time, speaker, experiencer and tests: the sentences of attribution/, and what a letter makes of them."""

import shutil
from collections import defaultdict
from pathlib import Path

import pytest
from _pytest.mark.structures import ParameterSet

from checker.knowledge import grammar
from checker.knowledge.idiom import load_idiom
from checker.knowledge.problems import RuleError
from checker.model.facts import Fact, Facts
from checker.model.findings import Judgement
from tests.observing.attributed_set import SLOTS, Row, load, read
from tests.parsing.letters import item, letter
from tests.shipped import the_checker

RULES = Path(__file__).parents[2] / "rules"
ROWS = load()
AXES = ("time", "speaker", "experiencer", *SLOTS)
GATE = 0.95


def case_of(row: Row) -> ParameterSet:
    """What is known to be misread must be misread: once it is not, its mark has to go."""
    marks = [pytest.mark.xfail(reason=row.open, strict=True)] if row.open and read(row) != row.value else []
    return pytest.param(row, id=f"{row.about} {row.axis}: {row.text}", marks=marks)


@pytest.mark.parametrize("row", [case_of(row) for row in ROWS])
def test_row(row: Row) -> None:
    assert read(row) == row.value


def test_what_is_marked_open_is_misread() -> None:
    texts = {row.text for row in ROWS if row.open}
    assert all(any(read(row) != row.value for row in ROWS if row.text == text) for text in texts)


def test_enough_of_every_axis_is_read_right() -> None:
    by_axis: dict[str, list[bool]] = defaultdict(list)
    for row in ROWS:
        by_axis[row.axis].append(read(row) == row.value)
    assert set(by_axis) == set(AXES)
    shares = {axis: sum(right) / len(right) for axis, right in by_axis.items()}
    assert min(shares.values()) >= GATE, shares
    assert len({row.text for row in ROWS}) >= 170


def test_every_value_of_every_axis_is_asked_for() -> None:
    asked = {(row.axis, row.value) for row in ROWS}
    assert {v for a, v in asked if a == "time"} == {"past", "present", "planned"}
    assert {v for a, v in asked if a == "speaker"} == {"patient", "provider", "reviewer", "utilization-review"}
    assert {v for a, v in asked if a == "performed"} == {"yes", "no", "not_documented", "planned", "silent"}


CHECKER = the_checker()


def facts_of(summary: str, rationale: str = "The request is not medically necessary.") -> Facts:
    text = letter(summary=summary, items=[item("Norco 10/325mg #90", reasons=rationale)])
    checked = CHECKER.check_text(text)
    assert isinstance(checked, Judgement)
    return checked.facts


def fact(facts: Facts, name: str) -> Fact:
    return facts.items[0].facts[name]


def test_a_relative_is_seen_but_makes_no_fact_of_the_worker() -> None:
    facts = facts_of("Her mother has depression.")
    assert [(o.concept, o.experiencer) for o in facts.observations] == [("depression-anxiety", "another")]
    assert fact(facts, "summary.depression-anxiety").value == "silent"
    assert fact(facts_of("She has depression."), "summary.depression-anxiety").value == "documented"


def test_the_risk_that_lies_in_the_family_counts() -> None:
    assert fact(facts_of("There is a family history of alcohol abuse."), "summary.abuse-risk").value == "documented"


def test_a_plan_is_not_had() -> None:
    planned = facts_of("Six further sessions of physical therapy have been authorized.")
    assert {o.time for o in planned.observations if o.concept == "physical-therapy-had"} <= {"planned"}
    assert fact(planned, "summary.physical-therapy-had").value == "silent"
    had = facts_of("He completed six sessions of physical therapy.")
    assert fact(had, "summary.physical-therapy-had").value == "documented"


def test_of_a_state_the_present_counts() -> None:
    facts = facts_of("Previously there was spasm of the neck. On examination there is no spasm.")
    assert fact(facts, "summary.spasm").value == "denied"
    assert fact(facts_of("Previously there was spasm of the neck."), "summary.spasm").value == "documented"


def test_what_utilization_review_claims_is_no_finding_of_the_reviewer() -> None:
    claim = "according to the claims administrator there was no functional improvement."
    facts = facts_of(
        "He takes Norco.", f"The patient has improved in function with Norco, but {claim} It is necessary."
    )
    assert fact(facts, "rationale.functional-improvement").value != "denied"
    assert {o.speaker for o in facts.observations if o.concept == "functional-improvement"} >= {"utilization-review"}


def test_facts_of_tests_hold_their_words_and_the_rest_is_silent() -> None:
    summary = "A urine drug screen was performed on 3/4/2015. The results were inconsistent. An MRI was requested."
    facts = facts_of(summary, "There is no documentation of a CURES report in this case.")
    done = fact(facts, "summary.test.uds.performed")
    assert (done.value, fact(facts, "summary.test.uds.agreement").value) == ("yes", "inconsistent")
    raw = facts.determination.source.raw
    assert "performed on 3/4/2015" in raw[done.evidence[0].span.start : done.evidence[0].span.end]
    assert done.derivation
    assert fact(facts, "summary.test.mri.performed").value == "planned"
    assert fact(facts, "rationale.test.cures.performed").value == "not_documented"
    assert fact(facts, "rationale.test.uds.performed").value == "silent"
    assert fact(facts, "summary.test.ct.result").value == "silent"


def test_a_rationale_that_says_both_is_unclear() -> None:
    both = "The patient had a urine drug screen in May. There is no documentation of a urine drug screen in this case."
    told = fact(facts_of("He takes Norco.", both), "rationale.test.uds.performed")
    assert (told.value, told.confidence.value, len(told.evidence)) == ("unclear", "low", 2)


FRAME = "{id: t, title: A test, source: own, names: [t test], results: {good: {words: [fine]}}}"
WORDS = "{id: fine, as: result, stands: after, source: own, phrases: [fine]}"
SET = "{meaning: x, source: own, words: [%s]}"
VOICE = "{id: v, axis: time, value: past, scope: forward, source: own, phrases: [once]}"
BROKEN = [
    ("frames", f"frames: [{FRAME}, {FRAME}]\nwords: [{WORDS}]", "'t' is taken by another frame"),
    ("frames", f"frames: [{FRAME}]", "no words are called fine"),
    (
        "frames",
        f"frames: [{FRAME.replace('good: {', 'good: {concepts: {spams: denied}, ')}]\nwords: [{WORDS}]",
        "spams",
    ),
    ("frames", f"frames: [{FRAME[:-1]}, both: bad}}]\nwords: [{WORDS}]", "bad is no result of this frame"),
    ("frames", f"words: [{WORDS.replace('[fine]', '[(fine]')}]", "a bracket is never closed"),
    ("words", f"words: {{one: {SET % 'fine, <other>'}}}", "no words are called <other>"),
    ("words", f"words: {{one: {SET % '<two>'}, two: {SET % '<one>'}}}", "<one> stands for itself: one -> two -> one"),
    ("attribution", f"voices: [{VOICE.replace('past', 'worker')}]", "worker is no time"),
    ("attribution", "concepts: {events: [spams]}", "no concept is called spams"),
]


@pytest.mark.parametrize(("folder", "text", "said"), BROKEN)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, folder: str, text: str, said: str) -> None:
    path = tmp_path / "lexicon" / folder / "a.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(f"schema: 1\n{text}\n", "utf-8")
    shutil.copy(RULES / "lexicon" / grammar.FILE, tmp_path / "lexicon")
    with pytest.raises(RuleError, match=said) as raised:
        load_idiom(tmp_path)
    assert "a.yaml:" in str(raised.value)


def test_two_concepts_of_a_kind_that_only_one_may_be_of_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "lexicon" / "concepts"
    folder.mkdir(parents=True)
    for name in ("a", "b"):
        held = f"{{id: {name}, title: One, meaning: One., names: [{name} one], tells_of: [relief, study]}}"
        (folder / f"{name}.yaml").write_text(f"schema: 1\nconcept: {held}\n", "utf-8")
    shutil.copy(RULES / "lexicon" / grammar.FILE, tmp_path / "lexicon")
    with pytest.raises(RuleError, match="a tells of relief already") as raised:
        load_idiom(tmp_path)
    assert "b.yaml:" in str(raised.value)
    (folder / "b.yaml").unlink()
    assert {kind: c.id for kind, c in load_idiom(tmp_path).one_of.items()} == {"relief": "a"}


def test_a_set_of_words_may_name_others(tmp_path: Path) -> None:
    (tmp_path / "lexicon" / "words").mkdir(parents=True)
    (tmp_path / "lexicon" / "concepts").mkdir()
    inner, outer = SET % "norco, norco elixir", SET % "tablets, <drug>"
    (tmp_path / "lexicon" / "words" / "a.yaml").write_text(
        f"schema: 1\nwords: {{thing: {outer}, drug: {inner}}}\n", "utf-8"
    )
    concept = "{id: use, title: Use, meaning: Use., names: [takes <thing>]}"
    (tmp_path / "lexicon" / "concepts" / "use.yaml").write_text(f"schema: 1\nconcept: {concept}\n", "utf-8")
    shutil.copy(RULES / "lexicon" / grammar.FILE, tmp_path / "lexicon")
    idiom = load_idiom(tmp_path)
    for text, found in (("she takes norco elixir.", 1), ("she takes tablets.", 1), ("she takes drug.", 0)):
        assert len(list(idiom.hits(text))) == found


GOOD = '{part: summary, concept: spasm, time: past, text: "x"}'


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (GOOD.replace("spasm", "spams"), "spams is no concept"),
        (GOOD.replace("past", "gone"), "gone is no time"),
        (GOOD.replace("time: past", "tense: past"), "are no axes"),
        ('{part: summary, test: mrx, performed: "no", text: "x"}', "mrx is no test"),
    ],
)
def test_a_mistake_in_the_set_is_named(tmp_path: Path, row: str, said: str) -> None:
    (tmp_path / "a.yaml").write_text(f"sentences: [{row}]\n", "utf-8")
    with pytest.raises(ValueError, match=said):
        load(tmp_path)
