"""What a finding shows, how sure it is, and what its name hangs on."""

from dataclasses import replace

import pytest

from checker.judging import Judge, RuleCrash
from checker.judging.findings import fingerprint, normalised
from checker.model.facts import UNKNOWN, Confidence, Evidence, Facts, Part
from checker.model.findings import Finding, Reference, Severity
from checker.model.rule import Rule
from checker.model.source import Span
from checker.rulebook.references import pages
from tests.judging.books import book, either, every, is_, rule
from tests.judging.letters import RAW, determination, fact, letter, span, words

FAR = words("twice as far")
GAP = words("does not document better function", Part.RATIONALE)
UPHELD = words("Upheld", Part.HEADING)
NECESSARY = words("not medically necessary", Part.RATIONALE)


def findings(facts: Facts, *rules: Rule) -> tuple[Finding, ...]:
    return Judge(book(*rules), "reference").judge(facts).findings


def only(facts: Facts, *rules: Rule) -> Finding:
    (found,) = findings(facts, *rules)
    return found


BOTH = every(is_("word.one", "b"), is_("word.two", "no"))


def test_a_finding() -> None:
    facts = letter(fact("word.one", "b", FAR), fact("word.two", "no", GAP), fact("decision.outcome", "upheld", UPHELD))
    found = only(facts, rule("R", BOTH, message="{{ item.label }} {{ word.one }} {{ because | join('+') }}"))
    assert (found.code, found.rule, found.item, found.severity) == ("FAC001", "R", 1, Severity.ERROR)
    assert found.message == "the request b word.one+word.two"
    assert found.reference == Reference("A guide", "Walks", "12-14, 20", "A guide (2009)")
    assert found.evidence == (FAR, GAP), "the words of the conditions that held, in the order written"
    assert found.trace.rule == "R"
    assert found.also == ()


def test_only_conditions_that_held_give_words() -> None:
    tree = either(every(is_("word.one", "b"), is_("word.two", "yes")), is_("word.six", "q"))
    facts = letter(fact("word.one", "b", FAR), fact("word.two", "no", GAP), fact("word.six", "q", NECESSARY))
    assert only(facts, rule("R", tree)).evidence == (NECESSARY,)


def test_more_words_where_the_rule_asks_for_them_each_once() -> None:
    facts = letter(
        fact("word.one", "b", FAR), fact("word.two", "no", GAP, FAR), fact("decision.outcome", "upheld", UPHELD)
    )
    found = only(facts, rule("R", BOTH, evidence=["decision.outcome", "word.one"]))
    assert found.evidence == (FAR, GAP, UPHELD)


def test_silence_shows_the_outcome_else_the_heading() -> None:
    silent = [fact("word.one", "b"), fact("word.two", "no")]
    assert only(letter(*silent, fact("decision.outcome", "upheld", UPHELD)), rule("R", BOTH)).evidence == (UPHELD,)
    heading = Evidence(Part.HEADING, span("A second stick"))
    assert only(letter(second=tuple(silent)), rule("R", BOTH)).evidence == (heading,)


def test_silence_of_a_letter_shows_its_header_else_its_first_words() -> None:
    pages_rule = rule("R", {"fact": "letter.pages", "above": 3}, scope="letter")
    facts = letter(whole=(fact("letter.pages", 4),))
    assert only(facts, pages_rule).evidence == (Evidence(Part.HEADER, span("Case number: 7")),)
    header = {"priority": span("CASE SUMMARY"), "case_number": span("7")}
    headed = replace(facts, determination=determination(header=header))
    assert only(headed, pages_rule).evidence == (Evidence(Part.HEADER, span("7")),)


def test_evidence_is_never_empty_even_for_an_empty_letter() -> None:
    facts = letter(whole=(fact("letter.pages", 4),))
    source = replace(facts.determination.source, raw="")
    empty = replace(facts, determination=replace(facts.determination, source=source, items=()))
    found = only(replace(empty, items=()), rule("R", {"fact": "letter.pages", "above": 3}, scope="letter"))
    assert found.evidence == (Evidence(Part.HEADER, Span(0, 0)),)


@pytest.mark.parametrize(
    ("bound", "first", "second", "ground", "expected"),
    [
        ("high", "high", "high", "high", "high"),
        ("medium", "high", "high", "high", "medium"),
        ("high", "low", "high", "high", "low"),
        ("high", "high", "medium", "high", "medium"),
        ("high", "high", "high", "low", "low"),
        ("low", "medium", "high", "medium", "low"),
    ],
)
def test_a_finding_is_as_sure_as_its_weakest_fact(
    bound: str, first: str, second: str, ground: str, expected: str
) -> None:
    facts = letter(
        fact("word.one", "b", FAR, confidence=Confidence(first)),
        fact("word.two", "no", GAP, confidence=Confidence(second)),
        fact("decision.outcome", "upheld", UPHELD, confidence=Confidence(ground)),
        fact("word.six", "p", confidence=Confidence.LOW),
    )
    either_way = every(BOTH, either(is_("word.six", "q"), is_("word.one", "b")))
    found = only(facts, rule("R", either_way, applies_to=is_("decision.outcome", "upheld"), confidence=bound))
    assert found.confidence is Confidence(expected)


@pytest.mark.parametrize(
    ("value", "sure", "severity", "expected"),
    [
        ("no", "low", "error", "note"),
        ("no", "low", "note", "note"),
        ("no", "medium", "error", "error"),
        ("unclear", "low", "warning", "warning"),  # the rule asks for what is unclear
    ],
)
def test_what_was_read_with_low_confidence_is_worth_a_look_and_no_more(
    value: str, sure: str, severity: str, expected: str
) -> None:
    facts = letter(fact("word.two", value, GAP, confidence=Confidence(sure)))
    found = only(facts, rule("R", is_("word.two", value), severity=severity))
    assert found.severity is Severity(expected)


def test_what_the_rule_applies_by_counts_as_well() -> None:
    facts = letter(fact("word.two", "no", GAP), fact("decision.outcome", "upheld", UPHELD, confidence=Confidence.LOW))
    found = only(facts, rule("R", is_("word.two", "no"), applies_to=is_("decision.outcome", "upheld")))
    assert found.severity is Severity.NOTE


def test_the_name_of_a_finding() -> None:
    def name(*quotes: Evidence, of: str = "R", doc: str = "d", item: int = 1) -> str:
        return fingerprint(of, determination(doc), item, quotes)

    base = name(FAR, GAP)
    assert len(base) == 64
    assert name(GAP, FAR) == base, "order does not matter"
    assert name(FAR, FAR, GAP) == base
    folded, spaced = words("She walks twice as far"), Evidence(Part.SUMMARY, span("She  WALKS twice\nas far"))
    assert name(folded) == name(spaced), "nor place, white space or case"
    others = [name(FAR), name(FAR, GAP, of="S"), name(FAR, GAP, doc="e"), name(FAR, GAP, item=2), name(FAR, UPHELD)]
    assert len({base, *others}) == 6


def test_normalised_quotes() -> None:
    assert normalised("  Straße\n ﬁve\t½ ") == "strasse five 1⁄2"


def test_findings_of_one_code_on_the_same_words_are_one() -> None:
    facts = letter(fact("word.one", "b", FAR), fact("word.two", "no", FAR))
    note = rule("A", is_("word.one", "b"), severity="note", message="A says so.")
    error = rule("B", is_("word.two", "no"), message="B says so.")
    same = rule("C", is_("word.two", "no"), confidence="low", message="B says so.")
    found = only(facts, note, error, same)
    assert (found.rule, found.severity, found.confidence) == ("B", Severity.ERROR, Confidence.HIGH)
    assert found.message == "B says so. A says so."
    assert [trace.rule for trace in found.also] == ["C", "A"]
    assert found.fingerprint == only(facts, error).fingerprint


def test_other_words_another_code_or_another_item_stay_apart() -> None:
    facts = letter(fact("word.one", "b", FAR), fact("word.two", "no", GAP), second=(fact("word.one", "b", FAR),))
    found = findings(
        facts,
        rule("A", is_("word.one", "b")),
        rule("B", is_("word.two", "no")),
        rule("C", is_("word.one", "b"), code="FAC002"),
    )
    assert [(each.rule, each.item) for each in found] == [("A", 1), ("B", 1), ("C", 1), ("A", 2), ("C", 2)]


def test_the_order_of_findings() -> None:
    facts = letter(
        fact("word.one", "b", FAR),
        fact("word.two", "no", GAP),
        whole=(fact("letter.pages", 4, words("7", Part.HEADER)),),
        second=(fact("word.one", "b", NECESSARY),),
    )
    found = findings(
        facts,
        rule("Z", is_("word.two", "no"), code="DEC001"),
        rule("N", is_("word.one", "b"), code="ABC001", severity="note"),
        rule("Y", is_("word.one", "b"), code="FAC002", severity="error"),
        rule("L", {"fact": "letter.pages", "above": 3}, scope="letter", severity="warning"),
    )
    assert [(each.item, each.severity.value, each.rule) for each in found] == [
        (0, "warning", "L"),
        (1, "error", "Z"),
        (1, "error", "Y"),
        (1, "note", "N"),
        (2, "error", "Y"),
        (2, "note", "N"),
    ]


def test_pages() -> None:
    assert pages([]) == ""
    assert pages([8]) == "8"
    assert pages([80, 76, 77, 78, 91, 91, 79]) == "76-80, 91"


def test_a_number_in_the_message() -> None:
    text = 'More than {{ parameter("walks.max") }} visits.'
    over = rule("R", {"fact": "item.visits", "above": {"parameter": "walks.max"}}, message=text)
    dated = (fact("letter.guideline_date", "2016-07-29"),)
    assert only(letter(fact("item.visits", 30), whole=dated), over).message == "More than 12 visits."
    assert findings(letter(fact("item.visits", 30)), over) == ()


def test_a_message_that_fails_is_the_error_of_its_rule_and_quotes_nothing() -> None:
    bad = rule("R", is_("word.one", "b"), message="{{ item.visits < item.label }}")
    facts = letter(fact("word.one", "b", FAR), fact("item.visits", 3), fact("item.label", "a secret"))
    with pytest.raises(RuleCrash) as caught:
        findings(facts, bad)
    assert (caught.value.rule, caught.value.doc, caught.value.item) == ("R", "letter-7", 1)
    assert str(caught.value) == (
        "letter-7, item 1: rule R failed: MessageError: the message cannot be built (TypeError)"
    )


def test_the_letter_of_these_tests() -> None:
    assert RAW[FAR.span.start : FAR.span.end] == "twice as far"
    assert UNKNOWN == "unknown"
