"""The judge as a whole: results counted, groups, periods, traces, engines, failures."""

import pickle
import subprocess
import sys
from dataclasses import replace

import pytest

from checker.judging import EngineUnavailable, FactsError, Judge, RuleCrash
from checker.judging import judge as judging
from checker.judging.engine import NAME
from checker.judging.judge import REFERENCE, Traces
from checker.judging.program import Condition, Periods
from checker.model.facts import UNKNOWN, Fact, Facts
from checker.model.findings import Judgement, Result, Trace
from tests.judging.books import NAMES, book, every, facts, is_, rule, unless
from tests.judging.engines import ENGINES, needs_engine
from tests.judging.letters import fact, letter, words
from tests.reporting.builders import stop_of

RULES = [
    rule("A.any", is_("word.one", "b")),
    rule("B.walking", is_("word.one", "b"), applies_to=every(is_("item.topic", "walking"))),
    rule("C.two", is_("word.one", "b"), applies_to={"fact": "item.topic", "in": ["walking", "sitting"]}),
    rule("D.letter", {"fact": "letter.pages", "above": 3}, scope="letter"),
    rule("E.draft", is_("word.one", "b"), status="draft"),
    rule("F.old", is_("word.one", "b"), effective={"to": "2016-07-28"}),
    rule(
        "G.dated",
        {"fact": "item.visits", "above": {"parameter": "walks.max"}},
        unless=[unless("G.x", is_("word.two", "no"))],
    ),
]


def results(judgement: Judgement, item: int) -> dict[str, str]:
    return {trace.rule: trace.result.value for trace in judgement.items[item - 1].traces}


def told(topic: str, day: str = UNKNOWN) -> Facts:
    whole = (fact("letter.guideline_date", day), fact("letter.pages", 4))
    first = (fact("word.one", "b", words("twice as far")), fact("item.topic", topic), fact("item.visits", 11))
    return letter(*first, whole=whole)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("topic", "day", "expected"),
    [
        ("walking", "2012-01-01", "flagged flagged flagged flagged flagged"),
        ("sitting", "2012-01-01", "flagged not_applicable flagged flagged flagged"),
        ("none", "2012-01-01", "flagged not_applicable not_applicable flagged flagged"),
        (UNKNOWN, "2012-01-01", "flagged undecided undecided flagged flagged"),
        ("walking", "2016-08-01", "flagged flagged flagged not_applicable clear"),
        ("walking", UNKNOWN, "flagged flagged flagged flagged undecided"),
    ],
)
def test_results_by_topic_and_day(engine: str, topic: str, day: str, expected: str) -> None:
    judgement = Judge(book(*RULES), engine).judge(told(topic, day))
    ids = ["A.any", "B.walking", "C.two", "F.old", "G.dated"]
    assert results(judgement, 1) == dict(zip(ids, expected.split(), strict=True))
    counts = judgement.items[0].results
    assert {result: count for result, count in counts.items() if count} == {
        result: expected.split().count(result.value) for result in Result if result.value in expected.split()
    }
    assert sum(counts.values()) == len(ids), "every active rule is counted, none twice"
    assert [trace.result for trace in judgement.letter.traces] == [Result.FLAGGED]
    assert judgement.items[0].topic == ("" if topic in {UNKNOWN, "none"} else topic)
    assert {finding.rule for finding in judgement.findings if finding.item == 1} <= set(ids)
    assert judgement.rules == "digest"


@pytest.mark.parametrize("engine", ENGINES)
def test_the_same_letter_gives_the_same_judgement(engine: str) -> None:
    first = Judge(book(*RULES), engine)
    again = Judge(book(*reversed(RULES)), engine)
    for topic in ("walking", "none"):
        one, two, three = first.judge(told(topic)), first.judge(told(topic)), again.judge(told(topic))
        assert one == two == three
        assert repr(one.findings) == repr(two.findings) == repr(three.findings)


@needs_engine
def test_both_engines_say_the_same() -> None:
    for topic in ("walking", "sitting", "none", UNKNOWN):
        engine, reference = (Judge(book(*RULES), name).judge(told(topic)) for name in ("durable-rules", "reference"))
        assert engine.findings == reference.findings
        assert engine.items == reference.items
        assert (engine.engine, reference.engine) == (NAME, REFERENCE)


def test_without_durable_rules_the_reference_reading_judges_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent() -> None:
        raise EngineUnavailable("durable-rules is not installed")

    monkeypatch.setattr(judging.durable, "extension", absent)
    assert Judge(book(*RULES)).engine == "reference reading"
    assert Judge(book(*RULES)).judge(told("walking")).engine == "reference reading"
    with pytest.raises(EngineUnavailable, match="is not installed"):
        Judge(book(*RULES), "durable-rules")
    with pytest.raises(ValueError, match="no engine 'clips'"):
        Judge(book(*RULES), "clips")


@needs_engine
def test_the_choice_by_itself() -> None:
    assert Judge(book(*RULES)).engine == "durable-rules 2.0.28"


def test_the_reference_reading_loads_no_engine() -> None:
    script = (
        "import sys; import checker.judging; from checker.judging import Judge; "
        "sys.exit(any(name.startswith('durable') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_traces_are_built_when_they_are_looked_at() -> None:
    traces = Judge(book(*RULES), "reference").judge(told("walking")).items[0].traces
    assert isinstance(traces, Traces)
    assert len(traces) == 5
    assert isinstance(traces[0], Trace)
    assert traces[-1] == traces[4]
    assert [trace.rule for trace in traces[1:3]] == ["B.walking", "C.two"]
    assert traces.of("C.two") == traces[2]
    with pytest.raises(KeyError, match=r"C\.none"):
        traces.of("C.none")
    assert traces == tuple(traces)
    assert tuple(traces) == traces
    assert hash(traces) == hash(tuple(traces))
    assert traces != tuple(traces)[:-1]
    with pytest.raises(IndexError):
        traces[5]


def test_a_judgement_goes_through_a_pipe() -> None:
    judgement = Judge(book(*RULES), "reference").judge(told("walking"))
    copy = pickle.loads(pickle.dumps(judgement))  # noqa: S301
    assert copy.findings == judgement.findings
    assert copy.items[0].traces == judgement.items[0].traces
    assert type(copy.items[0].traces) is tuple


def test_a_letter_without_items() -> None:
    told_nothing = letter(whole=(fact("letter.pages", 4),))
    judgement = Judge(book(*RULES), "reference").judge(Facts(**{**_fields(told_nothing), "items": (), "criteria": ()}))
    assert judgement.items == ()
    assert [finding.rule for finding in judgement.findings] == ["D.letter"]


def _fields(facts_: Facts) -> dict[str, object]:
    return {name: getattr(facts_, name) for name in facts_.__slots__}


@pytest.mark.parametrize("engine", ENGINES)
def test_wrong_facts_are_an_error(engine: str) -> None:
    judge = Judge(book(rule("R", is_("word.one", "b"))), engine)
    item = facts()
    missing = {name: value for name, value in item.facts.items() if name != "word.one"}
    with pytest.raises(FactsError) as caught:
        judge.considered(type(item)(1, missing), "item", "letter-7")
    assert str(caught.value) == "letter-7, item 1: fact word.one: is not among the facts of the item"


@needs_engine
def test_a_value_outside_the_vocabulary_is_an_error_where_the_engine_decides() -> None:
    judge = Judge(book(rule("R", is_("word.one", "b"))), "durable-rules")
    item = facts()
    odd = dict(item.facts) | {"word.one": Fact("word.one", "z")}
    with pytest.raises(FactsError, match="a value that is not in the vocabulary"):
        judge.considered(type(item)(1, odd), "item")


def test_a_rule_that_crashes_is_named_and_nothing_is_quoted() -> None:
    sound = rule("R.before", is_("word.one", "b"))
    judge = Judge(book(sound, rule("R.one", {"fact": "item.visits", "above": 3})), "reference")
    facts_ = letter(fact("item.visits", "a secret"))
    with pytest.raises(RuleCrash) as caught:
        judge.judge(facts_)
    assert str(caught.value) == "letter-7, item 1: rule R.one failed: TypeError"


def test_rules_of_other_topics_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    others = [rule(f"T{n:02}", is_("word.two", "no"), applies_to=is_("item.topic", f"topic-{n}")) for n in range(50)]
    judge = Judge(book(rule("A", is_("word.one", "b")), *others), "reference")
    read: list[str] = []
    honest = Condition.__getattribute__

    def watching(self: Condition, name: str) -> object:
        if name == "test":
            read.append(honest(self, "fact"))
        return honest(self, name)

    judge.judge(told("none"))  # the tree of the rules is made
    monkeypatch.setattr(Condition, "__getattribute__", watching)
    judge.judge(told("none"))
    assert read == ["word.one"], "one condition, and one of two items that say something of its fact"


def test_days_are_taken_in_order_whatever_the_order_of_the_rules() -> None:
    late = rule("A", is_("word.one", "b"), effective={"from": "2020-01-01"})
    early = rule("B", is_("word.one", "b"), effective={"to": "1999-12-31"})
    for day, expected in (("1999-12-31", [False, True]), ("2000-01-01", [False, False]), ("2020-01-01", [True, False])):
        periods = Periods(book(late, early))
        for other in ("1990-01-01", "2005-01-01", "2030-01-01", UNKNOWN):
            periods.program(other)
        assert [ready.in_force for ready in periods.program(day).rules["item"]] == expected


def test_days_on_which_nothing_changes_share_a_program() -> None:
    periods = Periods(book(*RULES))
    assert periods.program("2016-07-29") is periods.program("2030-01-01")
    assert periods.program("2009-07-18") is periods.program("2016-07-28")
    assert periods.program("2009-07-17") is not periods.program("2009-07-18")
    assert periods.program(UNKNOWN) is not periods.program("2016-07-28")
    plain = Periods(book(rule("R", is_("word.one", "b"), effective={"to": "9999-12-31"})))
    assert plain.program("2016-07-28").rules["item"][0].in_force


def test_the_rules_that_applied_are_told_without_their_traces() -> None:
    judged = Judge(book(*RULES), "reference").judge(told("walking"))
    for item in (judged.letter, *judged.items):
        traced = {(t.rule, t.code, t.result) for t in item.traces if t.result is not Result.NOT_APPLICABLE}
        assert set(item.applied) == traced
        assert len(item.applied) == len(traced)
        assert pickle.loads(pickle.dumps(item.applied)) == tuple(item.applied)  # noqa: S301 (our own bytes)
    assert any(item.applied for item in judged.items)


@pytest.mark.parametrize("topic", ["walking", "none", UNKNOWN])
@pytest.mark.parametrize("day", ["2012-01-01", "2016-08-01", UNKNOWN])
def test_what_stopped_a_rule_is_what_its_trace_says(topic: str, day: str) -> None:
    judged = Judge(book(*RULES), "reference").judge(told(topic, day))
    for item in (judged.letter, *judged.items):
        stops = [stop_of(trace) for trace in item.traces if trace.result is not Result.FLAGGED]
        away = [stop for stop in stops if stop.rules[0] in item.elsewhere]
        each = {rule: replace(stop, rules=(rule,)) for stop in item.stops for rule in stop.rules}
        near = {stop.rules[0]: stop for stop in stops if stop.rules[0] not in item.elsewhere}
        assert each == {rule: stop for rule, stop in near.items() if rule in each}
        codes = {trace.rule: trace.code for trace in item.traces}
        assert {(stop.result, codes[rule]) for rule, stop in near.items() if rule not in each} == set(item.unspoken)
        unspoken = [stop.leaf for rule, stop in near.items() if rule not in each]
        assert all(leaf is not None and leaf.value == NAMES[leaf.fact].default for leaf in unspoken)
        assert len(each) == sum(len(stop.rules) for stop in item.stops)
        assert [stop.rules[0] for stop in away] == list(item.elsewhere)
        assert all(stop.leaf is not None and stop.leaf.fact == "item.topic" for stop in away)


def test_rules_about_other_topics_are_told_apart() -> None:
    judge = Judge(book(*RULES), "reference")
    assert judge.judge(told("sitting")).items[0].elsewhere == ("B.walking",)
    assert judge.judge(told("none")).items[0].elsewhere == ("B.walking", "C.two")
    assert judge.judge(told(UNKNOWN)).items[0].elsewhere == ()


def test_what_stopped_a_rule_whose_trees_nest() -> None:
    nested = rule(
        "N.nested",
        {"any": [every(is_("word.one", "c"), is_("word.two", "no")), is_("word.two", "no")]},
    )
    (stop,) = Judge(book(nested), "reference").judge(told("walking")).items[0].stops
    assert stop.leaf is not None
    assert (stop.leaf.fact, stop.leaf.wanted, stop.others) == ("word.one", "c", 1)
