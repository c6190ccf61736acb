"""Inputs made to break the reader: each ends in one clear line, and the letters beside it are read."""

import base64
import os
import random
import stat
import zlib
from pathlib import Path

import pytest

from checker.model.source import SourceText, Unreadable
from checker.reading import Limits, read
from checker.reading.bombs import is_suspicious
from checker.reading.inputs import SUFFIXES
from tests.reading import pdfs

PAGE = pdfs.show(72, 700, "The worker has pain.")


def problem(path: Path, data: bytes, limits: Limits | None = None) -> str:
    path.write_bytes(data)
    (letter,) = read([path], limits=limits)
    assert isinstance(letter, Unreadable), letter
    assert letter.problem.isprintable()
    assert len(letter.problem) < 200
    assert letter.source == str(path)
    return letter.problem


def noise(count: int) -> bytes:
    return random.Random(1).randbytes(count)  # noqa: S311 (not for secrets)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("empty.txt", b"", "is empty (0 bytes)"),
        ("empty.pdf", b"", "is empty (0 bytes)"),
        ("blank.txt", b" \n\t\r\n", "holds no text"),
        ("nul.txt", b"The worker\0has pain.", "NUL bytes"),
        ("nul16.txt", "The worker\0has pain".encode("utf-16"), "NUL characters"),
        ("unmarked16.txt", "The worker".encode("utf-16-le"), "UTF-16 without a byte order mark"),
        ("noise.txt", noise(20_000), "NUL bytes"),
        ("controls.txt", b"\x01\x02\x03 ab" * 50, "binary, not text"),
        ("cyrillic.txt", "Работник жалуется на боль".encode("koi8-r"), "neither UTF-8 nor western"),
        ("noise.pdf", noise(20_000), "damaged or cut off"),
        ("text.pdf", b"The worker has pain.", "damaged or cut off"),
        ("cut.pdf", pdfs.letter("The worker has pain.")[:200], "damaged or cut off"),
    ],
)
def test_what_is_no_letter(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    assert words in problem(tmp_path / name, data)


def test_one_bad_letter_does_not_stop_the_others(tmp_path: Path) -> None:
    for name, data in (
        ("a.txt", b"A."),
        ("b.txt", b""),
        ("c.pdf", b"no"),
        ("d.jsonl", b"no\n"),
        ("e.parquet", b"no"),
        ("f.txt", b"F."),
    ):
        (tmp_path / name).write_bytes(data)
    letters = list(read([tmp_path / "nowhere", tmp_path]))
    assert [letter.doc for letter in letters] == ["nowhere", "a", "b", "c", "d-1", "e", "f"]
    assert [isinstance(letter, SourceText) for letter in letters] == [False, True, False, False, False, False, True]


def test_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (letter,) = read([tmp_path])
    assert isinstance(letter, Unreadable)
    assert letter.problem == f"holds no letters (looked for {', '.join(SUFFIXES)} in it and below)"


@pytest.mark.parametrize("path", ["", "no/such/file.txt", "a" * 5000, "nul\0byte", "*.nothing"])
def test_paths_that_lead_nowhere(path: str) -> None:
    (letter,) = read([path])
    assert isinstance(letter, Unreadable)
    assert letter.problem.isprintable()


def test_what_must_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locked, folder = tmp_path / "locked.txt", tmp_path / "locked"
    locked.write_bytes(b"A.")
    folder.mkdir()
    if os.geteuid() == 0:  # permissions do not bind root
        opened, listed = Path.open, os.listdir

        def no_open(self: Path, *args: object, **options: object) -> object:
            if self == locked:
                raise PermissionError(13, "Permission denied")
            return opened(self, *args, **options)  # type: ignore[call-overload]

        def no_list(path: Path) -> list[str]:
            if path == folder:
                raise PermissionError(13, "Permission denied")
            return listed(path)

        monkeypatch.setattr(Path, "open", no_open)
        monkeypatch.setattr(os, "listdir", no_list)
    else:
        locked.chmod(0)
        folder.chmod(0)
    letters = list(read([tmp_path]))
    folder.chmod(stat.S_IRWXU)
    assert [letter.doc for letter in letters] == ["locked", "locked~2"]
    for letter in letters:
        assert isinstance(letter, Unreadable)
        assert letter.problem == "must not be read: permission denied (change its permissions)"


def test_a_name_that_hides_something(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/od\nd\x1b[31m\xff.txt"
    Path(os.fsdecode(path)).write_bytes(b"A.")
    (letter,) = read([tmp_path])
    assert letter.doc == "od d\ufffd[31m\ufffd"
    assert letter.source.endswith("/od d\ufffd[31m\ufffd.txt")


def test_a_stream_without_an_end() -> None:
    (letter,) = read(["/dev/zero"], limits=Limits(text_bytes=100_000))
    assert isinstance(letter, Unreadable)
    assert letter.problem == "is larger than one letter can be (limit 100 kB): is it a whole batch?"


def test_an_endless_line_is_refused_or_read_as_it_is(tmp_path: Path) -> None:
    data = b"word " * 1_000_000
    assert "limit 1 MB" in problem(tmp_path / "a.txt", data, Limits(text_bytes=1_000_000))
    (letter,) = read([tmp_path / "a.txt"])
    assert isinstance(letter, SourceText)
    assert len(letter.reading.text) == len(data)
    assert letter.reading.line_starts == (0,)


def test_a_pdf_beyond_a_limit(tmp_path: Path) -> None:
    pages = pdfs.pdf([pdfs.lines("one")] * 4)
    assert problem(tmp_path / "a.pdf", pages, Limits(pdf_pages=3)) == "has 4 pages (limit 3): no single letter"
    assert "limit 1 kB" in problem(tmp_path / "a.pdf", pages, Limits(pdf_bytes=1000))


SMALL = Limits(pdf_memory=300_000_000, pdf_seconds=20)


def test_ordinary_pdfs_are_not_suspicious() -> None:
    assert not is_suspicious(pdfs.letter("The worker has pain."))
    packed = base64.a85encode(zlib.compress(PAGE)) + b"~>"
    assert not is_suspicious(pdfs.pdf([packed], packing="[ /ASCII85Decode /FlateDecode ]"))
    picture = pdfs.stream(zlib.compress(bytes(3_000_000)), "/Type /XObject /Subtype /Image /Filter /FlateDecode")
    assert not is_suspicious(pdfs.pdf([pdfs.lines("x")], extra=[picture]))


def form(content: bytes, number: int) -> bytes:
    resources = f"<< /Font << /F1 3 0 R >> /XObject << /X {number} 0 R >> >>"
    return pdfs.stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 612 792] /Resources {resources}")


PACKED = zlib.compress(PAGE * 1_500_000, 9)
BOMBS = {
    "one stream": pdfs.pdf([PACKED]),
    "packed twice": pdfs.pdf([zlib.compress(PACKED, 9)], packing="[/FlateDecode /FlateDecode]"),
    "in text form": pdfs.pdf([base64.a85encode(PACKED) + b"~>"], packing="[/ASCII85Decode /FlateDecode]"),
    "drawings in drawings": pdfs.pdf(
        [zlib.compress(b"/X Do " * 10)],
        extra=[form(b"/X Do " * 12 if level < 9 else PAGE, 7 + level) for level in range(10)],
    ),
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_bombs_are_refused(tmp_path: Path, data: bytes) -> None:
    assert len(data) < 1_000_000
    assert is_suspicious(data)
    assert "decompression bomb" in problem(tmp_path / "a.pdf", data, SMALL)


def test_many_streams_add_up() -> None:
    assert is_suspicious(pdfs.pdf([zlib.compress(bytes(3_500_000), 9)] * 20))


def test_suspicious_but_harmless_pdfs_are_read(tmp_path: Path) -> None:
    padded = zlib.compress(PAGE + b" " * 5_000_000)
    data = pdfs.pdf([padded, pdfs.lines("More.")])
    assert is_suspicious(data)
    (tmp_path / "a.pdf").write_bytes(data)
    (letter,) = read([tmp_path / "a.pdf"], limits=SMALL)
    assert isinstance(letter, SourceText)
    assert letter.raw == "The worker has pain.\n\fMore.\n"
    assert problem(tmp_path / "b.pdf", data, Limits(pdf_pages=1)) == "has 2 pages (limit 1): no single letter"


def test_a_suspicious_pdf_that_takes_too_long(tmp_path: Path) -> None:
    words = problem(tmp_path / "a.pdf", BOMBS["one stream"], Limits(pdf_seconds=0.05))
    assert words == "takes more than 0.05 seconds to unpack: damaged or a decompression bomb"
