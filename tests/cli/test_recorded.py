"""Whoever takes the record of a sample takes nothing else for one."""

import json
from pathlib import Path
from typing import Any

import pytest
import typer

from checker.cli.exits import Exit
from checker.cli.recorded import sample_in
from checker.review.sampling import Unit, draw

RECORD: dict[str, Any] = draw([Unit("a", "00", 1), Unit("b", "11", 1)], 1, "s").record()


def test_what_a_sample_writes_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "sample.json"
    path.write_text(json.dumps(RECORD), "utf-8")
    assert sample_in(path) == RECORD


@pytest.mark.parametrize(
    "text",
    [
        *("", "7", "[]", "{}", "\xff", "[" * 100_000),
        *(json.dumps({name: told for name, told in RECORD.items() if name != left}) for left in ("units", "seed")),
        json.dumps({**RECORD, "units": [{"doc": "a"}]}),
        json.dumps({**RECORD, "units": ["a"]}),
        json.dumps({**RECORD, "units": 3}),
    ],
)
def test_what_is_none_is_one_line_and_exit_code_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    path = tmp_path / "sample.json"
    path.write_text(text, "latin-1")
    with pytest.raises(typer.Exit) as left:
        sample_in(path)
    assert left.value.exit_code == Exit.BROKEN
    assert capsys.readouterr().err.splitlines() == [f"{path} is the record of no sample; imrcheck sample writes one"]
