"""What counts, what is known, and which entries have outlived their sense."""

import datetime
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from checker.batch.letters import Identity
from checker.gate import Baseline, Gate, Known
from checker.model.findings import Beside
from tests.gate.findings import TODAY, baseline, doc, findings, gate, name, passed, suppression, suppressions, told


def test_without_entries_every_finding_counts() -> None:
    made = gate()
    assert set(passed(made).values()) == {"counts"}
    assert told(made) == []


@given(st.sets(st.integers(0, len(findings()) - 1)))
def test_exactly_what_the_baseline_holds_is_known(chosen: set[int]) -> None:
    accepted = [findings()[n] for n in sorted(chosen)]
    made = gate(baseline(*accepted))
    outcome = passed(made)
    assert {f for f, state in outcome.items() if state == "baselined"} == {f.fingerprint for f in accepted}
    assert told(made) == []


def test_a_second_finding_beside_an_accepted_one_counts() -> None:
    first = findings()[0]
    second = replace(first, fingerprint="0" * 64)
    made = gate(baseline(first))
    assert passed(made, (first, second)) == {first.fingerprint: "baselined", second.fingerprint: "counts"}


def test_an_entry_whose_finding_is_gone_is_out_of_date() -> None:
    first, *others = findings()
    made = gate(baseline(first, others[0]))
    passed(made, tuple(others))
    assert told(made) == [
        f"baseline.jsonl:2:1: {first.code} on {doc()}:{first.item} is no longer found "
        "(take the line out, or write the baseline anew)"
    ]


def test_of_a_letter_that_was_not_judged_nothing_is_said() -> None:
    made = gate(baseline(*findings()), suppressions(suppression(findings()[0])))
    assert told(made) == []


def test_without_comparison_nothing_is_said_of_what_only_a_batch_shows() -> None:
    beside = replace(findings()[0], code="BAT001", fingerprint="1" * 64)
    made = gate(baseline(beside))
    passed(made)
    assert told(made, across=False) == []
    assert len(told(made, across=True)) == 1


def test_of_a_pair_of_which_one_letter_was_not_judged_nothing_is_said() -> None:
    other = Beside("sample-0002", "letters/b.txt", "cd" * 32, 1, "Soma", "upheld", "distance 0", (), 1)
    beside = replace(findings()[0], code="BAT001", fingerprint="1" * 64, beside=(other,))
    made = gate(baseline(beside))
    passed(made)
    assert told(made) == []
    assert [entry.fingerprint for entry in made.to_keep(across=True)] == ["1" * 64]
    made.judged(Identity("sample-0002", "letters/b.txt", "cd" * 32))
    assert len(told(made)) == 1
    assert made.to_keep(across=True) == ()


def test_a_suppression_holds_through_its_last_day() -> None:
    finding = findings()[0]
    entry = suppression(finding, expires=TODAY)
    held, late = (
        gate(None, suppressions(entry)),
        gate(None, suppressions(entry), today=TODAY + datetime.timedelta(days=1)),
    )
    assert passed(held)[finding.fingerprint] == "suppressed"
    assert told(held) == []
    assert passed(late)[finding.fingerprint] == "counts"
    assert told(late) == [
        f"suppressions.yaml:3:5: the suppression of {finding.code} on {doc()} lapsed on 2026-03-01 "
        "(answer the finding, or have QA renew it)"
    ]


def test_a_lapsed_suppression_is_told_even_where_its_letter_is_not_in_the_run() -> None:
    made = gate(None, suppressions(suppression(findings()[0], expires=datetime.date(2020, 1, 1))))
    assert len(told(made)) == 1


def test_a_suppression_covers_its_item_and_its_finding_only() -> None:
    finding = next(f for f in findings() if f.item == 1)
    for changed in ({"item": 2}, {"fingerprint": "f" * 64}, {"doc": "another"}):
        made = gate(None, suppressions(suppression(finding, **changed)))
        assert passed(made)[finding.fingerprint] == "counts", changed
    for changed in ({"item": 1}, {"fingerprint": finding.fingerprint}, {"code": finding.code.lower()}):
        made = gate(None, suppressions(suppression(finding, **changed)))
        assert passed(made)[finding.fingerprint] == "suppressed", changed
        assert told(made) == []


def test_a_suppression_that_suppresses_nothing_is_out_of_date() -> None:
    finding = findings()[0]
    made = gate(None, suppressions(suppression(finding, item=99)))
    passed(made)
    assert told(made) == [
        f"suppressions.yaml:3:5: the suppression of {finding.code} on {doc()}:99 suppresses nothing (take it out)"
    ]


def test_a_suppression_goes_before_the_baseline_whose_entry_stays_good() -> None:
    finding = findings()[0]
    made = gate(baseline(finding), suppressions(suppression(finding)))
    assert passed(made)[finding.fingerprint] == "suppressed"
    assert told(made) == []


def test_the_mark_says_who_answers_for_it_and_how_long() -> None:
    finding = findings()[0]
    made = gate(None, suppressions(suppression(finding)))
    (mark,) = made.sift(name(), (finding,)).marks.values()
    assert mark.known is Known.SUPPRESSED
    assert mark.words == "suppressed until 2026-12-31 by QA: answered by letter"
    assert mark.place == "suppressions.yaml:3"


def test_writing_accepts_what_is_found_and_keeps_what_could_not_be_judged() -> None:
    first, second, *_ = findings()
    elsewhere = replace(first, fingerprint="2" * 64)
    other = Identity("not-in-this-run", "letters/c.txt", "ef" * 32)
    old = Baseline("baseline.jsonl", baseline(first, second).entries + baseline(elsewhere, of=other).entries)
    made = gate(old, suppressions(suppression(second)), writing=True)
    outcome = passed(made, (first, second))
    assert outcome == {first.fingerprint: "baselined", second.fingerprint: "suppressed"}
    kept = {entry.fingerprint for entry in made.to_keep(across=True)}
    assert kept == {first.fingerprint, second.fingerprint, elsewhere.fingerprint}
    assert told(made) == []


def test_writing_drops_what_is_no_longer_found() -> None:
    first, second, *_ = findings()
    made = gate(baseline(first, second), writing=True)
    passed(made, (first,))
    assert {entry.fingerprint for entry in made.to_keep(across=True)} == {first.fingerprint}


HERE = Identity(doc(), "letters/a/sample-0001.txt", "aa" * 32)
NAMESAKE = Identity(doc(), "letters/b/sample-0001.txt", "bb" * 32)
FIRST = findings()[:1]


def known(made: Gate, *letters: Identity) -> list[str]:
    """What becomes of the first finding of letters of one name, one after the other."""
    return [state for of in letters for state in passed(made, FIRST, of).values()]


def test_a_letter_of_the_same_name_elsewhere_is_not_taken_for_the_accepted_one() -> None:
    assert known(gate(baseline(*FIRST, of=HERE)), HERE, NAMESAKE) == ["baselined", "counts"]
    assert known(gate(baseline(*FIRST, of=HERE)), NAMESAKE, HERE) == ["counts", "baselined"]
    alone = gate(baseline(*FIRST, of=HERE))
    assert known(alone, NAMESAKE) == ["counts"]
    assert told(alone) == []


def test_an_entry_follows_its_letter_when_it_is_moved_or_issued_anew() -> None:
    moved = replace(HERE, source="letters/c/sample-0001.txt")
    anew = replace(HERE, sha256="cc" * 32)
    spelled = replace(anew, source=str(Path.cwd() / "letters" / "x" / ".." / "a" / "sample-0001.txt"))
    for letter in (moved, anew, spelled):
        assert known(gate(baseline(*FIRST, of=HERE)), letter) == ["baselined"], letter
    mended = gate(baseline(*FIRST, of=HERE))
    passed(mended, (), anew)
    assert len(told(mended)) == 1


def test_an_entry_accepts_one_of_two_copies() -> None:
    copy = replace(HERE, source="letters/0/sample-0001.txt")
    assert sorted(known(gate(baseline(*FIRST, of=HERE)), copy, HERE)) == ["baselined", "counts"]
    both = baseline(*FIRST, of=HERE).entries + baseline(*FIRST, of=copy).entries
    assert known(gate(Baseline("b", both)), HERE, copy) == ["baselined", "baselined"]


def test_a_baseline_that_is_written_holds_an_entry_for_each_letter_of_a_name() -> None:
    old = baseline(*FIRST, of=replace(HERE, sha256="cc" * 32))
    made = gate(old, writing=True)
    known(made, HERE, NAMESAKE)
    assert [(entry.source, entry.sha256) for entry in made.to_keep(across=True)] == [
        (HERE.source, HERE.sha256),
        (NAMESAKE.source, NAMESAKE.sha256),
    ]


def test_a_suppression_may_say_which_letter_of_a_name_it_means() -> None:
    for narrowed in ({"source": "./" + HERE.source}, {"sha256": HERE.sha256}):
        made = gate(None, suppressions(suppression(FIRST[0], **narrowed)))
        assert known(made, HERE, NAMESAKE) == ["suppressed", "counts"]
        assert told(made) == []
    elsewhere = gate(None, suppressions(suppression(FIRST[0], source=HERE.source)))
    assert known(elsewhere, NAMESAKE) == ["counts"]
    assert told(elsewhere) == []


def test_a_suppression_that_holds_for_two_letters_is_told() -> None:
    made = gate(None, suppressions(suppression(FIRST[0])))
    known(made, HERE, replace(HERE, source="copies/sample-0001.txt"))
    assert told(made) == []
    known(made, NAMESAKE)
    assert told(made) == [
        f"suppressions.yaml:3:5: the suppression of {FIRST[0].code} on {doc()} covers 2 letters of that name: "
        f"{HERE.source}, {NAMESAKE.source} (say which one is meant: source, sha256)"
    ]


def test_a_suppression_of_bytes_does_not_outlive_them() -> None:
    made = gate(None, suppressions(suppression(FIRST[0], sha256=HERE.sha256)))
    assert known(made, replace(HERE, sha256="cc" * 32)) == ["counts"]
    assert "has other bytes than its sha256 says" in told(made)[0]
