"""Care that the narrative dates before the injury of the header (9/12/2016), in whatever words."""

import pytest

from checker import Checker
from tests.observing.compared import PLAIN, judged


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("An MRI of the left shoulder and upper arm dated 8/10/2016 showed a tear.", "before_injury"),
        ("X-rays of the left shoulder in two planes taken on 9/2/2016 were normal.", "before_injury"),
        ("The 8/15/2016 progress report gives pain of 7.", "before_injury"),
        ("By the 8/15/2016 MRI the cuff is torn.", "before_injury"),
        ("On 9/3/2016 plain films were normal.", "before_injury"),
        ("He began supervised physical therapy on 9/1/2016.", "before_injury"),
        ("He received an injection of the shoulder on 8/30/2016.", "before_injury"),
        ("The 11/15/2016 progress report gives pain of 7.", "after_injury"),
        ("X-rays of the left shoulder in two planes taken on 10/2/2016 were normal.", "after_injury"),
        ("Before the accident an MRI of the left shoulder dated 8/10/2016 was normal.", "unknown"),
        ("For an earlier injury he received an injection of the shoulder on 8/30/2016.", "unknown"),
        ("An MRI dated 3/1/2012 showed wear.", "unknown"),
        ("He began work as a driver on 8/1/2016.", "unknown"),
    ],
)
def test_care_before_the_injury(checker: Checker, sentence: str, value: str) -> None:
    found = judged(checker, [("Left shoulder arthroscopy", "Upheld", "It is not necessary.")], f"{PLAIN} {sentence}")
    seen = found.facts.letter.value("letter.care_dates")
    assert seen == value or (value == "unknown" and seen != "before_injury")
