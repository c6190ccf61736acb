"""What ``explain`` says."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from checker.cli.app import app
from checker.reporting.explained import lines
from checker.rulebook.explain import UnknownRuleError, explain
from tests.rulebook.folder import EACH, RULE, loaded, write

WALKS = """\
FAC005  Said to be missing, but recorded
  error, confidence at most high, once an item
  Why:
    The rationale says that the record lacks what the summary records.
  Source:
    Law One, section 1; (h) [verified]
  Numbers:
    walks.total_max: 10 visits from 2009-07-18; Guide One (first edition); Walks; page 12 [verified]
    walks.total_max: 12 visits from 2016-07-29; Law One, section 1 [verified]
  Applies to:
    decision.outcome is upheld
  Flags when:
    all of these:
      rationale.function is not_documented
      summary.function is documented
  Unless FAC005.walks.few:
    So few visits are not worth a word.
    item.visits is below walks.total_max
    Law One, section 1 [verified]
  Flagged, for example: missing and recorded:
    decision.outcome = upheld
    rationale.function = not_documented
    summary.function = documented
    item.visits = 60
    -> the request: said to lack function, 60 visits.
  Not flagged, for example: few visits:
    decision.outcome = upheld
    rationale.function = not_documented
    summary.function = documented
    item.visits = 2
    -> excepted
  How to answer:
    Does the letter say what it means by function?
  Rule:
    FAC005.walks (PLACE)"""


def test_a_rule_in_words(tmp_path: Path) -> None:
    rule = RULE.replace("below: 3}", "below: {parameter: walks.total_max}}").replace(
        "item.visits: 6", "item.visits: 60"
    )
    book = loaded(tmp_path, rule=rule)
    place = book.places["FAC005.walks"]
    told, heading, where = "\n".join(lines(explain(book, "FAC005"))).partition("  Rule:\n")
    # Lines are wrapped by length, and the place is a path of this machine; a break in it stands before a slash.
    on_one_line = "".join(where.split("\n    ")).strip().replace(place, "PLACE")
    assert f"{told}{heading}    {on_one_line}" == WALKS
    assert explain(book, "fac005.WALKS").rules == explain(book, "fac005").rules


def test_a_rule_for_each_is_told_once(tmp_path: Path) -> None:
    found = explain(loaded(tmp_path), "cri-wal-coverage")
    assert found.asked == "CRI-WAL-coverage"
    (told,) = found.rules
    assert told.ids == ("CRI-WAL-coverage.function", "CRI-WAL-coverage.relief")
    assert told.in_force == "from 2009-07-18 to 2016-07-28"
    assert told.flagged
    assert told.clean
    assert told.clean.result == "clear"
    single = explain(loaded(tmp_path), "CRI-WAL-coverage.relief").rules[0]
    assert single.ids == ("CRI-WAL-coverage.relief",)
    assert single.source == "Guide One (first edition); Walks; pages 12-13 [verified]"


def test_the_rule_whose_own_tests_show_a_flag_explains(tmp_path: Path) -> None:
    each = EACH.replace("    - name: silent\n", "    - name: silent\n      with: {criterion: relief}\n")
    (told,) = explain(loaded(tmp_path, each=each), "CRI-WAL-coverage").rules
    assert told.flagged
    assert told.source.startswith("Guide One (first edition); Walks; pages 12-13")


def test_marks_of_sources(tmp_path: Path) -> None:
    def source(keys: str) -> str:
        rule = RULE.replace("{document: law-one, section: (h), mark: verified}", keys)
        return explain(loaded(tmp_path, rule=rule), "FAC005").rules[0].source

    assert source("{document: law-one, mark: verified, pages: [8], page_mark: recalled}") == (
        "Law One, section 1; page 8 [verified, page recalled]"
    )
    assert source("{document: law-one, mark: verified, page_mark: verified}") == "Law One, section 1 [verified]"


def test_conditions_in_words(tmp_path: Path) -> None:
    when = "when: {all: [{any: [{fact: item.drug, in: [aspirin, none]}, {all: [{fact: item.visits, at_least: 3}]}]}]}"
    rule = RULE.replace("when: {fact: item.visits, below: 3}", when).replace("item.visits: 2", "item.drug: aspirin")
    rule = rule.replace("item.visits: 6", "item.visits: 2, item.drug: ibuprofen")
    (excuse,) = explain(loaded(tmp_path, rule=rule), "FAC005").rules[0].exceptions
    assert [(condition.depth, condition.text) for condition in excuse.when] == [
        (0, "any of these:"),
        (1, "item.drug is one of aspirin, none"),
        (1, "item.visits is at least 3"),
    ]


def test_several_rules_of_one_code(tmp_path: Path) -> None:
    second = RULE.replace("FAC005.walks", "FAC005.more")
    text = "\n".join(lines(explain(loaded(tmp_path, **{"facts/more": second}), "FAC005")))
    assert text.count("FAC005  Said to be missing") == 2
    assert "\n\n" in text


def test_what_is_not_there(tmp_path: Path) -> None:
    book = loaded(tmp_path)
    with pytest.raises(UnknownRuleError, match=r"no code or rule FAC006; did you mean FAC005\?"):
        explain(book, "FAC006")
    with pytest.raises(UnknownRuleError, match=r"^no code or rule zzzzzz$"):
        explain(book, "zzzzzz")


def test_the_command(tmp_path: Path) -> None:
    folder = write(tmp_path)
    run = CliRunner().invoke
    shown = run(app, ["explain", "FAC005", "--rules", str(folder)])
    assert shown.exit_code == 0
    assert shown.output.startswith("FAC005  Said to be missing, but recorded\n")
    unknown = run(app, ["explain", "FAC007", "--rules", str(folder)])
    assert unknown.exit_code == 3
    assert "did you mean FAC005?" in unknown.output
    write(tmp_path, each=EACH.replace("active", "activ"))
    broken = run(app, ["explain", "FAC005", "--rules", str(folder)])
    assert broken.exit_code == 2
    assert "rule.status: input should be 'draft', 'active' or 'retired'" in broken.output
