"""What counts, what is known, and which entries have outlived their sense."""

import datetime
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from checker.gate import Known
from checker.model.findings import Beside
from tests.gate.findings import TODAY, baseline, doc, findings, gate, passed, suppression, suppressions, told


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
    assert made.not_in_run == len(findings()) + 1


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
    made.judged("sample-0002")
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
    (mark,) = made.sift(doc(), (finding,)).marks.values()
    assert mark.known is Known.SUPPRESSED
    assert mark.words == "suppressed until 2026-12-31 by QA: answered by letter"
    assert mark.place == "suppressions.yaml:3"


def test_writing_accepts_what_is_found_and_keeps_what_could_not_be_judged() -> None:
    first, second, *_ = findings()
    elsewhere = replace(first, fingerprint="2" * 64)
    old = baseline(first, second, elsewhere)
    entry, line = old.entries[elsewhere.fingerprint]
    old.entries[elsewhere.fingerprint] = (entry.model_copy(update={"doc": "not-in-this-run"}), line)  # type: ignore[index]
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
