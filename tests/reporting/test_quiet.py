"""Why not: the first condition that stopped a rule, and rules with one reason together."""

from collections import Counter
from collections.abc import Sequence

import pytest

from checker.model.facts import UNKNOWN
from checker.model.findings import ItemJudgement, Result, Step, Stop, Trace, Truth
from checker.reporting import quiet
from checker.reporting.glossary import Glossary, RuleCard
from checker.reporting.quiet import Quiet, quiet_rules
from tests.reporting.builders import every, leaf, stop_of

Unspoken = tuple[tuple[Result, str], ...]

YES = leaf("a", "yes", "yes", Truth.TRUE)
NO = leaf("b", "yes", "no", Truth.FALSE)
OTHER = leaf("c", "yes", "no", Truth.FALSE)
OPEN = leaf("d", "yes", UNKNOWN, Truth.UNKNOWN)


def told(of: Quiet) -> list[tuple[str, str, str]]:
    """Each reason with its items."""
    return [(alike.on, *reason) for alike in of.groups for reason in alike.reasons]


def trace(rule: str, item: int, result: Result, tree: Step, **more: tuple[str, ...]) -> Trace:
    if result is Result.NOT_APPLICABLE:
        return Trace(rule, rule, item, result, tree)
    return Trace(rule, rule, item, result, every(YES), tree, **more)  # type: ignore[arg-type]


def judged(
    item: int, stops: Sequence[Stop], topic: str = "", elsewhere: tuple[str, ...] = (), unspoken: Unspoken = ()
) -> ItemJudgement:
    """An item of which this is told."""
    results = Counter(stop.result for stop in stops)
    results[Result.NOT_APPLICABLE] += len(elsewhere)
    results.update(result for result, _ in unspoken)
    return ItemJudgement(item, topic, results, (), (), stops, elsewhere, unspoken)


def test_rules_and_items_with_one_reason_stand_together() -> None:
    traces = [
        trace("R1", 1, Result.CLEAR, every(NO)),
        trace("R2", 1, Result.CLEAR, every(NO)),
        trace("R3", 1, Result.CLEAR, every(OTHER)),
        trace("R1", 2, Result.CLEAR, every(NO)),
        trace("R2", 2, Result.NOT_APPLICABLE, every(NO)),
        trace("R3", 2, Result.FLAGGED, every(YES)),
    ]
    clear, not_applicable = quiet_rules(
        [
            judged(item, [stop_of(t) for t in traces if t.item == item and t.result is not Result.FLAGGED])
            for item in (1, 2)
        ],
        Glossary({"R1": RuleCard("R1", "First")}),
    )
    assert (clear.result, clear.count) == ("clear", 4)
    assert told(clear) == [("Items 1, 2", "is yes; here no", "b (R1)"), ("Item 1", "is yes; here no", "b (R2), c (R3)")]
    assert told(not_applicable) == [("Item 2", "b is no", "R2")]


def test_rules_called_like_their_facts_stand_together() -> None:
    signs = {n: every(leaf(f"said.{n}", "yes", "no", Truth.FALSE)) for n in "abc"}
    traces = [trace(f"R1.signs.{n}", 1, Result.CLEAR, tree) for n, tree in signs.items()]
    other = trace("R1.d", 1, Result.CLEAR, every(leaf("said.x", "yes", "no", Truth.FALSE)))
    (clear,) = quiet_rules([judged(1, [stop_of(t) for t in (*traces, other)])], Glossary())
    assert told(clear) == [("Item 1", "is yes; here no", "said.* (R1.signs.*): a b c, said.x (R1.d)")]


def test_numbers_that_are_equal_are_told_as_they_are() -> None:
    glossary = Glossary()
    for value in (30, 30.0, 30):
        open_ = trace("R1", 1, Result.CLEAR, every(leaf("a", "31", value, Truth.FALSE)))
        (clear,) = quiet_rules([judged(1, [stop_of(open_)])], glossary)
        assert told(clear) == [("Item 1", f"is 31; here {value}", "a (R1)")]


def test_what_is_remembered_changes_nothing_and_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiet, "_REMEMBERED", 3)
    glossary = Glossary()
    for item in (1, 2, 1, 2, 3, 1):
        stops = [judged(item, [stop_of(trace(f"R{n}", item, Result.CLEAR, every(NO))) for n in range(3)])]
        assert [told(of) for of in quiet_rules(stops, glossary)] == [told(of) for of in quiet_rules(stops, Glossary())]
        assert len(glossary.memory) <= 3 + 2 * 3


def test_an_undecided_rule_names_what_is_missing_and_what_that_means() -> None:
    open_ = trace("R1", 1, Result.UNDECIDED, every(OPEN), missing=("d",))
    (undecided,) = quiet_rules([judged(1, [stop_of(open_)])], Glossary(meanings={"d": "Whether it is so."}))
    assert told(undecided) == [("Item 1", "R1", "whether it is so")]


def test_codes_of_one_family_stand_together() -> None:
    codes = ("CRI-A-one", "CRI-A-two", "CRI-B-one", "FAC001", "R-9")
    glossary = Glossary({f"{code}.{n}": RuleCard(code, "") for code in codes for n in range(2)})
    assert glossary.families(tuple(glossary.rules)) == "CRI-A-one/two, CRI-B-one, FAC001, R-9"


def test_families_that_end_alike_stand_together() -> None:
    codes = ("CRI-A-one", "CRI-A-two", "CRI-B-one", "CRI-B-two", "CRI-C-two", "CRJ-A-one")
    glossary = Glossary({code: RuleCard(code, "") for code in codes})
    assert glossary.families(codes) == "CRI-A/B-one/two, CRI-C-two, CRJ-A-one"


def test_rules_about_other_topics_stand_with_the_items_of_one_topic() -> None:
    away = tuple(f"R{n}" for n in range(9))
    glossary = Glossary({rule: RuleCard("CRI-X" if rule < "R5" else "CRI-Y", "") for rule in away})
    stop = stop_of(trace("R1", 3, Result.NOT_APPLICABLE, every(NO)))
    items = [judged(1, (), "opioids", away), judged(2, (), "opioids", away), judged(3, [stop], "", away[2:3])]
    (away_from,) = quiet_rules(items, glossary)
    assert (away_from.result, away_from.count) == ("not_applicable", 20)
    assert told(away_from) == [
        ("Items 1, 2", "item.topic is opioids", "9 rules: CRI-X, CRI-Y"),
        ("Item 3", "b is no", "R1"),
        ("Item 3", "item.topic is none", "R2"),
    ]


def test_rules_that_ask_for_what_is_not_spoken_of_are_told_by_their_codes() -> None:
    first = ((Result.CLEAR, "CRI-A-one"), (Result.CLEAR, "CRI-A-two"), (Result.NOT_APPLICABLE, "FAC001"))
    items = [
        judged(1, [stop_of(trace("R1", 1, Result.CLEAR, every(NO)))], unspoken=first),
        judged(2, [], unspoken=first),
        judged(3, [], unspoken=((Result.CLEAR, "DEC003"),)),
    ]
    clear, not_applicable = quiet_rules(items, Glossary())
    nothing = "nothing is said of what they ask for"
    assert told(clear) == [
        ("Items 1, 2", nothing, "CRI-A-one/two"),
        ("Item 1", "is yes; here no", "b (R1)"),
        ("Item 3", nothing, "DEC003"),
    ]
    assert told(not_applicable) == [("Items 1, 2", nothing, "FAC001")]
