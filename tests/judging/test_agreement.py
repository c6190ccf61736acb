"""durable-rules and the reference reading on random rules and random facts."""

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.judging import EngineDisagreement, EngineFailure, Judge, engine
from checker.judging import judge as judging
from checker.judging.compile import Plan
from checker.knowledge.vocabulary import FactName, Vocabulary
from checker.model.facts import UNKNOWN, FactValue
from checker.model.findings import Result
from tests.judging.books import CLOSED, NAMES, book, every, facts, is_, rule, unless
from tests.judging.engines import needs_engine

TEXTS = ["none", "10", "true", "unknown?", "a,b", 'say "hi"', "{x}", "ü", "\\", "walking", "star*"]
NUMBERS = [0, 1, 3, 10, -2, 2.5, 0.1, 0.3, 100]
WHOLE = ["item.visits", "item.cases"]
DAYS = ["2009-07-18", "2016-07-28", "2016-07-29"]
PARAMETERS = [{"parameter": name} for name in ("walks.max", "walks.old", "walks.ever")]
ORDER = ["is", "is_not", "above", "at_least", "below", "at_most"]
EXAMPLES = 120
ITEMS = 100

words = st.sampled_from(sorted(CLOSED)).flatmap(
    lambda name: st.one_of(
        st.tuples(st.just(f"word.{name}"), st.sampled_from(["is", "is_not"]), st.sampled_from(CLOSED[name])),
        st.tuples(
            st.just(f"word.{name}"),
            st.sampled_from(["in", "not_in"]),
            st.lists(st.sampled_from(CLOSED[name]), min_size=1, unique=True),
        ),
    )
)
texts = st.one_of(
    st.tuples(st.sampled_from(["item.drug", "item.topic"]), st.sampled_from(["is", "is_not"]), st.sampled_from(TEXTS)),
    st.tuples(
        st.sampled_from(["item.drug", "item.topic"]),
        st.sampled_from(["in", "not_in"]),
        st.lists(st.sampled_from(TEXTS), min_size=1, max_size=4, unique=True),
    ),
)
numbers = st.one_of(
    st.tuples(st.sampled_from(WHOLE), st.sampled_from(ORDER), st.sampled_from([0, 1, 3, 10, -2])),
    st.tuples(st.sampled_from(["item.visits", "item.dose"]), st.sampled_from(ORDER[2:]), st.sampled_from(PARAMETERS)),
    st.tuples(st.sampled_from(["item.dose", "item.share"]), st.sampled_from(ORDER), st.sampled_from(NUMBERS)),
    st.tuples(st.just("item.day"), st.sampled_from(ORDER), st.sampled_from(DAYS)),
)
leaves = st.one_of(words, words, texts, numbers).map(lambda leaf: {"fact": leaf[0], leaf[1]: leaf[2]})


def trees(depth: int) -> st.SearchStrategy[dict[str, Any]]:
    if depth == 0:
        return leaves
    below = st.lists(trees(depth - 1), min_size=1, max_size=3)
    return st.one_of(leaves, below.map(lambda nodes: {"all": nodes}), below.map(lambda nodes: {"any": nodes}))


def written(n: int, parts: tuple[Any, Any, list[Any], bool]) -> dict[str, Any]:
    applies, flag, exceptions, dated = parts
    keys: dict[str, Any] = {"unless": [unless(f"R{n}.{k}", tree) for k, tree in enumerate(exceptions)]}
    if applies is not None:
        keys["applies_to"] = applies
    if dated:
        keys["effective"] = {"from": "2009-07-18", "to": "2016-07-28"}
    return {"id_": f"R{n:02}", "flag": flag} | keys


rules = st.lists(
    st.tuples(st.none() | trees(1), trees(3), st.lists(trees(1), max_size=2), st.booleans()), min_size=1, max_size=9
).map(lambda parts: [written(n, part) for n, part in enumerate(parts)])


def random_value(name: str, chance: random.Random) -> FactValue:
    if chance.random() < 0.2:
        return UNKNOWN
    fact = NAMES[name]
    if fact.values:
        return chance.choice(fact.values)
    if fact.type == "date":
        return chance.choice([*DAYS, "2009-07-17", "2016-07-30", f"20{chance.randrange(10, 30)}-01-01"])
    if fact.type == "text":
        return chance.choice([*TEXTS, "something else", "1", "True"])
    near = chance.choice([*NUMBERS, 12, 7.5, 4])
    if fact.type == "integer":
        return int(near) + chance.choice([-1, 0, 0, 1])
    return chance.choice([near, near + 0.001, near - 1e-9, 1e-7, 1e18, float(near), 10**25])


@needs_engine
def test_both_readings_agree() -> None:
    """120 rule sets of up to nine rules, 100 items each: 12,000 items; the judge itself refuses any difference."""
    seen: set[Result] = set()

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(rules, st.integers(0, 2**32))
    def agree(drawn: list[dict[str, Any]], seed: int) -> None:
        seen.update(results(drawn, seed))

    agree()
    assert seen == set(Result), "the random cases reach every result"


def results(drawn: list[dict[str, Any]], seed: int) -> set[Result]:
    """Judges a hundred random items by the rules drawn."""
    chance = random.Random(seed)  # noqa: S311
    made = []
    for keys in drawn:
        arguments = dict(keys)
        made.append(rule(arguments.pop("id_"), arguments.pop("flag"), **arguments))
    judge = Judge(book(*made), "durable-rules")
    seen: set[Result] = set()
    engine.ITEMS_A_SESSION = chance.choice([1, 7, 500])
    try:
        for _ in range(ITEMS):
            values = {name.replace(".", "__"): random_value(name, chance) for name in NAMES}
            seen.update(trace.result for trace in judge.considered(facts(**values), "item", doc=str(values)))
    finally:
        engine.ITEMS_A_SESSION = 500
        judge.close()
    return seen


@needs_engine
def test_sixty_concepts_and_two_hundred_rules() -> None:
    """As many rules under one topic as the rulebook may grow to; no error of the engine, no difference."""
    chance = random.Random(7)  # noqa: S311
    statuses = ("documented", "denied", "not_documented", "unclear", "silent")
    names = dict(NAMES)
    for part in ("summary", "rationale"):
        for n in range(60):
            closed = FactName(scope="item", values=statuses, default="silent", meaning="x", origin="x")
            names[f"{part}.c{n}"] = closed
    many = list(names)[-120:]

    def leaf() -> dict[str, Any]:
        if chance.random() < 0.2:
            return {"fact": chance.choice(many), "is_not": chance.choice(statuses)}
        return is_(chance.choice(many), chance.choice(statuses))

    made = [rule(f"R{n:03}", every(leaf(), leaf(), leaf()), applies_to=leaf()) for n in range(200)]
    judge = Judge(book(*made, vocabulary=Vocabulary(names, {}, {})), "durable-rules")
    for _ in range(150):
        values: dict[str, FactValue] = {
            name.replace(".", "__"): UNKNOWN if chance.random() < 0.1 else chance.choice(statuses)
            for name in many
            if chance.random() < 0.5
        }
        judge.considered(facts(names=names, **values), "item")
    for value in (*statuses, UNKNOWN):
        same: dict[str, FactValue] = {name.replace(".", "__"): value for name in many}
        judge.considered(facts(names=names, **same), "item")
    judge.close()


@needs_engine
def test_a_difference_is_an_error_and_never_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = Judge(book(rule("R1", is_("word.one", "a")), rule("R2", is_("word.one", "b"))), "durable-rules")
    item = facts(word__one="a")
    judge.considered(item, "item")
    honest = Plan.results

    def lying(plan: Plan, fired: list[str]) -> list[Result]:
        return [Result.CLEAR if result is Result.FLAGGED else result for result in honest(plan, fired)]

    monkeypatch.setattr(Plan, "results", lying)
    with pytest.raises(EngineDisagreement) as caught:
        judge.considered(item, "item", "letter-7")
    assert caught.value.rules == (("R1", "clear", "flagged"),)
    assert str(caught.value) == (
        "letter-7, item 1: the engine and the reference reading disagree: R1: engine clear, reference flagged"
    )


class Broken:
    """An engine that fails in the way asked for."""

    def __init__(self, how: str) -> None:
        self.how, self.sessions, self.pending = how, 0, [""]
        self.deleted, self.freed = 0, 0

    def create_ruleset(self, name: str, definition: str) -> int:
        if self.how == "refuses":
            raise RuntimeError("Could not create ruleset, error code: 105")
        return 1

    def assert_facts(self, handle: int, batch: str) -> tuple[int, int]:
        self.sessions += 1
        if self.how == "raises" and self.sessions == 2:
            raise RuntimeError("Could not assert facts, error code: 303")
        if self.how == "interrupted" and self.sessions == 2:
            raise KeyboardInterrupt
        if self.how == "observed" and self.sessions == 2:
            return 2, 1
        lost = self.how == "drops" and self.sessions == 2
        self.pending = ['{"begin":{}}', *([] if lost else ['{"end":{}}'])]
        return 0, 1

    def start_action_for_state(self, handle: int, state: int) -> tuple[str, str] | None:
        return ("{}", self.pending.pop(0)) if self.pending else None

    def complete_and_start_action(self, handle: int, state: int) -> str | None:
        return self.pending.pop(0) if self.pending else None

    def retract_facts(self, handle: int, batch: str) -> tuple[int, int]:
        return 0, 1

    def delete_state(self, handle: int, sid: str) -> None:
        self.deleted += 1

    def delete_ruleset(self, handle: int) -> None:
        self.freed += 1


def broken_judge(how: str, monkeypatch: pytest.MonkeyPatch, made: Broken | None = None) -> Judge:
    monkeypatch.setattr(judging.durable, "extension", lambda: made or Broken(how))
    return Judge(book(rule("R1", is_("word.one", "a"))), "durable-rules")


@pytest.mark.parametrize(
    ("how", "text"),
    [
        ("raises", "durable-rules: Could not assert facts, error code: 303"),
        ("drops", "durable-rules dropped facts"),
        ("observed", r"durable-rules: facts were not taken \(code 2\)"),
    ],
)
def test_an_engine_that_fails_is_not_green(how: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    judge = broken_judge(how, monkeypatch)
    with pytest.raises(EngineFailure, match=text):
        judge.considered(facts(word__one="b"), "item")
    with pytest.raises(EngineFailure, match="failed before; its state is not known"):
        judge.considered(facts(word__one="b"), "item")


def test_an_engine_that_never_fires_disagrees(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = broken_judge("sleeps", monkeypatch)
    judge.considered(facts(word__one="b"), "item")
    with pytest.raises(EngineDisagreement, match="R1: engine clear, reference flagged"):
        judge.considered(facts(word__one="a"), "item")


def test_an_engine_that_refuses_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = broken_judge("refuses", monkeypatch)
    for _ in range(2):
        with pytest.raises(EngineFailure, match="refuses the rule set item-0-0: Could not create ruleset"):
            judge.considered(facts(word__one="b"), "item")


class Counting:
    """The engine, and the names of the rule sets that were made in it and freed."""

    def __init__(self) -> None:
        self.engine, self.made, self.freed = engine.extension(), list[str](), 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.engine, name)

    def create_ruleset(self, name: str, definition: str) -> int:
        self.made.append(name)
        return self.engine.create_ruleset(name, definition)

    def delete_ruleset(self, handle: int) -> None:
        self.freed += 1
        self.engine.delete_ruleset(handle)


@needs_engine
def test_rule_sets_are_made_for_what_letters_ask_and_shared_by_periods_that_read_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Counting()
    monkeypatch.setattr(judging.durable, "extension", lambda: made)
    walks, runs = (every(is_("item.topic", topic), is_("word.one", "a")) for topic in ("walking", "running"))
    within = every(is_("item.topic", "walking"), {"fact": "item.visits", "above": {"parameter": "walks.max"}})
    rules = [
        rule("R1", is_("word.one", "a"), applies_to=runs),
        rule("R2", is_("word.one", "a"), applies_to=walks),
        rule("R3", within, applies_to=is_("item.topic", "swimming")),
        rule("R4", is_("word.one", "a"), applies_to=is_("item.topic", "running"), effective={"to": "2009-07-17"}),
    ]
    judge = Judge(book(*rules), "durable-rules")

    def ask(topic: str, day: str) -> list[str]:
        """Names of the rule sets that an item of a topic is the first to need."""
        before = len(made.made)
        judge.considered(facts(item__topic=topic, letter__guideline_date=day), "item")
        return made.made[before:]

    assert made.made == [], "none before the first item"
    assert len(ask("walking", "2012-01-01")) == 1
    assert ask("walking", "2012-01-01") == []
    assert ask("walking", "2001-01-01") == ask("walking", "2018-01-01") == [], "no number is in it"
    assert [len(ask("swimming", day)) for day in ("2001-01-01", "2012-01-01", "2018-01-01")] == [1, 1, 1]
    assert [len(ask("running", day)) for day in ("2001-01-01", "2012-01-01", "2018-01-01")] == [1, 1, 0]
    judge.warm(["2012-01-01", "2018-01-01"])
    assert len(made.made) == len(set(made.made)) == 6, "all had been asked for"
    judge.close()
    assert made.freed == 6


def test_an_interrupt_leaves_no_session_that_looks_usable(monkeypatch: pytest.MonkeyPatch) -> None:
    judge = broken_judge("interrupted", monkeypatch)
    with pytest.raises(KeyboardInterrupt):
        judge.considered(facts(word__one="b"), "item")
    with pytest.raises(EngineFailure, match="failed before"):
        judge.considered(facts(word__one="b"), "item")


def test_a_session_is_renewed_now_and_then_and_freed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Broken("sleeps")
    judge = broken_judge("sleeps", monkeypatch, made)
    for _ in range(2 * engine.ITEMS_A_SESSION):
        judge.considered(facts(word__one="b"), "item")
    assert made.sessions == 2 * engine.ITEMS_A_SESSION + 1, "and one to begin with"
    assert made.deleted == 2
    judge.close()
    judge.close()
    assert made.freed == 1
    with pytest.raises(EngineFailure):
        judge.considered(facts(word__one="b"), "item")
