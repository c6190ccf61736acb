"""rules/across.yaml and the rules of a batch: what they may say, and where it is told if they say it wrong."""

from pathlib import Path

import pytest

from checker.judging import Judge
from checker.judging.ruletests import run
from tests.rulebook.folder import loaded, told

ACROSS = """\
schema: 1
across:
  like:
    outcomes: {upheld: refused, overturned: approved}
    key:
      - {fact: item.topic, unknown: [none]}
      - {fact: item.visits, from: [7, 13], of: [physical-medicine]}
      - {fact: letter.guideline_date, from: ["2016-07-28"]}
    deciding: [documented, denied]
    against: [[documented, denied]]
    farthest: 0.3
    patterns: 100
    shown: 2
  twins:
    roles: [case]
    run: 3
    least_words: 20
    similar: 0.7
    bands: 16
    rows: 4
    compared: 10
    shown: 2
    misfits: [FAC005]
"""

NAMES = """\
schema: 1
facts:
  like.otherwise: {scope: batch, type: integer, default: 0, meaning: Like cases decided otherwise., origin: comparison}
"""

RULE = """\
schema: 1
rule:
  id: BAT001
  code: BAT001
  title: Like cases are decided differently
  scope: batch
  status: active
  severity: warning
  confidence: high
  source: {document: law-one, mark: verified}
  why: They should not be.
  flag_when: {fact: like.otherwise, at_least: 1}
  message: "{{ like.otherwise }} otherwise."
  ask: Why?
  tests:
    - {name: one, given: {like.otherwise: 1}, expect: {result: flagged}}
    - {name: none, given: {}, expect: {result: clear}}
"""


def mistakes(folder: Path, *, across: str = ACROSS, rule: str = RULE) -> list[str]:
    files = {"across": across, "vocabulary/batch": NAMES, "batch/bat001": rule}
    return told(folder, **files)


def test_a_folder_without_it_compares_no_letters(tmp_path: Path) -> None:
    assert loaded(tmp_path).across is None


def test_what_it_says_is_part_of_the_hash_of_the_rules(tmp_path: Path) -> None:
    book = loaded(tmp_path / "a", across=ACROSS)
    assert book.across
    assert book.across.like.farthest == 0.3
    other = loaded(tmp_path / "b", across=ACROSS.replace("0.3", "0.25"))
    assert book.digest != other.digest


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("fact: item.visits", "fact: item.visit", "7:16: across.like.key.1.fact: item.visit is no fact of an item"),
        ("[7, 13]", "[13, 7]", "from should ascend"),
        ("[7, 13]", '["2016-01-01"]', "item.visits is compared with numbers"),
        ('["2016-07-28"]', "[7]", "letter.guideline_date is compared with ISO dates"),
        ("item.topic, unknown: [none]", "item.topic, from: [3]", "item.topic has no order"),
        ("unknown: [none]", "unknown: [walkingg]", "walkingg is no id of topics (did you mean walking?)"),
        ("misfits: [FAC005]", "misfits: [FAC006]", "across.twins.misfits.0: no rule raises FAC006"),
        ("similar: 0.7", "similar: 1.7", "across.twins.similar"),
        ("shown: 2", "showed: 2", "showed: is no known key (did you mean shown?)"),
        ("fact: item.topic", "fact: like.otherwise", "like.otherwise is no fact of an item"),
    ],
)
def test_a_mistake_is_told_where_it_stands(tmp_path: Path, old: str, new: str, line: str) -> None:
    assert old in ACROSS
    found = mistakes(tmp_path, across=ACROSS.replace(old, new, 1))
    assert any(line in each and "across.yaml:" in each for each in found), found


def test_a_rule_of_a_batch_is_judged_on_its_own_facts(tmp_path: Path) -> None:
    files = {"across": ACROSS, "vocabulary/batch": NAMES, "batch/bat001": RULE}
    book = loaded(tmp_path, **files)
    assert book.vocabulary.names("batch") == ("like.otherwise",)
    assert "like.otherwise" not in book.vocabulary.names("item")
    assert [outcome.problems for outcome in run(book, "reference") if outcome.rule == "BAT001"] == [(), ()]
    assert Judge(book, "reference")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "{fact: like.otherwise,",
            "{fact: item.visits,",
            "a rule on a batch cannot ask for facts of an item: item.visits",
        ),
        ("{{ like.otherwise }}", "{{ item.label }}", "a rule on a batch has no facts of an item: item.label"),
        ("given: {like.otherwise: 1}", "given: {item.visits: 1}", "a rule on a batch has no facts of an item"),
        ("scope: batch", "scope: item", "a rule on an item cannot ask for facts of a batch: like.otherwise"),
    ],
)
def test_a_rule_asks_for_facts_of_its_scope(tmp_path: Path, old: str, new: str, line: str) -> None:
    found = mistakes(tmp_path, rule=RULE.replace(old, new, 1))
    assert any(line in each for each in found), found
