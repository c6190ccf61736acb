"""The rule that docs/rules.md shows is a rule."""

import re
from pathlib import Path

from checker.judging.ruletests import run
from tests.rulebook.folder import EACH, loaded

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def blocks() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_first_example_loads_and_passes_its_tests(tmp_path: Path) -> None:
    book = loaded(tmp_path, **{"facts/shown": blocks()[0]})
    outcomes = [outcome for outcome in run(book, "reference") if outcome.rule == "FAC001.walking"]
    assert {outcome.test for outcome in outcomes} >= {"twelve visits", "approved"}
    assert [str(outcome) for outcome in outcomes if not outcome.passed] == []
    assert {test.expect.result.value for test in book.rule("FAC001.walking").tests} == {
        "flagged",
        "excepted",
        "clear",
        "undecided",
        "not_applicable",
    }


def test_the_second_example_is_how_for_each_is_written() -> None:
    for line in blocks()[1].splitlines():
        key, _, rest = line.strip().partition(":")
        assert key in EACH
        assert rest.split("  #")[0].strip() in EACH
