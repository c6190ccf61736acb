"""What held of a rule's conditions."""

from checker.model.findings import Truth
from checker.reporting.traces import held
from tests.reporting.builders import either, every, leaf

YES = leaf("a", "yes", "yes", Truth.TRUE)
NO = leaf("b", "yes", "no", Truth.FALSE)


def test_what_held_leaves_out_the_alternatives_that_did_not() -> None:
    assert list(held(every(YES, either(NO, leaf("e", "x", "x", Truth.TRUE))))) == [
        YES,
        leaf("e", "x", "x", Truth.TRUE),
    ]
    assert list(held(every(YES, NO))) == []
