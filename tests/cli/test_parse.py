"""``imrcheck parse`` as it is run: what stands on both streams, and the exit code."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from checker.reporting.extracted import file_name
from checker.reporting.wire import ParseRecord
from tests.reading import pdfs

LETTERS = Path(__file__).parents[2] / "fixtures" / "letters"
HOSTILE = LETTERS.with_name("hostile")
NORCO = LETTERS / "norco-criteria-conceded.txt"


def run(*arguments: str | Path, given: bytes = b"", folder: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "checker.cli", *map(str, arguments)],
        input=given,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
        timeout=120,
        check=False,
    )


def errors(done: subprocess.CompletedProcess[bytes]) -> list[str]:
    lines = done.stderr.decode().splitlines()
    assert not any("Traceback" in line for line in lines)
    return lines


def test_version() -> None:
    done = run("--version")
    assert (done.returncode, done.stdout.decode(), errors(done)) == (0, f"imrcheck {version('imrcheck')}\n", [])


def test_help_names_the_exit_codes() -> None:
    assert b"Exit code 0" in run("parse", "--help").stdout


def test_a_letter_as_a_line() -> None:
    done = run("parse", NORCO)
    assert done.returncode == 0
    (line,) = done.stdout.decode().splitlines()
    record = TypeAdapter(ParseRecord).validate_json(line, strict=True)
    assert (record["doc"], record["source"], record["status"]) == (NORCO.stem, str(NORCO), "ok")
    assert [item["outcome"] for item in record["items"]] == ["upheld"]
    assert list(json.loads(line)) == sorted(json.loads(line))
    assert errors(done)[-1] == "1 letter: 1 ok, 0 partial, 0 unknown layout, 0 unreadable"


def test_spans_refer_to_the_text_that_is_printed() -> None:
    for path in (NORCO, LETTERS / "walker-two-column-header.pdf"):
        raw = run("parse", "--text", path).stdout.decode()
        record = json.loads(run("parse", path).stdout)
        for item in record["items"]:
            heading = raw[item["heading_span"]["start"] : item["heading_span"]["end"]]
            assert " ".join(heading.split()).startswith(item["heading"])
            assert raw[: item["rationale"]["start"]].rstrip().endswith(":")
            rationale = raw[item["rationale"]["start"] : item["rationale"]["end"]]
            assert rationale.strip() == rationale
            assert rationale.endswith(".")


def test_a_folder_in_order_and_the_same_bytes_twice() -> None:
    first, second = run("parse", LETTERS), run("parse", LETTERS)
    assert (first.stdout, first.stderr) == (second.stdout, second.stderr)
    docs = [json.loads(line)["doc"] for line in first.stdout.splitlines()]
    assert len(docs) == len(set(docs)) > 20
    from_files = [doc for doc in docs if (LETTERS / f"{doc}.txt").exists() or (LETTERS / f"{doc}.pdf").exists()]
    assert from_files == sorted(from_files)


def test_the_forms_hold_the_same() -> None:
    lines = run("parse", NORCO, LETTERS / "batch.jsonl").stdout.splitlines()
    listed = json.loads(run("parse", NORCO, LETTERS / "batch.jsonl", "--format", "json").stdout)
    assert [json.loads(line) for line in lines] == listed
    text = run("parse", NORCO, "--format", "text").stdout.decode()
    assert text.startswith(f"{NORCO.stem}: ok, layout ")
    assert f"1. {listed[0]['items'][0]['heading']}: upheld\n" in text


def test_standard_input() -> None:
    record = json.loads(run("parse", "-", given=NORCO.read_bytes()).stdout)
    assert (record["doc"], record["source"], record["status"]) == ("stdin", "-", "ok")


def test_a_letter_of_another_kind_is_no_success(tmp_path: Path) -> None:
    memo = tmp_path / "memo.txt"
    memo.write_text("Dear Ms Baker,\n\nplease send two loaves and the invoice.\n", "utf-8")
    done = run("parse", memo)
    assert done.returncode == 3
    record = json.loads(done.stdout)
    assert (record["status"], record["items"]) == ("unknown-layout", [])
    assert record["problems"]
    lines = errors(done)
    assert lines[0].startswith(f"{memo}: ")
    assert lines[-1] == "1 letter: 0 ok, 0 partial, 1 unknown layout, 0 unreadable"


def test_hostile_inputs_are_one_line_each(tmp_path: Path) -> None:
    for name, data in (("cut.pdf", pdfs.letter("x")[:150]), ("zero.pdf", b""), ("noise.parquet", b"\0" * 99)):
        (tmp_path / name).write_bytes(data)
    done = run("parse", HOSTILE, tmp_path, "no-such-file")
    assert done.returncode == 1
    records = [json.loads(line) for line in done.stdout.splitlines()]
    unreadable = [record for record in records if record["status"] == "unreadable"]
    assert len(unreadable) >= 12
    lines = errors(done)
    for record in unreadable:
        (problem,) = record["problems"]
        assert lines.count(f"{record['source']}: {problem}") == 1
        assert record["items"] == []


def test_nothing_but_unreadable() -> None:
    done = run("parse", "no-such-file", HOSTILE / "empty.txt")
    assert done.returncode == 3
    assert errors(done) == [
        "no-such-file: does not exist (check the path)",
        f"{HOSTILE / 'empty.txt'}: is empty (0 bytes): export the letter again",
        "2 letters: 0 ok, 0 partial, 0 unknown layout, 2 unreadable",
    ]


def test_the_text_of_one_letter_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("One\r\nlïne  and \x0c no more".encode())
    done = run("parse", "--text", path)
    assert (done.returncode, done.stdout) == (0, "One\nlïne  and \x0c no more".encode())


def test_the_texts_of_several_letters_need_a_folder(tmp_path: Path) -> None:
    done = run("parse", "--text", LETTERS)
    assert (done.returncode, done.stdout) == (2, b"")
    assert "more than one letter" in done.stderr.decode()
    done = run("parse", "--text", LETTERS, "--out", tmp_path / "new" / "texts")
    assert done.returncode == 0
    texts = {path.stem: path.read_text("utf-8") for path in (tmp_path / "new" / "texts").iterdir()}
    records = [json.loads(line) for line in run("parse", LETTERS).stdout.splitlines()]
    assert set(texts) == {record["doc"] for record in records}
    ends = [
        texts[record["doc"]][: item["rationale"]["end"]][-1]
        for record in records
        if record["status"] == "ok"
        for item in record["items"]
    ]
    assert len(ends) > 30
    assert set(ends) <= set('."!?)')


def test_texts_stay_in_their_folder(tmp_path: Path) -> None:
    ids = ["../../outside", "/etc/outside", "..", "a/b", "a_b", "A_B", "x" * 500, "con\\trol", "."]
    rows = "\n".join(json.dumps({"id": name, "text": name}) for name in ids)
    out = tmp_path / "deep" / "out"
    done = run("parse", "--text", "-", "--out", out, given=rows.encode())
    assert done.returncode == 0
    assert {path.parent for path in tmp_path.rglob("*.txt")} == {out}
    assert sorted(path.read_text("utf-8") for path in out.iterdir()) == sorted(ids)


def test_file_names() -> None:
    taken: set[str] = set()
    names = [file_name(doc, taken) for doc in ("a/b", "a_b", "A_b", "..", "", "Ünal 7", "x" * 300)]
    assert names == [
        "a_b.txt",
        "a_b~2.txt",
        "A_b~3.txt",
        "letter.txt",
        "letter~2.txt",
        "Ünal_7.txt",
        "x" * 120 + ".txt",
    ]


def test_out_without_text_is_refused(tmp_path: Path) -> None:
    done = run("parse", NORCO, "--out", tmp_path)
    assert done.returncode == 2
    assert "it goes with --text" in done.stderr.decode()


def test_rules_that_cannot_be_read(tmp_path: Path) -> None:
    done = run("parse", NORCO, "--rules", tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert len(errors(done)) == 1


def test_a_folder_of_texts_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    done = run("parse", "--text", NORCO, "--out", tmp_path / "file")
    assert done.returncode == 2
    assert len(errors(done)) == 1


def test_a_name_that_steers_a_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2Jb\u202e.txt").write_bytes(b"")
    done = run("parse", tmp_path)
    assert b"\x1b" not in done.stdout + done.stderr
    assert "\u202e" not in done.stderr.decode()


def test_a_reader_that_stops_early() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "checker.cli", "parse", str(LETTERS)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize("name", ["json.py", "checker.py", "pypdfium2.py"])
def test_nothing_is_imported_from_the_folder_of_the_letters(tmp_path: Path, name: str) -> None:
    import zlib

    (tmp_path / name).write_text("raise SystemExit('taken over')\n", "utf-8")
    data = pdfs.pdf([zlib.compress(pdfs.show(72, 700, "The worker has pain.") + b" " * 5_000_000)])
    (tmp_path / "a.pdf").write_bytes(data)
    script = Path(sys.executable).with_name("imrcheck")
    if not script.exists():
        pytest.skip("the command is not installed beside the interpreter")
    done = subprocess.run(
        [script, "parse", "--text", "a.pdf"], cwd=tmp_path, capture_output=True, timeout=120, check=False
    )
    assert (done.returncode, done.stdout) == (0, b"The worker has pain.\n")
