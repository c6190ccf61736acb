"""Blind double review: of a marked finding nothing of others is seen before an own word, and what is blind is known."""

from checker.review.blind import NOTHING_BLIND, Blinding
from checker.review.sampling import Sample, Unit, draw, marked
from checker.review.standing import Today
from checker.review.statements import Statement
from tests.review.statements import statement

MARKED = Blinding.of_sample({"units": [{"doc": "A", "item": 1, "double": True}, {"doc": "B", "item": 0}]})
HERE = statement()
PRESENT = {HERE.fingerprint: Today(HERE.fingerprint, "DEC001", "A", 1, "aa", "bb")}
OTHER = statement(reviewer="B.S.")
BACK = statement(reviewer="B.S.", verdict="withdrawn", item=0, rule="", rule_hash="", evidence_hash="")


def seen(*said: Statement, by: str = "B.S.", blinding: Blinding = MARKED) -> list[str]:
    return [f"{s.reviewer} {s.verdict.value}" for s in blinding.visible(said, by, PRESENT)]


def test_others_are_hidden_until_the_own_word() -> None:
    assert seen(HERE) == seen(HERE, by="") == []
    assert seen(HERE, OTHER) == ["A.R. confirmed", "B.S. confirmed"]
    assert seen(HERE, OTHER, BACK) == ["B.S. confirmed", "B.S. withdrawn"]
    assert seen(HERE, statement(reviewer="A.R.", verdict="withdrawn", item=0)) == []


def test_what_is_not_marked_is_seen() -> None:
    assert seen(HERE, blinding=NOTHING_BLIND) == ["A.R. confirmed"]
    assert seen(statement(item=2), statement(doc="B")) == ["A.R. confirmed"] * 2
    assert seen(statement(doc="B", item=0, code="", verdict="clean")) == ["A.R. clean"]
    assert seen(statement(item=2), blinding=Blinding(everything=True)) == []


def test_a_stale_word_of_ones_own_opens_nothing() -> None:
    old = statement(reviewer="B.S.", rule_hash="00")
    assert seen(HERE, old) == ["B.S. confirmed"]


def test_of_a_marked_letter_the_missed_are_hidden_too() -> None:
    clean = {"verdict": "clean", "code": "", "rule": "", "item": 0}
    first = statement(fingerprint="c" * 16, **clean)
    assert seen(first) == []
    assert seen(first, statement(fingerprint="c" * 16, reviewer="B.S.", **clean)) == ["A.R. clean", "B.S. clean"]


def test_a_statement_is_blind_while_nothing_was_shown() -> None:
    assert MARKED.unseen([], HERE)
    assert MARKED.unseen([HERE], OTHER)
    # the first changes her mind before anybody else spoke: still blind; afterwards she has seen the other
    assert MARKED.unseen([HERE], HERE)
    assert not MARKED.unseen([HERE, OTHER], HERE)
    assert not MARKED.unseen([HERE, OTHER, BACK], OTHER), "taking it back does not make her forget"
    assert not MARKED.unseen([], statement(item=2))


def test_the_marked_are_a_sample_of_the_sample() -> None:
    units = [Unit(f"L{n}", "00", 1) for n in range(40)]
    drawn = draw(units, 20, "s")
    few, more = marked(drawn, 5), marked(drawn, 9)
    assert len(few.double) == 5
    assert few.double < more.double < set(drawn.units)
    assert few.double != set(drawn.units[:5]), "its place in the draw does not decide"
    assert [unit.get("double") for unit in units_of(few)].count(True) == 5
    assert marked(drawn, 99).double == set(drawn.units)


def units_of(sample: Sample) -> list[dict[str, object]]:
    record = sample.record()["units"]
    assert isinstance(record, list)
    return record
