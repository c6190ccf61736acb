"""What may be named on the command line, and what becomes of it."""

import hashlib
import io
import json
import re
from collections.abc import Iterable
from pathlib import Path

import pyarrow as arrow
import pytest
from pyarrow import parquet

from checker.model.source import SourceText, Unreadable
from checker.reading import Limits, read, row_of
from checker.reading.inputs import SUFFIXES
from tests.reading import pdfs

TEXT = "The worker has pain.\n"


def docs(letters: Iterable[SourceText | Unreadable]) -> list[tuple[str, str]]:
    return [(one.doc, one.raw if isinstance(one, SourceText) else one.problem) for one in letters]


def only(path: object, **options: object) -> SourceText | Unreadable:
    (letter,) = read([str(path)], **options)  # type: ignore[arg-type]
    return letter


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_a_text_file(tmp_path: Path) -> None:
    path = write(tmp_path / "one.v2.txt", TEXT.encode())
    letter = only(path)
    assert isinstance(letter, SourceText)
    assert (letter.doc, letter.source, letter.raw, letter.problems) == ("one.v2", str(path), TEXT, ())
    assert letter.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert letter.reading.text == TEXT


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_encodings_with_a_mark(tmp_path: Path, encoding: str) -> None:
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    letter = only(write(tmp_path / "a.txt", mark + "The café’s worker".encode(encoding)))
    assert isinstance(letter, SourceText)
    assert (letter.raw, letter.problems) == ("The café’s worker", ())


def test_windows_text_is_read_and_named(tmp_path: Path) -> None:
    letter = only(write(tmp_path / "a.txt", "The worker’s café".encode("cp1252")))
    assert isinstance(letter, SourceText)
    assert letter.raw == "The worker’s café"
    assert letter.problems == ("not UTF-8 (byte 0x92 at offset 10): read as windows-1252",)


def test_a_cut_utf_16_text_is_read_and_named(tmp_path: Path) -> None:
    letter = only(write(tmp_path / "a.txt", "worker".encode("utf-16")[:-1]))
    assert isinstance(letter, SourceText)
    assert letter.raw == "worke\ufffd"
    assert letter.problems == ("not UTF-16 throughout although it begins with its mark (byte 12): cut off?",)


def test_line_ends_of_files_are_made_one_kind(tmp_path: Path) -> None:
    letter = only(write(tmp_path / "a.txt", b"one\r\ntwo\rthree\r\n"))
    assert isinstance(letter, SourceText)
    assert letter.raw == "one\ntwo\nthree\n"


def test_a_pdf_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    data = pdfs.letter("The worker has pain.")
    letters = list(
        read([write(tmp_path / "a.pdf", data), write(tmp_path / "b.txt", data), write(tmp_path / "c", data)])
    )
    assert docs(letters) == [("a", TEXT), ("b", TEXT), ("c", TEXT)]


def test_json_lines(tmp_path: Path) -> None:
    rows = [
        b"\xef\xbb\xbf" + json.dumps({"id": "first", "text": "One\r\nline.", "more": [1]}).encode(),
        b"",
        json.dumps({"id": 7, "text": "Two."}).encode(),
        b'{"text": "Three."}',
        b'{"id": "x", "text": 5}',
        b'{"id": "x"}',
        b'["text"]',
        b'{"id": "x", "text": "unclosed',
        b'{"id": "x", "text": "caf\xe9"}',
        b"[" * 100_000,
        b'{"id": true, "text": "Four."}',
        b'{"id": "odd\\u0000\\n\\u2028name", "text": "Five."}',
        b'{"id": "nul", "text": "a\\u0000b"}',
        b'{"id": "blank", "text": " \\n"}',
    ]
    path = write(tmp_path / "batch.jsonl", b"\n".join(rows))
    letters = list(read([path]))
    assert docs(letters) == [
        ("first", "One\r\nline."),
        ("7", "Two."),
        ("batch-4", "Three."),
        ("x", "the row has a text that is no string (wanted: id and text)"),
        ("x~2", "the row has no text (wanted: id and text)"),
        ("batch-7", 'the line is no JSON object (wanted: {"id": ..., "text": ...})'),
        ("batch-8", "the line is no JSON at column 30 (one object a line)"),
        ("batch-9", "the line is not UTF-8 (save as UTF-8)"),
        ("batch-10", "the line is no JSON (one object a line)"),
        ("batch-11", "Four."),
        ("odd\ufffd name", "Five."),
        ("nul", "holds NUL characters: no text (export the letter again)"),
        ("blank", "holds no text, only white space (export the letter again)"),
    ]
    assert [letter.source for letter in letters][:3] == [f"{path}:1", f"{path}:3", f"{path}:4"]
    assert isinstance(letters[0], SourceText)
    assert letters[0].sha256 == hashlib.sha256(b"One\r\nline.").hexdigest()
    assert letters[2].problems == ("the row has no id: called batch-4",)


def test_json_lines_with_an_endless_line_go_on_behind_it(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", b'{"id": "a", "text": "' + b"x" * 5_000_000 + b'"}\n{"id": "b", "text": "B."}\n')
    assert docs(read([path], limits=Limits(text_bytes=1000))) == [
        ("a-1", "the line is longer than 2 kB: no single letter"),
        ("b", "B."),
    ]


def test_json_lines_in_utf_16(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", '{"id": "a", "text": "A"}\n'.encode("utf-16"))
    assert docs(read([path])) == [("a-1", "is UTF-16: JSON Lines must be UTF-8 (save as UTF-8)")]


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "batch.parquet"
    table = arrow.table({"text": ["One.", None, "Three."] * 100, "id": [str(n) for n in range(300)], "n": range(300)})
    parquet.write_table(table, path, row_group_size=70)
    letters = list(read([path]))
    assert docs(letters[:3]) == [("0", "One."), ("1", "the row has no text (wanted: id and text)"), ("2", "Three.")]
    assert [letter.doc for letter in letters] == [str(n) for n in range(300)]
    assert letters[299].source == f"{path}:300"


def test_parquet_without_ids(tmp_path: Path) -> None:
    path = tmp_path / "batch.parquet"
    parquet.write_table(arrow.table({"text": arrow.array(["One.", "Two."], arrow.large_string())}), path)
    letters = list(read([path]))
    assert docs(letters) == [("batch-1", "One."), ("batch-2", "Two.")]
    assert letters[0].problems == ("the row has no id: called batch-1",)


def test_parquet_that_cannot_be_read(tmp_path: Path) -> None:
    no_text = tmp_path / "no_text.parquet"
    parquet.write_table(arrow.table({"id": ["a"], "body": ["b"]}), no_text)
    numbers = tmp_path / "numbers.parquet"
    parquet.write_table(arrow.table({"text": [1, 2]}), numbers)
    broken = write(tmp_path / "broken.parquet", no_text.read_bytes()[:-20])
    assert docs(read([no_text, numbers])) == [
        ("no_text", "has no column text (it has: id, body)"),
        ("numbers-1", "the row has a text that is no string (wanted: id and text)"),
        ("numbers-2", "the row has a text that is no string (wanted: id and text)"),
    ]
    letter = only(broken)
    assert isinstance(letter, Unreadable)
    assert letter.problem.startswith("is no Parquet file that can be read (")


def test_parquet_with_a_row_group_that_unpacks_to_too_much(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    parquet.write_table(arrow.table({"text": ["x" * n for n in range(500)]}), path)
    (letter,) = read([path], limits=Limits(parquet_group_bytes=50_000))
    assert isinstance(letter, Unreadable)
    assert re.fullmatch(r"row group 1 unpacks to 12\d\.\d kB \(limit 50 kB\): write smaller row groups", letter.problem)


def test_a_folder_in_the_order_of_its_names(tmp_path: Path) -> None:
    for name in ("b.TXT", "a/z.txt", "a/c/y.txt", "c.txt", ".hidden.txt", "._c.txt", "notes.docx", "a/x.csv", "README"):
        write(tmp_path / name, TEXT.encode())
    notes: list[str] = []
    letters = list(read([tmp_path], note=notes.append))
    assert [letter.source.removeprefix(f"{tmp_path}/") for letter in letters] == [
        "a/c/y.txt",
        "a/z.txt",
        "b.TXT",
        "c.txt",
    ]
    assert notes == [f"{tmp_path}: skipped 5 (not {', '.join(SUFFIXES)}): 1 .csv, 1 .docx, 2 hidden, 1 without suffix"]


def test_links(tmp_path: Path) -> None:
    write(tmp_path / "letters" / "a.txt", TEXT.encode())
    (tmp_path / "letters" / "b.txt").symlink_to(tmp_path / "letters" / "a.txt")
    (tmp_path / "letters" / "around").symlink_to(tmp_path / "letters")
    (tmp_path / "letters" / "gone.txt").symlink_to(tmp_path / "nothing")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    notes: list[str] = []
    assert docs(read([tmp_path / "letters"], note=notes.append)) == [("a", TEXT), ("b", TEXT)]
    assert notes[0].endswith(": 2 links")
    assert docs(read([tmp_path / "loop.txt"])) == [("loop", "is a symbolic link that leads in a circle (remove it)")]


def test_patterns(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.txt", "[d].txt"):
        write(tmp_path / name, name.encode())
    assert docs(read([f"{tmp_path}/?.txt"])) == [("a", "a.txt"), ("b", "b.txt")]
    assert docs(read([f"{tmp_path}/**/*.txt"])) == [
        ("[d]", "[d].txt"),
        ("a", "a.txt"),
        ("b", "b.txt"),
        ("c", "sub/c.txt"),
    ]
    assert docs(read([f"{tmp_path}/s*"])) == [("c", "sub/c.txt")]
    assert docs(read([f"{tmp_path}/[d].txt"])) == [("[d]", "[d].txt")]
    assert docs(read([f"{tmp_path}/*.pdf"])) == [("*", "matches no file (check the pattern)")]


def test_names_are_kept_apart(tmp_path: Path) -> None:
    for name in ("a/x.txt", "b/x.txt", "c/x~2.txt", "d/x.txt"):
        write(tmp_path / name, TEXT.encode())
    letters = list(read([tmp_path]))
    assert [letter.doc for letter in letters] == ["x", "x~2", "x~2~2", "x~3"]
    assert letters[3].problems == ("a letter called x came before: this one is called x~3",)


def test_many_letters_of_one_name(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", b'{"id": "same", "text": "A."}\n' * 3000)
    assert len({letter.doc for letter in read([path])}) == 3000


def test_standard_input() -> None:
    def given(data: bytes) -> list[tuple[str, str]]:
        return docs(read(["-"], standard_input=io.BytesIO(data)))

    assert given(TEXT.encode() * 2) == [("stdin", TEXT * 2)]
    assert given(pdfs.letter("The worker has pain.")) == [("stdin", TEXT)]
    assert given(b'{"id": "a", "text": "A."}\n{"id": "b", "text": "B."}\n') == [("a", "A."), ("b", "B.")]
    assert given(b'{"text": "A."}') == [("stdin-1", "A.")]
    assert given(b"") == [("stdin", "is empty (0 bytes): export the letter again")]
    assert given(b"PAR1xx") == [("stdin", "Parquet cannot be read from standard input (give the file)")]
    letters = read(["-"], standard_input=io.BytesIO(b"x" * 50), limits=Limits(text_bytes=20))
    assert docs(letters) == [("stdin", "is larger than one letter can be (limit 20 bytes): is it a whole batch?")]


def test_letters_come_one_at_a_time(tmp_path: Path) -> None:
    class Endless(io.RawIOBase):
        asked = 0

        def readline(self, size: int | None = -1, /) -> bytes:
            self.asked += 1
            return b'{"id": "%d", "text": "A."}\n' % self.asked

    stream = Endless()
    letters = read(["-"], standard_input=stream)  # type: ignore[arg-type]
    assert [next(letters).doc for _ in range(5)] == ["1", "2", "3", "4", "5"]
    assert stream.asked == 5


@pytest.mark.parametrize(
    ("source", "row"),
    [
        ("batch.jsonl:3", ("batch.jsonl", 3)),
        ("a:b/t.PARQUET:12", ("a:b/t.PARQUET", 12)),
        ("x.zip!in/batch.jsonl:1", ("x.zip!in/batch.jsonl", 1)),
        *((source, ("", 0)) for source in ("letter.txt", "letter.txt:3", "batch.jsonl", "batch.jsonl:²", "-", "")),
    ],
)
def test_the_row_of_a_source(source: str, row: tuple[str, int]) -> None:
    assert row_of(source) == row
