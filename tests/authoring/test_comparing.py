"""Two lists of findings against each other."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from checker.authoring.comparing import Found, Kind, compare, differing
from tests.reporting import samples

ONE = Found("a", 1, "FAC005", "FAC005.x", "error", "high", "Said.", (("summary", "better"),), "f1")
OTHER = replace(ONE, code="DEC001", rule="DEC001", fingerprint="f2")


def kinds(old: list[Found], new: list[Found]) -> list[tuple[Kind, tuple[str, ...]]]:
    return [(difference.kind, difference.what) for difference in differing(old, new)]


def test_the_same_findings_differ_in_nothing() -> None:
    assert differing([ONE, OTHER], [OTHER, ONE]) == []


def test_added_and_gone() -> None:
    assert kinds([ONE], [ONE, OTHER]) == [(Kind.ADDED, ())]
    assert kinds([ONE, OTHER], [ONE]) == [(Kind.GONE, ())]


def test_what_changed_is_named() -> None:
    assert kinds([ONE], [replace(ONE, severity="note", message="Told.")]) == [(Kind.CHANGED, ("severity", "message"))]
    moved = replace(ONE, quotes=(("summary", "worse"),), fingerprint="f9")
    assert kinds([ONE], [moved]) == [(Kind.CHANGED, ("quotes",))]
    renamed = replace(ONE, rule="FAC005.y", fingerprint="f9")
    assert kinds([ONE], [renamed]) == [(Kind.CHANGED, ("rule",))]


def test_another_item_is_another_finding() -> None:
    assert kinds([ONE], [replace(ONE, item=2)]) == [(Kind.GONE, ()), (Kind.ADDED, ())]


FINDINGS = st.lists(
    st.builds(
        lambda item, rule, severity, quote: replace(
            ONE, item=item, rule=rule, severity=severity, quotes=((quote, quote),), fingerprint=f"{rule}{item}{quote}"
        ),
        st.integers(0, 2),
        st.sampled_from(["FAC005.x", "FAC005.y"]),
        st.sampled_from(["error", "note"]),
        st.sampled_from(["q", "r"]),
    ),
    max_size=4,
)


@given(FINDINGS, FINDINGS)
def test_nothing_is_lost_and_nothing_counted_twice(old: list[Found], new: list[Found]) -> None:
    differences = differing(old, new)
    added = sum(difference.kind is Kind.ADDED for difference in differences)
    gone = sum(difference.kind is Kind.GONE for difference in differences)
    assert len(new) - len(old) == added - gone
    backwards = differing(new, old)
    assert sum(difference.kind is Kind.ADDED for difference in backwards) == gone


def test_counts_by_rule_and_letters_that_cannot_be_compared() -> None:
    judged, unread = samples.pain(), samples.unreadable()
    comparison = compare([(judged, judged), (unread, unread)])
    assert comparison.letters == 1
    assert comparison.differences == ()
    assert len(comparison.odd) == 1
    assert comparison.before == comparison.after
    assert sum(comparison.before.values()) == len(judged.findings)
