"""How far the review of a run has come."""

from checker.review.progress import Progress
from checker.review.standing import State


def test_findings_are_counted_by_state_code_and_rule() -> None:
    progress = Progress()
    for code, rule, state in (
        ("FAC005", "FAC005.a", State.CONFIRMED),
        ("FAC005", "FAC005.a", State.CONFIRMED),
        ("FAC005", "FAC005.b", State.DISMISSED),
        ("FAC005", "FAC005.b", State.DISPUTED),
        ("FAC005", "FAC005.b", State.UNSURE),
        ("CIT001", "CIT001", State.OPEN),
        ("CIT001", "CIT001", State.STALE),
    ):
        progress.add(code, rule, state)
    assert progress.findings == 7
    assert progress.reviewed == 5
    assert progress.of(State.CONFIRMED) == 2
    code = progress.code("FAC005")
    assert code is not None
    assert (code.confirmed, code.dismissed, code.undecided) == (2, 1, 2)
    assert (code.rate.value, code.rate.of) == (2 / 3, 3)
    rule = progress.rule("FAC005.a")
    assert rule is not None
    assert rule.rate.value == 1


def test_a_code_without_a_verdict_that_holds_has_no_precision() -> None:
    progress = Progress()
    progress.add("CIT001", "CIT001", State.OPEN)
    progress.add("CIT001", "CIT001", State.STALE)
    assert progress.code("CIT001") is None
    assert progress.code("DEC002") is None
    assert progress.rule("CIT001") is None
