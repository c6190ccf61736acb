"""Why not: the first condition that stopped a rule, and rules with one reason together."""

from checker.model.facts import UNKNOWN
from checker.model.findings import Result, Step, Trace, Truth
from checker.reporting.glossary import Glossary, RuleCard
from checker.reporting.traces import held, quiet_rules
from tests.reporting.builders import either, every, leaf, stop_of

YES = leaf("a", "yes", "yes", Truth.TRUE)
NO = leaf("b", "yes", "no", Truth.FALSE)
OTHER = leaf("c", "yes", "no", Truth.FALSE)
OPEN = leaf("d", "yes", UNKNOWN, Truth.UNKNOWN)


def test_what_held_leaves_out_the_alternatives_that_did_not() -> None:
    assert list(held(every(YES, either(NO, leaf("e", "x", "x", Truth.TRUE))))) == [
        YES,
        leaf("e", "x", "x", Truth.TRUE),
    ]
    assert list(held(every(YES, NO))) == []


def trace(rule: str, item: int, result: Result, tree: Step, **more: tuple[str, ...]) -> Trace:
    if result is Result.NOT_APPLICABLE:
        return Trace(rule, rule, item, result, tree)
    return Trace(rule, rule, item, result, every(YES), tree, **more)  # type: ignore[arg-type]


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
        [stop_of(t) for t in traces if t.result is not Result.FLAGGED], Glossary({"R1": RuleCard("R1", "First")})
    )
    assert (clear.result, clear.count) == ("clear", 3)
    assert [(r.on, r.ids, r.text) for r in clear.reasons] == [
        ("item 1, 2", "R1", "b is yes; here no"),
        ("item 1", "is yes; here no", "b (R2), c (R3)"),
    ]
    assert [(r.items, r.ids) for r in not_applicable.reasons] == [((2,), "R2")]


def test_an_undecided_rule_names_what_is_missing_and_what_that_means() -> None:
    open_ = trace("R1", 1, Result.UNDECIDED, every(OPEN), missing=("d",))
    (undecided,) = quiet_rules([stop_of(open_)], Glossary(meanings={"d": "Whether it is so."}))
    assert undecided.reasons[0].text == "for want of d (whether it is so)"


def test_codes_of_one_family_stand_together() -> None:
    codes = ("CRI-A-one", "CRI-A-two", "CRI-B-one", "FAC001", "R-9")
    glossary = Glossary({f"{code}.{n}": RuleCard(code, "") for code in codes for n in range(2)})
    assert glossary.families(tuple(glossary.rules)) == "CRI-A-one/two, CRI-B-one, FAC001, R-9"


def test_rules_about_other_topics_stand_with_the_items_of_one_topic() -> None:
    away = tuple(f"R{n}" for n in range(9))
    glossary = Glossary({rule: RuleCard("CRI-X" if rule < "R5" else "CRI-Y", "") for rule in away})
    stop = stop_of(trace("R1", 3, Result.NOT_APPLICABLE, every(NO)))
    (quiet,) = quiet_rules([stop], glossary, [(1, "opioids", away), (2, "opioids", away), (3, "", away[2:3])])
    assert (quiet.result, quiet.count) == ("not_applicable", 9)
    assert [(r.items, r.ids, r.text) for r in quiet.reasons] == [
        ((3,), "R1", "b is no here; 1 rule wants something else"),
        ((1, 2), "CRI-X, CRI-Y", "item.topic is opioids here; 9 rules want something else"),
        ((3,), "R2", "item.topic is none here; 1 rule wants something else"),
    ]
