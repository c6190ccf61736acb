"""``imrcheck facts`` as it is run: what stands on both streams, and the exit code."""

import json
from pathlib import Path

from pydantic import TypeAdapter

from checker.reporting.wire_facts import FactsRecord
from tests.cli.test_parse import HOSTILE, NORCO, errors, run


def test_a_letter_for_a_person() -> None:
    first, second = run("facts", NORCO), run("facts", NORCO)
    assert first.returncode == 0
    assert first.stdout == second.stdout
    text = first.stdout.decode()
    assert text.startswith(f"{NORCO.stem}: ok, ")
    assert "\n    conclusion (conclusion:verdict) " in text
    assert "\n      > return-to-work: denied (cue " in text
    assert "\n    rationale.return-to-work = denied (" in text
    assert "\x1b" not in text
    assert errors(first)[-1] == "1 letter: 1 ok, 0 partial, 0 unknown layout, 0 unreadable"


def test_a_letter_as_a_line() -> None:
    done = run("facts", NORCO, "--format", "jsonl")
    (line,) = done.stdout.decode().splitlines()
    record = TypeAdapter(FactsRecord).validate_json(line, strict=True)
    raw = run("parse", "--text", NORCO).stdout.decode()
    for told in record["assertions"]:
        assert " ".join(raw[told["span"]["start"] : told["span"]["end"]].split()) == told["quote"]
    assert list(json.loads(line)) == sorted(json.loads(line))


def test_exit_codes_are_those_of_parse(tmp_path: Path) -> None:
    memo = tmp_path / "memo.txt"
    memo.write_text("Dear Ms Baker,\n\nplease send two loaves and the invoice.\n", "utf-8")
    for paths in ([NORCO, memo], [memo], [HOSTILE / "empty.txt"]):
        facts, parse = run("facts", *paths), run("parse", *paths)
        assert facts.returncode == parse.returncode
        assert errors(facts) == errors(parse)
    empty = tmp_path / "rules"
    empty.mkdir()
    broken = run("facts", NORCO, "--rules", empty)
    assert (broken.returncode, broken.stdout) == (2, b"")
    assert errors(broken)
